//! What a sound is and what it looks like, found while its bytes flow by.

use std::io::{self, SeekFrom};

use model::sound::{Layout, Overview, SoundFault, Talk};

use crate::{
    Error,
    decode::{self, Source},
    limits::Limits,
    meter::Meter,
    riff::Riff,
    sniff::{HEAD, Kind, sniff},
    tally::Coding,
};

/// What a sound is, what it looks like, and who speaks in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Surveyed {
    pub layout: Layout,
    pub overview: Overview,
    pub talk: Talk,
}

/// Takes a file in pieces of any size and ends in its layout, its overview and its talk.
///
/// WAV with linear samples or G.711 needs no second look: all is known when the last byte has passed. Every other
/// format is decoded at the end, from the file.
#[derive(Debug)]
pub struct Survey {
    limits: Limits,
    bytes: u64,
    head: Vec<u8>,
    state: State,
}

#[derive(Debug)]
enum State {
    /// The kind of the file is not known yet.
    Begun,
    Wav(Box<(Riff, Option<Meter>)>),
    Other(Kind),
}

impl Survey {
    #[must_use]
    pub const fn new(limits: Limits) -> Self {
        Self {
            limits,
            bytes: 0,
            head: Vec::new(),
            state: State::Begun,
        }
    }

    /// The next bytes of the file.
    ///
    /// # Errors
    /// What is wrong, as soon as it is seen. Nothing more may be pushed then.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), SoundFault> {
        self.bytes += bytes.len() as u64;
        if self.bytes > self.limits.file_bytes {
            return Err(SoundFault::TooLarge {
                limit_bytes: self.limits.file_bytes,
            });
        }
        let State::Begun = self.state else {
            return self.pass(bytes);
        };
        let (head, rest) = bytes.split_at(bytes.len().min(HEAD - self.head.len()));
        self.head.extend(head);
        if self.head.len() == HEAD {
            self.begin()?;
        }
        self.pass(rest)
    }

    fn begin(&mut self) -> Result<(), SoundFault> {
        self.state = match sniff(&self.head)? {
            Kind::Wav => State::Wav(Box::new((Riff::new(self.limits), None))),
            kind => State::Other(kind),
        };
        let head = std::mem::take(&mut self.head);
        self.pass(&head)
    }

    fn pass(&mut self, bytes: &[u8]) -> Result<(), SoundFault> {
        let State::Wav(wav) = &mut self.state else {
            return Ok(());
        };
        let (riff, meter) = &mut **wav;
        riff.push(bytes, |layout, sound| {
            if let Some(coding) = Coding::of(layout.codec) {
                meter.get_or_insert_with(|| meter_of(coding, layout)).push(sound);
            }
        })
    }

    /// All of the file has been pushed. `file` is that file, from which what must be decoded is decoded.
    ///
    /// # Errors
    /// A fault of the sound, or the file cannot be read.
    pub fn finish(mut self, file: &mut impl Source) -> Result<Surveyed, Error> {
        if let State::Begun = self.state {
            self.begin()?;
        }
        let (kind, wav) = match self.state {
            State::Wav(wav) => match *wav {
                (riff, Some(meter)) => {
                    let layout = riff.finish()?;
                    return surveyed(layout, meter);
                }
                (riff, None) => (Kind::Wav, Some(riff.finish()?)),
            },
            State::Other(kind) => (kind, None),
            State::Begun => return Err(SoundFault::NotSound.into()),
        };
        if file.seek(SeekFrom::End(0))? != self.bytes {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "not the file that was pushed").into());
        }
        let decoding = decode::open(kind, wav, file, &self.limits)?;
        let layout = decoding.layout;
        let mut meter = meter_of(Coding::Pcm16, &layout);
        decoding.run(|bytes| {
            meter.push(bytes);
            Ok(())
        })?;
        surveyed(layout, meter)
    }
}

fn meter_of(coding: Coding, layout: &Layout) -> Meter {
    Meter::new(coding, layout.channels, layout.frames, Overview::MOST).listening(layout.rate)
}

fn surveyed(layout: Layout, meter: Meter) -> Result<Surveyed, Error> {
    let (overview, talk) = meter.finish_with_talk().ok_or(SoundFault::NotSound)?;
    Ok(Surveyed { layout, overview, talk })
}
