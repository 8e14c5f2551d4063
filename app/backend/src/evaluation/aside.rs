//! What someone was writing when another took over. Where that one throws away what came after, it is theirs again: nobody
//! throws away what another has written. Who writes something else of that recording by now goes on with it once they begin to
//! change this anew: one person never writes two things of one recording.

use model::{evaluation::Answers, id::AccountId};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter, sea_query::ExprTrait,
};
use serde::{Deserialize, Serialize};

use super::{
    entity::{ActiveModel, COLUMN, Entity, Model},
    write,
};
use crate::Error;

/// Nothing stands aside.
pub(super) const NONE: &str = "[]";

/// What stands aside, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
struct Aside {
    account: AccountId,
    draft: Answers,
}

impl Model {
    /// The same while that account writes it: it goes on with what is being written, else with what it wrote before, else with
    /// what holds. What another was writing stands aside.
    pub(super) fn taken_over(self, by: AccountId) -> Result<ActiveModel, Error> {
        let (mut aside, draft) = (self.aside()?, self.drafted()?);
        let writer = self.writer().filter(|writer| *writer != by);
        let draft = if let (Some(account), Some(draft)) = (writer, &draft) {
            let draft = draft.clone();
            // Who has gone on with it since has what they wrote before in what they write now.
            aside.retain(|it| it.account != account);
            aside.push(Aside { account, draft });
            self.draft.clone()
        } else if draft.is_none()
            && let Some(at) = aside.iter().position(|it| it.account == by)
        {
            Some(write(&aside.remove(at).draft)?)
        } else {
            self.draft.clone().or_else(|| self.answers.clone())
        };
        let reviser = Some(by).filter(|by| self.account_id != Some(*by));
        self.written(draft, reviser, &aside)
    }

    /// What is finished, without what is being written over it: who was at it before goes on where they were, but for those
    /// who are busy with something else of that recording.
    pub(super) fn given_back(self, busy: &[AccountId]) -> Result<ActiveModel, Error> {
        let aside = self.aside()?;
        self.with_last_of(aside, busy)
    }

    /// The same without anything of an account.
    fn without(self, account: AccountId, busy: &[AccountId]) -> Result<ActiveModel, Error> {
        let mut aside = self.aside()?;
        aside.retain(|it| it.account != account);
        if self.writer() == Some(account) {
            return self.with_last_of(aside, busy);
        }
        let mut row = self.into_active_model();
        row.set_aside = Set(write(&aside)?);
        Ok(row)
    }

    fn with_last_of(self, mut aside: Vec<Aside>, busy: &[AccountId]) -> Result<ActiveModel, Error> {
        let last = aside.iter().rposition(|it| !busy.contains(&it.account));
        let last = last.map(|at| aside.remove(at));
        let evaluator = self.account_id;
        let reviser = last.as_ref().map(|it| it.account).filter(|it| Some(*it) != evaluator);
        let draft = last.map(|it| write(&it.draft)).transpose()?;
        self.written(draft, reviser, &aside)
    }

    fn written(self, draft: Option<String>, reviser: Option<AccountId>, aside: &[Aside]) -> Result<ActiveModel, Error> {
        let mut row = self.into_active_model();
        (row.draft, row.reviser_id, row.set_aside) = (Set(draft), Set(reviser), Set(write(&aside)?));
        Ok(row)
    }

    /// Who is writing it, or changing it, where someone is.
    pub(super) fn writer(&self) -> Option<AccountId> {
        self.draft.as_ref().and(self.reviser_id.or(self.account_id))
    }

    /// Who is writing something else of that recording.
    pub(super) async fn busy_elsewhere(&self, db: &impl ConnectionTrait) -> Result<Vec<AccountId>, Error> {
        let others = Entity::find()
            .filter(COLUMN.recording_id.eq(self.recording_id))
            .filter(COLUMN.id.ne(self.id))
            .filter(COLUMN.draft.is_not_null());
        Ok(others.all(db).await?.iter().filter_map(Self::writer).collect())
    }

    fn aside(&self) -> Result<Vec<Aside>, Error> {
        serde_json::from_str(&self.set_aside).map_err(Error::internal)
    }
}

/// Throws away what an account has begun and not finished. Called before the account goes: nobody else could.
pub(crate) async fn discard_drafts_of(db: &impl ConnectionTrait, account: AccountId) -> Result<(), Error> {
    Entity::delete_many()
        .filter(COLUMN.account_id.eq(account))
        .filter(COLUMN.done_at.is_null())
        .exec(db)
        .await?;
    let changes = COLUMN.account_id.eq(account).and(COLUMN.draft.is_not_null());
    let theirs = Condition::any()
        .add(changes)
        .add(COLUMN.reviser_id.eq(account))
        .add(COLUMN.set_aside.ne(NONE));
    for row in Entity::find().filter(theirs).all(db).await? {
        let busy = row.busy_elsewhere(db).await?;
        row.without(account, &busy)?.update(db).await?;
    }
    Ok(())
}
