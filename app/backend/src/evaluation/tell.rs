//! Letters about evaluations: that there is something to read or to answer, and not what. Where it is read one signs in.

use std::collections::{BTreeMap, BTreeSet};

use model::{
    account::Role,
    evaluation::Showing,
    id::{AccountId, PersonId, RecordingId},
    letter::{Letter, News},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{
    entity::{COLUMN, Model},
    waiting::{disputed, evaluators, reached},
};
use crate::{
    Backend, Error, Viewer,
    account::entity::account,
    mail,
    recordings::{
        entity::recording::{self, Column},
        is_within, within,
    },
};

/// So many recordings are asked for at once: databases take no statement of any length.
const AT_ONCE: usize = 1_000;

impl Backend {
    /// Writes to the evaluated person, where they can sign in and see it.
    pub(super) async fn tell_evaluated(
        &self,
        db: &impl ConnectionTrait,
        viewer: &Viewer,
        person: Option<PersonId>,
        id: RecordingId,
        news: News,
    ) -> Result<(), Error> {
        let Some(person) = person.filter(|_| viewer.company().showing != Showing::Never) else {
            return Ok(());
        };
        let account = account::Entity::find()
            .filter(account::COLUMN.person_id.eq(person))
            .one(db)
            .await?;
        match account {
            Some(account) => self.tell(db, account.id, id, news, false).await,
            None => Ok(()),
        }
    }

    /// Writes to the evaluator that somebody does not agree; where they can no longer answer, to those who answer for the
    /// company, but for the one it is about.
    pub(super) async fn tell_evaluator(
        &self,
        db: &impl ConnectionTrait,
        row: &Model,
        person: Option<PersonId>,
    ) -> Result<(), Error> {
        if let Some(account) = row.account_id
            && self.can_answer(db, row).await?
        {
            return self.tell(db, account, row.recording_id, News::Disputed, true).await;
        }
        self.tell_deputies(db, &[(row.recording_id, person)]).await
    }

    /// The disputes that an account can answer. Asked for before it is changed.
    pub(crate) async fn answerable(&self, db: &impl ConnectionTrait, account: AccountId) -> Result<Vec<Model>, Error> {
        let Some(scope) = self.answering(db, account).await? else {
            return Ok(vec![]);
        };
        let theirs = disputed()?.filter(COLUMN.account_id.eq(account));
        Ok(theirs.filter(reached(within(&scope))).all(db).await?)
    }

    /// The disputes that their evaluators can answer. Asked for before it is changed what any of them may.
    pub(crate) async fn answerable_by_anyone(&self, db: &impl ConnectionTrait) -> Result<Vec<Model>, Error> {
        let mut all = vec![];
        for evaluator in evaluators(db).await? {
            all.extend(self.answerable(db, evaluator).await?);
        }
        Ok(all)
    }

    /// Writes of those disputes that their evaluators cannot answer any more, to those who answer for the company.
    pub(crate) async fn tell_unanswered(&self, db: &impl ConnectionTrait, disputes: Vec<Model>) -> Result<(), Error> {
        let mut theirs: BTreeMap<AccountId, Vec<RecordingId>> = BTreeMap::new();
        for row in disputes {
            if let Some(account) = row.account_id {
                theirs.entry(account).or_default().push(row.recording_id);
            }
        }
        let mut left = vec![];
        for (account, mut recordings) in theirs {
            if let Some(scope) = self.answering(db, account).await? {
                let mut heard: BTreeSet<RecordingId> = BTreeSet::new();
                for some in recordings.chunks(AT_ONCE) {
                    let some = within(&scope).filter(recording::COLUMN.id.is_in(some.iter().copied()));
                    let some: Vec<RecordingId> = some.select_only().column(Column::Id).into_tuple().all(db).await?;
                    heard.extend(some);
                }
                recordings.retain(|id| !heard.contains(id));
            }
            left.extend(recordings);
        }
        let mut whose: Vec<(RecordingId, Option<PersonId>)> = vec![];
        for some in left.chunks(AT_ONCE) {
            let some = recording::Entity::find().filter(recording::COLUMN.id.is_in(some.iter().copied()));
            let some = some.select_only().columns([Column::Id, Column::PersonId]);
            whose.extend(some.into_tuple::<(RecordingId, Option<PersonId>)>().all(db).await?);
        }
        if whose.is_empty() {
            return Ok(());
        }
        self.tell_deputies(db, &whose).await
    }

    /// Writes of disputes that nobody else can answer to those who answer for the company, but for the one each is about. One
    /// letter, however many they are.
    async fn tell_deputies(
        &self,
        db: &impl ConnectionTrait,
        disputes: &[(RecordingId, Option<PersonId>)],
    ) -> Result<(), Error> {
        let deputies = account::Entity::find()
            .filter(account::COLUMN.role.eq(Role::Super.name()))
            .filter(account::COLUMN.active.eq(true))
            .order_by_asc(account::COLUMN.id);
        for deputy in deputies.all(db).await? {
            let of_others = disputes
                .iter()
                .filter(|(_, person)| person.is_none() || *person != deputy.person_id);
            let ids: Vec<RecordingId> = of_others.map(|(id, _)| *id).collect();
            let letter = match ids[..] {
                [] => continue,
                [recording] => Letter::Evaluation {
                    recording,
                    news: News::Unanswered,
                },
                _ => Letter::Unanswered {
                    count: u32::try_from(ids.len()).unwrap_or(u32::MAX),
                },
            };
            mail::post(self, db, deputy.id, &letter).await?;
        }
        Ok(())
    }

    async fn tell(
        &self,
        db: &impl ConnectionTrait,
        to: AccountId,
        recording: RecordingId,
        news: News,
        evaluates: bool,
    ) -> Result<(), Error> {
        let reach = self.reach_of(db, to).await?;
        let Some(reach) = reach.filter(|reach| reach.evaluates || !evaluates) else {
            return Ok(());
        };
        if is_within(db, &reach.scope, recording).await? {
            mail::post(self, db, to, &Letter::Evaluation { recording, news }).await?;
        }
        Ok(())
    }
}
