//! Which columns a list has, in which order, and how wide (checklist 70): kept with an account, and with a view.

use serde::{Deserialize, Serialize};

use crate::list::Column;

/// The columns of a list, from the first on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Columns(Vec<Wide>);

/// A column, and how wide someone has made it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wide {
    pub column: Column,
    /// In CSS pixels; as wide as it needs to be when none.
    pub width: Option<u16>,
}

impl Default for Columns {
    /// All of the guide's, in its order.
    fn default() -> Self {
        Self(
            Column::ALL
                .into_iter()
                .map(|column| Wide { column, width: None })
                .collect(),
        )
    }
}

impl IntoIterator for Columns {
    type Item = Wide;
    type IntoIter = std::vec::IntoIter<Wide>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl Columns {
    /// No column is narrower or wider, in CSS pixels.
    pub const WIDTHS: std::ops::RangeInclusive<u16> = 40..=800;

    /// The columns, from the first on.
    pub fn iter(&self) -> impl Iterator<Item = Wide> + '_ {
        self.0.iter().copied()
    }

    /// Whether the list has that column.
    #[must_use]
    pub fn has(&self, column: Column) -> bool {
        self.0.iter().any(|wide| wide.column == column)
    }

    /// Shows a column, as the last; or hides it. The one with the name stays: it leads to the recording.
    pub fn show(&mut self, column: Column, shown: bool) {
        if !shown && column != Column::User {
            self.0.retain(|wide| wide.column != column);
        } else if shown && !self.has(column) {
            self.0.push(Wide { column, width: None });
        }
    }

    /// Moves a column one place towards the first, or towards the last.
    pub fn shift(&mut self, column: Column, forward: bool) {
        let Some(place) = self.0.iter().position(|wide| wide.column == column) else {
            return;
        };
        let other = if forward { place + 1 } else { place.wrapping_sub(1) };
        if other < self.0.len() {
            self.0.swap(place, other);
        }
    }

    /// Makes a column so wide; as wide as it needs to be when none.
    pub fn measure(&mut self, column: Column, width: Option<u16>) {
        for wide in self.0.iter_mut().filter(|wide| wide.column == column) {
            wide.width = width.map(|width| width.clamp(*Self::WIDTHS.start(), *Self::WIDTHS.end()));
        }
    }

    /// As one word: `date,user:180`.
    #[must_use]
    pub fn word(&self) -> String {
        let word = |wide: &Wide| match wide.width {
            Some(width) => format!("{}:{width}", wide.column.name()),
            None => wide.column.name().to_owned(),
        };
        self.0.iter().map(word).collect::<Vec<_>>().join(",")
    }

    /// The columns such a word names; what it says wrongly is passed over. None where the name would be missing.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        let mut columns = Self(vec![]);
        for part in word.split(',') {
            let (name, width) = part.split_once(':').unwrap_or((part, ""));
            if let Some(column) = Column::named(name) {
                columns.show(column, true);
                columns.measure(column, width.parse().ok());
            }
        }
        columns.has(Column::User).then_some(columns)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_survive_as_a_word() {
        let columns = Columns::parse("date,user:180,flag:9999,nonsense,date").unwrap();
        assert_eq!(columns.word(), "date,user:180,flag:800");
        assert_eq!(Columns::parse(&Columns::default().word()), Some(Columns::default()));
        assert_eq!(Columns::parse("date"), None, "nothing would lead to the recording");
    }

    #[test]
    fn columns_move_and_go_and_the_name_stays() {
        let mut columns = Columns::parse("date,time,user").unwrap();
        columns.shift(Column::User, false);
        columns.shift(Column::Date, false);
        columns.show(Column::User, false);
        columns.show(Column::Time, false);
        columns.show(Column::Tag, true);
        columns.shift(Column::Tag, true);
        assert_eq!(columns.word(), "date,user,tag");
    }
}
