//! What is known of the ways to lists: how many a condition finds, and how far back enough are passed. It is asked for once in a
//! while and not for every page: what it says decides how rows are looked up and how far they are counted, and never which there
//! are.

use std::time::Duration;

use moka::sync::Cache;
use sea_orm::{ConnectionTrait, DatabaseConnection, sea_query::SelectStatement};

use crate::Error;

/// So long a hint holds: what comes meanwhile turns few into many by little.
const FRESH: Duration = Duration::from_mins(1);
/// So many bytes of questions are remembered; what was asked for least goes first.
const ROOM: u64 = 8 << 20;

/// What questions have come to, by their words.
pub struct Hints(Cache<String, Option<i64>>);

impl Default for Hints {
    fn default() -> Self {
        let weight = |words: &String, _: &Option<i64>| u32::try_from(words.len()).unwrap_or(u32::MAX);
        Self(
            Cache::builder()
                .weigher(weight)
                .max_capacity(ROOM)
                .time_to_live(FRESH)
                .build(),
        )
    }
}

impl Hints {
    /// The one number that a question comes to, as it was a while ago at most; none where it finds nothing.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn ask(&self, db: &DatabaseConnection, question: &SelectStatement) -> Result<Option<i64>, Error> {
        let question = db.get_database_backend().build(question);
        let words = question.to_string();
        if let Some(known) = self.0.get(&words) {
            return Ok(known);
        }
        let row = db.query_one_raw(question).await?;
        let said = row.map(|row| row.try_get_by_index(0)).transpose()?;
        self.0.insert(words, said);
        Ok(said)
    }

    /// Everything is asked anew.
    #[cfg(test)]
    pub fn forget(&self) {
        self.0.invalidate_all();
    }
}
