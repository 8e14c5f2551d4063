//! The player: what is loaded, where it is, how fast and how loud. It is made once and outlives every page.

use std::sync::Arc;

use leptos::{html::Audio, prelude::*};
use model::id::RecordingId;

use super::{
    Track,
    fault::Fault,
    lanes::Lanes,
    marks::Marks,
    pins::Pin,
    places::{self, Places},
    remember::{self, Choices},
};

/// The player, for whoever shows or commands it. The element itself is commanded in `element.rs`.
#[derive(Clone, Copy)]
pub struct Player {
    /// The one element that sounds.
    pub(super) audio: NodeRef<Audio>,
    /// What is loaded.
    pub track: RwSignal<Option<Arc<Track>>>,
    /// The recording whose page is open.
    pub(super) open: RwSignal<Option<Arc<Track>>>,
    /// What the keys speak of.
    pub subject: RwSignal<Option<Arc<Track>>>,
    pub playing: RwSignal<bool>,
    /// Whether it would play but waits for the sound.
    pub waiting: RwSignal<bool>,
    /// In milliseconds.
    pub(super) position: RwSignal<i64>,
    /// What the element says of its length, in milliseconds; 0 while it says nothing.
    pub(super) duration: RwSignal<i64>,
    /// In hundredths.
    pub speed: RwSignal<u16>,
    /// In percent.
    pub volume: RwSignal<u16>,
    pub muted: RwSignal<bool>,
    pub(super) fault: RwSignal<Option<(RecordingId, Fault)>>,
    /// Where each call was left.
    pub(super) rests: RwSignal<Places>,
    /// Whether silence is skipped.
    pub skips: RwSignal<bool>,
    /// The passage that is marked, and in which recording.
    pub(super) marks: RwSignal<Option<(RecordingId, Marks)>>,
    /// The moments that are spoken of, and in which recording.
    pub(super) pins: RwSignal<Option<(RecordingId, Vec<Pin>)>>,
    /// How loud the speakers are, and of which recording.
    pub(super) lanes: RwSignal<Option<(RecordingId, Lanes)>>,
    /// What the open page leads on to.
    pub neighbours: RwSignal<Neighbours>,
    /// Whether digits and N answer questions, and are no keys of the player.
    pub answering: RwSignal<bool>,
    /// Whether the recording that is opened next begins to play by itself.
    pub(super) goes_on: StoredValue<bool>,
    /// When, in milliseconds of the sound, its place was last kept.
    pub(super) kept_at: StoredValue<i64>,
    /// Whether the position is being read for every picture.
    pub(super) ticking: StoredValue<bool>,
}

/// Whether the list has a recording above the open one, and one below.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Neighbours {
    pub before: bool,
    pub after: bool,
}

/// Makes the player. Once, around all pages.
pub fn provide() {
    let choices = Choices::default();
    let player = Player {
        audio: NodeRef::new(),
        track: RwSignal::new(None),
        open: RwSignal::new(None),
        subject: RwSignal::new(None),
        playing: RwSignal::new(false),
        waiting: RwSignal::new(false),
        position: RwSignal::new(0),
        duration: RwSignal::new(0),
        speed: RwSignal::new(choices.speed),
        volume: RwSignal::new(choices.volume),
        muted: RwSignal::new(false),
        fault: RwSignal::new(None),
        rests: RwSignal::new(Places::default()),
        skips: RwSignal::new(choices.skips),
        marks: RwSignal::new(None),
        pins: RwSignal::new(None),
        lanes: RwSignal::new(None),
        neighbours: RwSignal::new(Neighbours::default()),
        answering: RwSignal::new(false),
        goes_on: StoredValue::new(false),
        kept_at: StoredValue::new(0),
        ticking: StoredValue::new(false),
    };
    provide_context(player);
    // Effects run in browsers only, and after the page has become what the server made.
    Effect::new(move |_| {
        let choices = remember::recall();
        player.speed.set(choices.speed);
        player.volume.set(choices.volume);
        player.skips.set(choices.skips);
        player.rests.set(places::recall());
        player.listen_to_keys();
        player.listen_to_tabs();
        player.tell_what_is_heard();
        player.listen_to_session();
    });
    Effect::new(move |_| player.apply_lanes());
    Effect::new(move |before: Option<Choices>| {
        let choices = Choices {
            speed: player.speed.get(),
            volume: player.volume.get(),
            skips: player.skips.get(),
        };
        player.apply(choices, player.muted.get());
        if before.is_some_and(|before| before != choices) {
            remember::keep(choices);
        }
        choices
    });
}

/// The player of this page.
pub fn player() -> Player {
    expect_context()
}

impl Player {
    /// Whether this recording is the loaded one.
    pub fn holds(self, id: RecordingId) -> bool {
        self.track
            .with(|track| track.as_ref().is_some_and(|track| track.id == id))
    }

    /// Whether this recording plays.
    pub fn plays(self, id: RecordingId) -> bool {
        self.playing.get() && self.holds(id)
    }

    /// Where this recording is, in milliseconds: where it plays, or where it was left.
    pub fn place(self, id: RecordingId) -> i64 {
        if self.holds(id) {
            self.position.get()
        } else {
            self.rests.with(|rests| rests.get(id)).unwrap_or_default()
        }
    }

    /// How long this recording is, in milliseconds; 0 while nobody knows.
    pub fn length(self, track: &Track) -> i64 {
        if track.audio_ms > 0 {
            track.audio_ms
        } else if self.holds(track.id) {
            self.duration.get()
        } else {
            0
        }
    }

    /// Why this recording cannot be played.
    pub fn fault_of(self, id: RecordingId) -> Option<Fault> {
        self.fault
            .get()
            .and_then(|(whose, fault)| (whose == id).then_some(fault))
    }

    /// Whether its row stands at the foot of the page; `tall` where it says why nothing is heard.
    pub fn foot(self) -> Option<&'static str> {
        let track = self.track.get()?;
        Some(if self.fault_of(track.id).is_some() { "tall" } else { "" })
    }

    /// What the keys speak of: what plays, else what was last opened or heard.
    pub fn subject(self) -> Option<Arc<Track>> {
        if self.playing.get_untracked() {
            self.track.get_untracked()
        } else {
            self.subject.get_untracked()
        }
    }

    /// The page of a recording is open. Should it be the loaded one, all that the page knows of it is known here too. The
    /// keys speak of it, unless something else plays.
    pub fn opened(self, track: &Arc<Track>) {
        self.open.set(Some(track.clone()));
        let held = untrack(|| self.holds(track.id));
        if held {
            self.track.set(Some(track.clone()));
        }
        if held || !self.playing.get_untracked() {
            self.subject.set(Some(track.clone()));
        }
        if self.goes_on.get_value() {
            self.goes_on.set_value(false);
            self.start(track);
        }
    }

    /// All that is known of a recording, if it is open or loaded.
    pub fn known(self, id: RecordingId) -> Option<Arc<Track>> {
        let open = self.open.get_untracked();
        [open, self.track.get_untracked()]
            .into_iter()
            .flatten()
            .find(|track| track.id == id)
    }

    /// That page is closed; the same recording may by then be open anew.
    pub fn closed(self, track: &Arc<Track>) {
        let is_it = |other: &Option<Arc<Track>>| other.as_ref().is_some_and(|other| Arc::ptr_eq(other, track));
        if self.open.with_untracked(is_it) {
            self.open.set(None);
        }
        if self.subject.with_untracked(is_it) {
            self.subject.set(self.track.get_untracked());
        }
    }

    /// Sets the speed, in hundredths.
    pub fn set_speed(self, speed: u16) {
        self.speed.set(super::speed::within(speed));
    }

    /// Sets the volume, in percent. Who turns it up wants to hear something.
    pub fn set_volume(self, volume: u16) {
        self.volume.set(volume.min(100));
        if volume > 0 {
            self.muted.set(false);
        }
    }

    /// Mutes, and unmutes.
    pub fn toggle_mute(self) {
        self.muted.update(|muted| *muted = !*muted);
    }
}
