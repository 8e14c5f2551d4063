//! What someone was writing when another took over. Where that one throws away what came after, it is theirs again: nobody
//! throws away what another has written.

use model::{evaluation::Answers, id::AccountId};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    QueryFilter,
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
    /// What stands aside once that account goes on with what is being written here.
    pub(super) fn taken_over(&self, by: AccountId) -> Result<String, Error> {
        let mut aside = self.aside()?;
        let writer = self.reviser_id.or(self.account_id).filter(|writer| *writer != by);
        if let (Some(account), Some(draft)) = (writer, self.drafted()?) {
            // Who has gone on with it since has what they wrote before in what they write now.
            aside.retain(|it| it.account != account);
            aside.push(Aside { account, draft });
        }
        write(&aside)
    }

    /// What is finished, without what is being written over it: who was at it before goes on where they were.
    pub(super) fn given_back(self) -> Result<ActiveModel, Error> {
        let aside = self.aside()?;
        self.with_last_of(aside)
    }

    /// The same without anything of an account.
    fn without(self, account: AccountId) -> Result<ActiveModel, Error> {
        let mut aside = self.aside()?;
        aside.retain(|it| it.account != account);
        if self.reviser_id == Some(account) {
            return self.with_last_of(aside);
        }
        let mut row = self.into_active_model();
        row.set_aside = Set(write(&aside)?);
        Ok(row)
    }

    fn with_last_of(self, mut aside: Vec<Aside>) -> Result<ActiveModel, Error> {
        let evaluator = self.account_id;
        let last = aside.pop();
        let reviser = last.as_ref().map(|it| it.account).filter(|it| Some(*it) != evaluator);
        let draft = last.map(|it| write(&it.draft)).transpose()?;
        let mut row = self.into_active_model();
        (row.draft, row.reviser_id, row.set_aside) = (Set(draft), Set(reviser), Set(write(&aside)?));
        Ok(row)
    }

    fn aside(&self) -> Result<Vec<Aside>, Error> {
        serde_json::from_str(&self.set_aside).map_err(Error::internal)
    }
}

/// Throws away what an account has begun and not finished. Called before the account goes: nobody else could.
pub(crate) async fn discard_drafts_of(db: &impl ConnectionTrait, account: AccountId) -> Result<(), Error> {
    let theirs = Condition::any()
        .add(COLUMN.reviser_id.eq(account))
        .add(COLUMN.set_aside.ne(NONE));
    for row in Entity::find().filter(theirs).all(db).await? {
        row.without(account)?.update(db).await?;
    }
    Entity::delete_many()
        .filter(COLUMN.account_id.eq(account))
        .filter(COLUMN.done_at.is_null())
        .exec(db)
        .await?;
    Ok(())
}
