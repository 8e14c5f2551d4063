//! What a browser may ask of accounts: coming in, one's own password, the places where one is signed in.

#![cfg_attr(
    feature = "ssr",
    expect(clippy::unused_async, reason = "what a browser calls must wait for the answer")
)]

use leptos::prelude::*;
use model::{
    account::{Me, Place, Role},
    id::SessionId,
    password::Policy,
};
use serde::{Deserialize, Serialize};

use crate::error::AppError;
#[cfg(feature = "ssr")]
use {
    crate::{
        cookie,
        visit::{backend, go, header, keep_typed, newcomer, set_cookie, viewer, visit},
    },
    axum::http::header::USER_AGENT,
    backend::account::{ChangePassword as Change, Redeem as Redeemed, SignIn as Asked, Visitor},
    model::{
        account::Step,
        problem::{Field, Invalid, Problem, Wrong},
    },
};

/// Who is signed in; none when nobody is.
#[server(prefix = "/fn", endpoint = "account/me")]
pub async fn whoami() -> Result<Option<Me>, AppError> {
    Ok(match visit()?.visitor {
        Visitor::Signed(viewer) => Some(viewer.me()),
        Visitor::Newcomer(_) | Visitor::Nobody => None,
    })
}

/// Signs in, and says where the browser is to go.
#[server(prefix = "/fn", endpoint = "account/sign-in")]
pub async fn sign_in(
    email: String,
    password: String,
    keep: Option<String>,
    next: Option<String>,
) -> Result<String, AppError> {
    keep_typed(&[("email", &email)]);
    let fields = [(Field::Email, &email), (Field::Password, &password)];
    let missing = fields.into_iter().filter(|(_, text)| text.trim().is_empty());
    let wrong: Vec<Wrong> = missing
        .map(|(field, _)| Wrong {
            field,
            why: Invalid::Missing,
        })
        .collect();
    if !wrong.is_empty() {
        return Err(Problem::Invalid(wrong).into());
    }
    let start = enter(email, password, keep.is_some()).await?;
    // Who was on the way somewhere goes there; who was not begins with the list of their choice.
    let next = next.filter(|next| next != "/").or(start);
    Ok(go(next.as_deref().unwrap_or("/")))
}

/// Lets someone in who has the right password. Returns the address with which the account begins, where it has one.
#[cfg(feature = "ssr")]
async fn enter(email: String, password: String, keep: bool) -> Result<Option<String>, AppError> {
    let visit = visit()?;
    let parts = use_context::<axum::http::request::Parts>();
    let device = parts.and_then(|parts| cookie::device_token(&parts.headers, visit.secure).map(ToOwned::to_owned));
    let asked = Asked {
        email,
        password,
        keep,
        agent: header(USER_AGENT),
        from: visit.from,
        device,
    };
    let entry = backend()?.sign_in(asked).await?;
    set_cookie(&cookie::session(&entry.token, entry.kept, visit.secure));
    if let Some(device) = &entry.device {
        set_cookie(&cookie::device(device, visit.secure));
    }
    Ok(match backend()?.visitor(Some(entry.token.reveal())).await? {
        (_, Visitor::Signed(viewer)) => viewer.me().start,
        (_, Visitor::Newcomer(_) | Visitor::Nobody) => None,
    })
}

/// Signs out, also one who would not do what was owed.
#[server(prefix = "/fn", endpoint = "account/sign-out")]
pub async fn sign_out() -> Result<(), AppError> {
    let visit = visit()?;
    match &visit.visitor {
        Visitor::Signed(viewer) => backend()?.sign_out(viewer).await?,
        Visitor::Newcomer(newcomer) => backend()?.turn_away(newcomer).await?,
        Visitor::Nobody => return Err(Problem::SignedOut.into()),
    }
    set_cookie(&cookie::no_session(visit.secure));
    // Nothing that was heard stays in the browser.
    crate::visit::set_header("clear-site-data", "\"cache\", \"storage\"");
    crate::visit::redirect("/signin");
    Ok(())
}

/// Claims an unclaimed instance, and signs its first administrator in.
#[server(prefix = "/fn", endpoint = "setup/claim")]
pub async fn claim(code: String, company: String, email: String, password: String) -> Result<String, AppError> {
    keep_typed(&[("code", &code), ("company", &company), ("email", &email)]);
    let visit = visit()?;
    let claim = backend::company::Claim {
        code,
        company,
        email: email.clone(),
        password: password.clone(),
        locale: visit.preferences.locale,
        from: visit.from,
    };
    backend()?.claim(claim).await?;
    enter(email, password, false).await?;
    Ok(go("/"))
}

/// Asks for a letter with which a forgotten password is replaced. Says the same whether there is such an account or not.
#[server(prefix = "/fn", endpoint = "account/forgot")]
pub async fn forgot(email: String) -> Result<String, AppError> {
    keep_typed(&[("email", &email)]);
    backend()?.ask_reset(&email, visit()?.from).await?;
    Ok(go("/forgot?sent=1"))
}

/// Whom a link is for, and what the password must be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Link {
    pub email: String,
    pub role: Role,
    /// Whether it is the first password.
    pub first: bool,
    pub policy: Policy,
}

/// Looks at a one-time link without using it up.
#[server(prefix = "/fn", endpoint = "account/link")]
pub async fn look_at_link(token: String) -> Result<Link, AppError> {
    let welcome = backend()?.look_at_link(&token).await?;
    Ok(Link {
        email: welcome.email,
        role: welcome.role,
        first: welcome.first,
        policy: welcome.policy,
    })
}

/// Chooses a password on a one-time link. Then one signs in with it.
#[server(prefix = "/fn", endpoint = "account/redeem")]
pub async fn redeem(token: String, new_password: String, again: String) -> Result<String, AppError> {
    let asked = Redeemed {
        token,
        new: new_password,
        again,
    };
    backend()?.redeem(asked).await?;
    Ok(go("/signin?changed=1"))
}

/// Why a password is owed, and what the new one must be.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owed {
    /// Whether the present one was given; else it has run out.
    pub given: bool,
    pub policy: Policy,
}

/// Why a password is owed, for one who owes it.
#[server(prefix = "/fn", endpoint = "account/owed")]
pub async fn read_owed() -> Result<Owed, AppError> {
    let newcomer = newcomer(Step::Password)?;
    Ok(Owed {
        given: newcomer.given(),
        policy: visit()?.company.password.policy(),
    })
}

/// What a new password must be.
#[server(prefix = "/fn", endpoint = "account/policy")]
pub async fn password_policy() -> Result<Policy, AppError> {
    Ok(visit()?.company.password.policy())
}

/// Chooses a password of one's own in place of one that was given or has run out. Then one signs in with it.
#[server(prefix = "/fn", endpoint = "account/owed-password")]
pub async fn change_owed_password(
    old_password: String,
    new_password: String,
    again: String,
) -> Result<String, AppError> {
    let newcomer = newcomer(Step::Password)?;
    let asked = Change {
        old: old_password,
        new: new_password,
        again,
    };
    backend()?.change_owed_password(&newcomer, asked).await?;
    set_cookie(&cookie::no_session(visit()?.secure));
    Ok(go("/signin?changed=1"))
}

/// Changes one's own password. Then one signs in with it.
#[server(prefix = "/fn", endpoint = "account/change-password")]
pub async fn change_password(old_password: String, new_password: String, again: String) -> Result<String, AppError> {
    let viewer = viewer()?;
    let asked = Change {
        old: old_password,
        new: new_password,
        again,
    };
    backend()?.change_password(&viewer, asked).await?;
    set_cookie(&cookie::no_session(visit()?.secure));
    Ok(go("/signin?changed=1"))
}

/// The licence agreement that is owed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    pub version: i16,
    /// The company's own words; Hark's when none.
    pub text: Option<String>,
    pub company: String,
}

/// The agreement, for one who owes it.
#[server(prefix = "/fn", endpoint = "account/terms")]
pub async fn owed_terms() -> Result<Terms, AppError> {
    newcomer(Step::Agreement)?;
    let company = visit()?.company;
    Ok(Terms {
        version: company.agreement.version,
        text: company.agreement.text,
        company: company.name,
    })
}

/// Accepts the agreement in the version that was shown.
#[server(prefix = "/fn", endpoint = "account/agree")]
pub async fn agree(version: i16, accepted: Option<String>, next: Option<String>) -> Result<String, AppError> {
    let newcomer = newcomer(Step::Agreement)?;
    if accepted.is_none() {
        return Err(Problem::invalid(Field::Agreement, Invalid::NotAccepted).into());
    }
    let token = backend()?.agree(&newcomer, version).await?;
    set_cookie(&cookie::session(&token, newcomer.kept(), visit()?.secure));
    Ok(go(next.as_deref().unwrap_or("/")))
}

/// The places where one is signed in.
#[server(prefix = "/fn", endpoint = "account/sessions")]
pub async fn places() -> Result<Vec<Place>, AppError> {
    let viewer = viewer()?;
    Ok(backend()?.sessions(&viewer).await?)
}

/// Ends one of one's own sessions.
#[server(prefix = "/fn", endpoint = "account/end-session")]
pub async fn end_session(id: SessionId) -> Result<String, AppError> {
    let viewer = viewer()?;
    if !backend()?.end_session(&viewer, id).await? {
        return Err(Problem::NotFound.into());
    }
    Ok(go(if id == viewer.session() { "/signin" } else { "/account" }))
}

/// Signs one out everywhere, here too.
#[server(prefix = "/fn", endpoint = "account/end-sessions")]
pub async fn end_sessions() -> Result<String, AppError> {
    let viewer = viewer()?;
    backend()?.end_own_sessions(&viewer).await?;
    set_cookie(&cookie::no_session(visit()?.secure));
    Ok(go("/signin"))
}
