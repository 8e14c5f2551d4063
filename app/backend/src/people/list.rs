//! The list of people (checklist 15): by name, a page at a time, with a search over everything one may know of a person.

use std::collections::HashMap;

use model::{
    id::{PersonId, UnitId},
    people::{PeoplePage, PersonRow},
};
use sea_orm::{
    ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait},
};

use super::{
    entity::{person, person_number, unit},
    full_name,
};
use crate::{
    Authority, Backend, Error, ManagePeople,
    account::{entity::account, role_named},
    company::Company,
    db::text::anywhere,
};

/// Rows of a page.
const ROWS: u64 = 100;

/// Which people are looked for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PeopleQuery {
    /// Words, each of which must be found; a number may be written in any way.
    pub search: String,
    /// Only those of this department.
    pub department: Option<UnitId>,
    /// How many are passed over.
    pub skip: u64,
}

impl Backend {
    /// A page of people.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn people(&self, _: impl Authority<ManagePeople>, query: &PeopleQuery) -> Result<PeoplePage, Error> {
        let company = self.company().await?;
        let everyone = || person::Entity::find().filter(person::COLUMN.left_at.is_null());
        let found = || matching(everyone(), query, &company);
        let rows = found()
            .order_by_asc(person::COLUMN.sort_text)
            .order_by_asc(person::COLUMN.id)
            .offset(query.skip)
            .limit(ROWS)
            .all(self.db())
            .await?;
        let total = found().count(self.db()).await?;
        Ok(PeoplePage {
            next: (query.skip + ROWS < total).then_some(query.skip + ROWS),
            rows: self.rows(&company, rows).await?,
            total,
            everyone: everyone().count(self.db()).await?,
            recorded: everyone()
                .filter(person::COLUMN.recording_active.eq(true))
                .count(self.db())
                .await?,
        })
    }

    async fn rows(&self, company: &Company, people: Vec<person::Model>) -> Result<Vec<PersonRow>, Error> {
        let ids: Vec<PersonId> = people.iter().map(|person| person.id).collect();
        let mut numbers: HashMap<PersonId, Vec<_>> = HashMap::new();
        let kept = person_number::Entity::find()
            .filter(person_number::COLUMN.person_id.is_in(ids.iter().copied()))
            .order_by_asc(person_number::COLUMN.number)
            .all(self.db())
            .await?;
        for row in kept {
            numbers
                .entry(row.person_id)
                .or_default()
                .push(company.numbering.show(&row.number));
        }
        let units: HashMap<UnitId, String> = unit::Entity::find()
            .filter(
                unit::COLUMN
                    .id
                    .is_in(people.iter().filter_map(|person| person.department_id)),
            )
            .all(self.db())
            .await?
            .into_iter()
            .map(|unit| (unit.id, unit.name))
            .collect();
        let accounts: HashMap<PersonId, account::Model> = account::Entity::find()
            .filter(account::COLUMN.person_id.is_in(ids.into_iter().map(Some)))
            .all(self.db())
            .await?
            .into_iter()
            .filter_map(|account| Some((account.person_id?, account)))
            .collect();
        people
            .into_iter()
            .map(|person| {
                let account = accounts.get(&person.id);
                Ok(PersonRow {
                    role: account.map(|account| role_named(&account.role)).transpose()?,
                    status: account.map(account::Model::status),
                    numbers: numbers.remove(&person.id).unwrap_or_default(),
                    department: person.department_id.and_then(|id| units.get(&id).cloned()),
                    id: person.id,
                    name: full_name(&person.first_name, &person.last_name),
                    email: person.email,
                    title: person.title,
                    extension: person.extension,
                    recording_active: person.recording_active,
                })
            })
            .collect()
    }
}

fn matching(select: Select<person::Entity>, query: &PeopleQuery, company: &Company) -> Select<person::Entity> {
    let within = |select: Select<person::Entity>, text: &str| {
        select.filter(Expr::col(person::Column::SearchText).like(anywhere(text)))
    };
    // A number is one word, however it is written.
    let number = company.numbering.normalise(&query.search);
    let mut select = if number == query.search.trim() {
        query.search.split_whitespace().fold(select, within)
    } else {
        within(select, &number)
    };
    if let Some(department) = query.department {
        select = select.filter(person::COLUMN.department_id.eq(department));
    }
    select
}
