//! From the loudness of a sound to the strokes that draw it. Pure.

use std::{fmt::Write, ops::Range};

use model::{
    facts::Sides,
    sound::{Bucket, Overview},
};

use super::{tiles::Tiles, zoom::Window};

/// Height of the drawing in its own units; the line between the speakers is in its middle.
pub const HEIGHT: u16 = 200;
/// How many bars the drawing of the first answer has; the page knows its width later.
pub const FIRST: u16 = 200;
const MIDDLE: f32 = 100.0;
/// From the middle to where a stroke begins, so that the two lanes do not touch.
const GAP: f32 = 2.0;
/// Of the loudest sound there is.
const TALLEST: f32 = 94.0;
/// What is lower than this, 0 to 1, is the hiss of the line and not drawn.
const HISS: f32 = 0.09;

/// Who speaks in a lane.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// The recorded person: above the line.
    Agent,
    /// The other party: below.
    Customer,
    /// Both in one channel: on both sides.
    Both,
}

impl Who {
    /// As the style sheet calls it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Agent => "agent",
            Self::Customer => "customer",
            Self::Both => "both",
        }
    }
}

/// One lane as the data of two paths.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lane {
    pub who: Who,
    pub peak: String,
    pub rms: String,
}

/// Who is on which channel; a sound with one channel holds both.
pub fn speakers(sides: Sides, channels: u8) -> &'static [(Who, u8)] {
    match (sides, channels) {
        (Sides::RecordedOther, 2) => &[(Who::Agent, 0), (Who::Customer, 1)],
        (Sides::OtherRecorded, 2) => &[(Who::Agent, 1), (Who::Customer, 0)],
        _ => &[(Who::Both, 0)],
    }
}

/// How many bars suit a width in CSS pixels: few enough to be told apart.
pub const fn suiting(width: i32) -> u16 {
    match width {
        ..300 => 100,
        300..900 => 200,
        _ => 400,
    }
}

/// The lanes of a part of a sound, `part` being a share of it (0 to 1), in `bars` bars.
pub fn lanes(overview: &Overview, sides: Sides, part: Range<f64>, bars: u16) -> Vec<Lane> {
    drawn(speakers(sides, overview.channels()), bars, |channel, bar| {
        loudest(under(overview.lane(channel), &part, bar, bars))
    })
}

/// The lanes of a stretch of a sound, from tiles where they are here and from its overview where they are not.
#[expect(clippy::cast_precision_loss, reason = "no sound is so long")]
pub fn closer(overview: &Overview, tiles: &Tiles, sides: Sides, window: Window, bars: u16) -> Vec<Lane> {
    let (part, wide) = (window.part(), window.len() as f64 / f64::from(bars));
    drawn(speakers(sides, overview.channels()), bars, |channel, bar| {
        let from = window.from as f64 + wide * f64::from(bar);
        tiles.under(channel, window, bars, from..from + wide).map_or_else(
            || loudest(under(overview.lane(channel), &part, bar, bars)),
            |buckets| loudest(&buckets),
        )
    })
}

/// The lanes of these speakers, each bar as high as is said of it.
fn drawn(speakers: &[(Who, u8)], bars: u16, height: impl Fn(u8, u16) -> (f32, f32)) -> Vec<Lane> {
    let lane = |&(who, channel): &(Who, u8)| {
        let (mut peak, mut rms) = (String::new(), String::new());
        for bar in 0..bars {
            let (high, loud) = height(channel, bar);
            if high < HISS {
                continue;
            }
            stroke(&mut peak, who, bar, high);
            stroke(&mut rms, who, bar, loud.min(high));
        }
        Lane { who, peak, rms }
    };
    speakers.iter().map(lane).collect()
}

/// The highest peak and loudness.
fn loudest(buckets: &[Bucket]) -> (f32, f32) {
    buckets.iter().fold((0.0, 0.0), |(high, loud), bucket| {
        (bucket.high().max(-bucket.low()).max(high), bucket.loudness().max(loud))
    })
}

/// What lies under a bar.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    clippy::cast_precision_loss,
    reason = "there are at most 800 buckets, and a cast from a float saturates"
)]
fn under<'a>(buckets: &'a [Bucket], part: &Range<f64>, bar: u16, bars: u16) -> &'a [Bucket] {
    let edge = |bar: f64| (part.start + (part.end - part.start) * bar / f64::from(bars)) * buckets.len() as f64;
    let first = edge(f64::from(bar)).floor() as usize;
    let end = (edge(f64::from(bar) + 1.0).ceil() as usize)
        .max(first + 1)
        .min(buckets.len());
    buckets.get(first..end).unwrap_or_default()
}

fn stroke(path: &mut String, who: Who, bar: u16, height: f32) {
    let (tall, x) = (height * TALLEST, f32::from(bar) + 0.5);
    let (from, to) = match who {
        Who::Agent => (MIDDLE - GAP, MIDDLE - GAP - tall),
        Who::Customer => (MIDDLE + GAP, MIDDLE + GAP + tall),
        Who::Both => (MIDDLE - tall, MIDDLE + tall),
    };
    // Writing to a string does not fail.
    let _ = write!(path, "M{x} {}V{}", tenth(from), tenth(to));
}

/// To a tenth of a unit, as short as it can be written.
fn tenth(number: f32) -> f32 {
    (number * 10.0).round() / 10.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn overview(channels: u8, levels: &[i16]) -> Overview {
        let buckets = levels
            .iter()
            .map(|level| Bucket::new(-level / 2, *level, f64::from(*level) / 4.0))
            .collect();
        Overview::new(channels, buckets).unwrap()
    }

    #[test]
    fn the_recorded_person_is_above_and_the_other_below() {
        let sound = overview(2, &[i16::MAX, 0, 0, i16::MAX]);
        let [agent, customer] = &lanes(&sound, Sides::RecordedOther, 0.0..1.0, 2)[..] else {
            panic!("two lanes")
        };
        assert_eq!((agent.who, &*agent.peak), (Who::Agent, "M0.5 98V4"));
        assert_eq!((customer.who, &*customer.peak), (Who::Customer, "M1.5 102V196"));
        let turned = lanes(&sound, Sides::OtherRecorded, 0.0..1.0, 2);
        assert_eq!((turned[0].who, &*turned[0].peak), (Who::Agent, "M1.5 98V4"));
    }

    #[test]
    fn a_sound_in_one_channel_is_on_both_sides_whatever_is_said_of_it() {
        for sides in Sides::ALL {
            let drawn = lanes(&overview(1, &[i16::MAX]), sides, 0.0..1.0, 1);
            assert_eq!(drawn.len(), 1);
            assert_eq!((drawn[0].who, &*drawn[0].peak), (Who::Both, "M0.5 6V194"));
        }
    }

    #[test]
    fn a_bar_shows_the_loudest_under_it_and_hiss_is_not_drawn() {
        let sound = overview(1, &[0, 8192, 8, 8]);
        let drawn = lanes(&sound, Sides::Mixed, 0.0..1.0, 2);
        assert_eq!(drawn[0].peak.matches('M').count(), 1);
        assert!(drawn[0].peak.starts_with("M0.5 "), "{}", drawn[0].peak);
    }

    #[test]
    fn a_part_is_stretched_over_the_whole_width() {
        let sound = overview(1, &[0, 0, i16::MAX, 0]);
        let drawn = lanes(&sound, Sides::Mixed, 0.5..0.75, 3);
        assert_eq!(drawn[0].peak.matches('M').count(), 3);
        assert_eq!(lanes(&sound, Sides::Mixed, 1.0..2.0, 3)[0].peak, "");
    }
}
