//! What is being written: kept answer by answer, so that two pages of one evaluator take nothing from each other.

use std::collections::BTreeMap;

use model::{
    evaluation::{Answers, By, Form, Key, NoAnswer, State, Typed, Who},
    id::{EvaluationId, FormId, PersonId, RecordingId},
    imprint::imprint,
    instant::Stamp,
    problem::{Field, Invalid, Problem},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, DatabaseTransaction, EntityTrait, IntoActiveModel};

use super::{
    Subject,
    aside::NONE,
    entity::{ActiveModel, Entity, Model},
    write,
};
use crate::{Backend, Error, Viewer};

impl Backend {
    /// Keeps the answers that have changed. The others stay as they are. Only who knows of no draft begins one: what was thrown
    /// away does not come back with a late answer.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where the viewer may not evaluate, or the recording is not within their scope;
    /// [`Problem::Changed`] where they have finished meanwhile, or gone over to another form; [`Problem::Invalid`] for
    /// answers that do not fit the form.
    pub async fn keep_answers(
        &self,
        viewer: &Viewer,
        id: RecordingId,
        by: By,
        changes: Answers,
        begin: bool,
    ) -> Result<Stamp, Error> {
        let transaction = self.writing().await?;
        let draft = self.begun(&transaction, viewer, id, by, begin).await?;
        let answers = draft.with(changes)?;
        let now = self.now();
        let mut row = draft.row.into_active_model();
        (row.draft, row.changed_at) = (Set(Some(write(&answers)?)), Set(now));
        row.update(&transaction).await?;
        transaction.commit().await?;
        Ok(viewer.company().calendar.stamp(now))
    }

    /// What was typed into the form's fields: the answers, also where none is, and the questions that are asked and whose
    /// fields hold no answer to them.
    ///
    /// # Errors
    /// As [`Backend::keep_answers`].
    pub async fn typed_answers(
        &self,
        viewer: &Viewer,
        id: RecordingId,
        by: By,
        typed: BTreeMap<String, Typed>,
    ) -> Result<(Answers, Vec<Key>), Error> {
        if !viewer.may_evaluate() || self.subject(self.db(), viewer, id).await?.is_none() {
            return Err(Problem::NotFound.into());
        }
        let form = self.form_version(self.db(), by.form, by.version).await?;
        let form = form.ok_or(Problem::Changed)?;
        let (mut answers, mut unreadable) = (Answers::default(), vec![]);
        for (key, typed) in typed {
            let key = key.parse().map_err(|_| Problem::Malformed)?;
            let question = form.question(key).ok_or(Problem::Changed)?;
            match question.typed(&typed) {
                Ok(answer) => {
                    answers.0.insert(key, answer);
                }
                Err(NoAnswer) => unreadable.push(key),
            }
        }
        let asked = form.asked(&answers);
        unreadable.retain(|key| asked.iter().any(|asked| asked.question.key == *key));
        Ok((answers, unreadable))
    }

    /// Goes over to another form, or to the version of it that is in use now. Answers that fit there stay, where it is the same
    /// form; else they go, as the viewer has `seen` them.
    ///
    /// # Errors
    /// [`Problem::NotFound`] as in [`Backend::keep_answers`], and where no such form fits the call; [`Problem::Changed`] where
    /// the viewer has finished meanwhile, or has answered something else.
    pub async fn choose_form(&self, viewer: &Viewer, id: RecordingId, form: FormId, seen: &str) -> Result<(), Error> {
        let transaction = self.writing().await?;
        let subject = self.evaluable(&transaction, viewer, id).await?;
        let fitting = self
            .forms_for(&transaction, subject.department_id, subject.group_number.as_deref())
            .await?;
        let chosen = fitting.into_iter().find(|it| it.id == form).ok_or(Problem::NotFound)?;
        let by = By {
            form: chosen.id,
            version: chosen.version,
            revises: None,
        };
        let row = match self.said_by(&transaction, viewer, id, None).await? {
            Some(row) => row,
            None => self.begin(&transaction, viewer, id, &subject, by).await?,
        };
        // What is finished keeps the form it was made with.
        if row.is_finished() {
            return Err(Problem::Changed.into());
        }
        let kept = row.drafted()?.unwrap_or_default();
        let answers = if row.form_id == chosen.id {
            fitting_answers(&chosen.form, kept.clone())
        } else {
            Answers::default()
        };
        if answers != kept && imprint(&write(&kept)?) != seen {
            return Err(Problem::Changed.into());
        }
        let mut row = row.into_active_model();
        row.form_id = Set(chosen.id);
        row.version = Set(chosen.version);
        row.draft = Set(Some(write(&answers)?));
        row.changed_at = Set(self.now());
        row.update(&transaction).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Throws away what is being written, as the viewer has seen it: by that form, and with that [`imprint`]. What is finished
    /// stays as it was, and what another was writing before is theirs again.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where the viewer writes nothing of that recording; [`Problem::Changed`] where they write something
    /// else than that by now.
    pub async fn discard_draft(&self, viewer: &Viewer, id: RecordingId, by: By, seen: &str) -> Result<(), Error> {
        let transaction = self.writing().await?;
        self.subject(&transaction, viewer, id).await?.ok_or(Problem::NotFound)?;
        let row = self.said_by(&transaction, viewer, id, Some(by)).await?;
        let row = row.filter(|row| row.is_written_by(viewer)).ok_or(Problem::NotFound)?;
        let there = imprint(&write(&row.drafted()?.unwrap_or_default())?);
        if (!row.is_of(by) || there != seen) && !cut!("draft-seen") {
            return Err(Problem::Changed.into());
        }
        if row.is_finished() {
            let busy = row.busy_elsewhere(&transaction).await?;
            row.given_back(&busy)?.update(&transaction).await?;
        } else {
            Entity::delete_by_id(row.id).exec(&transaction).await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// The recording, where the viewer may evaluate it.
    pub(super) async fn evaluable(
        &self,
        db: &DatabaseTransaction,
        viewer: &Viewer,
        id: RecordingId,
    ) -> Result<Subject, Error> {
        if !viewer.may_evaluate() {
            return Err(Problem::NotFound.into());
        }
        Ok(self.subject(db, viewer, id).await?.ok_or(Problem::NotFound)?)
    }

    /// What the viewer writes by that form; begun here where it is not, and may be.
    pub(super) async fn begun(
        &self,
        db: &DatabaseTransaction,
        viewer: &Viewer,
        id: RecordingId,
        by: By,
        begin: bool,
    ) -> Result<Begun, Error> {
        let subject = self.evaluable(db, viewer, id).await?;
        let row = self.drafting(db, viewer, id, &subject, by, begin).await?;
        let form = self.form_version(db, by.form, by.version).await?;
        Ok(Begun {
            row,
            form: form.ok_or(Problem::Changed)?,
            person: subject.person_id,
            end_ms: subject.audio_ms.unsigned_abs(),
        })
    }

    async fn drafting(
        &self,
        db: &DatabaseTransaction,
        viewer: &Viewer,
        id: RecordingId,
        subject: &Subject,
        by: By,
        begin: bool,
    ) -> Result<Model, Error> {
        let Some(row) = self.said_by(db, viewer, id, Some(by)).await? else {
            if !begin || by.revises.is_some() {
                return Err(Problem::Changed.into());
            }
            let fitting = self
                .forms_for(db, subject.department_id, subject.group_number.as_deref())
                .await?;
            // A page may be older than the form.
            if !fitting.iter().any(|it| it.id == by.form && it.version == by.version) {
                return Err(Problem::Changed.into());
            }
            return self.begin(db, viewer, id, subject, by).await;
        };
        // Who changes what another has said may by now no longer.
        if row.side(viewer, subject) != Some(Who::Evaluator) {
            return Err(Problem::NotFound.into());
        }
        // A page of one's own form writes nothing in what is changed elsewhere.
        if row.is_of(by) && row.is_written_by(viewer) {
            Ok(row)
        } else {
            Err(Problem::Changed.into())
        }
    }

    async fn begin(
        &self,
        db: &impl ConnectionTrait,
        viewer: &Viewer,
        id: RecordingId,
        subject: &Subject,
        by: By,
    ) -> Result<Model, Error> {
        let row = ActiveModel {
            id: Set(EvaluationId(self.new_id()?)),
            recording_id: Set(id),
            form_id: Set(by.form),
            version: Set(by.version),
            account_id: Set(Some(viewer.account())),
            evaluator: Set(viewer.name.clone()),
            own: Set(subject.is_of(viewer)),
            draft: Set(Some(write(&Answers::default())?)),
            reviser_id: Set(None),
            set_aside: Set(NONE.to_owned()),
            answers: Set(None),
            state: Set(write(&State::Draft)?),
            turns: Set("[]".to_owned()),
            percent: Set(None),
            failed: Set(false),
            changed_at: Set(self.now()),
            done_at: Set(None),
        };
        Ok(row.insert(db).await?)
    }
}

/// What is being written, and by what.
pub(super) struct Begun {
    pub row: Model,
    pub form: Form,
    /// Whose call it is.
    pub person: Option<PersonId>,
    /// Where the sound ends.
    end_ms: u64,
}

impl Begun {
    /// The answers with these changes. Refuses what does not fit, and places beyond the sound's end.
    pub fn with(&self, changes: Answers) -> Result<Answers, Error> {
        let mut answers = self.row.drafted()?.ok_or(Problem::Changed)?;
        answers.change(changes);
        let mut places = answers.0.values().flat_map(|answer| &answer.evidence_ms);
        if places.any(|at| *at > self.end_ms) || !answers.check(&self.form).is_empty() {
            return Err(Error::invalid(Field::Answers, Invalid::Form));
        }
        Ok(answers)
    }
}

/// Those answers that the form takes.
fn fitting_answers(form: &Form, answers: Answers) -> Answers {
    let wrong: Vec<_> = answers.check(form).into_iter().map(|fault| fault.question).collect();
    Answers(answers.0.into_iter().filter(|(key, _)| !wrong.contains(key)).collect())
}
