//! The company's own lists of values (checklist 119–124). What a recording has stays as it was called then: a value in use that
//! gets another name makes way for a new one in its place.

use std::collections::HashMap;

use model::{
    id::OutcomeId,
    problem::{Field, Invalid, Problem},
    review::{Called, LONGEST_NAME, MOST_OUTCOMES, Notes, Outcome, OutcomeKind},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, IntoActiveModel,
    PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
};

use super::{
    entity::{outcome, review},
    words::line,
};
use crate::{Backend, Error, ManageSettings, May, db::text::fold};

/// What is to become of a value.
#[derive(Clone, Debug)]
pub enum Turn {
    /// It gets this name.
    Named(String),
    /// It changes places with the one above, or below.
    Moved { up: bool },
    /// It can no longer be chosen; where no recording has it, it is gone.
    Retired,
    /// It can be chosen again.
    Restored,
}

/// What a value is called.
pub(super) fn called(row: &outcome::Model) -> Result<Called, Error> {
    serde_json::from_str(&row.called).map_err(Error::internal)
}

fn shown(row: &outcome::Model, used: u64) -> Result<Outcome, Error> {
    let kind = OutcomeKind::ALL.into_iter().find(|kind| kind.number() == row.kind);
    Ok(Outcome {
        id: row.id,
        kind: kind.ok_or_else(|| Error::internal(format!("value {} is of no list", row.id)))?,
        called: called(row)?,
        retired: row.retired_at.is_some(),
        used,
    })
}

impl Backend {
    /// The values that can be chosen, and those that these notes have.
    pub(super) async fn choosable(&self, notes: &Notes) -> Result<Vec<Outcome>, Error> {
        let chosen = [notes.result, notes.response].into_iter().flatten();
        let there = Condition::any()
            .add(outcome::COLUMN.retired_at.is_null())
            .add(outcome::COLUMN.id.is_in(chosen));
        let rows = outcome::Entity::find().filter(there);
        let rows = rows.order_by_asc(outcome::COLUMN.place).all(self.db()).await?;
        rows.iter().map(|row| shown(row, 0)).collect()
    }

    /// A list as its settings page shows it: in its order, those that can no longer be chosen last.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn outcomes(&self, _: May<ManageSettings>, kind: OutcomeKind) -> Result<Vec<Outcome>, Error> {
        let rows = of(kind).order_by_asc(outcome::COLUMN.place).all(self.db()).await?;
        let column = column_of(kind);
        let used: HashMap<OutcomeId, i64> = review::Entity::find()
            .filter(column.is_not_null())
            .select_only()
            .column(column)
            .column_as(review::Column::RecordingId.count(), "used")
            .group_by(column)
            .into_tuple()
            .all(self.db())
            .await?
            .into_iter()
            .collect();
        let used = |id| used.get(&id).map_or(0, |used| used.unsigned_abs());
        let mut outcomes: Vec<Outcome> = rows
            .iter()
            .map(|row| shown(row, used(row.id)))
            .collect::<Result<_, _>>()?;
        outcomes.sort_by_key(|outcome| outcome.retired);
        Ok(outcomes)
    }

    /// Adds a value at the end of a list.
    ///
    /// # Errors
    /// [`Problem::Invalid`] for a name that cannot be taken, or where there are too many.
    pub async fn add_outcome(&self, _: May<ManageSettings>, kind: OutcomeKind, name: &str) -> Result<OutcomeId, Error> {
        let transaction = self.writing().await?;
        let name = checked(&transaction, kind, name, None).await?;
        let open = of(kind).filter(outcome::COLUMN.retired_at.is_null());
        if open.count(&transaction).await? >= u64::from(MOST_OUTCOMES) {
            return Err(Error::invalid(Field::Outcome, Invalid::TooMany { most: MOST_OUTCOMES }));
        }
        let id = OutcomeId(self.new_id()?);
        // Ids grow, and so the place of what comes last does.
        insert(&transaction, id, kind, &Called::Own(name), id.0).await?;
        transaction.commit().await?;
        Ok(id)
    }

    /// Does something with a value.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where there is no such value; [`Problem::Invalid`] for a name that cannot be taken.
    pub async fn turn_outcome(&self, _: May<ManageSettings>, id: OutcomeId, turn: Turn) -> Result<(), Error> {
        let transaction = self.writing().await?;
        let row = outcome::Entity::find_by_id(id)
            .one(&transaction)
            .await?
            .ok_or(Problem::NotFound)?;
        let outcome = shown(&row, 0)?;
        let has_it = review::Entity::find().filter(column_of(outcome.kind).eq(id));
        let in_use = has_it.limit(1).one(&transaction).await?.is_some();
        let now = self.now();
        match turn {
            Turn::Named(name) => {
                let name = checked(&transaction, outcome.kind, &name, Some(id)).await?;
                let named = Called::Own(name);
                if named == outcome.called {
                    return Ok(());
                }
                if in_use {
                    let new = OutcomeId(self.new_id()?);
                    insert(&transaction, new, outcome.kind, &named, row.place).await?;
                    let mut row = row.into_active_model();
                    row.retired_at = Set(Some(now));
                    row.update(&transaction).await?;
                } else {
                    let mut row = row.into_active_model();
                    row.called = Set(serde_json::to_string(&named).map_err(Error::internal)?);
                    row.update(&transaction).await?;
                }
            }
            Turn::Moved { up } => {
                let open = of(outcome.kind).filter(outcome::COLUMN.retired_at.is_null());
                let open = if up {
                    open.filter(outcome::COLUMN.place.lt(row.place))
                        .order_by_desc(outcome::COLUMN.place)
                } else {
                    open.filter(outcome::COLUMN.place.gt(row.place))
                        .order_by_asc(outcome::COLUMN.place)
                };
                if let Some(other) = open.one(&transaction).await? {
                    let (here, there) = (row.place, other.place);
                    for (row, place) in [(row, there), (other, here)] {
                        let mut row = row.into_active_model();
                        row.place = Set(place);
                        row.update(&transaction).await?;
                    }
                }
            }
            Turn::Retired if in_use => {
                let mut row = row.into_active_model();
                row.retired_at = Set(Some(now));
                row.update(&transaction).await?;
            }
            Turn::Retired => {
                outcome::Entity::delete_by_id(id).exec(&transaction).await?;
            }
            Turn::Restored => {
                if let Called::Own(name) = &outcome.called {
                    checked(&transaction, outcome.kind, name, Some(id)).await?;
                }
                let mut row = row.into_active_model();
                row.retired_at = Set(None);
                row.update(&transaction).await?;
            }
        }
        transaction.commit().await?;
        Ok(())
    }
}

fn of(kind: OutcomeKind) -> sea_orm::Select<outcome::Entity> {
    outcome::Entity::find().filter(outcome::COLUMN.kind.eq(kind.number()))
}

const fn column_of(kind: OutcomeKind) -> review::Column {
    match kind {
        OutcomeKind::CallResult => review::Column::ResultId,
        OutcomeKind::CustomerResponse => review::Column::ResponseId,
    }
}

async fn insert(
    db: &impl ConnectionTrait,
    id: OutcomeId,
    kind: OutcomeKind,
    called: &Called,
    place: i64,
) -> Result<(), Error> {
    let row = outcome::ActiveModel {
        id: Set(id),
        kind: Set(kind.number()),
        called: Set(serde_json::to_string(called).map_err(Error::internal)?),
        place: Set(place),
        retired_at: Set(None),
    };
    outcome::Entity::insert(row).exec_without_returning(db).await?;
    Ok(())
}

/// The name as it is kept; none that another value of the list has.
async fn checked(
    db: &impl ConnectionTrait,
    kind: OutcomeKind,
    name: &str,
    except: Option<OutcomeId>,
) -> Result<String, Error> {
    let name = line(Field::Outcome, name, LONGEST_NAME)?;
    for other in of(kind).filter(outcome::COLUMN.retired_at.is_null()).all(db).await? {
        if Some(other.id) != except
            && let Called::Own(taken) = called(&other)?
            && fold(&taken) == fold(&name)
        {
            return Err(Error::invalid(Field::Outcome, Invalid::Taken));
        }
    }
    Ok(name)
}
