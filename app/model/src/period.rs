//! The stretch of days a list speaks of (checklist 69, 92). Relative ones stay relative in an address.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A day of the calendar, as people write it: `2026-11-25`. Whether there is such a day is for a calendar to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Day {
    pub year: i16,
    pub month: i8,
    pub day: i8,
}

impl Day {
    /// The day of that name: a year of four digits, month and day of two (ISO 8601).
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        let mut parts = name.trim().splitn(3, '-');
        let mut part = |digits: usize| {
            let part = parts.next()?;
            (part.len() == digits && part.bytes().all(|sign| sign.is_ascii_digit())).then_some(part)
        };
        let (year, month, day) = (part(4)?, part(2)?, part(2)?);
        let day = Self {
            year: year.parse().ok()?,
            month: month.parse().ok()?,
            day: day.parse().ok()?,
        };
        (day.year > 0 && (1..=12).contains(&day.month) && (1..=days_of(day.year, day.month)).contains(&day.day))
            .then_some(day)
    }

    /// Days since 1970-01-01.
    #[must_use]
    pub const fn number(self) -> i32 {
        // Years begin in March here, so that the leap day is the last of them.
        let (year, month) = if self.month > 2 {
            (self.year as i32, self.month as i32 - 3)
        } else {
            (self.year as i32 - 1, self.month as i32 + 9)
        };
        let of_year = (153 * month + 2) / 5 + self.day as i32 - 1;
        365 * year + year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400) + of_year - 719_468
    }

    /// The day so many days after 1970-01-01.
    #[must_use]
    #[expect(
        clippy::cast_possible_truncation,
        reason = "months and days are small, and so are the years of calls"
    )]
    pub const fn numbered(number: i32) -> Self {
        // The other way round: eras of 400 years that begin in March.
        let days = number + 719_468;
        let (era, of_era) = (days.div_euclid(146_097), days.rem_euclid(146_097));
        let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
        let of_year = of_era - (365 * year + year / 4 - year / 100);
        let month = (5 * of_year + 2) / 153;
        let day = of_year - (153 * month + 2) / 5 + 1;
        let (month, turned) = if month < 10 { (month + 3, 0) } else { (month - 9, 1) };
        Self {
            year: (year + era * 400 + turned) as i16,
            month: month as i8,
            day: day as i8,
        }
    }

    /// Weekday, Monday = 1.
    #[must_use]
    #[expect(clippy::cast_possible_truncation, reason = "it is one of seven")]
    pub const fn weekday(self) -> i8 {
        ((self.number() + 3).rem_euclid(7) + 1) as i8
    }

    /// Week of the year (ISO 8601): the first has the year's first Thursday.
    #[must_use]
    pub fn week(self) -> i32 {
        let thursday = self.number() - i32::from(self.weekday()) + 4;
        // The year that Thursday is in differs from the day's own at most by one.
        let first = |year: i16| Self { year, month: 1, day: 1 };
        let year = if thursday < first(self.year).number() {
            self.year - 1
        } else if thursday >= first(self.year + 1).number() {
            self.year + 1
        } else {
            self.year
        };
        (thursday - first(year).number()) / 7 + 1
    }
}

const fn days_of(year: i16, month: i8) -> i8 {
    match month {
        4 | 6 | 9 | 11 => 30,
        2 if (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 => 29,
        2 => 28,
        _ => 31,
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}-{:02}", self.year, self.month, self.day)
    }
}

/// A stretch of days: relative to the company's today, or of one's own.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Period {
    /// Since midnight.
    #[default]
    Today,
    /// The day before today.
    Yesterday,
    /// Since Monday.
    ThisWeek,
    /// Today and the six days before it.
    Last7,
    /// Since the first of the month.
    ThisMonth,
    /// The month before this one.
    LastMonth,
    /// Today and the twenty-nine days before it.
    Last30,
    /// From the first recording on.
    All,
    /// From one day to another, both included; open where there is none.
    Days { from: Option<Day>, to: Option<Day> },
}

impl Period {
    /// Every period that is relative, nearest first.
    pub const RELATIVE: [Self; 8] = [
        Self::Today,
        Self::Yesterday,
        Self::ThisWeek,
        Self::Last7,
        Self::ThisMonth,
        Self::LastMonth,
        Self::Last30,
        Self::All,
    ];

    /// The period's name in an address; one's own has none, but two days.
    #[must_use]
    pub const fn name(self) -> Option<&'static str> {
        Some(match self {
            Self::Today => "today",
            Self::Yesterday => "yesterday",
            Self::ThisWeek => "this-week",
            Self::Last7 => "last-7",
            Self::ThisMonth => "this-month",
            Self::LastMonth => "last-month",
            Self::Last30 => "last-30",
            Self::All => "all",
            Self::Days { .. } => return None,
        })
    }

    /// The relative period of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::RELATIVE.into_iter().find(|period| period.name() == Some(name))
    }

    /// Whether it holds one day only.
    #[must_use]
    pub fn is_one_day(self) -> bool {
        match self {
            Self::Today | Self::Yesterday => true,
            Self::Days { from, to } => from.is_some() && from == to,
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(name: &str) -> Day {
        Day::named(name).unwrap()
    }

    #[test]
    fn only_days_that_there_are_have_a_name() {
        assert_eq!(day("2024-02-29").to_string(), "2024-02-29");
        for nonsense in [
            "2026-02-29",
            "2026-13-01",
            "26-01-01",
            "2026-1-1",
            "2026-01-01-01",
            "i dag",
            "+026-01-01",
        ] {
            assert_eq!(Day::named(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn days_are_counted_from_1970() {
        assert_eq!(day("1970-01-01").number(), 0);
        assert_eq!(day("2000-03-01").number(), 11_017);
        assert_eq!(day("2026-11-25").number(), 20_782);
        assert_eq!(day("2026-11-25").weekday(), 3);
    }

    #[test]
    fn a_count_of_days_is_the_day_again() {
        for number in (-200_000..200_000).step_by(37) {
            assert_eq!(Day::numbered(number).number(), number);
        }
    }

    #[test]
    fn weeks_are_those_of_the_almanac() {
        for (name, week) in [
            ("2026-11-25", 48),
            ("2026-01-01", 1),
            ("2027-01-01", 53),
            ("2024-12-30", 1),
            ("2021-01-03", 53),
            ("2020-03-16", 12),
        ] {
            assert_eq!(day(name).week(), week, "{name}");
        }
    }

    #[test]
    fn every_relative_period_is_found_by_its_name() {
        for period in Period::RELATIVE {
            assert_eq!(period.name().and_then(Period::named), Some(period));
        }
    }
}
