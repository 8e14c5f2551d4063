//! Reading many people at once: first what would change, then the change. Between the two nothing is done.

use model::{
    id::PersonId,
    people::{Change, Import, PersonForm, Planned},
    problem::{Field, Invalid, Problem},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DatabaseTransaction, EntityTrait, QueryFilter};

use super::{
    by_email, by_extension,
    entity::{person, upload},
    full_name,
    save::{add, change},
    table::{self, Column, Line},
};
use crate::{Authority, Backend, Error, ManagePeople, error::Faults};

/// Who is asked to confirm and does not for so long has to hand the file over again.
const LASTS_MS: i64 = 24 * 3_600_000;

/// What a line would do.
enum Deed {
    Add(PersonForm, Option<String>),
    Change(Box<person::Model>, PersonForm),
    Nothing,
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
        let read = tokio::task::spawn_blocking(move || table::read(&bytes))
            .await
            .map_err(Error::internal)?;
        let lines = read.map_err(|why| Error::invalid(Field::Table, why))?;
        if lines.is_empty() {
            return Err(Error::invalid(Field::Table, Invalid::Missing));
        }
        let (id, now) = (self.new_id()?, self.now());
        upload::Entity::delete_many()
            .filter(upload::COLUMN.created_at.lt(now.plus_ms(-LASTS_MS)))
            .exec(self.db())
            .await?;
        let row = upload::ActiveModel {
            id: Set(id),
            account_id: Set(account),
            name: Set(name.chars().filter(|sign| !sign.is_control()).take(120).collect()),
            rows: Set(serde_json::to_string(&lines).map_err(Error::internal)?),
            created_at: Set(now),
        };
        upload::Entity::insert(row).exec_without_returning(self.db()).await?;
        Ok(id)
    }

    /// What the file would change; none where there is no such file of the asker's.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn plan_import(&self, by: impl Authority<ManagePeople>, id: i64) -> Result<Option<Import>, Error> {
        let Some((name, lines)) = self.uploaded(by, id).await? else {
            return Ok(None);
        };
        // Done for real and undone, so that what is shown is what would happen.
        let transaction = self.writing().await?;
        let planned = self.carry_out(&transaction, &lines).await?;
        transaction.rollback().await?;
        Ok(Some(summed(id, name, planned)))
    }

    /// Does it: all lines that can be done, in one transaction. Lines with faults are left out, as was shown.
    ///
    /// # Errors
    /// [`Problem::NotFound`]; [`Problem::Changed`] where something else would change by now than what was shown.
    pub async fn import_people(&self, by: impl Authority<ManagePeople>, id: i64, shown: &str) -> Result<Import, Error> {
        let (name, lines) = self.uploaded(by, id).await?.ok_or(Problem::NotFound)?;
        let transaction = self.writing().await?;
        let planned = self.carry_out(&transaction, &lines).await?;
        let import = summed(id, name, planned);
        if import.digest != shown {
            return Err(Problem::Changed.into());
        }
        upload::Entity::delete_by_id(id).exec(&transaction).await?;
        transaction.commit().await?;
        self.grants().forget_all();
        Ok(import)
    }

    async fn uploaded(&self, by: impl Authority<ManagePeople>, id: i64) -> Result<Option<(String, Vec<Line>)>, Error> {
        let account = by.account().ok_or(Problem::NotFound)?;
        let found = upload::Entity::find_by_id(id).one(self.db()).await?;
        let own = found.filter(|row| row.account_id == account || cut!("own-upload"));
        own.map(|row| Ok((row.name, serde_json::from_str(&row.rows).map_err(Error::internal)?)))
            .transpose()
    }

    async fn carry_out(&self, db: &DatabaseTransaction, lines: &[Line]) -> Result<Vec<Planned>, Error> {
        let mut planned = vec![];
        for line in lines {
            planned.push(self.carry_out_one(db, line).await?);
        }
        Ok(planned)
    }

    async fn carry_out_one(&self, db: &DatabaseTransaction, line: &Line) -> Result<Planned, Error> {
        let named = |form: &PersonForm| full_name(&form.first_name, &form.last_name);
        let deed = match self.deed(db, line).await {
            Ok(deed) => deed,
            Err(Error::Problem(Problem::Invalid(wrong))) => {
                return Ok(Planned {
                    line: line.number,
                    name: line.name(),
                    change: Change::Wrong(wrong),
                });
            }
            Err(error) => return Err(error),
        };
        let (name, done) = match deed {
            Deed::Nothing => {
                return Ok(Planned {
                    line: line.number,
                    name: line.name(),
                    change: Change::None,
                });
            }
            Deed::Add(form, external_id) => {
                let name = named(&form);
                (
                    name,
                    add(self, db, form, external_id).await.map(|_: PersonId| Change::Add),
                )
            }
            Deed::Change(before, form) => {
                let (name, old) = (named(&form), self.form_within(db, &before).await?);
                let fields = differences(&old, &form, self.company_within(db).await?.numbering);
                let named_already = line.external_id.is_none() || line.external_id == before.external_id;
                if fields.is_empty() && named_already {
                    (name, Ok(Change::None))
                } else {
                    (
                        name,
                        change(self, db, *before, form, line.external_id.clone())
                            .await
                            .map(|()| Change::Edit(fields)),
                    )
                }
            }
        };
        let change = match done {
            Ok(change) => change,
            Err(Error::Problem(Problem::Invalid(wrong))) => Change::Wrong(wrong),
            Err(error) => return Err(error),
        };
        Ok(Planned {
            line: line.number,
            name,
            change,
        })
    }

    /// What a line asks for: the person is known by external id, else by extension, else by address.
    async fn deed(&self, db: &impl ConnectionTrait, line: &Line) -> Result<Deed, Error> {
        let text = |column| line.cell(column).map(str::trim).filter(|text| !text.is_empty());
        let known = find(
            db,
            line.external_id.as_deref(),
            text(Column::Extension),
            text(Column::Email),
        )
        .await?;
        let old = match &known {
            Some(person) => self.form_within(db, person).await?,
            None => PersonForm {
                recording_active: true,
                ..PersonForm::default()
            },
        };
        let mut faults = Faults::default();
        let form = line.onto(old).unwrap_or_else(|(field, why)| {
            faults.add(field, why);
            PersonForm::default()
        });
        faults.end()?;
        Ok(match known {
            Some(person) => Deed::Change(Box::new(person), form),
            None if line.cells.iter().all(|(_, cell)| cell.trim().is_empty()) => Deed::Nothing,
            None => Deed::Add(form, line.external_id.clone()),
        })
    }
}

impl Line {
    fn name(&self) -> String {
        let cell = |column| self.cell(column).unwrap_or_default();
        full_name(cell(Column::FirstName), cell(Column::LastName))
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
fn differences(old: &PersonForm, new: &PersonForm, numbering: crate::Numbering) -> Vec<(Field, String, String)> {
    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    let numbers = |form: &PersonForm| {
        let mut kept: Vec<String> = form
            .numbers
            .iter()
            .filter(|number| !number.trim().is_empty())
            .map(|number| numbering.show(&numbering.normalise(number)).shown)
            .collect();
        kept.sort();
        kept.join(", ")
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

fn summed(id: i64, name: String, planned: Vec<Planned>) -> Import {
    let count = |kind: fn(&Change) -> bool| {
        u32::try_from(planned.iter().filter(|line| kind(&line.change)).count()).unwrap_or(u32::MAX)
    };
    let words = serde_json::to_string(&planned).unwrap_or_default();
    Import {
        id,
        name,
        digest: crate::chance::hash(&words),
        new: count(|change| *change == Change::Add),
        changed: count(|change| matches!(change, Change::Edit(_))),
        same: count(|change| *change == Change::None),
        wrong: count(|change| matches!(change, Change::Wrong(_))),
        lines: planned,
    }
}
