//! What a list is narrowed by, one thing at a time.

use serde::{Deserialize, Serialize};

use super::Filter;
use crate::{people::Level, period::Period};

/// One thing a list is narrowed by: a chip.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Criterion {
    Period,
    Hours,
    OfficeHours,
    Who,
    Unit(Level),
    Number,
    Length,
    Direction,
    DirectNumber,
    Tag,
    Flag,
    Evaluated,
    Score,
    Text,
    Limit,
}

impl Criterion {
    /// Every criterion, in the order in which people read them.
    pub const ALL: [Self; 18] = [
        Self::Period,
        Self::Hours,
        Self::OfficeHours,
        Self::Text,
        Self::Who,
        Self::Unit(Level::District),
        Self::Unit(Level::Department),
        Self::Unit(Level::CostCenter),
        Self::Unit(Level::Office),
        Self::Number,
        Self::Length,
        Self::Direction,
        Self::DirectNumber,
        Self::Tag,
        Self::Flag,
        Self::Evaluated,
        Self::Score,
        Self::Limit,
    ];
}

impl Filter {
    /// Whether this narrows the list, or differs from what is so at first.
    #[must_use]
    pub fn has(&self, criterion: Criterion) -> bool {
        match criterion {
            Criterion::Period => self.period != Period::default(),
            Criterion::Hours => self.hours.is_some(),
            Criterion::OfficeHours => self.office_hours,
            Criterion::Who => !self.who.is_empty(),
            Criterion::Unit(level) => self.units.iter().any(|(of, _)| *of == level),
            Criterion::Number => !self.numbers.is_empty(),
            Criterion::Length => self.shortest_s.is_some() || self.longest_s.is_some(),
            Criterion::Direction => !self.directions.is_empty(),
            Criterion::DirectNumber => !self.direct_numbers.is_empty(),
            Criterion::Tag => self.tag.is_some(),
            Criterion::Flag => !self.flags.is_empty(),
            Criterion::Evaluated => self.evaluated.is_some(),
            Criterion::Score => self.worst.is_some() || self.best.is_some(),
            Criterion::Text => self.text.is_some(),
            Criterion::Limit => self.limit != Self::LIMIT,
        }
    }

    /// Everything by which this list is narrowed.
    pub fn criteria(&self) -> impl Iterator<Item = Criterion> + '_ {
        Criterion::ALL.into_iter().filter(|criterion| self.has(*criterion))
    }

    /// What the other is narrowed by otherwise than this.
    #[must_use]
    pub fn differences(&self, other: &Self) -> Vec<Criterion> {
        let only = |filter: &Self, criterion| {
            let others = Criterion::ALL.into_iter().filter(|other| *other != criterion);
            others.fold(filter.clone(), |left, other| left.without(other))
        };
        let differs = |criterion: &Criterion| only(self, *criterion) != only(other, *criterion);
        Criterion::ALL.into_iter().filter(differs).collect()
    }

    /// The same without that criterion: as it is at first.
    #[must_use]
    pub fn without(&self, criterion: Criterion) -> Self {
        let (mut other, plain) = (self.clone(), Self::default());
        match criterion {
            Criterion::Period => other.period = plain.period,
            Criterion::Hours => other.hours = None,
            Criterion::OfficeHours => other.office_hours = false,
            Criterion::Who => other.who.clear(),
            Criterion::Unit(level) => other.units.retain(|(of, _)| *of != level),
            Criterion::Number => other.numbers.clear(),
            Criterion::Length => (other.shortest_s, other.longest_s) = (None, None),
            Criterion::Direction => other.directions.clear(),
            Criterion::DirectNumber => other.direct_numbers.clear(),
            Criterion::Tag => other.tag = None,
            Criterion::Flag => other.flags.clear(),
            Criterion::Evaluated => other.evaluated = None,
            Criterion::Score => (other.worst, other.best) = (None, None),
            Criterion::Text => other.text = None,
            Criterion::Limit => other.limit = plain.limit,
        }
        other
    }
}
