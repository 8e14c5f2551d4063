//! Everything behind the wall: who may reach what, how a call comes in, where its sound lies. Knows no page and no socket.
//!
//! [`Backend`] is the one handle. What a signed-in person may do goes through a [`Viewer`], which only
//! [`account::visitor`] makes; what it is answered about recordings is selected within its [`scope::Scope`].

#[macro_use]
mod cut;

mod archive;
mod calendar;
mod chance;
mod check;
mod clock;
mod db;
mod error;
mod may;
mod phone;
mod sheet;
mod storage;

pub mod account;
pub mod company;
pub mod demo;
pub mod evaluation;
pub mod forms;
pub mod history;
pub mod ingest;
pub mod keys;
pub mod mail;
pub mod people;
pub mod recordings;
pub mod review;
pub mod scope;
pub mod sharing;
#[cfg(any(test, feature = "testing"))]
pub mod testing;
pub mod views;

use std::{path::Path, sync::Arc};

pub use calendar::{Calendar, parse_start};
pub use chance::{Chance, Secret, SystemChance};
pub use check::StorageCheck;
pub use clock::{Clock, HeldClock, SystemClock};
pub use error::Error;
pub use may::{Authority, ManageAccounts, ManageMail, ManagePeople, ManageSettings, May};
use model::instant::Instant;
pub use phone::Numbering;
pub use scope::{Operator, Viewer};
use sea_orm::{DatabaseConnection, DatabaseTransaction};
use tokio::sync::Notify;

use crate::{
    account::Hasher,
    chance::Ids,
    forms::Past,
    recordings::{ChoicesByScope, Grants, Hints, Packs},
    storage::Storage,
};

/// What everything behind the wall stands on. Cheap to clone.
#[derive(Clone)]
pub struct Backend(Arc<Inner>);

struct Inner {
    db: DatabaseConnection,
    storage: Storage,
    clock: Arc<dyn Clock>,
    chance: Arc<dyn Chance>,
    hasher: Hasher,
    grants: Grants,
    packs: Packs,
    choices: ChoicesByScope,
    hints: Hints,
    past_of_forms: Past,
    ids: Ids,
    /// Rings when a letter has been written.
    mail: Notify,
}

impl Backend {
    /// Opens the data folder and the database, and brings both up to date.
    ///
    /// # Errors
    /// When the folder cannot be made, or the database cannot be reached.
    pub async fn open(
        data_dir: &Path,
        database_url: &str,
        clock: Arc<dyn Clock>,
        chance: Arc<dyn Chance>,
    ) -> Result<Self, Error> {
        // The folder first: SQLite makes its file in it.
        Storage::open(data_dir)?;
        Self::over(data_dir, db::connect(database_url).await?, clock, chance).await
    }

    /// Opens the data folder beside a database that is open.
    async fn over(
        data_dir: &Path,
        db: DatabaseConnection,
        clock: Arc<dyn Clock>,
        chance: Arc<dyn Chance>,
    ) -> Result<Self, Error> {
        let storage = Storage::open(data_dir)?;
        let grants = Grants::new(data_dir);
        let backend = Self(Arc::new(Inner {
            db,
            storage,
            clock,
            chance,
            hasher: Hasher::default(),
            grants,
            packs: Packs::default(),
            choices: ChoicesByScope::default(),
            hints: Hints::default(),
            past_of_forms: Past::default(),
            ids: Ids::default(),
            mail: Notify::new(),
        }));
        backend.ensure_company().await?;
        backend.make_people_findable().await?;
        backend.make_recordings_findable().await?;
        Ok(backend)
    }

    /// Removes what was still arriving when the server last stopped: nobody was told that it had come. Only the server
    /// does this, and only before it opens its doors.
    ///
    /// # Errors
    /// When the folder cannot be read.
    pub fn sweep(&self, _: Operator) -> Result<usize, Error> {
        Ok(self.storage().sweep()?)
    }

    /// Lets the database put in order what many new recordings have left it with.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn settle(&self, _: Operator) -> Result<(), Error> {
        Ok(db::settle(self.db()).await?)
    }

    /// Lets the database look at what it holds, so that it finds the quick ways to it.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn learn(&self, _: Operator) -> Result<(), Error> {
        Ok(db::learn(self.db()).await?)
    }

    /// The present instant by the process's clock.
    #[must_use]
    pub fn now(&self) -> Instant {
        self.0.clock.now()
    }

    fn db(&self) -> &DatabaseConnection {
        &self.0.db
    }

    fn hints(&self) -> &Hints {
        &self.0.hints
    }

    fn chance(&self) -> &dyn Chance {
        &*self.0.chance
    }

    fn storage(&self) -> &Storage {
        &self.0.storage
    }

    fn hasher(&self) -> &Hasher {
        &self.0.hasher
    }

    fn grants(&self) -> &Grants {
        &self.0.grants
    }

    fn packs(&self) -> &Packs {
        &self.0.packs
    }

    fn past_of_forms(&self) -> &Past {
        &self.0.past_of_forms
    }

    fn new_id(&self) -> Result<i64, Error> {
        self.0.ids.make(self.chance(), self.now())
    }

    async fn writing(&self) -> Result<DatabaseTransaction, Error> {
        Ok(db::writing(self.db()).await?)
    }
}
