//! Taking the bytes in: one pass that writes, hashes, measures and draws, and never holds the whole.

use std::io::{self, Read, Write};

use audio::{Intake, Limits, Measured};
use model::{problem::Refusal, sound::Layout};

use crate::{
    error::Error,
    recordings::can_be_entered,
    storage::{Incoming, Storage},
};

/// A sound that has arrived and is not kept yet.
pub(super) struct Received {
    pub file: Incoming,
    pub measured: Measured,
    /// The same sound as PCM, where the original can only be decoded from its beginning.
    pub rendition: Option<(Incoming, Layout)>,
}

/// Reads a sound to its end. Blocks.
pub(super) fn receive(storage: &Storage, name: &str, mut source: impl Read) -> Result<Received, Error> {
    let full = |error: io::Error| Refusal::Storage {
        detail: error.to_string(),
    };
    let mut file = storage.incoming(name).map_err(full)?;
    let limits = Limits::default();
    let mut intake = Intake::new(limits);
    let mut buffer = vec![0; audio::PIECE];
    loop {
        let read = match source.read(&mut buffer) {
            Ok(0) => break,
            Ok(read) => read,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
            Err(error) => {
                return Err(Refusal::Unreadable {
                    detail: error.to_string(),
                }
                .into());
            }
        };
        let bytes = buffer.get(..read).unwrap_or_default();
        intake.push(bytes).map_err(Refusal::Sound)?;
        file.write_all(bytes).map_err(full)?;
    }
    let measured = intake.finish(file.reread()?)?;
    let rendition = if can_be_entered(measured.layout.codec) {
        None
    } else {
        let mut wav = storage.incoming(&format!("{name}-pcm"))?;
        let layout = audio::decode_to_wav(file.reread()?, &mut wav, &limits)?;
        Some((wav, layout))
    };
    Ok(Received {
        file,
        measured,
        rendition,
    })
}
