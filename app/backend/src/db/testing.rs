//! What only tests ask of a database.

#![expect(
    clippy::disallowed_methods,
    reason = "this is the room for what only one of the databases understands"
)]

use sea_orm::{ConnectionTrait, DbBackend, DbErr};
#[cfg(test)]
use sea_orm::{DatabaseConnection, Statement};

/// The way `SQLite` goes to answer a statement: a line for each step (`EXPLAIN QUERY PLAN`).
///
/// # Errors
/// When the database does not understand the statement.
#[cfg(test)]
pub async fn plan(db: &DatabaseConnection, statement: &Statement) -> Result<Vec<String>, DbErr> {
    let explain = Statement {
        sql: format!("EXPLAIN QUERY PLAN {}", statement.sql),
        ..statement.clone()
    };
    let rows = db.query_all_raw(explain).await?;
    rows.into_iter().map(|row| row.try_get("", "detail")).collect()
}

/// Gives the one who writes here much memory: many rows touch many pages of many indexes, and would read them again and
/// again.
///
/// # Errors
/// When the database does not answer.
pub async fn make_room(db: &impl ConnectionTrait) -> Result<(), DbErr> {
    if db.get_database_backend() == DbBackend::Sqlite {
        db.execute_unprepared("PRAGMA cache_size = -2000000").await?;
    }
    Ok(())
}
