//! A passage that is played over and over, and going from passage to passage.

use std::sync::Arc;

use leptos::prelude::*;
use model::id::RecordingId;

use super::{Player, Track, marks::Marks};

/// So long after a passage has begun, in milliseconds, one goes back to its beginning and not to the one before.
const NEAR: i64 = 1_500;

impl Player {
    /// The marks in this recording.
    pub fn marks_of(self, id: RecordingId) -> Marks {
        match self.marks.get() {
            Some((whose, marks)) if whose == id => marks,
            _ => Marks::default(),
        }
    }

    /// Marks a passage of this recording. There is one at a time.
    pub fn mark(self, id: RecordingId, change: impl FnOnce(Marks) -> Marks) {
        let marks = change(untrack(|| self.marks_of(id)));
        self.marks.set((marks != Marks::default()).then_some((id, marks)));
    }

    /// Marks the end of a passage where one is. What plays and has heard it from its beginning hears it again at once.
    pub fn mark_end(self, track: &Arc<Track>) {
        let (place, plays) = untrack(|| (self.place(track.id), self.plays(track.id)));
        self.mark(track.id, |marks| marks.ending(place));
        let marks = untrack(|| self.marks_of(track.id));
        if let (true, Some(from)) = (plays, marks.from) {
            self.seek(track, from);
        }
    }

    /// Plays the marked passage from its beginning.
    pub fn play_marked(self, track: &Arc<Track>) {
        let marks = untrack(|| self.marks_of(track.id));
        self.seek(track, marks.from.unwrap_or_default());
        self.start(track);
    }

    /// Goes to where one begins to speak next.
    pub fn passage_after(self, track: &Arc<Track>) {
        let (place, length) = untrack(|| (self.place(track.id), self.length(track)));
        let after = track.talk.as_ref().and_then(|talk| talk.passage_after(place, length));
        if let Some(after) = after {
            self.seek(track, after);
        }
    }

    /// Goes to where one began to speak, or where one did before.
    pub fn passage_before(self, track: &Arc<Track>) {
        let place = untrack(|| self.place(track.id));
        if let Some(talk) = &track.talk {
            self.seek(track, talk.passage_before(place, NEAR));
        }
    }
}
