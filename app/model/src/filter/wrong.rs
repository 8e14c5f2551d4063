//! What an address or a form says that no filter can do, so that it can be told.

use super::{Criterion, Filter, Hours, percent, seconds, words::tame};
use crate::{
    people::Level,
    period::{Day, Period},
};

/// So many wrong values are told, and so many characters of each: an address may hold thousands.
const MOST_TOLD: usize = 5;
const TOLD: usize = 40;

/// Something a filter was asked for that it cannot do.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Wrong {
    /// A value that nobody understands.
    Value(Criterion, String),
    /// Bounds of which the first lies behind the other: nothing can be between them.
    Bounds(Criterion),
}

/// What of an address or a form is no filter, so that it can be told.
pub fn wrong<'a>(words: impl IntoIterator<Item = (&'a str, &'a str)>) -> Vec<Wrong> {
    let (mut wrong, mut whole, mut named) = (vec![], Filter::default(), false);
    let mut hours = (None, None);
    for (name, value) in words {
        match name {
            "time-from" => hours.0 = Hours::minute(value),
            "time-to" => hours.1 = Hours::minute(value),
            _ => {}
        }
        whole.take(name, value);
        named |= name == "period" && Period::named(value.trim()).is_some();
        if let Some(criterion) = criterion(name)
            && !value.trim().is_empty()
            && !is_understood(name, value)
        {
            let said = Wrong::Value(criterion, tame(value).chars().take(TOLD).collect());
            if wrong.len() < MOST_TOLD && !wrong.contains(&said) {
                wrong.push(said);
            }
        }
    }
    if hours.0.is_some() && hours.0 == hours.1 {
        wrong.push(Wrong::Bounds(Criterion::Hours));
    }
    if let (Some(shortest), Some(longest)) = (whole.shortest_s, whole.longest_s)
        && shortest > longest
    {
        wrong.push(Wrong::Bounds(Criterion::Length));
    }
    if let (Some(worst), Some(best)) = (whole.worst, whole.best)
        && worst > best
    {
        wrong.push(Wrong::Bounds(Criterion::Score));
    }
    if let Period::Days { from: Some(from), to: Some(to) } = whole.period
        && from > to
        // A form sends the fields of one's own days along also where another period is chosen in it.
        && !named
    {
        wrong.push(Wrong::Bounds(Criterion::Period));
    }
    wrong
}

impl Wrong {
    /// Whether it is about what stands in the field of that name.
    #[must_use]
    pub fn is_of(&self, name: &str, value: &str) -> bool {
        match self {
            Self::Value(about, _) => {
                criterion(name) == Some(*about) && !value.trim().is_empty() && !is_understood(name, value)
            }
            Self::Bounds(about) => criterion(name) == Some(*about),
        }
    }
}

/// What a word of an address narrows the list by.
fn criterion(name: &str) -> Option<Criterion> {
    Some(match name {
        "period" | "from" | "to" => Criterion::Period,
        "time-from" | "time-to" => Criterion::Hours,
        "number" => Criterion::Number,
        "length-min" | "length-max" => Criterion::Length,
        "direction" => Criterion::Direction,
        "flag" => Criterion::Flag,
        "evaluated" => Criterion::Evaluated,
        "score-min" | "score-max" => Criterion::Score,
        "limit" => Criterion::Limit,
        other => Criterion::Unit(Level::named(other)?),
    })
}

/// Whether a value that is not empty means something under that name.
fn is_understood(name: &str, value: &str) -> bool {
    let value = value.trim();
    match name {
        // A form says so where the days are one's own.
        "period" => value == "own" || Period::named(value).is_some(),
        "from" | "to" => Day::named(value).is_some(),
        "time-from" | "time-to" => Hours::minute(value).is_some(),
        "length-min" | "length-max" => seconds(value).is_some(),
        "score-min" | "score-max" => percent(value).is_some(),
        "limit" => value.parse::<u32>().is_ok(),
        _ => {
            let mut alone = Filter::default();
            alone.take(name, value);
            alone != Filter::default()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_is_of_the_field_that_holds_it() {
        let words = [("length-min", "a while"), ("length-max", "10")];
        let found = wrong(words);
        assert_eq!(words.map(|(name, value)| found[0].is_of(name, value)), [true, false]);
        let words = [("length-min", "20"), ("length-max", "10"), ("limit", "5")];
        let found = wrong(words);
        assert_eq!(
            words.map(|(name, value)| found[0].is_of(name, value)),
            [true, true, false]
        );
    }

    #[test]
    fn of_many_wrong_values_few_are_told_and_none_twice() {
        let same = wrong(vec![("flag", "x"); 5_000]);
        assert_eq!(same, [Wrong::Value(Criterion::Flag, "x".into())]);
        let long = "\u{202e}".to_owned() + &"y".repeat(500);
        let words: Vec<String> = (0..50).map(|number| format!("{number}{long}")).collect();
        let told = wrong(words.iter().map(|word| ("limit", &**word)));
        assert_eq!(told.len(), MOST_TOLD);
        let Wrong::Value(_, said) = &told[0] else {
            panic!("{told:?}")
        };
        assert!(said.starts_with("0y") && said.chars().count() == TOLD, "{said}");
    }

    #[test]
    fn bounds_between_which_nothing_is_are_told() {
        let bounds = [
            ("length-min", "60"),
            ("length-max", "5"),
            ("score-min", "90"),
            ("score-max", "80"),
            ("from", "2026-03-02"),
            ("to", "2026-03-01"),
        ];
        assert_eq!(
            wrong(bounds),
            [Criterion::Length, Criterion::Score, Criterion::Period].map(Wrong::Bounds)
        );
        assert_eq!(
            wrong([("time-from", "22:00"), ("time-to", "06:00")]),
            [],
            "over midnight"
        );
        assert_eq!(
            wrong([("time-from", "8"), ("time-to", "08:00")]),
            [Wrong::Bounds(Criterion::Hours)]
        );
        assert_eq!(
            wrong([("period", "today"), ("from", "2026-03-02"), ("to", "2026-03-01")]),
            []
        );
    }
}
