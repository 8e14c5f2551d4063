//! The company that owns the instance, and how it first takes possession of it.

mod claim;
mod entity;
mod hours;
mod settings;

pub use claim::Claim;
pub(crate) use hours::within;
use model::{
    account::{Rights, Role},
    evaluation::Showing,
    hours::OfficeHours,
    password::Profile,
    problem::Problem,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ConnectionTrait, DbErr, EntityTrait, FromQueryResult, IdenStatic, Iterable, QueryResult, SelectC,
    sea_query::{Expr, ExprTrait, SelectStatement},
};

use crate::{Backend, Calendar, Error, Operator, phone::Numbering};

/// There is one company an instance, and this is its row.
const ONLY: i64 = 1;

/// What it is called and where it is until someone says so.
const UNNAMED: &str = "Hark";
const ZONE: &str = "Europe/Stockholm";

/// The company as pages need it.
#[derive(Clone, Debug)]
pub struct Company {
    /// Its name.
    pub name: String,
    /// Civil time in its zone.
    pub calendar: Calendar,
    /// How numbers are written in its country.
    pub numbering: Numbering,
    /// Its country, as ISO 3166 names it.
    pub country: String,
    /// When it is at work.
    pub office_hours: OfficeHours,
    /// The language of those who have chosen none.
    pub locale: String,
    /// Whether it has its first administrator.
    pub claimed: bool,
    /// Whose rules its passwords follow.
    pub password: Profile,
    /// Whether an invitation comes as two letters, the second with a one-time password (checklist 88).
    pub two_letters: bool,
    /// What a Restricted user may do besides listening.
    pub restricted: Rights,
    /// What a My Console user may do with their own recordings besides listening.
    pub own: Rights,
    /// When the evaluated person sees an evaluation.
    pub showing: Showing,
    /// What everyone accepts before anything else opens.
    pub agreement: Agreement,
}

/// The licence agreement (checklist 6, 28).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Agreement {
    /// Who has accepted an older one is asked again.
    pub version: i16,
    /// The company's own words; Hark's when none.
    pub text: Option<String>,
}

impl Company {
    /// What a role may do besides listening. Who answers for the company may do everything.
    #[must_use]
    pub const fn rights(&self, role: Role) -> Rights {
        match role {
            Role::Super => Rights::ALL,
            Role::Restricted => self.restricted,
            Role::MyConsole => self.own,
        }
    }
}

impl From<entity::Model> for Company {
    fn from(row: entity::Model) -> Self {
        Self {
            calendar: Calendar::of(&row.zone).unwrap_or_else(|| {
                tracing::warn!(zone = row.zone, "no such time zone; times are shown in UTC");
                Calendar::utc()
            }),
            numbering: Numbering::of(&row.country),
            office_hours: row
                .office_hours
                .and_then(|hours| serde_json::from_str(&hours).ok())
                .unwrap_or_default(),
            country: row.country,
            name: row.name,
            locale: row.locale,
            claimed: row.claimed_at.is_some(),
            password: Profile::named(&row.password_profile).unwrap_or_default(),
            two_letters: row.two_letters,
            // What cannot be read allows nothing.
            restricted: serde_json::from_str(&row.restricted_rights).unwrap_or_default(),
            own: serde_json::from_str(&row.own_rights).unwrap_or_default(),
            // What cannot be read shows nothing.
            showing: Showing::named(&row.evaluation_showing).unwrap_or(Showing::Never),
            agreement: Agreement {
                version: row.agreement_version,
                text: row.agreement_text,
            },
        }
    }
}

impl Backend {
    /// The company.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn company(&self) -> Result<Company, Error> {
        Ok(self.company_row().await?.into())
    }

    /// Gives the company a name and a time zone.
    ///
    /// # Errors
    /// When there is no such zone, or the database does not answer.
    pub async fn rename_company(&self, _: Operator, name: &str, zone: &str) -> Result<(), Error> {
        if Calendar::of(zone).is_none() {
            return Err(Error::internal(format!("there is no time zone called {zone}")));
        }
        let row = entity::ActiveModel {
            id: Set(ONLY),
            name: Set(name.to_owned()),
            zone: Set(zone.to_owned()),
            ..Default::default()
        };
        row.update(self.db()).await?;
        self.make_recordings_findable().await
    }

    /// The company as a transaction sees it.
    pub(crate) async fn company_within(&self, db: &impl ConnectionTrait) -> Result<Company, Error> {
        Ok(row(db).await?.into())
    }

    async fn company_row(&self) -> Result<entity::Model, Error> {
        row(self.db()).await
    }

    /// Makes the company's row in an empty database: unclaimed, Swedish until someone says otherwise.
    pub(crate) async fn ensure_company(&self) -> Result<(), Error> {
        let row = entity::ActiveModel {
            id: Set(ONLY),
            name: Set(UNNAMED.to_owned()),
            zone: Set(ZONE.to_owned()),
            country: Set("SE".to_owned()),
            locale: Set("sv".to_owned()),
            setup_code: Set(None),
            claimed_at: Set(None),
            ..Default::default()
        };
        let on_conflict = sea_orm::sea_query::OnConflict::column("id").do_nothing().to_owned();
        entity::Entity::insert(row)
            .on_conflict(on_conflict)
            .exec_without_returning(self.db())
            .await?;
        Ok(())
    }
}

/// Notes in which zone the clocks of all recordings were looked at.
pub(crate) async fn mark_stamped(db: &impl ConnectionTrait, zone: &str) -> Result<(), Error> {
    let row = entity::ActiveModel {
        id: Set(ONLY),
        stamped_zone: Set(Some(zone.to_owned())),
        ..Default::default()
    };
    row.update(db).await?;
    Ok(())
}

/// Asks for the company along with two other tables.
pub(crate) fn along(asked: &mut SelectStatement) {
    use entity::{Column, Entity};
    asked.inner_join(Entity, Expr::col((Entity, Column::Id)).eq(ONLY));
    for column in Column::iter() {
        asked.expr_as(
            Expr::col((Entity, column)),
            format!("{}{}", SelectC.as_str(), column.as_str()),
        );
    }
}

/// The company in the answer to what [`along`] asked.
pub(crate) fn read_along(row: &QueryResult) -> Result<Company, DbErr> {
    Ok(entity::Model::from_query_result(row, SelectC.as_str())?.into())
}

pub(crate) async fn row(db: &impl ConnectionTrait) -> Result<entity::Model, Error> {
    let row = entity::Entity::find_by_id(ONLY).one(db).await?;
    row.ok_or_else(|| Problem::NotFound.into())
}

/// Lets go of the company where no account is left: it is as new, and can be claimed again.
pub(crate) async fn release_if_empty(db: &impl ConnectionTrait) -> Result<(), Error> {
    use sea_orm::PaginatorTrait;
    if crate::account::entity::account::Entity::find().count(db).await? > 0 {
        return Ok(());
    }
    let row = entity::ActiveModel {
        id: Set(ONLY),
        name: Set(UNNAMED.to_owned()),
        zone: Set(ZONE.to_owned()),
        setup_code: Set(None),
        claimed_at: Set(None),
        ..Default::default()
    };
    row.update(db).await?;
    Ok(())
}

/// Notes that the company has an administrator: from now on nobody may claim it.
pub(crate) async fn mark_claimed(db: &impl ConnectionTrait) -> Result<(), Error> {
    use sea_orm::{ColumnTrait, QueryFilter, sea_query::Expr};
    entity::Entity::update_many()
        .col_expr(entity::Column::ClaimedAt, Expr::val(0_i64))
        .col_expr(entity::Column::SetupCode, Expr::val(Option::<String>::None))
        .filter(entity::COLUMN.id.eq(ONLY))
        .filter(entity::COLUMN.claimed_at.is_null())
        .exec(db)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Fixture;

    #[tokio::test]
    async fn a_right_is_given_to_each_role_by_itself() {
        let fixture = Fixture::new().await;
        let begun = fixture.backend.company().await.unwrap();
        assert_eq!(begun.rights(Role::Restricted), Rights::default());
        assert_eq!(begun.rights(Role::MyConsole), Rights::OF_OWN);
        let (some, other) = (
            Rights {
                tag: true,
                ..Rights::default()
            },
            Rights {
                share: true,
                ..Rights::default()
            },
        );
        let company = Company {
            restricted: some,
            own: other,
            ..begun
        };
        assert_eq!(company.rights(Role::Super), Rights::ALL);
        assert_eq!(company.rights(Role::Restricted), some);
        assert_eq!(company.rights(Role::MyConsole), other);
    }
}
