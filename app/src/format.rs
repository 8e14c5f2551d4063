//! Times, lengths and numbers as people write them (CLDR forms). Pure: a locale in, words out.

use model::{evaluation::Tenths, instant::Stamp, period::Day};

use crate::i18n::Locale;

/// A length: `00:26`, `1:02:05`. The same everywhere, and whole seconds rounded down, as a clock shows them.
#[must_use]
pub fn length(ms: i64) -> String {
    let seconds = ms.max(0) / 1000;
    let (hours, minutes, seconds) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if hours > 0 {
        format!("{hours}:{minutes:02}:{seconds:02}")
    } else {
        format!("{minutes:02}:{seconds:02}")
    }
}

/// A length in a table, where a spreadsheet would take `00:26` for minutes after midnight: `00:00:26` (checklist 72).
#[must_use]
pub fn full_length(ms: i64) -> String {
    let seconds = ms.max(0) / 1000;
    format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// A length as it is said aloud: `1 minut 5 sekunder`.
#[must_use]
pub fn spoken_length(locale: Locale, ms: i64) -> String {
    let seconds = ms.max(0) / 1000;
    let parts = [(seconds / 3600, 0), (seconds / 60 % 60, 1), (seconds % 60, 2)];
    let words: Vec<String> = parts
        .into_iter()
        .filter(|(count, place)| *count > 0 || (*place == 2 && seconds == 0))
        .map(|(count, place)| {
            let (one, many) = match (locale, place) {
                (Locale::sv, 0) => ("timme", "timmar"),
                (Locale::sv, 1) => ("minut", "minuter"),
                (Locale::sv, _) => ("sekund", "sekunder"),
                (Locale::en, 0) => ("hour", "hours"),
                (Locale::en, 1) => ("minute", "minutes"),
                (Locale::en, _) => ("second", "seconds"),
            };
            format!("{count} {}", if count == 1 { one } else { many })
        })
        .collect();
    words.join(" ")
}

/// The day of a stamp in a list: `2020-03-16`, `16 Mar 2020`.
#[must_use]
pub fn day(locale: Locale, stamp: &Stamp) -> String {
    date(locale, stamp.day())
}

/// A day in a list: `2020-03-16`, `16 Mar 2020`.
#[must_use]
pub fn date(locale: Locale, day: Day) -> String {
    let Day { year, month, day } = day;
    match locale {
        Locale::sv => format!("{year:04}-{month:02}-{day:02}"),
        Locale::en => format!(
            "{day} {} {year}",
            month_name(locale, month).get(..3).unwrap_or_default()
        ),
    }
}

/// A time of day: `10:46:51`.
#[must_use]
pub fn time(stamp: &Stamp) -> String {
    let (hour, minute, second) = stamp.time;
    format!("{hour:02}:{minute:02}:{second:02}")
}

/// A day and time in a list: `2020-03-16 10:46`, `16 Mar 2020, 10:46`.
#[must_use]
pub fn short(locale: Locale, stamp: &Stamp) -> String {
    let (hour, minute, _) = stamp.time;
    let between = match locale {
        Locale::sv => " ",
        Locale::en => ", ",
    };
    format!("{}{between}{hour:02}:{minute:02}", day(locale, stamp))
}

/// A day and time in running text: `måndag 16 mars 2020 10:46:51`, `Monday 16 March 2020 10:46:51`.
#[must_use]
pub fn full(locale: Locale, stamp: &Stamp) -> String {
    let (year, month, day) = stamp.date;
    format!(
        "{} {day} {} {year} {}",
        weekday_name(locale, stamp.weekday),
        month_name(locale, month),
        time(stamp)
    )
}

/// A count with thin spaces between thousands in Swedish, commas in English.
#[must_use]
pub fn count(locale: Locale, number: u64) -> String {
    let digits = number.to_string();
    let separator = match locale {
        Locale::sv => '\u{a0}',
        Locale::en => ',',
    };
    let mut grouped = String::with_capacity(digits.len() + digits.len() / 3 * 2);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            grouped.push(separator);
        }
        grouped.push(digit);
    }
    grouped
}

/// The sign between a number's whole and its parts.
#[must_use]
pub const fn point(locale: Locale) -> char {
    match locale {
        Locale::sv => ',',
        Locale::en => '.',
    }
}

/// What an evaluation comes to: `82,9 %` in Swedish, `82.9%` in English, and no more decimals than it needs; a dash where
/// nothing counts.
#[must_use]
pub fn percent(locale: Locale, percent: Option<Tenths>) -> String {
    let Some(Tenths(tenths)) = percent else {
        return "–".to_owned();
    };
    let number = if tenths.is_multiple_of(10) {
        (tenths / 10).to_string()
    } else {
        Tenths(tenths).write(point(locale))
    };
    match locale {
        Locale::sv => format!("{number}\u{a0}%"),
        Locale::en => format!("{number}%"),
    }
}

const fn month_name(locale: Locale, month: i8) -> &'static str {
    match (locale, month) {
        (Locale::sv, 1) => "januari",
        (Locale::sv, 2) => "februari",
        (Locale::sv, 3) => "mars",
        (Locale::sv, 4) => "april",
        (Locale::sv, 5) => "maj",
        (Locale::sv, 6) => "juni",
        (Locale::sv, 7) => "juli",
        (Locale::sv, 8) => "augusti",
        (Locale::sv, 9) => "september",
        (Locale::sv, 10) => "oktober",
        (Locale::sv, 11) => "november",
        (Locale::sv, _) => "december",
        (Locale::en, 1) => "January",
        (Locale::en, 2) => "February",
        (Locale::en, 3) => "March",
        (Locale::en, 4) => "April",
        (Locale::en, 5) => "May",
        (Locale::en, 6) => "June",
        (Locale::en, 7) => "July",
        (Locale::en, 8) => "August",
        (Locale::en, 9) => "September",
        (Locale::en, 10) => "October",
        (Locale::en, 11) => "November",
        (Locale::en, _) => "December",
    }
}

/// A weekday at the beginning of a line, Monday = 1: `Måndag`.
#[must_use]
pub fn weekday(locale: Locale, weekday: i8) -> String {
    let name = weekday_name(locale, weekday);
    let mut signs = name.chars();
    signs
        .next()
        .map_or_else(String::new, |first| first.to_uppercase().chain(signs).collect())
}

const fn weekday_name(locale: Locale, weekday: i8) -> &'static str {
    match (locale, weekday) {
        (Locale::sv, 1) => "måndag",
        (Locale::sv, 2) => "tisdag",
        (Locale::sv, 3) => "onsdag",
        (Locale::sv, 4) => "torsdag",
        (Locale::sv, 5) => "fredag",
        (Locale::sv, 6) => "lördag",
        (Locale::sv, _) => "söndag",
        (Locale::en, 1) => "Monday",
        (Locale::en, 2) => "Tuesday",
        (Locale::en, 3) => "Wednesday",
        (Locale::en, 4) => "Thursday",
        (Locale::en, 5) => "Friday",
        (Locale::en, 6) => "Saturday",
        (Locale::en, _) => "Sunday",
    }
}

#[cfg(test)]
mod tests {
    use model::instant::Instant;

    use super::*;

    const MONDAY: Stamp = Stamp {
        at: Instant(0),
        date: (2020, 3, 16),
        time: (9, 5, 1),
        weekday: 1,
        offset: 60,
    };

    #[test]
    fn percentages_have_no_more_decimals_than_they_need() {
        assert_eq!(percent(Locale::sv, Some(Tenths(829))), "82,9\u{a0}%");
        assert_eq!(percent(Locale::en, Some(Tenths(1000))), "100%");
        assert_eq!(percent(Locale::sv, None), "–");
    }

    #[test]
    fn lengths_are_read_like_a_clock() {
        assert_eq!(length(26_999), "00:26");
        assert_eq!(length(3_725_000), "1:02:05");
        assert_eq!(length(-5), "00:00");
    }

    #[test]
    fn lengths_are_said_without_what_is_zero() {
        assert_eq!(spoken_length(Locale::sv, 65_000), "1 minut 5 sekunder");
        assert_eq!(spoken_length(Locale::sv, 3_601_000), "1 timme 1 sekund");
        assert_eq!(spoken_length(Locale::en, 0), "0 seconds");
    }

    #[test]
    fn days_follow_the_language() {
        assert_eq!(day(Locale::sv, &MONDAY), "2020-03-16");
        assert_eq!(day(Locale::en, &MONDAY), "16 Mar 2020");
        assert_eq!(full(Locale::sv, &MONDAY), "måndag 16 mars 2020 09:05:01");
        assert_eq!(full(Locale::en, &MONDAY), "Monday 16 March 2020 09:05:01");
    }

    #[test]
    fn thousands_are_set_apart() {
        assert_eq!(count(Locale::sv, 1_284_003), "1\u{a0}284\u{a0}003");
        assert_eq!(count(Locale::en, 999), "999");
    }
}
