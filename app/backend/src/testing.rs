//! A backend for tests: real tables, real files, a clock that stands still.
//!
//! SQLite in a folder of its own; or, where `HARK_TEST_POSTGRES_URL` names a PostgreSQL server, a database of its own
//! there, so that the same tests run on both.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test has nothing better to do than to stop"
)]

pub mod crowd;

use std::{path::Path, sync::Arc, time::Duration};

use model::instant::Instant;
use sea_orm::{ConnectionTrait, Database, Statement};
use tempfile::TempDir;

use crate::{Backend, Chance, HeldClock, SystemChance};

/// 2026-11-23 12:00 in Stockholm: the present of every test.
pub const NOON: Instant = Instant(1_795_431_600_000);

/// A backend, and what it stands on.
pub struct Fixture {
    pub backend: Backend,
    pub clock: Arc<HeldClock>,
    pub folder: TempDir,
    /// Where a second process would find the same database.
    pub database_url: String,
}

impl Fixture {
    /// An instance that nobody has claimed.
    ///
    /// # Panics
    /// When it cannot be made: a test has nothing better to do.
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database_url = match std::env::var("HARK_TEST_POSTGRES_URL") {
            Ok(server) => own_database(&server).await,
            Err(_) => format!("sqlite:{}/hark.db", folder.path().display()),
        };
        let clock = Arc::new(HeldClock::at(NOON));
        let backend = Backend::open(folder.path(), &database_url, clock.clone(), Arc::new(SystemChance))
            .await
            .unwrap();
        Self {
            backend,
            clock,
            folder,
            database_url,
        }
    }
}

impl Fixture {
    /// All that a call might change, written down: company, people, accounts, sessions, links, letters, files and
    /// recordings. What only says that someone was here is left out.
    ///
    /// # Panics
    /// When the database does not answer.
    pub async fn state(&self) -> String {
        use sea_orm::EntityTrait;
        let db = self.backend.db();
        let mut accounts = crate::account::entity::account::Entity::find().all(db).await.unwrap();
        for account in &mut accounts {
            account.signed_in_at = None;
        }
        let departments = crate::account::entity::account_department::Entity::find()
            .all(db)
            .await
            .unwrap();
        let people = crate::people::entity::person::Entity::find().all(db).await.unwrap();
        let numbers = crate::people::entity::person_number::Entity::find()
            .all(db)
            .await
            .unwrap();
        let units = crate::people::entity::unit::Entity::find().all(db).await.unwrap();
        let recordings = crate::recordings::entity::recording::Entity::find()
            .all(db)
            .await
            .unwrap();
        let sessions: Vec<_> = crate::account::entity::session::Entity::find()
            .all(db)
            .await
            .unwrap()
            .into_iter()
            .map(|session| (session.id, session.account_id, session.token_hash))
            .collect();
        let tickets = crate::account::entity::ticket::Entity::find().all(db).await.unwrap();
        let earlier = crate::account::entity::earlier_password::Entity::find()
            .all(db)
            .await
            .unwrap();
        let uploads = crate::people::entity::upload::Entity::find().all(db).await.unwrap();
        let (letters, company) = (crate::mail::written(db).await, self.backend.company().await.unwrap());
        format!(
            "{accounts:?}{departments:?}{people:?}{numbers:?}{units:?}{recordings:?}{letters:?}{company:?}{sessions:?}{tickets:?}{earlier:?}{uploads:?}"
        )
    }

    /// Leaves a Restricted account without departments, which no verb does.
    ///
    /// # Panics
    /// When there is no such account.
    pub async fn take_departments_from(&self, email: &str) {
        let account = crate::account::by_email(self.backend.db(), email)
            .await
            .unwrap()
            .unwrap();
        crate::account::replace_departments(self.backend.db(), account.id, &[])
            .await
            .unwrap();
    }
}

/// A backend at noon that tells of every statement it runs, and how long each took.
///
/// # Panics
/// When it cannot be opened.
pub async fn watched(
    folder: &Path,
    database_url: &str,
    tell: impl Fn(&Statement, Duration) + Send + Sync + 'static,
) -> Backend {
    let mut db = crate::db::connect(database_url).await.unwrap();
    db.set_metric_callback(move |info| tell(info.statement, info.elapsed));
    let clock = Arc::new(HeldClock::at(NOON));
    Backend::over(folder, db, clock, Arc::new(SystemChance)).await.unwrap()
}

/// A new database on that server.
///
/// # Panics
/// When it cannot be made.
pub async fn own_database(server: &str) -> String {
    let mut random = [0; 8];
    SystemChance.fill(&mut random).unwrap();
    let name = format!("hark_{}", crate::chance::hex(&random));
    let db = Database::connect(server).await.unwrap();
    db.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    format!("{base}/{name}")
}
