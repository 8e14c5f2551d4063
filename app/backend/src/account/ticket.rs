//! One-time links. A ticket is good for one purpose, once, until its time is over or the account's password changes;
//! only its hash is kept, and looking at it does not use it up.

use model::{id::AccountId, instant::Instant, problem::Problem};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::{
    by_id,
    entity::{account, ticket},
};
use crate::{Backend, Error, Secret, chance};

const MINUTE: i64 = 60_000;

/// What a ticket is good for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Purpose {
    /// Choosing the first password: three days.
    Invitation,
    /// Replacing a forgotten one: half an hour.
    Reset,
}

impl Purpose {
    const ALL: [Self; 2] = [Self::Invitation, Self::Reset];

    const fn name(self) -> &'static str {
        match self {
            Self::Invitation => "invitation",
            Self::Reset => "reset",
        }
    }

    pub(crate) const fn lasts_ms(self) -> i64 {
        match self {
            Self::Invitation => 72 * 60 * MINUTE,
            Self::Reset => 30 * MINUTE,
        }
    }
}

/// A good ticket, looked at and not used.
pub(crate) struct Ticket {
    pub account: account::Model,
    pub purpose: Purpose,
    hash: String,
}

/// Makes a ticket for an account. An earlier invitation is void; an earlier letter for a forgotten password stays good for its
/// half hour, so that nobody who asks in someone's name takes the owner's link away.
pub(crate) async fn issue(
    backend: &Backend,
    db: &impl ConnectionTrait,
    account: &account::Model,
    purpose: Purpose,
) -> Result<(Secret, Instant), Error> {
    let (now, secret) = (backend.now(), Secret::new(backend.chance())?);
    let expires_at = now.plus_ms(purpose.lasts_ms());
    if purpose == Purpose::Invitation {
        void(db, account.id, Some(purpose)).await?;
    }
    let row = ticket::ActiveModel {
        token_hash: Set(secret.hash()),
        account_id: Set(account.id),
        purpose: Set(purpose.name().to_owned()),
        security_version: Set(account.security_version),
        created_at: Set(now),
        expires_at: Set(expires_at),
        used_at: Set(None),
    };
    ticket::Entity::insert(row).exec_without_returning(db).await?;
    Ok((secret, expires_at))
}

/// Makes an account's tickets good for nothing.
pub(crate) async fn void(db: &impl ConnectionTrait, account: AccountId, purpose: Option<Purpose>) -> Result<(), Error> {
    let mut delete = ticket::Entity::delete_many().filter(ticket::COLUMN.account_id.eq(account));
    if let Some(purpose) = purpose {
        delete = delete.filter(ticket::COLUMN.purpose.eq(purpose.name()));
    }
    delete.exec(db).await?;
    Ok(())
}

impl Backend {
    /// The ticket of that token, if it is good. Looking does not use it up: mail scanners open every link.
    pub(super) async fn look(&self, db: &impl ConnectionTrait, token: &str) -> Result<Ticket, Error> {
        let hash = chance::hash(token);
        let found = ticket::Entity::find_by_id(&hash).one(db).await?;
        let Some(row) = found.filter(|row| row.used_at.is_none() && self.now() < row.expires_at) else {
            return Err(Problem::LinkDead.into());
        };
        let purpose = Purpose::ALL.into_iter().find(|purpose| purpose.name() == row.purpose);
        let account = by_id(db, row.account_id)
            .await?
            .filter(|account| account.active && account.security_version == row.security_version);
        match (account, purpose) {
            (Some(account), Some(purpose)) => Ok(Ticket { account, purpose, hash }),
            _ => Err(Problem::LinkDead.into()),
        }
    }

    /// Forgets the tickets whose time has long been over.
    pub(super) async fn forget_tickets(&self) -> Result<(), Error> {
        ticket::Entity::delete_many()
            .filter(ticket::COLUMN.expires_at.lt(self.now().plus_ms(-24 * 60 * MINUTE)))
            .exec(self.db())
            .await?;
        Ok(())
    }

    /// Uses a ticket up. Of many who try at once, one wins.
    pub(super) async fn punch(&self, db: &impl ConnectionTrait, ticket: &Ticket) -> Result<(), Error> {
        let now = self.now();
        let done = ticket::Entity::update_many()
            .col_expr(ticket::Column::UsedAt, Expr::val(now.0))
            .filter(ticket::COLUMN.token_hash.eq(&ticket.hash))
            .filter(ticket::COLUMN.used_at.is_null())
            .filter(ticket::COLUMN.expires_at.gt(now))
            .exec(db)
            .await?;
        if done.rows_affected == 1 {
            Ok(())
        } else {
            Err(Problem::LinkDead.into())
        }
    }
}
