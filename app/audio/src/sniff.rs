//! What a file is, by its first bytes. Its name is never looked at.

use model::sound::{Format, SoundFault};

use crate::{decode::mp3, gsm::Packing, riff};

/// Bytes that decide: a frame of GSM and the beginning of the next.
pub const HEAD: usize = 34;

/// A kind of file that is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    Wav,
    /// Frames of GSM 06.10 with nothing around them.
    Gsm,
    /// MPEG audio, perhaps after an ID3 tag.
    Mpeg,
    Ogg,
    Flac,
}

/// The kind of a file that begins so. `head` is its first [`HEAD`] bytes, or all of them if there are fewer.
///
/// # Errors
/// [`SoundFault::Empty`], [`SoundFault::NotSound`] or [`SoundFault::Format`].
pub fn sniff(head: &[u8]) -> Result<Kind, SoundFault> {
    let (first, rest) = head.split_first().ok_or(SoundFault::Empty)?;
    let (frame, _) = Packing::Toast.block();
    if riff::is_wav(head) {
        Ok(Kind::Wav)
    } else if head.starts_with(b"OggS") {
        Ok(Kind::Ogg)
    } else if head.starts_with(b"fLaC") {
        Ok(Kind::Flac)
    } else if head.starts_with(b"ID3") || mp3::begins(head) {
        Ok(Kind::Mpeg)
    } else if let Some(format) = foreign(head) {
        Err(SoundFault::Format { format })
    } else if Packing::Toast.marks(&[*first]) && rest.get(frame - 1).is_none_or(|&b| b >> 4 == 0xd) {
        Ok(Kind::Gsm)
    } else {
        Err(SoundFault::NotSound)
    }
}

/// Formats that are known by sight, so that the refusal can name them.
fn foreign(head: &[u8]) -> Option<Format> {
    let kind = head.get(8..12).unwrap_or_default();
    match head {
        [b'F', b'O', b'R', b'M', ..] if kind == b"AIFF" || kind == b"AIFC" => Some(Format::Aiff),
        [b'R', b'F', b'6', b'4', ..] | [b'B', b'W', b'6', b'4', ..] if kind == b"WAVE" => Some(Format::Rf64),
        [_, _, _, _, b'f', b't', b'y', b'p', ..] => Some(Format::Mp4),
        [b'#', b'!', b'A', b'M', b'R', ..] => Some(Format::Amr),
        [b'.', b's', b'n', b'd', ..] => Some(Format::Au),
        [0x1a, 0x45, 0xdf, 0xa3, ..] => Some(Format::Matroska),
        [0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11, ..] => Some(Format::Asf),
        [0xff, 0xf0 | 0xf1 | 0xf8 | 0xf9, ..] => Some(Format::Aac),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_are_told_by_their_first_bytes() {
        let mut gsm = [0; 40];
        gsm[0] = 0xd4;
        gsm[33] = 0xdf;
        let taken: [(&[u8], Kind); 7] = [
            (b"RIFF\x24\0\0\0WAVEfmt ", Kind::Wav),
            (b"OggS\0\x02", Kind::Ogg),
            (b"fLaC\0\0\0\x22", Kind::Flac),
            (b"ID3\x04\0\0\0\0\0\0", Kind::Mpeg),
            (&[0xff, 0xfb, 0x90, 0x64], Kind::Mpeg),
            (&gsm, Kind::Gsm),
            (&gsm[..33], Kind::Gsm),
        ];
        for (head, kind) in taken {
            assert_eq!(sniff(head), Ok(kind), "{head:02x?}");
        }
        gsm[33] = 0;
        let refused: [(&[u8], SoundFault); 8] = [
            (b"", SoundFault::Empty),
            (&gsm, SoundFault::NotSound),
            (b"RIFF\x24\0\0\0AVI LIST", SoundFault::NotSound),
            (b"%PDF-1.7", SoundFault::NotSound),
            (b"FORM\0\0\0\0AIFC", SoundFault::Format { format: Format::Aiff }),
            (b"RF64\xff\xff\xff\xffWAVE", SoundFault::Format { format: Format::Rf64 }),
            (b"\0\0\0\x20ftypM4A ", SoundFault::Format { format: Format::Mp4 }),
            (&[0xff, 0xf1, 0x50, 0x80], SoundFault::Format { format: Format::Aac }),
        ];
        for (head, fault) in refused {
            assert_eq!(sniff(head), Err(fault), "{head:02x?}");
        }
    }
}
