//! Passwords: argon2id at the OWASP floor, two at a time, in memory that is used again.
//!
//! Without the two limits a storm of sign-ins takes 19 MiB each and every core: 64 of them take the machine.

use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicUsize, Ordering},
};

use argon2::{Algorithm, Argon2, Block, Params, Version};
use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use model::{
    password::LONGEST,
    problem::{Field, Invalid, Problem},
};
use subtle::ConstantTimeEq;
use tokio::sync::Semaphore;
use unicode_normalization::UnicodeNormalization;

use crate::{Chance, Error};

/// How many are hashed at a time, and how many may wait for their turn.
const AT_ONCE: usize = 2;
const WAITING: usize = 32;

/// Hashes and checks passwords without letting anyone exhaust the machine by it.
#[derive(Clone)]
pub struct Hasher(Arc<Inner>);

struct Inner {
    turns: Arc<Semaphore>,
    waiting: AtomicUsize,
    memory: Mutex<Vec<Vec<Block>>>,
}

impl Default for Hasher {
    fn default() -> Self {
        Self(Arc::new(Inner {
            turns: Arc::new(Semaphore::new(AT_ONCE)),
            waiting: AtomicUsize::new(0),
            memory: Mutex::new(Vec::new()),
        }))
    }
}

/// A password in the form it is kept: the PHC string of argon2id.
struct Kept {
    params: Params,
    salt: Vec<u8>,
    hash: Vec<u8>,
}

impl Hasher {
    /// The form to keep of a new password, which was judged before.
    ///
    /// # Errors
    /// When the password is too long, or [`Problem::Busy`].
    pub async fn hash(&self, password: &str, chance: &dyn Chance) -> Result<String, Error> {
        if password.chars().count() > LONGEST as usize {
            return Err(Error::invalid(Field::Password, Invalid::TooLong { most: LONGEST }));
        }
        let mut salt = vec![0; 16];
        chance.fill(&mut salt)?;
        let hash = self.run(one_form(password), salt.clone(), Params::DEFAULT).await?;
        Ok(format!(
            "$argon2id$v=19$m={},t={},p={}${}${}",
            Params::DEFAULT.m_cost(),
            Params::DEFAULT.t_cost(),
            Params::DEFAULT.p_cost(),
            STANDARD_NO_PAD.encode(salt),
            STANDARD_NO_PAD.encode(hash),
        ))
    }

    /// Whether `password` is the one that was kept. Without one kept the work is done all the same, so that nobody
    /// learns from the time it takes which addresses have an account.
    ///
    /// # Errors
    /// [`Problem::Busy`].
    pub async fn check(&self, password: &str, kept: Option<&str>) -> Result<bool, Error> {
        if password.chars().count() > LONGEST as usize {
            return Ok(false);
        }
        let kept = kept.and_then(Kept::parse);
        let known = kept.is_some();
        let kept = kept.unwrap_or_else(|| Kept {
            params: Params::DEFAULT,
            salt: vec![0; 16],
            hash: vec![0; 32],
        });
        let hash = self.run(one_form(password), kept.salt, kept.params).await?;
        Ok(known & bool::from(hash.ct_eq(&kept.hash)))
    }

    async fn run(&self, password: String, salt: Vec<u8>, params: Params) -> Result<Vec<u8>, Error> {
        let place = Place(self.0.clone());
        if place.0.waiting.fetch_add(1, Ordering::SeqCst) >= AT_ONCE + WAITING {
            return Err(Problem::Busy { retry_s: 2 }.into());
        }
        let turn = self.0.turns.clone().acquire_owned().await.map_err(Error::internal)?;
        let this = self.clone();
        // Whoever hangs up gives up waiting, but not the place of work that goes on.
        let work = move || {
            let (_place, _turn) = (place, turn);
            this.work(&password, &salt, params)
        };
        tokio::task::spawn_blocking(work).await.map_err(Error::internal)?
    }

    fn work(&self, password: &str, salt: &[u8], params: Params) -> Result<Vec<u8>, Error> {
        let spare = || self.0.memory.lock().unwrap_or_else(PoisonError::into_inner);
        let mut memory = spare().pop().unwrap_or_default();
        memory.resize(params.block_count(), Block::default());
        let mut hash = vec![0; 32];
        let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
        let done = argon.hash_password_into_with_memory(password.as_bytes(), salt, &mut hash, &mut memory);
        let mut spare = spare();
        if spare.len() < AT_ONCE {
            spare.push(memory);
        }
        drop(spare);
        done.map_err(|error| Error::internal(error.to_string()))?;
        Ok(hash)
    }
}

/// The form that is hashed: an Å is one sign or two, as the keyboard has it, and is the same Å (NFKC).
fn one_form(password: &str) -> String {
    password.nfkc().collect()
}

/// One who waits or works; leaves when dropped.
struct Place(Arc<Inner>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.waiting.fetch_sub(1, Ordering::SeqCst);
    }
}

impl Kept {
    fn parse(text: &str) -> Option<Self> {
        let mut parts = text.strip_prefix("$argon2id$v=19$")?.split('$');
        let mut costs = parts
            .next()?
            .split(',')
            .filter_map(|cost| cost.split_once('=')?.1.parse::<u32>().ok());
        let params = Params::new(costs.next()?, costs.next()?, costs.next()?, None).ok()?;
        let salt = STANDARD_NO_PAD.decode(parts.next()?).ok()?;
        let hash = STANDARD_NO_PAD.decode(parts.next()?).ok()?;
        Some(Self { params, salt, hash })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SystemChance;

    #[tokio::test]
    async fn the_right_password_and_no_other() {
        let hasher = Hasher::default();
        let kept = hasher.hash("Sommar-2026!", &SystemChance).await.unwrap();
        assert!(hasher.check("Sommar-2026!", Some(&kept)).await.unwrap());
        assert!(!hasher.check("sommar-2026!", Some(&kept)).await.unwrap());
        assert!(!hasher.check("Sommar-2026!", None).await.unwrap());
        assert!(
            !hasher
                .check("Sommar-2026!", Some("$argon2id$v=19$broken"))
                .await
                .unwrap()
        );
    }

    #[tokio::test]
    async fn one_password_typed_on_two_keyboards_is_one() {
        let hasher = Hasher::default();
        let kept = hasher.hash("\u{c5}ngström-2026!", &SystemChance).await.unwrap();
        assert!(hasher.check("A\u{30a}ngström-2026!", Some(&kept)).await.unwrap());
    }

    #[tokio::test]
    async fn nobody_makes_us_hash_a_book() {
        let hashed = Hasher::default().hash(&"å".repeat(129), &SystemChance).await;
        assert!(matches!(hashed, Err(Error::Problem(Problem::Invalid(_)))));
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 2)]
    async fn a_storm_is_answered_and_not_hashed() {
        let hasher = Hasher::default();
        let storm: Vec<_> = (0..60)
            .map(|_| {
                let hasher = hasher.clone();
                tokio::spawn(async move { hasher.check("gissning", None).await })
            })
            .collect();
        let mut refused = 0;
        for guess in storm {
            match guess.await.unwrap() {
                Ok(right) => assert!(!right),
                Err(Error::Problem(Problem::Busy { .. })) => refused += 1,
                Err(other) => panic!("{other}"),
            }
        }
        assert!(refused > 0, "60 at once must meet the end of the queue");
        assert!(hasher.0.memory.lock().unwrap().len() <= AT_ONCE);
        assert_eq!(hasher.0.waiting.load(Ordering::SeqCst), 0);
    }
}
