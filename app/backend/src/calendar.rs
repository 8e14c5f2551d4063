//! Civil time in the company's zone: stamps for people, midnights for lists, and the times switches write.

use jiff::{Timestamp, ToSpan, civil, tz::TimeZone};
use model::{
    instant::{Instant, Stamp},
    period::{Day, Period},
    problem::Invalid,
};

/// The company's time zone.
#[derive(Clone, Debug)]
pub struct Calendar(TimeZone);

impl Calendar {
    /// The calendar of an IANA zone such as `Europe/Stockholm`; none when there is no such zone.
    #[must_use]
    pub fn of(zone: &str) -> Option<Self> {
        TimeZone::get(zone).ok().map(Self)
    }

    /// UTC, for where no zone is known.
    #[must_use]
    pub const fn utc() -> Self {
        Self(TimeZone::UTC)
    }

    /// What the company's clocks show at that instant.
    #[must_use]
    pub fn stamp(&self, at: Instant) -> Stamp {
        let zoned = timestamp(at).to_zoned_datetime(self.0.clone());
        Stamp {
            at,
            date: (zoned.year(), zoned.month(), zoned.day()),
            time: (zoned.hour(), zoned.minute(), zoned.second()),
            weekday: zoned.weekday().to_monday_one_offset(),
            offset: i16::try_from(zoned.offset().seconds() / 60).unwrap_or_default(),
        }
    }

    /// The first instant of the period and the first after it. Days begin at the company's midnight, also in the nights
    /// when the clocks change; weeks begin on Monday.
    #[must_use]
    pub fn bounds(&self, period: Period, now: Instant) -> (Instant, Instant) {
        let today = timestamp(now).to_zoned_datetime(self.0.clone()).date();
        let back = |days: i64| today.saturating_sub(days.days());
        let tomorrow = today.saturating_add(1.days());
        let (first, end) = match period {
            Period::Today => (today, tomorrow),
            Period::Yesterday => (back(1), today),
            Period::ThisWeek => (back(i64::from(today.weekday().to_monday_zero_offset())), tomorrow),
            Period::Last7 => (back(6), tomorrow),
            Period::Last30 => (back(29), tomorrow),
            Period::ThisMonth => (today.first_of_month(), tomorrow),
            Period::LastMonth => {
                let end = today.first_of_month();
                (end.saturating_sub(1.month()), end)
            }
            Period::All => return (Instant(i64::MIN), Instant(i64::MAX)),
            Period::Days { from, to } => {
                let midnight = |day: Day, later: i64| {
                    let date = civil::Date::new(day.year, day.month, day.day).ok()?;
                    Some(self.midnight(date.saturating_add(later.days())))
                };
                return (
                    from.and_then(|day| midnight(day, 0)).unwrap_or(Instant(i64::MIN)),
                    to.and_then(|day| midnight(day, 1)).unwrap_or(Instant(i64::MAX)),
                );
            }
        };
        (self.midnight(first), self.midnight(end))
    }

    fn midnight(&self, date: civil::Date) -> Instant {
        date.to_zoned_datetime(self.0.clone())
            .map_or(Instant(i64::MAX), |zoned| instant(zoned.timestamp()))
    }
}

/// The instant a switch's time names: RFC 3339 with an offset, or the company's own civil time without one.
///
/// # Errors
/// When it is neither.
pub fn parse_start(text: &str, calendar: &Calendar) -> Result<Instant, Invalid> {
    let text = text.trim();
    if let Ok(at) = text.parse::<Timestamp>() {
        return Ok(instant(at));
    }
    // Another zone's name behind the time would be read over.
    if text.contains('[') {
        return Err(Invalid::Form);
    }
    let civil: civil::DateTime = text.parse().map_err(|_| Invalid::Form)?;
    civil
        .to_zoned_datetime(calendar.0.clone())
        .map(|zoned| instant(zoned.timestamp()))
        .map_err(|_| Invalid::Range)
}

fn timestamp(at: Instant) -> Timestamp {
    Timestamp::from_millisecond(at.0).unwrap_or(if at.0 < 0 { Timestamp::MIN } else { Timestamp::MAX })
}

fn instant(at: Timestamp) -> Instant {
    Instant(at.as_millisecond())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stockholm() -> Calendar {
        Calendar::of("Europe/Stockholm").unwrap()
    }

    fn at(text: &str) -> Instant {
        parse_start(text, &stockholm()).unwrap()
    }

    #[test]
    fn a_stamp_shows_the_companys_clock() {
        let stamp = stockholm().stamp(at("2020-03-16T09:46:51Z"));
        assert_eq!(
            (stamp.date, stamp.time, stamp.weekday),
            ((2020, 3, 16), (10, 46, 51), 1)
        );
        assert_eq!(stamp.rfc3339(), "2020-03-16T10:46:51+01:00");
    }

    #[test]
    fn a_time_without_offset_is_the_companys() {
        assert_eq!(at("2020-07-16T10:00:00"), at("2020-07-16T08:00:00Z"));
        assert_eq!(at("2020-03-16 10:00:00"), at("2020-03-16T10:00:00+01:00"));
        assert_eq!(parse_start("i går", &stockholm()), Err(Invalid::Form));
    }

    #[test]
    fn today_is_23_and_25_hours_long_when_the_clocks_change() {
        let hours = |noon: &str| {
            let (from, to) = stockholm().bounds(Period::Today, at(noon));
            to.since(from) / 3_600_000
        };
        assert_eq!(hours("2026-03-29T12:00:00"), 23);
        assert_eq!(hours("2026-10-25T12:00:00"), 25);
        assert_eq!(hours("2026-11-23T12:00:00"), 24);
    }

    #[test]
    fn seven_days_end_with_today() {
        let (from, to) = stockholm().bounds(Period::Last7, at("2026-11-23T00:00:00"));
        assert_eq!((from, to), (at("2026-11-17T00:00:00"), at("2026-11-24T00:00:00")));
    }

    #[test]
    fn weeks_and_months_are_those_of_the_almanac() {
        let bounds = |period| stockholm().bounds(period, at("2026-03-02T09:00:00"));
        let from_to = |from: &str, to: &str| (at(&format!("{from}T00:00:00")), at(&format!("{to}T00:00:00")));
        assert_eq!(bounds(Period::ThisWeek), from_to("2026-03-02", "2026-03-03"));
        assert_eq!(bounds(Period::ThisMonth), from_to("2026-03-01", "2026-03-03"));
        assert_eq!(bounds(Period::LastMonth), from_to("2026-02-01", "2026-03-01"));
        let own = Period::Days {
            from: Day::named("2026-02-27"),
            to: Day::named("2026-02-28"),
        };
        assert_eq!(bounds(own), from_to("2026-02-27", "2026-03-01"));
        let open = Period::Days { from: None, to: None };
        assert_eq!(bounds(open), (Instant(i64::MIN), Instant(i64::MAX)));
    }

    #[test]
    fn the_ends_of_time_do_not_break_a_stamp() {
        assert_eq!(stockholm().stamp(Instant(i64::MIN)).date.0, -9999);
        assert_eq!(stockholm().stamp(Instant(i64::MAX)).date.0, 9999);
    }
}
