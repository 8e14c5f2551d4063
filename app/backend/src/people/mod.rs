//! The people whose calls may be recorded, and where they belong.

mod add;
pub(crate) mod entity;

pub use add::NewPerson;
pub(crate) use add::add;
use model::id::{PersonId, UnitId};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};

use crate::{Backend, Error, Operator, account::email_key};

/// A person's place in the company: the four levels of the guide (checklist 14, 97).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    District,
    Department,
    CostCenter,
    Office,
}

impl Level {
    /// The level as the database keeps it.
    #[must_use]
    pub const fn number(self) -> i16 {
        match self {
            Self::District => 1,
            Self::Department => 2,
            Self::CostCenter => 3,
            Self::Office => 4,
        }
    }
}

impl entity::person::Model {
    /// First and last name.
    #[must_use]
    pub fn name(&self) -> String {
        full_name(&self.first_name, &self.last_name)
    }
}

/// First and last name, whichever there are.
#[must_use]
pub(crate) fn full_name(first: &str, last: &str) -> String {
    format!("{first} {last}").trim().to_owned()
}

pub(crate) async fn by_id(db: &impl ConnectionTrait, id: PersonId) -> Result<Option<entity::person::Model>, Error> {
    Ok(entity::person::Entity::find_by_id(id).one(db).await?)
}

pub(crate) async fn by_extension(
    db: &impl ConnectionTrait,
    extension: &str,
) -> Result<Option<entity::person::Model>, Error> {
    Ok(entity::person::Entity::find()
        .filter(entity::person::COLUMN.extension.eq(extension))
        .one(db)
        .await?)
}

pub(crate) async fn by_email(db: &impl ConnectionTrait, email: &str) -> Result<Option<entity::person::Model>, Error> {
    Ok(entity::person::Entity::find()
        .filter(entity::person::COLUMN.email_key.eq(email_key(email)))
        .one(db)
        .await?)
}

impl Backend {
    /// The department of that name.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn department(&self, _: Operator, name: &str) -> Result<Option<UnitId>, Error> {
        use entity::unit as table;
        let found = table::Entity::find()
            .filter(table::COLUMN.level.eq(Level::Department.number()))
            .filter(table::COLUMN.name.eq(name.trim()))
            .one(self.db())
            .await?;
        Ok(found.map(|unit| unit.id))
    }
}

/// Removes districts, departments, cost centres and offices that nobody and nothing belongs to.
pub(crate) async fn remove_unused_units(db: &impl ConnectionTrait) -> Result<(), Error> {
    use crate::{account::entity::account_department, recordings::entity::recording};
    for unit in entity::unit::Entity::find().all(db).await? {
        let of_person = Condition::any()
            .add(entity::person::COLUMN.district_id.eq(unit.id))
            .add(entity::person::COLUMN.department_id.eq(unit.id))
            .add(entity::person::COLUMN.cost_center_id.eq(unit.id))
            .add(entity::person::COLUMN.office_id.eq(unit.id));
        let used = entity::person::Entity::find().filter(of_person).count(db).await?
            + recording::Entity::find()
                .filter(recording::COLUMN.department_id.eq(unit.id))
                .count(db)
                .await?
            + account_department::Entity::find()
                .filter(account_department::COLUMN.unit_id.eq(unit.id))
                .count(db)
                .await?;
        if used == 0 {
            entity::unit::Entity::delete_by_id(unit.id).exec(db).await?;
        }
    }
    Ok(())
}
