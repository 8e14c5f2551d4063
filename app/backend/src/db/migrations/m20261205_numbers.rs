//! All numbers with the calls of each ([`search::count_numbers`]); and who enters by numbers or by a tag sees there what else is asked
//! for.

use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    sea_orm::{DbBackend, DbErr},
    sea_query::Index,
};

use super::{
    super::search,
    columns::index,
    m20261126_search::{FACTS, WHOSE},
};

pub struct Numbers;

impl MigrationName for Numbers {
    fn name(&self) -> &'static str {
        "m20261205_numbers"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Numbers {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for (name, first) in [("recording_number", "number_key"), ("recording_tag_text", "tag_text")] {
            let old = Index::drop().name(name).table("recording").to_owned();
            manager.drop_index(old).await?;
            let others = FACTS.into_iter().chain(WHOSE).filter(|fact| *fact != first);
            let columns: Vec<&str> = [first].into_iter().chain(others).collect();
            manager.create_index(index(name, "recording", &columns, false)).await?;
        }
        search::count_numbers(
            manager.get_connection(),
            manager.get_database_backend() == DbBackend::Sqlite,
        )
        .await
    }
}
