//! Opening the database. SQLite in the data folder unless an address says otherwise; the same code serves PostgreSQL.

use std::time::Duration;

use sea_orm::{
    AccessMode, ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr,
    SqliteTransactionMode, TransactionOptions, TransactionTrait,
    sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous},
};
use sea_orm_migration::MigratorTrait;

use super::migrations::Migrations;

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
    });
    let db = Database::connect(options).await?;
    let behind = !Migrations::get_pending_migrations(&db).await?.is_empty();
    Migrations::up(&db, None).await?;
    if behind {
        learn(&db).await?;
    }
    Ok(db)
}

/// Lets the planner look at the tables: without it a new index can turn a quick page into a slow one. After changes of the
/// tables, when a server starts, and after many rows have come at once.
#[expect(
    clippy::disallowed_methods,
    reason = "this is the room for what only one of the databases understands"
)]
pub async fn learn(db: &DatabaseConnection) -> Result<(), DbErr> {
    let sql = if db.get_database_backend() == DbBackend::Sqlite {
        "PRAGMA optimize=0x10002"
    } else {
        "ANALYZE"
    };
    db.execute_unprepared(sql).await?;
    Ok(())
}

/// Begins a transaction that will write. On SQLite it takes the write lock at once: one that only later turns from
/// reading to writing fails under contention, whatever its patience.
///
/// # Errors
/// When the lock is not had in ten seconds.
pub async fn writing(db: &DatabaseConnection) -> Result<DatabaseTransaction, DbErr> {
    let options = TransactionOptions {
        access_mode: (db.get_database_backend() == DbBackend::Postgres).then_some(AccessMode::ReadWrite),
        sqlite_transaction_mode: (db.get_database_backend() == DbBackend::Sqlite)
            .then_some(SqliteTransactionMode::Immediate),
        isolation_level: None,
    };
    db.begin_with_options(options).await
}
