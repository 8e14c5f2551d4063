//! What listeners say of recordings, the lists of values they choose from, and what has happened to a recording.

use model::review::{Called, Starter};
use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    sea_orm::DbErr,
    sea_query::{ForeignKeyAction, Query, TableCreateStatement},
};

use super::columns::{id, index, number, number_or_none, of, small, table, text, yes_no};

pub struct Review;

impl MigrationName for Review {
    fn name(&self) -> &'static str {
        "m20261128_review"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Review {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [outcome(), review(), comment(), event(), listening()] {
            manager.create_table(table).await?;
        }
        for (name, table, columns) in [
            ("review_result", "review", &["result_id"][..]),
            ("review_response", "review", &["response_id"]),
            ("comment_recording", "comment", &["recording_id", "at_ms"]),
            ("event_recording", "event", &["recording_id", "id"]),
            ("listening_recording", "listening", &["recording_id", "id"]),
            (
                "listening_account",
                "listening",
                &["account_id", "recording_id", "until"],
            ),
        ] {
            manager.create_index(index(name, table, columns, false)).await?;
        }
        // Every company begins with these (checklist 121).
        let mut starters = Query::insert()
            .into_table("outcome")
            .columns(["id", "kind", "called", "place"])
            .to_owned();
        for (place, (starter, kind)) in (1_i64..).zip(Starter::ALL) {
            let called =
                serde_json::to_string(&Called::Starter(starter)).map_err(|error| DbErr::Custom(error.to_string()))?;
            starters.values_panic([place.into(), kind.number().into(), called.into(), place.into()]);
        }
        manager.execute(starters).await
    }
}

fn outcome() -> TableCreateStatement {
    table("outcome")
        .col(id())
        .col(small("kind"))
        .col(text("called"))
        .col(number("place"))
        .col(number_or_none("retired_at"))
        .to_owned()
}

fn review() -> TableCreateStatement {
    table("review")
        .col(number("recording_id").primary_key())
        .col(number_or_none("result_id"))
        .col(number_or_none("response_id"))
        .col(number("changed_at"))
        .foreign_key(&mut of(
            "review",
            "recording_id",
            "recording",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut of("review", "result_id", "outcome", ForeignKeyAction::Restrict))
        .foreign_key(&mut of("review", "response_id", "outcome", ForeignKeyAction::Restrict))
        .to_owned()
}

/// Whoever wrote it may leave: the name stays with what was said.
fn comment() -> TableCreateStatement {
    table("comment")
        .col(id())
        .col(number("recording_id"))
        .col(number_or_none("account_id"))
        .col(text("author"))
        .col(number_or_none("at_ms"))
        .col(text("text"))
        .col(yes_no("private", false))
        .col(number("written_at"))
        .col(number_or_none("changed_at"))
        .foreign_key(&mut of(
            "comment",
            "recording_id",
            "recording",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut of("comment", "account_id", "account", ForeignKeyAction::SetNull))
        .to_owned()
}

fn event() -> TableCreateStatement {
    table("event")
        .col(id())
        .col(number("recording_id"))
        .col(number_or_none("account_id"))
        .col(text("who"))
        .col(number("at"))
        // What happened, as JSON.
        .col(text("what"))
        // Whether only the one who did it is told.
        .col(yes_no("private", false))
        .foreign_key(&mut of("event", "recording_id", "recording", ForeignKeyAction::Cascade))
        .foreign_key(&mut of("event", "account_id", "account", ForeignKeyAction::SetNull))
        .to_owned()
}

fn listening() -> TableCreateStatement {
    table("listening")
        .col(id())
        .col(number("recording_id"))
        .col(number_or_none("account_id"))
        .col(text("who"))
        .col(number("since"))
        .col(number("until"))
        .col(number("heard_ms"))
        .foreign_key(&mut of(
            "listening",
            "recording_id",
            "recording",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut of("listening", "account_id", "account", ForeignKeyAction::SetNull))
        .to_owned()
}
