//! Giving a person a role, or taking it away (checklist 10, 13, 117): a person without an account has none.

use model::{
    id::PersonId,
    problem::{Field, Invalid, Problem},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::save::present;
use crate::{
    Authority, Backend, Error, ManageAccounts,
    account::{FirstPassword, NewAccount, NewRole, entity::account},
};

impl Backend {
    /// Gives a person a role: who has no account yet is invited. None takes the account away.
    ///
    /// # Errors
    /// [`Problem::NotFound`]; [`Problem::LastSuper`]; that the person has no address, or what is wrong with the departments.
    pub async fn set_person_role(
        &self,
        by: impl Authority<ManageAccounts>,
        id: PersonId,
        role: Option<NewRole>,
    ) -> Result<(), Error> {
        let person = present(self.db(), id).await?.ok_or(Problem::NotFound)?;
        let account = account::Entity::find()
            .filter(account::COLUMN.person_id.eq(id))
            .one(self.db())
            .await?;
        match (account, role) {
            (None, None) => Ok(()),
            (Some(account), None) => self.remove_account(by, account.id).await,
            (Some(account), Some(role)) => self.set_role(by, account.id, role).await,
            (None, Some(NewRole { role, departments })) => {
                let email = person
                    .email
                    .ok_or_else(|| Error::invalid(Field::Email, Invalid::NeededForRole))?;
                let new = NewAccount {
                    email,
                    password: FirstPassword::None,
                    role,
                    departments,
                    agreed: false,
                };
                self.add_account(by, new).await?;
                Ok(())
            }
        }
    }
}
