//! Finding recordings by parts of words. Both databases keep an index of all threes of signs; what they find is the same.

use std::ops::Range;

use sea_orm::{
    ConnectionTrait, DbBackend, DbErr, Statement,
    sea_query::{Condition, Expr, ExprTrait, SimpleExpr},
};

use super::text::{anywhere, fold};

/// A word shorter than this is in no index.
const SHORTEST: usize = 3;
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

/// What a recording must hold to be found by these words: each of them, somewhere.
pub fn holds(words: &[String]) -> Condition {
    words.iter().fold(Condition::all(), |all, word| {
        all.add(Expr::cust(TEXT).like(anywhere(word)))
    })
}

/// That a recording may hold any of these words, as the index of PostgreSQL is asked: nothing where one is so short that
/// no index knows it.
pub fn may_hold(backend: DbBackend, words: &[String]) -> Option<Condition> {
    let asked = backend == DbBackend::Postgres && !words.is_empty();
    let long = words.iter().all(|word| word.chars().count() >= SHORTEST);
    let any = |any: Condition, word: &String| any.add(Expr::cust(TEXT).like(anywhere(word)));
    (asked && long).then(|| words.iter().fold(Condition::any(), any))
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
    use super::*;

    #[test]
    fn words_become_the_threes_that_the_index_knows() {
        let threes = |words: &[&str]| threes(&words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>());
        assert_eq!(threes(&["ÖSTR", "str"]).as_deref(), Some(r#""öst" AND "str""#));
        assert_eq!(threes(&[r#"a"b"#]).as_deref(), Some(r#""a""b""#));
        assert_eq!(threes(&["12345"]).as_deref(), Some(r#""123" AND "345""#));
        assert_eq!(threes(&["ab", ""]), None);
    }
}
