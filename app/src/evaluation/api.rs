//! What a browser may ask and say of evaluations. Each function says in its first line who may.

#![cfg_attr(
    feature = "ssr",
    expect(clippy::unused_async, reason = "what a browser calls must wait for the answer")
)]

use std::collections::BTreeMap;

use leptos::prelude::*;
use model::{
    evaluation::{Answers, By, Evaluations, Sent, Showing, ToAnswer, ToFinish, ToRead, Typed, Waiting},
    id::{EvaluationId, FormId, RecordingId},
    instant::Stamp,
};

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    super::number::OF,
    crate::visit::{backend, go, is_plain_form, keep_typed, viewer},
    backend::{ManageSettings, May},
    model::{
        evaluation::Move,
        problem::{Field, Invalid, Problem},
    },
};

/// What has been said of a recording by forms, and what the asker may say.
///
/// # Errors
/// [`Problem::NotFound`](model::problem::Problem::NotFound) when it is not there for the asker.
#[server(prefix = "/fn", endpoint = "evaluation/read", input = leptos::server_fn::codec::Json)]
pub async fn read_evaluations(id: RecordingId) -> Result<Evaluations, AppError> {
    let viewer = viewer()?;
    Ok(backend()?.evaluations(&viewer, id).await?)
}

/// What of a recording's evaluations waits for the asker.
///
/// # Errors
/// [`Problem::NotFound`](model::problem::Problem::NotFound) when it is not there for the asker.
#[server(prefix = "/fn", endpoint = "evaluation/waiting", input = leptos::server_fn::codec::Json)]
pub async fn read_waiting(id: RecordingId) -> Result<Option<Waiting>, AppError> {
    let viewer = viewer()?;
    Ok(backend()?.what_waits(&viewer, id).await?)
}

/// What was said of the asker and waits for their answer; none where nobody can judge them.
///
/// # Errors
/// When the database does not answer.
#[server(prefix = "/fn", endpoint = "evaluation/to-read", input = leptos::server_fn::codec::Json)]
pub async fn read_to_read() -> Result<Option<Vec<ToRead>>, AppError> {
    let viewer = viewer()?;
    Ok(backend()?.to_read(&viewer).await?)
}

/// The disputes that wait for the asker's answer; none where they may not evaluate.
///
/// # Errors
/// When the database does not answer.
#[server(prefix = "/fn", endpoint = "evaluation/to-answer", input = leptos::server_fn::codec::Json)]
pub async fn read_to_answer() -> Result<Option<Vec<ToAnswer>>, AppError> {
    let viewer = viewer()?;
    Ok(backend()?.to_answer(&viewer).await?)
}

/// What the asker has begun to evaluate and not finished; none where they may not evaluate.
///
/// # Errors
/// When the database does not answer.
#[server(prefix = "/fn", endpoint = "evaluation/to-finish", input = leptos::server_fn::codec::Json)]
pub async fn read_to_finish() -> Result<Option<Vec<ToFinish>>, AppError> {
    let viewer = viewer()?;
    Ok(backend()?.to_finish(&viewer).await?)
}

/// Keeps the answers that have changed, and says when that was. `begin` where the page knows of no draft.
///
/// # Errors
/// [`Problem::NotFound`](model::problem::Problem::NotFound) where the asker may not,
/// [`Problem::Changed`](model::problem::Problem::Changed) where something else is being written.
#[server(prefix = "/fn", endpoint = "evaluation/keep", input = leptos::server_fn::codec::Json)]
pub async fn keep_answers(id: RecordingId, by: By, begin: bool, changes: Answers) -> Result<Stamp, AppError> {
    let viewer = viewer()?;
    Ok(backend()?.keep_answers(&viewer, id, by, changes, begin).await?)
}

/// The whole form: kept, or with `then` finished.
///
/// # Errors
/// As [`keep_answers`].
#[server(prefix = "/fn", endpoint = "evaluation/send")]
pub async fn send_form(
    id: RecordingId,
    form: FormId,
    version: i64,
    #[server(default)] revises: Option<EvaluationId>,
    #[server(default)] begin: Option<String>,
    #[server(default)] answers: BTreeMap<String, Typed>,
    #[server(default)] then: String,
) -> Result<Sent, AppError> {
    let viewer = viewer()?;
    let backend = backend()?;
    let by = By { form, version, revises };
    let written: Vec<_> = answers
        .iter()
        .map(|(key, typed)| (key.clone(), typed.value.clone()))
        .collect();
    let (changes, unreadable) = backend.typed_answers(&viewer, id, by, answers).await?;
    let begin = begin.is_some();
    let sent = if then.is_empty() || !unreadable.is_empty() {
        backend.keep_answers(&viewer, id, by, changes, begin).await?;
        Sent {
            unreadable,
            ..Sent::default()
        }
    } else {
        backend.finish_evaluation(&viewer, id, by, changes, begin).await?
    };
    // A page on which nothing wakes is told in words.
    let why = match (sent.unreadable.is_empty(), sent.missing.is_empty()) {
        (true, true) => return Ok(sent),
        (false, _) => Invalid::Form,
        (true, false) => Invalid::Missing,
    };
    if is_plain_form() {
        // What is no answer is given back as it was typed.
        let unread = written
            .into_iter()
            .filter(|(key, _)| key.parse().is_ok_and(|key| sent.unreadable.contains(&key)));
        let unread: Vec<_> = unread
            .map(|(key, value)| (format!("answers[{key}][value]"), value))
            .collect();
        let id = id.to_string();
        let unread = unread.iter().map(|(name, value)| (&**name, &**value));
        keep_typed(&[(OF, &*id)].into_iter().chain(unread).collect::<Vec<_>>());
        return Err(Problem::invalid(Field::Answers, why).into());
    }
    Ok(sent)
}

/// Goes over to another form, or to the version that is in use now. Answers that do not fit there go, as the asker has `seen`
/// them: as in [`discard`].
///
/// # Errors
/// [`Problem::NotFound`](model::problem::Problem::NotFound) where the asker may not, or the form does not fit.
#[server(prefix = "/fn", endpoint = "evaluation/choose-form")]
pub async fn choose_form(id: RecordingId, form: FormId, #[server(default)] seen: String) -> Result<(), AppError> {
    let viewer = viewer()?;
    Ok(backend()?.choose_form(&viewer, id, form, &seen).await?)
}

/// Throws away what the asker is writing, as they have `seen` it: [`imprint`](model::imprint::imprint) of the answers.
///
/// # Errors
/// [`Problem::NotFound`](model::problem::Problem::NotFound) where there is nothing,
/// [`Problem::Changed`](model::problem::Problem::Changed) where there is something else.
#[server(prefix = "/fn", endpoint = "evaluation/discard")]
pub async fn discard(
    id: RecordingId,
    form: FormId,
    version: i64,
    #[server(default)] revises: Option<EvaluationId>,
    seen: String,
) -> Result<(), AppError> {
    let viewer = viewer()?;
    let by = By { form, version, revises };
    Ok(backend()?.discard_draft(&viewer, id, by, &seen).await?)
}

/// Under which name it is kept which evaluation was acted upon, where a form is sent back.
#[cfg(feature = "ssr")]
const ACTED: &str = "acted";

/// Which evaluation was acted upon before the page was sent back. Only the page that the server makes can know; it tells the
/// one that wakes.
pub fn acted_upon() -> Option<EvaluationId> {
    #[cfg(feature = "ssr")]
    return crate::visit::typed(ACTED)?.parse().ok();
    #[cfg(not(feature = "ssr"))]
    {
        let told = document().query_selector(".judgements[data-acted]").ok()??;
        told.get_attribute("data-acted")?.parse().ok()
    }
}

/// Takes a step with a finished evaluation: `show`, `revise`, `answer`, `acknowledge`, `dispute`, `remove`. `seen` is how many
/// steps the page knows of.
///
/// # Errors
/// [`Problem::NotFound`](model::problem::Problem::NotFound) where it is not the asker's to take,
/// [`Problem::Changed`](model::problem::Problem::Changed) where it can no longer be taken.
#[server(prefix = "/fn", endpoint = "evaluation/move")]
pub async fn move_on(
    id: EvaluationId,
    step: String,
    #[server(default)] reply: String,
    #[server(default)] seen: Option<usize>,
) -> Result<(), AppError> {
    let viewer = viewer()?;
    let step = Move::named(&step).ok_or(Problem::Malformed)?;
    keep_typed(&[(ACTED, &id.to_string()), (Field::Reply.name(), &reply)]);
    backend()?.move_evaluation(&viewer, id, step, &reply, seen).await?;
    Ok(())
}

/// When evaluated people see what was said of them.
///
/// # Errors
/// [`Problem::NotFound`](model::problem::Problem::NotFound) where the asker may not.
#[server(prefix = "/fn", endpoint = "evaluation/showing")]
pub async fn read_showing() -> Result<Showing, AppError> {
    let viewer = viewer()?;
    let _: May<ManageSettings> = viewer.may()?;
    Ok(viewer.company().showing)
}

/// Chooses when evaluated people see what was said of them.
///
/// # Errors
/// [`Problem::NotFound`](model::problem::Problem::NotFound) where the asker may not.
#[server(prefix = "/fn", endpoint = "evaluation/set-showing")]
pub async fn set_showing(showing: String) -> Result<String, AppError> {
    let may: May<ManageSettings> = viewer()?.may()?;
    let showing = Showing::named(&showing).ok_or(Problem::Malformed)?;
    backend()?.set_showing(may, showing).await?;
    Ok(go("/configuration/evaluation-forms?saved=showing"))
}
