//! The cookies: one that opens the door, three that remember what one prefers, and one that holds for a minute what was
//! typed into a form that was sent back.

use std::str::FromStr;

use axum::http::{HeaderMap, header};
use backend::Secret;
use model::{id::RecordingId, sharing::Sent};

use crate::{i18n::Locale, visit::Preferences};

const YEAR_S: u32 = 31_536_000;
/// The most characters kept of a field: a cookie is small.
const TYPED: usize = 1_000;
/// And the most bytes of all fields together.
const MOST: usize = 3_500;

/// Over HTTPS the name itself binds the cookie to this host and to HTTPS (RFC 6265bis, `__Host-`).
const fn session_name(secure: bool) -> &'static str {
    if secure { "__Host-session" } else { "session" }
}

const fn secured(secure: bool) -> &'static str {
    if secure { "; Secure" } else { "" }
}

const fn device_name(secure: bool) -> &'static str {
    if secure { "__Host-device" } else { "device" }
}

/// The cookie of a session; one that is to be kept survives the browser.
pub fn session(token: &Secret, kept: bool, secure: bool) -> String {
    let age = if kept { "; Max-Age=2592000" } else { "" };
    format!(
        "{}={}; Path=/; HttpOnly; SameSite=Lax{age}{}",
        session_name(secure),
        token.reveal(),
        secured(secure)
    )
}

/// The cookie by which a browser is known in which someone has signed in.
pub fn device(token: &Secret, secure: bool) -> String {
    format!(
        "{}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age={YEAR_S}{}",
        device_name(secure),
        token.reveal(),
        secured(secure)
    )
}

/// By what the browser is known, where someone has signed in from it before.
pub fn device_token(headers: &HeaderMap, secure: bool) -> Option<&str> {
    find(headers, device_name(secure))
}

/// The cookie that takes the session's away.
pub fn no_session(secure: bool) -> String {
    format!(
        "{}=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{}",
        session_name(secure),
        secured(secure)
    )
}

/// The token a request carries.
#[must_use]
pub fn session_token(headers: &HeaderMap, secure: bool) -> Option<&str> {
    find(headers, session_name(secure))
}

const fn guest_name(secure: bool) -> &'static str {
    if secure { "__Host-guest" } else { "guest" }
}

/// The cookie of one who has opened a link to a recording. It goes when the link dies.
#[must_use]
pub fn guest(token: &Secret, lasts_ms: i64, secure: bool) -> String {
    format!(
        "{}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age={}{}",
        guest_name(secure),
        token.reveal(),
        lasts_ms.max(0) / 1000,
        secured(secure)
    )
}

/// The token that a guest carries.
#[must_use]
pub fn guest_token(headers: &HeaderMap, secure: bool) -> Option<&str> {
    find(headers, guest_name(secure))
}

/// The cookie that holds for a minute what a plain form has come to, so that the page after it can say so once: of which
/// recording, to how many, and with which passcode.
pub fn told(id: RecordingId, sent: &Sent, secure: bool) -> String {
    let kept = form_urlencoded::Serializer::new(String::new())
        .append_pair("id", &id.to_string())
        .append_pair("receivers", &sent.receivers.to_string())
        .append_pair("passcode", sent.passcode.as_deref().unwrap_or_default())
        .finish();
    format!(
        "told={kept}; Path=/; HttpOnly; SameSite=Lax; Max-Age=60{}",
        secured(secure)
    )
}

/// What is to be said once of that recording.
pub fn read_told(headers: &HeaderMap, id: RecordingId) -> Option<Sent> {
    let kept = find(headers, "told")?;
    let word = |name: &str| {
        let mut pairs = form_urlencoded::parse(kept.as_bytes());
        pairs.find_map(|(known, value)| (known == name).then(|| value.into_owned()))
    };
    (word("id")? == id.to_string()).then_some(())?;
    Some(Sent {
        receivers: word("receivers")?.parse().ok()?,
        passcode: word("passcode").filter(|code| !code.is_empty()),
    })
}

/// The cookie that takes it away once it has been said.
pub fn no_told(secure: bool) -> String {
    format!("told=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0{}", secured(secure))
}

/// The cookie of a preference; none when there is no such preference or no such value of it.
pub fn preference(name: &str, value: &str, secure: bool) -> Option<String> {
    let known = match name {
        "locale" => Locale::from_str(value).is_ok(),
        "theme" => ["light", "dark", "system"].contains(&value),
        "density" => ["tight", "normal", "airy"].contains(&value),
        _ => false,
    };
    known.then(|| {
        format!(
            "{name}={value}; Path=/; HttpOnly; SameSite=Lax; Max-Age={YEAR_S}{}",
            secured(secure)
        )
    })
}

/// What the browser prefers. What nobody could have chosen here counts as not chosen.
#[must_use]
pub fn read_preferences(headers: &HeaderMap) -> Preferences {
    let chosen = |name: &str| {
        let value = find(headers, name)?;
        preference(name, value, false).is_some().then(|| value.to_owned())
    };
    Preferences {
        locale: chosen("locale"),
        theme: chosen("theme"),
        density: chosen("density"),
    }
}

/// The cookie that holds what was typed, by the names of the fields. Never a password.
pub fn typed(fields: &[(&str, &str)], secure: bool) -> String {
    let mut kept = String::new();
    for (name, value) in fields {
        let mut signs: Vec<char> = value.chars().take(TYPED).collect();
        loop {
            let more = form_urlencoded::Serializer::new(String::new())
                .append_pair(name, &signs.iter().collect::<String>())
                .finish();
            // Browsers throw away a cookie that is larger than 4 kB as a whole: rather than that, an end is lost.
            if kept.len() + more.len() < MOST {
                kept.push_str(if kept.is_empty() { "" } else { "&" });
                kept.push_str(&more);
                break;
            }
            if signs.is_empty() {
                break;
            }
            signs.truncate(signs.len() * 3 / 4);
        }
    }
    format!(
        "typed={}; Path=/; HttpOnly; SameSite=Lax; Max-Age=60{}",
        kept,
        secured(secure)
    )
}

/// What was typed into that field.
pub fn read_typed(headers: &HeaderMap, name: &str) -> Option<String> {
    let kept = find(headers, "typed")?;
    let mut fields = form_urlencoded::parse(kept.as_bytes());
    fields.find_map(|(known, value)| (known == name).then(|| value.into_owned()))
}

fn find<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    let pairs = headers
        .get_all(header::COOKIE)
        .into_iter()
        .filter_map(|line| line.to_str().ok());
    pairs
        .flat_map(|line| line.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find_map(|(known, value)| (known == name).then_some(value))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_be_chosen_is_believed() {
        let mut headers = HeaderMap::new();
        headers.insert(
            header::COOKIE,
            "theme=dark; locale=xx; density=airy\"onload".parse().unwrap(),
        );
        let read = read_preferences(&headers);
        assert_eq!(
            read,
            Preferences {
                locale: None,
                theme: Some("dark".into()),
                density: None
            }
        );
    }

    #[test]
    fn a_token_is_found_among_others() {
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, "a=1; __Host-session=abc".parse().unwrap());
        assert_eq!(session_token(&headers, true), Some("abc"));
        assert_eq!(session_token(&headers, false), None);
    }

    #[test]
    fn what_was_typed_comes_back_whatever_it_was() {
        let odd = "åsa; Path=/x, \"\r\n@hark.test";
        let cookie = typed(&[("company", "A & B"), ("email", odd)], false);
        let mut headers = HeaderMap::new();
        headers.append(header::COOKIE, cookie.split(';').next().unwrap().parse().unwrap());
        assert_eq!(read_typed(&headers, "email").as_deref(), Some(odd));
        assert_eq!(read_typed(&headers, "company").as_deref(), Some("A & B"));
        assert_eq!(read_typed(&headers, "password"), None);
        let long = typed(&[("email", "a@x"), ("message", &"ö".repeat(9_999))], true);
        headers.insert(header::COOKIE, long.split(';').next().unwrap().parse().unwrap());
        assert!(long.len() < 4_096 && read_typed(&headers, "message").unwrap().len() > 400);
    }
}
