//! Opening the database. SQLite in the data folder unless an address says otherwise; the same code serves PostgreSQL.

use std::time::Duration;

use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    SqliteTransactionMode, Statement, TransactionOptions, TransactionTrait,
    sqlx::{
        Connection, Executor,
        sqlite::{SqliteJournalMode, SqliteSynchronous},
    },
};
use sea_orm_migration::MigratorTrait;

use super::migrations::Migrations;

/// How PostgreSQL plans here. Each time with the values that are asked for: how many hold a word or a number only those tell, and a
/// plan that is made without them goes through a hundred times as much. And without compiling, which takes longer than the answer.
const PLANNING: &str = "SET plan_cache_mode = force_custom_plan; SET jit = off";

/// A connection that has rested so long is asked whether it is still there.
const RESTED: Duration = Duration::from_secs(1);

/// Opens the database at `url` (`sqlite:…` or `postgres:…`) and brings its tables up to date.
///
/// SQLite gets write-ahead logging, a full sync at each commit (what was acknowledged is on the disk), and erases what
/// it deletes.
///
/// # Errors
/// When the database cannot be reached, or was made by a newer Hark.
pub async fn connect(url: &str) -> Result<DatabaseConnection, DbErr> {
    let mut options = ConnectOptions::new(url);
    options
        .max_connections(8)
        .acquire_timeout(Duration::from_secs(10))
        // A file does not hang up. To ask that before every question would double the ways to the database and back.
        .test_before_acquire(false)
        .sqlx_logging(false);
    options.map_sqlx_sqlite_opts(|sqlite| {
        sqlite
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(10))
            .foreign_keys(true)
            .pragma("secure_delete", "ON")
            .pragma("cache_size", "-16384")
            .statement_cache_capacity(256)
            // A page of the list comes in one go.
            .row_buffer_size(128)
    });
    options.map_sqlx_postgres_pool_opts(|pool| {
        pool.after_connect(|connection, _| Box::pin(async move { connection.execute(PLANNING).await.map(drop) }))
            .before_acquire(|connection, meta| {
                Box::pin(async move {
                    // A server may have hung up meanwhile: then another connection takes its place.
                    if meta.idle_for >= RESTED {
                        connection.ping().await?;
                    }
                    Ok(true)
                })
            })
    });
    let db = Database::connect(options).await?;
    let behind = !Migrations::get_pending_migrations(&db).await?.is_empty();
    Migrations::up(&db, None).await?;
    if behind {
        learn(&db).await?;
    }
    Ok(db)
}

/// What [`learn`] does, after many rows have come at once. PostgreSQL also notes which of its pages everyone may see, as it does by
/// itself after a while: then indexes answer without fetching rows.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the room for what only one of the databases understands"
)]
pub async fn settle(db: &DatabaseConnection) -> Result<(), DbErr> {
    if db.get_database_backend() != DbBackend::Sqlite {
        db.execute_unprepared("VACUUM (ANALYZE)").await?;
        return Ok(());
    }
    learn(db).await
}

/// Lets the planner look at the tables: without it a new index can turn a quick page into a slow one. After changes of the
/// tables, and when a server starts.
///
/// SQLite is told besides to enter no index value by value: by which one a list is entered is chosen here, and between such a way
/// and that one it was now one, now the other (<https://www.sqlite.org/fileformat2.html#stat1tab>, `noskipscan`).
#[expect(
    clippy::disallowed_methods,
    reason = "this is the room for what only one of the databases understands"
)]
pub async fn learn(db: &DatabaseConnection) -> Result<(), DbErr> {
    if db.get_database_backend() != DbBackend::Sqlite {
        db.execute_unprepared("ANALYZE").await?;
        return Ok(());
    }
    // On one connection: another that looks in between would go on with what it saw.
    let learning = db.begin().await?;
    learning.execute_unprepared("PRAGMA optimize=0x10002").await?;
    let known = Statement::from_string(
        DbBackend::Sqlite,
        "SELECT 1 FROM sqlite_schema WHERE name = 'sqlite_stat1'",
    );
    if learning.query_one_raw(known).await?.is_some() {
        for sql in [
            "UPDATE sqlite_stat1 SET stat = stat || ' noskipscan' WHERE stat NOT LIKE '%noskipscan'",
            "ANALYZE sqlite_schema",
        ] {
            learning.execute_unprepared(sql).await?;
        }
    }
    learning.commit().await
}

/// Lets the database look at itself; what is wrong in its own words. PostgreSQL watches itself: there it is enough that it
/// answers.
///
/// # Errors
/// When it does not answer.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the room for what only one of the databases understands"
)]
pub async fn check(db: &DatabaseConnection) -> Result<Vec<String>, DbErr> {
    if db.get_database_backend() != DbBackend::Sqlite {
        db.ping().await?;
        return Ok(vec![]);
    }
    let asked = Statement::from_string(DbBackend::Sqlite, "PRAGMA quick_check");
    let said: Result<Vec<String>, DbErr> = db
        .query_all_raw(asked)
        .await?
        .into_iter()
        .map(|row| row.try_get_by_index(0))
        .collect();
    Ok(said?.into_iter().filter(|words| words != "ok").collect())
}

/// Begins a transaction that will write; there is one at a time. On SQLite it takes the write lock at once: one that only
/// later turns from reading to writing fails under contention, whatever its patience.
///
/// # Errors
/// When the lock is not had in ten seconds.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the room for what only one of the databases understands"
)]
pub async fn writing(db: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let options = TransactionOptions {
        access_mode: (db.get_database_backend() == DbBackend::Postgres).then_some(AccessMode::ReadWrite),
        sqlite_transaction_mode: (db.get_database_backend() == DbBackend::Sqlite)
            .then_some(SqliteTransactionMode::Immediate),
        isolation_level: None,
    };
    let transaction = db.begin_with_options(options).await?;
    if db.get_database_backend() == DbBackend::Postgres {
        // One writer at a time here too: what is read first, such as how many administrators there are, still holds when it
        // is acted upon. The lock goes with the transaction.
        transaction
            .execute_unprepared("SELECT pg_advisory_xact_lock(726831107)")
            .await?;
    }
    Ok(transaction)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Fixture;

    /// What is set outside the code, or once for each connection, and would be missed by nobody but a clock.
    #[tokio::test]
    #[expect(
        clippy::disallowed_methods,
        reason = "this is the room for what only one of the databases understands"
    )]
    async fn the_database_is_as_it_was_bidden() {
        let fixture = Fixture::new().await;
        let db = fixture.backend.db();
        let ask = async |sql: &str| -> Vec<String> {
            let asked = Statement::from_string(db.get_database_backend(), sql);
            let rows = db.query_all_raw(asked).await.unwrap();
            rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
        };
        if db.get_database_backend() == DbBackend::Sqlite {
            let options = ask("PRAGMA compile_options").await;
            let has = |option: &str| options.iter().any(|there| there == option);
            assert!(
                has("DEFAULT_MEMSTATUS=0") && !has("ENABLE_MEMORY_MANAGEMENT"),
                "{options:?}"
            );
            // What is rare is known by its values, and not by how many there are on average.
            assert!(has("ENABLE_STAT4") && !has("ENABLE_QPSG"), "{options:?}");
        } else {
            assert_eq!(ask("SHOW plan_cache_mode").await, ["force_custom_plan"]);
            assert_eq!(ask("SHOW jit").await, ["off"]);
        }
    }
}
