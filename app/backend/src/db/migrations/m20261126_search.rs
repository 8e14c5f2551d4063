//! What a list is found and sorted by: one moment for each recording, the company's clock at its beginning, the four levels
//! of its person, keys to compare, texts to search in; and what accounts keep of their lists.

use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    sea_orm::{DbBackend, DbErr},
    sea_query::{
        ColumnDef, Expr, ExprTrait, ForeignKeyAction, Index, Query, TableAlterStatement, TableCreateStatement,
    },
};

use super::columns::{add, id, index, number, number_or_none, of, small, table, text, text_or_none, yes_no};
use crate::{db::search, recordings::moment};

pub struct Search;

/// What narrows a list without an order of its own is looked at in the index, before the row is fetched.
pub(super) const FACTS: [&str; 9] = [
    "moment",
    "call_ms",
    "direction",
    "flag",
    "evaluated",
    "minute",
    "weekday",
    "department_id",
    "tag_text",
];

/// And there whose it is, for who goes along the time.
pub(super) const WHOSE: [&str; 7] = [
    "civil_day",
    "person_id",
    "extension",
    "rung_key",
    "district_id",
    "cost_center_id",
    "office_id",
];

impl MigrationName for Search {
    fn name(&self) -> &'static str {
        "m20261126_search"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Search {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for change in [recording(), company(), account()].into_iter().flatten() {
            manager.alter_table(change).await?;
        }
        // The texts and the clock are filled in when the house opens, since only its code knows how.
        let moment = Expr::col("started_at")
            .mul(moment::TIES)
            .add(Expr::col("id").modulo(moment::TIES));
        let moments = Query::update().table("recording").value("moment", moment).to_owned();
        manager.execute(moments).await?;
        manager.create_table(view()).await?;
        manager.create_table(change()).await?;
        manager.create_table(changed()).await?;
        let walk = |first: &'static str| -> Vec<&'static str> {
            let others = FACTS.into_iter().filter(|fact| *fact != first);
            [first].into_iter().chain(others).collect()
        };
        let time = FACTS.into_iter().chain(WHOSE).collect();
        for (name, columns, unique) in [
            ("recording_moment", vec!["moment"], true),
            ("recording_walk", time, false),
            ("recording_of_person", walk("person_id"), false),
            ("recording_of_department", walk("department_id"), false),
            ("recording_district", walk("district_id"), false),
            ("recording_cost_center", walk("cost_center_id"), false),
            ("recording_office", walk("office_id"), false),
            ("recording_extension", walk("extension"), false),
            ("recording_number", vec!["number_key", "moment"], false),
            ("recording_rung", walk("rung_key"), false),
            ("recording_length", walk("call_ms"), false),
            ("recording_minute", walk("minute"), false),
            ("recording_tag", vec!["tag_key", "moment"], false),
            ("recording_tag_text", walk("tag_text"), false),
            ("recording_who", walk("who_key"), false),
            ("recording_flag", walk("flag"), false),
            ("recording_evaluated", walk("evaluated"), false),
        ] {
            manager.create_index(index(name, "recording", &columns, unique)).await?;
        }
        for (name, table, columns) in [
            ("view_account", "view", &["account_id"][..]),
            ("change_account", "change", &["account_id"]),
        ] {
            manager.create_index(index(name, table, columns, false)).await?;
        }
        for old in ["recording_time", "recording_person", "recording_department"] {
            let gone = Index::drop().name(old).table("recording").to_owned();
            manager.drop_index(gone).await?;
        }
        search::prepare(
            manager.get_connection(),
            manager.get_database_backend() == DbBackend::Sqlite,
        )
        .await
    }
}

fn recording() -> Vec<TableAlterStatement> {
    add(
        "recording",
        [
            number("moment").default(0).to_owned(),
            // The company's clock when the call began; -1 until it has been looked at.
            small("minute").default(-1).to_owned(),
            small("weekday").default(0).to_owned(),
            number("civil_day").default(0).to_owned(),
            number_or_none("district_id"),
            number_or_none("cost_center_id"),
            number_or_none("office_id"),
            text("number_key").default("").to_owned(),
            text("rung_key").default("").to_owned(),
            text("who_key").default("").to_owned(),
            text("tag_key").default("").to_owned(),
            text("who_text").default("").to_owned(),
            text("call_text").default("").to_owned(),
            text("tag_text").default("").to_owned(),
        ],
    )
}

fn company() -> Vec<TableAlterStatement> {
    // The zone in which the clocks of recordings were looked at.
    add("company", [text_or_none("stamped_zone"), text_or_none("office_hours")])
}

fn account() -> Vec<TableAlterStatement> {
    add(
        "account",
        [text_or_none("list_columns"), number_or_none("start_view_id")],
    )
}

/// A list under a name: its filter, order and columns.
fn view() -> TableCreateStatement {
    table("view")
        .col(id())
        .col(number("account_id"))
        .col(text("name"))
        .col(text("query"))
        .col(text_or_none("columns"))
        .col(yes_no("shared", false))
        .col(number("version").default(1).to_owned())
        .col(number("changed_at"))
        .foreign_key(&mut of("view", "account_id", "account", ForeignKeyAction::Cascade))
        .to_owned()
}

/// One change to many recordings, so that it can be carried out piece by piece, and undone.
fn change() -> TableCreateStatement {
    table("change")
        .col(id())
        .col(number("account_id"))
        .col(text("deed"))
        .col(number("count"))
        .col(number("created_at"))
        .foreign_key(&mut of("change", "account_id", "account", ForeignKeyAction::Cascade))
        .to_owned()
}

/// A recording of such a change, and what it had before.
fn changed() -> TableCreateStatement {
    table("changed")
        .col(number("change_id"))
        .col(number("recording_id"))
        .col(small("state").default(0).to_owned())
        .col(ColumnDef::new("flag").small_integer().to_owned())
        .col(text_or_none("tag"))
        .primary_key(Index::create().col("change_id").col("recording_id"))
        .foreign_key(&mut of("changed", "change_id", "change", ForeignKeyAction::Cascade))
        .foreign_key(&mut of(
            "changed",
            "recording_id",
            "recording",
            ForeignKeyAction::Cascade,
        ))
        .to_owned()
}
