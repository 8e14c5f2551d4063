//! The one pass in which a sound arrives, for every door: what it is, how long, what it looks like, who speaks, and its hash.

use model::sound::{Layout, Overview, SoundFault, Talk};
use sha2::{Digest, Sha256};

use crate::{Error, Survey, Surveyed, decode::Source, limits::Limits};

/// Takes a file in pieces of any size as it arrives.
#[derive(Debug)]
pub struct Intake {
    survey: Survey,
    hash: Sha256,
    bytes: u64,
}

/// All there is to know of a sound that has arrived.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measured {
    pub layout: Layout,
    /// SHA-256 of the whole file.
    pub sha256: [u8; 32],
    /// Bytes of the whole file.
    pub bytes: u64,
    pub overview: Overview,
    pub talk: Talk,
}

impl Intake {
    #[must_use]
    pub fn new(limits: Limits) -> Self {
        Self {
            survey: Survey::new(limits),
            hash: Sha256::new(),
            bytes: 0,
        }
    }

    /// The next bytes of the file.
    ///
    /// # Errors
    /// What is wrong, as soon as it is seen. Nothing more may be pushed then.
    pub fn push(&mut self, bytes: &[u8]) -> Result<(), SoundFault> {
        self.bytes += bytes.len() as u64;
        self.survey.push(bytes)?;
        self.hash.update(bytes);
        Ok(())
    }

    /// All of the file has been pushed, and lies in `file`: what must be decoded is decoded from there. That takes time;
    /// linear samples and G.711 take none.
    ///
    /// # Errors
    /// A fault of the sound, or the file cannot be read.
    pub fn finish(self, file: &mut impl Source) -> Result<Measured, Error> {
        let Surveyed { layout, overview, talk } = self.survey.finish(file)?;
        Ok(Measured {
            layout,
            sha256: self.hash.finalize().into(),
            bytes: self.bytes,
            overview,
            talk,
        })
    }
}
