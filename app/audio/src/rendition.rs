//! A sound as a PCM16 WAV file, for those that must be decoded from their beginning.

use std::io::{Error as Failure, Read, SeekFrom, Write};

use model::sound::{Codec, Container, Layout};

use crate::{
    Error, PIECE, VirtualWav,
    decode::{self, Source},
    limits::Limits,
    riff::Riff,
    sniff::{HEAD, Kind, sniff},
    virtual_wav::wav_header,
};

/// Writes the sound of `file` as a PCM16 WAV file and tells where the samples lie in it.
///
/// Sounds whose samples stand on their own are taken too, although a [`VirtualWav`] serves them better.
///
/// # Errors
/// A fault of the sound, or the file cannot be read or `out` not be written: what is written so far is worthless then.
pub fn decode_to_wav(file: &mut impl Source, out: &mut impl Write, limits: &Limits) -> Result<Layout, Error> {
    file.rewind()?;
    let mut head = Vec::with_capacity(HEAD);
    file.by_ref().take(HEAD as u64).read_to_end(&mut head)?;
    let kind = sniff(&head)?;
    let wav = if kind == Kind::Wav {
        Some(located(file, limits)?)
    } else {
        None
    };
    if let Some(wav) = wav.as_ref().and_then(VirtualWav::new) {
        return copy(&wav, file, out);
    }
    let decoding = decode::open(kind, wav, file, limits)?;
    let rendition = rendition(&decoding.layout);
    out.write_all(&wav_header(rendition.channels, rendition.rate, rendition.data_len / 2))?;
    decoding.run(|bytes| out.write_all(bytes))?;
    out.flush()?;
    Ok(rendition)
}

fn rendition(layout: &Layout) -> Layout {
    Layout {
        codec: Codec::Pcm16,
        container: Container::Wav,
        data_start: 44,
        data_len: layout.frames * 2 * u64::from(layout.channels),
        ..*layout
    }
}

/// Where the sound lies in a WAV file.
fn located(file: &mut impl Source, limits: &Limits) -> Result<Layout, Error> {
    file.rewind()?;
    let mut riff = Riff::new(*limits);
    let mut piece = Vec::new();
    loop {
        piece.clear();
        if file.by_ref().take(PIECE as u64).read_to_end(&mut piece)? == 0 {
            return Ok(riff.finish()?);
        }
        riff.push(&piece, |_, _| ())?;
    }
}

fn copy(wav: &VirtualWav, file: &mut impl Source, out: &mut impl Write) -> Result<Layout, Error> {
    let (mut source, mut piece) = (Vec::new(), Vec::new());
    let mut at = 0;
    while at < wav.bytes() {
        let range = at..(at + PIECE as u64).min(wav.bytes());
        let from = wav.source(&range);
        file.seek(SeekFrom::Start(from.start))?;
        source.clear();
        file.by_ref().take(from.end - from.start).read_to_end(&mut source)?;
        piece.clear();
        wav.render(&range, &source, &mut piece).map_err(Failure::other)?;
        out.write_all(&piece)?;
        at = range.end;
    }
    out.flush()?;
    Ok(rendition(&wav.layout))
}
