//! A closer look at a part of a sound, made when it is asked for.

use std::{io, ops::Range};

use model::sound::{Layout, Overview};

use crate::{PIECE, meter::Meter, tally::Coding};

/// The overview of some frames of a sound whose samples stand on their own, in at most `buckets` buckets for each channel
/// (and at most [`Overview::MOST`]). `read_at` fills its room with the bytes of the file from that position on.
///
/// `None` for a sound that must be decoded from its beginning: its rendition has the window. Frames outside the sound
/// are left out.
///
/// # Errors
/// What `read_at` failed with.
pub fn window(
    mut read_at: impl FnMut(u64, &mut [u8]) -> io::Result<()>,
    layout: &Layout,
    frames: Range<u64>,
    buckets: u16,
) -> io::Result<Option<Overview>> {
    let Some(coding) = Coding::of(layout.codec) else {
        return Ok(None);
    };
    let frames = frames.start.min(layout.frames)..frames.end.min(layout.frames);
    let count = frames.end.saturating_sub(frames.start);
    let size = coding.bytes() as u64 * u64::from(layout.channels);
    let mut at = layout.data_start.saturating_add(frames.start.saturating_mul(size));
    let mut left = count.saturating_mul(size);
    let mut meter = Meter::new(coding, layout.channels, count, buckets);
    let mut room = vec![0; usize::try_from(left).unwrap_or(PIECE).min(PIECE)];
    while left > 0 {
        let piece = usize::try_from(left).unwrap_or(PIECE).min(PIECE);
        let piece = &mut room[..piece];
        read_at(at, piece)?;
        meter.push(piece);
        at = at.saturating_add(piece.len() as u64);
        left -= piece.len() as u64;
    }
    Ok(meter.finish())
}

#[cfg(test)]
mod tests {
    use model::sound::{Bucket, Codec, Container};

    use super::*;

    fn layout(codec: Codec, channels: u8, frames: u64) -> Layout {
        Layout {
            codec,
            container: Container::Wav,
            channels,
            rate: 8000,
            frames,
            data_start: 44,
            data_len: 0,
        }
    }

    fn look(file: &[u8], layout: &Layout, frames: Range<u64>, buckets: u16) -> Option<Overview> {
        let read_at = |at: u64, room: &mut [u8]| {
            let at = usize::try_from(at).unwrap();
            room.copy_from_slice(&file[at..at + room.len()]);
            Ok(())
        };
        window(read_at, layout, frames, buckets).unwrap()
    }

    #[test]
    fn a_window_sees_its_frames_only() {
        let mut file = vec![0xd5; 44 + 2 * 400_000];
        file[44 + 2 * 300_000 + 1] = 0x2a;
        let layout = layout(Codec::Alaw, 2, 400_000);
        let overview = look(&file, &layout, 299_990..300_010, 5).unwrap();
        assert_eq!((overview.count(), overview.channels()), (5, 2));
        let silence = Bucket::new(8, 8, 8.0);
        assert_eq!(overview.lane(0), [silence; 5]);
        assert_eq!([0, 1, 3, 4].map(|i| overview.lane(1)[i]), [silence; 4]);
        assert_eq!(overview.lane(1)[2].min, -126);
        let whole = look(&file, &layout, 0..u64::MAX, 10_000).unwrap();
        assert_eq!(whole.count(), 800);
        assert_eq!(whole.lane(1).iter().filter(|bucket| **bucket != silence).count(), 1);
    }

    #[test]
    fn nothing_to_see() {
        let gsm = layout(Codec::Gsm, 1, 160);
        assert_eq!(look(&[], &gsm, 0..160, 10), None);
        let alaw = layout(Codec::Alaw, 1, 160);
        #[expect(clippy::reversed_empty_ranges, reason = "what an address line may ask for")]
        for range in [5..5, 9..2, 200..300] {
            assert_eq!(look(&[], &alaw, range, 10).map(|overview| overview.count()), Some(0));
        }
    }
}
