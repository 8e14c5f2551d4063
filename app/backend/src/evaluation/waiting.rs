//! What of evaluations waits for the viewer: of one recording, of all their own, and of all that they have evaluated.

use std::collections::HashMap;

use model::{
    account::Role,
    evaluation::{Showing, State, Step, ToAnswer, ToFinish, ToRead, Waiting, Who},
    id::{AccountId, PersonId, RecordingId},
    instant::Instant,
    problem::Problem,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, SimpleExpr},
};

use super::{
    Kept, Model,
    entity::{self, COLUMN, Entity},
    write,
};
use crate::{
    Backend, Error, Viewer,
    people::names,
    recordings::{
        entity::recording::{self, Column},
        is_within, of_person, within,
    },
    scope::Scope,
};

/// The most that are told of at once, the newest.
const MOST: usize = 20;

impl Backend {
    /// What of a recording's evaluations waits for the viewer; nothing where nothing does.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where it is not within the viewer's scope; when the database does not answer.
    pub async fn what_waits(&self, viewer: &Viewer, id: RecordingId) -> Result<Option<Waiting>, Error> {
        let subject = self.subject(self.db(), viewer, id).await?.ok_or(Problem::NotFound)?;
        let finished = Entity::find()
            .filter(COLUMN.recording_id.eq(id))
            .filter(COLUMN.done_at.is_not_null());
        for row in finished.all(self.db()).await? {
            if !row.is_seen_by(viewer, &subject)? {
                continue;
            }
            match (row.state()?, row.side(viewer, &subject)) {
                (State::Shown { .. }, Some(Who::Evaluated)) => return Ok(Some(Waiting::Reading)),
                // Another's dispute waits for one who stands in only where its evaluator cannot answer.
                (State::Disputed { .. }, Some(Who::Evaluator))
                    if row.is_by(viewer) || !self.can_answer(self.db(), &row).await? =>
                {
                    return Ok(Some(Waiting::Answer));
                }
                _ => {}
            }
        }
        Ok(None)
    }

    /// What was said of the viewer and waits for their answer, the newest first; none where they are nobody who is recorded.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn to_read(&self, viewer: &Viewer) -> Result<Option<Vec<ToRead>>, Error> {
        let Some(person) = viewer.person else {
            return Ok(None);
        };
        let rows = match unread(viewer)? {
            Some(unread) => newest(unread).limit(MOST as u64).all(self.db()).await?,
            None => vec![],
        };
        let scope = viewer.scope();
        let ids: Vec<RecordingId> = rows.iter().map(|row| row.recording_id).collect();
        let begun: Vec<(RecordingId, Instant)> = of_person(&scope, person)
            .filter(recording::COLUMN.id.is_in(ids))
            .select_only()
            .columns([Column::Id, Column::StartedAt])
            .into_tuple()
            .all(self.db())
            .await?;
        let begun: HashMap<_, _> = begun.into_iter().collect();
        let calendar = &viewer.company().calendar;
        let read = rows.into_iter().filter_map(|row| {
            Some(ToRead {
                recording: row.recording_id,
                call: calendar.stamp(*begun.get(&row.recording_id)?),
                done: calendar.stamp(row.done_at?),
                evaluator: row.evaluator,
            })
        });
        Ok(Some(read.collect()))
    }

    /// The disputes that wait for the viewer's answer, the newest first; none where they may not evaluate.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn to_answer(&self, viewer: &Viewer) -> Result<Option<Vec<ToAnswer>>, Error> {
        let Some(disputes) = self.disputes(viewer).await? else {
            return Ok(None);
        };
        let mut rows: Vec<(Kept, Model)> = vec![];
        for row in newest(disputes).all(self.db()).await? {
            let mut said = row.kept()?.into_iter();
            rows.extend(said.rfind(|kept| matches!(kept.step, Step::Dispute(_))).zip(Some(row)));
        }
        // What was evaluated long ago may have been disputed now.
        rows.sort_by_key(|(said, _)| std::cmp::Reverse(said.at));
        rows.truncate(MOST);
        let ids: Vec<RecordingId> = rows.iter().map(|(_, row)| row.recording_id).collect();
        let begun: Vec<(RecordingId, Instant)> = within(&viewer.scope())
            .filter(recording::COLUMN.id.is_in(ids))
            .select_only()
            .columns([Column::Id, Column::StartedAt])
            .into_tuple()
            .all(self.db())
            .await?;
        let begun: HashMap<_, _> = begun.into_iter().collect();
        let calendar = &viewer.company().calendar;
        let waiting = rows.into_iter().filter_map(|(said, row)| {
            let own = row.is_by(viewer);
            Some(ToAnswer {
                recording: row.recording_id,
                who: said.who,
                call: calendar.stamp(*begun.get(&row.recording_id)?),
                at: calendar.stamp(said.at),
                evaluator: (!own).then_some(row.evaluator),
            })
        });
        Ok(Some(waiting.collect()))
    }

    /// What the viewer has begun to evaluate, or to change, and not finished; the latest first. None where they may not evaluate.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn to_finish(&self, viewer: &Viewer) -> Result<Option<Vec<ToFinish>>, Error> {
        if !viewer.may_evaluate() {
            return Ok(None);
        }
        let me = viewer.account();
        let own = Condition::all()
            .add(COLUMN.account_id.eq(me))
            .add(COLUMN.reviser_id.is_null());
        let mut written = Condition::any().add(own);
        // What another has said only one changes who answers for the company.
        if viewer.role == Role::Super {
            written = written.add(COLUMN.reviser_id.eq(me));
        }
        let rows = Entity::find()
            .filter(COLUMN.draft.is_not_null())
            .filter(written)
            .filter(reached(within(&viewer.scope())))
            .order_by_desc(COLUMN.changed_at)
            .order_by_desc(COLUMN.id)
            .limit(MOST as u64)
            .all(self.db())
            .await?;
        let ids = rows.iter().map(|row| row.recording_id);
        let calls: Vec<(RecordingId, Instant, Option<PersonId>)> = within(&viewer.scope())
            .filter(recording::COLUMN.id.is_in(ids))
            .select_only()
            .columns([Column::Id, Column::StartedAt, Column::PersonId])
            .into_tuple()
            .all(self.db())
            .await?;
        let people = names(self.db(), calls.iter().filter_map(|(.., person)| *person)).await?;
        let calls: HashMap<_, _> = calls.into_iter().map(|(id, at, person)| (id, (at, person))).collect();
        let calendar = &viewer.company().calendar;
        let begun = rows.into_iter().filter_map(|row| {
            let (call, person) = calls.get(&row.recording_id)?;
            Some(ToFinish {
                recording: row.recording_id,
                person: person.and_then(|id| people.get(&id).cloned()),
                call: calendar.stamp(*call),
                at: calendar.stamp(row.changed_at),
            })
        });
        Ok(Some(begun.collect()))
    }

    /// What holds for the recordings of whose evaluations something waits for the viewer; none where nothing does.
    pub(crate) async fn waiting_for(&self, viewer: &Viewer) -> Result<Option<Condition>, Error> {
        let (mut any, mut some) = (Condition::any(), false);
        for waiting in [unread(viewer)?, self.disputes(viewer).await?].into_iter().flatten() {
            if waiting.clone().one(self.db()).await?.is_some() {
                let ids = waiting.select_only().column(entity::Column::RecordingId).into_query();
                any = any.add(recording::COLUMN.id.in_subquery(ids));
                some = true;
            }
        }
        // Said by where they are in time: a list goes there.
        let moments = within(&viewer.scope()).filter(any).select_only().column(Column::Moment);
        let there = recording::COLUMN.moment.in_subquery(moments.into_query());
        Ok(some.then(|| Condition::all().add(there)))
    }

    /// The disputes of what the viewer has evaluated; for one who answers for the company also those to which nobody else can
    /// give an answer. None where they may not evaluate.
    async fn disputes(&self, viewer: &Viewer) -> Result<Option<Select<Entity>>, Error> {
        if !viewer.may_evaluate() {
            return Ok(None);
        }
        let scope = viewer.scope();
        let mut whose = Condition::any().add(
            Condition::all()
                .add(COLUMN.account_id.eq(viewer.account()))
                .add(reached(within(&scope))),
        );
        if viewer.role == Role::Super {
            let mut others = within(&scope);
            if let Some(person) = viewer.person {
                let not_own = Column::PersonId.is_null().or(Column::PersonId.ne(person));
                others = others.filter(not_own);
            }
            let orphaned = self.orphaned().await?;
            whose = whose.add(Condition::all().add(orphaned).add(reached(others)));
        }
        Ok(Some(disputed()?.filter(whose)))
    }

    /// What holds for the disputes that their evaluators cannot answer: whose account is gone or turned off, who may not
    /// evaluate any more, or not hear the call.
    async fn orphaned(&self) -> Result<Condition, Error> {
        let mut any = Condition::any().add(COLUMN.account_id.is_null());
        for evaluator in evaluators(self.db()).await? {
            let theirs = Condition::all().add(COLUMN.account_id.eq(evaluator));
            any = any.add(match self.answering(self.db(), evaluator).await? {
                Some(scope) => theirs.add(reached(within(&scope)).not()),
                None => theirs,
            });
        }
        Ok(any)
    }

    /// Whether its evaluator can still answer for it.
    pub(super) async fn can_answer(&self, db: &impl ConnectionTrait, row: &Model) -> Result<bool, Error> {
        let Some(evaluator) = row.account_id else {
            return Ok(false);
        };
        match self.answering(db, evaluator).await? {
            Some(scope) => is_within(db, &scope, row.recording_id).await,
            None => Ok(false),
        }
    }

    /// Whether that account can change what others have said.
    pub(super) async fn can_stand_in(&self, db: &impl ConnectionTrait, account: AccountId) -> Result<bool, Error> {
        let reach = self.reach_of(db, account).await?;
        Ok(reach.is_some_and(|reach| reach.evaluates && reach.role == Role::Super))
    }

    /// Of which recordings that account can answer for what it has said; none where of no recording.
    pub(super) async fn answering(
        &self,
        db: &impl ConnectionTrait,
        account: AccountId,
    ) -> Result<Option<Scope>, Error> {
        let reach = self.reach_of(db, account).await?;
        Ok(reach.filter(|reach| reach.evaluates).map(|reach| reach.scope))
    }
}

/// The evaluations of others that are in such a state, however often they were disputed.
fn waiting(state: fn(u8) -> State) -> Result<Select<Entity>, Error> {
    let states = (0..=State::MOST_DISPUTES).map(|disputes| write(&state(disputes)));
    Ok(Entity::find()
        .filter(COLUMN.state.is_in(states.collect::<Result<Vec<_>, _>>()?))
        .filter(COLUMN.own.eq(false)))
}

/// What was said of the viewer and waits for their answer; none where nobody shows them anything.
fn unread(viewer: &Viewer) -> Result<Option<Select<Entity>>, Error> {
    let Some(person) = viewer.person.filter(|_| viewer.company().showing != Showing::Never) else {
        return Ok(None);
    };
    let own = of_person(&viewer.scope(), person);
    let own = own.select_only().column(Column::Id).into_query();
    let shown = waiting(|disputes| State::Shown { disputes })?;
    Ok(Some(shown.filter(COLUMN.recording_id.in_subquery(own))))
}

pub(super) fn disputed() -> Result<Select<Entity>, Error> {
    waiting(|disputes| State::Disputed { disputes })
}

/// Whose evaluations are disputed.
pub(super) async fn evaluators(db: &impl ConnectionTrait) -> Result<Vec<AccountId>, Error> {
    let evaluators = disputed()?
        .filter(COLUMN.account_id.is_not_null())
        .select_only()
        .column(entity::Column::AccountId)
        .group_by(entity::Column::AccountId);
    Ok(evaluators.into_tuple().all(db).await?)
}

/// The newest first.
fn newest(select: Select<Entity>) -> Select<Entity> {
    select.order_by_desc(COLUMN.done_at).order_by_desc(COLUMN.id)
}

/// Whether the recording of an evaluation is among these.
pub(super) fn reached(recordings: Select<recording::Entity>) -> SimpleExpr {
    let its = Expr::col((recording::Entity, Column::Id)).equals((Entity, entity::Column::RecordingId));
    let one = recordings.filter(its).select_only().column(Column::Id);
    Expr::exists(one.into_query())
}

#[cfg(test)]
mod tests {
    use model::{filter::Filter, id::EvaluationId, list::ListQuery, period::Period};
    use sea_orm::{ActiveValue::Set, DbBackend};

    use super::*;
    use crate::{
        db::testing::plan,
        evaluation::aside::NONE,
        testing::{
            Fixture,
            crowd::{self, Crowd, viewer},
        },
    };

    #[tokio::test(flavor = "multi_thread")]
    async fn however_much_waits_all_of_it_is_found() {
        let fixture = Fixture::new().await;
        Crowd::of(1_100).fill(&fixture.backend).await;
        let (db, eva) = (fixture.backend.db(), viewer(&fixture.backend, crowd::SUPER).await);
        let query = || ListQuery {
            filter: Filter {
                period: Period::All,
                evaluated: Some(model::filter::Evaluated::Waiting),
                ..Filter::default()
            },
            ..ListQuery::default()
        };
        let found = async || fixture.backend.list(&eva, query()).await.unwrap().total;
        assert_eq!(found().await.count, 0);
        let all = within(&eva.scope()).limit(1_001).all(db).await.unwrap();
        let state = write(&State::Disputed { disputes: 1 }).unwrap();
        let disputed = (1..).zip(&all).map(|(id, recording)| entity::ActiveModel {
            id: Set(EvaluationId(id)),
            recording_id: Set(recording.id),
            form_id: Set(model::id::FormId(1)),
            version: Set(1),
            account_id: Set(Some(eva.account())),
            evaluator: Set("Eva".to_owned()),
            own: Set(false),
            draft: Set(None),
            reviser_id: Set(None),
            set_aside: Set(NONE.to_owned()),
            answers: Set(Some("{}".to_owned())),
            state: Set(state.clone()),
            turns: Set("[]".to_owned()),
            percent: Set(None),
            failed: Set(false),
            changed_at: Set(Instant(0)),
            done_at: Set(Some(Instant(0))),
        });
        let disputed: Vec<_> = disputed.collect();
        for some in disputed.chunks(500) {
            let rows = Entity::insert_many(some.to_vec());
            rows.exec_without_returning(db).await.unwrap();
        }
        let total = found().await;
        assert!(total.count > 1_000 || total.more, "{total:?}");
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_waits_is_found_without_looking_through_all_that_was_said() {
        let fixture = Fixture::new().await;
        let db = fixture.backend.db();
        if db.get_database_backend() != DbBackend::Sqlite {
            eprintln!("PostgreSQL finds its own ways: nothing is pinned.");
            return;
        }
        for asked in [disputed(), waiting(|disputes| State::Shown { disputes })] {
            let steps = plan(db, &newest(asked.unwrap()).build(DbBackend::Sqlite))
                .await
                .unwrap();
            let by_state = steps.iter().any(|step| step.contains("evaluation_state (state=?"));
            assert!(by_state, "{steps:#?}");
        }
    }
}
