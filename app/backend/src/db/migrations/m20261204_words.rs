//! How many recordings hold a word is guessed from more of them ([`search::look_closer`]).

use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    sea_orm::{DbBackend, DbErr},
};

use super::super::search;

pub struct Words;

impl MigrationName for Words {
    fn name(&self) -> &'static str {
        "m20261204_words"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Words {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        if manager.get_database_backend() != DbBackend::Postgres {
            return Ok(());
        }
        search::look_closer(manager.get_connection()).await
    }
}
