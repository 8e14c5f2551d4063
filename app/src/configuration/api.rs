//! What a Super-user may ask and set of how everyone signs in.

#![cfg_attr(
    feature = "ssr",
    expect(clippy::unused_async, reason = "what a browser calls must wait for the answer")
)]

use leptos::prelude::*;
use model::{
    account::Rights,
    hours::{Holiday, OfficeHours},
    password::Profile,
    period::Day,
};
use serde::{Deserialize, Serialize};

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    super::RIGHTS,
    crate::visit::{backend, go, viewer, visit},
    backend::{ManageSettings, May},
    model::{
        filter::Hours,
        hours::OwnDay,
        problem::{Field, Invalid, Problem},
    },
};

/// What the company asks of everyone who signs in, and what it lets them do.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SignInSettings {
    pub password: Profile,
    pub two_letters: bool,
    pub restricted: Rights,
    pub own: Rights,
    pub agreement_version: i16,
    pub agreement_text: Option<String>,
    pub company: String,
}

#[cfg(feature = "ssr")]
fn may() -> Result<May<ManageSettings>, AppError> {
    Ok(viewer()?.may()?)
}

/// The settings as they are.
#[server(prefix = "/fn", endpoint = "configuration/sign-in")]
pub async fn read_sign_in_settings() -> Result<SignInSettings, AppError> {
    may()?;
    let company = visit()?.company;
    Ok(SignInSettings {
        password: company.password,
        two_letters: company.two_letters,
        restricted: company.restricted,
        own: company.own,
        agreement_version: company.agreement.version,
        agreement_text: company.agreement.text,
        company: company.name,
    })
}

#[cfg(feature = "ssr")]
const PAGE: &str = "/configuration/sign-in";

/// Chooses whose rules passwords follow, and how an invitation comes.
#[server(prefix = "/fn", endpoint = "configuration/set-sign-in")]
pub async fn set_sign_in(password: String, invitation: String) -> Result<String, AppError> {
    let may = may()?;
    let password = Profile::named(&password).ok_or_else(|| unknown(Field::Password))?;
    let two_letters = match &*invitation {
        "link" => false,
        "two-letters" => true,
        _ => return Err(unknown(Field::Password)),
    };
    backend()?.set_sign_in(may, password, two_letters).await?;
    Ok(go(&format!("{PAGE}?saved=sign-in")))
}

/// What is ticked of a form of rights.
#[cfg(feature = "ssr")]
fn ticked(boxes: [Option<String>; 5]) -> Rights {
    let [comment, tag, evaluate, download, share] = boxes.map(|ticked| ticked.is_some());
    Rights {
        comment,
        tag,
        evaluate,
        download,
        share,
    }
}

/// Chooses what a Restricted user may do besides listening.
#[server(prefix = "/fn", endpoint = "configuration/set-restricted")]
pub async fn set_restricted(
    comment: Option<String>,
    tag: Option<String>,
    evaluate: Option<String>,
    download: Option<String>,
    share: Option<String>,
) -> Result<String, AppError> {
    let may = may()?;
    let rights = ticked([comment, tag, evaluate, download, share]);
    backend()?.set_restricted_rights(may, rights).await?;
    Ok(go(&format!("{RIGHTS}?saved=restricted")))
}

/// Chooses what a My Console user may do with their own recordings besides listening.
#[server(prefix = "/fn", endpoint = "configuration/set-own")]
pub async fn set_own(
    comment: Option<String>,
    tag: Option<String>,
    evaluate: Option<String>,
    download: Option<String>,
    share: Option<String>,
) -> Result<String, AppError> {
    let may = may()?;
    let rights = ticked([comment, tag, evaluate, download, share]);
    backend()?.set_own_rights(may, rights).await?;
    Ok(go(&format!("{RIGHTS}?saved=own")))
}

/// Gives the agreement other words; Hark's own where none are given.
#[server(prefix = "/fn", endpoint = "configuration/set-agreement")]
pub async fn set_agreement(agreement: String) -> Result<String, AppError> {
    let may = may()?;
    backend()?.set_agreement(may, Some(agreement)).await?;
    Ok(go(&format!("{PAGE}?saved=agreement")))
}

/// When the company is at work, and what the calendar of its country says.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HoursSettings {
    pub hours: OfficeHours,
    /// This year, and its holidays; none where the country's are not known.
    pub year: i16,
    pub holidays: Vec<(Holiday, Day)>,
}

/// When the company is at work.
#[server(prefix = "/fn", endpoint = "configuration/hours")]
pub async fn read_hours() -> Result<HoursSettings, AppError> {
    may()?;
    let company = visit()?.company;
    let year = company.calendar.stamp(backend()?.now()).date.0;
    Ok(HoursSettings {
        holidays: Holiday::of_year(&company.country, year)
            .into_iter()
            .map(|(holiday, day)| (holiday, Day::numbered(day)))
            .collect(),
        hours: company.office_hours,
        year,
    })
}

/// Says when the company is at work: for each weekday from when and to when, Monday first, and a line for each day of its
/// own.
#[server(prefix = "/fn", endpoint = "configuration/set-hours")]
pub async fn set_hours(
    from: Vec<String>,
    to: Vec<String>,
    holidays: Option<String>,
    own_days: String,
) -> Result<String, AppError> {
    let may = may()?;
    let mut hours = OfficeHours {
        week: [None; 7],
        holidays: holidays.is_some(),
        days: vec![],
    };
    for ((place, day), weekday) in hours.week.iter_mut().enumerate().zip(1_i8..) {
        let said = |times: &[String]| {
            times
                .get(place)
                .map(|time| time.trim().to_owned())
                .filter(|time| !time.is_empty())
        };
        let (from, to) = (said(&from), said(&to));
        if from.is_some() || to.is_some() {
            // A night belongs to two weekdays: it is said as two.
            let read = Hours::read(from.as_deref(), to.as_deref()).filter(|hours| hours.from < hours.to);
            *day = Some(read.ok_or_else(|| Problem::invalid(Field::Hours, Invalid::NoHours { weekday }))?);
        }
    }
    for line in own_days.lines().filter(|line| !line.trim().is_empty()) {
        let day = OwnDay::parse(line).filter(|own| own.hours.is_none_or(|hours| hours.from < hours.to));
        let text = || line.trim().chars().take(80).collect();
        hours
            .days
            .push(day.ok_or_else(|| Problem::invalid(Field::OwnDays, Invalid::NoLine { text: text() }))?);
    }
    backend()?.set_office_hours(may, hours).await?;
    Ok(go("/configuration/hours?saved=hours"))
}

#[cfg(feature = "ssr")]
fn unknown(field: Field) -> AppError {
    Problem::invalid(field, Invalid::Unknown).into()
}
