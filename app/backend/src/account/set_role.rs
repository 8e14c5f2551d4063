//! Changing what an account may reach. Its sessions end with the change, and a letter says so (checklist 116, 117).

use model::{
    account::Role,
    id::{AccountId, UnitId},
    letter::Letter,
    problem::{Field, Invalid, Problem},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter,
};

use super::{
    add::replace_departments,
    by_id,
    entity::{account, account_department},
    new_password::end_sessions,
    usable,
};
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
        let departments = departments_of(new.role, new.departments);
        if new.role == Role::Restricted && departments.is_empty() {
            return Err(Error::invalid(Field::Departments, Invalid::Missing));
        }
        if !people::are_departments(&transaction, &departments).await? {
            return Err(Error::invalid(Field::Departments, Invalid::Unknown));
        }
        if new.role != Role::Super {
            not_the_last_super(&transaction, &row).await?;
        }
        if row.role == new.role.name() && hears(&transaction, id).await? == departments {
            return Ok(());
        }
        let (active, has_own, version) = (row.active, row.has_own_password(), row.security_version + 1);
        let disputes = self.answerable(&transaction, id).await?;
        let mut row = row.into_active_model();
        row.invited_until = Set(None);
        row.role = Set(new.role.name().to_owned());
        row.security_version = Set(version);
        row.update(&transaction).await?;
        replace_departments(&transaction, id, &departments).await?;
        self.tell_unanswered(&transaction, disputes).await?;
        end_sessions(&transaction, id).await?;
        match (active, has_own) {
            (true, true) => {
                let letter = Letter::AccessChanged { role: Some(new.role) };
                mail::post(self, &transaction, id, &letter).await?;
            }
            // Who has not come in yet needs a way in, which went with the change.
            (true, false) => {
                let company = self.company_within(&transaction).await?;
                super::invite(self, &transaction, &company, id).await?;
            }
            (false, _) => {}
        }
        transaction.commit().await?;
        self.grants().forget_all();
        self.ring();
        Ok(())
    }
}

/// The departments that go with a role, in order and each once: those of a Restricted user, else none.
pub(super) fn departments_of(role: Role, mut departments: Vec<UnitId>) -> Vec<UnitId> {
    departments.retain(|_| role == Role::Restricted);
    departments.sort_unstable();
    departments.dedup();
    departments
}

/// The departments that an account hears, in order.
async fn hears(db: &impl ConnectionTrait, id: AccountId) -> Result<Vec<UnitId>, Error> {
    let rows = account_department::Entity::find()
        .filter(account_department::COLUMN.account_id.eq(id))
        .all(db)
        .await?;
    let mut units: Vec<UnitId> = rows.into_iter().map(|row| row.unit_id).collect();
    units.sort_unstable();
    Ok(units)
}

/// Refuses what would leave the company without an administrator who can get in.
pub(crate) async fn not_the_last_super(db: &impl ConnectionTrait, row: &account::Model) -> Result<(), Error> {
    if row.role != Role::Super.name() || !row.active {
        return Ok(());
    }
    let others = account::Entity::find()
        .filter(account::COLUMN.id.ne(row.id))
        .filter(account::COLUMN.role.eq(Role::Super.name()))
        .filter(usable())
        .count(db)
        .await?;
    if others == 0 {
        return Err(Problem::LastSuper.into());
    }
    Ok(())
}
