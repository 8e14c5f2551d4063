//! Which forms a call can be judged by, and a form as it was in one of its versions.

use std::collections::HashMap;

use model::{
    evaluation::Form,
    forms::Audience,
    id::{FormId, UnitId},
};
use sea_orm::{ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{
    audience_of,
    entity::{form, form_version},
    parsed,
};
use crate::{Backend, Error};

/// A form that a call can be judged by, as it is in use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fitting {
    pub id: FormId,
    pub version: i64,
    pub form: Form,
}

/// How well a form fits a call; the less the better.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Fit {
    Group,
    Department,
    All,
}

impl Backend {
    /// The forms that a call of that department and group can be judged by, best first: those that name the group, then
    /// those that name the department, then those for all; among equals in the company's order.
    pub(crate) async fn forms_for(
        &self,
        db: &impl ConnectionTrait,
        department: Option<UnitId>,
        group: Option<&str>,
    ) -> Result<Vec<Fitting>, Error> {
        // Whom they are for says which of them are read.
        let offered: Vec<(FormId, i64, String, String)> = form::Entity::find()
            .select_only()
            .column(form::Column::Id)
            .column(form::Column::Version)
            .column(form::Column::Departments)
            .column(form::Column::Groups)
            .filter(form::COLUMN.version.gt(0))
            .filter(form::COLUMN.retired_at.is_null())
            .order_by_asc(form::COLUMN.place)
            .order_by_asc(form::COLUMN.id)
            .into_tuple()
            .all(db)
            .await?;
        let mut fits: Vec<(Fit, FormId, i64)> = vec![];
        for (id, version, departments, groups) in offered {
            if let Some(fit) = fit(&audience_of(&departments, &groups)?, department, group) {
                fits.push((fit, id, version));
            }
        }
        fits.sort_by_key(|(fit, ..)| *fit);
        let mut bodies = bodies(db, fits.iter().map(|(_, id, version)| (*id, *version))).await?;
        let fitting = fits.into_iter().filter_map(|(_, id, version)| {
            let body = bodies.remove(&id)?;
            Some(parsed(&body).map(|form| Fitting { id, version, form }))
        });
        fitting.collect()
    }

    /// A form as it is, or was, in that version; none where there is no such version.
    pub(crate) async fn form_version(
        &self,
        db: &impl ConnectionTrait,
        id: FormId,
        version: i64,
    ) -> Result<Option<Form>, Error> {
        let row = form_version::Entity::find_by_id((id, version)).one(db).await?;
        row.map(|row| parsed(&row.body)).transpose()
    }
}

/// What each of those forms asks in that version, as it is kept there; all in one question to the database.
pub(super) async fn bodies(
    db: &impl ConnectionTrait,
    of: impl IntoIterator<Item = (FormId, i64)>,
) -> Result<HashMap<FormId, String>, Error> {
    let mut any = Condition::any();
    for (id, version) in of {
        let one = Condition::all()
            .add(form_version::COLUMN.form_id.eq(id))
            .add(form_version::COLUMN.version.eq(version));
        any = any.add(one);
    }
    // What is none of nothing would be all.
    if any.is_empty() {
        return Ok(HashMap::new());
    }
    let rows: Vec<(FormId, String)> = form_version::Entity::find()
        .select_only()
        .column(form_version::Column::FormId)
        .column(form_version::Column::Body)
        .filter(any)
        .into_tuple()
        .all(db)
        .await?;
    Ok(rows.into_iter().collect())
}

fn fit(audience: &Audience, department: Option<UnitId>, group: Option<&str>) -> Option<Fit> {
    let named = group.is_some_and(|group| audience.groups.iter().any(|named| named == group));
    if audience.is_all() {
        Some(Fit::All)
    } else if named {
        Some(Fit::Group)
    } else if department.is_some_and(|department| audience.departments.contains(&department)) {
        Some(Fit::Department)
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use model::instant::Instant;
    use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

    use super::*;
    use crate::testing::Fixture;

    /// A form like the one that is there, for those; in use unless its version is 0.
    async fn form(backend: &Backend, id: i64, version: i64, departments: &str, groups: &str, retired: bool) {
        let first = form::Entity::find_by_id(FormId(1))
            .one(backend.db())
            .await
            .unwrap()
            .unwrap();
        let row = form::Model {
            id: FormId(id),
            version,
            departments: departments.into(),
            groups: groups.into(),
            retired_at: retired.then_some(Instant(1)),
            ..first.clone()
        };
        let row = row.into_active_model().reset_all();
        form::Entity::insert(row)
            .exec_without_returning(backend.db())
            .await
            .unwrap();
        if version > 0 {
            let row = form_version::ActiveModel {
                form_id: Set(FormId(id)),
                version: Set(version),
                body: Set(first.body),
                published_at: Set(Instant(1)),
                published_by: Set(None),
            };
            form_version::Entity::insert(row)
                .exec_without_returning(backend.db())
                .await
                .unwrap();
        }
    }

    #[tokio::test]
    async fn the_nearest_form_comes_first_and_what_is_not_in_use_never() {
        let fixture = Fixture::new().await;
        let backend = &fixture.backend;
        form(backend, 2, 1, "[70,71]", "[]", false).await;
        form(backend, 3, 4, "[]", r#"["9000"]"#, false).await;
        form(backend, 4, 1, "[70]", r#"["9001"]"#, false).await;
        form(backend, 5, 0, "[]", "[]", false).await;
        form(backend, 6, 1, "[]", "[]", true).await;
        form(backend, 7, 1, "[]", "[]", false).await;
        let fitting = async |department: Option<i64>, group| {
            let found = backend
                .forms_for(backend.db(), department.map(UnitId), group)
                .await
                .unwrap();
            found.iter().map(|fitting| fitting.id.0).collect::<Vec<_>>()
        };
        assert_eq!(fitting(None, None).await, [1, 7]);
        assert_eq!(fitting(Some(99), Some("1")).await, [1, 7]);
        assert_eq!(fitting(Some(71), None).await, [2, 1, 7]);
        assert_eq!(fitting(Some(70), Some("9000")).await, [3, 2, 4, 1, 7]);
        assert_eq!(fitting(Some(99), Some("9001")).await, [4, 1, 7]);
        let found = backend.forms_for(backend.db(), None, Some("9000")).await.unwrap();
        assert_eq!((found[0].version, found[0].form.check()), (4, vec![]));
        let (id, version) = (FormId(3), found[0].version);
        let form = backend.form_version(backend.db(), id, version).await.unwrap();
        assert_eq!(form.as_ref(), Some(&found[0].form));
        assert_eq!(backend.form_version(backend.db(), id, 5).await.unwrap(), None);
    }

    #[tokio::test]
    async fn of_a_form_only_the_version_in_use_is_read_and_of_no_form_nothing() {
        let fixture = Fixture::new().await;
        let backend = &fixture.backend;
        form(backend, 2, 1, "[]", "[]", false).await;
        let of = async |of: &[(i64, i64)]| {
            let of = of.iter().map(|(id, version)| (FormId(*id), *version));
            let mut found: Vec<i64> = bodies(backend.db(), of)
                .await
                .unwrap()
                .into_keys()
                .map(|id| id.0)
                .collect();
            found.sort_unstable();
            found
        };
        assert_eq!(of(&[(1, 1), (2, 1)]).await, [1, 2]);
        assert_eq!(of(&[(1, 2), (2, 1)]).await, [2], "each by its own version");
        assert_eq!(of(&[]).await, [0; 0]);
        // What is being worked on is nothing that anyone is judged by.
        form::Entity::update_many()
            .col_expr(form::Column::Body, sea_orm::sea_query::Expr::val("no form"))
            .exec(backend.db())
            .await
            .unwrap();
        assert_eq!(backend.forms_for(backend.db(), None, None).await.unwrap().len(), 2);
    }
}
