//! GSM 06.10 full rate (ETSI EN 300 961): 160 samples from 260 bits, bit-exact.
//!
//! Section numbers are those of the standard. A decoder of our own, since no pure Rust crate has one.

mod arithmetic;
mod frame;

use arithmetic::{add, mult_r, sub};
pub use frame::{Frame, Packing};
use frame::{SUBFRAME, Subframe};

/// Samples of a frame.
pub const SAMPLES: usize = 160;
/// Samples that the long term prediction may look back.
const PAST: usize = 120;

/// What is remembered from frame to frame.
#[derive(Debug, Clone)]
pub struct Decoder {
    /// Reconstructed residual: the last 120 samples, then the subframe being made.
    residual: [i16; PAST + SUBFRAME],
    /// Lag of the last subframe whose lag was possible.
    lag: usize,
    /// Log area ratios of the last frame.
    ratios: [i16; 8],
    /// State of the lattice filter.
    lattice: [i16; 9],
    /// State of the de-emphasis.
    emphasis: i16,
}

impl Default for Decoder {
    fn default() -> Self {
        Self {
            residual: [0; PAST + SUBFRAME],
            lag: 40,
            ratios: [0; 8],
            lattice: [0; 9],
            emphasis: 0,
        }
    }
}

impl Decoder {
    /// The sound of the next frame (5.3).
    pub fn decode(&mut self, frame: &Frame) -> [i16; SAMPLES] {
        let mut sound = [0; SAMPLES];
        let (parts, _) = sound.as_chunks_mut::<SUBFRAME>();
        for (part, subframe) in parts.iter_mut().zip(&frame.subframes) {
            *part = self.predict(subframe);
        }
        self.filter(frame.ratios(), &mut sound);
        for sample in &mut sound {
            self.emphasis = add(*sample, mult_r(self.emphasis, 28_180));
            // 5.3.5 and 5.3.6: upscaled, and truncated to 13 bits.
            *sample = add(self.emphasis, self.emphasis) & !7;
        }
        sound
    }

    /// Long term synthesis filtering (5.3.2).
    fn predict(&mut self, subframe: &Subframe) -> [i16; SUBFRAME] {
        const GAINS: [i16; 4] = [3277, 11_469, 21_299, 32_767];
        if (40..=120).contains(&subframe.lag) {
            self.lag = subframe.lag.into();
        }
        let gain = GAINS[usize::from(subframe.gain & 3)];
        for (k, pulse) in subframe.pulses().into_iter().enumerate() {
            let past = self.residual[PAST + k - self.lag];
            self.residual[PAST + k] = add(pulse, mult_r(gain, past));
        }
        let mut made = [0; SUBFRAME];
        made.copy_from_slice(&self.residual[PAST..]);
        self.residual.copy_within(SUBFRAME.., 0);
        made
    }

    /// Short term synthesis filtering (5.3.3), with ratios that glide from the last frame's (5.2.9.1).
    fn filter(&mut self, ratios: [i16; 8], sound: &mut [i16; SAMPLES]) {
        let last = std::mem::replace(&mut self.ratios, ratios);
        let glide = |mix: fn(i16, i16) -> i16| std::array::from_fn(|i| reflection(mix(last[i], ratios[i])));
        let (first, rest) = sound.split_at_mut(13);
        let (second, rest) = rest.split_at_mut(14);
        let (third, rest) = rest.split_at_mut(13);
        self.lattice(&glide(|a, b| add(add(a >> 2, b >> 2), a >> 1)), first);
        self.lattice(&glide(|a, b| add(a >> 1, b >> 1)), second);
        self.lattice(&glide(|a, b| add(add(a >> 2, b >> 2), b >> 1)), third);
        self.lattice(&glide(|_, b| b), rest);
    }

    fn lattice(&mut self, coefficients: &[i16; 8], sound: &mut [i16]) {
        let v = &mut self.lattice;
        for sample in sound {
            let mut s = *sample;
            for i in (0..8).rev() {
                s = sub(s, mult_r(coefficients[i], v[i]));
                v[i + 1] = add(v[i], mult_r(coefficients[i], s));
            }
            v[0] = s;
            *sample = s;
        }
    }
}

/// Reflection coefficient of a log area ratio (5.2.9.2).
fn reflection(ratio: i16) -> i16 {
    let size = ratio.saturating_abs();
    let size = match size {
        ..11_059 => size << 1,
        11_059..20_070 => size + 11_059,
        _ => add(size >> 2, 26_112),
    };
    if ratio < 0 { -size } else { size }
}
