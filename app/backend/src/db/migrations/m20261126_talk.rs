//! Who speaks when in a recording: measured when it arrives, and unknown of what arrived before.

use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr, sea_query::Table};

use super::columns::text_or_none;

pub struct Talk;

impl MigrationName for Talk {
    fn name(&self) -> &'static str {
        "m20261126_talk"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Talk {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let talk = Table::alter()
            .table("media")
            .add_column(text_or_none("talk"))
            .to_owned();
        manager.alter_table(talk).await
    }
}
