//! Districts, departments, cost centres and offices: made when someone is put into one, gone when nobody and nothing
//! belongs to it.

use std::collections::HashMap;

use model::{
    id::UnitId,
    people::{Level, Unit},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
};

use super::entity::{person, unit};
use crate::{
    Authority, Backend, Error, ManageAccounts, account::entity::account_department, forms,
    recordings::entity::recording,
};

impl Backend {
    /// Every unit of every level, by name.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn units(&self, _: impl Authority<ManageAccounts>) -> Result<Vec<Unit>, Error> {
        units(self.db()).await
    }

    /// The department of that name.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn department(&self, _: impl Authority<ManageAccounts>, name: &str) -> Result<Option<UnitId>, Error> {
        find(self.db(), Level::Department, name.trim()).await
    }
}

/// Every unit of every level, by name as people sort it.
pub(crate) async fn units(db: &impl ConnectionTrait) -> Result<Vec<Unit>, Error> {
    let mut people: HashMap<UnitId, u64> = HashMap::new();
    for column in [
        person::Column::DistrictId,
        person::Column::DepartmentId,
        person::Column::CostCenterId,
        person::Column::OfficeId,
    ] {
        let counted: Vec<(Option<UnitId>, i64)> = person::Entity::find()
            .filter(person::COLUMN.left_at.is_null())
            .select_only()
            .column(column)
            .column_as(person::COLUMN.id.count(), "people")
            .group_by(column)
            .into_tuple()
            .all(db)
            .await?;
        people.extend(
            counted
                .into_iter()
                .filter_map(|(unit, count)| Some((unit?, count.try_into().ok()?))),
        );
    }
    let rows = unit::Entity::find().all(db).await?;
    let mut units: Vec<Unit> = rows
        .into_iter()
        .filter_map(|row| {
            Some(Unit {
                level: Level::ALL.into_iter().find(|level| level.number() == row.level)?,
                people: people.get(&row.id).copied().unwrap_or_default(),
                id: row.id,
                name: row.name,
            })
        })
        .collect();
    units.sort_by_cached_key(|unit| (unit.level.number(), crate::db::text::sort_key(&unit.name)));
    Ok(units)
}

/// Whether each of these is a department.
pub(crate) async fn are_departments(db: &impl ConnectionTrait, ids: &[UnitId]) -> Result<bool, Error> {
    let found = unit::Entity::find()
        .filter(unit::COLUMN.id.is_in(ids.iter().copied()))
        .filter(unit::COLUMN.level.eq(Level::Department.number()))
        .count(db)
        .await?;
    Ok(u64::try_from(ids.len()) == Ok(found))
}

async fn find(db: &impl ConnectionTrait, level: Level, name: &str) -> Result<Option<UnitId>, Error> {
    let found = unit::Entity::find()
        .filter(unit::COLUMN.level.eq(level.number()))
        .filter(unit::COLUMN.name.eq(name))
        .one(db)
        .await?;
    Ok(found.map(|unit| unit.id))
}

/// The unit of that name; one that is not there yet is made.
pub(super) async fn find_or_make(
    backend: &Backend,
    db: &impl ConnectionTrait,
    level: Level,
    name: Option<&String>,
) -> Result<Option<UnitId>, Error> {
    let Some(name) = name else { return Ok(None) };
    if let Some(id) = find(db, level, name).await? {
        return Ok(Some(id));
    }
    let id = UnitId(backend.new_id()?);
    let row = unit::ActiveModel {
        id: Set(id),
        level: Set(level.number()),
        name: Set(name.clone()),
    };
    unit::Entity::insert(row).exec_without_returning(db).await?;
    Ok(Some(id))
}

/// Removes every unit that nobody and nothing belongs to.
pub(crate) async fn remove_unused(db: &impl ConnectionTrait) -> Result<(), Error> {
    let all = unit::Entity::find().all(db).await?;
    remove_unused_of(db, all.into_iter().map(|unit| unit.id)).await
}

/// Removes those of these units that nobody and nothing belongs to, nor is judged by a form for them.
pub(super) async fn remove_unused_of(
    db: &impl ConnectionTrait,
    units: impl IntoIterator<Item = UnitId>,
) -> Result<(), Error> {
    let mut unused = vec![];
    for id in units {
        let of_person = Condition::any()
            .add(person::COLUMN.district_id.eq(id))
            .add(person::COLUMN.department_id.eq(id))
            .add(person::COLUMN.cost_center_id.eq(id))
            .add(person::COLUMN.office_id.eq(id));
        let of_recording = Condition::any()
            .add(recording::COLUMN.district_id.eq(id))
            .add(recording::COLUMN.department_id.eq(id))
            .add(recording::COLUMN.cost_center_id.eq(id))
            .add(recording::COLUMN.office_id.eq(id));
        let used = person::Entity::find().filter(of_person).count(db).await?
            + recording::Entity::find().filter(of_recording).count(db).await?
            + account_department::Entity::find()
                .filter(account_department::COLUMN.unit_id.eq(id))
                .count(db)
                .await?;
        if used == 0 {
            unused.push(id);
        }
    }
    // Mostly there is none, and then no form is asked.
    if unused.is_empty() {
        return Ok(());
    }
    let of_forms = forms::departments_named(db).await?;
    for id in unused.into_iter().filter(|id| !of_forms.contains(id)) {
        unit::Entity::delete_by_id(id).exec(db).await?;
    }
    Ok(())
}
