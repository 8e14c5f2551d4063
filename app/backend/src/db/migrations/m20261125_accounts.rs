//! The life of a sign-in: what an account owes, one-time links, earlier passwords, failed tries, known devices, letters,
//! and what the company asks of its people.

use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    sea_orm::DbErr,
    sea_query::{Expr, ForeignKeyAction, Query, TableAlterStatement, TableCreateStatement},
};

use super::columns::{add, id, index, number, number_or_none, of, small, table, text, text_or_none, yes_no};

pub struct Accounts;

impl MigrationName for Accounts {
    fn name(&self) -> &'static str {
        "m20261125_accounts"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Accounts {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for change in [company(), person(), account(), session()].into_iter().flatten() {
            manager.alter_table(change).await?;
        }
        // A password counts from the account's beginning where nobody has written down when it was chosen.
        let chosen = Query::update()
            .table("account")
            .value("password_at", Expr::col("created_at"))
            .to_owned();
        manager.execute(chosen).await?;
        for table in [ticket(), earlier_password(), attempt(), device(), letter(), upload()] {
            manager.create_table(table).await?;
        }
        for (name, table, columns, unique) in [
            ("person_external", "person", &["external_id"][..], true),
            ("person_sort", "person", &["sort_text", "id"], false),
            ("person_department", "person", &["department_id"], false),
            ("person_number_person", "person_number", &["person_id"], false),
            ("account_department_unit", "account_department", &["unit_id"], false),
            ("ticket_account", "ticket", &["account_id"], false),
            (
                "earlier_password_account",
                "earlier_password",
                &["account_id", "id"],
                false,
            ),
            ("letter_due", "letter", &["sent_at", "given_up_at", "due_at"], false),
        ] {
            manager.create_index(index(name, table, columns, unique)).await?;
        }
        Ok(())
    }
}

fn company() -> Vec<TableAlterStatement> {
    add(
        "company",
        [
            text("password_profile").default("guide").to_owned(),
            yes_no("two_letters", false),
            text("restricted_rights").default("{}").to_owned(),
            small("agreement_version").default(1).to_owned(),
            text_or_none("agreement_text"),
        ],
    )
}

fn person() -> Vec<TableAlterStatement> {
    add(
        "person",
        [
            text_or_none("external_id"),
            text("search_text").default("").to_owned(),
            text("sort_text").default("").to_owned(),
            yes_no("dashboard_active", false),
            number("version").default(1).to_owned(),
            number_or_none("left_at"),
        ],
    )
}

fn account() -> Vec<TableAlterStatement> {
    add(
        "account",
        [
            number_or_none("password_at"),
            // Until when a password that was given is good; one of the account's own has no such end.
            number_or_none("given_until"),
            small("agreed_version").default(0).to_owned(),
            number_or_none("agreed_at"),
            small("warned_days").default(0).to_owned(),
            number_or_none("signed_in_at"),
            number_or_none("invited_until"),
        ],
    )
}

fn session() -> Vec<TableAlterStatement> {
    add("session", [text_or_none("address")])
}

fn of_account(name: &'static str) -> TableCreateStatement {
    table(name)
        .col(number("account_id"))
        .foreign_key(&mut of(name, "account_id", "account", ForeignKeyAction::Cascade))
        .to_owned()
}

/// A link that opens one page once.
fn ticket() -> TableCreateStatement {
    of_account("ticket")
        .col(text("token_hash").primary_key())
        .col(text("purpose"))
        .col(number("security_version"))
        .col(number("created_at"))
        .col(number("expires_at"))
        .col(number_or_none("used_at"))
        .to_owned()
}

fn earlier_password() -> TableCreateStatement {
    of_account("earlier_password")
        .col(id())
        .col(text("password"))
        .to_owned()
}

/// Failed tries, by what they were tried on or from.
fn attempt() -> TableCreateStatement {
    table("attempt")
        .col(text("subject").primary_key())
        .col(number("failures"))
        .col(number("last_at"))
        .to_owned()
}

/// A browser in which an account has signed in before.
fn device() -> TableCreateStatement {
    of_account("device")
        .col(text("token_hash").primary_key())
        .col(number("seen_at"))
        .to_owned()
}

fn letter() -> TableCreateStatement {
    table("letter")
        .col(id())
        .col(number_or_none("account_id"))
        .col(text("email"))
        .col(text("body"))
        .col(text_or_none("locale"))
        .col(number("created_at"))
        .col(number_or_none("again_at"))
        .col(number("due_at"))
        .col(number("leased_until").default(0))
        .col(number("tries").default(0))
        .col(text_or_none("error"))
        .col(number_or_none("sent_at"))
        .col(number_or_none("given_up_at"))
        .foreign_key(&mut of("letter", "account_id", "account", ForeignKeyAction::Cascade))
        .to_owned()
}

/// A table that waits for its changes to be confirmed.
fn upload() -> TableCreateStatement {
    of_account("upload")
        .col(id())
        .col(text("name"))
        .col(text("rows"))
        .col(number("created_at"))
        .to_owned()
}
