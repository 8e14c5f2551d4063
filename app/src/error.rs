//! What went wrong on the way between a page and the server: a code, and its words where a page shows it.

use std::fmt;

use leptos::{prelude::*, server_fn::codec::JsonEncoding};
use model::{
    account::Step,
    password::Class,
    problem::{Field, Invalid, Problem, Wrong},
};
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
            // On the server it is the request that cannot be read, in a browser the answer.
            ServerFnErrorErr::Deserialization(_) | ServerFnErrorErr::Args(_) | ServerFnErrorErr::MissingArg(_)
                if cfg!(feature = "ssr") =>
            {
                Problem::Malformed.into()
            }
            ServerFnErrorErr::Request(_) | ServerFnErrorErr::Deserialization(_) => Self(Problem::Unreachable),
            other => {
                leptos::logging::error!("{other}");
                Self(Problem::Internal { id: "-".to_owned() })
            }
        }
    }
}

/// The fields of a form that a problem is about, each with what is wrong with it in the words of a language.
pub fn faults(locale: Locale, problem: &Problem) -> Vec<(Field, String)> {
    match problem {
        Problem::Invalid(wrong) => wrong.iter().map(|wrong| (wrong.field, fault(locale, wrong))).collect(),
        Problem::WrongSetupCode => vec![(Field::Code, in_words(locale, problem))],
        _ => vec![],
    }
}

/// What is wrong with a field of a form, in the words of a language.
pub fn fault(locale: Locale, wrong: &Wrong) -> String {
    match wrong {
        Wrong {
            field: Field::Email | Field::Receiver,
            why: Invalid::Form,
        } => td_string!(locale, errors.email_form).to_owned(),
        Wrong {
            field: Field::Extension,
            why: Invalid::Form,
        } => td_string!(locale, errors.extension_form).to_owned(),
        Wrong {
            field: Field::Moment,
            why: Invalid::Form,
        } => td_string!(locale, errors.moment_form).to_owned(),
        Wrong {
            field: Field::Departments,
            why: Invalid::Missing,
        } => td_string!(locale, errors.departments_missing).to_owned(),
        Wrong { why, .. } => invalid(locale, why),
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
        Problem::Throttled { retry_s } => {
            let wait = crate::format::spoken_length(locale, i64::from(*retry_s) * 1000);
            td_string!(locale, errors.throttled, wait = wait)
        }
        Problem::Locked => td_string!(locale, errors.locked).to_owned(),
        Problem::Owes(Step::Password) => td_string!(locale, errors.owes_password).to_owned(),
        Problem::Owes(Step::Agreement) => td_string!(locale, errors.owes_agreement).to_owned(),
        Problem::Invalid(wrong) => {
            let said: Vec<String> = wrong.iter().map(|wrong| fault(locale, wrong)).collect();
            said.join(" ")
        }
        Problem::LinkDead => td_string!(locale, errors.link_dead).to_owned(),
        Problem::LastSuper => td_string!(locale, errors.last_super).to_owned(),
        Problem::Changed => td_string!(locale, errors.changed).to_owned(),
        Problem::BeingChanged => td_string!(locale, errors.being_changed).to_owned(),
        Problem::Form(fault) => crate::forms::import_fault(locale, fault),
        Problem::WrongSetupCode => td_string!(locale, errors.wrong_setup_code).to_owned(),
        Problem::AlreadyClaimed => td_string!(locale, errors.already_claimed).to_owned(),
        Problem::Malformed => td_string!(locale, errors.malformed).to_owned(),
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
        Invalid::YesNo => td_string!(locale, errors.yes_no).to_owned(),
        Invalid::Twice => td_string!(locale, errors.twice).to_owned(),
        Invalid::OfAccount => td_string!(locale, errors.of_account).to_owned(),
        Invalid::TooManyAnHour { most } => td_string!(locale, errors.too_many_an_hour, most = *most),
        Invalid::NoHours { weekday } => {
            td_string!(locale, errors.no_hours, day = crate::format::weekday(locale, *weekday))
        }
        Invalid::NoLine { text } => td_string!(locale, errors.no_line, text = text.clone()),
        Invalid::Beyond { ms } => td_string!(locale, errors.beyond, length = crate::format::length(*ms)),
        Invalid::NoAddress { text } => td_string!(locale, errors.no_address, text = text.clone()),
        Invalid::TooMany { most } => td_string!(locale, errors.too_many, most = *most),
        Invalid::NeededForRole => td_string!(locale, errors.needed_for_role).to_owned(),
        Invalid::Lacks(Class::Lower) => td_string!(locale, errors.lacks_lower).to_owned(),
        Invalid::Lacks(Class::Upper) => td_string!(locale, errors.lacks_upper).to_owned(),
        Invalid::Lacks(Class::Digit) => td_string!(locale, errors.lacks_digit).to_owned(),
        Invalid::Lacks(Class::Special) => td_string!(locale, errors.lacks_special).to_owned(),
        Invalid::Guessable => td_string!(locale, errors.guessable).to_owned(),
        Invalid::Used { last } => td_string!(locale, errors.used, last = *last),
        Invalid::Wrong => td_string!(locale, errors.wrong).to_owned(),
        Invalid::Differs => td_string!(locale, errors.differs).to_owned(),
        Invalid::Unknown => td_string!(locale, errors.unknown).to_owned(),
        Invalid::NotAccepted => td_string!(locale, errors.not_accepted).to_owned(),
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
