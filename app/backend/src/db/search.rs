//! Finding recordings by parts of words, and of numbers. Both databases keep an index of all threes of signs; what they find is the
//! same.

use std::ops::Range;

use sea_orm::{
    ConnectionTrait, DbBackend, DbErr, Statement,
    sea_query::{Condition, Expr, ExprTrait, Query, SimpleExpr, UnionType},
};

use super::text::{anywhere, fold};

/// A word shorter than this is in no index.
const SHORTEST: usize = 3;
/// So many numbers can be named in one question.
const NUMBERS: u64 = if cfg!(test) { 8 } else { 2_000 };
/// All the text of a recording, as the index of PostgreSQL has it.
const TEXT: &str = r#"("recording"."who_text" || ' ' || "recording"."call_text" || ' ' || "recording"."tag_text")"#;

/// Makes the index, and what keeps it true.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the room for what only one of the databases understands"
)]
pub async fn prepare(db: &impl ConnectionTrait, sqlite: bool) -> Result<(), DbErr> {
    let statements: &[&str] = if sqlite {
        &[
            // Its rows are named by the moment, so that it is read from the newest on, and no further than needed.
            "CREATE VIRTUAL TABLE recording_text USING fts5(who_text, call_text, tag_text, content='recording', \
             content_rowid='moment', tokenize='trigram', detail=none)",
            "INSERT INTO recording_text(recording_text, rank) VALUES('secure-delete', 1)",
            "CREATE TRIGGER recording_text_in AFTER INSERT ON recording BEGIN \
             INSERT INTO recording_text(rowid, who_text, call_text, tag_text) \
             VALUES (new.moment, new.who_text, new.call_text, new.tag_text); END",
            "CREATE TRIGGER recording_text_out AFTER DELETE ON recording BEGIN \
             INSERT INTO recording_text(recording_text, rowid, who_text, call_text, tag_text) \
             VALUES ('delete', old.moment, old.who_text, old.call_text, old.tag_text); END",
            "CREATE TRIGGER recording_text_new AFTER UPDATE OF who_text, call_text, tag_text ON recording \
             WHEN old.who_text IS NOT new.who_text OR old.call_text IS NOT new.call_text OR old.tag_text IS NOT new.tag_text \
             BEGIN INSERT INTO recording_text(recording_text, rowid, who_text, call_text, tag_text) \
             VALUES ('delete', old.moment, old.who_text, old.call_text, old.tag_text); \
             INSERT INTO recording_text(rowid, who_text, call_text, tag_text) \
             VALUES (new.moment, new.who_text, new.call_text, new.tag_text); END",
            "INSERT INTO recording_text(recording_text) VALUES('rebuild')",
        ]
    } else {
        &[
            "CREATE EXTENSION IF NOT EXISTS pg_trgm",
            "CREATE INDEX recording_text ON recording USING gin ((who_text || ' ' || call_text || ' ' || tag_text) gin_trgm_ops)",
        ]
    };
    for statement in statements {
        db.execute_unprepared(statement).await?;
    }
    Ok(())
}

/// How many recordings hold a word PostgreSQL guesses from a sample of a hundred texts. Now and then none of those holds what three of
/// a hundred hold: it then thinks that rare, and fetches all of it for a page. Of four hundred some always do. To draw them it reads
/// four times as much of the table.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the room for what only one of the databases understands"
)]
pub async fn look_closer(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    db.execute_unprepared("ALTER INDEX recording_text ALTER COLUMN 1 SET STATISTICS 400")
        .await
        .map(drop)
}

/// Makes the list of all numbers with the calls of each, its index, and what keeps both true: a number goes with its last recording.
/// Parts of numbers are looked for in there, where a number stands once and not once a call.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the room for what only one of the databases understands"
)]
pub async fn count_numbers(db: &impl ConnectionTrait, sqlite: bool) -> Result<(), DbErr> {
    let statements: &[&str] = if sqlite {
        &[
            "CREATE TABLE number (id INTEGER PRIMARY KEY, key TEXT NOT NULL UNIQUE, calls INTEGER NOT NULL)",
            "INSERT INTO number(key, calls) SELECT number_key, COUNT(*) FROM recording WHERE number_key > '' GROUP BY number_key",
            "CREATE VIRTUAL TABLE number_text USING fts5(key, content='number', content_rowid='id', tokenize='trigram', \
             detail=none)",
            "INSERT INTO number_text(number_text, rank) VALUES('secure-delete', 1)",
            "CREATE TRIGGER number_in AFTER INSERT ON number BEGIN \
             INSERT INTO number_text(rowid, key) VALUES (new.id, new.key); END",
            "CREATE TRIGGER number_out AFTER DELETE ON number BEGIN \
             INSERT INTO number_text(number_text, rowid, key) VALUES ('delete', old.id, old.key); END",
            "CREATE TRIGGER recording_number_in AFTER INSERT ON recording WHEN new.number_key > '' BEGIN \
             INSERT INTO number(key, calls) VALUES (new.number_key, 1) ON CONFLICT(key) DO UPDATE SET calls = calls + 1; END",
            "CREATE TRIGGER recording_number_out AFTER DELETE ON recording WHEN old.number_key > '' BEGIN \
             UPDATE number SET calls = calls - 1 WHERE key = old.number_key; \
             DELETE FROM number WHERE key = old.number_key AND calls < 1; END",
            "CREATE TRIGGER recording_number_new AFTER UPDATE OF number_key ON recording \
             WHEN old.number_key <> new.number_key BEGIN \
             UPDATE number SET calls = calls - 1 WHERE key = old.number_key; \
             DELETE FROM number WHERE key = old.number_key AND calls < 1; \
             INSERT INTO number(key, calls) SELECT new.number_key, 1 WHERE new.number_key > '' \
             ON CONFLICT(key) DO UPDATE SET calls = calls + 1; END",
            "INSERT INTO number_text(number_text) VALUES('rebuild')",
        ]
    } else {
        &[
            "CREATE TABLE number (key TEXT PRIMARY KEY, calls BIGINT NOT NULL)",
            "INSERT INTO number(key, calls) SELECT number_key, COUNT(*) FROM recording WHERE number_key > '' GROUP BY number_key",
            "CREATE INDEX number_text ON number USING gin (key gin_trgm_ops)",
            "CREATE FUNCTION count_number() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN \
             IF TG_OP <> 'INSERT' AND OLD.number_key > '' THEN \
             UPDATE number SET calls = calls - 1 WHERE key = OLD.number_key; \
             DELETE FROM number WHERE key = OLD.number_key AND calls < 1; END IF; \
             IF TG_OP <> 'DELETE' AND NEW.number_key > '' THEN \
             INSERT INTO number(key, calls) VALUES (NEW.number_key, 1) \
             ON CONFLICT (key) DO UPDATE SET calls = number.calls + 1; END IF; \
             RETURN NULL; END $$",
            "CREATE TRIGGER recording_number_in_out AFTER INSERT OR DELETE ON recording \
             FOR EACH ROW EXECUTE FUNCTION count_number()",
            "CREATE TRIGGER recording_number_new AFTER UPDATE OF number_key ON recording \
             FOR EACH ROW WHEN (OLD.number_key <> NEW.number_key) EXECUTE FUNCTION count_number()",
        ]
    };
    for statement in statements {
        db.execute_unprepared(statement).await?;
    }
    Ok(())
}

/// Numbers, and how many calls they have together.
pub struct Numbers {
    /// They come as one value, so that they are always asked for by the same statement.
    json: String,
    pub calls: u64,
}

/// These numbers, and those that hold any of these parts; none where a part is too short for an index, where so many numbers hold them
/// that they cannot be named in a question, or where they have more calls than so many.
pub async fn numbers(
    db: &impl ConnectionTrait,
    whole: &[String],
    parts: &[String],
    most: u64,
) -> Result<Option<Numbers>, DbErr> {
    let words = Words {
        any: parts.to_vec(),
        ..Words::default()
    };
    let Some(threes) = words.threes() else { return Ok(None) };
    let columns = [("number", "key"), ("number", "calls")];
    let holds = parts
        .iter()
        .map(|part| Expr::col(("number", "key")).like(anywhere(part)));
    let mut held = Query::select();
    held.columns(columns)
        .cond_where(holds.fold(Condition::any(), Condition::add))
        .limit(NUMBERS + 1);
    // Said as a join in this order, SQLite looks at one hit after the other, and ends where it is told to.
    let all = if db.get_database_backend() == DbBackend::Sqlite {
        held.from("number_text")
            .cross_join("number")
            .and_where(Expr::cust(r#""number"."id" = "number_text"."rowid""#))
            .and_where(Expr::cust_with_values("number_text MATCH ?", [threes]));
        "json_group_array(key)"
    } else {
        held.from("number");
        "COALESCE(json_agg(key), '[]')::text"
    };
    let mut some = Query::select()
        .columns(["key", "calls"])
        .from_subquery(held, "held")
        .to_owned();
    if !whole.is_empty() {
        let whole = Query::select()
            .columns(columns)
            .from("number")
            .and_where(Expr::col(("number", "key")).is_in(whole))
            .to_owned();
        some.union(UnionType::Distinct, whole);
    }
    let asked = Query::select()
        .expr(Expr::col("key").count())
        .expr(Expr::cust("CAST(COALESCE(SUM(calls), 0) AS bigint)"))
        .expr(Expr::cust(all))
        .from_subquery(some, "some")
        .to_owned();
    let Some(row) = db.query_one(&asked).await? else {
        return Ok(None);
    };
    let (count, calls, json): (i64, i64, String) = row.try_get_many_by_index()?;
    let (count, calls) = (count.unsigned_abs(), calls.unsigned_abs());
    Ok((count <= NUMBERS && calls <= most).then_some(Numbers { json, calls }))
}

impl Numbers {
    /// That a recording has one of these.
    pub fn condition(&self, backend: DbBackend) -> SimpleExpr {
        let one_of = if backend == DbBackend::Sqlite {
            r#""recording"."number_key" IN (SELECT value FROM json_each(?))"#
        } else {
            r#""recording"."number_key" IN (SELECT json_array_elements_text($1::json))"#
        };
        Expr::cust_with_values(one_of, [&self.json])
    }
}

/// What a recording must hold to be found by these words: each of them, somewhere.
pub fn holds(words: &[String]) -> Condition {
    words.iter().fold(Condition::all(), |all, word| {
        all.add(Expr::cust(TEXT).like(anywhere(word)))
    })
}

/// What is looked for by parts of words: all of the one kind, and any of the other.
#[derive(Clone, Debug, Default)]
pub struct Words {
    pub all: Vec<String>,
    pub any: Vec<String>,
}

/// The recordings that may hold these words, by their moments, newest first: within a stretch of moments, so many at most.
/// None where the index cannot say, since every word is too short for it, or where the database finds the way itself.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the room for what only one of the databases understands"
)]
pub async fn hits(
    db: &impl ConnectionTrait,
    words: &Words,
    moments: Range<i64>,
    most: usize,
) -> Result<Option<Vec<i64>>, DbErr> {
    if db.get_database_backend() != DbBackend::Sqlite {
        return Ok(None);
    }
    let Some(threes) = words.threes() else { return Ok(None) };
    let asked = Statement::from_sql_and_values(
        DbBackend::Sqlite,
        "SELECT rowid FROM recording_text WHERE recording_text MATCH ? AND rowid >= ? AND rowid < ? \
         ORDER BY rowid DESC LIMIT ?",
        [
            threes.into(),
            moments.start.into(),
            moments.end.into(),
            i64::try_from(most).unwrap_or(i64::MAX).into(),
        ],
    );
    let rows = db.query_all_raw(asked).await?;
    rows.into_iter()
        .map(|row| row.try_get_by_index(0))
        .collect::<Result<_, _>>()
        .map(Some)
}

/// That a recording is among those that may hold these words; nothing where no index can say.
pub fn among(backend: DbBackend, words: &Words) -> Option<SimpleExpr> {
    let threes = words.threes().filter(|_| backend == DbBackend::Sqlite)?;
    Some(Expr::cust_with_values(
        r#""recording"."moment" IN (SELECT rowid FROM recording_text WHERE recording_text MATCH ?)"#,
        [threes],
    ))
}

/// That a recording is one of these, by its moment. They come as one value, so that it is always the same statement.
pub fn one_of(moments: &[i64]) -> SimpleExpr {
    let moments = moments.iter().map(ToString::to_string).collect::<Vec<_>>().join(",");
    Expr::cust_with_values(
        r#""recording"."moment" IN (SELECT value FROM json_each(?))"#,
        [format!("[{moments}]")],
    )
}

/// Tags that hold this text, as they are searched in; none where there are too many tags to look at. Each is found by one
/// step along the index.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the room for what only one of the databases understands"
)]
pub async fn tags(db: &impl ConnectionTrait, text: &str, most: usize) -> Result<Option<Vec<String>>, DbErr> {
    let step = "WITH RECURSIVE steps(tag) AS (SELECT MIN(tag_text) FROM recording WHERE tag_text > '' UNION ALL \
                SELECT (SELECT MIN(tag_text) FROM recording WHERE tag_text > steps.tag) FROM steps \
                WHERE steps.tag IS NOT NULL) SELECT tag FROM steps WHERE tag IS NOT NULL LIMIT ";
    let asked = Statement::from_string(db.get_database_backend(), format!("{step}{}", most + 1));
    let tags: Vec<String> = db
        .query_all_raw(asked)
        .await?
        .into_iter()
        .map(|row| row.try_get_by_index(0))
        .collect::<Result<_, _>>()?;
    let text = fold(text);
    Ok((tags.len() <= most).then(|| tags.into_iter().filter(|tag| tag.contains(&text)).collect()))
}

impl Words {
    /// As the index is asked; none where it cannot say.
    fn threes(&self) -> Option<String> {
        let any: Option<Vec<String>> = self.any.iter().map(|word| threes(std::slice::from_ref(word))).collect();
        let any = any
            .filter(|any| !any.is_empty())
            .map(|any| format!("(({}))", any.join(") OR (")));
        let both: Vec<String> = threes(&self.all).into_iter().chain(any).collect();
        (!both.is_empty()).then(|| both.join(" AND "))
    }
}

/// Threes of signs in these words, each of which the index must know: so many that every sign is in one. What is found is
/// looked at anyway, and each further three would be another list to go through.
fn threes(words: &[String]) -> Option<String> {
    let mut threes: Vec<String> = vec![];
    for word in words {
        let signs: Vec<char> = fold(word).chars().collect();
        let last = signs.len().saturating_sub(SHORTEST);
        for (at, three) in signs.windows(SHORTEST).enumerate() {
            if at % SHORTEST != 0 && at != last {
                continue;
            }
            let quoted = format!("\"{}\"", three.iter().collect::<String>().replace('"', "\"\""));
            if !threes.contains(&quoted) {
                threes.push(quoted);
            }
        }
    }
    (!threes.is_empty()).then(|| threes.join(" AND "))
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use sea_orm::{EntityTrait, QueryFilter, QueryOrder, QuerySelect};

    use super::*;
    use crate::{
        recordings::entity::recording::{self, COLUMN},
        testing::{Fixture, crowd::Crowd},
    };

    /// Each number with its calls, as they are counted and as they are.
    async fn counted(fixture: &Fixture) -> (BTreeMap<String, i64>, BTreeMap<String, i64>) {
        let db = fixture.backend.db();
        let all = Query::select().columns(["key", "calls"]).from("number").to_owned();
        let rows = db.query_all(&all).await.unwrap();
        let kept = rows.iter().map(|row| row.try_get_many_by_index().unwrap()).collect();
        let keys: Vec<String> = recording::Entity::find()
            .filter(COLUMN.number_key.ne(""))
            .select_only()
            .column(recording::Column::NumberKey)
            .into_tuple()
            .all(db)
            .await
            .unwrap();
        let mut there = BTreeMap::new();
        for key in keys {
            *there.entry(key).or_default() += 1;
        }
        (kept, there)
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn numbers_are_known_as_long_as_they_have_a_recording() {
        let fixture = Fixture::new().await;
        let db = fixture.backend.db();
        Crowd::of(300).fill(&fixture.backend).await;
        let (kept, there) = counted(&fixture).await;
        assert!(there.len() > 30 && kept == there, "{kept:?}\n{there:?}");
        let all: Vec<(i64, String)> = recording::Entity::find()
            .select_only()
            .columns([recording::Column::Moment, recording::Column::NumberKey])
            .order_by_asc(recording::Column::Moment)
            .into_tuple()
            .all(db)
            .await
            .unwrap();
        let change = async |to: &str, moments: &[i64]| {
            recording::Entity::update_many()
                .col_expr(recording::Column::NumberKey, Expr::val(to))
                .filter(COLUMN.moment.is_in(moments.iter().copied()))
                .exec(db)
                .await
                .unwrap();
        };
        let moments: Vec<i64> = all.iter().map(|(moment, _)| *moment).collect();
        let found = async |most| {
            let found = numbers(db, &[], &["987654".into()], most).await.unwrap()?;
            let mut numbers: Vec<String> = serde_json::from_str(&found.json).unwrap();
            numbers.sort_unstable();
            Some((numbers, found.calls))
        };
        assert_eq!(found(1_000).await, Some((vec![], 0)));
        change("+46987654321", &moments[..20]).await;
        change("", &moments[20..40]).await;
        change("+46987654399", &moments[30..40]).await;
        change("+46987654399", &moments[40..60]).await;
        change("+46987654399", &moments[10..20]).await;
        let both = ["+46987654321", "+46987654399"].map(ToOwned::to_owned);
        assert_eq!(found(50).await, Some((both.to_vec(), 50)));
        assert_eq!(found(49).await, None, "of more calls than few nothing is said");
        recording::Entity::delete_many()
            .filter(
                COLUMN
                    .moment
                    .is_in(moments[..10].iter().chain(&moments[60..150]).copied()),
            )
            .exec(db)
            .await
            .unwrap();
        let left = Some((both[1..].to_vec(), 40));
        assert_eq!(found(50).await, left, "it goes with its last recording");
        let (kept, there) = counted(&fixture).await;
        assert_eq!(kept, there);
    }

    #[test]
    fn words_become_the_threes_that_the_index_knows() {
        let threes = |words: &[&str]| threes(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>());
        assert_eq!(threes(&["ÖSTR", "str"]).as_deref(), Some(r#""öst" AND "str""#));
        assert_eq!(threes(&[r#"a"b"#]).as_deref(), Some(r#""a""b""#));
        assert_eq!(threes(&["12345"]).as_deref(), Some(r#""123" AND "345""#));
        assert_eq!(threes(&["ab", ""]), None);
    }
}
