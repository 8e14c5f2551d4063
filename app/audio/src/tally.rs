//! Lowest sample, highest sample and sum of squares of a stretch of sound: the loops that see every byte.
//!
//! Nothing is decoded here. G.711 codes are compared by a byte that orders them, all sums are integers: the
//! result is the same in whatever pieces the sound arrives.

#![expect(
    clippy::inline_always,
    reason = "a loop is made for AVX2 only where it becomes part of `tally_avx2`"
)]

#[cfg(target_arch = "x86_64")]
mod avx2;

use model::sound::{Bucket, Codec};

use crate::g711;

/// How the bytes of a sound are read where no decoder is needed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Coding {
    Pcm8,
    Pcm16,
    Alaw,
    Mulaw,
}

impl Coding {
    /// Of a codec whose samples stand on their own.
    pub const fn of(codec: Codec) -> Option<Self> {
        match codec {
            Codec::Pcm8 => Some(Self::Pcm8),
            Codec::Pcm16 => Some(Self::Pcm16),
            Codec::Alaw => Some(Self::Alaw),
            Codec::Mulaw => Some(Self::Mulaw),
            Codec::Gsm | Codec::Mp3 | Codec::Opus | Codec::Flac => None,
        }
    }

    /// Bytes of one sample.
    pub const fn bytes(self) -> usize {
        match self {
            Self::Pcm16 => 2,
            Self::Pcm8 | Self::Alaw | Self::Mulaw => 1,
        }
    }

    /// The sample behind a key of [`Tally`].
    fn sample(self, key: i16) -> i16 {
        let byte = key.to_le_bytes()[0];
        match self {
            Self::Pcm16 => key,
            Self::Pcm8 => (key - 128) * 256,
            Self::Alaw => g711::ALAW[usize::from(g711::alaw_code(byte))],
            Self::Mulaw => g711::MULAW[usize::from(g711::mulaw_code(byte))],
        }
    }

    /// What a magnitude of 1 in [`Tally::squares`] is worth.
    const fn unit(self) -> i16 {
        match self {
            Self::Pcm16 => 1,
            Self::Pcm8 => 256,
            Self::Alaw => g711::ALAW_UNIT,
            Self::Mulaw => g711::MULAW_UNIT,
        }
    }
}

/// One channel of a stretch of sound. Keys order samples; what they are depends on the coding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    low: i16,
    high: i16,
    squares: u64,
}

impl Tally {
    pub const NOTHING: Self = Self {
        low: i16::MAX,
        high: i16::MIN,
        squares: 0,
    };

    /// With what another stretch of the same channel holds.
    pub fn add(&mut self, other: &Self) {
        self.see(other.low, other.high, other.squares);
    }

    fn see(&mut self, low: i16, high: i16, squares: u64) {
        self.low = self.low.min(low);
        self.high = self.high.max(high);
        self.squares += squares;
    }

    /// The mean square of `frames` tallied frames, in samples of 16 bits.
    pub fn mean_square(&self, coding: Coding, frames: u64) -> u64 {
        let unit = u64::from(coding.unit().unsigned_abs());
        (self.squares / frames.max(1)).saturating_mul(unit * unit)
    }

    /// What `frames` tallied frames look like.
    #[expect(
        clippy::cast_precision_loss,
        reason = "the mean is rounded to eight bits, far above what a float loses"
    )]
    pub fn bucket(&self, coding: Coding, frames: u64) -> Bucket {
        let mean = self.squares as f64 / frames.max(1) as f64;
        let rms = mean.sqrt() * f64::from(coding.unit());
        Bucket::new(coding.sample(self.low), coding.sample(self.high), rms)
    }
}

/// Adds whole frames of `channels` channels to the tallies, one each.
pub fn tally(coding: Coding, channels: usize, tallies: &mut [Tally; 2], frames: &[u8]) {
    #[cfg(target_arch = "x86_64")]
    if std::arch::is_x86_feature_detected!("avx2") {
        #[expect(
            unsafe_code,
            reason = "twice as fast; sound because the line above has seen that the processor has AVX2"
        )]
        // SAFETY: the only requirement of `tally_avx2` is AVX2, which has just been detected.
        unsafe {
            tally_avx2(coding, channels, tallies, frames);
        }
        return;
    }
    tally_plain(coding, channels, tallies, frames);
}

#[cfg(target_arch = "x86_64")]
#[target_feature(enable = "avx2")]
fn tally_avx2(coding: Coding, channels: usize, tallies: &mut [Tally; 2], frames: &[u8]) {
    let frames = match coding {
        Coding::Alaw => avx2::tally(&avx2::ALAW, channels, tallies, frames),
        Coding::Mulaw => avx2::tally(&avx2::MULAW, channels, tallies, frames),
        Coding::Pcm8 | Coding::Pcm16 => frames,
    };
    tally_plain(coding, channels, tallies, frames);
}

#[inline(always)]
fn tally_plain(coding: Coding, channels: usize, tallies: &mut [Tally; 2], frames: &[u8]) {
    match (coding, channels) {
        (Coding::Pcm8, 1) => bytes::<1>(tallies, frames, |c| c, |c| u16::from(c.abs_diff(128))),
        (Coding::Pcm8, _) => bytes::<2>(tallies, frames, |c| c, |c| u16::from(c.abs_diff(128))),
        (Coding::Alaw, 1) => bytes::<1>(tallies, frames, g711::alaw_key, g711::alaw_magnitude),
        (Coding::Alaw, _) => bytes::<2>(tallies, frames, g711::alaw_key, g711::alaw_magnitude),
        (Coding::Mulaw, 1) => bytes::<1>(tallies, frames, g711::mulaw_key, g711::mulaw_magnitude),
        (Coding::Mulaw, _) => bytes::<2>(tallies, frames, g711::mulaw_key, g711::mulaw_magnitude),
        (Coding::Pcm16, 1) => words::<1>(tallies, frames),
        (Coding::Pcm16, _) => words::<2>(tallies, frames),
    }
}

/// Bytes taken at once: as many comparisons as two vector registers hold.
const LANES: usize = 64;
/// Blocks of [`LANES`] after which a lane's sum of squares must leave its 32 bits: the square of the largest
/// magnitude, 8 031 of mu-law, fits 66 times.
const BLOCKS: usize = 64;

/// Samples of one byte. A lane belongs to channel `lane % CHANNELS`, since frames are whole.
#[inline(always)]
fn bytes<const CHANNELS: usize>(
    tallies: &mut [Tally; 2],
    frames: &[u8],
    key: impl Fn(u8) -> u8,
    magnitude: impl Fn(u8) -> u16,
) {
    for stretch in frames.chunks(LANES * BLOCKS) {
        let mut low = [u8::MAX; LANES];
        let mut high = [u8::MIN; LANES];
        let mut squares = [0_u32; LANES];
        let mut see = |lane: usize, code: u8| {
            low[lane] = low[lane].min(key(code));
            high[lane] = high[lane].max(key(code));
            squares[lane] += u32::from(magnitude(code)) * u32::from(magnitude(code));
        };
        let (blocks, rest) = stretch.as_chunks::<LANES>();
        for block in blocks {
            for (lane, &code) in block.iter().enumerate() {
                see(lane, code);
            }
        }
        for (lane, &code) in rest.iter().enumerate() {
            see(lane, code);
        }
        for lane in 0..LANES {
            tallies[lane % CHANNELS].see(low[lane].into(), high[lane].into(), squares[lane].into());
        }
    }
}

/// Samples of two bytes, little-endian. Squares are summed in two halves, so that no sum leaves its 32 bits.
#[inline(always)]
fn words<const CHANNELS: usize>(tallies: &mut [Tally; 2], frames: &[u8]) {
    const WORDS: usize = LANES / 2;
    for stretch in frames.chunks(LANES * BLOCKS) {
        let mut low = [i16::MAX; WORDS];
        let mut high = [i16::MIN; WORDS];
        let mut halves = [[0_u32; WORDS]; 2];
        let mut see = |lane: usize, word: [u8; 2]| {
            let sample = i16::from_le_bytes(word);
            let square = (i32::from(sample) * i32::from(sample)).cast_unsigned();
            low[lane] = low[lane].min(sample);
            high[lane] = high[lane].max(sample);
            halves[0][lane] += square & 0xffff;
            halves[1][lane] += square >> 16;
        };
        let (all, _) = stretch.as_chunks::<2>();
        let (blocks, rest) = all.as_chunks::<WORDS>();
        for block in blocks {
            for (lane, &word) in block.iter().enumerate() {
                see(lane, word);
            }
        }
        for (lane, &word) in rest.iter().enumerate() {
            see(lane, word);
        }
        for lane in 0..WORDS {
            let squares = u64::from(halves[0][lane]) + (u64::from(halves[1][lane]) << 16);
            tallies[lane % CHANNELS].see(low[lane], high[lane], squares);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Against the definition: `meter.rs`. Here: a processor without AVX2 sees the same.
    #[test]
    fn all_paths_agree() {
        let mut x = 0x2545_f491_4f6c_dd1d_u64;
        let noise: Vec<u8> = std::iter::repeat_with(|| {
            x ^= x << 13;
            x ^= x >> 7;
            x ^= x << 17;
            x.to_le_bytes()[3]
        })
        .take(40_004)
        .collect();
        for coding in [Coding::Pcm8, Coding::Pcm16, Coding::Alaw, Coding::Mulaw] {
            for channels in [1, 2] {
                for len in [0, 4, 28, 32, 36, 1020, 1024, 1028, 40_004] {
                    let mut tallies = [[Tally::NOTHING; 2]; 2];
                    tally(coding, channels, &mut tallies[0], &noise[..len]);
                    tally_plain(coding, channels, &mut tallies[1], &noise[..len]);
                    assert_eq!(tallies[0], tallies[1], "{coding:?} {channels} {len}");
                }
            }
        }
    }
}
