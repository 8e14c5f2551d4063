//! Adding an account.

use std::str::FromStr;

use model::{
    account::Role,
    id::{AccountId, UnitId},
    problem::{Field, Invalid},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::{email_key, entity};
use crate::{Backend, Error, Operator, company, error::is_taken, people};

/// An account that is to be. Cannot be printed: it holds a password.
#[derive(Clone)]
pub struct NewAccount {
    /// The address to sign in with; the account belongs to the person who has it, if anyone does.
    pub email: String,
    /// The first password.
    pub password: String,
    /// What it may reach.
    pub role: Role,
    /// The departments a restricted account hears.
    pub departments: Vec<UnitId>,
}

/// An account that was checked and hashed, and only needs a transaction.
pub(crate) struct Prepared {
    row: entity::account::ActiveModel,
    id: AccountId,
    departments: Vec<UnitId>,
    role: Role,
}

/// Checks a new account and hashes its password: slow, so it is done before a transaction begins.
pub(crate) async fn prepare(backend: &Backend, new: NewAccount) -> Result<Prepared, Error> {
    let email = new.email.trim().to_owned();
    if email.is_empty() {
        return Err(Error::invalid(Field::Email, Invalid::Missing));
    }
    if email.len() > 254 {
        return Err(Error::invalid(Field::Email, Invalid::TooLong { most: 254 }));
    }
    let (name, host) = email.split_once('@').unwrap_or_default();
    if name.is_empty() || host.is_empty() || email.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(Error::invalid(Field::Email, Invalid::Form));
    }
    let password = backend.hasher().hash(&new.password, backend.chance()).await?;
    let id = AccountId(backend.new_id()?);
    let person = people::by_email(backend.db(), &email).await?;
    let row = entity::account::ActiveModel {
        id: Set(id),
        person_id: Set(person.map(|person| person.id)),
        email_key: Set(email_key(&email)),
        email: Set(email),
        password: Set(Some(password)),
        role: Set(new.role.name().to_owned()),
        active: Set(true),
        locale: Set(None),
        security_version: Set(1),
        created_at: Set(backend.now()),
    };
    Ok(Prepared {
        row,
        id,
        departments: new.departments,
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
    /// Adds an account.
    ///
    /// # Errors
    /// What is wrong with a field, such as an address that has an account.
    pub async fn add_account(&self, _: Operator, new: NewAccount) -> Result<AccountId, Error> {
        let prepared = prepare(self, new).await?;
        let transaction = self.writing().await?;
        let id = prepared.insert(&transaction).await?;
        transaction.commit().await?;
        Ok(id)
    }
}

/// A role that the database holds.
pub(crate) fn role(text: &str) -> Result<Role, Error> {
    Role::from_str(text).map_err(|()| Error::internal(format!("no role is called {text}")))
}
