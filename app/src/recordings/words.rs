//! Directions, days, flags and rules in words.

use model::{
    facts::{Consent, Direction},
    instant::Stamp,
    period::Period,
    recording::{Flag, RecordingRow},
};

use crate::{
    format,
    i18n::{Locale, td_string},
};

/// The direction's icon, and its word.
pub fn direction(locale: Locale, direction: Direction) -> (&'static str, &'static str) {
    match direction {
        Direction::Incoming => ("in", td_string!(locale, recordings.incoming)),
        Direction::Outgoing => ("out", td_string!(locale, recordings.outgoing)),
        Direction::Internal => ("internal", td_string!(locale, recordings.internal)),
    }
}

/// What stands between the recorded person and the other party when it is read aloud.
pub fn verb(locale: Locale, direction: Direction) -> &'static str {
    match direction {
        Direction::Incoming => td_string!(locale, recordings.was_rung_by),
        Direction::Outgoing => td_string!(locale, recordings.rang),
        Direction::Internal => td_string!(locale, recordings.spoke_with),
    }
}

/// The name of a stretch of days, as it stands alone.
pub fn period(locale: Locale, period: Period) -> &'static str {
    match period {
        Period::Today => td_string!(locale, recordings.today),
        Period::Yesterday => td_string!(locale, recordings.yesterday),
        Period::Last7 => td_string!(locale, recordings.last_7),
        Period::Last30 => td_string!(locale, recordings.last_30),
        Period::All => td_string!(locale, recordings.all),
    }
}

/// That a stretch of days is empty.
pub fn nothing(locale: Locale, period: Period) -> &'static str {
    match period {
        Period::Today => td_string!(locale, recordings.nothing_today),
        Period::Yesterday => td_string!(locale, recordings.nothing_yesterday),
        Period::Last7 => td_string!(locale, recordings.nothing_last_7),
        Period::Last30 => td_string!(locale, recordings.nothing_last_30),
        Period::All => td_string!(locale, recordings.nothing_at_all),
    }
}

/// The button that leads to a wider stretch of days.
pub fn show(locale: Locale, period: Period) -> &'static str {
    match period {
        Period::Today => td_string!(locale, recordings.show_today),
        Period::Yesterday => td_string!(locale, recordings.show_yesterday),
        Period::Last7 => td_string!(locale, recordings.show_last_7),
        Period::Last30 => td_string!(locale, recordings.show_last_30),
        Period::All => td_string!(locale, recordings.show_all),
    }
}

/// A flag by its name.
pub fn flag(locale: Locale, flag: Flag) -> &'static str {
    match flag {
        Flag::Green => td_string!(locale, recordings.flag_green),
        Flag::Blue => td_string!(locale, recordings.flag_blue),
        Flag::Red => td_string!(locale, recordings.flag_red),
    }
}

/// What the caller answered.
pub fn consent(locale: Locale, consent: Consent) -> &'static str {
    match consent {
        Consent::Given => td_string!(locale, recordings.consent_given),
        Consent::Refused => td_string!(locale, recordings.consent_refused),
        Consent::NotAsked => td_string!(locale, recordings.consent_not_asked),
    }
}

/// Why it was recorded.
pub fn rule(locale: Locale, rule: &str) -> String {
    match rule {
        "no-policy" => td_string!(locale, recordings.rule_no_policy).to_owned(),
        other => other.to_owned(),
    }
}

/// The recorded person: the name, or the extension where nobody has it.
pub fn person(row: &RecordingRow) -> String {
    row.person.clone().unwrap_or_else(|| row.extension.clone())
}

/// The other party as one line: name, number, or that it was withheld.
pub fn other(locale: Locale, row: &RecordingRow) -> String {
    match (&row.other_name, &row.number) {
        (Some(name), Some(number)) => format!("{name}, {}", number.shown),
        (Some(name), None) => name.clone(),
        (None, Some(number)) => number.shown.clone(),
        (None, None) => td_string!(locale, player.withheld).to_owned(),
    }
}

/// A count of recordings: its number and its word.
pub fn count(locale: Locale, total: u64) -> (String, &'static str) {
    let word = if total == 1 {
        td_string!(locale, recordings.recording)
    } else {
        td_string!(locale, recordings.recordings)
    };
    (format::count(locale, total), word)
}

/// A total length as numbers and their units, the two that matter: `2 tim 41 min`, `12 min 5 s`, `26 s`.
pub fn total(locale: Locale, ms: i64) -> Vec<(String, &'static str)> {
    let seconds = ms.max(0) / 1000;
    let number = |number: i64| format::count(locale, number.unsigned_abs());
    let (hour, minute) = (
        td_string!(locale, recordings.hours),
        td_string!(locale, recordings.minutes),
    );
    match (seconds / 3600, seconds / 60 % 60) {
        (0, 0) => vec![(number(seconds), td_string!(locale, recordings.seconds))],
        (0, minutes) => vec![
            (number(minutes), minute),
            (number(seconds % 60), td_string!(locale, recordings.seconds)),
        ],
        (hours, minutes) => vec![(number(hours), hour), (number(minutes), minute)],
    }
}

/// The day with its weekday, for running text: `fredag 13 mars 2020`.
pub fn day(locale: Locale, stamp: &Stamp) -> String {
    let full = format::full(locale, stamp);
    full.rsplit_once(' ')
        .map_or_else(|| full.clone(), |(day, _)| day.to_owned())
}

#[cfg(test)]
mod tests {
    use model::instant::Instant;

    use super::*;

    fn said(parts: &[(String, &str)]) -> String {
        parts
            .iter()
            .map(|(number, unit)| format!("{number} {unit}"))
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn totals_are_as_exact_as_they_need_to_be() {
        assert_eq!(said(&total(Locale::sv, 9_660_000)), "2 tim 41 min");
        assert_eq!(said(&total(Locale::sv, 725_000)), "12 min 5 s");
        assert_eq!(said(&total(Locale::en, 26_900)), "26 s");
        assert_eq!(said(&total(Locale::sv, 4_000_000_000)), "1\u{a0}111 tim 6 min");
    }

    #[test]
    fn one_is_not_many() {
        assert_eq!(count(Locale::sv, 1), ("1".into(), "inspelning"));
        assert_eq!(count(Locale::en, 1_200), ("1,200".into(), "recordings"));
    }

    #[test]
    fn a_day_has_its_weekday_and_no_time() {
        let stamp = Stamp {
            at: Instant(0),
            date: (2020, 3, 13),
            time: (9, 5, 1),
            weekday: 5,
            offset: 60,
        };
        assert_eq!(day(Locale::sv, &stamp), "fredag 13 mars 2020");
    }

    #[test]
    fn an_unknown_rule_is_named_and_not_hidden() {
        assert_eq!(rule(Locale::sv, "group-always"), "group-always");
        assert_ne!(rule(Locale::sv, "no-policy"), "no-policy");
    }
}
