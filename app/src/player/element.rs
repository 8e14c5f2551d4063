//! The element that sounds: commanding it, and hearing what it says of itself.

use std::{cell::Cell, rc::Rc, sync::Arc, time::Duration};

use leptos::{
    prelude::*,
    task::spawn_local,
    web_sys::{HtmlAudioElement, HtmlMediaElement},
};
use model::id::RecordingId;

use super::{
    Player, Track, browser,
    fault::{Fault, diagnose},
    marks, places,
    remember::Choices,
    speed,
};

/// So near the end, in milliseconds, there is nothing left to hear: playing begins anew.
const END: i64 = 100;
/// How often, in milliseconds of the sound, the place is kept while it plays.
const KEEP_EVERY: i64 = 5_000;
/// So long what follows waits for a sound to begin: no longer than one waits for an answer to a press without noticing.
const LATEST: Duration = Duration::from_millis(200);

/// Commands. Without an element, as where pages are made, they do nothing.
impl Player {
    /// Plays this recording from where it was left.
    pub fn start(self, track: &Arc<Track>) {
        if let Some(begun) = self.begin(track) {
            spawn_local(begun);
        }
    }

    /// Plays this recording from where it was left, and does something once it sounds, or as it takes too long or fails.
    pub fn start_then(self, track: &Arc<Track>, then: impl FnOnce() + 'static) {
        let Some(begun) = self.begin(track) else { return then() };
        let then = once(then);
        set_timeout(then.clone(), LATEST);
        spawn_local(async move {
            begun.await;
            then();
        });
    }

    /// Bids the element play, before anything is shown of it. What follows ends once it sounds, or fails.
    fn begin(self, track: &Arc<Track>) -> Option<impl Future<Output = ()> + use<>> {
        let audio = self.audio.get_untracked()?;
        // Who was on the way to a neighbour has chosen this instead.
        self.goes_on.set_value(false);
        if !untrack(|| self.holds(track.id)) || untrack(|| self.fault_of(track.id)).is_some() {
            self.load(&audio, track);
        }
        let length = untrack(|| self.length(track));
        if length > 0 && self.position.get_untracked() + END >= length {
            self.seek(track, 0);
        }
        let begun = browser::play(&audio);
        self.subject.set(Some(track.clone()));
        Self::wake_lanes();
        let id = track.id;
        Some(async move {
            if begun.await == Err(browser::Refused::Gesture) && untrack(|| self.holds(id)) {
                self.fault.set(Some((id, Fault::Gesture)));
            }
        })
    }

    /// Pauses what plays; nor does a neighbour play that one is on the way to.
    pub fn pause(self) {
        self.goes_on.set_value(false);
        if let Some(audio) = self.audio.get_untracked()
            && audio.pause().is_err()
        {
            leptos::logging::warn!("the sound does not pause");
        }
    }

    /// Plays this recording, or pauses it when it plays.
    pub fn toggle(self, track: &Arc<Track>) {
        if self.is_bidden(track.id) {
            self.pause();
        } else {
            self.start(track);
        }
    }

    /// Whether this recording plays, or was bidden to: that it plays the element says only when the browser has its turn.
    pub(super) fn is_bidden(self, id: RecordingId) -> bool {
        let whole = untrack(|| self.holds(id) && self.fault_of(id).is_none());
        let plays = |audio: HtmlAudioElement| !audio.paused() && !browser::has_failed(&audio);
        whole && self.audio.get_untracked().is_some_and(plays)
    }

    /// Stops this recording, and puts it back to its beginning.
    pub fn stop(self, track: &Arc<Track>) {
        if self.is_bidden(track.id) {
            self.pause();
        }
        self.seek(track, 0);
    }

    /// Goes to a moment of this recording, in milliseconds, whether it is loaded or not.
    pub fn seek(self, track: &Arc<Track>, ms: i64) {
        let length = untrack(|| self.length(track));
        let ms = if length > 0 { ms.clamp(0, length) } else { ms.max(0) };
        match self.audio.get_untracked() {
            Some(audio) if untrack(|| self.holds(track.id)) => {
                set_time(&audio, ms);
                self.position.set(ms);
            }
            _ => self.rests.update(|rests| {
                rests.put(track.id, ms);
            }),
        }
    }

    /// Goes forward in this recording, or back.
    pub fn skip(self, track: &Arc<Track>, by_ms: i64) {
        self.seek(track, untrack(|| self.place(track.id)) + by_ms);
    }

    /// Unloads what is loaded: the player's row goes away.
    pub fn close(self) {
        self.leave();
        if let Some(audio) = self.audio.get_untracked() {
            self.pause();
            if audio.remove_attribute("src").is_ok() {
                audio.load();
            }
        }
        self.track.set(None);
        self.playing.set(false);
        self.waiting.set(false);
        self.subject.set(self.open.get_untracked());
    }

    /// Makes the element sound as chosen.
    pub(super) fn apply(self, choices: Choices, muted: bool) {
        if let Some(audio) = self.audio.get() {
            // The default speed is what a newly loaded sound begins with.
            audio.set_default_playback_rate(speed::factor(choices.speed));
            audio.set_playback_rate(speed::factor(choices.speed));
            audio.set_volume(f64::from(choices.volume) / 100.0);
            audio.set_muted(muted);
            browser::keep_pitch(&audio);
        }
    }

    /// Goes on with what was made to sound before the page was awake, as it is by now.
    pub(super) fn go_on_with(self, track: &Arc<Track>) {
        let Some(audio) = self.audio.get().filter(|audio| audio.has_attribute("src")) else {
            return;
        };
        if self.track.with_untracked(Option::is_some) {
            return;
        }
        self.track.set(Some(track.clone()));
        self.subject.set(Some(track.clone()));
        let place = ms(audio.current_time());
        self.position.set(place);
        self.kept_at.set_value(place);
        self.on_length();
        if browser::has_failed(&audio) {
            self.on_error();
        } else if !audio.paused() {
            self.waiting
                .set(audio.ready_state() < HtmlMediaElement::HAVE_FUTURE_DATA);
            self.on_play();
        }
    }

    fn load(self, audio: &HtmlAudioElement, track: &Arc<Track>) {
        self.leave();
        let place = self
            .rests
            .with_untracked(|rests| rests.get(track.id))
            .unwrap_or_default();
        self.fault.set(None);
        // A sound that is exchanged does not say that it has ended.
        self.playing.set(false);
        self.duration.set(0);
        self.track.set(Some(track.clone()));
        self.position.set(place);
        self.kept_at.set_value(place);
        self.lanes
            .update(|lanes| *lanes = lanes.filter(|(whose, _)| *whose == track.id));
        audio.set_src(&format!("/media/{}", track.id));
        // Before the sound is there this is where it will begin.
        set_time(audio, place);
    }

    /// Remembers where the loaded recording was left.
    fn leave(self) {
        if let Some(track) = self.track.get_untracked() {
            let place = self.position.get_untracked();
            self.rests.update(|rests| {
                rests.put(track.id, place);
            });
            self.keep_place();
        }
    }

    /// Keeps where the loaded recording is, for who comes back.
    fn keep_place(self) {
        if let Some(track) = self.track.get_untracked() {
            let (place, length) = (self.position.get_untracked(), untrack(|| self.length(&track)));
            self.kept_at.set_value(place);
            places::leave(track.id, place, length);
        }
    }

    /// Where the sound leaps to by itself, having come from one moment to another.
    fn leap(self, before: i64, now: i64) -> Option<i64> {
        let track = self.track.get_untracked()?;
        let passage = untrack(|| self.marks_of(track.id)).passage();
        let skipped = track.talk.as_ref().filter(|_| self.skips.get_untracked());
        marks::leap(before, now, passage, skipped)
    }
}

/// What the element says.
impl Player {
    pub(super) fn on_length(self) {
        if let Some(audio) = self.audio.get_untracked()
            && audio.duration().is_finite()
        {
            self.duration.set(ms(audio.duration()));
        }
    }

    pub(super) fn on_play(self) {
        self.playing.set(true);
        self.fault.set(None);
        if !self.ticking.get_value() {
            self.ticking.set_value(true);
            self.tick();
        }
    }

    pub(super) fn on_pause(self) {
        self.playing.set(false);
        self.waiting.set(false);
        self.on_time();
        self.keep_place();
    }

    pub(super) fn on_ended(self) {
        // A passage that ends with the sound begins anew too.
        if let (Some(track), length) = (self.track.get_untracked(), self.duration.get_untracked())
            && let Some((_, to)) = untrack(|| self.marks_of(track.id)).passage()
            && to + END >= length
        {
            self.play_marked(&track);
            return;
        }
        self.on_pause();
        if let Some(open) = self.open.get_untracked() {
            self.subject.set(Some(open));
        }
    }

    /// Also called where pictures are not drawn, as in a page in the background.
    pub(super) fn on_time(self) {
        if let Some(audio) = self.audio.get_untracked()
            && self.track.with_untracked(Option::is_some)
        {
            let (before, mut place) = (self.position.get_untracked(), ms(audio.current_time()));
            if self.playing.get_untracked()
                && let Some(there) = self.leap(before, place)
            {
                place = there;
                set_time(&audio, there);
            }
            if before != place {
                self.position.set(place);
            }
            if (place - self.kept_at.get_value()).abs() >= KEEP_EVERY {
                self.keep_place();
            }
        }
    }

    pub(super) fn on_error(self) {
        let Some(track) = self.track.get_untracked() else {
            return;
        };
        self.playing.set(false);
        self.waiting.set(false);
        spawn_local(async move {
            let fault = diagnose(track.id).await;
            if untrack(|| self.holds(track.id)) {
                self.fault.set(Some((track.id, fault)));
            }
        });
    }

    /// Reads the position once a picture, so that the playhead glides.
    fn tick(self) {
        if !self.playing.get_untracked() {
            self.ticking.set_value(false);
            return;
        }
        self.on_time();
        request_animation_frame(move || self.tick());
    }
}

/// Whichever of its copies is called first does it.
fn once(act: impl FnOnce() + 'static) -> impl Fn() + Clone + 'static {
    let act = Rc::new(Cell::new(Some(act)));
    move || {
        if let Some(act) = act.take() {
            act();
        }
    }
}

#[expect(clippy::cast_precision_loss, reason = "no sound is so long")]
fn set_time(audio: &HtmlAudioElement, ms: i64) {
    audio.set_current_time(ms as f64 / 1000.0);
}

#[expect(clippy::cast_possible_truncation, reason = "a cast from a float saturates")]
pub(super) fn ms(seconds: f64) -> i64 {
    (seconds * 1000.0).round() as i64
}
