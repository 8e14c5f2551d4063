//! What the waveform of a sound looks like.

use std::{fmt, ops::Range};

use serde::{Deserialize, Serialize};

/// The loudness of one stretch of one channel.
///
/// Stored by its square root, so that quiet telephone speech keeps its detail: a sample `x` of
/// -32 768..=32 767 becomes `sign(x) * sqrt(|x| / 32 768) * 127`, an RMS `r` of 0..=32 768 becomes
/// `sqrt(r / 32 768) * 255`, both to the nearest integer.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Bucket {
    pub min: i8,
    pub max: i8,
    pub rms: u8,
}

impl Bucket {
    /// From the lowest and highest sample and the root of the mean square.
    #[must_use]
    pub fn new(min: i16, max: i16, rms: f64) -> Self {
        Self {
            min: companded(min),
            max: companded(max),
            rms: root(rms, 255),
        }
    }

    /// Lower edge of the waveform as it is drawn, -1..=1.
    #[must_use]
    pub fn low(self) -> f32 {
        (f32::from(self.min) / 127.0).max(-1.0)
    }

    /// Upper edge of the waveform as it is drawn, -1..=1.
    #[must_use]
    pub fn high(self) -> f32 {
        (f32::from(self.max) / 127.0).max(-1.0)
    }

    /// Height of the loudness as it is drawn, 0..=1.
    #[must_use]
    pub fn loudness(self) -> f32 {
        f32::from(self.rms) / 255.0
    }

    /// The RMS on the straight scale, 0..=1, for decisions such as what silence is.
    #[must_use]
    pub fn level(self) -> f32 {
        self.loudness() * self.loudness()
    }
}

fn companded(sample: i16) -> i8 {
    let height = i8::try_from(root(f64::from(sample.unsigned_abs()), 127)).unwrap_or(i8::MAX);
    if sample < 0 { -height } else { height }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the clamp keeps it within 0..=full, and a cast from a float saturates"
)]
fn root(level: f64, full: u8) -> u8 {
    let full = f64::from(full);
    ((level / 32_768.0).sqrt() * full).round().clamp(0.0, full) as u8
}

/// The waveform of a sound, or of a part of it: the same number of buckets for each channel.
///
/// Bucket `i` of `n` over `len` frames spans the frames `i * len / n .. (i + 1) * len / n` (integer division):
/// no frame is left out or counted twice, and no bucket is empty, since there are never more buckets than frames.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(into = "Vec<u8>", try_from = "Vec<u8>")]
pub struct Overview {
    channels: u8,
    buckets: Vec<Bucket>,
}

impl Overview {
    /// Buckets of one channel at most.
    pub const MOST: u16 = 800;
    const VERSION: u8 = 1;
    const HEAD: usize = 4;

    /// From buckets ordered by channel. `None` unless there are one or two channels with the
    /// same number of buckets, [`Self::MOST`] at most.
    #[must_use]
    pub fn new(channels: u8, buckets: Vec<Bucket>) -> Option<Self> {
        let most = usize::from(Self::MOST) * usize::from(channels);
        let even = buckets.len().is_multiple_of(usize::from(channels.max(1)));
        ((1..=2).contains(&channels) && even && buckets.len() <= most).then_some(Self { channels, buckets })
    }

    /// Frames of bucket `i` of `n` over `len` frames.
    #[must_use]
    pub fn span(i: u16, n: u16, len: u64) -> Range<u64> {
        let edge = |i: u16| {
            let edge = u128::from(len) * u128::from(i) / u128::from(n.max(1));
            u64::try_from(edge).unwrap_or(u64::MAX)
        };
        edge(i)..edge(i.saturating_add(1))
    }

    #[must_use]
    pub const fn channels(&self) -> u8 {
        self.channels
    }

    /// Buckets of one channel.
    #[must_use]
    pub fn count(&self) -> usize {
        self.buckets.len() / usize::from(self.channels.max(1))
    }

    /// The buckets of one channel, counted from 0; empty where there is no such channel.
    #[must_use]
    pub fn lane(&self, channel: u8) -> &[Bucket] {
        let count = self.count();
        let start = usize::from(channel) * count;
        self.buckets.get(start..start + count).unwrap_or_default()
    }

    /// A version byte (1), the channels, the buckets of a channel (two bytes, little-endian), then for each
    /// channel its buckets as min, max and RMS, a byte each.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        let [low, high] = u16::try_from(self.count()).unwrap_or(u16::MAX).to_le_bytes();
        let mut bytes = Vec::with_capacity(Self::HEAD + 3 * self.buckets.len());
        bytes.extend([Self::VERSION, self.channels, low, high]);
        for bucket in &self.buckets {
            bytes.extend([bucket.min.cast_unsigned(), bucket.max.cast_unsigned(), bucket.rms]);
        }
        bytes
    }

    /// # Errors
    /// [`BadOverview`] where the bytes are not what [`Self::to_bytes`] makes.
    pub fn from_bytes(bytes: &[u8]) -> Result<Self, BadOverview> {
        let Some((&[Self::VERSION, channels, low, high], body)) = bytes.split_first_chunk::<{ Self::HEAD }>() else {
            return Err(BadOverview);
        };
        let (triplets, rest) = body.as_chunks::<3>();
        let count = usize::from(u16::from_le_bytes([low, high]));
        if !rest.is_empty() || triplets.len() != count * usize::from(channels) {
            return Err(BadOverview);
        }
        let bucket = |&[min, max, rms]: &[u8; 3]| Bucket {
            min: min.cast_signed(),
            max: max.cast_signed(),
            rms,
        };
        Self::new(channels, triplets.iter().map(bucket).collect()).ok_or(BadOverview)
    }
}

/// Without the buckets, which are many.
impl fmt::Debug for Overview {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Overview")
            .field("channels", &self.channels)
            .field("count", &self.count())
            .finish_non_exhaustive()
    }
}

/// Bytes that are no overview.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadOverview;

impl fmt::Display for BadOverview {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not an overview of a sound")
    }
}

impl std::error::Error for BadOverview {}

impl From<Overview> for Vec<u8> {
    fn from(overview: Overview) -> Self {
        overview.to_bytes()
    }
}

impl TryFrom<Vec<u8>> for Overview {
    type Error = BadOverview;

    fn try_from(bytes: Vec<u8>) -> Result<Self, BadOverview> {
        Self::from_bytes(&bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_sound_keeps_its_detail() {
        let at = |x: i16| Bucket::new(-x, x, f64::from(x)).max;
        assert_eq!(
            (at(0), at(1), at(8), at(327), at(8192), at(i16::MAX)),
            (0, 1, 2, 13, 64, 127)
        );
        assert_eq!(
            Bucket::new(i16::MIN, 0, 32_768.0),
            Bucket {
                min: -127,
                max: 0,
                rms: 255
            }
        );
        assert!((Bucket::new(0, 0, 8192.0).level() - 0.25).abs() < 0.003);
    }

    #[test]
    fn spans_join_and_cover_all() {
        for len in [1, 7, 799, 800, 801, 12_345, u64::MAX] {
            let n = u16::try_from(len.min(800)).unwrap();
            let mut end = 0;
            for i in 0..n {
                let span = Overview::span(i, n, len);
                assert_eq!(span.start, end);
                assert!(span.end > span.start, "bucket {i} of {n} over {len}");
                end = span.end;
            }
            assert_eq!(end, len);
        }
    }

    #[test]
    fn an_overview_survives_its_bytes_and_damage_does_not_pass() {
        let buckets: Vec<_> = (0..6_i16)
            .map(|i| Bucket::new(-i * 5000, i * 5000, f64::from(i) * 3000.0))
            .collect();
        let overview = Overview::new(2, buckets.clone()).unwrap();
        assert_eq!(
            (overview.count(), overview.lane(1), overview.lane(2)),
            (3, &buckets[3..], &[][..])
        );
        let bytes = overview.to_bytes();
        assert_eq!(Overview::from_bytes(&bytes), Ok(overview));
        for len in 0..bytes.len() {
            assert_eq!(Overview::from_bytes(&bytes[..len]), Err(BadOverview), "{len} bytes");
        }
        for (at, value) in [(0, 2), (1, 0), (1, 1), (1, 3), (2, 4), (3, 1)] {
            let mut bytes = bytes.clone();
            bytes[at] = value;
            assert_eq!(Overview::from_bytes(&bytes), Err(BadOverview), "byte {at} = {value}");
        }
        assert_eq!(Overview::new(1, vec![Bucket::default(); 801]), None);
    }
}
