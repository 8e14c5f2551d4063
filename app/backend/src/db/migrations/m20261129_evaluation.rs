//! Evaluation forms in their versions, what was answered by them, and when the evaluated person sees it.

use model::evaluation::{STARTER_EN, STARTER_SV, import};
use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    sea_orm::{ConnectionTrait, DbErr},
    sea_query::{ForeignKeyAction, Index, Query, TableCreateStatement},
};

use super::columns::{add, id, index, number, number_or_none, of, table, text, text_or_none, yes_no};

pub struct Evaluation;

/// The form that every company begins with.
const FIRST: i64 = 1;

impl MigrationName for Evaluation {
    fn name(&self) -> &'static str {
        "m20261129_evaluation"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Evaluation {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [form(), form_version(), evaluation()] {
            manager.create_table(table).await?;
        }
        for (name, columns, unique) in [
            // One person says it once of a recording.
            ("evaluation_recording", &["recording_id", "account_id"][..], true),
            ("evaluation_form", &["form_id", "version"], false),
            ("evaluation_account", &["account_id"], false),
        ] {
            manager.create_index(index(name, "evaluation", columns, unique)).await?;
        }
        // [`model::evaluation::Showing`].
        for column in add("company", [text("evaluation_showing").default("at-once").to_owned()]) {
            manager.alter_table(column).await?;
        }
        let locale = Query::select().column("locale").from("company").to_owned();
        let company = manager.get_connection().query_one(&locale).await?;
        let locale: Option<String> = company.map(|row| row.try_get("", "locale")).transpose()?;
        let starter = if locale.as_deref() == Some("en") { STARTER_EN } else { STARTER_SV };
        let form = import(starter.as_bytes(), serde_json::from_slice, serde_json::from_slice)
            .map_err(|fault| DbErr::Custom(format!("{fault:?}")))?;
        let body = serde_json::to_string(&form).map_err(|error| DbErr::Custom(error.to_string()))?;
        let first = Query::insert()
            .into_table("form")
            .columns(["id", "body", "version", "revision", "departments", "groups", "changed_at"])
            .values_panic([
                FIRST.into(),
                body.clone().into(),
                1.into(),
                0.into(),
                "[]".into(),
                "[]".into(),
                0.into(),
            ])
            .to_owned();
        manager.execute(first).await?;
        let version = Query::insert()
            .into_table("form_version")
            .columns(["form_id", "version", "body", "published_at"])
            .values_panic([FIRST.into(), 1.into(), body.into(), 0.into()])
            .to_owned();
        manager.execute(version).await
    }
}

fn form() -> TableCreateStatement {
    table("form")
        .col(id())
        // As it is being worked on, as JSON.
        .col(text("body"))
        // The version that is in use; 0 before the first.
        .col(number("version"))
        // Counts the changes, so that two who change it at once notice.
        .col(number("revision"))
        // Whose calls it is for, as JSON; for all where both are empty.
        .col(text("departments"))
        .col(text("groups"))
        .col(number("changed_at"))
        .col(number_or_none("retired_at"))
        .to_owned()
}

fn form_version() -> TableCreateStatement {
    table("form_version")
        .col(number("form_id"))
        .col(number("version"))
        .col(text("body"))
        .col(number("published_at"))
        // Who did, as they were called then; none for what came with Hark.
        .col(text_or_none("published_by"))
        .primary_key(Index::create().col("form_id").col("version"))
        .foreign_key(&mut of("form_version", "form_id", "form", ForeignKeyAction::Cascade))
        .to_owned()
}

/// Whoever wrote it may leave: the name stays with what was said.
fn evaluation() -> TableCreateStatement {
    table("evaluation")
        .col(id())
        .col(number("recording_id"))
        .col(number("form_id"))
        .col(number("version"))
        .col(number_or_none("account_id"))
        .col(text("evaluator"))
        // Whether the evaluated person says it of themselves.
        .col(yes_no("own", false))
        // What is being written; none where nothing is.
        .col(text_or_none("draft"))
        // What holds; none before it is finished.
        .col(text_or_none("answers"))
        .col(text("state"))
        // What was said between the two, in its order.
        .col(text("turns"))
        // In tenths; none where nothing counts.
        .col(number_or_none("percent"))
        .col(yes_no("failed", false))
        .col(number("changed_at"))
        .col(number_or_none("done_at"))
        .foreign_key(&mut of("evaluation", "recording_id", "recording", ForeignKeyAction::Cascade))
        .foreign_key(&mut of("evaluation", "form_id", "form", ForeignKeyAction::Restrict))
        .foreign_key(&mut of("evaluation", "account_id", "account", ForeignKeyAction::SetNull))
        .to_owned()
}
