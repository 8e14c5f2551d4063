//! Adding a person, with the units the person belongs to.

use model::{
    id::{PersonId, UnitId},
    problem::{Field, Invalid},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::{Level, by_email, by_extension, by_id, entity};
use crate::{
    Backend, Error, Operator,
    account::{self, email_key},
    recordings::entity::recording,
};

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

impl Backend {
    /// Adds a person, links the account with the same address, and the recordings of that extension that belong to nobody
    /// yet.
    ///
    /// # Errors
    /// What is wrong with a field, such as an extension that someone else has.
    pub async fn add_person(&self, _: Operator, new: NewPerson) -> Result<PersonId, Error> {
        if format!("{}{}", new.first_name, new.last_name).trim().is_empty() {
            return Err(Error::invalid(Field::Name, Invalid::Missing));
        }
        if let Some(extension) = &new.extension
            && by_extension(self.db(), extension).await?.is_some()
        {
            return Err(Error::invalid(Field::Extension, Invalid::Taken));
        }
        if let Some(email) = &new.email
            && by_email(self.db(), email).await?.is_some()
        {
            return Err(Error::invalid(Field::Email, Invalid::Taken));
        }
        let transaction = self.writing().await?;
        let id = add(self, &transaction, new).await?;
        link(&transaction, id).await?;
        transaction.commit().await?;
        self.grants().forget_all();
        Ok(id)
    }
}

/// Gives a new person what was theirs before anyone knew them.
async fn link(db: &impl ConnectionTrait, id: PersonId) -> Result<(), Error> {
    use account::entity::account as accounts;
    let Some(person) = by_id(db, id).await? else {
        return Ok(());
    };
    if let Some(email) = &person.email_key {
        accounts::Entity::update_many()
            .col_expr(accounts::Column::PersonId, Expr::val(id.0))
            .filter(accounts::COLUMN.email_key.eq(email))
            .filter(accounts::COLUMN.person_id.is_null())
            .exec(db)
            .await?;
    }
    if let Some(extension) = &person.extension {
        recording::Entity::update_many()
            .col_expr(recording::Column::PersonId, Expr::val(id.0))
            .col_expr(
                recording::Column::DepartmentId,
                Expr::val(person.department_id.map(|unit| unit.0)),
            )
            .filter(recording::COLUMN.extension.eq(extension))
            .filter(recording::COLUMN.person_id.is_null())
            .exec(db)
            .await?;
    }
    Ok(())
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
