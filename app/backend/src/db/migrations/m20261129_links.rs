//! Links whose letters leave more than once, what of a call they tell, and by which link something was done; and, for lists,
//! whether an evaluated person was shown what was said of them.

use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    sea_orm::DbErr,
    sea_query::{Cond, Expr, ExprTrait, ForeignKeyAction, Index, Query, Table, TableCreateStatement},
};

use super::columns::{add, index, number, number_or_none, of, table, text, yes_no};

pub struct Links;

impl MigrationName for Links {
    fn name(&self) -> &'static str {
        "m20261129_links"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Links {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let recording = add("recording", [yes_no("shown", false)]);
        // Nobody has chosen for links that were sent before: they say less.
        let share = add("share", [yes_no("internal", false)]);
        let event = add("event", [number_or_none("share_id")]);
        for change in recording.into_iter().chain(share).chain(event) {
            manager.alter_table(change).await?;
        }
        manager.create_table(share_secret()).await?;
        let secrets = index("share_secret_share", "share_secret", &["share_id"], false);
        manager.create_index(secrets).await?;
        Self::keep(manager).await?;
        let old = Index::drop().name("share_token").table("share").to_owned();
        manager.drop_index(old).await?;
        manager
            .alter_table(Table::alter().table("share").drop_column("token_hash").to_owned())
            .await
    }
}

impl Links {
    /// What was there stays, in its new place.
    async fn keep(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
        let mut secrets = Query::insert();
        let sent = Query::select()
            .columns(["token_hash", "id"])
            .from("share")
            .and_where(Expr::col("token_hash").is_not_null())
            .to_owned();
        secrets
            .into_table("share_secret")
            .columns(["token_hash", "share_id"])
            .select_from(sent)
            .map_err(|error| DbErr::Custom(error.to_string()))?;
        manager.execute(secrets).await?;
        // [`model::evaluation::State`] as JSON.
        let states = ["shown", "disputed", "acknowledged"];
        let any = states.into_iter().fold(Cond::any(), |any, state| {
            any.add(Expr::col("state").like(format!("%\"state\":\"{state}\"%")))
        });
        let of_others = Query::select()
            .column("recording_id")
            .from("evaluation")
            .and_where(Expr::col("done_at").is_not_null())
            .and_where(Expr::col("own").eq(false))
            .cond_where(any)
            .to_owned();
        let shown = Query::update()
            .table("recording")
            .value("shown", true)
            .and_where(Expr::col("id").in_subquery(of_others))
            .to_owned();
        manager.execute(shown).await
    }
}

/// What opens a link: one for each time that its letter left.
fn share_secret() -> TableCreateStatement {
    table("share_secret")
        .col(text("token_hash").primary_key().to_owned())
        .col(number("share_id"))
        .foreign_key(&mut of("share_secret", "share_id", "share", ForeignKeyAction::Cascade))
        .to_owned()
}
