//! What a recording's evaluations came to and whose step it is, in its own row: lists are narrowed and sorted by it.

use std::collections::BTreeMap;

use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    sea_orm::{ConnectionTrait, DbErr},
    sea_query::{Expr, ExprTrait, Index, Order, Query},
};

use super::{
    columns::{add, index, small},
    m20261126_search::{FACTS, WHOSE},
};

pub struct Scores;

/// In the place of tenths of a per cent: nobody has evaluated it; nothing counts in what was said of it; a critical question
/// failed it.
const UNJUDGED: i16 = -3;
const UNCOUNTED: i16 = -2;
const FAILED: i16 = -1;

/// Whose step it is: nobody's, the evaluated person's, the evaluator's.
const NOBODYS: i16 = 0;
const TO_READ: i16 = 1;
const TO_ANSWER: i16 = 2;

impl MigrationName for Scores {
    fn name(&self) -> &'static str {
        "m20261130_scores"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Scores {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let columns = [
            small("score").default(UNJUDGED).to_owned(),
            small("shown_score").default(UNJUDGED).to_owned(),
            small("waits").default(NOBODYS).to_owned(),
        ];
        for column in add("recording", columns) {
            manager.alter_table(column).await?;
        }
        Self::fill(manager).await?;
        let walk = |first: &'static str| -> Vec<&'static str> { [first].into_iter().chain(FACTS).collect() };
        for (name, columns) in [("recording_score", walk("score")), ("recording_waits", walk("waits"))] {
            manager.create_index(index(name, "recording", &columns, false)).await?;
        }
        // Whoever goes along the time, a person or a department looks at it there too.
        let time = FACTS.into_iter().chain(WHOSE).collect();
        let department = FACTS.into_iter().filter(|fact| *fact != "department_id");
        let department = ["department_id"].into_iter().chain(department).collect();
        for (name, mut columns) in [
            ("recording_walk", time),
            ("recording_of_person", walk("person_id")),
            ("recording_of_department", department),
        ] {
            columns.extend(["score", "shown_score", "waits"]);
            let old = Index::drop().name(name).table("recording").to_owned();
            manager.drop_index(old).await?;
            manager.create_index(index(name, "recording", &columns, false)).await?;
        }
        Ok(())
    }
}

impl Scores {
    /// Says of each recording what its evaluations say.
    async fn fill(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
        let done = Query::select()
            .columns(["recording_id", "state", "percent", "failed"])
            .from("evaluation")
            .and_where(Expr::col("done_at").is_not_null())
            .and_where(Expr::col("own").eq(false))
            .order_by("done_at", Order::Asc)
            .order_by("id", Order::Asc)
            .to_owned();
        // What the newest came to, and the newest that was shown; of two that wait the evaluator's step is told.
        let mut all: BTreeMap<i64, [i16; 3]> = BTreeMap::new();
        for row in manager.get_connection().query_all(&done).await? {
            let (recording, state): (i64, String) = (row.try_get("", "recording_id")?, row.try_get("", "state")?);
            let percent: Option<i64> = row.try_get("", "percent")?;
            let came_to = match percent {
                _ if row.try_get("", "failed")? => FAILED,
                None => UNCOUNTED,
                Some(tenths) => i16::try_from(tenths).unwrap_or(i16::MAX),
            };
            let (shown, step) = read_state(&state)?;
            let [score, shown_score, waits] = all.entry(recording).or_insert([UNJUDGED, UNJUDGED, NOBODYS]);
            *score = came_to;
            if shown {
                *shown_score = came_to;
            }
            *waits = std::cmp::max(step, *waits);
        }
        for (recording, [score, shown_score, waits]) in all {
            let row = Query::update()
                .table("recording")
                .value("score", score)
                .value("shown_score", shown_score)
                .value("waits", waits)
                .and_where(Expr::col("id").eq(recording))
                .to_owned();
            manager.execute(row).await?;
        }
        // A demo was once marked without having been evaluated.
        let unsaid = Query::update()
            .table("recording")
            .value("evaluated", false)
            .value("shown", false)
            .and_where(Expr::col("evaluated").eq(true))
            .and_where(Expr::col("score").eq(UNJUDGED))
            .to_owned();
        manager.execute(unsaid).await
    }
}

/// Whether what is in such a state has been shown, and whose step it is.
fn read_state(state: &str) -> Result<(bool, i16), DbErr> {
    let kept: serde_json::Value = serde_json::from_str(state).map_err(|error| DbErr::Custom(error.to_string()))?;
    match kept
        .get("state")
        .and_then(serde_json::Value::as_str)
        .unwrap_or_default()
    {
        "draft" | "done" => Ok((false, NOBODYS)),
        "shown" => Ok((true, TO_READ)),
        "disputed" => Ok((true, TO_ANSWER)),
        "acknowledged" => Ok((true, NOBODYS)),
        _ => Err(DbErr::Custom(format!("no such state of an evaluation: {state}"))),
    }
}

#[cfg(test)]
mod tests {
    use model::evaluation::State;

    use super::*;
    use crate::testing::{Fixture, crowd::Crowd};

    /// An evaluation: its number, when it was finished, whether it is said of oneself, its state, and what it came to.
    type Said = (i64, Option<i64>, bool, State, Option<i64>, bool);

    async fn say(manager: &SchemaManager<'_>, recording: i64, (id, done, own, state, percent, failed): Said) {
        let row = Query::insert()
            .into_table("evaluation")
            .columns([
                "id",
                "recording_id",
                "form_id",
                "version",
                "evaluator",
                "own",
                "state",
                "turns",
                "percent",
                "failed",
                "changed_at",
                "done_at",
            ])
            .values_panic([
                id.into(),
                recording.into(),
                1.into(),
                1.into(),
                "Eva".into(),
                own.into(),
                serde_json::to_string(&state).unwrap().into(),
                "[]".into(),
                percent.into(),
                failed.into(),
                0.into(),
                done.into(),
            ])
            .to_owned();
        manager.execute(row).await.unwrap();
    }

    #[test]
    fn a_state_is_read_as_it_was_kept() {
        for (kept, read) in [
            (r#"{"state":"draft"}"#, (false, NOBODYS)),
            (r#"{"state":"done"}"#, (false, NOBODYS)),
            (r#"{"state":"shown","disputes":0}"#, (true, TO_READ)),
            (r#"{"state":"disputed","disputes":1}"#, (true, TO_ANSWER)),
            (r#"{"state":"acknowledged","disputes":2}"#, (true, NOBODYS)),
        ] {
            assert_eq!(read_state(kept).unwrap(), read, "{kept}");
        }
        assert!(read_state(r#"{"state":"sealed"}"#).is_err());
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_recording_says_what_was_said_before_its_row_knew() {
        let fixture = Fixture::new().await;
        Crowd::of(2).fill(&fixture.backend).await;
        let db = fixture.backend.db();
        let manager = SchemaManager::new(db);
        let before = Query::update()
            .table("recording")
            .value("evaluated", true)
            .value("score", UNJUDGED)
            .value("shown_score", UNJUDGED)
            .value("waits", NOBODYS)
            .to_owned();
        manager.execute(before).await.unwrap();
        let all = Query::select()
            .columns(["id", "evaluated", "score", "shown_score", "waits"])
            .from("recording")
            .order_by("id", Order::Asc)
            .to_owned();
        let first: i64 = db.query_all(&all).await.unwrap()[0].try_get("", "id").unwrap();
        let said: [Said; 4] = [
            (12, Some(100), false, State::Shown { disputes: 0 }, Some(829), false),
            (11, Some(200), false, State::Done, Some(0), true),
            (13, None, false, State::Draft, None, false),
            (14, Some(300), true, State::Done, Some(500), false),
        ];
        for said in said {
            say(&manager, first, said).await;
        }
        Scores::fill(&manager).await.unwrap();
        let rows = db.query_all(&all).await.unwrap();
        let rows = rows.iter().map(|row| {
            let evaluated: bool = row.try_get("", "evaluated").unwrap();
            let marks = ["score", "shown_score", "waits"].map(|column| row.try_get::<i16>("", column).unwrap());
            (evaluated, marks)
        });
        let expected = [(true, [FAILED, 829, TO_READ]), (false, [UNJUDGED, UNJUDGED, NOBODYS])];
        assert_eq!(rows.collect::<Vec<_>>(), expected);
    }
}
