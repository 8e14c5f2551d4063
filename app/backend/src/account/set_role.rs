//! Changing what an account may reach. Its sessions end with the change.

use model::{
    account::Role,
    id::UnitId,
    problem::{Field, Invalid, Problem},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter,
};

use super::{add::replace_departments, email_key, entity::account};
use crate::{Backend, Error, Operator};

impl Backend {
    /// Gives the account of that address another role.
    ///
    /// # Errors
    /// [`Problem::NotFound`]; [`Invalid::Range`] where it would leave the company without an administrator.
    pub async fn set_role(&self, _: Operator, email: &str, role: Role, departments: &[UnitId]) -> Result<(), Error> {
        let transaction = self.writing().await?;
        let row = by_email(&transaction, email).await?.ok_or(Problem::NotFound)?;
        if row.role == Role::Super.name() && role != Role::Super {
            let supers = account::Entity::find()
                .filter(account::COLUMN.role.eq(Role::Super.name()))
                .filter(account::COLUMN.active.eq(true))
                .count(&transaction)
                .await?;
            if supers < 2 {
                return Err(Error::invalid(Field::Role, Invalid::Range));
            }
        }
        let id = row.id;
        let version = row.security_version + 1;
        let mut row = row.into_active_model();
        row.role = Set(role.name().to_owned());
        row.security_version = Set(version);
        row.update(&transaction).await?;
        replace_departments(
            &transaction,
            id,
            if role == Role::Restricted { departments } else { &[] },
        )
        .await?;
        transaction.commit().await?;
        self.grants().forget_all();
        Ok(())
    }
}

pub(super) async fn by_email(db: &impl ConnectionTrait, email: &str) -> Result<Option<account::Model>, Error> {
    Ok(account::Entity::find()
        .filter(account::COLUMN.email_key.eq(email_key(email)))
        .one(db)
        .await?)
}
