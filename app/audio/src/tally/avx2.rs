//! G.711 with the 32-byte registers of x86-64: both laws are read as what they are, small floating point numbers.

use std::arch::x86_64::{
    __m256i, _mm256_add_epi8, _mm256_add_epi32, _mm256_add_epi64, _mm256_and_si256, _mm256_andnot_si256,
    _mm256_cmpgt_epi8, _mm256_extract_epi64, _mm256_madd_epi16, _mm256_max_epu8, _mm256_min_epu8, _mm256_mullo_epi16,
    _mm256_set_epi64x, _mm256_set1_epi8, _mm256_set1_epi16, _mm256_setzero_si256, _mm256_shuffle_epi8,
    _mm256_srli_epi16, _mm256_srli_epi64, _mm256_sub_epi16, _mm256_xor_si256,
};

use super::Tally;

/// What tells one law from the other. The magnitude of a code is `(2 * mantissa + step) * scale - bias`, with step and
/// scale from tables over the three bits of the exponent.
pub struct Law {
    /// Turns a code into sign, exponent and mantissa.
    pub flip: u8,
    pub step: [u8; 8],
    pub scale: [u8; 8],
    pub bias: i16,
    /// Whether the key that orders codes is made of the stored byte or of the flipped one.
    pub ranked_as_stored: bool,
}

pub const ALAW: Law = Law {
    flip: 0x55,
    step: [1, 33, 33, 33, 33, 33, 33, 33],
    scale: [1, 1, 2, 4, 8, 16, 32, 64],
    bias: 0,
    ranked_as_stored: false,
};

pub const MULAW: Law = Law {
    flip: 0xff,
    step: [33; 8],
    scale: [1, 2, 4, 8, 16, 32, 64, 128],
    bias: 33,
    ranked_as_stored: true,
};

const WIDTH: usize = 32;
/// Blocks after which a sum of squares must leave its 32 bits: two squares of 8 031, the largest, fit 33 times.
const BLOCKS: usize = 32;

/// Adds to the tallies as many whole registers as there are, and returns the bytes that are left.
#[target_feature(enable = "avx2")]
pub fn tally<'a>(law: &Law, channels: usize, tallies: &mut [Tally; 2], frames: &'a [u8]) -> &'a [u8] {
    let (blocks, rest) = frames.as_chunks::<WIDTH>();
    let flip = _mm256_set1_epi8(law.flip.cast_signed());
    let (step, scale) = (table(law.step), table(law.scale));
    let bias = _mm256_set1_epi16(law.bias);
    let (nibble, three) = (_mm256_set1_epi8(15), _mm256_set1_epi8(7));
    let (rank, even) = (_mm256_set1_epi8(0x7f), _mm256_set1_epi16(0xff));
    let zero = _mm256_setzero_si256();

    let (mut low, mut high) = (_mm256_set1_epi8(-1), zero);
    let mut squares = [zero; 2];
    for stretch in blocks.chunks(BLOCKS) {
        let mut sums = [zero; 2];
        for block in stretch {
            let stored = load(block);
            let code = _mm256_xor_si256(stored, flip);
            let ranked = if law.ranked_as_stored { stored } else { code };
            let signed = _mm256_cmpgt_epi8(zero, code);
            let key = _mm256_xor_si256(ranked, _mm256_andnot_si256(signed, rank));
            low = _mm256_min_epu8(low, key);
            high = _mm256_max_epu8(high, key);

            let mantissa = _mm256_and_si256(code, nibble);
            let exponent = _mm256_and_si256(_mm256_srli_epi16::<4>(code), three);
            let step = _mm256_add_epi8(_mm256_add_epi8(mantissa, mantissa), _mm256_shuffle_epi8(step, exponent));
            let scale = _mm256_shuffle_epi8(scale, exponent);
            let products = [
                _mm256_mullo_epi16(_mm256_and_si256(step, even), _mm256_and_si256(scale, even)),
                _mm256_mullo_epi16(_mm256_srli_epi16::<8>(step), _mm256_srli_epi16::<8>(scale)),
            ];
            for (sum, product) in sums.iter_mut().zip(products) {
                let magnitude = _mm256_sub_epi16(product, bias);
                *sum = _mm256_add_epi32(*sum, _mm256_madd_epi16(magnitude, magnitude));
            }
        }
        let half = _mm256_set_epi64x(0xffff_ffff, 0xffff_ffff, 0xffff_ffff, 0xffff_ffff);
        for (total, sum) in squares.iter_mut().zip(sums) {
            let wide = _mm256_add_epi64(_mm256_and_si256(sum, half), _mm256_srli_epi64::<32>(sum));
            *total = _mm256_add_epi64(*total, wide);
        }
    }
    if !blocks.is_empty() {
        // Each quarter is folded onto its first two bytes, one for each channel: a few instructions, since the windows of who
        // speaks end here every few hundred frames.
        let low = _mm256_min_epu8(low, _mm256_srli_epi64::<32>(low));
        let low = quarters(_mm256_min_epu8(low, _mm256_srli_epi64::<16>(low)));
        let high = _mm256_max_epu8(high, _mm256_srli_epi64::<32>(high));
        let high = quarters(_mm256_max_epu8(high, _mm256_srli_epi64::<16>(high)));
        for (lane, total) in squares.into_iter().enumerate() {
            let low = low.iter().fold(u8::MAX, |low, quarter| low.min(quarter[lane]));
            let high = high.iter().fold(u8::MIN, |high, quarter| high.max(quarter[lane]));
            let [a, b, c, d] = quarters(total).map(u64::from_le_bytes);
            tallies[lane & (channels - 1)].see(low.into(), high.into(), a + b + c + d);
        }
    }
    rest
}

/// Eight entries, four times over: each half of a register looks up in itself, by four bits.
#[target_feature(enable = "avx2")]
fn table(entries: [u8; 8]) -> __m256i {
    let entries = i64::from_le_bytes(entries);
    _mm256_set_epi64x(entries, entries, entries, entries)
}

#[target_feature(enable = "avx2")]
fn load(block: &[u8; WIDTH]) -> __m256i {
    let [a, b, c, d] = std::array::from_fn(|i| i64::from_le_bytes(std::array::from_fn(|k| block[8 * i + k])));
    _mm256_set_epi64x(d, c, b, a)
}

#[target_feature(enable = "avx2")]
fn quarters(register: __m256i) -> [[u8; 8]; 4] {
    [
        _mm256_extract_epi64::<0>(register),
        _mm256_extract_epi64::<1>(register),
        _mm256_extract_epi64::<2>(register),
        _mm256_extract_epi64::<3>(register),
    ]
    .map(i64::to_le_bytes)
}
