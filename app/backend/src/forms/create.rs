//! Beginning a form: with nothing, with another, with the one that comes with Hark, or with a file.

use model::{
    evaluation::{Envelope, Form, ImportFault, STARTER_EN, STARTER_SV, Section, import},
    forms::{Bench, Turn, Used},
    id::FormId,
    problem::{Field, Invalid, Problem},
    text::json_has_nul,
};
use sea_orm::{ActiveValue::Set, ConnectionTrait, EntityTrait, PaginatorTrait, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};

use super::{entity::form, parsed, row, written};
use crate::{Backend, Error, ManageSettings, May};

/// The most forms a company has.
const MOST: u32 = 200;
/// How much is told of what is wrong with a file, in characters.
const DETAIL: usize = 200;

/// What a form begins with.
#[derive(Clone, Debug)]
pub enum Begin {
    /// A section with a question, under this title.
    Empty(String),
    /// All that another asks, under this title.
    Copy(FormId, String),
    /// The form that comes with Hark.
    Starter { english: bool },
    /// This one.
    With(Box<Form>),
    /// This one, which someone goes on with beside another: what was known of that one, too.
    Beside(FormId, Box<Form>, Used),
}

/// What a form was begun beside, and what was known of that one.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct Base {
    pub of: FormId,
    pub known: Used,
}

impl Backend {
    /// Begins a form; nobody can be judged by it before it is published.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where there is no form to copy; [`Problem::Invalid`] where there are too many.
    pub async fn begin_form(&self, _: May<ManageSettings>, begin: Begin) -> Result<FormId, Error> {
        let transaction = self.writing().await?;
        let (mut for_whom, mut base) = (None, None);
        let form = match begin {
            Begin::Empty(title) => empty(title),
            Begin::Copy(of, title) => {
                let of = row(&transaction, of).await?;
                let form = parsed(&of.body)?;
                for_whom = Some((of.departments, of.groups));
                Form { title, ..form }
            }
            Begin::Starter { english } => starter(english)?,
            Begin::With(form) => *form,
            Begin::Beside(of, form, known) => {
                base = Some(serde_json::to_string(&Base { of, known }).map_err(Error::internal)?);
                *form
            }
        };
        let id = self.insert_form(&transaction, &form, for_whom, base).await?;
        transaction.commit().await?;
        Ok(id)
    }

    /// Begins a form with a file.
    ///
    /// # Errors
    /// [`Problem::Form`] for what is wrong with the file; [`Problem::Invalid`] where there are too many forms, or where a text in
    /// it holds what no database keeps.
    pub async fn import_form(&self, may: May<ManageSettings>, file: &[u8]) -> Result<FormId, Error> {
        // Some editors begin a text with a sign that says how it is written.
        let file = file.strip_prefix(b"\xef\xbb\xbf").unwrap_or(file);
        if file.len() <= Envelope::MOST_BYTES && json_has_nul(file) {
            return Err(Error::invalid(Field::Table, Invalid::Characters));
        }
        let form = import(file, serde_json::from_slice, serde_json::from_slice)
            .map_err(|fault| Problem::Form(short(fault)))?;
        self.begin_form(may, Begin::With(Box::new(form))).await
    }

    /// A form as a file, and its title: as it is being worked on, or as it was in one of its versions.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where there is none.
    pub async fn export_form(
        &self,
        _: May<ManageSettings>,
        id: FormId,
        version: Option<i64>,
    ) -> Result<(String, Vec<u8>), Error> {
        let form = match version {
            None => parsed(&row(self.db(), id).await?.body)?,
            Some(version) => {
                let found = self.form_version(self.db(), id, version).await?;
                found.ok_or(Problem::NotFound)?
            }
        };
        let title = form.title.clone();
        let file = serde_json::to_vec_pretty(&Envelope::of(form)).map_err(Error::internal)?;
        Ok((title, file))
    }

    async fn insert_form(
        &self,
        db: &impl ConnectionTrait,
        form: &Form,
        for_whom: Option<(String, String)>,
        base: Option<String>,
    ) -> Result<FormId, Error> {
        if form::Entity::find().count(db).await? >= u64::from(MOST) {
            return Err(Error::invalid(Field::EvaluationForm, Invalid::TooMany { most: MOST }));
        }
        let id = FormId(self.new_id()?);
        let last: Option<i64> = form::Entity::find()
            .select_only()
            .column(form::Column::Place)
            .order_by_desc(form::COLUMN.place)
            .into_tuple()
            .one(db)
            .await?;
        let (departments, groups) = for_whom.unwrap_or_else(|| ("[]".to_owned(), "[]".to_owned()));
        let row = form::ActiveModel {
            id: Set(id),
            body: Set(written(form)?),
            version: Set(0),
            revision: Set(1),
            departments: Set(departments),
            groups: Set(groups),
            changed_at: Set(self.now()),
            retired_at: Set(None),
            base: Set(base),
            arrived: Set("[]".to_owned()),
            place: Set(last.unwrap_or(0)),
        };
        form::Entity::insert(row).exec_without_returning(db).await?;
        Ok(id)
    }
}

/// The form that comes with Hark.
pub(super) fn starter(english: bool) -> Result<Form, Error> {
    let file = if english { STARTER_EN } else { STARTER_SV };
    import(file.as_bytes(), serde_json::from_slice, serde_json::from_slice)
        .map_err(|fault| Error::internal(format!("{fault:?}")))
}

fn empty(title: String) -> Form {
    let mut bench = Bench {
        form: Form {
            title,
            sections: vec![Section {
                weight: Form::MOST_WEIGHT,
                ..Section::default()
            }],
            ..Form::default()
        },
        ..Bench::default()
    };
    bench.turn(Turn::AddQuestion(0));
    bench.form
}

/// A reader may repeat half the file in what it says of it.
fn short(fault: ImportFault) -> ImportFault {
    let cut = |detail: String| detail.chars().take(DETAIL).collect();
    match fault {
        ImportFault::UnknownField { detail } => ImportFault::UnknownField { detail: cut(detail) },
        ImportFault::Unreadable { detail } => ImportFault::Unreadable { detail: cut(detail) },
        other => other,
    }
}
