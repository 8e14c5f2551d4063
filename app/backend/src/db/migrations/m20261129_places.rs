//! In which order changes of many recordings were done to each, so that one is undone out of order.

use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    sea_orm::{ConnectionTrait, DbErr},
    sea_query::{Expr, Query},
};

use super::columns::{add, number};

pub struct Places;

impl MigrationName for Places {
    fn name(&self) -> &'static str {
        "m20261129_places"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Places {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in add("changed", [number("place").default(0).to_owned()]) {
            manager.alter_table(column).await?;
        }
        // Those that are there were done in the order in which they were begun, as far as anyone knows.
        let as_begun = Query::update()
            .table("changed")
            .value("place", Expr::col("change_id"))
            .to_owned();
        manager.get_connection().execute(&as_begun).await?;
        Ok(())
    }
}
