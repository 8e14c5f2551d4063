//! What can be played: a recording, with what is needed to show that it plays.

use std::sync::Arc;

use base64::{Engine, engine::general_purpose::STANDARD};
use model::{
    facts::{Direction, Sides},
    id::RecordingId,
    instant::Stamp,
    recording::{RecordingDetail, RecordingRow},
    sound::{Overview, Talk},
};

use super::bars::{Who, speakers};
use crate::{
    format,
    i18n::{Locale, td_string},
};

/// A recording as the player holds it.
#[derive(Clone, Debug, PartialEq)]
pub struct Track {
    pub id: RecordingId,
    /// The recorded person's name, or the extension where nobody has it; a dash for one who is told neither.
    pub person: String,
    /// The other party's name and number; none when the number was withheld.
    pub other: Option<String>,
    pub direction: Direction,
    pub start: Stamp,
    pub sides: Sides,
    /// None while only the list's row is known.
    pub overview: Option<Overview>,
    /// Who speaks when; none while only the list's row is known, and for what arrived before it was measured.
    pub talk: Option<Talk>,
    /// Length of the sound in milliseconds; 0 while only the list's row is known.
    pub audio_ms: i64,
}

impl Track {
    /// From a row of the list: enough to begin.
    pub fn of_row(row: &RecordingRow) -> Arc<Self> {
        Arc::new(Self {
            id: row.id,
            person: person(row),
            other: other(row),
            direction: row.direction,
            start: row.start.clone(),
            sides: Sides::Mixed,
            overview: None,
            talk: None,
            audio_ms: 0,
        })
    }

    /// From a recording's own page.
    pub fn of_detail(detail: &RecordingDetail) -> Arc<Self> {
        let overview = STANDARD
            .decode(&detail.wave)
            .ok()
            .and_then(|bytes| Overview::from_bytes(&bytes).ok());
        Arc::new(Self {
            sides: detail.sides,
            overview,
            talk: detail.talk.clone(),
            audio_ms: detail.audio_ms,
            ..(*Self::of_row(&detail.row)).clone()
        })
    }

    /// Who speaks in which channel.
    pub fn speakers(&self) -> &'static [(Who, u8)] {
        speakers(self.sides, self.overview.as_ref().map_or(1, Overview::channels))
    }

    /// What a speaker is called; none for both in one.
    pub fn name_of(&self, who: Who, locale: Locale) -> Option<String> {
        match who {
            Who::Agent => Some(self.person.clone()),
            Who::Customer => Some(self.other_words(locale)),
            Who::Both => None,
        }
    }

    /// The other party in words.
    pub fn other_words(&self, locale: Locale) -> String {
        self.other
            .clone()
            .unwrap_or_else(|| td_string!(locale, player.withheld).to_owned())
    }

    /// With whom and when, in words: `från 070-921 40 80, kl. 10:07`.
    pub fn subtitle(&self, locale: Locale) -> String {
        let (other, (hour, minute, _)) = (self.other_words(locale), self.start.time);
        let time = format!("{hour:02}:{minute:02}");
        match self.direction {
            Direction::Incoming => td_string!(locale, player.from_at, other = other, time = time),
            Direction::Outgoing => td_string!(locale, player.to_at, other = other, time = time),
            Direction::Internal => td_string!(locale, player.with_at, other = other, time = time),
        }
    }
}

/// A moment of a sound in words: `5 sekunder av 1 minut 2 sekunder`.
pub fn moment(locale: Locale, ms: i64, length: i64) -> String {
    let (place, total) = (format::spoken_length(locale, ms), format::spoken_length(locale, length));
    td_string!(locale, player.place_of, place = place, total = total)
}

/// The recorded person as a row shows them.
fn person(row: &RecordingRow) -> String {
    let extension = Some(&row.extension).filter(|extension| !extension.is_empty());
    row.person
        .as_ref()
        .or(extension)
        .map_or_else(|| "–".to_owned(), Clone::clone)
}

/// The other party as a row shows it.
fn other(row: &RecordingRow) -> Option<String> {
    let number = row.number.as_ref().map(|number| number.shown.clone());
    match (&row.other_name, number) {
        (Some(name), Some(number)) => Some(format!("{name}, {number}")),
        (Some(name), None) => Some(name.clone()),
        (None, number) => number,
    }
}

#[cfg(test)]
mod tests {
    use model::{recording::Number, sound::Bucket};

    use super::*;
    use crate::samples;

    fn row() -> RecordingRow {
        RecordingRow {
            extension: "a166947070".into(),
            number: Some(Number {
                dial: "+46709214080".into(),
                shown: "070-921 40 80".into(),
            }),
            call_ms: 26_000,
            ..samples::row(7, 1)
        }
    }

    #[test]
    fn a_row_says_who_and_when() {
        let track = Track::of_row(&row());
        assert_eq!(track.person, "a166947070");
        let told_neither = Track::of_row(&RecordingRow {
            extension: String::new(),
            ..row()
        });
        assert_eq!(told_neither.person, "–");
        assert_eq!(track.subtitle(Locale::sv), "från 070-921 40 80, kl. 10:07");
        let hidden = Track::of_row(&RecordingRow {
            number: None,
            direction: Direction::Outgoing,
            ..row()
        });
        assert_eq!(hidden.subtitle(Locale::sv), "till dolt nummer, kl. 10:07");
        let named = Track::of_row(&RecordingRow {
            other_name: Some("Bygg AB".into()),
            ..row()
        });
        assert_eq!(named.other.as_deref(), Some("Bygg AB, 070-921 40 80"));
    }

    #[test]
    fn a_page_brings_the_wave_and_a_damaged_wave_is_none() {
        let overview = Overview::new(2, vec![Bucket::default(); 4]).unwrap();
        let detail = |wave: String| RecordingDetail {
            row: row(),
            department: None,
            group: None,
            consent: None,
            rule: "no-policy".into(),
            audio_ms: 24_000,
            sides: Sides::RecordedOther,
            wave,
            talk: None,
        };
        let track = Track::of_detail(&detail(STANDARD.encode(overview.to_bytes())));
        assert_eq!(
            (track.overview.as_ref(), track.audio_ms, track.sides),
            (Some(&overview), 24_000, Sides::RecordedOther)
        );
        assert_eq!(Track::of_detail(&detail("AAAA".into())).overview, None);
    }

    #[test]
    fn a_moment_is_said_as_words() {
        assert_eq!(moment(Locale::sv, 65_000, 120_000), "1 minut 5 sekunder av 2 minuter");
    }
}
