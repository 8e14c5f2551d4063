//! Passwords: argon2id at the OWASP floor, two at a time, in memory that is used again.
//!
//! Without the two limits a storm of sign-ins takes 19 MiB each and every core: 64 of them take the machine.

use std::{
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicUsize, Ordering},
        mpsc,
    },
    thread,
};

use argon2::{Algorithm, Argon2, Block, Params, Version};
use base64::{Engine, engine::general_purpose::STANDARD_NO_PAD};
use model::{
    password::LONGEST,
    problem::{Field, Invalid, Problem},
};
use subtle::ConstantTimeEq;
use tokio::sync::oneshot;
use unicode_normalization::UnicodeNormalization;

use crate::{Chance, Error};

/// How many are hashed at a time, and how many may wait for their turn.
const AT_ONCE: usize = 2;
const WAITING: usize = 32;

/// Hashes and checks passwords without letting anyone exhaust the machine by it.
#[derive(Clone)]
pub struct Hasher {
    work: mpsc::Sender<Work>,
    waiting: Arc<AtomicUsize>,
}

impl Default for Hasher {
    fn default() -> Self {
        let (work, todo) = mpsc::channel();
        let todo = Arc::new(Mutex::new(todo));
        for _ in 0..AT_ONCE {
            let todo = todo.clone();
            let thread = thread::Builder::new().name("hash".to_owned());
            if let Err(error) = thread.spawn(move || hash_all(&todo)) {
                tracing::error!(%error, "a thread that hashes passwords could not be started");
            }
        }
        Self {
            work,
            waiting: Arc::default(),
        }
    }
}

/// One password to hash.
struct Work {
    password: String,
    salt: Vec<u8>,
    params: Params,
    done: oneshot::Sender<Result<Vec<u8>, Error>>,
    _place: Place,
}

/// Hashes what comes, in memory that is used again. Steps back for everything else the process does: whoever is inside is
/// not slower because many want in.
fn hash_all(todo: &Mutex<mpsc::Receiver<Work>>) {
    // On Linux this is the thread's own.
    if let Err(error) = rustix::process::nice(19) {
        tracing::warn!(%error, "passwords are hashed as if nothing were more urgent");
    }
    let mut memory = vec![];
    loop {
        let next = todo.lock().unwrap_or_else(PoisonError::into_inner).recv();
        let Ok(work) = next else { return };
        // Whoever has hung up needs no answer.
        if work.done.is_closed() {
            continue;
        }
        // Should one of them bring it down, the asker is told, and the thread goes on with the next.
        if let Ok(hash) = catch_unwind(AssertUnwindSafe(|| work.hash(&mut memory))) {
            drop(work.done.send(hash));
        }
    }
}

impl Work {
    fn hash(&self, memory: &mut Vec<Block>) -> Result<Vec<u8>, Error> {
        memory.resize(self.params.block_count(), Block::default());
        let mut hash = vec![0; 32];
        Argon2::new(Algorithm::Argon2id, Version::V0x13, self.params.clone())
            .hash_password_into_with_memory(self.password.as_bytes(), &self.salt, &mut hash, memory)
            .map_err(|error| Error::internal(error.to_string()))?;
        Ok(hash)
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
        let place = Place(self.waiting.clone());
        if place.0.fetch_add(1, Ordering::SeqCst) >= AT_ONCE + WAITING {
            return Err(Problem::Busy { retry_s: 2 }.into());
        }
        let (done, hash) = oneshot::channel();
        let work = Work {
            password,
            salt,
            params,
            done,
            _place: place,
        };
        self.work.send(work).map_err(|_| Error::internal("nobody hashes"))?;
        hash.await.map_err(Error::internal)?
    }
}

/// The form that is hashed: an Å is one sign or two, as the keyboard has it, and is the same Å (NFKC).
fn one_form(password: &str) -> String {
    password.nfkc().collect()
}

/// One who waits or works; leaves when dropped.
struct Place(Arc<AtomicUsize>);

impl Drop for Place {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::SeqCst);
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
        // The last place is left just after its answer.
        while hasher.waiting.load(Ordering::SeqCst) > 0 {
            tokio::task::yield_now().await;
        }
    }
}
