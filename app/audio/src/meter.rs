//! The overview of a sound whose length is known, and who speaks in it, in one pass and bounded memory.

use model::sound::{Bucket, Overview, Talk};

use crate::{
    talk::Listener,
    tally::{Coding, Tally, tally},
};

/// Takes the bytes of a sound in pieces of any size and ends in its [`Overview`], and in its [`Talk`] where that is asked for.
#[derive(Debug)]
pub struct Meter {
    coding: Coding,
    channels: u8,
    frames: u64,
    buckets: u16,
    /// The bucket being filled, its length in frames, and how many of them are still to come.
    bucket: u16,
    length: u64,
    left: u64,
    tallies: [Tally; 2],
    lanes: [Vec<Bucket>; 2],
    listening: Option<Listening>,
    /// The beginning of a frame that a piece ended in the middle of.
    torn: ([u8; 4], usize),
}

/// The window that is being summed up for who speaks.
#[derive(Debug)]
struct Listening {
    listener: Listener,
    left: u64,
    tallies: [Tally; 2],
}

impl Meter {
    /// Of `frames` frames in at most `buckets` buckets. One or two channels.
    pub fn new(coding: Coding, channels: u8, frames: u64, buckets: u16) -> Self {
        let most = buckets.clamp(1, Overview::MOST);
        let buckets = u16::try_from(frames).unwrap_or(most).min(most);
        let mut meter = Self {
            coding,
            channels: channels.clamp(1, 2),
            frames,
            buckets,
            bucket: 0,
            length: 0,
            left: 0,
            tallies: [Tally::NOTHING; 2],
            lanes: [Vec::with_capacity(buckets.into()), Vec::with_capacity(buckets.into())],
            listening: None,
            torn: ([0; 4], 0),
        };
        meter.open();
        meter
    }

    /// That also finds out who speaks when. Before anything is pushed.
    pub fn listening(mut self, rate: u32) -> Self {
        let listener = Listener::new(rate, self.frames);
        self.listening = Some(Listening {
            left: listener.window(),
            listener,
            tallies: [Tally::NOTHING; 2],
        });
        self
    }

    fn open(&mut self) {
        let span = Overview::span(self.bucket, self.buckets, self.frames);
        self.length = if self.bucket < self.buckets {
            span.end - span.start
        } else {
            0
        };
        self.left = self.length;
        self.tallies = [Tally::NOTHING; 2];
    }

    fn frame_bytes(&self) -> usize {
        self.coding.bytes() * usize::from(self.channels)
    }

    /// The next bytes of the sound. What comes after the last frame is not looked at.
    pub fn push(&mut self, mut bytes: &[u8]) {
        let size = self.frame_bytes();
        let (mut frame, have) = self.torn;
        if have > 0 {
            let (head, rest) = bytes.split_at((size - have).min(bytes.len()));
            frame[have..have + head.len()].copy_from_slice(head);
            self.torn = (frame, have + head.len());
            bytes = rest;
            if have + head.len() < size {
                return;
            }
            self.torn.1 = 0;
            self.frames(&frame[..size]);
        }
        let (whole, torn) = bytes.split_at(bytes.len() / size * size);
        self.frames(whole);
        self.torn.0[..torn.len()].copy_from_slice(torn);
        self.torn.1 = torn.len();
    }

    fn frames(&mut self, mut bytes: &[u8]) {
        let size = self.frame_bytes();
        while self.left > 0 && !bytes.is_empty() {
            let have = bytes.len() / size;
            let window = self.listening.as_ref().map_or(u64::MAX, |listening| listening.left);
            let take = usize::try_from(self.left.min(window)).unwrap_or(have).min(have);
            let (now, later) = bytes.split_at(take * size);
            let mut tallies = [Tally::NOTHING; 2];
            tally(self.coding, self.channels.into(), &mut tallies, now);
            bytes = later;
            self.left -= take as u64;
            for (all, tally) in self.tallies.iter_mut().zip(&tallies) {
                all.add(tally);
            }
            if let Some(listening) = &mut self.listening {
                listening.hear(self.coding, &tallies, take as u64);
            }
            if self.left == 0 {
                for (lane, tally) in self.lanes.iter_mut().zip(self.tallies).take(self.channels.into()) {
                    lane.push(tally.bucket(self.coding, self.length));
                }
                self.bucket += 1;
                self.open();
            }
        }
    }

    /// The overview; `None` as long as frames are missing.
    pub fn finish(self) -> Option<Overview> {
        self.finish_with_talk().map(|(overview, _)| overview)
    }

    /// The overview and who speaks; that is nobody where it was not asked for.
    pub fn finish_with_talk(self) -> Option<(Overview, Talk)> {
        if self.bucket < self.buckets {
            return None;
        }
        let [mut buckets, second] = self.lanes;
        buckets.extend(second);
        let (channels, frames) = (self.channels, self.frames);
        let talk = self
            .listening
            .map(|listening| listening.finish(self.coding, channels, frames));
        Some((Overview::new(channels, buckets)?, talk.unwrap_or_default()))
    }
}

impl Listening {
    fn hear(&mut self, coding: Coding, tallies: &[Tally; 2], frames: u64) {
        for (all, tally) in self.tallies.iter_mut().zip(tallies) {
            all.add(tally);
        }
        self.left -= frames;
        if self.left == 0 {
            self.close(coding, self.listener.window());
        }
    }

    fn close(&mut self, coding: Coding, frames: u64) {
        self.listener
            .hear(self.tallies.map(|tally| tally.mean_square(coding, frames)));
        self.left = self.listener.window();
        self.tallies = [Tally::NOTHING; 2];
    }

    fn finish(mut self, coding: Coding, channels: u8, frames: u64) -> Talk {
        let begun = self.listener.window() - self.left;
        if begun > 0 {
            self.close(coding, begun);
        }
        self.listener.finish(channels, frames)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::g711;

    const CODINGS: [Coding; 4] = [Coding::Pcm8, Coding::Pcm16, Coding::Alaw, Coding::Mulaw];

    fn decoded(coding: Coding, bytes: &[u8]) -> Vec<i16> {
        let one = |&c: &u8| match coding {
            Coding::Alaw => g711::ALAW[usize::from(c)],
            Coding::Mulaw => g711::MULAW[usize::from(c)],
            _ => (i16::from(c) - 128) * 256,
        };
        if coding == Coding::Pcm16 {
            bytes
                .as_chunks::<2>()
                .0
                .iter()
                .map(|&w| i16::from_le_bytes(w))
                .collect()
        } else {
            bytes.iter().map(one).collect()
        }
    }

    /// The overview as its documentation defines it, one sample after the other.
    fn naive(coding: Coding, channels: u8, bytes: &[u8]) -> Overview {
        let samples = decoded(coding, bytes);
        let len = samples.len() / usize::from(channels);
        let n = len.min(800);
        let mut buckets = vec![];
        for channel in 0..usize::from(channels) {
            for i in 0..n {
                let span = i * len / n..(i + 1) * len / n;
                let of = |f: usize| samples[f * usize::from(channels) + channel];
                let squares: i64 = span.clone().map(|f| i64::from(of(f)).pow(2)).sum();
                #[expect(clippy::cast_precision_loss, reason = "far below 2^52 here")]
                let rms = (squares as f64 / span.len() as f64).sqrt();
                let (min, max) = (span.clone().map(of).min().unwrap(), span.map(of).max().unwrap());
                buckets.push(Bucket::new(min, max, rms));
            }
        }
        Overview::new(channels, buckets).unwrap()
    }

    fn noise(len: usize) -> Vec<u8> {
        let mut x = 0x9e37_79b9_7f4a_7c15_u64 ^ len as u64;
        let mut next = || {
            x ^= x << 13;
            x ^= x >> 7;
            x ^= x << 17;
            x
        };
        // Stretches of silence, full scale and anything between.
        (0..len)
            .map(|i| {
                if i / 5000 % 3 == 0 {
                    0xd5
                } else {
                    next().to_le_bytes()[0]
                }
            })
            .collect()
    }

    #[test]
    fn it_is_what_the_definition_says_for_every_coding_and_odd_lengths() {
        for coding in CODINGS {
            for channels in [1, 2] {
                for frames in [1, 2, 31, 33, 799, 800, 801, 1601, 51_233, 80_000] {
                    let bytes = noise(frames * coding.bytes() * usize::from(channels));
                    let mut meter = Meter::new(coding, channels, frames as u64, 800);
                    meter.push(&bytes);
                    let expected = naive(coding, channels, &bytes);
                    assert_eq!(meter.finish(), Some(expected), "{coding:?} {channels} {frames}");
                }
            }
        }
    }

    #[test]
    fn full_scale_fits_the_sums() {
        for (coding, code) in [
            (Coding::Pcm8, 0),
            (Coding::Pcm16, 0x80),
            (Coding::Alaw, 0x2a),
            (Coding::Mulaw, 0x00),
        ] {
            for channels in [1, 2] {
                let frames = 100_000_usize;
                let mut bytes = vec![code; frames * coding.bytes() * usize::from(channels)];
                if coding == Coding::Pcm16 {
                    bytes.iter_mut().step_by(2).for_each(|low| *low = 0);
                }
                let mut meter = Meter::new(coding, channels, frames as u64, 3);
                meter.push(&bytes);
                let overview = meter.finish().unwrap();
                for lane in (0..channels).map(|c| overview.lane(c)) {
                    assert!(
                        lane.iter().all(|b| b.rms >= 252 && b.min <= -126 && b.max == b.min),
                        "{lane:?}"
                    );
                }
            }
        }
    }

    #[test]
    fn pieces_of_any_size_give_the_same() {
        let bytes = noise(60_004);
        for coding in CODINGS {
            let frames = bytes.len() / coding.bytes() / 2;
            let whole = naive(coding, 2, &bytes);
            for size in [1, 2, 3, 5, 7, 63, 64, 65, 4097] {
                let mut meter = Meter::new(coding, 2, frames as u64, 800);
                bytes.chunks(size).for_each(|piece| meter.push(piece));
                assert_eq!(meter.finish().as_ref(), Some(&whole), "{coding:?} by {size}");
            }
        }
    }

    #[test]
    fn who_speaks_is_the_same_in_pieces_of_any_size_and_costs_the_overview_nothing() {
        // Four seconds each: silence in both lanes, then noise in one, then in the other.
        let stretch = |loud: [bool; 2]| {
            let noise = noise(32_000 + 5_000);
            let frame = move |at: usize| [0, 1].map(|lane| if loud[lane] { noise[5_000 + at % 4_000] } else { 0xd5 });
            (0..32_000).flat_map(frame)
        };
        let bytes: Vec<u8> = [[false, false], [true, false], [false, true]]
            .into_iter()
            .flat_map(stretch)
            .collect();
        let heard = |size: usize| {
            let mut meter = Meter::new(Coding::Alaw, 2, 96_000, 800).listening(8_000);
            bytes.chunks(size).for_each(|piece| meter.push(piece));
            meter.finish_with_talk().unwrap()
        };
        let (overview, talk) = heard(usize::MAX);
        assert_eq!(overview, naive(Coding::Alaw, 2, &bytes));
        assert_eq!(talk.silences.len(), 1);
        let near = |ms: u32, second: u32| ms.abs_diff(second * 1000) < 100;
        assert!(talk.silences[0].0 == 0 && near(talk.silences[0].1, 4), "{talk:?}");
        assert!(
            near(talk.silent_ms, 4) && talk.speech_ms.iter().all(|ms| near(*ms, 4)),
            "{talk:?}"
        );
        for size in [1, 3, 511, 1_023, 4_097, 65_536] {
            assert_eq!(heard(size), (overview.clone(), talk.clone()), "by {size}");
        }
    }

    #[test]
    fn a_sound_that_is_not_whole_has_no_overview() {
        let mut meter = Meter::new(Coding::Alaw, 2, 1000, 800);
        meter.push(&[0xd5; 1999]);
        assert_eq!(meter.finish(), None);
    }
}
