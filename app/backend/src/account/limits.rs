//! How often one may be wrong. Counted in the database, so that a restart forgives nothing and two processes count as one.
//!
//! An account is counted by its address in the one form that all ways of writing it share, whether it exists or not. A
//! browser in which the account has signed in before has a count of its own: nobody locks an owner out from elsewhere.

use std::net::IpAddr;

use model::{id::AccountId, problem::Problem};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, EntityTrait, QueryFilter,
    sea_query::{Expr, ExprTrait, OnConflict},
};

use super::{email_key, entity::attempt};
use crate::{Backend, Error, chance};

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
/// What nobody has tried for so long is forgotten; what only a letter opens stays so.
const FORGET_MS: i64 = 30 * 24 * HOUR;

/// What is counted, and by which rule.
#[derive(Clone, Debug)]
pub(crate) enum Subject {
    /// Passwords for an account, from browsers it has not used before.
    Account(String),
    /// Passwords for an account, from a browser it has used before.
    Device(String),
    /// The present password, by someone who is signed in.
    Change(AccountId),
    /// Passwords and codes from one place on the net. Counted after each failure, so that a whole office can come in at
    /// once; those under way at the same time are no more than may wait for their turn to be hashed.
    Address(String),
    /// Letters that were asked for, from one place on the net.
    AskedFrom(String),
    /// Letters that were asked for, to one address.
    AskedTo(String),
}

impl Subject {
    pub(crate) fn account(email: &str) -> Self {
        Self::Account(chance::hash(&canonical(email)))
    }

    pub(crate) fn device(token: &str) -> Self {
        Self::Device(chance::hash(token))
    }

    pub(crate) const fn change(account: AccountId) -> Self {
        Self::Change(account)
    }

    pub(crate) fn address(address: IpAddr) -> Self {
        Self::Address(place(address))
    }

    pub(crate) fn asked_from(address: IpAddr) -> Self {
        Self::AskedFrom(place(address))
    }

    pub(crate) fn asked_to(email: &str) -> Self {
        Self::AskedTo(chance::hash(&canonical(email)))
    }

    fn key(&self) -> String {
        let (kind, what) = match self {
            Self::Change(account) => return format!("change:{account}"),
            Self::Account(what) => ("account", what),
            Self::Device(what) => ("device", what),
            Self::Address(what) => ("address", what),
            Self::AskedFrom(what) => ("asked-from", what),
            Self::AskedTo(what) => ("asked-to", what),
        };
        format!("{kind}:{what}")
    }

    /// Whether so many failures, the last of them so long ago, leave room for another try.
    fn allows(&self, failures: i64, ago: i64) -> Result<(), Problem> {
        let wait = |until: i64| {
            let left = until - ago;
            if left <= 0 {
                return Ok(());
            }
            let retry_s = u32::try_from(left.div_euclid(SECOND) + 1).unwrap_or(u32::MAX);
            Err(Problem::Throttled { retry_s })
        };
        match self {
            // Five tries, then half a minute, doubling up to an hour; a hundred in a row and only a letter helps
            // (NIST SP 800-63B-4, 3.2.2).
            Self::Account(_) | Self::Device(_) | Self::Change(_) => match failures {
                ..5 => Ok(()),
                100.. => Err(Problem::Locked),
                _ => wait(Ord::min((30 * SECOND) << Ord::min(failures - 5, 7), HOUR)),
            },
            Self::Address(_) | Self::AskedFrom(_) if failures >= 10 => wait(10 * MINUTE),
            Self::AskedTo(_) if failures >= 3 => wait(30 * MINUTE),
            Self::Address(_) | Self::AskedFrom(_) | Self::AskedTo(_) => Ok(()),
        }
    }

    /// After so long without a failure the count begins anew.
    const fn forgives_after(&self) -> Option<i64> {
        match self {
            Self::Account(_) | Self::Device(_) | Self::Change(_) => None,
            Self::Address(_) | Self::AskedFrom(_) => Some(10 * MINUTE),
            Self::AskedTo(_) => Some(30 * MINUTE),
        }
    }
}

/// The address as a mailbox knows it: what stands behind a plus sign sorts the owner's mail and names no other owner.
fn canonical(email: &str) -> String {
    let key = email_key(email);
    match key.split_once('@') {
        Some((name, host)) => format!("{}@{host}", name.split('+').next().unwrap_or_default()),
        None => key,
    }
}

/// One place on the net: an IPv4 address, or the 64 bits of an IPv6 address that name a network.
fn place(address: IpAddr) -> String {
    match address.to_canonical() {
        IpAddr::V4(address) => address.to_string(),
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
        }
    }
}

impl Backend {
    /// Whether there may be another try.
    pub(crate) async fn allowed(&self, subject: &Subject) -> Result<(), Error> {
        let row = attempt::Entity::find_by_id(subject.key()).one(self.db()).await?;
        Ok(row.map_or(Ok(()), |row| self.judge_attempts(subject, &row))?)
    }

    /// Counts a try as failed before it is made, so that many at once are not more than one after the other. Who then
    /// succeeds is [forgiven](Self::forgive).
    pub(crate) async fn count(&self, subject: &Subject) -> Result<(), Error> {
        let transaction = self.writing().await?;
        let now = self.now();
        let row = attempt::Entity::find_by_id(subject.key()).one(&transaction).await?;
        let failures = match row {
            Some(row) => {
                self.judge_attempts(subject, &row)?;
                let over = subject.forgives_after().is_some_and(|ms| now.since(row.last_at) >= ms);
                if over { 1 } else { row.failures + 1 }
            }
            None => 1,
        };
        let row = attempt::ActiveModel {
            subject: Set(subject.key()),
            failures: Set(failures),
            last_at: Set(now),
        };
        let again = OnConflict::column(attempt::Column::Subject)
            .update_columns([attempt::Column::Failures, attempt::Column::LastAt])
            .to_owned();
        attempt::Entity::insert(row)
            .on_conflict(again)
            .exec_without_returning(&transaction)
            .await?;
        Ok(transaction.commit().await?)
    }

    /// Takes one back that was counted for a try which could not be made.
    pub(crate) async fn uncount(&self, subject: &Subject) -> Result<(), Error> {
        attempt::Entity::update_many()
            .col_expr(attempt::Column::Failures, Expr::col(attempt::Column::Failures).sub(1))
            .filter(attempt::COLUMN.subject.eq(subject.key()))
            .filter(attempt::COLUMN.failures.gt(0))
            .exec(self.db())
            .await?;
        Ok(())
    }

    /// Forgets what was counted.
    pub(crate) async fn forgive(&self, db: &impl sea_orm::ConnectionTrait, subject: &Subject) -> Result<(), Error> {
        attempt::Entity::delete_by_id(subject.key()).exec(db).await?;
        Ok(())
    }

    fn judge_attempts(&self, subject: &Subject, row: &attempt::Model) -> Result<(), Problem> {
        subject.allows(row.failures, Ord::max(self.now().since(row.last_at), 0))
    }

    /// Forgets what nobody has tried for a month.
    pub(crate) async fn forget_attempts(&self) -> Result<(), Error> {
        attempt::Entity::delete_many()
            .filter(attempt::COLUMN.last_at.lt(self.now().plus_ms(-FORGET_MS)))
            .filter(attempt::COLUMN.failures.lt(100))
            .exec(self.db())
            .await?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Fixture;

    fn wait(subject: &Subject, failures: i64) -> Result<(), Problem> {
        subject.allows(failures, 0)
    }

    #[test]
    fn five_tries_then_ever_longer_waits_then_none() {
        let account = Subject::account("eva@hark.test");
        assert_eq!(wait(&account, 4), Ok(()));
        assert_eq!(wait(&account, 5), Err(Problem::Throttled { retry_s: 31 }));
        assert_eq!(wait(&account, 7), Err(Problem::Throttled { retry_s: 121 }));
        assert_eq!(wait(&account, 99), Err(Problem::Throttled { retry_s: 3_601 }));
        assert_eq!(account.allows(99, HOUR), Ok(()));
        assert_eq!(account.allows(100, HOUR), Err(Problem::Locked));
    }

    #[test]
    fn every_way_of_writing_an_address_shares_one_count() {
        let one = Subject::account("åsa@hark.test").key();
        for way in [
            " ÅSA@hark.test ",
            "a\u{30a}sa@hark.test",
            "åsa+jobb@HARK.test",
            "ＡＳＡ@x",
        ] {
            assert_eq!(Subject::account(way).key() == one, way != "ＡＳＡ@x", "{way}");
        }
    }

    #[test]
    fn a_network_is_one_place() {
        let key = |address: &str| Subject::address(address.parse().unwrap()).key();
        assert_eq!(key("2001:db8:1:2::1"), key("2001:db8:1:2:ffff::2"));
        assert_ne!(key("2001:db8:1:2::1"), key("2001:db8:1:3::1"));
        assert_eq!(key("::ffff:192.0.2.1"), key("192.0.2.1"));
    }

    #[tokio::test(flavor = "multi_thread", worker_threads = 4)]
    async fn many_at_once_are_not_more_than_one_after_the_other() {
        let fixture = Fixture::new().await;
        let subject = Subject::account("eva@hark.test");
        let storm = (0..40).map(|_| {
            let (backend, subject) = (fixture.backend.clone(), subject.clone());
            tokio::spawn(async move { backend.count(&subject).await })
        });
        let mut through = 0;
        for tried in storm.collect::<Vec<_>>() {
            match tried.await.unwrap() {
                Ok(()) => through += 1,
                Err(Error::Problem(Problem::Throttled { .. })) => {}
                Err(other) => panic!("{other}"),
            }
        }
        assert_eq!(through, 5);
        fixture.clock.move_by(31 * SECOND);
        fixture.backend.count(&subject).await.unwrap();
        fixture.backend.forgive(fixture.backend.db(), &subject).await.unwrap();
        fixture.backend.count(&subject).await.unwrap();
    }
}
