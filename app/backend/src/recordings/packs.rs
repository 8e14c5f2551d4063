//! The files that are on their way, by the tickets their askers gave them: how far each has come, and a way to stop it. Kept
//! in memory, since a file ends with the process that makes it.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
};

use model::{bulk::PackProgress, id::AccountId, instant::Instant};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use crate::{Backend, Viewer};

/// So many of an account are remembered, and of everyone.
const MOST_OWN: usize = 8;
const MOST: usize = 256;
/// So many are made at a time: each holds files open, and one who takes slowly holds them long.
const AT_A_TIME: usize = 24;
/// So many of these for one account, so that nobody keeps the others from theirs.
const AT_A_TIME_OWN: usize = 4;
const LONGEST_TICKET: usize = 40;

/// The files that are on their way.
pub struct Packs {
    known: Mutex<HashMap<(AccountId, String), Arc<Pack>>>,
    places: Arc<Semaphore>,
    own_places: Mutex<HashMap<AccountId, Arc<Semaphore>>>,
}

/// A place among the files that are made at a time.
pub(super) struct Place {
    _of_all: OwnedSemaphorePermit,
    _own: OwnedSemaphorePermit,
}

impl Default for Packs {
    fn default() -> Self {
        Self {
            known: Mutex::default(),
            places: Arc::new(Semaphore::new(AT_A_TIME)),
            own_places: Mutex::default(),
        }
    }
}

/// One of them.
#[derive(Debug)]
pub(super) struct Pack {
    begun: Instant,
    total: u64,
    done: AtomicU64,
    left_out: AtomicU64,
    bytes: AtomicU64,
    stopped: AtomicBool,
    ended: AtomicBool,
}

impl Pack {
    pub(super) fn new(total: u64, now: Instant) -> Self {
        Self {
            begun: now,
            total,
            done: AtomicU64::new(0),
            left_out: AtomicU64::new(0),
            bytes: AtomicU64::new(0),
            stopped: AtomicBool::new(false),
            ended: AtomicBool::new(false),
        }
    }

    pub(super) fn add_done(&self, count: u64) {
        self.done.fetch_add(count, Ordering::Relaxed);
    }

    pub(super) fn add_left_out(&self) {
        self.left_out.fetch_add(1, Ordering::Relaxed);
    }

    pub(super) fn add_bytes(&self, bytes: u64) {
        self.bytes.fetch_add(bytes, Ordering::Relaxed);
    }

    pub(super) fn end(&self) {
        self.ended.store(true, Ordering::SeqCst);
    }

    pub(super) fn is_stopped(&self) -> bool {
        self.stopped.load(Ordering::SeqCst)
    }

    fn progress(&self) -> PackProgress {
        PackProgress {
            ended: self.ended.load(Ordering::SeqCst),
            done: self.done.load(Ordering::Relaxed),
            total: self.total,
            left_out: self.left_out.load(Ordering::Relaxed),
            bytes: self.bytes.load(Ordering::Relaxed),
        }
    }
}

impl Packs {
    /// A place among those that are made at a time; none where all are taken, or all that one account may have.
    pub(super) fn place(&self, account: AccountId) -> Option<Place> {
        let own = {
            let mut places = self.own_places.lock().unwrap_or_else(PoisonError::into_inner);
            places.retain(|_, own| own.available_permits() < AT_A_TIME_OWN);
            let new = || Arc::new(Semaphore::new(AT_A_TIME_OWN));
            places.entry(account).or_insert_with(new).clone().try_acquire_owned()
        };
        Some(Place {
            _own: own.ok()?,
            _of_all: self.places.clone().try_acquire_owned().ok()?,
        })
    }

    /// Remembers a file. What has ended makes room first; where all are on their way, the oldest is no longer spoken of.
    pub(super) fn add(&self, account: AccountId, ticket: &str, pack: Arc<Pack>) {
        if !is_ticket(ticket) {
            return;
        }
        let mut packs = self.packs();
        packs.remove(&(account, ticket.to_owned()));
        while packs.keys().filter(|(of, _)| *of == account).count() >= MOST_OWN {
            forget_oldest(&mut packs, |of| of == account);
        }
        if packs.len() >= MOST {
            forget_oldest(&mut packs, |_| true);
        }
        packs.insert((account, ticket.to_owned()), pack);
    }

    fn find(&self, account: AccountId, ticket: &str) -> Option<Arc<Pack>> {
        self.packs().get(&(account, ticket.to_owned())).cloned()
    }

    fn packs(&self) -> MutexGuard<'_, HashMap<(AccountId, String), Arc<Pack>>> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn forget_oldest(packs: &mut HashMap<(AccountId, String), Arc<Pack>>, among: impl Fn(AccountId) -> bool) {
    let oldest = packs
        .iter()
        .filter(|((of, _), _)| among(*of))
        .min_by_key(|(_, pack)| (!pack.ended.load(Ordering::SeqCst), pack.begun))
        .map(|(key, _)| key.clone());
    if let Some(key) = oldest {
        packs.remove(&key);
    }
}

/// Whether it is a ticket: a word that can stand in an address as it is.
fn is_ticket(ticket: &str) -> bool {
    (1..=LONGEST_TICKET).contains(&ticket.len())
        && ticket
            .bytes()
            .all(|sign| sign.is_ascii_alphanumeric() || b"-_".contains(&sign))
}

impl Backend {
    /// How far a file of the viewer's has come; none where none is known by that ticket.
    #[must_use]
    pub fn pack_progress(&self, viewer: &Viewer, ticket: &str) -> Option<PackProgress> {
        let pack = self.packs().find(viewer.account(), ticket)?;
        Some(pack.progress())
    }

    /// Stops a file of the viewer's: before its next piece it ends, as broken off.
    pub fn stop_pack(&self, viewer: &Viewer, ticket: &str) {
        if let Some(pack) = self.packs().find(viewer.account(), ticket) {
            pack.stopped.store(true, Ordering::SeqCst);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_remembered_is_bounded_and_ones_own() {
        let (packs, mine, theirs) = (Packs::default(), AccountId(1), AccountId(2));
        let add = |account, ticket: &str, at| {
            let pack = Arc::new(Pack::new(1, Instant(at)));
            packs.add(account, ticket, pack.clone());
            pack
        };
        add(theirs, "a", 0);
        for number in 0..20 {
            add(mine, &number.to_string(), number);
        }
        assert_eq!(packs.packs().len(), MOST_OWN + 1);
        assert!(packs.find(mine, "19").is_some() && packs.find(mine, "11").is_none());
        assert!(packs.find(mine, "a").is_none() && packs.find(theirs, "a").is_some());
        add(mine, "ended", 30).end();
        add(mine, "new", 31);
        assert!(packs.find(mine, "ended").is_none(), "what has ended makes room first");
        assert!(packs.find(mine, "14").is_some(), "it is still on its way");
        for wrong in ["", "å", "a b", &"x".repeat(41)] {
            add(mine, wrong, 0);
            assert!(packs.find(mine, wrong).is_none(), "{wrong}");
        }
    }
}
