//! Replacing a password: what the company's rules say of the new one, and what ends with the old one.

use model::{
    id::AccountId,
    letter::Letter,
    password::LONGEST,
    problem::{Field, Invalid},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait,
    IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
};
use zxcvbn::{
    feedback::Warning::{
        ThisIsACommonPassword, ThisIsATop10Password, ThisIsATop100Password, ThisIsSimilarToACommonlyUsedPassword,
    },
    zxcvbn,
};

use super::{
    entity::{account, device, earlier_password, session},
    limits::Subject,
    ticket,
};
use crate::{Backend, Error, company::Company, db::text::fold, error::Faults, mail};

/// So many signs of a password must be there for no other reason than that its owner chose them.
const LEFT: usize = 5;

/// Every rule that a new password breaks. `about` are words that say whose it is: the address, the name.
#[must_use]
pub(crate) fn judge(company: &Company, password: &str, about: &[&str]) -> Vec<Invalid> {
    let policy = company.password.policy();
    let mut broken = policy.broken(password);
    if broken.is_empty() {
        let whole = about.iter().copied().chain([company.name.as_str(), "hark"]);
        let words: Vec<&str> = whole
            .flat_map(|text| text.split(|sign: char| !sign.is_alphanumeric()).chain([text]))
            .filter(|word| word.chars().count() > 2)
            .collect();
        let judged = zxcvbn(password, &words);
        let common = judged
            .feedback()
            .and_then(zxcvbn::feedback::Feedback::warning)
            .is_some_and(|warning| {
                matches!(
                    warning,
                    ThisIsATop10Password
                        | ThisIsATop100Password
                        | ThisIsACommonPassword
                        | ThisIsSimilarToACommonlyUsedPassword
                )
            });
        // What is left when one takes out what everyone knows.
        let mut rest = fold(password);
        for word in &words {
            rest = rest.replace(&fold(word), "");
        }
        let personal = rest.chars().count() < LEFT;
        if common || personal || u8::from(judged.score()) < policy.least_strength {
            broken.push(Invalid::Guessable);
        }
    }
    broken
}

/// A new password that was judged and hashed, and only needs a transaction.
pub(super) struct NewPassword(String);

impl Backend {
    /// Judges and hashes a new password: slow, so it is done before a transaction begins. `again` is the same once more.
    pub(super) async fn prepare_password(
        &self,
        company: &Company,
        account: &account::Model,
        password: &str,
        again: &str,
        mut faults: Faults,
    ) -> Result<NewPassword, Error> {
        let about = [account.email.as_str(), &self.name_of(account).await?];
        for why in judge(company, password, &about) {
            faults.add(Field::NewPassword, why);
        }
        if password != again {
            faults.add(Field::Again, Invalid::Differs);
        }
        faults.end()?;
        let last = company.password.policy().history;
        if self.was_used(account, password, last).await? {
            return Err(Error::invalid(Field::NewPassword, Invalid::Used { last }));
        }
        Ok(NewPassword(self.hasher().hash(password, self.chance()).await?))
    }

    async fn name_of(&self, account: &account::Model) -> Result<String, Error> {
        let person = match account.person_id {
            Some(id) => crate::people::by_id(self.db(), id).await?,
            None => None,
        };
        Ok(person.map(|person| person.name()).unwrap_or_default())
    }

    /// Whether it is the present password or one of the last (checklist 25).
    async fn was_used(&self, account: &account::Model, password: &str, last: u8) -> Result<bool, Error> {
        if password.chars().count() > LONGEST as usize {
            return Ok(false);
        }
        let earlier: Vec<String> = earlier_password::Entity::find()
            .filter(earlier_password::COLUMN.account_id.eq(account.id))
            .order_by_desc(earlier_password::COLUMN.id)
            .limit(u64::from(last.saturating_sub(1)))
            .select_only()
            .column(earlier_password::Column::Password)
            .into_tuple()
            .all(self.db())
            .await?;
        for kept in account.password.iter().chain(&earlier) {
            if self.hasher().check(password, Some(kept)).await? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Writes down the password that is about to go, so that it does not come back (checklist 25). One that was given was
    /// nobody's.
    pub(super) async fn remember_password(
        &self,
        db: &impl ConnectionTrait,
        account: &account::Model,
    ) -> Result<(), Error> {
        if let Some(password) = account.password.clone().filter(|_| account.has_own_password()) {
            let row = earlier_password::ActiveModel {
                id: Set(self.new_id()?),
                account_id: Set(account.id),
                password: Set(password),
            };
            earlier_password::Entity::insert(row).exec_without_returning(db).await?;
        }
        Ok(())
    }

    /// Forgets the failed tries on an account, from wherever they came: its owner has proven to be one.
    pub(super) async fn forgive_owner(
        &self,
        db: &impl ConnectionTrait,
        id: AccountId,
        email: &str,
    ) -> Result<(), Error> {
        self.forgive(db, &Subject::account(email)).await?;
        self.forgive(db, &Subject::change(id)).await?;
        for device in device::Entity::find()
            .filter(device::COLUMN.account_id.eq(id))
            .all(db)
            .await?
        {
            self.forgive(db, &Subject::Device(device.token_hash)).await?;
        }
        Ok(())
    }

    /// Puts a new password in the old one's place. Every session of the account ends, its links are void, its failed
    /// tries forgiven, and a letter says what has happened (checklist 26, 27).
    pub(super) async fn put_password(
        &self,
        db: &DatabaseTransaction,
        account: account::Model,
        new: NewPassword,
    ) -> Result<(), Error> {
        let (now, id, email) = (self.now(), account.id, account.email.clone());
        let had_one = account.has_own_password();
        self.remember_password(db, &account).await?;
        let version = account.security_version + 1;
        let mut row = account.into_active_model();
        row.password = Set(Some(new.0));
        row.password_at = Set(Some(now));
        row.given_until = Set(None);
        row.invited_until = Set(None);
        row.warned_days = Set(0);
        row.security_version = Set(version);
        row.update(db).await?;
        end_sessions(db, id).await?;
        ticket::void(db, id, None).await?;
        self.forgive_owner(db, id, &email).await?;
        if had_one {
            mail::post(self, db, id, &Letter::PasswordChanged).await?;
        }
        Ok(())
    }
}

/// Ends every session of an account.
pub(crate) async fn end_sessions(db: &impl ConnectionTrait, id: AccountId) -> Result<(), Error> {
    if !cut!("ended") {
        session::Entity::delete_many()
            .filter(session::COLUMN.account_id.eq(id))
            .exec(db)
            .await?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use model::password::{Class, Profile};

    use super::*;

    async fn company(profile: Profile) -> Company {
        let fixture = crate::testing::Fixture::new().await;
        let mut company = fixture.backend.company().await.unwrap();
        company.name = "Lingonkullens Möbler".into();
        company.password = profile;
        company
    }

    #[tokio::test]
    async fn what_everyone_has_and_what_says_whose_it_is_is_refused() {
        let guide = company(Profile::Guide).await;
        let judge = |password: &str| judge(&guide, password, &["pelle.persson@hark.test", "Pelle Persson"]);
        assert_eq!(judge("Sommar-2026!"), []);
        assert_eq!(judge("Password1!"), [Invalid::Guessable]);
        assert_eq!(judge("Persson1!"), [Invalid::Guessable]);
        assert_eq!(judge("Hark-Pelle-1"), [Invalid::Guessable]);
        assert_eq!(judge("sommar-2026!"), [Invalid::Lacks(Class::Upper)]);
    }

    #[tokio::test]
    async fn the_other_profile_wants_what_is_hard_to_guess() {
        let nist = company(Profile::Nist).await;
        assert_eq!(judge(&nist, "korrekt häst batteri klammer", &[]), []);
        assert_eq!(judge(&nist, "aaaaaaaaaaaaaaaaaaaa", &[]), [Invalid::Guessable]);
    }
}
