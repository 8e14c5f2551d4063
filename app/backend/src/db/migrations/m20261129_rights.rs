//! What a My Console user may do with their own recordings, and who else changes an evaluation.

use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr};

use super::columns::{add, index, number_or_none, text};

pub struct Rights;

impl MigrationName for Rights {
    fn name(&self) -> &'static str {
        "m20261129_rights"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Rights {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        // [`model::account::Rights`], as they begin.
        let begin = r#"{"comment":true,"tag":true,"download":true,"share":true}"#;
        for column in add("company", [text("own_rights").default(begin).to_owned()]) {
            manager.alter_table(column).await?;
        }
        // The account that writes the draft, where it is not the evaluator's own; whoever removes an account lets go of it.
        for column in add("evaluation", [number_or_none("reviser_id")]) {
            manager.alter_table(column).await?;
        }
        for (name, column) in [("evaluation_state", "state"), ("evaluation_reviser", "reviser_id")] {
            manager
                .create_index(index(name, "evaluation", &[column], false))
                .await?;
        }
        Ok(())
    }
}
