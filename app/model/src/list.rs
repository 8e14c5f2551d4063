//! Pages of a long list: a place in the order instead of a count of rows to skip, so that every page costs the same.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::{
    columns::Columns,
    filter::{Criterion, Filter},
    id::{RecordingId, ViewId},
    instant::Stamp,
    people::Unit,
    period::Period,
    recording::RecordingRow,
};

/// A column of the list (checklist 70).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Column {
    Direction,
    #[default]
    Date,
    Time,
    Extension,
    User,
    Number,
    DirectNumber,
    Channel,
    Length,
    Tag,
    Flag,
    Evaluation,
}

impl Column {
    /// Every column, in the guide's order.
    pub const ALL: [Self; 12] = [
        Self::Direction,
        Self::Date,
        Self::Time,
        Self::Extension,
        Self::User,
        Self::Number,
        Self::DirectNumber,
        Self::Channel,
        Self::Length,
        Self::Tag,
        Self::Flag,
        Self::Evaluation,
    ];

    /// The column's name in an address, in what an account keeps, and in the page's style.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Direction => "direction",
            Self::Date => "date",
            Self::Time => "time",
            Self::Extension => "extension",
            Self::User => "user",
            Self::Number => "number",
            Self::DirectNumber => "ddi",
            Self::Channel => "channel",
            Self::Length => "length",
            Self::Tag => "tag",
            Self::Flag => "flag",
            Self::Evaluation => "evaluation",
        }
    }

    /// The column of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|column| column.name() == name)
    }

    /// Whether the list can be put in its order. Date and time are one order; nothing is ever in *Channel* (71), and which
    /// way a call went is chosen rather than sorted.
    #[must_use]
    pub const fn sorts(self) -> bool {
        !matches!(self, Self::Direction | Self::Time | Self::Channel)
    }
}

/// In which order the list is. At first: newest first (72).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Sort {
    pub by: Column,
    pub descending: bool,
}

impl Default for Sort {
    fn default() -> Self {
        Self {
            by: Column::Date,
            descending: true,
        }
    }
}

impl Sort {
    /// The same order from its other end.
    #[must_use]
    pub const fn backwards(self) -> Self {
        Self {
            by: self.by,
            descending: !self.descending,
        }
    }

    /// As a word of an address: `length`, or `-length` from the greatest.
    #[must_use]
    pub fn word(self) -> String {
        format!("{}{}", if self.descending { "-" } else { "" }, self.by.name())
    }

    /// The order such a word names.
    #[must_use]
    pub fn named(word: &str) -> Option<Self> {
        let by = word.strip_prefix('-');
        let column = Column::named(by.unwrap_or(word)).filter(|column| column.sorts())?;
        Some(Self {
            by: column,
            descending: by.is_some(),
        })
    }
}

/// A place in a list: the last row of one page, after which the next begins.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// Where that call is in time: its moment, which no other recording has.
    pub moment: i64,
    /// How many rows stand before the next page.
    pub passed: u64,
    /// What that row has in the column by which the list is sorted, where that is not the date.
    pub key: Option<String>,
}

impl Place {
    /// The place as one word of an address.
    #[must_use]
    pub fn word(&self) -> String {
        let key = self.key.as_ref().map(|key| format!("~{key}")).unwrap_or_default();
        format!("{}~{}{key}", self.moment, self.passed)
    }

    /// The place such a word names.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        if word.contains(char::is_control) {
            return None;
        }
        let mut parts = word.splitn(3, '~');
        Some(Self {
            moment: parts.next()?.parse().ok()?,
            passed: parts.next()?.parse().ok()?,
            key: parts.next().map(ToOwned::to_owned),
        })
    }
}

/// What a list is asked for.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct ListQuery {
    /// What it is narrowed to.
    pub filter: Filter,
    /// In which order.
    pub sort: Sort,
    /// The page after this place; the first page when none.
    pub after: Option<Place>,
    /// The view from which it began, if it began from one.
    pub view: Option<ViewId>,
}

impl ListQuery {
    /// The first page of what is found by that filter, in the same order.
    #[must_use]
    pub fn with(&self, filter: Filter) -> Self {
        Self {
            filter,
            sort: self.sort,
            after: None,
            view: self.view,
        }
    }

    /// The first page of the same.
    #[must_use]
    pub fn first(&self) -> Self {
        Self {
            after: None,
            ..self.clone()
        }
    }

    /// Takes one word of an address. Says whether it is a list's.
    pub fn take(&mut self, name: &str, value: &str) -> bool {
        match name {
            "sort" => self.sort = Sort::named(value).unwrap_or_default(),
            "after" => self.after = Place::parse(value),
            "view" => self.view = value.parse().ok(),
            _ => return self.filter.take(name, value),
        }
        true
    }

    /// What the words of an address ask for. What they say wrongly is as if it were not said.
    #[must_use]
    pub fn read<'a>(words: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let words: Vec<_> = words.into_iter().collect();
        // A form sends the fields of one's own days along also where another period is chosen in it.
        let named = |(name, value): &(&str, &str)| *name == "period" && Period::named(value.trim()).is_some();
        let named = words.iter().any(named);
        let mut query = Self::default();
        for (name, value) in words {
            if !(named && matches!(name, "from" | "to")) {
                query.take(name, value);
            }
        }
        query.placed()
    }

    /// The same with a place that its order can have: in the order of time a place has no key, and in the others one that can
    /// be read. One that cannot is none, and the list begins at its beginning.
    #[must_use]
    pub fn placed(mut self) -> Self {
        let by = self.sort.by;
        self.after = self.after.and_then(|place| {
            let key = place.key.as_deref();
            let fits = match by {
                Column::Date | Column::Time | Column::Direction | Column::Channel => {
                    return Some(Place { key: None, ..place });
                }
                Column::Length => key.is_some_and(|key| key.parse::<i64>().is_ok()),
                Column::Flag | Column::Evaluation => key.is_some_and(|key| key.parse::<i16>().is_ok()),
                Column::Extension | Column::User | Column::Number | Column::DirectNumber | Column::Tag => key.is_some(),
            };
            fits.then_some(place)
        });
        self
    }

    /// The words of an address that ask for this.
    #[must_use]
    pub fn words(&self) -> Vec<(&'static str, String)> {
        let mut words = self.filter.words();
        if self.sort != Sort::default() {
            words.push(("sort", self.sort.word()));
        }
        if let Some(view) = self.view {
            words.push(("view", view.to_string()));
        }
        if let Some(place) = &self.after {
            words.push(("after", place.word()));
        }
        words
    }
}

/// How many there are, and how long they are together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Total {
    pub count: u64,
    /// Length of the calls, in milliseconds.
    pub ms: i64,
    /// Whether there are more: then they have not been counted to the end, since that takes a while.
    pub more: bool,
}

/// One page of recordings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// The rows, in their order.
    pub rows: Vec<Arc<RecordingRow>>,
    /// Where the next page begins; none on the last, and where the filter's limit ends the list.
    pub next: Option<Place>,
    /// The recording with which the next page begins.
    pub beyond: Option<RecordingId>,
    /// All that the filter finds, also what its limit leaves out.
    pub total: Total,
    /// The columns that the one who looks has chosen.
    pub columns: Columns,
    /// The present, for what an address says of days.
    pub now: Stamp,
    /// The units that the filter names.
    pub units: Vec<Unit>,
    /// Where nothing is found: what would be found otherwise, most first.
    pub instead: Vec<Instead>,
}

/// The page that ends where another begins.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Before {
    /// The place after which it begins; none for the first page.
    pub after: Option<Place>,
    /// The recording with which it ends.
    pub last: RecordingId,
}

/// What a filter can be made of.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Choices {
    /// Extensions, by the names of those who have them.
    pub people: Vec<Known>,
    pub units: Vec<Unit>,
    /// Numbers that were rung, most rung first.
    pub direct_numbers: Vec<Known>,
    /// Tags, most used first.
    pub tags: Vec<String>,
}

/// A value, and what people call it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Known {
    pub value: String,
    pub name: String,
}

/// What another filter would find.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Instead {
    /// Which criterion is wider in it, or not in it at all; none where it has no criteria at all.
    pub criterion: Option<Criterion>,
    /// The other filter.
    pub filter: Filter,
    /// What it finds.
    pub total: Total,
}

#[cfg(test)]
mod tests;
