//! A backend for tests: real tables, real files, a clock that stands still.
//!
//! SQLite in a folder of its own; or, where `HARK_TEST_POSTGRES_URL` names a PostgreSQL server, a database of its own
//! there, so that the same tests run on both.

#![expect(
    clippy::unwrap_used,
    clippy::panic,
    clippy::disallowed_methods,
    reason = "a test has nothing better to do than to stop"
)]

pub mod crowd;

use std::{collections::BTreeMap, path::Path, sync::Arc, time::Duration};

use model::{
    id::{CallId, RecordingId},
    instant::Instant,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, Database, DbBackend, EntityTrait, IntoActiveModel, QueryFilter,
    QueryResult, Statement,
};
use tempfile::TempDir;

use crate::{
    Backend, Chance, HeldClock, SystemChance,
    recordings::{
        entity::{call, media, recording},
        moment,
    },
};

/// 2026-11-23 12:00 in Stockholm: the present of every test.
pub const NOON: Instant = Instant(1_795_431_600_000);

/// A backend, and what it stands on.
pub struct Fixture {
    pub backend: Backend,
    pub clock: Arc<HeldClock>,
    pub folder: TempDir,
    /// Where a second process would find the same database.
    pub database_url: String,
}

impl Fixture {
    /// An instance that nobody has claimed.
    ///
    /// # Panics
    /// When it cannot be made: a test has nothing better to do.
    pub async fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let database_url = match std::env::var("HARK_TEST_POSTGRES_URL") {
            Ok(server) => own_database(&server).await,
            Err(_) => format!("sqlite:{}/hark.db", folder.path().display()),
        };
        let clock = Arc::new(HeldClock::at(NOON));
        let backend = Backend::open(folder.path(), &database_url, clock.clone(), Arc::new(SystemChance))
            .await
            .unwrap();
        Self {
            backend,
            clock,
            folder,
            database_url,
        }
    }
}

impl Fixture {
    /// Every row of every table, written down. What only says that someone was here, or tried to get in, is left out.
    ///
    /// # Panics
    /// When the database does not answer.
    pub async fn state(&self) -> String {
        let (columns, quote) = if self.backend.db().get_database_backend() == DbBackend::Postgres {
            (
                "SELECT table_name::text AS room, column_name::text AS thing FROM information_schema.columns
                 WHERE table_schema = 'public' ORDER BY table_name, ordinal_position",
                "quote_nullable",
            )
        } else {
            (
                "SELECT m.name AS room, c.name AS thing FROM sqlite_master m, pragma_table_info(m.name) c
                 WHERE m.type = 'table' AND m.name NOT LIKE 'recording_text%' AND m.name NOT LIKE 'number_text%' ORDER BY m.name, c.cid",
                "quote",
            )
        };
        let mut rooms: BTreeMap<String, Vec<String>> = BTreeMap::new();
        for row in self.rows(columns).await {
            let (room, thing): (String, String) = row.try_get_many("", &["room".into(), "thing".into()]).unwrap();
            let passing =
                ["signed_in_at", "seen_at"].contains(&&*thing) || ["attempt", "seaql_migrations"].contains(&&*room);
            if !passing {
                rooms.entry(room).or_default().push(format!("{quote}(\"{thing}\")"));
            }
        }
        let all = rooms
            .iter()
            .map(|(room, things)| format!("SELECT '{room} ' || {} AS line FROM \"{room}\"", things.join("||','||")))
            .collect::<Vec<_>>()
            .join(" UNION ALL ");
        let mut lines: Vec<String> = self
            .rows(&all)
            .await
            .iter()
            .map(|row| row.try_get("", "line").unwrap())
            .collect();
        lines.sort_unstable();
        lines.join("\n")
    }

    async fn rows(&self, sql: &str) -> Vec<QueryResult> {
        let db = self.backend.db();
        let asked = Statement::from_string(db.get_database_backend(), sql.to_owned());
        db.query_all_raw(asked).await.unwrap()
    }

    /// Makes so many more recordings like one, each a second before the last, with the same sound.
    ///
    /// # Panics
    /// When there is no such recording.
    pub async fn copy(&self, id: RecordingId, count: u32) {
        let db = self.backend.db();
        let row = recording::Entity::find_by_id(id).one(db).await.unwrap().unwrap();
        let sound = media::Entity::find_by_id(id).one(db).await.unwrap().unwrap();
        let numbers: Vec<i64> = (1..=count.into()).collect();
        // A quarter of a second away from what the clock of a test gives out.
        let (first_call, first_row) = (row.call_id.0 - 1_000_000, id.0 - 1_000_000);
        for numbers in numbers.chunks(500) {
            let calls = numbers.iter().map(|number| call::Model {
                id: CallId(first_call + number),
                switch_id: format!("copy-{}", first_call + number),
                created_at: row.created_at,
            });
            let rows = numbers.iter().map(|number| {
                let (id, started_at) = (RecordingId(first_row + number), row.started_at.plus_ms(-1_000 * number));
                recording::Model {
                    id,
                    call_id: CallId(first_call + number),
                    started_at,
                    moment: moment::moment(started_at, id.0),
                    ..row.clone()
                }
            });
            let sounds = numbers.iter().map(|number| media::Model {
                recording_id: RecordingId(first_row + number),
                ..sound.clone()
            });
            let calls = calls.map(|row| row.into_active_model().reset_all());
            call::Entity::insert_many(calls).exec(db).await.unwrap();
            let rows = rows.map(|row| row.into_active_model().reset_all());
            recording::Entity::insert_many(rows).exec(db).await.unwrap();
            let sounds = sounds.map(|row| row.into_active_model().reset_all());
            media::Entity::insert_many(sounds).exec(db).await.unwrap();
        }
    }

    /// Leaves a Restricted account without departments, which no verb does.
    ///
    /// # Panics
    /// When there is no such account.
    pub async fn take_departments_from(&self, email: &str) {
        let account = crate::account::by_email(self.backend.db(), email)
            .await
            .unwrap()
            .unwrap();
        crate::account::replace_departments(self.backend.db(), account.id, &[])
            .await
            .unwrap();
    }

    /// Judges a recording by a form, as far as the form can tell: a row, and nothing that was answered.
    ///
    /// # Panics
    /// When there is no such recording, or no such form.
    pub async fn judge(&self, id: RecordingId, form: model::id::FormId, version: i64) {
        let row = crate::evaluation::entity::Model {
            id: model::id::EvaluationId(self.backend.new_id().unwrap()),
            recording_id: id,
            form_id: form,
            version,
            account_id: None,
            evaluator: "Eva".into(),
            own: false,
            draft: None,
            reviser_id: None,
            set_aside: "[]".into(),
            answers: None,
            state: "{}".into(),
            turns: "[]".into(),
            percent: None,
            failed: false,
            changed_at: NOON,
            done_at: None,
        };
        let row = row.into_active_model().reset_all();
        crate::evaluation::entity::Entity::insert(row)
            .exec_without_returning(self.backend.db())
            .await
            .unwrap();
    }

    /// Puts that in the place of a form's draft and of what it asked in every version, however large it is.
    ///
    /// # Panics
    /// When the database does not answer.
    pub async fn replace_form(&self, id: model::id::FormId, form: &model::evaluation::Form) {
        use crate::forms::entity::{form as draft, form_version};

        let body = serde_json::to_string(form).unwrap();
        draft::Entity::update_many()
            .col_expr(draft::Column::Body, body.clone().into())
            .filter(draft::COLUMN.id.eq(id))
            .exec(self.backend.db())
            .await
            .unwrap();
        form_version::Entity::update_many()
            .col_expr(form_version::Column::Body, body.into())
            .filter(form_version::COLUMN.form_id.eq(id))
            .exec(self.backend.db())
            .await
            .unwrap();
    }

    /// Writes down that so many things became of an evaluation which its evaluated person is not told of.
    ///
    /// # Panics
    /// When there is no such recording.
    pub async fn say_out_of_sight(&self, id: RecordingId, count: u32) {
        use model::{
            history::{EvaluationDeed, What},
            id::{EvaluationId, EventId},
        };

        use crate::history::entity::event;

        let what = What::Evaluation {
            evaluation: EvaluationId(0),
            form: "Formulär".into(),
            deed: EvaluationDeed::Acknowledged,
        };
        let rows: Vec<event::ActiveModel> = (0..count)
            .map(|_| event::Model {
                id: EventId(self.backend.new_id().unwrap()),
                recording_id: id,
                account_id: None,
                share_id: None,
                who: "Eva".into(),
                at: NOON,
                what: serde_json::to_string(&what).unwrap(),
                private: false,
            })
            .map(|row| row.into_active_model().reset_all())
            .collect();
        for rows in rows.chunks(500) {
            event::Entity::insert_many(rows.to_vec())
                .exec_without_returning(self.backend.db())
                .await
                .unwrap();
        }
    }

    /// Makes a recording one that arrived before it was measured who speaks.
    ///
    /// # Panics
    /// When the database does not answer.
    pub async fn forget_talk_of(&self, id: model::id::RecordingId) {
        use sea_orm::{ActiveValue::Set, EntityTrait};

        use crate::recordings::entity::media;

        let forgotten = media::ActiveModel {
            recording_id: Set(id),
            talk: Set(None),
            ..Default::default()
        };
        media::Entity::update(forgotten).exec(self.backend.db()).await.unwrap();
    }
}

/// A backend at noon that tells of every statement it runs, and how long each took.
///
/// # Panics
/// When it cannot be opened.
pub async fn watched(
    folder: &Path,
    database_url: &str,
    tell: impl Fn(&Statement, Duration) + Send + Sync + 'static,
) -> Backend {
    let mut db = crate::db::connect(database_url).await.unwrap();
    db.set_metric_callback(move |info| tell(info.statement, info.elapsed));
    let clock = Arc::new(HeldClock::at(NOON));
    Backend::over(folder, db, clock, Arc::new(SystemChance)).await.unwrap()
}

/// A new database on that server.
///
/// # Panics
/// When it cannot be made.
pub async fn own_database(server: &str) -> String {
    let mut random = [0; 8];
    SystemChance.fill(&mut random).unwrap();
    let name = format!("hark_{}", crate::chance::hex(&random));
    let db = Database::connect(server).await.unwrap();
    db.execute_unprepared(&format!("CREATE DATABASE {name}")).await.unwrap();
    let (base, _) = server.rsplit_once('/').unwrap();
    format!("{base}/{name}")
}
