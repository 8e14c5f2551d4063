//! What a list is narrowed by, in words: the name and the value of a chip.

use model::{
    evaluation::Tenths,
    filter::{Criterion, Evaluated, Filter, Hours, Wrong},
    instant::Stamp,
    people::{Level, Unit},
};

use super::words;
use crate::{
    format,
    i18n::{Locale, td_string},
};

/// The name of a criterion.
pub fn name(locale: Locale, criterion: Criterion) -> &'static str {
    match criterion {
        Criterion::Period => td_string!(locale, recordings.date),
        Criterion::Hours => td_string!(locale, recordings.time),
        Criterion::OfficeHours => td_string!(locale, filter.hours),
        Criterion::Who => td_string!(locale, filter.who),
        Criterion::Unit(level) => level_name(locale, level),
        Criterion::Number => td_string!(locale, recordings.number),
        Criterion::Length => td_string!(locale, recordings.length),
        Criterion::Direction => td_string!(locale, recordings.direction),
        Criterion::DirectNumber => td_string!(locale, recordings.direct_number),
        Criterion::Tag => td_string!(locale, recordings.tag),
        Criterion::Flag => td_string!(locale, recordings.flag),
        Criterion::Evaluated => td_string!(locale, recordings.evaluation),
        Criterion::Score => td_string!(locale, filter.score),
        Criterion::Text => td_string!(locale, filter.text),
        Criterion::Limit => td_string!(locale, filter.limit),
    }
}

/// The name of a level.
pub fn level_name(locale: Locale, level: Level) -> &'static str {
    match level {
        Level::District => td_string!(locale, fields.district),
        Level::Department => td_string!(locale, fields.department),
        Level::CostCenter => td_string!(locale, fields.cost_center),
        Level::Office => td_string!(locale, fields.office),
    }
}

/// To what a filter narrows the list by that.
pub fn value(locale: Locale, criterion: Criterion, filter: &Filter, units: &[Unit], now: &Stamp) -> String {
    let joined = |words: Vec<&str>| words.join(", ");
    match criterion {
        Criterion::Period => words::period(locale, filter.period, Some(now)),
        Criterion::Hours => filter.hours.map(hours).unwrap_or_default(),
        Criterion::OfficeHours => td_string!(locale, filter.office_hours).to_owned(),
        Criterion::Who => filter.who.join(", "),
        Criterion::Unit(level) => {
            let named = |id| units.iter().find(|unit| unit.id == id).map(|unit| &*unit.name);
            // A unit that is not there for the one who looks has no name.
            joined(filter.units_of(level).map(|id| named(id).unwrap_or("–")).collect())
        }
        Criterion::Number => filter.numbers.join(", "),
        Criterion::Length => length(locale, filter),
        Criterion::Direction => joined(
            filter
                .directions
                .iter()
                .map(|direction| words::direction(locale, *direction).1)
                .collect(),
        ),
        Criterion::DirectNumber => filter.direct_numbers.join(", "),
        Criterion::Tag => filter.tag.clone().unwrap_or_default(),
        Criterion::Flag => joined(filter.flags.iter().map(|flag| flag_name(locale, *flag)).collect()),
        Criterion::Evaluated => filter.evaluated.map_or("", |it| evaluated(locale, it)).to_owned(),
        Criterion::Score => score(locale, filter),
        Criterion::Text => filter.text.clone().unwrap_or_default(),
        Criterion::Limit if filter.limit == 0 => td_string!(locale, filter.unlimited).to_owned(),
        Criterion::Limit => format::count(locale, u64::from(filter.limit)),
    }
}

/// A flag, or that there is none, in one word.
pub fn flag_name(locale: Locale, flag: Option<model::recording::Flag>) -> &'static str {
    use model::recording::Flag;
    match flag {
        None => td_string!(locale, filter.flag_none),
        Some(Flag::Green) => td_string!(locale, filter.flag_green),
        Some(Flag::Blue) => td_string!(locale, filter.flag_blue),
        Some(Flag::Red) => td_string!(locale, filter.flag_red),
    }
}

/// What has become of evaluating a call, in a few words.
pub fn evaluated(locale: Locale, evaluated: Evaluated) -> &'static str {
    match evaluated {
        Evaluated::Yes => td_string!(locale, filter.evaluated),
        Evaluated::No => td_string!(locale, filter.not_evaluated),
        Evaluated::Failed => td_string!(locale, filter.evaluated_failed),
        Evaluated::Disputed => td_string!(locale, filter.evaluated_disputed),
        Evaluated::Waiting => td_string!(locale, filter.evaluated_waiting),
    }
}

/// What of a filter nobody understands, in a sentence.
pub fn wrong(locale: Locale, wrong: &Wrong) -> String {
    match wrong {
        Wrong::Value(criterion, value) => {
            td_string!(
                locale,
                filter.wrong_value,
                name = name(locale, *criterion),
                value = value.clone()
            )
        }
        Wrong::Bounds(Criterion::Length) => td_string!(locale, filter.wrong_lengths).to_owned(),
        Wrong::Bounds(Criterion::Score) => td_string!(locale, filter.wrong_scores).to_owned(),
        Wrong::Bounds(Criterion::Hours) => td_string!(locale, filter.wrong_hours).to_owned(),
        Wrong::Bounds(_) => td_string!(locale, filter.wrong_days).to_owned(),
    }
}

fn hours(hours: Hours) -> String {
    format!("{}–{}", Hours::word(hours.from), Hours::word(hours.to))
}

fn length(locale: Locale, filter: &Filter) -> String {
    let words = |seconds: u32| {
        if seconds < 60 {
            format!("{seconds} {}", td_string!(locale, recordings.seconds))
        } else {
            format::length(i64::from(seconds) * 1_000)
        }
    };
    between(locale, filter.shortest_s.map(words), filter.longest_s.map(words))
}

fn score(locale: Locale, filter: &Filter) -> String {
    let words = |percent: u8| format::percent(locale, Some(Tenths(u32::from(percent) * 10)));
    between(locale, filter.worst.map(words), filter.best.map(words))
}

fn between(locale: Locale, least: Option<String>, most: Option<String>) -> String {
    match (least, most) {
        (Some(least), Some(most)) => format!("{least}–{most}"),
        (Some(least), None) => td_string!(locale, filter.at_least, length = least),
        (None, Some(most)) => td_string!(locale, filter.at_most, length = most),
        (None, None) => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use model::{
        filter::Filter,
        id::UnitId,
        instant::Instant,
        period::{Day, Period},
        recording::Flag,
    };

    use super::*;

    const NOW: Stamp = Stamp {
        at: Instant(0),
        date: (2026, 11, 25),
        time: (9, 0, 0),
        weekday: 3,
        offset: 60,
    };

    #[test]
    fn a_chip_says_what_it_does() {
        let filter = Filter {
            period: Period::ThisWeek,
            units: vec![(Level::Department, UnitId(1)), (Level::Department, UnitId(2))],
            shortest_s: Some(5),
            flags: vec![None, Some(Flag::Red)],
            evaluated: Some(Evaluated::Waiting),
            worst: Some(80),
            limit: 0,
            ..Filter::default()
        };
        let units = [Unit {
            level: Level::Department,
            people: 0,
            id: UnitId(1),
            name: "Ekonomi".into(),
        }];
        let said = |criterion| value(Locale::sv, criterion, &filter, &units, &NOW);
        assert_eq!(said(Criterion::Period), "Denna vecka (v. 48)");
        assert_eq!(said(Criterion::Unit(Level::Department)), "Ekonomi, –");
        assert_eq!(said(Criterion::Length), "minst 5 s");
        assert_eq!(said(Criterion::Flag), "Ej flaggad, Röd");
        assert_eq!(said(Criterion::Evaluated), "Väntar på dig");
        assert_eq!(said(Criterion::Score), "minst 80\u{a0}%");
        assert_eq!(said(Criterion::Limit), "Obegränsat");
    }

    #[test]
    fn own_days_are_said_as_days() {
        let own = |from, to| {
            let period = Period::Days {
                from: Day::named(from),
                to: Day::named(to),
            };
            words::period(Locale::sv, period, Some(&NOW))
        };
        assert_eq!(own("2026-03-01", "2026-03-01"), "2026-03-01");
        assert_eq!(own("2026-03-01", ""), "2026-03-01–");
    }
}
