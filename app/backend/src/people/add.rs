//! Adding a person, with the units the person belongs to.

use model::id::{PersonId, UnitId};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, QueryFilter};

use super::{Level, entity};
use crate::{Backend, Error, account::email_key};

/// A person who is to be.
#[derive(Clone, Debug, Default)]
pub struct NewPerson {
    pub first_name: String,
    pub last_name: String,
    pub email: Option<String>,
    pub title: Option<String>,
    pub extension: Option<String>,
    /// The person's own numbers, in any way of writing.
    pub numbers: Vec<String>,
    pub recording_active: bool,
    pub district: Option<String>,
    pub department: Option<String>,
    pub cost_center: Option<String>,
    pub office: Option<String>,
}

/// Adds a person; units that do not exist yet are made.
pub(crate) async fn add(backend: &Backend, db: &impl ConnectionTrait, new: NewPerson) -> Result<PersonId, Error> {
    let numbering = backend.company().await?.numbering;
    let id = PersonId(backend.new_id()?);
    let row = entity::person::ActiveModel {
        id: Set(id),
        first_name: Set(new.first_name),
        last_name: Set(new.last_name),
        email_key: Set(new.email.as_deref().map(email_key)),
        email: Set(new.email),
        title: Set(new.title),
        extension: Set(new.extension),
        recording_active: Set(new.recording_active),
        district_id: Set(unit(backend, db, Level::District, new.district).await?),
        department_id: Set(unit(backend, db, Level::Department, new.department).await?),
        cost_center_id: Set(unit(backend, db, Level::CostCenter, new.cost_center).await?),
        office_id: Set(unit(backend, db, Level::Office, new.office).await?),
    };
    entity::person::Entity::insert(row).exec_without_returning(db).await?;
    for number in new.numbers {
        let row = entity::person_number::ActiveModel {
            number: Set(numbering.normalise(&number)),
            person_id: Set(id),
        };
        entity::person_number::Entity::insert(row)
            .exec_without_returning(db)
            .await?;
    }
    Ok(id)
}

async fn unit(
    backend: &Backend,
    db: &impl ConnectionTrait,
    level: Level,
    name: Option<String>,
) -> Result<Option<UnitId>, Error> {
    use entity::unit as table;
    let Some(name) = name.map(|name| name.trim().to_owned()).filter(|name| !name.is_empty()) else {
        return Ok(None);
    };
    let found = table::Entity::find()
        .filter(table::COLUMN.level.eq(level.number()))
        .filter(table::COLUMN.name.eq(&name))
        .one(db)
        .await?;
    if let Some(unit) = found {
        return Ok(Some(unit.id));
    }
    let id = UnitId(backend.new_id()?);
    let row = table::ActiveModel {
        id: Set(id),
        level: Set(level.number()),
        name: Set(name),
    };
    table::Entity::insert(row).exec_without_returning(db).await?;
    Ok(Some(id))
}
