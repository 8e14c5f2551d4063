//! One person, to be read and changed.

use model::{
    id::{PersonId, UnitId},
    people::{PersonDetail, PersonForm},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder};

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
        let mut form = self.form_of(&person).await?;
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

    /// A person as forms and files describe one.
    pub(super) async fn form_of(&self, person: &person::Model) -> Result<PersonForm, Error> {
        self.form_within(self.db(), person).await
    }

    /// The same, as a transaction sees it.
    pub(super) async fn form_within(
        &self,
        db: &impl ConnectionTrait,
        person: &person::Model,
    ) -> Result<PersonForm, Error> {
        let unit = async |id: Option<UnitId>| -> Result<Option<String>, Error> {
            Ok(match id {
                Some(id) => unit::Entity::find_by_id(id).one(db).await?.map(|unit| unit.name),
                None => None,
            })
        };
        let numbers = person_number::Entity::find()
            .filter(person_number::COLUMN.person_id.eq(person.id))
            .order_by_asc(person_number::COLUMN.number)
            .all(db)
            .await?;
        Ok(PersonForm {
            first_name: person.first_name.clone(),
            last_name: person.last_name.clone(),
            email: person.email.clone(),
            title: person.title.clone(),
            extension: person.extension.clone(),
            numbers: numbers.into_iter().map(|row| row.number).collect(),
            recording_active: person.recording_active,
            dashboard_active: person.dashboard_active,
            district: unit(person.district_id).await?,
            department: unit(person.department_id).await?,
            cost_center: unit(person.cost_center_id).await?,
            office: unit(person.office_id).await?,
        })
    }
}
