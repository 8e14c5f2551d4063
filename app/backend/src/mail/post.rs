//! Writing a letter.

use std::collections::{HashMap, HashSet};

use model::{
    id::{AccountId, LetterId},
    instant::Instant,
    letter::{Letter, LetterFault},
    problem::Problem,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect};

use super::entity;
use crate::{Backend, Error, account};

impl Backend {
    /// Says that there is a letter. Called after the commit that wrote it.
    pub(crate) fn ring(&self) {
        self.0.mail.notify_one();
    }
}

/// Writes a letter to an account.
pub(crate) async fn post(
    backend: &Backend,
    db: &impl ConnectionTrait,
    to: AccountId,
    letter: &Letter,
) -> Result<(), Error> {
    let account = account::by_id(db, to).await?.ok_or(Problem::NotFound)?;
    insert(backend, db, Some(to), account.email, account.locale, letter).await?;
    Ok(())
}

/// Writes a letter to an address. Where the letter is one to an account, whether there is one is seen when it leaves.
pub(crate) async fn post_to(
    backend: &Backend,
    db: &impl ConnectionTrait,
    email: &str,
    locale: Option<String>,
    letter: &Letter,
) -> Result<LetterId, Error> {
    insert(backend, db, None, email.to_owned(), locale, letter).await
}

/// Which of these letters have left.
pub(crate) async fn left(db: &impl ConnectionTrait, letters: Vec<LetterId>) -> Result<HashSet<LetterId>, Error> {
    let left: Vec<LetterId> = entity::Entity::find()
        .filter(entity::COLUMN.id.is_in(letters))
        .filter(entity::COLUMN.sent_at.is_not_null())
        .select_only()
        .column(entity::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    Ok(left.into_iter().collect())
}

/// Why those of these letters have not been taken that were tried in vain.
pub(crate) async fn faults(
    db: &impl ConnectionTrait,
    letters: Vec<LetterId>,
) -> Result<HashMap<LetterId, LetterFault>, Error> {
    let faults: Vec<(LetterId, Option<String>)> = entity::Entity::find()
        .filter(entity::COLUMN.id.is_in(letters))
        .filter(entity::COLUMN.error.is_not_null())
        .select_only()
        .columns([entity::Column::Id, entity::Column::Error])
        .into_tuple()
        .all(db)
        .await?;
    let fault = |(id, word): (LetterId, Option<String>)| Some((id, LetterFault::read(word.as_deref()?)));
    Ok(faults.into_iter().filter_map(fault).collect())
}

async fn insert(
    backend: &Backend,
    db: &impl ConnectionTrait,
    account_id: Option<AccountId>,
    email: String,
    locale: Option<String>,
    letter: &Letter,
) -> Result<LetterId, Error> {
    let (now, id) = (backend.now(), LetterId(backend.new_id()?));
    let row = entity::ActiveModel {
        id: Set(id),
        account_id: Set(account_id),
        email: Set(email),
        body: Set(serde_json::to_string(letter).map_err(Error::internal)?),
        locale: Set(locale),
        created_at: Set(now),
        again_at: Set(None),
        due_at: Set(now),
        leased_until: Set(Instant(0)),
        tries: Set(0),
        error: Set(None),
        sent_at: Set(None),
        given_up_at: Set(None),
    };
    entity::Entity::insert(row).exec_without_returning(db).await?;
    Ok(id)
}
