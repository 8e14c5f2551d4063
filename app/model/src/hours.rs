//! When the company is at work (checklist 94): hours for each weekday, the country's holidays, and days of one's own.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::{filter::Hours, period::Day};

/// A company's hours. At first: Monday to Friday, 8 to 17, and no holidays.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct OfficeHours {
    /// Monday first; none where nobody is at work.
    pub week: [Option<Hours>; 7],
    /// Whether the country's holidays are free.
    pub holidays: bool,
    /// Days that are unlike their weekday, and stronger than a holiday.
    pub days: Vec<OwnDay>,
}

/// A day that is unlike its weekday.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnDay {
    pub day: Day,
    /// None where nobody is at work.
    pub hours: Option<Hours>,
}

impl OwnDay {
    /// The day that a line names: `2026-12-27`, or with hours `2026-12-23 08:00–12:00`.
    #[must_use]
    pub fn parse(line: &str) -> Option<Self> {
        let line = line.trim();
        let (day, hours) = line.split_once(char::is_whitespace).unwrap_or((line, ""));
        let hours = match hours.trim() {
            "" => None,
            hours => {
                let (from, to) = hours.split_once(['-', '–'])?;
                Some(Hours::read(Some(from), Some(to))?)
            }
        };
        Some(Self {
            day: Day::named(day)?,
            hours,
        })
    }
}

impl fmt::Display for OwnDay {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.day.fmt(f)?;
        match self.hours {
            Some(Hours { from, to }) => write!(f, " {}–{}", Hours::word(from), Hours::word(to)),
            None => Ok(()),
        }
    }
}

impl Default for OfficeHours {
    fn default() -> Self {
        let work = Some(Hours {
            from: 8 * 60,
            to: 17 * 60,
        });
        Self {
            week: [work, work, work, work, work, None, None],
            holidays: true,
            days: vec![],
        }
    }
}

/// A day on which Sweden is free, by law (SFS 1989:253) or, for the three eves, by custom.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Holiday {
    NewYear,
    Epiphany,
    GoodFriday,
    EasterSunday,
    EasterMonday,
    FirstOfMay,
    Ascension,
    Pentecost,
    National,
    MidsummerEve,
    Midsummer,
    AllSaints,
    ChristmasEve,
    Christmas,
    BoxingDay,
    NewYearsEve,
}

impl Holiday {
    /// The holidays of a year in a country, in the order of the year; none are known but Sweden's.
    #[must_use]
    pub fn of_year(country: &str, year: i16) -> Vec<(Self, i32)> {
        if country != "SE" {
            return vec![];
        }
        let on = |month, day| Day { year, month, day }.number();
        // The first day from that one on which is that weekday.
        let next = |from: i32, weekday: i32| from + (weekday - 1 - (from + 3)).rem_euclid(7);
        let easter = easter(year);
        let midsummer = next(on(6, 20), 6);
        vec![
            (Self::NewYear, on(1, 1)),
            (Self::Epiphany, on(1, 6)),
            (Self::GoodFriday, easter - 2),
            (Self::EasterSunday, easter),
            (Self::EasterMonday, easter + 1),
            (Self::FirstOfMay, on(5, 1)),
            (Self::Ascension, easter + 39),
            (Self::Pentecost, easter + 49),
            (Self::National, on(6, 6)),
            (Self::MidsummerEve, midsummer - 1),
            (Self::Midsummer, midsummer),
            (Self::AllSaints, next(on(10, 31), 6)),
            (Self::ChristmasEve, on(12, 24)),
            (Self::Christmas, on(12, 25)),
            (Self::BoxingDay, on(12, 26)),
            (Self::NewYearsEve, on(12, 31)),
        ]
    }
}

/// Easter Sunday, in days since 1970: the Gregorian computus (Meeus, *Astronomical Algorithms*, chapter 8).
#[expect(clippy::many_single_char_names, reason = "the rule is known by these letters")]
fn easter(year: i16) -> i32 {
    let y = i32::from(year);
    let (a, b, c) = (y % 19, y / 100, y % 100);
    let h = (19 * a + b - b / 4 - (b - (b + 8) / 25 + 1) / 3 + 15) % 30;
    let l = (32 + 2 * (b % 4) + 2 * (c / 4) - h - c % 4) % 7;
    let m = (a + 11 * h + 22 * l) / 451;
    let march = h + l - 7 * m + 22;
    let first = Day { year, month: 3, day: 1 };
    first.number() + march - 1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_of_ones_own_is_a_line() {
        for line in ["2026-12-27", "2026-12-23 08:00–12:00"] {
            assert_eq!(OwnDay::parse(line).unwrap().to_string(), line);
        }
        assert_eq!(
            OwnDay::parse(" 2026-12-23  8-12 ").unwrap().to_string(),
            "2026-12-23 08:00–12:00"
        );
        for nonsense in ["", "julafton", "2026-12-23 8", "2026-12-23 12-12", "2026-02-30"] {
            assert_eq!(OwnDay::parse(nonsense), None, "{nonsense}");
        }
    }

    #[test]
    fn swedens_holidays_are_those_of_the_almanac() {
        let days = |year: i16| -> Vec<i32> { Holiday::of_year("SE", year).into_iter().map(|(_, day)| day).collect() };
        let named =
            |names: &[&str]| -> Vec<i32> { names.iter().map(|name| Day::named(name).unwrap().number()).collect() };
        assert_eq!(
            days(2026),
            named(&[
                "2026-01-01",
                "2026-01-06",
                "2026-04-03",
                "2026-04-05",
                "2026-04-06",
                "2026-05-01",
                "2026-05-14",
                "2026-05-24",
                "2026-06-06",
                "2026-06-19",
                "2026-06-20",
                "2026-10-31",
                "2026-12-24",
                "2026-12-25",
                "2026-12-26",
                "2026-12-31",
            ])
        );
        // Early and late, and the leap year.
        for (year, easter_sunday) in [(2008, "2008-03-23"), (2024, "2024-03-31"), (2038, "2038-04-25")] {
            assert_eq!(easter(year), Day::named(easter_sunday).unwrap().number());
        }
        assert_eq!(Holiday::of_year("NO", 2026), []);
    }
}
