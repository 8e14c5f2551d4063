//! People as a switch or a directory keeps them: by its own id, and the same thing twice is one thing.

use model::{
    people::{PersonForm, Provisioned},
    problem::{Field, Invalid},
};
use sea_orm::{EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{
    check::{check, line},
    detail::{form_of, forms},
    entity::person,
    import::{by_external_id, find},
    leave::leave,
    save::{By, add, change},
};
use crate::{
    Backend, Error,
    error::Faults,
    keys::{KeyScope, Machine},
};

/// Rows of a page.
const ROWS: u64 = 200;

impl Backend {
    /// The person of that id; none when there is none, or the key is for something else.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn provisioned(&self, machine: &Machine, external_id: &str) -> Result<Option<Provisioned>, Error> {
        machine.must(KeyScope::People)?;
        let Some(person) = by_external_id(self.db(), external_id.trim()).await? else {
            return Ok(None);
        };
        let form = form_of(self.db(), &person).await?;
        Ok(Some(described((person, form))))
    }

    /// A page of those that have such an id, in its order, after the one named.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn all_provisioned(&self, machine: &Machine, after: Option<&str>) -> Result<Vec<Provisioned>, Error> {
        machine.must(KeyScope::People)?;
        let mut select = person::Entity::find().filter(person::COLUMN.external_id.is_not_null());
        if let Some(after) = after {
            select = select.filter(person::COLUMN.external_id.gt(after));
        }
        let rows = select
            .order_by_asc(person::COLUMN.external_id)
            .limit(ROWS)
            .all(self.db())
            .await?;
        let forms = forms(self.db(), &rows).await?;
        Ok(rows.into_iter().zip(forms).map(described).collect())
    }

    /// Makes the person of that id what is described; says whether there was none before. Someone who was added by hand,
    /// and has the same extension or address, is that person from now on.
    ///
    /// # Errors
    /// What is wrong with the id or the fields.
    pub async fn provision(&self, machine: &Machine, external_id: &str, form: PersonForm) -> Result<bool, Error> {
        machine.must(KeyScope::People)?;
        let mut faults = Faults::default();
        let id = faults.keep(Field::ExternalId, line(Some(external_id)));
        let form = check(form, self.company().await?.numbering, &mut faults);
        faults.end()?;
        let id = id.ok_or_else(|| Error::invalid(Field::ExternalId, Invalid::Missing))?;
        let transaction = self.writing().await?;
        let known = find(
            &transaction,
            Some(&id),
            form.extension.as_deref(),
            form.email.as_deref(),
        )
        .await?;
        let new = known.is_none();
        match known {
            Some(person)
                if person.external_id.as_deref() == Some(&id)
                    && form_of(&transaction, &person).await? == sorted(form.clone()) => {}
            Some(person) => change(self, &transaction, person, form, Some(id), By::Machine).await?,
            None => {
                add(self, &transaction, form, Some(id), By::Machine).await?;
            }
        }
        transaction.commit().await?;
        self.grants().forget_all();
        Ok(new)
    }

    /// Lets the person of that id leave. Says whether there was one.
    ///
    /// # Errors
    /// [`model::problem::Problem::LastSuper`].
    pub async fn deprovision(&self, machine: &Machine, external_id: &str) -> Result<bool, Error> {
        machine.must(KeyScope::People)?;
        let transaction = self.writing().await?;
        let Some(person) = by_external_id(&transaction, external_id.trim()).await? else {
            return Ok(false);
        };
        leave(self, &transaction, person).await?;
        transaction.commit().await?;
        self.grants().forget_all();
        self.ring();
        Ok(true)
    }
}

fn described((row, person): (person::Model, PersonForm)) -> Provisioned {
    Provisioned {
        external_id: row.external_id.unwrap_or_default(),
        id: row.id.to_string(),
        person,
    }
}

/// Numbers in the order in which they are kept.
fn sorted(mut form: PersonForm) -> PersonForm {
    form.numbers.sort();
    form
}
