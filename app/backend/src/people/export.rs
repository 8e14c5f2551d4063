//! Everyone as a table, which can be read in again.

use std::collections::HashMap;

use model::id::PersonId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{
    detail::forms,
    entity::person,
    table::{COLUMNS, Column, write},
};
use crate::{Authority, Backend, Error, ManagePeople, account::entity::account};

/// Which kind of file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sheet {
    Csv,
    Xlsx,
}

impl Backend {
    /// Everyone who has not left, by name. `heading` says what a column is called, `word` what a yes, a no and a role are.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn export_people(
        &self,
        _: impl Authority<ManagePeople>,
        sheet: Sheet,
        heading: impl Fn(Column) -> String,
        yes_no: impl Fn(bool) -> String,
    ) -> Result<Vec<u8>, Error> {
        let people = person::Entity::find()
            .filter(person::COLUMN.left_at.is_null())
            .order_by_asc(person::COLUMN.sort_text)
            .order_by_asc(person::COLUMN.id)
            .all(self.db())
            .await?;
        let mut rows = vec![COLUMNS.iter().map(|column| heading(*column)).collect::<Vec<_>>()];
        let forms = forms(self.db(), &people).await?;
        let accounts = account::Entity::find().all(self.db()).await?;
        let mut roles: HashMap<PersonId, String> = accounts
            .into_iter()
            .filter_map(|account| Some((account.person_id?, account.role)))
            .collect();
        for (person, form) in people.into_iter().zip(forms) {
            let role = roles.remove(&person.id);
            let text = Option::unwrap_or_default;
            rows.push(
                COLUMNS
                    .iter()
                    .map(|column| match column {
                        Column::ExternalId => text(person.external_id.clone()),
                        Column::FirstName => form.first_name.clone(),
                        Column::LastName => form.last_name.clone(),
                        Column::Email => text(form.email.clone()),
                        Column::Title => text(form.title.clone()),
                        Column::Extension => text(form.extension.clone()),
                        Column::Numbers => form.numbers.join(", "),
                        Column::RecordingActive => yes_no(form.recording_active),
                        Column::DashboardActive => yes_no(form.dashboard_active),
                        Column::District => text(form.district.clone()),
                        Column::Department => text(form.department.clone()),
                        Column::CostCenter => text(form.cost_center.clone()),
                        Column::Office => text(form.office.clone()),
                        Column::Role => text(role.clone()),
                    })
                    .collect(),
            );
        }
        let write = move || write(sheet, &rows);
        tokio::task::spawn_blocking(write).await.map_err(Error::internal)?
    }
}
