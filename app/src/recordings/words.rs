//! Directions, days, flags and rules in words.

use model::{
    evaluation::{Verdict, Who},
    facts::{Consent, Direction},
    instant::Stamp,
    list::Total,
    period::{Day, Period},
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

/// The name of a stretch of days, as it stands alone. The week has its number, as people here speak of weeks,
/// where it is known which day it is.
pub fn period(locale: Locale, period: Period, now: Option<&Stamp>) -> String {
    match period {
        Period::Today => td_string!(locale, recordings.today).to_owned(),
        Period::Yesterday => td_string!(locale, recordings.yesterday).to_owned(),
        Period::ThisWeek => match now {
            Some(now) => td_string!(locale, recordings.this_week, week = now.day().week()),
            None => td_string!(locale, filter.this_week).to_owned(),
        },
        Period::Last7 => td_string!(locale, recordings.last_7).to_owned(),
        Period::ThisMonth => td_string!(locale, recordings.this_month).to_owned(),
        Period::LastMonth => td_string!(locale, recordings.last_month).to_owned(),
        Period::Last30 => td_string!(locale, recordings.last_30).to_owned(),
        Period::All => td_string!(locale, recordings.all).to_owned(),
        Period::Days { from, to } => {
            let day = |day: Option<Day>| day.map(|day| format::date(locale, day)).unwrap_or_default();
            if from == to && from.is_some() {
                day(from)
            } else {
                format!("{}–{}", day(from), day(to))
            }
        }
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

/// What was said of a call by those who evaluate: what it came to, and what else there is to know of it.
pub fn verdict(locale: Locale, verdict: &Verdict) -> String {
    let whole = match verdict.percent {
        Some(percent) => format::percent(locale, Some(percent)),
        None => td_string!(locale, recordings.evaluated).to_owned(),
    };
    let notes = notes(locale, verdict).into_iter().map(|(_, words)| words.to_owned());
    [whole].into_iter().chain(notes).collect::<Vec<_>>().join(", ")
}

/// What a conversation tells of the evaluations of its two sides: one that failed or waits for someone goes before.
pub fn gravest(ringing: Option<Verdict>, rung: Option<Verdict>) -> Option<Verdict> {
    // Of two alike the last is taken.
    let both = [rung, ringing].into_iter().flatten();
    both.max_by_key(|verdict| (verdict.failed, verdict.waits.is_some()))
}

/// What there is to know beside what it came to: its sign, and its words.
pub fn notes(locale: Locale, verdict: &Verdict) -> Vec<(&'static str, &'static str)> {
    let failed = verdict
        .failed
        .then(|| ("alert", td_string!(locale, recordings.evaluation_failed)));
    let waits = verdict.waits.map(|who| match who {
        Who::Evaluator => ("help", td_string!(locale, recordings.waits_evaluator)),
        Who::Evaluated => ("clock", td_string!(locale, recordings.waits_evaluated)),
    });
    failed.into_iter().chain(waits).collect()
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

/// How many there are, as far as they have been counted: its number and its word.
pub fn total_count(locale: Locale, total: &Total) -> (String, &'static str) {
    let (number, word) = count(locale, total.count);
    if total.more {
        (td_string!(locale, recordings.at_least, count = number), word)
    } else {
        (number, word)
    }
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

#[cfg(test)]
mod tests {
    use model::{columns::Columns, evaluation::Tenths, list::ListQuery};

    use super::{
        super::rows::{html, together},
        *,
    };
    use crate::samples;

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
    fn an_unknown_rule_is_named_and_not_hidden() {
        assert_eq!(rule(Locale::sv, "group-always"), "group-always");
        assert_ne!(rule(Locale::sv, "no-policy"), "no-policy");
    }

    #[test]
    fn of_two_evaluations_a_closed_conversation_tells_the_one_to_look_at() {
        let said = |percent, failed, waits| {
            let percent = Some(Tenths(percent));
            Some(Verdict { percent, failed, waits })
        };
        let (good, fair) = (said(1000, false, None), said(700, false, None));
        let (waits, failed) = (said(900, false, Some(Who::Evaluator)), said(0, true, None));
        for (ringing, rung, told) in [
            (good, failed, failed),
            (failed, good, failed),
            (good, waits, waits),
            (waits, failed, failed),
            (good, fair, good),
            (None, fair, fair),
            (good, None, good),
            (None, None, None),
        ] {
            assert_eq!(gravest(ringing, rung), told);
        }
    }

    #[test]
    fn a_closed_line_shows_it() {
        let side = |id, percent, failed| RecordingRow {
            direction: Direction::Internal,
            verdict: Some(Verdict {
                percent: Some(Tenths(percent)),
                failed,
                waits: None,
            }),
            ..samples::row(id, 1)
        };
        let lines = together(vec![side(8, 1000, false), side(7, 0, true)]);
        let (columns, query) = (Columns::default(), ListQuery::default());
        let html = html(&lines[..1], &columns, &query, None, Locale::sv, "/i.svg").unwrap();
        assert!(html.contains("i-alert") && !html.contains(">100"), "{html}");
    }
}
