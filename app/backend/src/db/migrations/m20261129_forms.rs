//! Evaluation forms in an order of their own.

use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr};

use super::columns::{add, number};

pub struct Forms;

impl MigrationName for Forms {
    fn name(&self) -> &'static str {
        "m20261129_forms"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Forms {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // Until someone moves one, the oldest comes first.
        for column in add("form", [number("place").default(0).to_owned()]) {
            manager.alter_table(column).await?;
        }
        Ok(())
    }
}
