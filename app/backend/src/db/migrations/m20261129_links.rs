//! Links whose letters leave more than once, what of a call they tell, and by which link something was done; and, for lists,
//! whether an evaluated person was shown what was said of them.

use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    sea_orm::{ConnectionTrait, DbErr},
    sea_query::{Cond, Expr, ExprTrait, ForeignKeyAction, Index, LikeExpr, Order, Query, Table, TableCreateStatement},
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
        Self::attribute(manager).await?;
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

    /// By which link something was done was not written down: by the newest to that address which there was then. Numbers
    /// of both tables come from one source and grow.
    async fn attribute(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
        let sent = Query::select()
            .columns(["id", "recording_id", "email"])
            .from("share")
            .order_by("id", Order::Asc)
            .to_owned();
        for row in manager.get_connection().query_all(&sent).await? {
            let (id, recording): (i64, i64) = (row.try_get("", "id")?, row.try_get("", "recording_id")?);
            let email: String = row.try_get("", "email")?;
            // [`model::history::What`] as JSON.
            let taken = Cond::all()
                .add(Expr::col("account_id").is_null())
                .add(Expr::col("who").eq(email.clone()))
                .add(Expr::col("what").eq("\"downloaded\""));
            let done = Query::update()
                .table("event")
                .value("share_id", id)
                .and_where(Expr::col("recording_id").eq(recording))
                .and_where(Expr::col("id").gt(id))
                .cond_where(Cond::any().add(taken).add(Expr::col("what").like(deed_of(&email)?)))
                .to_owned();
            manager.execute(done).await?;
        }
        Ok(())
    }
}

/// How what became of a link to that address begins, with nothing in it read as a wildcard.
fn deed_of(email: &str) -> Result<LikeExpr, DbErr> {
    let email = serde_json::to_string(email).map_err(|error| DbErr::Custom(error.to_string()))?;
    let mut pattern = String::from("{\"share\":{\"to\":");
    for sign in email.chars() {
        if matches!(sign, '%' | '_' | '|') {
            pattern.push('|');
        }
        pattern.push(sign);
    }
    pattern.push_str(",%");
    Ok(LikeExpr::new(pattern).escape('|'))
}

/// What opens a link: one for each time that its letter left.
fn share_secret() -> TableCreateStatement {
    table("share_secret")
        .col(text("token_hash").primary_key().to_owned())
        .col(number("share_id"))
        .foreign_key(&mut of("share_secret", "share_id", "share", ForeignKeyAction::Cascade))
        .to_owned()
}

#[cfg(test)]
mod tests {
    use sea_orm_migration::sea_orm::DatabaseConnection;

    use super::*;
    use crate::testing::{
        Fixture,
        crowd::{self, Crowd},
    };

    /// An event: its number, recording, account, who and what, and whose link it is of.
    type Done<'a> = (i64, i64, Option<i64>, &'a str, String, Option<i64>);

    async fn all(db: &DatabaseConnection, table: &'static str, column: &'static str) -> Vec<Option<i64>> {
        let rows = Query::select()
            .column(column)
            .from(table)
            .order_by("id", Order::Asc)
            .to_owned();
        let rows = db.query_all(&rows).await.unwrap();
        rows.iter().map(|row| row.try_get("", column).unwrap()).collect()
    }

    /// A link as it was sent.
    async fn link(manager: &SchemaManager<'_>, id: i64, recording: i64, email: &str) {
        let numbers = ["id", "recording_id", "letter_id", "created_at", "until"];
        let texts = ["email", "sender", "locale", "subject"];
        let row = Query::insert()
            .into_table("share")
            .columns(numbers.into_iter().chain(texts))
            .values_panic([
                id.into(),
                recording.into(),
                0.into(),
                0.into(),
                0.into(),
                email.into(),
                "Pelle".into(),
                "sv".into(),
                "Samtal".into(),
            ])
            .to_owned();
        manager.execute(row).await.unwrap();
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_was_done_before_is_of_the_newest_link_that_there_was_to_that_address() {
        let fixture = Fixture::new().await;
        Crowd::of(2).fill(&fixture.backend).await;
        let db = fixture.backend.db();
        let recordings = all(db, "recording", "id").await;
        let (one, other) = (recordings[0].unwrap(), recordings[1].unwrap());
        let account = crate::account::by_email(db, crowd::SUPER).await.unwrap().unwrap().id.0;
        let manager = SchemaManager::new(db);
        for (id, recording, email) in [
            (10, one, "g_n@kund.test"),
            (20, one, "gun@kund.test"),
            (30, one, "g_n@kund.test"),
            (40, other, "gun@kund.test"),
        ] {
            link(&manager, id, recording, email).await;
        }
        let share = |to: &str, deed: &str| format!(r#"{{"share":{{"to":"{to}","deed":{deed}}}}}"#);
        let sent = r#"{"sent":{"until":{},"download":true,"passcode":false}}"#;
        let downloaded = || "\"downloaded\"".to_owned();
        let done: [Done<'_>; 10] = [
            (11, one, Some(account), "Pelle", share("g_n@kund.test", sent), Some(10)),
            (12, one, None, "g_n@kund.test", downloaded(), Some(10)),
            (21, one, Some(account), "Pelle", share("gun@kund.test", sent), Some(20)),
            (
                22,
                one,
                None,
                "g_n@kund.test",
                share("g_n@kund.test", "\"opened\""),
                Some(10),
            ),
            (31, one, None, "gun@kund.test", downloaded(), Some(20)),
            (
                32,
                one,
                Some(account),
                "Eva",
                share("g_n@kund.test", "\"revoked\""),
                Some(30),
            ),
            (33, one, Some(account), "gun@kund.test", downloaded(), None),
            (34, one, None, "Lisa Larsson", downloaded(), None),
            (
                35,
                one,
                None,
                "gun@kund.test",
                r#"{"tagged":{"from":"","to":"a"}}"#.into(),
                None,
            ),
            (41, other, None, "gun@kund.test", downloaded(), Some(40)),
        ];
        for (id, recording, account, who, what, _) in &done {
            let row = Query::insert()
                .into_table("event")
                .columns(["id", "recording_id", "account_id", "who", "at", "what"])
                .values_panic([
                    (*id).into(),
                    (*recording).into(),
                    (*account).into(),
                    (*who).into(),
                    0.into(),
                    what.clone().into(),
                ])
                .to_owned();
            manager.execute(row).await.unwrap();
        }
        Links::attribute(&manager).await.unwrap();
        let by = done.each_ref().map(|(.., by)| *by);
        assert_eq!(all(db, "event", "share_id").await, by);
    }
}
