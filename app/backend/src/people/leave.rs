//! A person leaves the company: is recorded no more and gets in no more. The recordings keep the name; extension and
//! numbers are free for someone else.

use model::{id::PersonId, problem::Problem};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, DatabaseTransaction, EntityTrait, IntoActiveModel, QueryFilter,
};

use super::{
    entity::{person, person_number},
    save::present,
};
use crate::{
    Authority, Backend, Error, ManagePeople,
    account::{entity::account, go, not_the_last_super},
};

impl Backend {
    /// Lets a person leave.
    ///
    /// # Errors
    /// [`Problem::NotFound`]; [`Problem::LastSuper`] where it is the last administrator.
    pub async fn let_person_leave(&self, _: impl Authority<ManagePeople>, id: PersonId) -> Result<(), Error> {
        let transaction = self.writing().await?;
        let row = present(&transaction, id).await?.ok_or(Problem::NotFound)?;
        leave(self, &transaction, row).await?;
        transaction.commit().await?;
        self.grants().forget_all();
        self.ring();
        Ok(())
    }
}

/// Lets a person leave, within a transaction.
pub(super) async fn leave(backend: &Backend, db: &DatabaseTransaction, row: person::Model) -> Result<(), Error> {
    let account = account::Entity::find()
        .filter(account::COLUMN.person_id.eq(row.id))
        .one(db)
        .await?;
    if let Some(account) = account {
        not_the_last_super(db, &account).await?;
        go(backend, db, account.id).await?;
    }
    person_number::Entity::delete_many()
        .filter(person_number::COLUMN.person_id.eq(row.id))
        .exec(db)
        .await?;
    let version = row.version + 1;
    let mut row = row.into_active_model();
    row.extension = Set(None);
    row.title = Set(None);
    row.search_text = Set(String::new());
    row.email = Set(None);
    row.email_key = Set(None);
    row.external_id = Set(None);
    row.recording_active = Set(false);
    row.version = Set(version);
    row.left_at = Set(Some(backend.now()));
    row.update(db).await?;
    Ok(())
}
