//! Moments of a sound that someone speaks of, as pins in its wave.

use leptos::prelude::*;
use model::id::RecordingId;

use super::Player;

/// A moment that is spoken of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pin {
    /// By what it is found in the list beside.
    pub number: u32,
    /// In milliseconds.
    pub at_ms: i64,
}

impl Player {
    /// These are the pins of this recording.
    pub fn pin(self, id: RecordingId, pins: Vec<Pin>) {
        self.pins.set(Some((id, pins)));
    }

    /// The pins of this recording.
    pub fn pins_of(self, id: RecordingId) -> Vec<Pin> {
        match &*self.pins.read() {
            Some((whose, pins)) if *whose == id => pins.clone(),
            _ => vec![],
        }
    }
}
