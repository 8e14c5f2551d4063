//! A filter as the words of an address, both ways. What an address says wrongly is as if it were not said; [`wrong`](super::wrong)
//! says what that is.

use super::{Evaluated, Filter, Hours};
use crate::{
    address::encode,
    facts::Direction,
    people::Level,
    period::{Day, Period},
    recording::Flag,
    text::is_unseen,
};

/// The longest text that is looked for, in characters.
const LONGEST: usize = 200;
/// The longest call there can be, in seconds: a year.
const LONGEST_CALL_S: u32 = 366 * 86_400;
/// The most values of one kind.
const MOST: usize = 200;
/// The most people, each of whom must be looked up.
const MOST_PEOPLE: usize = 20;

impl Filter {
    /// Takes one word of an address. What it says wrongly is as if it were not said. Says whether the word is a filter's.
    pub fn take(&mut self, name: &str, value: &str) -> bool {
        let value = value.trim();
        let said = (!value.is_empty()).then_some(value);
        let text = || said.map(tame).filter(|text| !text.is_empty());
        match name {
            "period" => {
                if let Some(period) = Period::named(value) {
                    self.period = period;
                }
            }
            "from" | "to" => {
                if let Some(day) = Day::named(value) {
                    let (mut from, mut to) = match self.period {
                        Period::Days { from, to } => (from, to),
                        _ => (None, None),
                    };
                    *if name == "from" { &mut from } else { &mut to } = Some(day);
                    self.period = Period::Days { from, to };
                }
            }
            "time-from" | "time-to" => {
                let (from, to) = match self.hours {
                    Some(hours) => (Hours::word(hours.from), Hours::word(hours.to)),
                    None => ("00:00".to_owned(), "24:00".to_owned()),
                };
                if said.and_then(Hours::minute).is_some() {
                    let (from, to) = if name == "time-from" {
                        (value, &*to)
                    } else {
                        (&*from, value)
                    };
                    self.hours = Hours::read(Some(from), Some(to));
                }
            }
            "office-hours" => self.office_hours = said.is_some(),
            "who" => {
                for who in value.split(',').map(tame) {
                    let taken = !who.is_empty() && self.who.len() < MOST_PEOPLE;
                    put(&mut self.who, taken.then_some(who));
                }
            }
            "number" => {
                for number in value.split([',', ';', '\n']).map(tame) {
                    // What has no sign of a number would be found everywhere.
                    put(
                        &mut self.numbers,
                        Some(number).filter(|number| number.chars().any(char::is_alphanumeric)),
                    );
                }
            }
            "length-min" => self.shortest_s = seconds(value).filter(|seconds| *seconds > 0),
            "length-max" => self.longest_s = seconds(value),
            "direction" => put(&mut self.directions, Direction::named(value)),
            "ddi" => put(&mut self.direct_numbers, text()),
            "tag" => self.tag = text(),
            "flag" if value == "none" => put(&mut self.flags, Some(None)),
            "flag" => put(&mut self.flags, Flag::named(value).map(Some)),
            "evaluated" => self.evaluated = Evaluated::named(value),
            "score-min" => self.worst = percent(value),
            "score-max" => self.best = percent(value),
            "q" => self.text = text(),
            "limit" => {
                if let Ok(limit) = value.parse() {
                    self.limit = limit;
                }
            }
            other => {
                let Some(level) = Level::named(other) else { return false };
                put(&mut self.units, value.parse().ok().map(|unit| (level, unit)));
            }
        }
        true
    }

    /// The words of an address that say this, as short as they can be: what is so at first is not said.
    #[must_use]
    pub fn words(&self) -> Vec<(&'static str, String)> {
        let mut words: Vec<(&'static str, String)> = vec![];
        let mut say = |name: &'static str, value: String| words.push((name, value));
        match self.period {
            Period::Days { from, to } => {
                for (name, day) in [("from", from), ("to", to)] {
                    if let Some(day) = day {
                        say(name, day.to_string());
                    }
                }
            }
            period if period != Period::default() => {
                period
                    .name()
                    .into_iter()
                    .for_each(|name| say("period", name.to_owned()));
            }
            _ => {}
        }
        if let Some(hours) = self.hours {
            say("time-from", Hours::word(hours.from));
            say("time-to", Hours::word(hours.to));
        }
        if self.office_hours {
            say("office-hours", "yes".to_owned());
        }
        self.text.iter().for_each(|text| say("q", text.clone()));
        self.who.iter().for_each(|who| say("who", who.clone()));
        for (level, unit) in &self.units {
            say(level.name(), unit.to_string());
        }
        self.numbers.iter().for_each(|number| say("number", number.clone()));
        self.shortest_s.iter().for_each(|s| say("length-min", s.to_string()));
        self.longest_s.iter().for_each(|s| say("length-max", s.to_string()));
        self.directions
            .iter()
            .for_each(|direction| say("direction", direction.name().to_owned()));
        self.direct_numbers.iter().for_each(|number| say("ddi", number.clone()));
        self.tag.iter().for_each(|tag| say("tag", tag.clone()));
        for flag in &self.flags {
            say("flag", flag.map_or("none", Flag::name).to_owned());
        }
        if let Some(evaluated) = self.evaluated {
            say("evaluated", evaluated.name().to_owned());
        }
        self.worst.iter().for_each(|least| say("score-min", least.to_string()));
        self.best.iter().for_each(|most| say("score-max", most.to_string()));
        if self.limit != Self::LIMIT {
            say("limit", self.limit.to_string());
        }
        words
    }
}

/// The words of an address as its query: `?period=all&tag=Kampanj`; nothing where there is none.
#[must_use]
pub fn query_string(words: &[(&'static str, String)]) -> String {
    let mut query = String::new();
    for (name, value) in words {
        query.push(if query.is_empty() { '?' } else { '&' });
        query.push_str(name);
        query.push('=');
        query.push_str(&encode(value));
    }
    query
}

/// A length as people write it, in seconds: `5`, `1:30`, `1:02:05`.
#[must_use]
pub fn seconds(text: &str) -> Option<u32> {
    let parts: Vec<&str> = text.trim().split(':').collect();
    let digits = |part: &&str| !part.is_empty() && part.len() <= 6 && part.bytes().all(|sign| sign.is_ascii_digit());
    if parts.len() > 3 || !parts.iter().all(digits) {
        return None;
    }
    parts
        .iter()
        .try_fold(0_u32, |sum, part| sum.checked_mul(60)?.checked_add(part.parse().ok()?))
        .filter(|seconds| *seconds <= LONGEST_CALL_S)
}

/// What an evaluation came to as people write it, in whole per cent: `80`, `80 %`.
#[must_use]
pub fn percent(text: &str) -> Option<u8> {
    let number = text.trim().trim_end_matches('%').trim_end();
    let digits = !number.is_empty() && number.bytes().all(|sign| sign.is_ascii_digit());
    digits
        .then(|| number.parse().ok())
        .flatten()
        .filter(|percent| *percent <= 100)
}

/// A text as it is looked for: not longer than anyone writes, and without signs that are none.
pub(super) fn tame(text: &str) -> String {
    let plain = text.trim().chars().filter(|sign| !is_unseen(*sign));
    plain.take(LONGEST).collect()
}

/// Adds a value that is not there yet.
fn put<T: PartialEq>(values: &mut Vec<T>, value: Option<T>) {
    if let Some(value) = value
        && values.len() < MOST
        && !values.contains(&value)
    {
        values.push(value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        filter::{Criterion, Wrong, wrong},
        id::UnitId,
    };

    fn read(words: &[(&str, &str)]) -> Filter {
        let mut filter = Filter::default();
        for (name, value) in words {
            filter.take(name, value);
        }
        filter
    }

    fn full() -> Filter {
        Filter {
            period: Period::Days {
                from: Day::named("2026-03-01"),
                to: Day::named("2026-03-31"),
            },
            hours: Some(Hours { from: 1_320, to: 360 }),
            office_hours: true,
            who: vec!["a166947070".into(), "Öström & co".into()],
            units: vec![(Level::Department, UnitId(7)), (Level::CostCenter, UnitId(8))],
            numbers: vec!["070-921 40 80".into(), "+46850512345".into()],
            shortest_s: Some(5),
            longest_s: Some(3_600),
            directions: vec![Direction::Incoming, Direction::Internal],
            direct_numbers: vec!["+46113913372".into()],
            tag: Some("50 % rabatt?".into()),
            flags: vec![None, Some(Flag::Red)],
            evaluated: Some(Evaluated::No),
            worst: Some(0),
            best: Some(80),
            text: Some("lisa kampanj".into()),
            limit: 0,
        }
    }

    #[test]
    fn a_filter_survives_an_address() {
        let words = full().words();
        let read_back = read(&words.iter().map(|(name, value)| (*name, &**value)).collect::<Vec<_>>());
        assert_eq!(read_back, full());
        assert!(query_string(&words).contains("&ddi=%2B46113913372&tag=50%20%25%20rabatt%3F&flag=none&flag=red"));
    }

    #[test]
    fn what_is_so_at_first_is_not_said() {
        assert_eq!(Filter::default().words(), []);
        assert_eq!(query_string(&[]), "");
    }

    #[test]
    fn what_is_said_wrongly_is_as_if_it_were_not_said() {
        let misread = [
            ("period", "week"),
            ("from", "2026-02-30"),
            ("time-from", "25:00"),
            ("length-min", "5 äpplen"),
            ("direction", "sideways"),
            ("flag", "yellow"),
            ("evaluated", "perhaps"),
            ("score-min", "-1"),
            ("score-max", "101"),
            ("limit", "-1"),
            ("department", "Ekonomi"),
            ("tag", "  "),
            ("tag", "\0"),
            ("number", "- , +"),
            ("who", " , ,"),
        ];
        assert_eq!(read(&misread), Filter::default());
        let told = misread.map(|word| wrong([word]));
        assert!(
            told.contains(&vec![Wrong::Value(Criterion::Length, "5 äpplen".into())]),
            "{told:?}"
        );
        let told_of = told.iter().flatten().count();
        assert_eq!(told_of, misread.len() - 3, "tags and people can be any words: {told:?}");
        assert_eq!(read(&[("q", "a\0b")]).text.as_deref(), Some("ab"));
        assert!(!Filter::default().take("colour", "red"));
    }

    #[test]
    fn what_can_be_understood_is_not_told_as_wrong() {
        let words = full().words();
        assert_eq!(wrong(words.iter().map(|(name, value)| (*name, &**value))), []);
        let first = [
            ("period", "today"),
            ("period", "own"),
            ("limit", "1000"),
            ("time-from", "00:00"),
            ("from", ""),
            ("view", "x"),
        ];
        assert_eq!(wrong(first), []);
    }

    #[test]
    fn each_criterion_can_be_taken_away_and_nothing_else_goes() {
        let full = full();
        assert_eq!(
            full.criteria().count(),
            Criterion::ALL.len() - 2,
            "two levels are not chosen"
        );
        let nothing = full.criteria().fold(full.clone(), |left, criterion| {
            let without = left.without(criterion);
            assert_eq!(without.differences(&left), [criterion]);
            assert_eq!(
                without.criteria().collect::<Vec<_>>(),
                left.criteria().filter(|other| *other != criterion).collect::<Vec<_>>()
            );
            without
        });
        assert_eq!(nothing, Filter::default());
    }

    #[test]
    fn hours_and_lengths_are_read_as_people_write_them() {
        assert_eq!(
            (Hours::minute("8"), Hours::minute("08.30"), Hours::minute("24:00")),
            (Some(480), Some(510), Some(1_440))
        );
        assert_eq!(read(&[("time-from", "08:00"), ("time-to", "08:00")]).hours, None);
        assert_eq!(
            read(&[("time-from", "08:00"), ("time-to", "nonsense")]).hours,
            Some(Hours { from: 480, to: 1_440 })
        );
        assert_eq!(
            (Hours::minute("24:01"), Hours::minute("8:60"), Hours::minute("-1")),
            (None, None, None)
        );
        assert_eq!(
            read(&[("time-from", "17:00")]).hours,
            Some(Hours { from: 1_020, to: 1_440 })
        );
        assert_eq!(
            read(&[("time-to", "06:00"), ("time-from", "22:00")]).hours,
            Some(Hours { from: 1_320, to: 360 })
        );
        assert_eq!(
            (seconds("5"), seconds("1:30"), seconds("1:02:05")),
            (Some(5), Some(90), Some(3_725))
        );
        assert_eq!(
            (seconds(""), seconds("1:2:3:4"), seconds("999999:999999:999999")),
            (None, None, None)
        );
    }

    #[test]
    fn what_an_evaluation_came_to_is_read_in_whole_per_cent() {
        for (written, read) in [
            ("80", Some(80)),
            (" 80 % ", Some(80)),
            ("0", Some(0)),
            ("100%", Some(100)),
        ] {
            assert_eq!(percent(written), read, "{written}");
        }
        for wrong in ["", "%", "80,5", "+80", "101", "999", "åttio"] {
            assert_eq!(percent(wrong), None, "{wrong}");
        }
        for it in Evaluated::ALL {
            assert_eq!(read(&[("evaluated", it.name())]).evaluated, Some(it));
        }
    }

    #[test]
    fn numbers_may_stand_beside_one_another() {
        assert_eq!(
            read(&[("number", "0709214080, 08-505 123 45;\n90510")]).numbers.len(),
            3
        );
    }
}
