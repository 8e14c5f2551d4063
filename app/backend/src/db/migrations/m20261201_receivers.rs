//! Whose own call a link leads to, where its receiver is the one who is recorded.

use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr};

use super::columns::{add, number_or_none};

pub struct Receivers;

impl MigrationName for Receivers {
    fn name(&self) -> &'static str {
        "m20261201_receivers"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Receivers {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in add("share", [number_or_none("receiver_id")]) {
            manager.alter_table(column).await?;
        }
        Ok(())
    }
}
