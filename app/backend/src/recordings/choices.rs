//! What a filter can be made of: people, units, direct numbers and tags that the viewer's own recordings have.

use std::{
    collections::{BTreeSet, HashMap},
    sync::Arc,
    time::Duration,
};

use model::{
    filter::Filter,
    id::{PersonId, UnitId},
    list::{Choices, Known},
    people::{Level, Unit},
    review::Tags,
};
use moka::future::Cache;
use sea_orm::{ColumnTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, Select};
use tokio::try_join;

use super::{among, entity::recording, find::column_of, within};
use crate::{
    Backend, Error, Viewer,
    db::{beside, text::sort_key},
    people::{
        entity::{direct_number, person, unit},
        full_name,
    },
    scope::Scope,
};

/// So many of the newest recordings are looked at.
const NEWEST: u64 = 2_000;
/// The most choices of one kind.
const MOST: usize = 300;
/// What was looked up holds so long, where nobody says that it has changed: another process may have changed it.
const FRESH: Duration = Duration::from_secs(30);
/// So many scopes' choices are kept.
const SCOPES: u64 = 1_000;

/// What each scope can choose from, looked up once for all who ask.
pub struct ChoicesByScope(Cache<Scope, Arc<Choices>>);

impl Default for ChoicesByScope {
    fn default() -> Self {
        Self(Cache::builder().max_capacity(SCOPES).time_to_live(FRESH).build())
    }
}

impl ChoicesByScope {
    /// A recording has come, or is another: who asks next looks it up.
    pub fn forget(&self) {
        self.0.invalidate_all();
    }
}

/// One who was recorded, and where that one was then.
#[derive(FromQueryResult)]
struct Seen {
    extension: String,
    person_id: Option<PersonId>,
    district_id: Option<UnitId>,
    department_id: Option<UnitId>,
    cost_center_id: Option<UnitId>,
    office_id: Option<UnitId>,
}

/// Each tag of texts that name several, in the order in which they come.
fn one_by_one(texts: &[String]) -> Vec<String> {
    let mut seen = BTreeSet::new();
    let tags: Vec<String> = texts
        .iter()
        .flat_map(|text| Tags::read(text).iter().map(ToOwned::to_owned).collect::<Vec<_>>())
        .collect();
    tags.into_iter().filter(|tag| seen.insert(tag.to_lowercase())).collect()
}

impl Backend {
    /// A recording is another: who asks next what there is to choose from looks it up.
    pub(crate) fn forget_choices(&self) {
        self.0.choices.forget();
    }

    /// What the viewer may choose from: what there is in the newest of the recordings within the viewer's scope. Every list
    /// asks, so that it is kept for a moment.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn choices(&self, viewer: &Viewer) -> Result<Arc<Choices>, Error> {
        let looked_up = async { self.look_choices_up(viewer).await.map(Arc::new) };
        let kept = self.0.choices.0.try_get_with(viewer.scope(), looked_up).await;
        kept.map_err(Error::internal)
    }

    /// The same, from the database.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn look_choices_up(&self, viewer: &Viewer) -> Result<Choices, Error> {
        let who = [
            recording::Column::Extension,
            recording::Column::PersonId,
            recording::Column::DistrictId,
            recording::Column::DepartmentId,
            recording::Column::CostCenterId,
            recording::Column::OfficeId,
        ];
        let by_whom = async {
            let seen = newest(&viewer.scope(), &who)
                .select_only()
                .columns(who)
                .distinct()
                .into_model::<Seen>()
                .all(self.db())
                .await?;
            let (mut people, mut units) = (BTreeSet::new(), BTreeSet::new());
            for row in seen {
                people.insert((row.extension, row.person_id));
                let of_row = [row.district_id, row.department_id, row.cost_center_id, row.office_id];
                units.extend(of_row.into_iter().flatten());
            }
            try_join!(self.known_people(people), self.known_units(units))
        };
        let rung = async {
            let rung = self.often(viewer, recording::Column::RungKey).await?;
            self.known_numbers(viewer, rung).await
        };
        let tags = self.often(viewer, recording::Column::Tag);
        let ((people, units), direct_numbers, tags) = try_join!(by_whom, rung, tags)?;
        Ok(Choices {
            people,
            units,
            direct_numbers,
            tags: one_by_one(&tags),
        })
    }

    /// What the newest recordings have in a column, most first.
    async fn often(&self, viewer: &Viewer, column: recording::Column) -> Result<Vec<String>, Error> {
        let seen: Vec<(Option<String>, i64)> = newest(&viewer.scope(), &[column])
            .select_only()
            .column(column)
            .column_as(column.count(), "often")
            .group_by(column)
            .into_tuple()
            .all(self.db())
            .await?;
        let seen = seen.into_iter().filter_map(|(value, often)| Some((value?, often)));
        let mut all: Vec<(String, i64)> = seen.filter(|(value, _)| !value.is_empty()).collect();
        all.sort_by(|(a, many), (b, more)| more.cmp(many).then_with(|| sort_key(a).cmp(&sort_key(b))));
        Ok(all.into_iter().take(MOST).map(|(value, _)| value).collect())
    }

    /// The units that a filter names, as far as the viewer's own recordings have them.
    pub(super) async fn named(&self, viewer: &Viewer, filter: &Filter) -> Result<Vec<Unit>, Error> {
        let mut there = vec![];
        for (level, unit) in &filter.units {
            let (scope, unit_is) = (viewer.scope(), column_of(*level).eq(*unit));
            // What one person has is less than what a unit has, and departments stand beside every unit.
            let one: Option<i64> = if scope.is_own() {
                within(&scope).filter(beside(unit_is))
            } else {
                scope.beside(recording::Entity::find()).filter(unit_is)
            }
            .select_only()
            .column(recording::Column::Moment)
            .limit(1)
            .into_tuple()
            .one(self.db())
            .await?;
            there.extend(one.map(|_| *unit));
        }
        self.known_units(there).await
    }

    async fn known_people(&self, people: BTreeSet<(String, Option<PersonId>)>) -> Result<Vec<Known>, Error> {
        let ids: BTreeSet<PersonId> = people.iter().filter_map(|(_, id)| *id).collect();
        let names: Vec<(PersonId, String, String)> = person::Entity::find()
            .filter(person::COLUMN.id.is_in(ids))
            .select_only()
            .columns([person::Column::Id, person::Column::FirstName, person::Column::LastName])
            .into_tuple()
            .all(self.db())
            .await?;
        let names: HashMap<PersonId, String> = names
            .into_iter()
            .map(|(id, first, last)| (id, full_name(&first, &last)))
            .collect();
        let mut known: Vec<Known> = people
            .into_iter()
            .take(MOST)
            .map(|(extension, id)| Known {
                name: id
                    .and_then(|id| names.get(&id).cloned())
                    .unwrap_or_else(|| extension.clone()),
                value: extension,
            })
            .collect();
        known.sort_by_cached_key(|known| sort_key(&known.name));
        Ok(known)
    }

    async fn known_units(&self, ids: impl IntoIterator<Item = UnitId>) -> Result<Vec<Unit>, Error> {
        let mut ids = ids.into_iter().peekable();
        if ids.peek().is_none() {
            return Ok(vec![]);
        }
        let rows = unit::Entity::find()
            .filter(unit::COLUMN.id.is_in(ids))
            .all(self.db())
            .await?;
        let mut units: Vec<Unit> = rows
            .into_iter()
            .filter_map(|row| {
                Some(Unit {
                    level: Level::ALL.into_iter().find(|level| level.number() == row.level)?,
                    people: 0,
                    id: row.id,
                    name: row.name,
                })
            })
            .collect();
        units.sort_by_cached_key(|unit| (unit.level.number(), sort_key(&unit.name)));
        Ok(units)
    }

    async fn known_numbers(&self, viewer: &Viewer, numbers: Vec<String>) -> Result<Vec<Known>, Error> {
        let names: HashMap<String, String> = direct_number::Entity::find()
            .filter(direct_number::COLUMN.number.is_in(numbers.iter().cloned()))
            .all(self.db())
            .await?
            .into_iter()
            .map(|row| (row.number, row.name))
            .collect();
        let known = numbers.into_iter().map(|value| {
            let shown = viewer.company().numbering.show(&value).shown;
            let name = match names.get(&value) {
                Some(name) if !name.is_empty() => format!("{shown} – {name}"),
                _ => shown,
            };
            Known { value, name }
        });
        Ok(known.collect())
    }
}

/// The newest within a scope, with these columns alone.
fn newest(scope: &Scope, columns: &[recording::Column]) -> Select<recording::Entity> {
    let newest = within(scope)
        .order_by_desc(recording::Column::Moment)
        .limit(NEWEST)
        .select_only()
        .columns(columns.iter().copied());
    among(newest)
}
