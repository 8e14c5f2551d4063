//! Reading many people at once: first what would change, then the change. Between the two nothing is done, and finding out
//! what would change only reads.

use std::collections::{HashMap, HashSet};

use model::{
    id::PersonId,
    people::{Change, Import, PersonForm, Planned},
    problem::{Field, Invalid, Problem, Wrong},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use super::{
    by_email, by_extension,
    check::{check, line as one_line},
    detail::forms,
    entity::{person, upload},
    full_name,
    save::{By, add, change},
    table::{self, Column, Line},
};
use crate::{
    Authority, Backend, Error, ManagePeople, Numbering,
    account::{email_key, entity::account as accounts},
    db::text::is_unseen,
    error::Faults,
};

/// Who is asked to confirm and does not for so long has to hand the file over again.
const LASTS_MS: i64 = 24 * 3_600_000;

/// What a line does.
enum Deed {
    Add(PersonForm, Option<String>),
    Change(Box<person::Model>, PersonForm, Option<String>),
}

impl Backend {
    /// Takes a file in, and keeps it until someone confirms it. Returns under which number.
    ///
    /// # Errors
    /// When it is no table of people.
    pub async fn upload_people(
        &self,
        by: impl Authority<ManagePeople>,
        name: &str,
        bytes: Vec<u8>,
    ) -> Result<i64, Error> {
        let account = by.account().ok_or(Problem::NotFound)?;
        // What the reader of spreadsheets stumbles over is no table.
        let read = tokio::task::spawn_blocking(move || table::read(&bytes)).await;
        let read = read.unwrap_or_else(|error| {
            tracing::warn!(%error, "a table could not be read");
            Err(Invalid::Form)
        });
        let lines = read.map_err(|why| Error::invalid(Field::Table, why))?;
        if lines.is_empty() {
            return Err(Error::invalid(Field::Table, Invalid::Missing));
        }
        self.forget_uploads().await?;
        let id = self.new_id()?;
        let row = upload::ActiveModel {
            id: Set(id),
            account_id: Set(account),
            name: Set(name.chars().filter(|sign| !is_unseen(*sign)).take(120).collect()),
            rows: Set(serde_json::to_string(&lines).map_err(Error::internal)?),
            created_at: Set(self.now()),
        };
        upload::Entity::insert(row).exec_without_returning(self.db()).await?;
        Ok(id)
    }

    /// What the file would change; none where there is no such file of the asker's.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn plan_import(&self, by: impl Authority<ManagePeople>, id: i64) -> Result<Option<Import>, Error> {
        let Some((name, lines)) = self.uploaded(self.db(), by, id).await? else {
            return Ok(None);
        };
        let (planned, _) = People::read(self.db(), self.company().await?.numbering)
            .await?
            .plan(&lines);
        summed(id, name, planned).map(Some)
    }

    /// Does it: all lines that can be done, in one transaction. Lines with faults are left out, as was shown.
    ///
    /// # Errors
    /// [`Problem::NotFound`]; [`Problem::Changed`] where something else would change by now than what was shown.
    pub async fn import_people(&self, by: impl Authority<ManagePeople>, id: i64, shown: &str) -> Result<Import, Error> {
        let transaction = self.writing().await?;
        let (name, lines) = self.uploaded(&transaction, by, id).await?.ok_or(Problem::NotFound)?;
        let numbering = self.company_within(&transaction).await?.numbering;
        let (planned, deeds) = People::read(&transaction, numbering).await?.plan(&lines);
        let import = summed(id, name, planned)?;
        if import.digest != shown {
            return Err(Problem::Changed.into());
        }
        for deed in deeds {
            match deed {
                Deed::Add(form, external_id) => {
                    add(self, &transaction, form, external_id, By::Administrator).await?;
                }
                Deed::Change(before, form, external_id) => {
                    change(self, &transaction, *before, form, external_id, By::Administrator).await?;
                }
            }
        }
        upload::Entity::delete_by_id(id).exec(&transaction).await?;
        transaction.commit().await?;
        self.grants().forget_all();
        self.ring();
        Ok(import)
    }

    /// Forgets the files that nobody has confirmed in a day.
    pub(crate) async fn forget_uploads(&self) -> Result<(), Error> {
        upload::Entity::delete_many()
            .filter(upload::COLUMN.created_at.lte(self.now().plus_ms(-LASTS_MS)))
            .exec(self.db())
            .await?;
        Ok(())
    }

    async fn uploaded(
        &self,
        db: &impl ConnectionTrait,
        by: impl Authority<ManagePeople>,
        id: i64,
    ) -> Result<Option<(String, Vec<Line>)>, Error> {
        let account = by.account().ok_or(Problem::NotFound)?;
        let found = upload::Entity::find_by_id(id).one(db).await?;
        let alive = found.filter(|row| self.now().since(row.created_at) < LASTS_MS);
        let own = alive.filter(|row| row.account_id == account || cut!("own-upload"));
        own.map(|row| Ok((row.name, serde_json::from_str(&row.rows).map_err(Error::internal)?)))
            .transpose()
    }
}

impl Line {
    fn name(&self) -> String {
        let cell = |column| self.cell(column).unwrap_or_default();
        full_name(cell(Column::FirstName), cell(Column::LastName))
    }
}

/// Everyone, as a plan needs them: read at once, so that a plan asks nothing more.
struct People {
    numbering: Numbering,
    known: HashMap<PersonId, (person::Model, PersonForm)>,
    by_external_id: HashMap<String, PersonId>,
    by_extension: HashMap<String, PersonId>,
    by_email: HashMap<String, PersonId>,
    by_number: HashMap<String, PersonId>,
    /// Whose account signs in with an address; none where it is nobody's.
    account_of: HashMap<String, Option<PersonId>>,
    /// Whom a line of the file has spoken of already.
    met: HashSet<PersonId>,
}

impl People {
    async fn read(db: &impl ConnectionTrait, numbering: Numbering) -> Result<Self, Error> {
        let mut people = Self {
            numbering,
            known: HashMap::new(),
            by_external_id: HashMap::new(),
            by_extension: HashMap::new(),
            by_email: HashMap::new(),
            by_number: HashMap::new(),
            account_of: HashMap::new(),
            met: HashSet::new(),
        };
        for row in accounts::Entity::find().all(db).await? {
            people.account_of.insert(row.email_key, row.person_id);
        }
        let present = person::Entity::find().filter(person::COLUMN.left_at.is_null());
        let rows = present.all(db).await?;
        let forms = forms(db, &rows).await?;
        for (row, form) in rows.into_iter().zip(forms) {
            people.enter(row.id, row.external_id.as_deref(), &form);
            people.known.insert(row.id, (row, form));
        }
        Ok(people)
    }

    /// Makes someone findable.
    fn enter(&mut self, id: PersonId, external_id: Option<&str>, form: &PersonForm) {
        let keys = [
            (&mut self.by_external_id, external_id.map(ToOwned::to_owned)),
            (&mut self.by_extension, form.extension.clone()),
            (&mut self.by_email, form.email.as_deref().map(email_key)),
        ];
        for (map, key) in keys {
            map.extend(key.map(|key| (key, id)));
        }
        for number in &form.numbers {
            self.by_number.insert(number.clone(), id);
        }
    }

    /// Lets go of what is someone's, so that a later line may give it to someone else.
    fn leave(&mut self, id: PersonId) {
        for map in [&mut self.by_extension, &mut self.by_email, &mut self.by_number] {
            map.retain(|_, owner| *owner != id);
        }
    }

    fn plan(mut self, lines: &[Line]) -> (Vec<Planned>, Vec<Deed>) {
        let (mut planned, mut deeds) = (vec![], vec![]);
        for (place, line) in lines.iter().enumerate() {
            // Who is only to be added has no id yet; one that nobody has stands for it.
            let new = PersonId(-1 - i64::try_from(place).unwrap_or(i64::MAX - 1));
            let (name, change, deed) = match self.one(line, new) {
                Ok(one) => one,
                Err(wrong) => (line.name(), Change::Wrong(wrong), None),
            };
            planned.push(Planned {
                line: line.number,
                name,
                change,
            });
            deeds.extend(deed);
        }
        (planned, deeds)
    }

    fn one(&mut self, line: &Line, new: PersonId) -> Result<(String, Change, Option<Deed>), Vec<Wrong>> {
        let mut faults = Faults::default();
        let external_id = faults.keep(Field::ExternalId, one_line(line.external_id.as_deref()));
        let id = self.find(line, external_id.as_deref());
        let (before, old) = match id.and_then(|id| self.known.get(&id)) {
            Some((row, form)) => (Some(row.clone()), form.clone()),
            None => (
                None,
                PersonForm {
                    recording_active: true,
                    ..PersonForm::default()
                },
            ),
        };
        if id.is_some_and(|id| self.met.contains(&id)) {
            faults.add(Field::Table, Invalid::Twice);
        }
        let form = match line.onto(old.clone()) {
            Ok(form) => check(form, self.numbering, &mut faults),
            Err((field, why)) => {
                faults.add(field, why);
                old.clone()
            }
        };
        let owner = id.unwrap_or(new);
        self.refuse_taken(&form, &old, owner, before.is_some(), &mut faults);
        faults.all()?;
        self.met.insert(owner);
        let name = full_name(&form.first_name, &form.last_name);
        let Some(before) = before else {
            self.enter(owner, external_id.as_deref(), &form);
            return Ok((name, Change::Add, Some(Deed::Add(form, external_id))));
        };
        let fields = differences(&old, &form, self.numbering);
        let named_already = external_id.is_none() || external_id == before.external_id;
        if fields.is_empty() && named_already {
            return Ok((name, Change::None, None));
        }
        self.leave(owner);
        self.enter(owner, external_id.as_deref(), &form);
        Ok((
            name,
            Change::Edit(fields),
            Some(Deed::Change(Box::new(before), form, external_id)),
        ))
    }

    /// Whom a line speaks of, by the same rules as [`find`].
    fn find(&self, line: &Line, external_id: Option<&str>) -> Option<PersonId> {
        let text = |column| line.cell(column).map(str::trim).filter(|text| !text.is_empty());
        let unnamed = |id: &PersonId| {
            external_id.is_none() || self.known.get(id).is_some_and(|(row, _)| row.external_id.is_none())
        };
        external_id
            .and_then(|id| self.by_external_id.get(id).copied())
            .or_else(|| self.by_extension.get(text(Column::Extension)?).copied().filter(unnamed))
            .or_else(|| {
                self.by_email
                    .get(&email_key(text(Column::Email)?))
                    .copied()
                    .filter(unnamed)
            })
    }

    /// Notes what someone else has, and what an account cannot do without.
    fn refuse_taken(&self, form: &PersonForm, old: &PersonForm, owner: PersonId, known: bool, faults: &mut Faults) {
        let other = |found: Option<&PersonId>| found.is_some_and(|found| *found != owner);
        if form
            .extension
            .as_ref()
            .is_some_and(|extension| other(self.by_extension.get(extension)))
        {
            faults.add(Field::Extension, Invalid::Taken);
        }
        let email = form.email.as_deref().map(email_key);
        if email.as_ref().is_some_and(|email| other(self.by_email.get(email))) {
            faults.add(Field::Email, Invalid::Taken);
        }
        if form.numbers.iter().any(|number| other(self.by_number.get(number))) {
            faults.add(Field::Numbers, Invalid::Taken);
        }
        let has_account = known && self.account_of.values().any(|person| *person == Some(owner));
        if has_account && form.email != old.email {
            match email.and_then(|email| self.account_of.get(&email)) {
                _ if form.email.is_none() => faults.add(Field::Email, Invalid::NeededForRole),
                Some(person) if *person != Some(owner) => faults.add(Field::Email, Invalid::Taken),
                _ => {}
            }
        }
    }
}

/// The person a file or a directory speaks of: known by the directory's id, else by extension, else by address. Who has
/// another id is someone else.
pub(super) async fn find(
    db: &impl ConnectionTrait,
    external_id: Option<&str>,
    extension: Option<&str>,
    email: Option<&str>,
) -> Result<Option<person::Model>, Error> {
    let mut known = match external_id {
        Some(id) => by_external_id(db, id).await?,
        None => None,
    };
    let unnamed = |person: &person::Model| external_id.is_none() || person.external_id.is_none();
    if let (None, Some(extension)) = (&known, extension) {
        known = by_extension(db, extension).await?.filter(unnamed);
    }
    if let (None, Some(email)) = (&known, email) {
        known = by_email(db, email).await?.filter(unnamed);
    }
    Ok(known.filter(|person| person.left_at.is_none()))
}

/// The person that a directory knows by that id.
pub(super) async fn by_external_id(db: &impl ConnectionTrait, id: &str) -> Result<Option<person::Model>, Error> {
    Ok(person::Entity::find()
        .filter(person::COLUMN.external_id.eq(id))
        .one(db)
        .await?)
}

/// Which fields differ, each with what was and what would be.
fn differences(old: &PersonForm, new: &PersonForm, numbering: Numbering) -> Vec<(Field, String, String)> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let numbers = |form: &PersonForm| {
        let mut shown: Vec<String> = form.numbers.iter().map(|number| numbering.show(number).shown).collect();
        shown.sort_unstable();
        shown.join(", ")
    };
    let on = |on: bool| if on { "+".to_owned() } else { "-".to_owned() };
    let fields = [
        (Field::FirstName, old.first_name.clone(), new.first_name.clone()),
        (Field::LastName, old.last_name.clone(), new.last_name.clone()),
        (Field::Email, text(&old.email), text(&new.email)),
        (Field::Title, text(&old.title), text(&new.title)),
        (Field::Extension, text(&old.extension), text(&new.extension)),
        (Field::Numbers, numbers(old), numbers(new)),
        (Field::Recording, on(old.recording_active), on(new.recording_active)),
        (Field::Dashboard, on(old.dashboard_active), on(new.dashboard_active)),
        (Field::District, text(&old.district), text(&new.district)),
        (Field::Department, text(&old.department), text(&new.department)),
        (Field::CostCenter, text(&old.cost_center), text(&new.cost_center)),
        (Field::Office, text(&old.office), text(&new.office)),
    ];
    fields.into_iter().filter(|(_, old, new)| old != new).collect()
}

fn summed(id: i64, name: String, planned: Vec<Planned>) -> Result<Import, Error> {
    let count = |kind: fn(&Change) -> bool| {
        u32::try_from(planned.iter().filter(|line| kind(&line.change)).count()).unwrap_or(u32::MAX)
    };
    let words = serde_json::to_string(&planned).map_err(Error::internal)?;
    Ok(Import {
        id,
        name,
        digest: crate::chance::hash(&words),
        new: count(|change| *change == Change::Add),
        changed: count(|change| matches!(change, Change::Edit(_))),
        same: count(|change| *change == Change::None),
        wrong: count(|change| matches!(change, Change::Wrong(_))),
        lines: planned,
    })
}
