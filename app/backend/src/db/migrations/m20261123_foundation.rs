//! The first tables: the company and its people, accounts and sessions, calls, recordings and their sound.

use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    sea_orm::DbErr,
    sea_query::{ColumnDef, ForeignKeyAction, Index, TableCreateStatement},
};

use super::columns::{id, index, number, number_or_none, of, small, table, text, text_or_none, yes_no};

pub struct Foundation;

impl MigrationName for Foundation {
    fn name(&self) -> &'static str {
        "m20261123_foundation"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Foundation {
    /// All or nothing, on SQLite too: a first start that is cut off begins anew.
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [
            company(),
            unit(),
            person(),
            person_number(),
            answer_group(),
            direct_number(),
            account(),
            account_department(),
            session(),
            api_key(),
            call(),
            recording(),
            media(),
            demo(),
        ] {
            manager.create_table(table).await?;
        }
        for (name, table, columns, unique) in [
            ("unit_name", "unit", &["level", "name"][..], true),
            ("person_email", "person", &["email_key"], false),
            ("session_account", "session", &["account_id"], false),
            ("recording_key", "recording", &["call_id", "extension"], true),
            ("recording_time", "recording", &["started_at", "id"], false),
            (
                "recording_person",
                "recording",
                &["person_id", "started_at", "id"],
                false,
            ),
            (
                "recording_department",
                "recording",
                &["department_id", "started_at", "id"],
                false,
            ),
        ] {
            manager.create_index(index(name, table, columns, unique)).await?;
        }
        Ok(())
    }
}

fn company() -> TableCreateStatement {
    table("company")
        .col(id())
        .col(text("name"))
        .col(text("zone"))
        .col(text("country"))
        .col(text("locale"))
        .col(text_or_none("setup_code"))
        .col(number_or_none("claimed_at"))
        .to_owned()
}

fn unit() -> TableCreateStatement {
    table("unit").col(id()).col(small("level")).col(text("name")).to_owned()
}

fn person() -> TableCreateStatement {
    let mut person = table("person");
    person
        .col(id())
        .col(text("first_name"))
        .col(text("last_name"))
        .col(text_or_none("email"))
        .col(text_or_none("email_key"))
        .col(text_or_none("title"))
        .col(text_or_none("extension").unique_key())
        .col(yes_no("recording_active", true));
    for level in ["district_id", "department_id", "cost_center_id", "office_id"] {
        person
            .col(number_or_none(level))
            .foreign_key(&mut of("person", level, "unit", ForeignKeyAction::SetNull));
    }
    person
}

fn person_number() -> TableCreateStatement {
    table("person_number")
        .col(text("number").primary_key())
        .col(number("person_id"))
        .foreign_key(&mut of(
            "person_number",
            "person_id",
            "person",
            ForeignKeyAction::Cascade,
        ))
        .to_owned()
}

fn answer_group() -> TableCreateStatement {
    table("answer_group")
        .col(id())
        .col(text("number").unique_key())
        .col(text("name"))
        .to_owned()
}

fn direct_number() -> TableCreateStatement {
    table("direct_number")
        .col(id())
        .col(text("number").unique_key())
        .col(text("name"))
        .to_owned()
}

fn account() -> TableCreateStatement {
    table("account")
        .col(id())
        .col(number_or_none("person_id").unique_key())
        .col(text("email"))
        .col(text("email_key").unique_key())
        .col(text_or_none("password"))
        .col(text("role"))
        .col(yes_no("active", true))
        .col(text_or_none("locale"))
        .col(number("security_version"))
        .col(number("created_at"))
        .foreign_key(&mut of("account", "person_id", "person", ForeignKeyAction::SetNull))
        .to_owned()
}

fn account_department() -> TableCreateStatement {
    table("account_department")
        .col(number("account_id"))
        .col(number("unit_id"))
        .primary_key(Index::create().col("account_id").col("unit_id"))
        .foreign_key(&mut of(
            "account_department",
            "account_id",
            "account",
            ForeignKeyAction::Cascade,
        ))
        .foreign_key(&mut of(
            "account_department",
            "unit_id",
            "unit",
            ForeignKeyAction::Cascade,
        ))
        .to_owned()
}

fn session() -> TableCreateStatement {
    table("session")
        .col(id())
        .col(text("token_hash").unique_key())
        .col(number("account_id"))
        .col(text("stage"))
        .col(number("security_version"))
        .col(yes_no("kept", false))
        .col(number("created_at"))
        .col(number("seen_at"))
        .col(number("ends_at"))
        .col(text_or_none("agent"))
        .foreign_key(&mut of("session", "account_id", "account", ForeignKeyAction::Cascade))
        .to_owned()
}

fn api_key() -> TableCreateStatement {
    table("api_key")
        .col(id())
        .col(text("name"))
        .col(text("token_hash").unique_key())
        .col(text("scope"))
        .col(number("created_at"))
        .col(number_or_none("expires_at"))
        .col(number_or_none("revoked_at"))
        .to_owned()
}

fn call() -> TableCreateStatement {
    table("call")
        .col(id())
        .col(text("switch_id").unique_key())
        .col(number("created_at"))
        .to_owned()
}

fn recording() -> TableCreateStatement {
    table("recording")
        .col(id())
        .col(number("call_id"))
        .col(text("extension"))
        .col(number_or_none("person_id"))
        .col(number_or_none("department_id"))
        .col(text("direction"))
        .col(number("started_at"))
        .col(number("call_ms"))
        .col(number("audio_ms"))
        .col(text_or_none("other_number"))
        .col(text_or_none("other_name"))
        .col(text_or_none("number_rung"))
        .col(text_or_none("group_number"))
        .col(text_or_none("consent"))
        .col(text("sides"))
        .col(text("rule"))
        .col(text_or_none("tag"))
        .col(small("flag").default(0))
        .col(yes_no("evaluated", false))
        .col(number("created_at"))
        .foreign_key(&mut of("recording", "call_id", "call", ForeignKeyAction::Cascade))
        .foreign_key(&mut of("recording", "person_id", "person", ForeignKeyAction::SetNull))
        .foreign_key(&mut of("recording", "department_id", "unit", ForeignKeyAction::SetNull))
        .to_owned()
}

fn media() -> TableCreateStatement {
    table("media")
        .col(ColumnDef::new("recording_id").big_integer().not_null().primary_key())
        .col(text("path"))
        .col(text("sha256"))
        .col(number("bytes"))
        .col(text("layout"))
        .col(text_or_none("rendition_path"))
        .col(text_or_none("rendition_layout"))
        .col(ColumnDef::new("overview").blob().not_null())
        .foreign_key(&mut of("media", "recording_id", "recording", ForeignKeyAction::Cascade))
        .to_owned()
}

/// What the demo company brought, so that it can be taken away again without touching anything else.
fn demo() -> TableCreateStatement {
    table("demo")
        .col(text("kind"))
        .col(number("item_id"))
        .primary_key(Index::create().col("kind").col("item_id"))
        .to_owned()
}
