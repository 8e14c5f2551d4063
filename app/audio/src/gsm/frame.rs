//! The parameters of a frame, unpacked from either of the two ways they are stored in.

use super::arithmetic::{add, mult_r, sub};

/// Samples of a subframe.
pub const SUBFRAME: usize = 40;

/// How the 260 bits of a frame lie in bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    /// One frame in 33 bytes, highest bit first, after the four bits `1101`: RTP (RFC 3551, 4.5.8) and `.gsm` files.
    Toast,
    /// Two frames in 65 bytes, lowest bit first: WAV files.
    Wav,
}

impl Packing {
    /// Bytes of a block, and frames in it.
    pub const fn block(self) -> (usize, usize) {
        match self {
            Self::Toast => (33, 1),
            Self::Wav => (65, 2),
        }
    }

    /// Whether these bytes begin as a block must.
    pub fn marks(self, block: &[u8]) -> bool {
        self == Self::Wav || block.first().is_some_and(|byte| byte >> 4 == 0xd)
    }
}

/// What is said of 160 samples (1.7 of the standard).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frame {
    /// Coded log area ratios.
    lar: [u8; 8],
    pub subframes: [Subframe; 4],
}

/// What is said of 40 samples.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Subframe {
    /// Samples that the long term prediction looks back.
    pub lag: u8,
    pub gain: u8,
    /// Where the first of the pulses, three apart, stands.
    grid: u8,
    /// Largest of the pulses, coded.
    largest: u8,
    pulses: [u8; 13],
}

/// Bits from first to last, of bytes whose first bit is the highest or the lowest.
struct Bits<'a> {
    bytes: &'a [u8],
    packing: Packing,
    at: usize,
}

impl Bits<'_> {
    fn take(&mut self, count: usize) -> u8 {
        let mut value = 0;
        for i in 0..count {
            let byte = self.bytes.get(self.at / 8).copied().unwrap_or(0);
            match self.packing {
                Packing::Toast => value = value << 1 | byte >> (7 - self.at % 8) & 1,
                Packing::Wav => value |= (byte >> (self.at % 8) & 1) << i,
            }
            self.at += 1;
        }
        value
    }
}

impl Frame {
    /// Frame `index` of a block.
    pub fn unpack(packing: Packing, block: &[u8], index: usize) -> Self {
        const LAR_BITS: [usize; 8] = [6, 6, 5, 5, 4, 4, 3, 3];
        let at = if packing == Packing::Toast { 4 } else { 260 * index };
        let mut bits = Bits {
            bytes: block,
            packing,
            at,
        };
        Self {
            lar: LAR_BITS.map(|count| bits.take(count)),
            subframes: std::array::from_fn(|_| Subframe {
                lag: bits.take(7),
                gain: bits.take(2),
                grid: bits.take(2),
                largest: bits.take(6),
                pulses: std::array::from_fn(|_| bits.take(3)),
            }),
        }
    }

    /// Log area ratios, decoded (5.2.8).
    pub fn ratios(&self) -> [i16; 8] {
        /// Smallest code, offset (B) and inverse of the step (INVA) of each ratio (table 5.1).
        const RATIOS: [(i16, i16, i16); 8] = [
            (-32, 0, 13_107),
            (-32, 0, 13_107),
            (-16, 2048, 13_107),
            (-16, -2560, 13_107),
            (-8, 94, 19_223),
            (-8, -1792, 17_476),
            (-4, -341, 31_454),
            (-4, -1144, 29_708),
        ];
        std::array::from_fn(|i| {
            let (least, offset, inverse) = RATIOS[i];
            let code = (i16::from(self.lar[i]) + least) << 10;
            let ratio = mult_r(inverse, sub(code, offset << 1));
            add(ratio, ratio)
        })
    }
}

impl Subframe {
    /// The pulses at their places, decoded (5.2.15, 5.2.16 and 5.2.17).
    pub fn pulses(&self) -> [i16; SUBFRAME] {
        /// Normalised mantissa of the largest pulse (FAC, table 5.6).
        const FACTORS: [i16; 8] = [18_431, 20_479, 22_527, 24_575, 26_623, 28_671, 30_719, 32_767];
        let (exponent, mantissa) = self.largest();
        let shift = 6 - exponent;
        let half = if shift == 0 { 0 } else { 1 << (shift - 1) };
        let factor = FACTORS[usize::from(mantissa)];
        let mut out = [0; SUBFRAME];
        let places = out.iter_mut().skip(self.grid.into()).step_by(3);
        for (place, &code) in places.zip(&self.pulses) {
            let pulse = mult_r(factor, ((i16::from(code) << 1) - 7) << 12);
            *place = add(pulse, half) >> shift;
        }
        out
    }

    /// Exponent, -4..=6, and mantissa, 0..=7, of the largest pulse (5.2.15).
    fn largest(&self) -> (i16, u8) {
        let code = self.largest;
        let mut exponent = if code > 15 { i16::from(code >> 3) - 1 } else { 0 };
        let mut mantissa = if code > 15 { code & 7 | 8 } else { code };
        if mantissa == 0 {
            return (-4, 7);
        }
        while mantissa <= 7 {
            mantissa = mantissa << 1 | 1;
            exponent -= 1;
        }
        (exponent, mantissa - 8)
    }
}
