//! Finishing what was written: from then on it counts, and is seen.

use model::{
    evaluation::{Answers, By, Sent, Showing, State, Step, Who, next, score},
    history::EvaluationDeed,
    id::RecordingId,
    letter::News,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

use super::{Kept, aside::NONE, draft::Begun, mark, percent, step::refused, tenths, write};
use crate::{Backend, Error, Viewer};

impl Backend {
    /// Finishes what the viewer has written of a recording with these last changes, or puts it in the place of what they had
    /// finished. Shown to the evaluated person where the company says at once.
    ///
    /// # Errors
    /// As [`Backend::keep_answers`].
    pub async fn finish_evaluation(
        &self,
        viewer: &Viewer,
        id: RecordingId,
        by: By,
        changes: Answers,
        begin: bool,
    ) -> Result<Sent, Error> {
        let transaction = self.writing().await?;
        let draft = self.begun(&transaction, viewer, id, by, begin).await?;
        let answers = draft.with(changes)?;
        let Begun { row, form, person, .. } = draft;
        let score = score(&form, &answers);
        if !score.is_finished() {
            // What was answered is kept all the same.
            let mut row = row.into_active_model();
            (row.draft, row.changed_at) = (Set(Some(write(&answers)?)), Set(self.now()));
            row.update(&transaction).await?;
            transaction.commit().await?;
            return Ok(Sent {
                missing: score.missing,
                ..Sent::default()
            });
        }
        let kept = answers.without_hidden(&form);
        let (before, now) = (row.state()?, self.now());
        let at_once = !row.own && viewer.company().showing == Showing::AtOnce;
        // What alters nothing is no change: what holds goes on to hold, and nobody is told of it, but where it is shown now.
        let same = row.is_finished() && row.held()?.as_ref() == Some(&kept);
        let mut new = if same {
            let busy = row.busy_elsewhere(&transaction).await?;
            row.clone().given_back(&busy)?
        } else {
            let mut new = row.clone().into_active_model();
            (new.draft, new.reviser_id, new.set_aside) = (Set(None), Set(None), Set(NONE.to_owned()));
            (new.answers, new.percent, new.failed) =
                (Set(Some(write(&kept)?)), Set(percent(&score)), Set(score.is_failed()));
            new.done_at = Set(Some(now));
            new
        };
        if same && !(at_once && before == State::Done) {
            new.update(&transaction).await?;
            transaction.commit().await?;
            return Ok(Sent {
                finished: true,
                held: Some(before),
                ..Sent::default()
            });
        }
        let step = if row.is_finished() { Step::Revise } else { Step::Finish };
        let mut state = next(before, &step, Who::Evaluator).map_err(refused)?;
        let mut turns = row.kept()?;
        let mut deeds = vec![];
        if !same {
            deeds.push(match step {
                Step::Revise => EvaluationDeed::Revised {
                    from: tenths(row.percent),
                    to: score.percent,
                    failed: score.is_failed(),
                },
                _ => EvaluationDeed::Finished {
                    percent: score.percent,
                    failed: score.is_failed(),
                },
            });
        }
        // What it came to before it was shown is nobody's business.
        let was_shown = before.is_shown();
        if was_shown {
            turns.push(Kept {
                at: now,
                who: viewer.name.clone(),
                step,
                before: tenths(row.percent),
            });
        }
        if at_once && state == State::Done {
            state = next(state, &Step::Show, Who::Evaluator).map_err(refused)?;
            deeds.push(EvaluationDeed::Shown);
        }
        let news = if was_shown { News::Revised } else { News::Shown };
        (new.state, new.turns, new.changed_at) = (Set(write(&state)?), Set(write(&turns)?), Set(now));
        new.update(&transaction).await?;
        mark(&transaction, id).await?;
        self.chronicle_evaluation(&transaction, viewer, &row, deeds).await?;
        if state.is_shown() {
            self.tell_evaluated(&transaction, viewer, person, id, news).await?;
        }
        transaction.commit().await?;
        self.ring();
        Ok(Sent {
            finished: true,
            ..Sent::default()
        })
    }
}
