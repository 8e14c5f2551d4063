//! What went wrong on the way between a page and the server: a code, and its words where a page shows it.

use std::fmt;

use leptos::{prelude::*, server_fn::codec::JsonEncoding};
use model::problem::{Field, Invalid, Problem};
use serde::{Deserialize, Serialize};

use crate::i18n::{Locale, td_string, use_i18n};

/// A problem as a server function answers it. Never prose: the words are in the locale files.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct AppError(pub Problem);

impl fmt::Display for AppError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?}", self.0)
    }
}

impl std::error::Error for AppError {}

impl From<Problem> for AppError {
    fn from(problem: Problem) -> Self {
        #[cfg(feature = "ssr")]
        crate::visit::answer_with(&problem);
        Self(problem)
    }
}

impl FromServerFnError for AppError {
    type Encoder = JsonEncoding;

    fn from_server_fn_error(error: ServerFnErrorErr) -> Self {
        match error {
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Deserialization(_) => Self(Problem::Unreachable),
            // Something other than our pages has called; what it sent is not what is asked for.
            #[cfg(feature = "ssr")]
            ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_) => {
                crate::visit::set_status(axum::http::StatusCode::BAD_REQUEST);
                Self(Problem::Internal { id: "-".to_owned() })
            }
            other => {
                leptos::logging::error!("{other}");
                Self(Problem::Internal { id: "-".to_owned() })
            }
        }
    }
}

/// The field of a form that a problem is about.
pub const fn field(problem: &Problem) -> Option<Field> {
    match problem {
        Problem::Invalid { field, .. } => Some(*field),
        Problem::WrongSetupCode => Some(Field::Code),
        _ => None,
    }
}

/// What the page says of a problem, in the reader's language.
pub fn sentence(problem: &Problem) -> String {
    in_words(use_i18n().get_locale(), problem)
}

/// A problem in the words of a language.
pub fn in_words(locale: Locale, problem: &Problem) -> String {
    match problem {
        Problem::NotFound => td_string!(locale, errors.not_found).to_owned(),
        Problem::SignedOut => td_string!(locale, errors.signed_out).to_owned(),
        Problem::Forbidden => td_string!(locale, errors.forbidden).to_owned(),
        Problem::WrongCredentials => td_string!(locale, errors.wrong_credentials).to_owned(),
        Problem::Busy { retry_s } => td_string!(locale, errors.busy, seconds = *retry_s),
        Problem::Invalid {
            field: Field::Email,
            why: Invalid::Form,
        } => td_string!(locale, errors.email_form).to_owned(),
        Problem::Invalid { why, .. } => invalid(locale, why),
        Problem::WrongSetupCode => td_string!(locale, errors.wrong_setup_code).to_owned(),
        Problem::AlreadyClaimed => td_string!(locale, errors.already_claimed).to_owned(),
        Problem::Unreachable => td_string!(locale, errors.unreachable).to_owned(),
        Problem::Internal { id } => td_string!(locale, errors.internal, id = log_id(id)),
    }
}

/// The name of a log entry. It may come from an address that anyone can write: nothing else is shown in its place.
fn log_id(id: &str) -> String {
    let is_one = id.len() <= 10 && id.bytes().all(|byte| byte.is_ascii_hexdigit());
    if is_one { id.to_owned() } else { "-".to_owned() }
}

/// What is wrong with a field, in the words of a language.
pub fn invalid(locale: Locale, why: &Invalid) -> String {
    match why {
        Invalid::Missing => td_string!(locale, errors.missing).to_owned(),
        Invalid::TooLong { most } => td_string!(locale, errors.too_long, most = *most),
        Invalid::TooShort { least } => td_string!(locale, errors.too_short, least = *least),
        Invalid::Characters => td_string!(locale, errors.characters).to_owned(),
        Invalid::Form => td_string!(locale, errors.form).to_owned(),
        Invalid::Range => td_string!(locale, errors.range).to_owned(),
        Invalid::Taken => td_string!(locale, errors.taken).to_owned(),
    }
}

#[cfg(feature = "ssr")]
impl From<backend::Error> for AppError {
    /// What the asker may know passes; the rest goes to the log, and its number to the asker.
    fn from(error: backend::Error) -> Self {
        match error {
            backend::Error::Problem(problem) => problem.into(),
            other => {
                let id = crate::visit::log_id();
                tracing::error!(id, error = %other, "a request failed");
                Problem::Internal { id }.into()
            }
        }
    }
}
