//! How far a change of many recordings has come, so that its next piece is found without passing over those before it; and
//! the changes that a recording is in, so that one can be removed without looking through all of them.

use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr};

use super::columns::{add, index, number, number_or_none, yes_no};

pub struct Deeds;

impl MigrationName for Deeds {
    fn name(&self) -> &'static str {
        "m20261127_deeds"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Deeds {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = add(
            "change",
            [
                yes_no("undone", false),
                // The last recording that has been looked at; none at the beginning.
                number_or_none("reached"),
                number("done").default(0).to_owned(),
                number("changed").default(0).to_owned(),
                number("left_alone").default(0).to_owned(),
            ],
        );
        for column in columns {
            manager.alter_table(column).await?;
        }
        let of_recording = index("changed_recording", "changed", &["recording_id"], false);
        manager.create_index(of_recording).await
    }
}
