//! Judging calls by a form, and what the judged person says to it (checklist 85). What answers come to is worked out in
//! [`model::evaluation`]; here is who may say, see and change what.

mod aside;
mod demo;
mod draft;
pub(crate) mod entity;
mod finish;
mod read;
mod step;
mod tell;
mod waiting;

use std::collections::HashMap;

pub(crate) use aside::discard_drafts_of;
use entity::{COLUMN, Entity, Model};
use model::{
    account::Role,
    evaluation::{Answers, By, Score, Showing, State, Step, Tenths, Who},
    history::{EvaluationDeed, What},
    id::{EvaluationId, PersonId, RecordingId, UnitId},
    instant::Instant,
    problem::Problem,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect,
};
use serde::{Deserialize, Serialize};

use crate::{
    Backend, Error, Viewer,
    recordings::{
        entity::recording::{self, Column},
        marks::{Marks, UNJUDGED},
        one_within,
    },
};

/// A recording, as far as evaluating it goes.
#[derive(Debug, FromQueryResult)]
struct Subject {
    person_id: Option<PersonId>,
    department_id: Option<UnitId>,
    group_number: Option<String>,
    audio_ms: i64,
}

/// How far back the history of an evaluation has been told.
enum Told {
    After,
    Shown,
    Before,
}

/// A step as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Kept {
    at: Instant,
    who: String,
    step: Step,
    before: Option<Tenths>,
}

impl Subject {
    /// Whether it is the viewer's own call.
    fn is_of(&self, viewer: &Viewer) -> bool {
        self.person_id.is_some() && self.person_id == viewer.person
    }
}

impl Model {
    fn state(&self) -> Result<State, Error> {
        serde_json::from_str(&self.state).map_err(Error::internal)
    }

    fn kept(&self) -> Result<Vec<Kept>, Error> {
        serde_json::from_str(&self.turns).map_err(Error::internal)
    }

    /// What is being written; nothing where nothing is.
    fn drafted(&self) -> Result<Option<Answers>, Error> {
        self.draft.as_deref().map(parsed).transpose()
    }

    /// What holds.
    fn held(&self) -> Result<Option<Answers>, Error> {
        self.answers.as_deref().map(parsed).transpose()
    }

    const fn is_finished(&self) -> bool {
        self.done_at.is_some()
    }

    /// What is changed where it is being written: itself, once it is finished.
    fn revised(&self) -> Option<EvaluationId> {
        self.is_finished().then_some(self.id)
    }

    /// Whether that is what is being written: answers to that form, in the place of that.
    fn is_of(&self, by: By) -> bool {
        (self.form_id, self.version, self.revised()) == (by.form, by.version, by.revises)
    }

    fn is_by(&self, viewer: &Viewer) -> bool {
        self.account_id == Some(viewer.account()) || cut!("evaluator")
    }

    /// Whether it is the viewer who is writing it, or changing it.
    fn is_written_by(&self, viewer: &Viewer) -> bool {
        let writes = match self.reviser_id {
            Some(reviser) => reviser == viewer.account(),
            None => self.is_by(viewer),
        };
        self.draft.is_some() && writes
    }

    /// On which side of the exchange the viewer is; none on neither. A Super user answers too: whoever has evaluated may have
    /// left, or may no longer.
    fn side(&self, viewer: &Viewer, subject: &Subject) -> Option<Who> {
        let deputy = viewer.role == Role::Super;
        if self.is_by(viewer) || (deputy && !subject.is_of(viewer)) {
            viewer.may_evaluate().then_some(Who::Evaluator)
        } else {
            subject.is_of(viewer).then_some(Who::Evaluated)
        }
    }

    /// Whether the viewer sees it: what is finished everyone who may hear the call, but the evaluated person only what has
    /// been shown, where the company shows it.
    fn is_seen_by(&self, viewer: &Viewer, subject: &Subject) -> Result<bool, Error> {
        if self.is_by(viewer) {
            return Ok(true);
        }
        if !self.is_finished() {
            return Ok(false);
        }
        if !subject.is_of(viewer) || cut!("shown") {
            return Ok(true);
        }
        Ok(self.state()?.is_shown() && viewer.company().showing != Showing::Never)
    }
}

impl Backend {
    /// The recording, where it is within the viewer's scope.
    async fn subject(
        &self,
        db: &impl ConnectionTrait,
        viewer: &Viewer,
        id: RecordingId,
    ) -> Result<Option<Subject>, Error> {
        Ok(one_within(&viewer.scope(), id)
            .select_only()
            .columns([
                Column::PersonId,
                Column::DepartmentId,
                Column::GroupNumber,
                Column::AudioMs,
            ])
            .into_model::<Subject>()
            .one(db)
            .await?)
    }

    /// An evaluation that the viewer sees, and the recording it is of.
    async fn seen(
        &self,
        db: &impl ConnectionTrait,
        viewer: &Viewer,
        id: EvaluationId,
    ) -> Result<(Model, Subject), Error> {
        let row = Entity::find_by_id(id).one(db).await?.ok_or(Problem::NotFound)?;
        let subject = self.subject(db, viewer, row.recording_id).await?;
        let subject = subject.ok_or(Problem::NotFound)?;
        if row.is_seen_by(viewer, &subject)? {
            Ok((row, subject))
        } else {
            Err(Problem::NotFound.into())
        }
    }

    /// What the viewer is writing of a recording, else what they have finished.
    async fn said_by(
        &self,
        db: &impl ConnectionTrait,
        viewer: &Viewer,
        id: RecordingId,
        by: Option<By>,
    ) -> Result<Option<Model>, Error> {
        let theirs = Condition::any()
            .add(COLUMN.account_id.eq(viewer.account()))
            .add(COLUMN.reviser_id.eq(viewer.account()));
        let rows = Entity::find()
            .filter(COLUMN.recording_id.eq(id))
            .filter(theirs)
            .all(db)
            .await?;
        Ok(foremost(viewer, rows, by))
    }

    /// What of a recording's history the viewer is not told, asked of each entry from the newest on: evaluations that the
    /// evaluated person does not see, and what one came to before it was shown. None where everything is told.
    pub(crate) async fn untold(
        &self,
        viewer: &Viewer,
        id: RecordingId,
    ) -> Result<Option<impl FnMut(&mut What) -> bool + use<>>, Error> {
        let subject = self.subject(self.db(), viewer, id).await?.ok_or(Problem::NotFound)?;
        if !subject.is_of(viewer) {
            return Ok(None);
        }
        let mut seen = HashMap::new();
        for row in Entity::find().filter(COLUMN.recording_id.eq(id)).all(self.db()).await? {
            if row.is_seen_by(viewer, &subject)? {
                seen.insert(row.id, Told::After);
            }
        }
        Ok(Some(move |what: &mut What| {
            let What::Evaluation { evaluation, deed, .. } = what else {
                return false;
            };
            let Some(told) = seen.get_mut(evaluation) else {
                return true;
            };
            let told = match deed {
                EvaluationDeed::Shown => {
                    *told = Told::Shown;
                    return false;
                }
                EvaluationDeed::Finished { .. } | EvaluationDeed::Revised { .. } => told,
                _ => return false,
            };
            match told {
                Told::After => false,
                Told::Before => true,
                // What it came to when it was shown, and not from what.
                Told::Shown => {
                    *told = Told::Before;
                    if let EvaluationDeed::Revised {
                        to: percent, failed, ..
                    } = *deed
                    {
                        *deed = EvaluationDeed::Finished { percent, failed };
                    }
                    false
                }
            }
        }))
    }

    /// Writes down what became of an evaluation.
    async fn chronicle_evaluation(
        &self,
        db: &impl ConnectionTrait,
        viewer: &Viewer,
        row: &Model,
        deeds: impl IntoIterator<Item = EvaluationDeed>,
    ) -> Result<(), Error> {
        let form = self.form_version(db, row.form_id, row.version).await?;
        let form = form.map(|form| form.title).unwrap_or_default();
        let what = deeds.into_iter().map(|deed| {
            let what = What::Evaluation {
                evaluation: row.id,
                form: form.clone(),
                deed,
            };
            (row.recording_id, what)
        });
        self.chronicle(db, &self.doer(viewer), what, false).await
    }
}

/// What the viewer is writing among these, that one where it is named; else what they have said.
fn foremost(viewer: &Viewer, rows: Vec<Model>, by: Option<By>) -> Option<Model> {
    let order = |row: &Model| {
        let writes = row.is_written_by(viewer);
        (writes && by.is_some_and(|by| row.is_of(by)), writes, row.id)
    };
    rows.into_iter()
        .filter(|row| row.is_written_by(viewer) || row.account_id == Some(viewer.account()))
        .max_by_key(order)
}

/// Says with the recording what came of its evaluations, and what of that the evaluated person was shown, for lists
/// ([`crate::recordings::Judged`]). What people say of themselves does not count.
async fn mark(db: &impl ConnectionTrait, id: RecordingId) -> Result<(), Error> {
    let done = Entity::find()
        .filter(COLUMN.recording_id.eq(id))
        .filter(COLUMN.done_at.is_not_null())
        .filter(COLUMN.own.eq(false))
        .order_by_asc(COLUMN.done_at)
        .order_by_asc(COLUMN.id)
        .all(db)
        .await?;
    let mut marks = Marks::default();
    for row in &done {
        marks = marks.with(row.state()?, tenths(row.percent), row.failed);
    }
    recording::Entity::update_many()
        .col_expr(Column::Evaluated, (marks.score > UNJUDGED).into())
        .col_expr(Column::Shown, (marks.shown_score > UNJUDGED).into())
        .col_expr(Column::Score, marks.score.into())
        .col_expr(Column::ShownScore, marks.shown_score.into())
        .col_expr(Column::Waits, marks.waits.into())
        .filter(recording::COLUMN.id.eq(id))
        .exec(db)
        .await?;
    Ok(())
}

fn parsed(text: &str) -> Result<Answers, Error> {
    serde_json::from_str(text).map_err(Error::internal)
}

fn write<T: Serialize>(value: &T) -> Result<String, Error> {
    serde_json::to_string(value).map_err(Error::internal)
}

/// What answers come to, as it is kept beside them.
fn percent(score: &Score) -> Option<i64> {
    score.percent.map(|Tenths(tenths)| tenths.into())
}

/// What is kept so.
fn tenths(percent: Option<i64>) -> Option<Tenths> {
    percent.and_then(|percent| u32::try_from(percent).ok()).map(Tenths)
}
