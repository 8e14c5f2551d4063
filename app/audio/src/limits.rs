//! How much of a sound is taken.

use model::sound::{Layout, SoundFault};

/// What a sound may not exceed. The default is what a telephone call can be, with room to spare.
#[derive(Debug, Clone, Copy)]
pub struct Limits {
    /// Bytes of the file.
    pub file_bytes: u64,
    /// Length of the sound in seconds.
    pub seconds: u64,
    /// Bytes of the sound as 16-bit samples: it must fit a WAV file.
    pub decoded_bytes: u64,
    /// How many times larger than its file a sound may be once decoded, beyond [`Self::free_bytes`]. A silent stereo
    /// call in Opus, sent as one byte for each 20 ms, reaches 1 500.
    pub inflation: u32,
    /// Decoded bytes that are never too many for a file, however small.
    pub free_bytes: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            file_bytes: 4 << 30,
            seconds: 24 * 60 * 60,
            decoded_bytes: u64::from(u32::MAX) - 64,
            inflation: 2048,
            free_bytes: 64 << 20,
        }
    }
}

impl Limits {
    /// Refuses what is too much before anything is decoded.
    ///
    /// # Errors
    /// [`SoundFault::TooLong`], [`SoundFault::TooLarge`], [`SoundFault::Inflation`].
    pub(crate) fn check(&self, sound: Extent, file_bytes: u64) -> Result<(), SoundFault> {
        if sound.frames > self.seconds.saturating_mul(u64::from(sound.rate)) {
            return Err(SoundFault::TooLong {
                limit_seconds: self.seconds,
            });
        }
        let decoded = sound.frames.saturating_mul(2 * u64::from(sound.channels));
        if decoded > self.decoded_bytes {
            return Err(SoundFault::TooLarge {
                limit_bytes: self.decoded_bytes,
            });
        }
        let inflated = file_bytes.saturating_mul(u64::from(self.inflation));
        if decoded > inflated.saturating_add(self.free_bytes) {
            return Err(SoundFault::Inflation { limit: self.inflation });
        }
        Ok(())
    }
}

/// How much sound there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Extent {
    pub channels: u8,
    pub rate: u32,
    pub frames: u64,
}

impl Extent {
    /// # Errors
    /// [`SoundFault::Channels`], [`SoundFault::Rate`], [`SoundFault::Empty`].
    pub(crate) fn new(channels: u16, rate: u32, frames: u64) -> Result<Self, SoundFault> {
        let taken = u8::try_from(channels).ok().filter(|n| (1..=2).contains(n));
        let channels = taken.ok_or(SoundFault::Channels { n: channels })?;
        if !(8_000..=48_000).contains(&rate) {
            return Err(SoundFault::Rate { hz: rate });
        }
        if frames == 0 {
            return Err(SoundFault::Empty);
        }
        Ok(Self { channels, rate, frames })
    }
}

impl From<&Layout> for Extent {
    fn from(
        &Layout {
            channels, rate, frames, ..
        }: &Layout,
    ) -> Self {
        Self { channels, rate, frames }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_limit_has_its_own_fault() {
        let limits = Limits::default();
        let check = |channels, rate, seconds: u64, file| {
            let sound = Extent {
                channels,
                rate,
                frames: seconds * u64::from(rate),
            };
            limits.check(sound, file).err().map(|fault| fault.code())
        };
        assert_eq!(check(2, 8_000, 24 * 3600, 1 << 30), None);
        assert_eq!(check(1, 8_000, 24 * 3600 + 1, 1 << 30), Some("too_long"));
        assert_eq!(check(2, 48_000, 7 * 3600, 1 << 30), Some("too_large"));
        assert_eq!(check(2, 48_000, 3600, 1000), Some("inflation"));
        assert_eq!(check(2, 8_000, 60, 1), None);
    }

    #[test]
    fn only_mono_and_stereo_of_telephone_and_studio_rates() {
        assert_eq!(Extent::new(0, 8000, 1), Err(SoundFault::Channels { n: 0 }));
        assert_eq!(Extent::new(258, 8000, 1), Err(SoundFault::Channels { n: 258 }));
        assert_eq!(Extent::new(1, 7999, 1), Err(SoundFault::Rate { hz: 7999 }));
        assert_eq!(Extent::new(1, 48_001, 1), Err(SoundFault::Rate { hz: 48_001 }));
        assert_eq!(Extent::new(2, 48_000, 0), Err(SoundFault::Empty));
    }
}
