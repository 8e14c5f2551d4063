//! How an instance gets its first administrator: whoever can read its log or its command line has the code.

use std::net::IpAddr;

use model::{
    account::Role,
    problem::{Field, Invalid, Problem},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use subtle::ConstantTimeEq;

use super::{ONLY, entity};
use crate::{
    Backend, Error, Operator,
    account::{self, FirstPassword, NewAccount},
    chance::spoken_code,
    db::text::is_unseen,
    error::Faults,
    forms,
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
    /// The language it was asked in, which the company's letters and pages have from then on; its own when none.
    pub locale: Option<String>,
    /// Where on the net the asker is.
    pub from: Option<IpAddr>,
}

/// A company's name as it can be kept.
pub(super) fn check_name(name: &str) -> Result<String, Invalid> {
    let name = name.trim();
    if name.is_empty() {
        Err(Invalid::Missing)
    } else if name.chars().count() > 120 {
        Err(Invalid::TooLong { most: 120 })
    } else if name.chars().any(is_unseen) {
        Err(Invalid::Characters)
    } else {
        Ok(name.to_owned())
    }
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
        let place = claim.from.map(account::Subject::address);
        if let Some(place) = &place {
            self.allowed(place).await?;
        }
        let given = plain(&claim.code);
        let mut faults = Faults::default();
        if given.is_empty() {
            faults.add(Field::Code, Invalid::Missing);
        } else if !bool::from(given.as_bytes().ct_eq(plain(&code).as_bytes())) {
            if let Some(place) = &place {
                self.count(place).await?;
            }
            return Err(Problem::WrongSetupCode.into());
        }
        let name = faults.keep(Field::Company, check_name(&claim.company));
        let first = NewAccount {
            email: claim.email,
            password: FirstPassword::Own(claim.password),
            role: Role::Super,
            departments: vec![],
            agreed: false,
        };
        let mut company = self.company().await?;
        company.name.clone_from(&name);
        let account = account::prepare(self, &company, first, faults).await?;
        let transaction = self.writing().await?;
        let mut row = entity::Entity::find_by_id(ONLY)
            .filter(entity::COLUMN.claimed_at.is_null())
            .one(&transaction)
            .await?
            .ok_or(Problem::AlreadyClaimed)?
            .into_active_model();
        row.name = Set(name);
        let english = claim.locale.as_deref() == Some("en");
        if let Some(locale) = claim.locale {
            row.locale = Set(locale);
        }
        row.setup_code = Set(None);
        row.claimed_at = Set(Some(self.now()));
        row.update(&transaction).await?;
        account.insert(&transaction).await?;
        if english {
            forms::begin_in_english(&transaction).await?;
        }
        transaction.commit().await?;
        Ok(())
    }
}
