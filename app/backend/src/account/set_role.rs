//! Changing what an account may reach. Its sessions end with the change, and a letter says so (checklist 116, 117).

use model::{
    account::Role,
    id::{AccountId, UnitId},
    letter::Letter,
    problem::{Field, Invalid, Problem},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
};

use super::{add::replace_departments, by_id, entity::account, new_password::end_sessions};
use crate::{Authority, Backend, Error, ManageAccounts, mail, people};

/// What an account is to reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewRole {
    pub role: Role,
    /// The departments a Restricted user hears.
    pub departments: Vec<UnitId>,
}

impl Backend {
    /// Gives an account another role, or a Restricted user other departments.
    ///
    /// # Errors
    /// [`Problem::NotFound`]; [`Problem::LastSuper`]; or what is wrong with the departments.
    pub async fn set_role(&self, _: impl Authority<ManageAccounts>, id: AccountId, new: NewRole) -> Result<(), Error> {
        let transaction = self.writing().await?;
        let row = by_id(&transaction, id).await?.ok_or(Problem::NotFound)?;
        let departments = if new.role == Role::Restricted {
            new.departments
        } else {
            vec![]
        };
        if new.role == Role::Restricted && departments.is_empty() {
            return Err(Error::invalid(Field::Departments, Invalid::Missing));
        }
        if !people::are_departments(&transaction, &departments).await? {
            return Err(Error::invalid(Field::Departments, Invalid::Unknown));
        }
        if new.role != Role::Super {
            not_the_last_super(&transaction, &row).await?;
        }
        let (active, version) = (row.active, row.security_version + 1);
        let mut row = row.into_active_model();
        row.role = Set(new.role.name().to_owned());
        row.security_version = Set(version);
        row.update(&transaction).await?;
        replace_departments(&transaction, id, &departments).await?;
        end_sessions(&transaction, id).await?;
        if active {
            mail::post(self, &transaction, id, &Letter::AccessChanged { role: Some(new.role) }).await?;
        }
        transaction.commit().await?;
        self.grants().forget_all();
        self.ring();
        Ok(())
    }
}

/// Refuses what would leave the company without an administrator.
pub(crate) async fn not_the_last_super(db: &impl ConnectionTrait, row: &account::Model) -> Result<(), Error> {
    if row.role != Role::Super.name() || !row.active {
        return Ok(());
    }
    let supers = account::Entity::find()
        .filter(account::COLUMN.role.eq(Role::Super.name()))
        .filter(account::COLUMN.active.eq(true))
        .count(db)
        .await?;
    if supers < 2 {
        return Err(Problem::LastSuper.into());
    }
    Ok(())
}
