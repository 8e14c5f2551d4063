//! What can go wrong: the sound is at fault, or reading and writing it failed.

use std::io;

use model::sound::SoundFault;

/// Why no answer can be given. The two are told apart because a sound at fault is refused for good, while a failing
/// disk says nothing of the sound.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    #[error("{0}")]
    Sound(SoundFault),
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl From<SoundFault> for Error {
    fn from(fault: SoundFault) -> Self {
        Self::Sound(fault)
    }
}

impl Error {
    /// The fault of the sound, if it is at fault.
    #[must_use]
    pub const fn fault(&self) -> Option<SoundFault> {
        match self {
            Self::Sound(fault) => Some(*fault),
            Self::Io(_) => None,
        }
    }
}
