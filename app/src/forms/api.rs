//! What a Super-user may ask and do about evaluation forms.

use leptos::prelude::*;
use leptos::server_fn::codec::{MultipartData, MultipartFormData};
use model::{
    evaluation::Form,
    forms::{Built, Choosable, FormRow, VersionRow},
    id::{FormId, UnitId},
    instant::Stamp,
};
use serde::{Deserialize, Serialize};

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    crate::{
        document::look,
        i18n::td_string,
        visit::{backend, go, is_plain_form, viewer, visit},
    },
    backend::{
        Error, ManageSettings, May,
        forms::{Begin, Deed},
    },
    model::{
        evaluation::{Envelope, ImportFault, Key},
        forms::{Audience, Bench, Fate, Thing, Turn, Typed, Used, What},
        problem::{Field, Invalid, Problem},
    },
};

/// The page of all forms.
pub const PAGE: &str = "/configuration/evaluation-forms";

/// The most faults that are told in an address.
#[cfg(feature = "ssr")]
const IN_ADDRESS: usize = 5;

#[cfg(feature = "ssr")]
fn may() -> Result<May<ManageSettings>, AppError> {
    Ok(viewer()?.may()?)
}

#[cfg(feature = "ssr")]
fn malformed() -> AppError {
    Problem::Malformed.into()
}

/// Every form.
#[server(prefix = "/fn", endpoint = "forms/list", input = leptos::server_fn::codec::Json)]
pub async fn read_forms() -> Result<Vec<FormRow>, AppError> {
    let may = may()?;
    Ok(backend()?.forms(may).await?)
}

/// A form as it is being built, and whom it can be for.
#[server(prefix = "/fn", endpoint = "forms/read", input = leptos::server_fn::codec::Json)]
pub async fn read_form(id: FormId) -> Result<(Built, Choosable), AppError> {
    let may = may()?;
    let backend = backend()?;
    Ok((backend.form(may, id).await?, backend.form_choices(may).await?))
}

/// The versions of a form, and the one that is looked at.
#[server(prefix = "/fn", endpoint = "forms/versions", input = leptos::server_fn::codec::Json)]
pub async fn read_versions(id: FormId, version: Option<i64>) -> Result<(Vec<VersionRow>, Option<Form>), AppError> {
    let may = may()?;
    let backend = backend()?;
    let old = match version {
        Some(version) => Some(backend.old_form(may, id, version).await?),
        None => None,
    };
    Ok((backend.form_versions(may, id).await?, old))
}

/// Begins a form: `empty`, `starter`, or `copy` of another.
#[server(prefix = "/fn", endpoint = "forms/begin")]
pub async fn begin_form(how: String, of: Option<FormId>) -> Result<String, AppError> {
    let may = may()?;
    let (backend, locale) = (backend()?, look().locale);
    let begin = match (&*how, of) {
        ("empty", _) => Begin::Empty(td_string!(locale, forms.new_title).to_owned()),
        ("starter", _) => Begin::Starter {
            english: locale == crate::i18n::Locale::en,
        },
        ("copy", Some(of)) => {
            let title = backend.form(may, of).await?.form.title;
            // Room for the word that says that it is a copy.
            let title: String = title.chars().take(80).collect();
            Begin::Copy(of, td_string!(locale, forms.copy_of, title = title))
        }
        _ => return Err(malformed()),
    };
    let id = backend.begin_form(may, begin).await?;
    Ok(go(&format!("{PAGE}/{id}")))
}

/// Begins a form with a file.
#[server(prefix = "/fn", endpoint = "forms/import", input = MultipartFormData)]
pub async fn import_form(data: MultipartData) -> Result<String, AppError> {
    let may = may()?;
    let broken = || AppError::from(Problem::invalid(Field::Table, Invalid::Form));
    let mut form = data.into_inner().ok_or_else(broken)?;
    while let Some(mut part) = form.next_field().await.map_err(|_| broken())? {
        if part.name() != Some("table") {
            continue;
        }
        let mut bytes = vec![];
        while let Some(chunk) = part.chunk().await.map_err(|_| broken())? {
            // What is too large is read to its end, so that the answer arrives, and not kept.
            if bytes.len() <= Envelope::MOST_BYTES {
                bytes.extend_from_slice(&chunk);
            }
        }
        if bytes.is_empty() {
            return Err(Problem::invalid(Field::Table, Invalid::Missing).into());
        }
        let id = backend()?.import_form(may, &bytes).await.map_err(told)?;
        return Ok(go(&format!("{PAGE}/{id}")));
    }
    Err(broken())
}

/// An address has no room for every fault there can be.
#[cfg(feature = "ssr")]
fn told(error: Error) -> AppError {
    match error {
        Error::Problem(Problem::Form(ImportFault::Faults { mut faults })) if is_plain_form() => {
            faults.truncate(IN_ADDRESS);
            Problem::Form(ImportFault::Faults { faults }).into()
        }
        other => other.into(),
    }
}

/// A draft that is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    pub revision: i64,
    pub at: Stamp,
}

/// Keeps a draft that was begun at that revision; `leaving` where its page is gone by then.
#[server(prefix = "/fn", endpoint = "forms/save", input = leptos::server_fn::codec::Json)]
pub async fn save_draft(
    id: FormId,
    revision: i64,
    form: Form,
    #[server(default)] leaving: bool,
) -> Result<Kept, AppError> {
    let may = may()?;
    let backend = backend()?;
    let revision = backend.save_draft(may, id, revision, &form, leaving).await?;
    let at = visit()?.company.calendar.stamp(backend.now());
    Ok(Kept { revision, at })
}

/// Keeps what a page sends that has not woken, and does what its button says (`do`): something with a part of the form,
/// `save`, `undo`, `redo`, `preview`, `publish`, or `at` a question, to go on there.
#[server(prefix = "/fn", endpoint = "forms/turn", input = MultipartFormData)]
pub async fn turn_draft(data: MultipartData) -> Result<String, AppError> {
    let viewer = viewer()?;
    let may = viewer.may()?;
    let (mut id, mut revision, mut what, mut fields) = (None, None, String::from("save"), vec![]);
    let mut form = data.into_inner().ok_or_else(malformed)?;
    while let Some(part) = form.next_field().await.map_err(|_| malformed())? {
        let name = part.name().unwrap_or_default().to_owned();
        let value = part.text().await.map_err(|_| malformed())?;
        // What comes in parts is not looked through before it comes here.
        if value.contains('\0') {
            return Err(malformed());
        }
        match &*name {
            "id" => id = value.parse::<FormId>().ok(),
            "revision" => revision = value.parse::<i64>().ok(),
            "do" => what = value,
            _ => fields.push((name, value)),
        }
    }
    let (Some(id), Some(revision)) = (id, revision) else {
        return Err(malformed());
    };
    let press = Press::read(&what).ok_or_else(malformed)?;
    let deed = match press {
        Press::Turn(turn) => Deed::Turn(turn),
        Press::Undo => Deed::Undo,
        Press::Redo => Deed::Redo,
        Press::Save | Press::At(_) | Press::Preview | Press::Publish => Deed::Nothing,
    };
    // What comes without its first field is no page of ours, and would leave nothing of the form.
    if fields.first().is_none_or(|(name, _)| name != "title") {
        return Err(malformed());
    }
    let typed = model::forms::read(fields.iter().map(|(name, value)| (&**name, &**value))).map_err(|_| malformed())?;
    let backend = backend()?;
    let turned = match backend.turn_draft(may, id, revision, typed.clone(), deed).await {
        Ok(turned) => turned,
        // Where nothing wakes, what was typed has no other place to wait in.
        Err(Error::Problem(Problem::Changed)) => {
            let known = Used::of([&typed.form]);
            let begin = Begin::Beside(id, Box::new(all_of(typed)), known);
            let kept = backend.begin_form(may, begin).await?;
            return Ok(go(&format!("{PAGE}/{kept}?instead={id}")));
        }
        Err(error) => return Err(error.into()),
    };
    let place = match press {
        Press::Publish => {
            let published = backend.publish_form(&viewer, may, id, turned.revision).await;
            published.map_err(told)?;
            "?saved=published".to_owned()
        }
        Press::Preview => "?part=preview".to_owned(),
        Press::Turn(turn) => place(turn, turned.added),
        Press::At(key) => format!("?open={key}#q{key}"),
        Press::Undo | Press::Redo => stepped(turned.stepped.as_ref()),
        Press::Save => "?saved=draft".to_owned(),
    };
    Ok(go(&format!("{PAGE}/{id}{place}")))
}

/// What a button of a page without scripts says.
#[cfg(feature = "ssr")]
#[derive(Clone, Copy)]
enum Press {
    Save,
    Undo,
    Redo,
    Preview,
    Publish,
    /// To keep what is typed, and to go on at a question.
    At(Key),
    Turn(Turn),
}

#[cfg(feature = "ssr")]
impl Press {
    fn read(word: &str) -> Option<Self> {
        Some(match word {
            "save" => Self::Save,
            "undo" => Self::Undo,
            "redo" => Self::Redo,
            "preview" => Self::Preview,
            "publish" => Self::Publish,
            word => match word.strip_prefix("at ") {
                Some(key) => Self::At(key.parse().ok()?),
                None => Self::Turn(word.parse().ok()?),
            },
        })
    }
}

/// What was typed, with what was chosen beside it.
#[cfg(feature = "ssr")]
fn all_of(typed: Typed) -> Form {
    let mut bench = Bench {
        form: typed.form,
        ..Bench::default()
    };
    for turn in typed.turns {
        bench.turn(turn);
    }
    bench.form
}

/// Where on the page that is which was done something with.
#[cfg(feature = "ssr")]
fn place(turn: Turn, added: Option<Key>) -> String {
    let question = |key: Key| format!("?open={key}#q{key}");
    match turn {
        Turn::AddQuestion(at) => added.map_or_else(|| format!("#s{at}"), question),
        Turn::MoveQuestion { key, .. }
        | Turn::ChangeKind(key, _)
        | Turn::SetSteps(key, _)
        | Turn::HangOn(key, _)
        | Turn::AddLine(key)
        | Turn::RemoveLine(key, _)
        | Turn::MoveLine { question: key, .. } => question(key),
        Turn::MoveSection { at, up } => format!("#s{}", if up { at.saturating_sub(1) } else { at.saturating_add(1) }),
        Turn::AddSection => "#sections".to_owned(),
        Turn::RemoveSection(_) | Turn::RemoveQuestion(_) => String::new(),
    }
}

/// Where on the page that is which was taken back or done again; what is gone is nowhere.
#[cfg(feature = "ssr")]
fn stepped(what: Option<&What>) -> String {
    match what.map(|what| &what.thing) {
        Some(Thing::Section { at, .. }) => format!("#s{at}"),
        Some(thing) => thing
            .question()
            .map_or_else(String::new, |key| format!("?open={key}#q{key}")),
        None => String::new(),
    }
}

/// Brings a draft into use as it was at that revision.
#[server(prefix = "/fn", endpoint = "forms/publish")]
pub async fn publish_form(id: FormId, revision: i64) -> Result<String, AppError> {
    let viewer = viewer()?;
    let may = viewer.may()?;
    backend()?
        .publish_form(&viewer, may, id, revision)
        .await
        .map_err(told)?;
    Ok(go(&format!("{PAGE}/{id}?saved=published")))
}

/// Makes what was asked in a version the draft, as it was at that revision.
#[server(prefix = "/fn", endpoint = "forms/restore")]
pub async fn restore_version(id: FormId, revision: i64, version: i64) -> Result<String, AppError> {
    let may = may()?;
    backend()?.restore_version(may, id, revision, version).await?;
    Ok(go(&format!("{PAGE}/{id}")))
}

/// Says whose calls a form is for, as it was at that revision: `all`, or those that are named.
#[server(prefix = "/fn", endpoint = "forms/audience")]
pub async fn set_audience(
    id: FormId,
    revision: i64,
    whose: String,
    #[server(default)] departments: Vec<UnitId>,
    #[server(default)] group: Vec<String>,
) -> Result<String, AppError> {
    let may = may()?;
    let audience = match &*whose {
        "all" => Audience::default(),
        "some" if departments.is_empty() && group.is_empty() => {
            return Err(Problem::invalid(Field::Departments, Invalid::Missing).into());
        }
        "some" => Audience {
            departments,
            groups: group,
        },
        _ => return Err(malformed()),
    };
    let place = format!("{PAGE}/{id}?part=audience");
    match backend()?.set_form_audience(may, id, revision, &audience).await {
        Ok(()) => Ok(go(&format!("{place}&saved=audience"))),
        // Where nothing wakes, what was chosen has no other place to wait in.
        Err(Error::Problem(Problem::Changed)) if is_plain_form() => {
            let chosen = serde_json::to_string(&audience).map_err(|_| malformed())?;
            Ok(go(&format!("{place}&chosen={}", model::address::encode(&chosen))))
        }
        Err(error) => Err(error.into()),
    }
}

/// Takes a form out of use (`retire`), back into it (`restore`), or away for good (`delete`).
#[server(prefix = "/fn", endpoint = "forms/fate")]
pub async fn turn_form(id: FormId, fate: String) -> Result<String, AppError> {
    let may = may()?;
    let fate = Fate::named(&fate).ok_or_else(malformed)?;
    backend()?.turn_form(may, id, fate).await?;
    Ok(go(PAGE))
}

/// Lets a form change places with the one before it (`up`) or after it (`down`) in the list.
#[server(prefix = "/fn", endpoint = "forms/move")]
pub async fn move_form(id: FormId, way: String) -> Result<String, AppError> {
    let may = may()?;
    let up = match &*way {
        "up" => true,
        "down" => false,
        _ => return Err(malformed()),
    };
    backend()?.move_form(may, id, up).await?;
    Ok(go(PAGE))
}

/// Puts what was typed while someone else changed a form in the place of what they made of it: of what one was shown of that.
#[server(prefix = "/fn", endpoint = "forms/put-in-place")]
pub async fn put_in_place(kept: FormId, of: FormId, revision: i64) -> Result<String, AppError> {
    let may = may()?;
    backend()?.put_in_place(may, kept, of, revision).await?;
    Ok(go(&format!("{PAGE}/{of}?saved=draft")))
}
