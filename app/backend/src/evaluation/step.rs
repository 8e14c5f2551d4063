//! What the evaluator and the evaluated person say to each other once it is finished.

use model::{
    evaluation::{Flaw, Move, Refusal, State, Step, next},
    history::EvaluationDeed,
    id::{EvaluationId, RecordingId},
    letter::News,
    problem::{Field, Invalid, Problem},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait, IntoActiveModel};

use super::{
    Kept,
    entity::{Entity, Model},
    mark,
    read::moves,
    write,
};
use crate::{Backend, Error, Viewer};

/// Why a step is not taken, as pages know it: who may not take it is not told that there is one.
pub(super) fn refused(refusal: Refusal) -> Error {
    match refusal {
        Refusal::Text { flaw } => Error::invalid(Field::Reply, flawed(flaw)),
        Refusal::NotYours => Problem::NotFound.into(),
        Refusal::NotNow | Refusal::Ended | Refusal::NoMoreRounds { .. } => Problem::Changed.into(),
    }
}

fn flawed(flaw: Flaw) -> Invalid {
    match flaw {
        Flaw::Missing => Invalid::Missing,
        Flaw::TooLong { most } => Invalid::TooLong {
            most: u32::try_from(most).unwrap_or(u32::MAX),
        },
        _ => Invalid::Characters,
    }
}

impl Backend {
    /// Takes a step in the exchange, or begins to change what is finished, or removes it; says of which recording it is. Where it
    /// is said how many steps one has seen, none is taken on what came after: nobody takes note of what they have not read.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where the viewer does not see it or it is not theirs to take; [`Problem::Changed`] where the other
    /// has taken one meanwhile; [`Problem::BeingChanged`] where its evaluator is changing it, or where another is
    /// changing what is to be removed; [`Problem::Invalid`] for words that are missing or cannot be taken.
    pub async fn move_evaluation(
        &self,
        viewer: &Viewer,
        id: EvaluationId,
        it: Move,
        words: &str,
        seen: Option<usize>,
    ) -> Result<RecordingId, Error> {
        let transaction = self.writing().await?;
        let (row, subject) = self.seen(&transaction, viewer, id).await?;
        let recording = row.recording_id;
        let writing = self.said_by(&transaction, viewer, recording, None).await?;
        let busy = writing.is_some_and(|writing| writing.is_written_by(viewer));
        let may = moves(viewer, &subject, &row, busy)?;
        let (state, side) = (row.state()?, row.side(viewer, &subject));
        let mut turns = row.kept()?;
        let words = words.replace("\r\n", "\n").trim().to_owned();
        if !may.contains(&it) {
            // Whose step it is never changes; when it can be taken does.
            let refusal = it
                .step("-".to_owned())
                .zip(side)
                .map(|(step, who)| next(state, &step, who));
            return Err(match refusal {
                Some(Err(refusal)) => refused(refusal),
                // The page is older than what is under way.
                Some(Ok(_)) if it == Move::Revise && busy => Problem::Changed.into(),
                _ => Problem::NotFound.into(),
            });
        }
        if seen.is_some_and(|seen| seen != turns.len()) {
            return Err(Problem::Changed.into());
        }
        let Some(step) = it.step(words) else {
            if self.is_written_by_another(&transaction, viewer, &row).await? {
                return Err(Problem::BeingChanged.into());
            }
            Entity::delete_by_id(id).exec(&transaction).await?;
            mark(&transaction, recording).await?;
            self.chronicle_evaluation(&transaction, viewer, &row, [EvaluationDeed::Removed])
                .await?;
            transaction.commit().await?;
            return Ok(recording);
        };
        if step == Step::Revise {
            // What its evaluator is writing is theirs to keep or to throw away.
            if !row.is_by(viewer) && self.is_being_changed(&transaction, &row).await? {
                return Err(Problem::BeingChanged.into());
            }
            // The new answers are written beside the old ones, which hold until they are finished. Who takes over from one who
            // stood in goes on with theirs.
            let mut changed = row.taken_over(viewer.account())?;
            changed.changed_at = Set(self.now());
            changed.update(&transaction).await?;
            transaction.commit().await?;
            return Ok(recording);
        }
        let who = side.ok_or(Problem::NotFound)?;
        let state: State = next(state, &step, who).map_err(refused)?;
        let deed = match &step {
            Step::Show => EvaluationDeed::Shown,
            Step::Acknowledge => EvaluationDeed::Acknowledged,
            Step::Dispute(text) => EvaluationDeed::Disputed { text: text.clone() },
            Step::Answer(text) => EvaluationDeed::Answered { text: text.clone() },
            Step::Finish | Step::Revise => return Err(Problem::NotFound.into()),
        };
        turns.push(Kept {
            at: self.now(),
            who: viewer.name.clone(),
            step,
            before: None,
        });
        // Who lets it stand changes nothing; what others are writing is theirs.
        let mut changed = if it == Move::Answer && row.is_written_by(viewer) {
            let busy = row.busy_elsewhere(&transaction).await?;
            row.clone().given_back(&busy)?
        } else {
            row.clone().into_active_model()
        };
        changed.state = Set(write(&state)?);
        changed.turns = Set(write(&turns)?);
        changed.update(&transaction).await?;
        mark(&transaction, recording).await?;
        self.chronicle_evaluation(&transaction, viewer, &row, [deed]).await?;
        let person = subject.person_id;
        match it {
            Move::Show => {
                self.tell_evaluated(&transaction, viewer, person, recording, News::Shown)
                    .await?;
            }
            Move::Answer => {
                self.tell_evaluated(&transaction, viewer, person, recording, News::Answered)
                    .await?;
            }
            Move::Dispute => self.tell_evaluator(&transaction, &row, person).await?,
            Move::Acknowledge | Move::Revise | Move::Remove => {}
        }
        transaction.commit().await?;
        self.ring();
        Ok(recording)
    }

    /// Whether another than the viewer is changing it, and can still go on.
    async fn is_written_by_another(
        &self,
        db: &impl ConnectionTrait,
        viewer: &Viewer,
        row: &Model,
    ) -> Result<bool, Error> {
        match row.writer() {
            Some(writer) if writer == viewer.account() => Ok(false),
            Some(deputy) if row.reviser_id.is_some() => self.can_stand_in(db, deputy).await,
            Some(_) => self.can_answer(db, row).await,
            None => Ok(false),
        }
    }

    /// Whether its evaluator has begun to change it, and can still go on.
    async fn is_being_changed(&self, db: &impl ConnectionTrait, row: &Model) -> Result<bool, Error> {
        Ok(row.draft.is_some() && row.reviser_id.is_none() && self.can_answer(db, row).await?)
    }
}
