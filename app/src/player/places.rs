//! Where each recording was left, kept in the browser: the last two hundred, the newest first.

use std::str::FromStr;

use model::id::RecordingId;

use crate::ui::{keep, kept};

const NAME: &str = "hark-places";
/// So many recordings are remembered.
const MOST: usize = 200;
/// Who has heard less than this has not begun, in milliseconds.
const BEGUN: i64 = 3_000;
/// Who has less than this left has heard it all.
const LEFT: i64 = 2_000;

/// Recordings and moments in milliseconds.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places(Vec<(RecordingId, i64)>);

impl Places {
    /// Where a recording was left; none when it was not begun, or heard to its end.
    pub fn get(&self, id: RecordingId) -> Option<i64> {
        self.0.iter().find(|(whose, _)| *whose == id).map(|(_, ms)| *ms)
    }

    /// Remembers a place as it is.
    pub fn put(&mut self, id: RecordingId, ms: i64) {
        self.0.retain(|(whose, _)| *whose != id);
        self.0.insert(0, (id, ms));
        self.0.truncate(MOST);
    }

    /// Forgets a recording.
    fn forget(&mut self, id: RecordingId) {
        self.0.retain(|(whose, _)| *whose != id);
    }

    /// Remembers where one was left, of so long a sound: its beginning and its end are no places to come back to.
    fn leave(&mut self, id: RecordingId, ms: i64, length: i64) {
        if ms < BEGUN || (length > 0 && ms + LEFT > length) {
            self.forget(id);
        } else {
            self.put(id, ms);
        }
    }

    /// As one line: `7:65000 9:1200`.
    fn word(&self) -> String {
        let words: Vec<String> = self.0.iter().map(|(id, ms)| format!("{id}:{ms}")).collect();
        words.join(" ")
    }

    /// What such a line says; what it says wrongly is left out.
    fn parse(word: &str) -> Self {
        let place = |word: &str| {
            let (id, ms) = word.split_once(':')?;
            let ms = i64::from_str(ms).ok().filter(|ms| *ms >= 0)?;
            Some((id.parse().ok()?, ms))
        };
        Self(word.split(' ').filter_map(place).take(MOST).collect())
    }
}

/// What was kept before. Only in a browser.
pub fn recall() -> Places {
    kept(NAME).map_or_else(Places::default, |word| Places::parse(&word))
}

/// Keeps where a recording was left, beside what other tabs have kept.
pub fn leave(id: RecordingId, ms: i64, length: i64) {
    let mut places = recall();
    places.leave(id, ms, length);
    keep(NAME, &places.word());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_survive_the_browser_and_nonsense_does_not() {
        let mut places = Places::default();
        places.put(RecordingId(7), 65_000);
        places.put(RecordingId(9), 1_200);
        assert_eq!(places.word(), "9:1200 7:65000");
        assert_eq!(Places::parse(&places.word()), places);
        assert_eq!(Places::parse("x 7 :3 9:x 9:-4 5:9"), Places::parse("5:9"));
        assert_eq!(Places::parse(""), Places::default());
    }

    #[test]
    fn the_newest_are_kept() {
        let mut places = Places::default();
        for id in 0..250 {
            places.put(RecordingId(id), id);
        }
        assert_eq!(places.0.len(), MOST);
        assert_eq!(
            (places.get(RecordingId(249)), places.get(RecordingId(49))),
            (Some(249), None)
        );
    }

    #[test]
    fn neither_the_beginning_nor_the_end_is_a_place_to_come_back_to() {
        let mut places = Places::default();
        let id = RecordingId(1);
        for (ms, left) in [
            (30_000, Some(30_000)),
            (1_000, None),
            (30_000, Some(30_000)),
            (59_000, None),
        ] {
            places.leave(id, ms, 60_000);
            assert_eq!(places.get(id), left, "{ms}");
        }
        places.leave(id, 59_000, 0);
        assert_eq!(places.get(id), Some(59_000), "the length is not known");
    }
}
