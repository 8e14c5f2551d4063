//! Whose calls a form is for.

use std::collections::{BTreeSet, HashSet};

use model::{
    forms::{Audience, Choosable},
    id::{FormId, UnitId},
    people::Level,
    problem::{Field, Invalid},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait, IntoActiveModel};

use super::{audience_of, entity::form, row};
use crate::{
    Backend, Error, ManageSettings, May,
    db::text::sort_key,
    people::{entity::answer_group, units},
};

impl Backend {
    /// Those whom a form can be for.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn form_choices(&self, _: May<ManageSettings>) -> Result<Choosable, Error> {
        choosable(self.db()).await
    }

    /// Says whose calls a form is for; for all where nobody is named.
    ///
    /// # Errors
    /// [`Problem::NotFound`](model::problem::Problem::NotFound); [`Problem::Invalid`](model::problem::Problem::Invalid) for
    /// departments and groups that are not there.
    pub async fn set_form_audience(
        &self,
        _: May<ManageSettings>,
        id: FormId,
        audience: &Audience,
    ) -> Result<(), Error> {
        let transaction = self.writing().await?;
        let row = row(&transaction, id).await?;
        let (there, before) = (choosable(&transaction).await?, audience_of(&row)?);
        let departments: BTreeSet<UnitId> = audience.departments.iter().copied().collect();
        let groups: BTreeSet<&String> = audience.groups.iter().collect();
        // What it was for already may have gone in the meantime.
        let is_there = |id| there.departments.iter().any(|(known, _)| known == id) || before.departments.contains(id);
        if !departments.iter().all(is_there) {
            return Err(Error::invalid(Field::Departments, Invalid::Unknown));
        }
        let is_there =
            |group: &&String| there.groups.iter().any(|(known, _)| known == *group) || before.groups.contains(group);
        if !groups.iter().all(is_there) {
            return Err(Error::invalid(Field::Group, Invalid::Unknown));
        }
        let mut row = row.into_active_model();
        row.departments = Set(serde_json::to_string(&departments).map_err(Error::internal)?);
        row.groups = Set(serde_json::to_string(&groups).map_err(Error::internal)?);
        row.update(&transaction).await?;
        Ok(transaction.commit().await?)
    }
}

pub(super) async fn choosable(db: &impl ConnectionTrait) -> Result<Choosable, Error> {
    let departments = units(db).await?.into_iter();
    let mut groups: Vec<(String, String)> = answer_group::Entity::find()
        .all(db)
        .await?
        .into_iter()
        .map(|group| (group.number, group.name))
        .collect();
    groups.sort_by_cached_key(|(number, name)| (sort_key(name), number.clone()));
    groups.dedup_by(|one, other| one.0 == other.0);
    Ok(Choosable {
        departments: departments
            .filter(|unit| unit.level == Level::Department)
            .map(|unit| (unit.id, unit.name))
            .collect(),
        groups,
    })
}

/// The departments that a form is for: they stay, whoever is in them.
pub(crate) async fn departments_named(db: &impl ConnectionTrait) -> Result<HashSet<UnitId>, Error> {
    let mut named = HashSet::new();
    for row in form::Entity::find().all(db).await? {
        named.extend(audience_of(&row)?.departments);
    }
    Ok(named)
}
