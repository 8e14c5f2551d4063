//! Every account: the list of sign-in roles (checklist 115), and the one at the command line.

use std::collections::HashMap;

use model::{
    account::{Role, Status},
    id::{AccountId, PersonId, UnitId},
    people::{AccountRow, Unit},
};
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, sea_query::ExprTrait};

use super::{
    add::role,
    entity::{account, account_department},
    usable,
};
use crate::{
    Authority, Backend, Error, ManageAccounts,
    company::Company,
    db::text::{anywhere, sort_key},
    people,
    people::entity::person,
};

/// Which accounts are looked for; nothing set finds all.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountFilter {
    /// A part of the address.
    pub email: Option<String>,
    pub role: Option<Role>,
    pub status: Option<Status>,
}

impl Backend {
    /// The accounts that a filter finds, by address.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn accounts(
        &self,
        _: impl Authority<ManageAccounts>,
        filter: &AccountFilter,
    ) -> Result<Vec<AccountRow>, Error> {
        let mut select = account::Entity::find();
        if let Some(email) = filter.email.as_deref().filter(|email| !email.trim().is_empty()) {
            select = select.filter(sea_orm::sea_query::Expr::col(account::Column::EmailKey).like(anywhere(email)));
        }
        if let Some(role) = filter.role {
            select = select.filter(account::COLUMN.role.eq(role.name()));
        }
        select = match filter.status {
            None => select,
            Some(Status::Off) => select.filter(account::COLUMN.active.eq(false)),
            Some(Status::Invited) => select.filter(account::COLUMN.active.eq(true)).filter(usable().not()),
            Some(Status::Active) => select.filter(usable()),
        };
        let rows = select.order_by_asc(account::COLUMN.email_key).all(self.db()).await?;
        shown(self.db(), &self.company().await?, rows).await
    }

    /// One account; none when there is none.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn account(&self, _: impl Authority<ManageAccounts>, id: AccountId) -> Result<Option<AccountRow>, Error> {
        let row = account::Entity::find_by_id(id).all(self.db()).await?;
        Ok(shown(self.db(), &self.company().await?, row).await?.pop())
    }

    /// The account of that address; none when there is none.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn account_of(
        &self,
        _: impl Authority<ManageAccounts>,
        email: &str,
    ) -> Result<Option<AccountRow>, Error> {
        let row = super::by_email(self.db(), email).await?;
        Ok(shown(self.db(), &self.company().await?, row.into_iter().collect())
            .await?
            .pop())
    }
}

/// Accounts as people read them: three questions for all of them together.
pub(crate) async fn shown(
    db: &impl ConnectionTrait,
    company: &Company,
    rows: Vec<account::Model>,
) -> Result<Vec<AccountRow>, Error> {
    let people: HashMap<PersonId, person::Model> = person::Entity::find()
        .filter(person::COLUMN.id.is_in(rows.iter().filter_map(|row| row.person_id)))
        .all(db)
        .await?
        .into_iter()
        .map(|person| (person.id, person))
        .collect();
    let units: HashMap<UnitId, Unit> = people::units(db)
        .await?
        .into_iter()
        .map(|unit| (unit.id, unit))
        .collect();
    let mut hears: HashMap<AccountId, Vec<Unit>> = HashMap::new();
    let rights = account_department::Entity::find()
        .filter(
            account_department::COLUMN
                .account_id
                .is_in(rows.iter().map(|row| row.id)),
        )
        .all(db)
        .await?;
    for row in rights {
        hears
            .entry(row.account_id)
            .or_default()
            .extend(units.get(&row.unit_id).cloned());
    }
    rows.into_iter()
        .map(|row| {
            let person = row.person_id.and_then(|id| people.get(&id));
            let mut departments = hears.remove(&row.id).unwrap_or_default();
            departments.sort_by_cached_key(|unit| sort_key(&unit.name));
            Ok(AccountRow {
                role: role(&row.role)?,
                status: row.status(),
                id: row.id,
                person: row.person_id,
                name: person.map(person::Model::name).unwrap_or_default(),
                extension: person.and_then(|person| person.extension.clone()),
                email: row.email,
                departments,
                last_seen: row.signed_in_at.map(|at| company.calendar.stamp(at)),
                invited_until: row.invited_until.map(|at| company.calendar.stamp(at)),
            })
        })
        .collect()
}
