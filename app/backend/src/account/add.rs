//! Adding an account.

use std::str::FromStr;

use model::{
    account::Role,
    id::{AccountId, UnitId},
    problem::{Field, Invalid},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::{email_key, entity, new_password::judge, set_role::departments_of};
use crate::{
    Authority, Backend, Error, ManageAccounts,
    company::{self, Company},
    db::text::is_unseen,
    error::{Faults, is_taken},
    people,
};

/// How an account comes to its first password.
#[derive(Clone)]
pub enum FirstPassword {
    /// Its owner chooses it now.
    Own(String),
    /// Someone gives one, which only opens the page on which another is chosen (checklist 22).
    Given(String),
    /// Its owner will choose it by way of an invitation.
    None,
}

/// An account that is to be. Cannot be printed: it may hold a password.
#[derive(Clone)]
pub struct NewAccount {
    /// The address to sign in with; the account belongs to the person who has it, if anyone does.
    pub email: String,
    pub password: FirstPassword,
    /// What it may reach.
    pub role: Role,
    /// The departments a restricted account hears.
    pub departments: Vec<UnitId>,
    /// Whether the licence agreement counts as accepted, as in a demo.
    pub agreed: bool,
}

/// How long a password that was given opens the page on which another is chosen.
pub(crate) const GIVEN_LASTS_MS: i64 = 24 * 3_600_000;

/// An account that was checked and hashed, and only needs a transaction.
pub(crate) struct Prepared {
    row: entity::account::ActiveModel,
    id: AccountId,
    departments: Vec<UnitId>,
    role: Role,
}

/// What is wrong with an address, if anything is.
pub(crate) fn check_email(email: &str) -> Result<String, Invalid> {
    let email = email.trim();
    let (name, host) = email.split_once('@').unwrap_or_default();
    if email.is_empty() {
        Err(Invalid::Missing)
    } else if email.len() > 254 {
        Err(Invalid::TooLong { most: 254 })
    } else if name.is_empty()
        || host.is_empty()
        || host.contains('@')
        || email
            .chars()
            .any(|sign| sign.is_whitespace() || is_unseen(sign) || "<>,;:\"()[]\\".contains(sign))
    {
        Err(Invalid::Form)
    } else {
        Ok(email.to_owned())
    }
}

/// Checks a new account and hashes its password: slow, so it is done before a transaction begins.
pub(crate) async fn prepare(
    backend: &Backend,
    company: &Company,
    new: NewAccount,
    mut faults: Faults,
) -> Result<Prepared, Error> {
    let email = faults.keep(Field::Email, check_email(&new.email));
    if let FirstPassword::Own(password) | FirstPassword::Given(password) = &new.password {
        for why in judge(company, password, &[&email]) {
            faults.add(Field::Password, why);
        }
    }
    if new.role == Role::Restricted && new.departments.is_empty() {
        faults.add(Field::Departments, Invalid::Missing);
    }
    faults.end()?;
    let now = backend.now();
    let (password, given_until) = match &new.password {
        FirstPassword::Own(password) => (Some(password), None),
        FirstPassword::Given(password) => (Some(password), Some(now.plus_ms(GIVEN_LASTS_MS))),
        FirstPassword::None => (None, None),
    };
    let password = match password {
        Some(password) => Some(backend.hasher().hash(password, backend.chance()).await?),
        None => None,
    };
    let id = AccountId(backend.new_id()?);
    let person = people::by_email(backend.db(), &email).await?;
    let row = entity::account::ActiveModel {
        id: Set(id),
        person_id: Set(person.map(|person| person.id)),
        email_key: Set(email_key(&email)),
        email: Set(email),
        password: Set(password),
        role: Set(new.role.name().to_owned()),
        active: Set(true),
        locale: Set(None),
        security_version: Set(1),
        created_at: Set(now),
        password_at: Set(Some(now)),
        given_until: Set(given_until),
        agreed_version: Set(if new.agreed { company.agreement.version } else { 0 }),
        agreed_at: Set(new.agreed.then_some(now)),
        warned_days: Set(0),
        signed_in_at: Set(None),
        invited_until: Set(None),
        list_columns: Set(None),
        start_view_id: Set(None),
    };
    Ok(Prepared {
        row,
        id,
        departments: departments_of(new.role, new.departments),
        role: new.role,
    })
}

impl Prepared {
    /// Inserts the account; an instance with an administrator is claimed.
    pub(crate) async fn insert(self, db: &impl ConnectionTrait) -> Result<AccountId, Error> {
        let inserted = entity::account::Entity::insert(self.row)
            .exec_without_returning(db)
            .await;
        if let Err(error) = inserted {
            return Err(if is_taken(&error) {
                Error::invalid(Field::Email, Invalid::Taken)
            } else {
                error.into()
            });
        }
        if !people::are_departments(db, &self.departments).await? {
            return Err(Error::invalid(Field::Departments, Invalid::Unknown));
        }
        replace_departments(db, self.id, &self.departments).await?;
        if self.role == Role::Super {
            company::mark_claimed(db).await?;
        }
        Ok(self.id)
    }
}

/// Sets which departments an account hears.
pub(crate) async fn replace_departments(
    db: &impl ConnectionTrait,
    id: AccountId,
    units: &[UnitId],
) -> Result<(), Error> {
    use entity::account_department as table;
    table::Entity::delete_many()
        .filter(table::COLUMN.account_id.eq(id))
        .exec(db)
        .await?;
    for unit in units {
        let row = table::ActiveModel {
            account_id: Set(id),
            unit_id: Set(*unit),
        };
        table::Entity::insert(row).exec_without_returning(db).await?;
    }
    Ok(())
}

impl Backend {
    /// Adds an account. One without a password is invited by letter.
    ///
    /// # Errors
    /// What is wrong with the fields, such as an address that has an account.
    pub async fn add_account(&self, _: impl Authority<ManageAccounts>, new: NewAccount) -> Result<AccountId, Error> {
        let company = self.company().await?;
        let invited = matches!(new.password, FirstPassword::None);
        let prepared = prepare(self, &company, new, Faults::default()).await?;
        let transaction = self.writing().await?;
        let id = prepared.insert(&transaction).await?;
        if invited {
            super::invite(self, &transaction, &company, id).await?;
        }
        transaction.commit().await?;
        self.ring();
        Ok(id)
    }
}

/// A role that the database holds.
pub(crate) fn role(text: &str) -> Result<Role, Error> {
    Role::from_str(text).map_err(|()| Error::internal(format!("no role is called {text}")))
}
