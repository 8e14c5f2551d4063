//! The people whose calls may be recorded, and where they belong.

mod check;
mod detail;
pub(crate) mod entity;
mod export;
mod import;
mod leave;
mod list;
mod provision;
mod role;
mod save;
mod switch;
mod table;
mod units;
mod xlsx;

use std::collections::HashMap;

pub use export::Sheet;
pub use list::PeopleQuery;
use model::{
    id::{PersonId, UnitId},
    people::Level,
};
pub(crate) use save::{By, add};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{BinOper, Expr, ExprTrait, Func, Query},
};
pub use table::Column;
pub(crate) use table::harmless;
pub(crate) use units::{are_departments, remove_unused, units};

use crate::{Error, account::email_key};

impl entity::person::Model {
    /// First and last name.
    #[must_use]
    pub fn name(&self) -> String {
        full_name(&self.first_name, &self.last_name)
    }

    /// Where on that level the person belongs.
    #[must_use]
    pub const fn unit(&self, level: Level) -> Option<UnitId> {
        match level {
            Level::District => self.district_id,
            Level::Department => self.department_id,
            Level::CostCenter => self.cost_center_id,
            Level::Office => self.office_id,
        }
    }
}

/// First and last name, whichever there are.
#[must_use]
pub(crate) fn full_name(first: &str, last: &str) -> String {
    format!("{first} {last}").trim().to_owned()
}

/// What the person is called whom another table names: a part of a question that is asked of that table.
pub(crate) fn name_of(person: impl Into<Expr>) -> Expr {
    let plus = || BinOper::Custom("||");
    let name = Expr::col(entity::person::Column::FirstName)
        .binary(plus(), " ")
        .binary(plus(), Expr::col(entity::person::Column::LastName));
    let of = Expr::col((entity::person::Entity, entity::person::Column::Id)).eq(person.into());
    let name = Func::cust("TRIM").arg(name);
    Query::select()
        .expr(name)
        .from(entity::person::Entity)
        .and_where(of)
        .to_owned()
        .into()
}

/// What these people are called: one question for all of them.
pub(crate) async fn names(
    db: &impl ConnectionTrait,
    people: impl Iterator<Item = PersonId>,
) -> Result<HashMap<PersonId, String>, Error> {
    let mut ids: Vec<PersonId> = people.collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.is_empty() {
        return Ok(HashMap::new());
    }
    let people: Vec<(PersonId, String, String)> = entity::person::Entity::find()
        .filter(entity::person::COLUMN.id.is_in(ids))
        .select_only()
        .columns([
            entity::person::Column::Id,
            entity::person::Column::FirstName,
            entity::person::Column::LastName,
        ])
        .into_tuple()
        .all(db)
        .await?;
    let named = people
        .into_iter()
        .map(|(id, first, last)| (id, full_name(&first, &last)));
    Ok(named.collect())
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

#[cfg(test)]
mod tests {
    use sea_orm::ActiveValue::Set;

    use super::*;
    use crate::testing::Fixture;

    #[tokio::test]
    async fn a_person_is_called_the_same_in_a_question_and_outside() {
        let fixture = Fixture::new().await;
        let db = fixture.backend.db();
        for (id, (first, last)) in (1..).zip([("Åsa", "Öström"), ("Åsa", ""), ("", "Öström"), ("", "")]) {
            let person = entity::person::ActiveModel {
                id: Set(PersonId(id)),
                first_name: Set(first.into()),
                last_name: Set(last.into()),
                ..Default::default()
            };
            entity::person::Entity::insert(person)
                .exec_without_returning(db)
                .await
                .unwrap();
            let named: Option<Option<String>> = entity::person::Entity::find_by_id(PersonId(id))
                .select_only()
                .expr(name_of(Expr::val(id)))
                .into_tuple()
                .one(db)
                .await
                .unwrap();
            assert_eq!(named, Some(Some(full_name(first, last))), "{first} {last}");
        }
    }
}
