//! Where a file leaves the house: piece by piece, no faster than it is taken, and only as long as its asker may have it.

use std::{io, sync::Arc, time::Duration};

use bytes::Bytes;
use model::{id::AccountId, instant::Instant, problem::Problem};
use tokio::{sync::mpsc, task::JoinHandle};

use super::packs::{Pack, Place};
use crate::{Backend, Error, Viewer, account::Visitor, scope::Scope};

/// How often it is asked anew whether the asker may.
const CHECK_EVERY_MS: i64 = 2_000;
/// Who takes nothing for so long has gone.
const PATIENCE: Duration = Duration::from_mins(1);

/// A file on its way: its pieces, as they are made. An error is its last piece, and then it is not whole.
pub type Pieces = mpsc::Receiver<io::Result<Bytes>>;

/// Why a file is not made any further.
pub(super) enum Halt {
    /// Nobody takes it any more.
    Gone,
    /// Something failed, or the asker has stopped it, or may no longer have it.
    Failed(Error),
}

impl<E: Into<Error>> From<E> for Halt {
    fn from(error: E) -> Self {
        Self::Failed(error.into())
    }
}

/// Where a file leaves.
pub(super) struct Outlet {
    to: mpsc::Sender<io::Result<Bytes>>,
    pack: Arc<Pack>,
    lease: Lease,
    /// Its place among the files that are made at a time.
    _place: Place,
}

impl Outlet {
    pub(super) fn new(pack: Arc<Pack>, lease: Lease, place: Place) -> (Self, Pieces) {
        // One piece waits while the next is made.
        let (to, pieces) = mpsc::channel(1);
        let outlet = Self {
            to,
            pack,
            lease,
            _place: place,
        };
        (outlet, pieces)
    }

    /// Where it is told that the one who makes the file has panicked.
    pub(super) fn alarm(&self) -> Alarm {
        Alarm(self.to.clone())
    }

    pub(super) fn pack(&self) -> &Pack {
        &self.pack
    }

    /// Hands a piece over, once the one before it has been taken.
    pub(super) async fn send(&mut self, piece: impl Into<Bytes>) -> Result<(), Halt> {
        let piece = piece.into();
        if self.pack.is_stopped() {
            return Err(Halt::Failed(Error::internal("its asker has stopped it")));
        }
        self.lease.renew().await?;
        if piece.is_empty() {
            return Ok(());
        }
        let bytes = piece.len() as u64;
        let taken = tokio::time::timeout(PATIENCE, self.to.send(Ok(piece))).await;
        taken.map_err(|_| Halt::Gone)?.map_err(|_| Halt::Gone)?;
        self.pack.add_bytes(bytes);
        Ok(())
    }

    /// Ends it. Where it is not whole, whoever takes it is told so.
    pub(super) async fn end(self, result: Result<(), Halt>) {
        if let Err(Halt::Failed(error)) = result {
            tracing::warn!(%error, "a file of recordings breaks off");
            self.to.send(Err(io::Error::other(error))).await.ok();
        }
    }
}

/// Tells whoever takes a file that it is not whole, where the one who makes it can no longer say so.
pub(super) struct Alarm(mpsc::Sender<io::Result<Bytes>>);

impl Alarm {
    pub(super) fn over(self, making: JoinHandle<()>) {
        tokio::spawn(async move {
            if let Err(panicked) = making.await {
                tracing::error!(%panicked, "a file of recordings breaks off");
                self.0.send(Err(io::Error::other(panicked))).await.ok();
            }
        });
    }
}

impl Drop for Outlet {
    fn drop(&mut self) {
        self.pack.end();
    }
}

/// The right to what is on its way: the session that asked for it is still there, and reaches what it did.
pub(super) struct Lease {
    backend: Backend,
    token: String,
    account: AccountId,
    scope: Scope,
    /// Whether it is about sounds that leave as files.
    takes: bool,
    checked: Instant,
}

impl Lease {
    /// Just now the viewer had it.
    pub(super) fn new(backend: &Backend, token: &str, viewer: &Viewer, takes: bool) -> Self {
        Self {
            backend: backend.clone(),
            token: token.to_owned(),
            account: viewer.account(),
            scope: viewer.scope(),
            takes,
            checked: backend.now(),
        }
    }

    async fn renew(&mut self) -> Result<(), Error> {
        let now = self.backend.now();
        if now.since(self.checked) < CHECK_EVERY_MS || cut!("lease") {
            return Ok(());
        }
        self.checked = now;
        match self.backend.visitor(Some(&self.token)).await? {
            (_, Visitor::Signed(viewer))
                if viewer.account() == self.account
                    && viewer.scope() == self.scope
                    && (viewer.may_download() || !self.takes) =>
            {
                Ok(())
            }
            _ => Err(Problem::NotFound.into()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_file_whose_making_panics_does_not_end_as_if_it_were_whole() {
        let (to, mut pieces) = mpsc::channel(1);
        let alarm = Alarm(to.clone());
        alarm.over(tokio::spawn(async move {
            to.send(Ok(Bytes::from_static(b"half"))).await.unwrap();
            panic!("a test's own");
        }));
        assert_eq!(pieces.recv().await.unwrap().unwrap(), "half");
        pieces.recv().await.unwrap().unwrap_err();
        assert!(pieces.recv().await.is_none());
    }
}
