//! One person, to be read and changed.

use std::{collections::HashMap, slice};

use model::{
    id::{PersonId, UnitId},
    people::{PersonDetail, PersonForm},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::{
    entity::{person, person_number, unit},
    save::present,
};
use crate::{
    Authority, Backend, Error, ManagePeople,
    account::{entity::account, show_accounts},
    recordings::entity::recording,
};

impl Backend {
    /// One person; none when there is none.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn person(&self, _: impl Authority<ManagePeople>, id: PersonId) -> Result<Option<PersonDetail>, Error> {
        let Some(person) = present(self.db(), id).await? else {
            return Ok(None);
        };
        let company = self.company().await?;
        let account = account::Entity::find()
            .filter(account::COLUMN.person_id.eq(id))
            .all(self.db())
            .await?;
        let recordings = recording::Entity::find()
            .filter(recording::COLUMN.person_id.eq(id))
            .count(self.db())
            .await?;
        let mut form = form_of(self.db(), &person).await?;
        for number in &mut form.numbers {
            *number = company.numbering.show(number).shown;
        }
        Ok(Some(PersonDetail {
            id,
            name: person.name(),
            form,
            external_id: person.external_id,
            version: person.version,
            account: show_accounts(self.db(), &company, account).await?.pop(),
            recordings,
        }))
    }
}

/// Of so many people at a time the numbers are asked for: a statement takes only so many values.
const AT_ONCE: usize = 1_000;

/// People as forms and files describe them, in the same order: two questions for all of them together.
pub(super) async fn forms(db: &impl ConnectionTrait, people: &[person::Model]) -> Result<Vec<PersonForm>, Error> {
    let units = unit::Entity::find().all(db).await?;
    let units: HashMap<UnitId, String> = units.into_iter().map(|unit| (unit.id, unit.name)).collect();
    let mut numbers: HashMap<PersonId, Vec<String>> = HashMap::new();
    for some in people.chunks(AT_ONCE) {
        let kept = person_number::Entity::find()
            .filter(
                person_number::COLUMN
                    .person_id
                    .is_in(some.iter().map(|person| person.id)),
            )
            .all(db)
            .await?;
        for row in kept {
            numbers.entry(row.person_id).or_default().push(row.number);
        }
    }
    let named = |id: Option<UnitId>| id.and_then(|id| units.get(&id).cloned());
    Ok(people
        .iter()
        .map(|person| {
            // In one order on every database.
            let mut numbers = numbers.remove(&person.id).unwrap_or_default();
            numbers.sort_unstable();
            PersonForm {
                first_name: person.first_name.clone(),
                last_name: person.last_name.clone(),
                email: person.email.clone(),
                title: person.title.clone(),
                extension: person.extension.clone(),
                numbers,
                recording_active: person.recording_active,
                dashboard_active: person.dashboard_active,
                district: named(person.district_id),
                department: named(person.department_id),
                cost_center: named(person.cost_center_id),
                office: named(person.office_id),
            }
        })
        .collect())
}

/// One person as forms and files describe one.
pub(super) async fn form_of(db: &impl ConnectionTrait, person: &person::Model) -> Result<PersonForm, Error> {
    let form = forms(db, slice::from_ref(person)).await?.pop();
    Ok(form.unwrap_or_default())
}
