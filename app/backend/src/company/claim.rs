//! How an instance gets its first administrator: whoever can read its log or its command line has the code.

use model::{
    account::Role,
    problem::{Field, Invalid, Problem},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use subtle::ConstantTimeEq;

use super::{ONLY, entity};
use crate::{
    Backend, Error, Operator,
    account::{self, NewAccount},
    chance::spoken_code,
};

/// What the setup page asks for. Cannot be printed: it holds a password.
#[derive(Clone)]
pub struct Claim {
    /// The one-time code.
    pub code: String,
    /// The company's name.
    pub company: String,
    /// The first administrator's address.
    pub email: String,
    /// And password.
    pub password: String,
}

impl Backend {
    /// The one-time code of an unclaimed instance; the same until it is used. None once the instance is claimed.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn setup_code(&self, _: Operator) -> Result<Option<String>, Error> {
        let row = self.company_row().await?;
        if row.claimed_at.is_some() {
            return Ok(None);
        }
        if let Some(code) = row.setup_code {
            return Ok(Some(code));
        }
        let code = spoken_code(self.chance(), 3)?;
        entity::Entity::update_many()
            .col_expr(entity::Column::SetupCode, code.into())
            .filter(entity::COLUMN.id.eq(ONLY))
            .filter(entity::COLUMN.setup_code.is_null())
            .exec(self.db())
            .await?;
        Ok(self.company_row().await?.setup_code)
    }

    /// Claims the instance: the first one with the code becomes its first administrator, and the code is gone.
    ///
    /// # Errors
    /// [`Problem::AlreadyClaimed`], [`Problem::WrongSetupCode`], or what is wrong with a field.
    pub async fn claim(&self, claim: Claim) -> Result<(), Error> {
        let row = self.company_row().await?;
        let Some(code) = row.setup_code.filter(|_| row.claimed_at.is_none()) else {
            return Err(if row.claimed_at.is_some() {
                Problem::AlreadyClaimed
            } else {
                Problem::WrongSetupCode
            }
            .into());
        };
        // Hyphens and blanks only help the eye.
        let plain = |code: &str| {
            code.chars()
                .filter(char::is_ascii_alphanumeric)
                .collect::<String>()
                .to_ascii_uppercase()
        };
        let given = plain(&claim.code);
        if given.is_empty() {
            return Err(Error::invalid(Field::Code, Invalid::Missing));
        }
        if !bool::from(given.as_bytes().ct_eq(plain(&code).as_bytes())) {
            return Err(Problem::WrongSetupCode.into());
        }
        let company = claim.company.trim();
        if company.is_empty() {
            return Err(Error::invalid(Field::Company, Invalid::Missing));
        }
        if company.chars().count() > 120 {
            return Err(Error::invalid(Field::Company, Invalid::TooLong { most: 120 }));
        }
        let first = NewAccount {
            email: claim.email,
            password: claim.password,
            role: Role::Super,
            departments: vec![],
        };
        let account = account::prepare(self, first).await?;
        let transaction = self.writing().await?;
        let mut row = entity::Entity::find_by_id(ONLY)
            .filter(entity::COLUMN.claimed_at.is_null())
            .one(&transaction)
            .await?
            .ok_or(Problem::AlreadyClaimed)?
            .into_active_model();
        row.name = Set(company.to_owned());
        row.setup_code = Set(None);
        row.claimed_at = Set(Some(self.now()));
        row.update(&transaction).await?;
        account.insert(&transaction).await?;
        transaction.commit().await?;
        Ok(())
    }
}
