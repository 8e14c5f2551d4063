//! Adding a person, and changing one. A change acts at once.

use model::{
    id::{PersonId, UnitId},
    letter::Letter,
    people::{Level, PersonForm},
    problem::{Field, Invalid, Problem},
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::{NotSet, Set},
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    sea_query::Expr,
};

use super::{
    by_email, by_extension,
    check::check,
    detail::forms,
    entity::{person, person_number},
    full_name,
    units::{find_or_make, remove_unused_of},
};
use crate::{
    Authority, Backend, Error, ManagePeople, Numbering,
    account::{self, email_key, entity::account as accounts},
    db::text::{fold, sort_key},
    error::Faults,
    mail,
    recordings::entity::recording,
    recordings::rename_person,
};

impl Backend {
    /// Adds a person, links the account with the same address, and the recordings of that extension that belong to nobody
    /// yet.
    ///
    /// # Errors
    /// What is wrong with the fields, such as an extension that someone else has.
    pub async fn add_person(&self, _: impl Authority<ManagePeople>, form: PersonForm) -> Result<PersonId, Error> {
        let transaction = self.writing().await?;
        let id = add(self, &transaction, form, None, By::Administrator).await?;
        transaction.commit().await?;
        self.grants().forget_all();
        Ok(id)
    }

    /// Changes a person who was read at that version.
    ///
    /// # Errors
    /// [`Problem::NotFound`]; [`Problem::Changed`] where someone has changed the person since; what is wrong with the
    /// fields.
    pub async fn change_person(
        &self,
        _: impl Authority<ManagePeople>,
        id: PersonId,
        version: i64,
        form: PersonForm,
    ) -> Result<(), Error> {
        let transaction = self.writing().await?;
        let row = present(&transaction, id).await?.ok_or(Problem::NotFound)?;
        if row.version != version {
            return Err(Problem::Changed.into());
        }
        change(self, &transaction, row, form, None, By::Administrator).await?;
        transaction.commit().await?;
        self.grants().forget_all();
        Ok(())
    }

    /// Makes those findable who were added before there was a search.
    pub(crate) async fn make_people_findable(&self) -> Result<(), Error> {
        let rows = person::Entity::find()
            .filter(person::COLUMN.sort_text.eq(""))
            .filter(person::COLUMN.left_at.is_null())
            .all(self.db())
            .await?;
        let numbering = self.company().await?.numbering;
        let forms = forms(self.db(), &rows).await?;
        for (row, form) in rows.into_iter().zip(forms) {
            let mut row = row.into_active_model();
            row.search_text = Set(search_text(&form, numbering));
            row.sort_text = Set(sort_key(&full_name(&form.first_name, &form.last_name)));
            row.update(self.db()).await?;
        }
        Ok(())
    }
}

/// A person who has not left.
pub(super) async fn present(db: &impl ConnectionTrait, id: PersonId) -> Result<Option<person::Model>, Error> {
    Ok(super::by_id(db, id).await?.filter(|person| person.left_at.is_none()))
}

/// Adds a person; units that do not exist yet are made.
pub(crate) async fn add(
    backend: &Backend,
    db: &impl ConnectionTrait,
    form: PersonForm,
    external_id: Option<String>,
    by: By,
) -> Result<PersonId, Error> {
    let id = PersonId(backend.new_id()?);
    let numbering = backend.company_within(db).await?.numbering;
    let row = checked(db, numbering, None, form).await?;
    let mut person = fields(backend, db, numbering, &row).await?;
    let department = person.department_id.clone().take().flatten();
    person.id = Set(id);
    person.external_id = Set(external_id);
    person.version = Set(1);
    person.left_at = Set(None);
    person::Entity::insert(person).exec_without_returning(db).await?;
    keep_numbers(db, id, &row.numbers).await?;
    link(db, id, &row, department, by).await?;
    Ok(id)
}

/// Changes a person within a transaction. From now on a directory knows the person by `external_id`, where one is given.
pub(super) async fn change(
    backend: &Backend,
    db: &impl ConnectionTrait,
    before: person::Model,
    form: PersonForm,
    external_id: Option<String>,
    by: By,
) -> Result<(), Error> {
    let (id, version) = (before.id, before.version + 1);
    let left = [
        before.district_id,
        before.department_id,
        before.cost_center_id,
        before.office_id,
    ];
    let numbering = backend.company_within(db).await?.numbering;
    let row = checked(db, numbering, Some(&before), form).await?;
    if row.email != before.email {
        move_account(backend, db, id, row.email.as_deref(), by).await?;
    }
    let (name, was) = (full_name(&row.first_name, &row.last_name), before.name());
    if name != was {
        rename_person(db, id, &name).await?;
    }
    let mut person = fields(backend, db, numbering, &row).await?;
    person.id = Set(id);
    person.version = Set(version);
    if external_id.is_some() {
        person.external_id = Set(external_id);
    }
    let now = person.update(db).await?;
    keep_numbers(db, id, &row.numbers).await?;
    remove_unused_of(db, left.into_iter().flatten()).await?;
    link(db, id, &row, now.department_id, by).await
}

/// The fields as they are kept; refuses what someone else has.
async fn checked(
    db: &impl ConnectionTrait,
    numbering: Numbering,
    before: Option<&person::Model>,
    form: PersonForm,
) -> Result<PersonForm, Error> {
    let mut faults = Faults::default();
    let form = check(form, numbering, &mut faults);
    let own = before.map(|person| person.id);
    if let Some(extension) = &form.extension
        && by_extension(db, extension)
            .await?
            .is_some_and(|other| Some(other.id) != own)
    {
        faults.add(Field::Extension, Invalid::Taken);
    }
    if let Some(email) = &form.email
        && by_email(db, email).await?.is_some_and(|other| Some(other.id) != own)
    {
        faults.add(Field::Email, Invalid::Taken);
    }
    if !form.numbers.is_empty() {
        let others = person_number::Entity::find()
            .filter(person_number::COLUMN.number.is_in(form.numbers.iter().cloned()))
            .all(db)
            .await?;
        if others.iter().any(|other| Some(other.person_id) != own) {
            faults.add(Field::Numbers, Invalid::Taken);
        }
    }
    faults.end()?;
    Ok(form)
}

async fn fields(
    backend: &Backend,
    db: &impl ConnectionTrait,
    numbering: Numbering,
    form: &PersonForm,
) -> Result<person::ActiveModel, Error> {
    let unit = async |level, name: &Option<String>| find_or_make(backend, db, level, name.as_ref()).await;
    Ok(person::ActiveModel {
        id: NotSet,
        first_name: Set(form.first_name.clone()),
        last_name: Set(form.last_name.clone()),
        email_key: Set(form.email.as_deref().map(email_key)),
        email: Set(form.email.clone()),
        title: Set(form.title.clone()),
        extension: Set(form.extension.clone()),
        recording_active: Set(form.recording_active),
        dashboard_active: Set(form.dashboard_active),
        district_id: Set(unit(Level::District, &form.district).await?),
        department_id: Set(unit(Level::Department, &form.department).await?),
        cost_center_id: Set(unit(Level::CostCenter, &form.cost_center).await?),
        office_id: Set(unit(Level::Office, &form.office).await?),
        search_text: Set(search_text(form, numbering)),
        sort_text: Set(sort_key(&full_name(&form.first_name, &form.last_name))),
        external_id: NotSet,
        version: NotSet,
        left_at: NotSet,
    })
}

/// Everything a search may find the person by. A number is there with its country, and as it is dialled and written at home.
fn search_text(form: &PersonForm, numbering: Numbering) -> String {
    let texts = [
        &form.email,
        &form.title,
        &form.extension,
        &form.district,
        &form.department,
        &form.cost_center,
        &form.office,
    ];
    let mut words = vec![form.first_name.clone(), form.last_name.clone()];
    words.extend(texts.into_iter().flatten().cloned());
    for number in &form.numbers {
        let shown = numbering.show(number).shown;
        words.extend([
            number.clone(),
            shown.chars().filter(char::is_ascii_digit).collect(),
            shown,
        ]);
    }
    fold(&words.join(" "))
}

async fn keep_numbers(db: &impl ConnectionTrait, id: PersonId, numbers: &[String]) -> Result<(), Error> {
    person_number::Entity::delete_many()
        .filter(person_number::COLUMN.person_id.eq(id))
        .exec(db)
        .await?;
    for number in numbers {
        let row = person_number::ActiveModel {
            number: Set(number.clone()),
            person_id: Set(id),
        };
        person_number::Entity::insert(row).exec_without_returning(db).await?;
    }
    Ok(())
}

/// Who describes a person: someone who may also say who gets in, or a machine that may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum By {
    Administrator,
    Machine,
}

/// The person's account signs in with the person's address. What the old address opened opens nothing any more, and a
/// letter to it says so.
async fn move_account(
    backend: &Backend,
    db: &impl ConnectionTrait,
    id: PersonId,
    email: Option<&str>,
    by: By,
) -> Result<(), Error> {
    let account = accounts::Entity::find()
        .filter(accounts::COLUMN.person_id.eq(id))
        .one(db)
        .await?;
    let Some(account) = account else { return Ok(()) };
    let email = email.ok_or_else(|| Error::invalid(Field::Email, Invalid::NeededForRole))?;
    // Whoever sets where the letters go sets who gets in.
    if by == By::Machine {
        return Err(Error::invalid(Field::Email, Invalid::OfAccount));
    }
    let other = account::by_email(db, email).await?;
    if other.is_some_and(|other| other.id != account.id) {
        return Err(Error::invalid(Field::Email, Invalid::Taken));
    }
    let (of, version) = (account.id, account.security_version + 1);
    let (old, locale) = (account.email.clone(), account.locale.clone());
    let mut account = account.into_active_model();
    account.email = Set(email.to_owned());
    account.email_key = Set(email_key(email));
    account.security_version = Set(version);
    account.invited_until = Set(None);
    account.update(db).await?;
    account::end_sessions(db, of).await?;
    account::ticket::void(db, of, None).await?;
    let letter = Letter::AddressChanged { to: email.to_owned() };
    mail::post_to(backend, db, &old, locale, &letter).await?;
    Ok(())
}

/// Gives a person what was theirs before anyone knew them: recordings of the extension and, where an administrator says who
/// it is, the account of the address.
async fn link(
    db: &impl ConnectionTrait,
    id: PersonId,
    form: &PersonForm,
    department: Option<UnitId>,
    by: By,
) -> Result<(), Error> {
    if let (Some(email), By::Administrator) = (&form.email, by) {
        accounts::Entity::update_many()
            .col_expr(accounts::Column::PersonId, Expr::val(id.0))
            .filter(accounts::COLUMN.email_key.eq(email_key(email)))
            .filter(accounts::COLUMN.person_id.is_null())
            .exec(db)
            .await?;
    }
    if let Some(extension) = &form.extension {
        recording::Entity::update_many()
            .col_expr(recording::Column::PersonId, Expr::val(id.0))
            .col_expr(
                recording::Column::DepartmentId,
                Expr::val(department.map(|unit| unit.0)),
            )
            .filter(recording::COLUMN.extension.eq(extension))
            .filter(recording::COLUMN.person_id.is_null())
            .exec(db)
            .await?;
    }
    Ok(())
}
