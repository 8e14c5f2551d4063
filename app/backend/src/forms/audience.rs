//! Whose calls a form is for.

use std::collections::{BTreeSet, HashSet};

use model::{
    forms::{Audience, Choosable},
    id::{FormId, UnitId},
    people::Level,
    problem::{Field, Invalid, Problem},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, sea_query::Expr};

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

    /// Says whose calls a form is for, as it was at that revision; for all where nobody is named. The form always has the
    /// next revision then, so that whoever asked knows it without asking again.
    ///
    /// # Errors
    /// [`Problem::NotFound`]; [`Problem::Changed`] where someone else has changed it meanwhile; [`Problem::Invalid`] for
    /// departments and groups that are not there.
    pub async fn set_form_audience(
        &self,
        _: May<ManageSettings>,
        id: FormId,
        revision: i64,
        audience: &Audience,
    ) -> Result<(), Error> {
        let transaction = self.writing().await?;
        let row = row(&transaction, id).await?;
        if row.revision != revision && !cut!("form-audience-revision") {
            return Err(Problem::Changed.into());
        }
        let there = choosable(&transaction).await?;
        let before = audience_of(&row.departments, &row.groups)?;
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
        let departments = serde_json::to_string(&departments).map_err(Error::internal)?;
        let groups = serde_json::to_string(&groups).map_err(Error::internal)?;
        let set = form::Entity::update_many()
            .col_expr(form::Column::Departments, Expr::val(departments))
            .col_expr(form::Column::Groups, Expr::val(groups))
            .col_expr(form::Column::Revision, Expr::val(row.revision + 1))
            .filter(form::COLUMN.id.eq(id))
            .filter(form::COLUMN.revision.eq(row.revision))
            .exec(&transaction)
            .await?;
        if set.rows_affected == 0 {
            return Err(Problem::Changed.into());
        }
        transaction.commit().await?;
        self.past_of_forms().follow(id, row.revision, row.revision + 1);
        Ok(())
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
    let rows: Vec<String> = form::Entity::find()
        .select_only()
        .column(form::Column::Departments)
        .filter(form::Column::Departments.ne("[]"))
        .into_tuple()
        .all(db)
        .await?;
    let mut named = HashSet::new();
    for departments in rows {
        let departments: Vec<UnitId> = serde_json::from_str(&departments).map_err(Error::internal)?;
        named.extend(departments);
    }
    Ok(named)
}
