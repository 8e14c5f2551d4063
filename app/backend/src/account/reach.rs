//! What an account reaches by itself, where nobody is signed in: for the links it has sent, which live no longer than its right
//! to what they lead to, and for letters that lead to a recording.

use model::{
    account::Role,
    id::{AccountId, PersonId},
};
use sea_orm::ConnectionTrait;

use super::{add::role, by_id};
use crate::{
    Backend, Error,
    scope::{Scope, downloads, evaluates, shares},
};

/// See [`Backend::reach_of`].
pub(crate) struct Reach {
    /// Whose account it is, and where that is written to.
    pub person: Option<PersonId>,
    pub email: String,
    pub role: Role,
    pub scope: Scope,
    /// Whether it may evaluate.
    pub evaluates: bool,
    /// Whether it may send links.
    pub shares: bool,
    /// Whether it may let a sound be taken along.
    pub downloads: bool,
}

impl Backend {
    /// What that account reaches; none where it is gone or turned off.
    pub(crate) async fn reach_of(&self, db: &impl ConnectionTrait, id: AccountId) -> Result<Option<Reach>, Error> {
        let Some(account) = by_id(db, id).await?.filter(|account| account.active) else {
            return Ok(None);
        };
        let (role, company) = (role(&account.role)?, self.company_within(db).await?);
        let departments = if role == Role::Restricted {
            self.departments_of(db, &account).await?
        } else {
            vec![]
        };
        Ok(Some(Reach {
            person: account.person_id,
            email: account.email,
            role,
            scope: Scope::of(role, account.person_id, departments),
            evaluates: evaluates(role, &company),
            shares: shares(role, &company),
            downloads: downloads(role, &company),
        }))
    }
}
