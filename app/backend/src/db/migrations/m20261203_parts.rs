//! On PostgreSQL, who goes along the time sees numbers there too: parts of numbers that many have are found on the way, without
//! fetching rows. SQLite finds them by its index of threes, in which the newest come first.

use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    sea_orm::{DbBackend, DbErr},
    sea_query::Index,
};

use super::{
    columns::index,
    m20261126_search::{FACTS, WHOSE},
};

pub struct Parts;

impl MigrationName for Parts {
    fn name(&self) -> &'static str {
        "m20261203_parts"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Parts {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() != DbBackend::Postgres {
            return Ok(());
        }
        let judged = ["score", "shown_score", "waits"];
        let columns: Vec<&str> = FACTS
            .into_iter()
            .chain(WHOSE)
            .chain(judged)
            .chain(["number_key"])
            .collect();
        let old = Index::drop().name("recording_walk").table("recording").to_owned();
        manager.drop_index(old).await?;
        manager
            .create_index(index("recording_walk", "recording", &columns, false))
            .await
    }
}
