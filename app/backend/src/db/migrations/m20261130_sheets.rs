//! What another was writing before one took over, what a form that stands beside another began with, and what arrived of forms
//! after their pages had gone.

use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr};

use super::columns::{add, text, text_or_none};

pub struct Sheets;

impl MigrationName for Sheets {
    fn name(&self) -> &'static str {
        "m20261130_sheets"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Sheets {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let none = |name| text(name).default("[]").to_owned();
        let evaluation = add("evaluation", [none("set_aside")]);
        let form = add("form", [text_or_none("base"), none("arrived")]);
        for column in evaluation.into_iter().chain(form) {
            manager.alter_table(column).await?;
        }
        Ok(())
    }
}
