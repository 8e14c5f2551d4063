//! How much of a sound is heard: told to the house every now and then, since nothing tells how much of what has been fetched is
//! also listened to.

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use model::id::RecordingId;

use super::Player;
use crate::{
    review::api::heard,
    sharing::{self, api::heard_by_link},
};

/// How often it is told: each time is a write to the database, for everyone who listens.
const OFTEN: Duration = Duration::from_secs(10);
/// A step that is longer is a leap, in milliseconds of the sound.
const LEAP: i64 = 3_000;

/// What has been heard and not been told.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
struct Untold {
    id: Option<RecordingId>,
    /// Where in the sound one was last.
    at: i64,
    ms: i64,
}

impl Untold {
    /// One is there now. What was heard of another sound is to be told first.
    fn step(&mut self, id: RecordingId, at: i64) -> Option<(RecordingId, i64)> {
        let before = (self.id != Some(id)).then(|| self.take()).flatten();
        if self.id == Some(id) && (1..=LEAP).contains(&(at - self.at)) {
            self.ms += at - self.at;
        }
        (self.id, self.at) = (Some(id), at);
        before
    }

    fn take(&mut self) -> Option<(RecordingId, i64)> {
        let ms = std::mem::take(&mut self.ms);
        Some((self.id?, ms)).filter(|(_, ms)| *ms > 0)
    }
}

impl Player {
    /// Tells what is heard as long as the page lives.
    pub(super) fn tell_what_is_heard(self) {
        let untold = StoredValue::new(Untold::default());
        let step = move |id, at| untold.try_update_value(|untold| untold.step(id, at)).flatten();
        let rest = move || untold.try_update_value(Untold::take).flatten();
        Effect::new(move |_| {
            let (at, playing) = (self.position.get(), self.playing.get());
            let Some(track) = self.track.get() else { return };
            let before = if playing { step(track.id, at) } else { rest() };
            if let Some(before) = before {
                tell(before);
            }
            if !playing {
                untold.update_value(|untold| untold.id = None);
            }
        });
        let timer = set_interval_with_handle(
            move || {
                if let Some(rest) = rest() {
                    tell(rest);
                }
            },
            OFTEN,
        );
        if let Ok(timer) = timer {
            on_cleanup(move || timer.clear());
        }
    }
}

/// What cannot be told now is lost: listening goes on all the same, and that one listened is known.
fn tell((id, ms): (RecordingId, i64)) {
    spawn_local(async move {
        let told = if sharing::is_here() {
            heard_by_link(id, ms).await
        } else {
            heard(id, ms).await
        };
        if let Err(error) = told {
            leptos::logging::warn!("what is heard could not be told: {error}");
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_played_is_heard_and_what_is_leapt_over_is_not() {
        let (one, two) = (RecordingId(1), RecordingId(2));
        let mut untold = Untold::default();
        for at in [0, 250, 500, 60_000, 60_250, 59_000, 59_100] {
            assert_eq!(untold.step(one, at), None);
        }
        assert_eq!(untold.step(two, 100), Some((one, 850)), "another sound");
        assert_eq!(untold.step(two, 200), None);
        assert_eq!((untold.take(), untold.take()), (Some((two, 100)), None));
    }
}
