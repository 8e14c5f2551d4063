//! Pages of a long list: a place in the order instead of a count of rows to skip, so that every page costs the same.

use serde::{Deserialize, Serialize};

use crate::{id::RecordingId, instant::Instant, period::Period, recording::RecordingRow};

/// A place in a list of recordings, newest first: the last row of one page, after which the next begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// When that call began.
    pub start: Instant,
    /// Which of the recordings that began in the same millisecond.
    pub id: RecordingId,
}

impl Place {
    /// The place as one word of an address.
    #[must_use]
    pub fn word(self) -> String {
        format!("{}-{}", self.start.0, self.id.0)
    }

    /// The place such a word names.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        let (start, id) = word.split_once('-')?;
        Some(Self {
            start: Instant(start.parse().ok()?),
            id: RecordingId(id.parse().ok()?),
        })
    }
}

/// What a list is asked for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ListQuery {
    /// Which days.
    pub period: Period,
    /// The page after this place; the first page when none.
    pub after: Option<Place>,
}

/// One page of recordings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Page {
    /// The rows, newest first.
    pub rows: Vec<RecordingRow>,
    /// Where the next page begins; none on the last.
    pub next: Option<Place>,
    /// How many recordings the whole list holds.
    pub total: u64,
    /// Length of all those calls together, in milliseconds.
    pub total_ms: i64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_survives_an_address() {
        let place = Place {
            start: Instant(1_584_352_011_000),
            id: RecordingId(77),
        };
        assert_eq!(Place::parse(&place.word()), Some(place));
        assert_eq!(Place::parse("1584352011000"), None);
        assert_eq!(Place::parse("x-1"), None);
    }
}
