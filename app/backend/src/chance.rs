//! Randomness as an argument, and the two things made of it: ids that count nothing, and secrets.

use std::sync::atomic::{AtomicI64, Ordering};

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use model::instant::Instant;
use sha2::{Digest, Sha256};

use crate::error::Error;

/// Where randomness comes from.
pub trait Chance: Send + Sync {
    /// Fills the buffer with bytes nobody can foresee.
    ///
    /// # Errors
    /// When the system has none to give.
    fn fill(&self, buffer: &mut [u8]) -> Result<(), Error>;
}

/// The system's own generator.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemChance;

impl Chance for SystemChance {
    fn fill(&self, buffer: &mut [u8]) -> Result<(), Error> {
        #[expect(clippy::disallowed_methods, reason = "the one place that asks the system")]
        let filled = getrandom::fill(buffer);
        filled.map_err(Error::internal)
    }
}

/// 2020-01-01 UTC, from which ids count their milliseconds.
pub(crate) const EPOCH_MS: i64 = 1_577_836_800_000;

/// Makes ids that sort by time of making and tell nobody how many others there are: milliseconds since 2020 and 12 random
/// bits, together 53 bits, so that they also survive a program that knows only floating-point numbers. No two of one
/// process are the same; two processes meet only when they draw the same bits in the same millisecond.
#[derive(Debug, Default)]
pub struct Ids(AtomicI64);

impl Ids {
    /// A new id.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn make(&self, chance: &dyn Chance, now: Instant) -> Result<i64, Error> {
        let mut random = [0; 2];
        chance.fill(&mut random)?;
        let drawn = ((now.0 - EPOCH_MS).max(0) << 12) | i64::from(u16::from_le_bytes(random) & 0x0fff);
        let last = self.0.fetch_max(drawn, Ordering::SeqCst);
        Ok(if drawn > last {
            drawn
        } else {
            self.0.fetch_add(1, Ordering::SeqCst) + 1
        })
    }
}

/// So many signs a secret has.
pub(crate) const SECRET_SIGNS: usize = 43;

/// A secret of 256 bits that is shown once; only its hash is kept.
pub struct Secret(String);

impl Secret {
    /// A new secret.
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn new(chance: &dyn Chance) -> Result<Self, Error> {
        let mut random = [0; 32];
        chance.fill(&mut random)?;
        Ok(Self(URL_SAFE_NO_PAD.encode(random)))
    }

    /// What its owner carries.
    #[must_use]
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What is kept of it.
    #[must_use]
    pub fn hash(&self) -> String {
        hash(&self.0)
    }
}

/// Words that can be read aloud: letters and digits in groups of four, none of them easily taken for another.
///
/// # Errors
/// When the system has no randomness to give.
pub fn spoken_code(chance: &dyn Chance, groups: usize) -> Result<String, Error> {
    const SIGNS: [char; 32] = [
        'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'J', 'K', 'L', 'M', 'N', 'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X',
        'Y', 'Z', '2', '3', '4', '5', '6', '7', '8', '9',
    ];
    let mut random = vec![0; groups * 4];
    chance.fill(&mut random)?;
    let signs: Vec<char> = random
        .iter()
        .filter_map(|byte| SIGNS.get(usize::from(byte & 31)).copied())
        .collect();
    Ok(signs
        .chunks(4)
        .map(|group| group.iter().collect::<String>())
        .collect::<Vec<_>>()
        .join("-"))
}

/// The form in which a carried secret is kept and looked up: SHA-256, hexadecimal.
#[must_use]
pub fn hash(secret: &str) -> String {
    hex(&Sha256::digest(secret.as_bytes()))
}

/// Bytes as lower-case hexadecimal digits.
#[must_use]
pub fn hex(bytes: &[u8]) -> String {
    const DIGITS: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'a', 'b', 'c', 'd', 'e', 'f',
    ];
    bytes
        .iter()
        .flat_map(|byte| [DIGITS[usize::from(byte >> 4)], DIGITS[usize::from(byte & 15)]])
        .collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn ids_sort_by_time_and_fit_a_float() {
        let (ids, early, late) = (Ids::default(), Instant(1_700_000_000_000), Instant(1_700_000_000_001));
        let made: BTreeSet<i64> = (0..1_000).map(|_| ids.make(&SystemChance, early).unwrap()).collect();
        assert_eq!(made.len(), 1_000, "no two are the same");
        assert!(ids.make(&SystemChance, Instant(late.0 + 1)).unwrap() > *made.last().unwrap());
        assert!(
            Ids::default()
                .make(&SystemChance, Instant(EPOCH_MS + (1 << 41) - 1))
                .unwrap()
                < 1 << 53
        );
    }

    #[test]
    fn a_secret_is_kept_as_its_hash() {
        let secret = Secret::new(&SystemChance).unwrap();
        assert_eq!(secret.reveal().len(), SECRET_SIGNS);
        assert_eq!(secret.hash(), hash(secret.reveal()));
        assert_ne!(secret.hash(), Secret::new(&SystemChance).unwrap().hash());
    }

    #[test]
    fn sha256_of_nothing() {
        assert_eq!(
            hash(""),
            "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
        );
    }
}
