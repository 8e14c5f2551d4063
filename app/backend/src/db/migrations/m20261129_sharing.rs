//! Links to recordings that are sent by e-mail, and the browsers in which they have been opened.

use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    sea_orm::DbErr,
    sea_query::{ForeignKeyAction, TableCreateStatement},
};

use super::columns::{add, id, index, number, number_or_none, of, table, text, text_or_none, yes_no};

pub struct Sharing;

impl MigrationName for Sharing {
    fn name(&self) -> &'static str {
        "m20261129_sharing"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Sharing {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for table in [share(), share_visit()] {
            manager.create_table(table).await?;
        }
        // Which link someone listened by who has no account.
        for column in add("listening", [number_or_none("share_id")]) {
            manager.alter_table(column).await?;
        }
        for (name, table, columns, unique) in [
            ("share_token", "share", &["token_hash"][..], true),
            ("share_recording", "share", &["recording_id", "id"], false),
            ("share_account", "share", &["account_id", "created_at"], false),
            ("share_visit_share", "share_visit", &["share_id", "opened_at"], false),
            ("listening_share", "listening", &["share_id", "until"], false),
        ] {
            manager.create_index(index(name, table, columns, unique)).await?;
        }
        Ok(())
    }
}

/// One row a receiver. Whoever sent it may leave: the name stays, and the link dies.
fn share() -> TableCreateStatement {
    table("share")
        .col(id())
        .col(number("recording_id"))
        .col(number_or_none("account_id"))
        .col(text("sender"))
        .col(text("email"))
        .col(text("locale"))
        .col(text("subject"))
        .col(text_or_none("message"))
        .col(yes_no("download", false))
        // None until the letter leaves.
        .col(text_or_none("token_hash"))
        .col(text_or_none("passcode_hash"))
        // Wrong passcodes.
        .col(number("tries").default(0).to_owned())
        .col(number("letter_id"))
        .col(number("created_at"))
        .col(number("until"))
        .col(number("opened").default(0).to_owned())
        .col(number_or_none("first_opened_at"))
        .col(number_or_none("last_opened_at"))
        .col(number_or_none("revoked_at"))
        .foreign_key(&mut of("share", "recording_id", "recording", ForeignKeyAction::Cascade))
        .foreign_key(&mut of("share", "account_id", "account", ForeignKeyAction::SetNull))
        .to_owned()
}

fn share_visit() -> TableCreateStatement {
    table("share_visit")
        .col(text("token_hash").primary_key().to_owned())
        .col(number("share_id"))
        .col(number("opened_at"))
        .foreign_key(&mut of("share_visit", "share_id", "share", ForeignKeyAction::Cascade))
        .to_owned()
}
