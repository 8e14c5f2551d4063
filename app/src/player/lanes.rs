//! How loud each speaker of a call is. Where nothing is changed the sound goes the browser's own way; else through a graph
//! that takes the two channels apart, and lets each speaker be heard in both ears.

use std::cell::RefCell;

use leptos::{
    prelude::*,
    wasm_bindgen::JsValue,
    web_sys::{AudioContext, ChannelSplitterNode, GainNode, HtmlAudioElement, MediaElementAudioSourceNode},
};
use model::id::RecordingId;

use super::Player;

/// The levels of the two channels.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lanes {
    /// In percent.
    pub level: [u16; 2],
    pub muted: [bool; 2],
}

impl Lanes {
    /// As it was recorded.
    pub const PLAIN: Self = Self {
        level: [100; 2],
        muted: [false; 2],
    };
    /// The loudest a quiet voice can be made, in percent.
    pub const LOUDEST: u16 = 200;

    fn gain(self, channel: usize) -> f32 {
        match (self.muted.get(channel), self.level.get(channel)) {
            (Some(false), Some(level)) => f32::from(*level) / 100.0,
            _ => 0.0,
        }
    }
}

impl Player {
    /// How loud the speakers of this recording are.
    pub fn lanes_of(self, id: RecordingId) -> Lanes {
        match self.lanes.get() {
            Some((whose, lanes)) if whose == id => lanes,
            _ => Lanes::PLAIN,
        }
    }

    /// Changes how loud the speakers of this recording are. Of one at a time: the next begins as it was recorded.
    pub fn change_lanes(self, id: RecordingId, change: impl FnOnce(&mut Lanes)) {
        let mut lanes = untrack(|| self.lanes_of(id));
        change(&mut lanes);
        self.lanes.set(Some((id, lanes)));
    }

    /// Makes the loaded recording sound that way.
    pub(super) fn apply_lanes(self) {
        let id = self.track.with(|track| track.as_ref().map(|track| track.id));
        let lanes = id.map_or(Lanes::PLAIN, |id| self.lanes_of(id));
        if let Some(audio) = self.audio.get()
            && let Err(error) = route(&audio, lanes)
        {
            leptos::logging::warn!("the speakers cannot be told apart: {error:?}");
        }
    }

    /// A graph that the browser has put to sleep is silent.
    pub(super) fn wake_lanes() {
        GRAPH.with_borrow(|graph| {
            if let Some(graph) = graph
                && graph.context.resume().is_err()
            {
                leptos::logging::warn!("the sound does not wake up");
            }
        });
    }
}

/// From the element to the ears. An element that has once been led into a graph never comes out of it, so there is one, made
/// when a level is first changed.
struct Graph {
    context: AudioContext,
    source: MediaElementAudioSourceNode,
    splitter: ChannelSplitterNode,
    gains: [GainNode; 2],
}

thread_local! {
    static GRAPH: RefCell<Option<Graph>> = const { RefCell::new(None) };
}

fn route(audio: &HtmlAudioElement, lanes: Lanes) -> Result<(), JsValue> {
    GRAPH.with_borrow_mut(|graph| match graph {
        Some(graph) => graph.set(lanes),
        None if lanes == Lanes::PLAIN => Ok(()),
        None => graph.insert(Graph::new(audio)?).set(lanes),
    })
}

impl Graph {
    fn new(audio: &HtmlAudioElement) -> Result<Self, JsValue> {
        let context = AudioContext::new()?;
        let source = context.create_media_element_source(audio)?;
        let splitter = context.create_channel_splitter_with_number_of_outputs(2)?;
        let gains = [context.create_gain()?, context.create_gain()?];
        for (gain, channel) in gains.iter().zip(0..) {
            splitter.connect_with_audio_node_and_output(gain, channel)?;
            gain.connect_with_audio_node(&context.destination())?;
        }
        Ok(Self {
            context,
            source,
            splitter,
            gains,
        })
    }

    fn set(&self, lanes: Lanes) -> Result<(), JsValue> {
        for (channel, gain) in self.gains.iter().enumerate() {
            gain.gain().set_value(lanes.gain(channel));
        }
        self.source.disconnect()?;
        if lanes == Lanes::PLAIN {
            self.source.connect_with_audio_node(&self.context.destination())?;
        } else {
            self.source.connect_with_audio_node(&self.splitter)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_muted_speaker_is_silent_however_loud() {
        let lanes = Lanes {
            level: [200, 50],
            muted: [true, false],
        };
        assert!(lanes.gain(0).abs() < f32::EPSILON && (lanes.gain(1) - 0.5).abs() < f32::EPSILON);
        assert!((Lanes::PLAIN.gain(1) - 1.0).abs() < f32::EPSILON);
    }
}
