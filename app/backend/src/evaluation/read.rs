//! What a page shows of a recording's evaluations.

use model::{
    account::Role,
    evaluation::{By, Evaluation, Evaluations, Form, Move, Offered, Sheet, Showing, State, Turn, Who, next},
    id::RecordingId,
    problem::Problem,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{
    Subject,
    entity::{COLUMN, Entity, Model},
    foremost,
};
use crate::{Backend, Error, Viewer, account, forms::Fitting, people};

impl Backend {
    /// What has been said of a recording by forms, and what the viewer may say.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where it is not within the viewer's scope; when the database does not answer.
    pub async fn evaluations(&self, viewer: &Viewer, id: RecordingId) -> Result<Evaluations, Error> {
        let db = self.db();
        let subject = self.subject(db, viewer, id).await?.ok_or(Problem::NotFound)?;
        let forms = self
            .forms_for(db, subject.department_id, subject.group_number.as_deref())
            .await?;
        let rows = Entity::find()
            .filter(COLUMN.recording_id.eq(id))
            .order_by_desc(COLUMN.done_at)
            .order_by_desc(COLUMN.id)
            .all(db)
            .await?;
        let busy = rows.iter().any(|row| row.is_written_by(viewer));
        let (mut finished, mut writing) = (vec![], vec![]);
        for row in &rows {
            if row.is_seen_by(viewer, &subject)? && row.is_finished() {
                finished.extend(self.finished(viewer, &subject, row, busy).await?);
            }
            let others = row.draft.is_some() && !row.is_written_by(viewer);
            if others && !subject.is_of(viewer) {
                writing.push(self.writer(row).await?);
            }
        }
        let mine = foremost(viewer, rows, None);
        let sheet = if viewer.may_evaluate() {
            self.filling(viewer, mine, &forms).await?
        } else {
            None
        };
        let person = match subject.person_id {
            Some(person) => people::by_id(db, person).await?.map(|person| person.name()),
            None => None,
        };
        Ok(Evaluations {
            recording: id,
            person,
            own: subject.is_of(viewer),
            may: viewer.may_evaluate(),
            forms: forms.into_iter().map(offered).collect(),
            sheet,
            finished,
            writing,
            showing: viewer.company().showing,
        })
    }

    /// What the viewer fills in: what they have begun, else the form that fits best; nothing once they are done.
    async fn filling(&self, viewer: &Viewer, mine: Option<Model>, forms: &[Fitting]) -> Result<Option<Sheet>, Error> {
        let Some(mine) = mine else {
            return Ok(forms.first().map(|best| Sheet {
                by: By {
                    form: best.id,
                    version: best.version,
                    revises: None,
                },
                form: best.form.clone(),
                answers: model::evaluation::Answers::default(),
                kept: None,
                of: None,
                shown: false,
                newer: None,
            }));
        };
        let Some(answers) = mine.drafted()?.filter(|_| mine.is_written_by(viewer)) else {
            return Ok(None);
        };
        let now = forms.iter().find(|form| form.id == mine.form_id);
        Ok(Some(Sheet {
            form: self.version_of(&mine).await?,
            by: By {
                form: mine.form_id,
                version: mine.version,
                revises: mine.revised(),
            },
            answers,
            kept: Some(viewer.company().calendar.stamp(mine.changed_at)),
            shown: mine.state()?.is_shown() && viewer.company().showing != Showing::Never,
            of: (!mine.is_by(viewer)).then(|| mine.evaluator.clone()),
            newer: now.map(|now| now.version).filter(|version| *version != mine.version),
        }))
    }

    /// Who is writing it, or changing it.
    async fn writer(&self, row: &Model) -> Result<String, Error> {
        let reviser = match row.reviser_id {
            Some(id) => account::by_id(self.db(), id).await?,
            None => None,
        };
        let Some(reviser) = reviser else {
            return Ok(row.evaluator.clone());
        };
        let person = match reviser.person_id {
            Some(id) => people::by_id(self.db(), id).await?,
            None => None,
        };
        Ok(person.map_or(reviser.email, |person| person.name()))
    }

    /// The form of an evaluation, in its version.
    pub(super) async fn version_of(&self, row: &Model) -> Result<Form, Error> {
        let form = self.form_version(self.db(), row.form_id, row.version).await?;
        form.ok_or_else(|| Error::internal(format!("version {} of form {} is gone", row.version, row.form_id)))
    }

    async fn finished(
        &self,
        viewer: &Viewer,
        subject: &Subject,
        row: &Model,
        busy: bool,
    ) -> Result<Option<Evaluation>, Error> {
        let (Some(answers), Some(done)) = (row.held()?, row.done_at) else {
            return Ok(None);
        };
        let calendar = &viewer.company().calendar;
        let turns = row.kept()?.into_iter().map(|kept| Turn {
            at: calendar.stamp(kept.at),
            who: kept.who,
            step: kept.step,
            before: kept.before,
        });
        Ok(Some(Evaluation {
            id: row.id,
            version: row.version,
            form: self.version_of(row).await?,
            answers,
            evaluator: row.evaluator.clone(),
            own: row.own,
            state: row.state()?,
            done: calendar.stamp(done),
            turns: turns.collect(),
            moves: moves(viewer, subject, row, busy)?,
        }))
    }
}

fn offered(fitting: Fitting) -> Offered {
    Offered {
        id: fitting.id,
        version: fitting.version,
        title: fitting.form.title,
    }
}

/// What the viewer may do with an evaluation they see. Who is busy writing something of the recording begins nothing else.
pub(super) fn moves(viewer: &Viewer, subject: &Subject, row: &Model, busy: bool) -> Result<Vec<Move>, Error> {
    let (state, side) = (row.state()?, row.side(viewer, subject));
    let may = |it: &Move| {
        let taken = it
            .step("-".to_owned())
            .zip(side)
            .map(|(step, who)| next(state, &step, who));
        match it {
            Move::Remove => {
                let answers = viewer.role == Role::Super && !subject.is_of(viewer);
                let unseen = row.is_by(viewer) && state == State::Done;
                side == Some(Who::Evaluator) && (answers || unseen)
            }
            // What people say of themselves nobody else changes.
            Move::Revise if busy || (row.own && !row.is_by(viewer)) => false,
            // Nobody is shown what they say of themselves.
            Move::Show if row.own || row.draft.is_some() || viewer.company().showing == Showing::Never => false,
            _ => taken.is_some_and(|taken| taken.is_ok()),
        }
    };
    Ok(Move::ALL.into_iter().filter(may).collect())
}
