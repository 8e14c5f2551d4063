//! Who may do what: every address, by hand, against everyone who may come.
//!
//! The table is checked both ways: an address that answers and is not in it fails, and so does one in it that no longer
//! answers. Out of scope and missing must be the same answer, byte for byte.

use std::collections::BTreeSet;

use axum::{
    body::Body,
    http::{Method, StatusCode, header},
};
use model::{id::RecordingId, list::ListQuery};
use server::serve::addresses;

use crate::house::{Answer, House, alaw, request};

/// Everyone who may come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Who {
    /// Nobody is signed in.
    Stranger,
    /// Hears own calls; the recording is Pelle's.
    Pelle,
    /// Hears own calls, and is in another department.
    Asa,
    /// Hears Pelle's department.
    Karin,
    /// Hears no department.
    Nisse,
    /// Hears everything.
    Eva,
    /// A switch with a key.
    Switch,
}

use Who::{Asa, Eva, Karin, Nisse, Pelle, Stranger, Switch};

const EVERYONE: [Who; 7] = [Stranger, Pelle, Asa, Karin, Nisse, Eva, Switch];
const SIGNED_IN: &[Who] = &[Pelle, Asa, Karin, Nisse, Eva];
const HEARS_PELLE: &[Who] = &[Pelle, Karin, Eva];

/// What one meets who may not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Otherwise {
    /// Everyone may.
    Never,
    /// It is as if it were not there.
    Absent,
    /// A stranger is sent to sign in; others find nothing there.
    Door,
    /// A function says to a stranger that nobody is signed in; others find nothing.
    SignedOut,
    /// A key is asked for.
    Key,
}

struct Rule {
    method: Method,
    address: &'static str,
    may: &'static [Who],
    otherwise: Otherwise,
}

const fn rule(method: Method, address: &'static str, may: &'static [Who], otherwise: Otherwise) -> Rule {
    Rule {
        method,
        address,
        may,
        otherwise,
    }
}

/// The table. `{id}` is a recording of Pelle's.
const TABLE: &[Rule] = &[
    rule(Method::GET, "/", SIGNED_IN, Otherwise::Door),
    rule(Method::GET, "/help", SIGNED_IN, Otherwise::Door),
    rule(Method::GET, "/recordings", SIGNED_IN, Otherwise::Door),
    rule(Method::GET, "/recordings/{id}", HEARS_PELLE, Otherwise::Door),
    rule(Method::GET, "/signin", &EVERYONE, Otherwise::Never),
    rule(Method::GET, "/setup", &EVERYONE, Otherwise::Never),
    rule(Method::GET, "/media/{id}", HEARS_PELLE, Otherwise::Absent),
    rule(Method::GET, "/media/{id}/download", HEARS_PELLE, Otherwise::Absent),
    rule(Method::GET, "/media/{id}/peaks", HEARS_PELLE, Otherwise::Absent),
    rule(Method::GET, "/assets/{*name}", &EVERYONE, Otherwise::Never),
    rule(Method::GET, "/robots.txt", &EVERYONE, Otherwise::Never),
    rule(Method::GET, "/healthz", &EVERYONE, Otherwise::Never),
    rule(Method::POST, "/api/v1/recordings", &[Switch], Otherwise::Key),
    rule(Method::POST, "/fn/account/me", &EVERYONE, Otherwise::Never),
    rule(Method::POST, "/fn/account/sign-in", &EVERYONE, Otherwise::Never),
    rule(Method::POST, "/fn/account/sign-out", SIGNED_IN, Otherwise::SignedOut),
    rule(Method::POST, "/fn/preferences/set", &EVERYONE, Otherwise::Never),
    rule(Method::POST, "/fn/recordings/detail", HEARS_PELLE, Otherwise::SignedOut),
    rule(Method::POST, "/fn/recordings/list", SIGNED_IN, Otherwise::SignedOut),
    rule(Method::POST, "/fn/setup/claim", &EVERYONE, Otherwise::Never),
];

/// The router writes a parameter in two ways.
fn named(address: &str) -> String {
    let parts = address
        .split('/')
        .map(|part| if part.starts_with(':') { "{id}" } else { part });
    let joined = parts.collect::<Vec<_>>().join("/");
    if joined.len() > 1 {
        joined.trim_end_matches('/').to_owned()
    } else {
        joined
    }
}

#[tokio::test]
async fn every_address_is_in_the_table() {
    let answering: BTreeSet<String> = addresses()
        .into_iter()
        .map(|(method, path)| format!("{method} {}", named(&path)))
        .collect();
    let listed: BTreeSet<String> = TABLE
        .iter()
        .map(|rule| format!("{} {}", rule.method, rule.address))
        .collect();
    assert_eq!(answering, listed, "left: what answers; right: what the table says");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn everyone_may_what_the_table_says() {
    let house = House::with_people().await;
    let id = house.recording("c-1", "a1", alaw()).await;
    let missing = RecordingId(id.0 + 1);
    for who in EVERYONE {
        let own = cookie(&house, who).await;
        for rule in TABLE {
            // Signing out would end the session that the next rule needs.
            let cookie = if rule.address.ends_with("sign-out") {
                cookie(&house, who).await
            } else {
                own.clone()
            };
            let answer = knock(&house, rule, who, cookie.as_deref(), id).await;
            let may = rule.may.contains(&who);
            let place = format!(
                "{who:?} {} {}: {} {}",
                rule.method,
                rule.address,
                answer.status,
                start(&answer)
            );
            if may {
                assert!(allowed(&answer), "should be let in: {place}");
            } else {
                assert!(denied(&answer, rule.otherwise, who), "should not be let in: {place}");
            }
            if rule.address.contains("{id}") && !may {
                let nothing = knock(&house, rule, who, cookie.as_deref(), missing).await;
                assert_eq!(answer.status, nothing.status, "{place}");
                assert_eq!(
                    without_id(&answer, id),
                    without_id(&nothing, missing),
                    "out of scope differs from missing: {place}"
                );
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn rows_sums_and_single_recordings_stay_within_scope() {
    let house = House::with_people().await;
    let (pelles, lisas, asas) = (
        house.recording("c-1", "a1", alaw()).await,
        house.recording("c-2", "a2", alaw()).await,
        house.recording("c-3", "a3", alaw()).await,
    );
    let unknown = house.recording("c-4", "a9", alaw()).await;
    for (email, hears) in [
        ("a1@hark.test", vec![pelles]),
        ("a3@hark.test", vec![asas]),
        ("karin@hark.test", vec![pelles, lisas]),
        ("nisse@hark.test", vec![]),
        ("eva@hark.test", vec![pelles, lisas, asas, unknown]),
    ] {
        let cookie = house.sign_in(email).await;
        let page = house.list(&cookie, ListQuery::default()).await;
        let mut rows: Vec<RecordingId> = page.rows.iter().map(|row| row.id).collect();
        rows.sort();
        let mut heard = hears.clone();
        heard.sort();
        assert_eq!(rows, heard, "{email}");
        assert_eq!(
            (page.total, page.total_ms),
            (hears.len() as u64, 2_000 * hears.len() as i64),
            "{email}"
        );
        for id in [pelles, lisas, asas, unknown] {
            let body = format!(r#"{{"id":{id}}}"#);
            let answer = house
                .call("/fn/recordings/detail", Some(&cookie), "application/json", body)
                .await;
            let found = serde_json::from_slice::<model::recording::RecordingDetail>(&answer.body).ok();
            assert_eq!(
                found.map(|found| found.row.id),
                hears.contains(&id).then_some(id),
                "{email} {id}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn foreign_recordings_change_nothing_that_one_reads() {
    let house = House::with_people().await;
    house.recording("c-1", "a1", alaw()).await;
    let cookie = house.sign_in("a1@hark.test").await;
    let read = async || {
        let list = house
            .call(
                "/fn/recordings/list",
                Some(&cookie),
                "application/json",
                r#"{"query":{"period":"all","after":null}}"#,
            )
            .await;
        list.body
    };
    let before = read().await;
    for number in 0..50 {
        house.recording(&format!("f-{number}"), "a3", alaw()).await;
    }
    assert_eq!(before, read().await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_grant_dies_with_what_it_rested_on() {
    let house = House::with_people().await;
    let id = house.recording("c-1", "a1", alaw()).await;
    let path = format!("/media/{id}");
    let karin = house.sign_in("karin@hark.test").await;
    assert_eq!(house.get(&path, Some(&karin)).await.status, StatusCode::OK);
    house
        .backend()
        .set_role(
            crate::house::OPERATOR,
            "karin@hark.test",
            model::account::Role::MyConsole,
            &[],
        )
        .await
        .unwrap();
    assert_eq!(house.get(&path, Some(&karin)).await.status, StatusCode::NOT_FOUND);
    let eva = house.sign_in("eva@hark.test").await;
    assert_eq!(house.get(&path, Some(&eva)).await.status, StatusCode::OK);
    house
        .call(
            "/fn/account/sign-out",
            Some(&eva),
            "application/x-www-form-urlencoded",
            "",
        )
        .await;
    assert_eq!(house.get(&path, Some(&eva)).await.status, StatusCode::NOT_FOUND);
    // Another process on the same folder changes what someone may: the grants of this one die too.
    let pelle = house.sign_in("a1@hark.test").await;
    assert_eq!(house.get(&path, Some(&pelle)).await.status, StatusCode::OK);
    let other = backend::Backend::open(
        house.fixture.folder.path(),
        &house.fixture.database_url,
        house.fixture.clock.clone(),
        std::sync::Arc::new(backend::SystemChance),
    );
    other
        .await
        .unwrap()
        .reset_password(crate::house::OPERATOR, "a1@hark.test", "Vinter-2026!")
        .await
        .unwrap();
    assert_eq!(house.get(&path, Some(&pelle)).await.status, StatusCode::NOT_FOUND);
}

async fn cookie(house: &House, who: Who) -> Option<String> {
    let email = match who {
        Stranger | Switch => return None,
        Pelle => "a1@hark.test",
        Asa => "a3@hark.test",
        Karin => "karin@hark.test",
        Nisse => "nisse@hark.test",
        Eva => "eva@hark.test",
    };
    Some(house.sign_in(email).await)
}

/// Comes with what one who is let in would send.
async fn knock(house: &House, rule: &Rule, who: Who, cookie: Option<&str>, id: RecordingId) -> Answer {
    let path = rule
        .address
        .replace("{id}", &id.to_string())
        .replace("{*name}", "nothing.css");
    let path = if path.ends_with("/peaks") {
        format!("{path}?from=0&to=900&n=10")
    } else {
        path
    };
    let form = "application/x-www-form-urlencoded";
    let (kind, body) = match rule.address {
        "/fn/recordings/list" => (
            "application/json",
            r#"{"query":{"period":"today","after":null}}"#.to_owned(),
        ),
        "/fn/recordings/detail" => ("application/json", format!(r#"{{"id":{id}}}"#)),
        "/fn/account/sign-in" => (form, "email=nobody%40hark.test&password=wrong".to_owned()),
        "/fn/preferences/set" => (form, "name=theme&value=dark".to_owned()),
        "/fn/setup/claim" => (form, "code=x&company=x&email=x%40x&password=xxxxxxxx".to_owned()),
        "/api/v1/recordings" => ("multipart/form-data; boundary=b", "--b--\r\n".to_owned()),
        _ => (form, String::new()),
    };
    let mut asked = request(rule.method.clone(), &path, cookie);
    // A switch may come to its own door as it is; at the others it does not even pass for a page.
    if rule.method == Method::POST && !(who == Switch && rule.address.starts_with("/api/")) {
        asked = asked.header("sec-fetch-site", "same-origin");
    }
    if rule.method == Method::POST {
        asked = asked.header(header::CONTENT_TYPE, kind);
    }
    if who == Switch {
        asked = asked.header(header::AUTHORIZATION, format!("Bearer {}", house.key().await));
    }
    house.ask(asked.body(Body::from(body)).unwrap()).await
}

/// Let in: whatever the answer then says of what was sent.
fn allowed(answer: &Answer) -> bool {
    let sent_away = answer.status == StatusCode::SEE_OTHER && answer.header(header::LOCATION).starts_with("/signin");
    let wrong_password = answer.text().contains("WrongCredentials");
    let closed = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&answer.status) && !wrong_password;
    let absent = answer.status == StatusCode::NOT_FOUND && !answer.body.is_empty();
    !sent_away && !closed && !absent && !answer.text().contains("SignedOut")
}

fn denied(answer: &Answer, otherwise: Otherwise, who: Who) -> bool {
    let stranger = matches!(who, Stranger | Switch);
    match otherwise {
        Otherwise::Never => false,
        Otherwise::Door if stranger => {
            answer.status == StatusCode::SEE_OTHER && answer.header(header::LOCATION).starts_with("/signin?next=/")
        }
        Otherwise::SignedOut if stranger => {
            answer.status == StatusCode::UNAUTHORIZED && answer.text().contains("SignedOut")
        }
        Otherwise::Absent | Otherwise::Door | Otherwise::SignedOut => answer.status == StatusCode::NOT_FOUND,
        Otherwise::Key => answer.status == StatusCode::UNAUTHORIZED,
    }
}

/// The answer without what every page says anew: the asked id and this answer's nonce.
fn without_id(answer: &Answer, id: RecordingId) -> String {
    let text = answer.text().replace(&id.to_string(), "{id}");
    let nonce = answer
        .header(header::CONTENT_SECURITY_POLICY)
        .split("'nonce-")
        .nth(1)
        .and_then(|rest| rest.split('\'').next());
    let location = answer.header(header::LOCATION).replace(&id.to_string(), "{id}");
    format!(
        "{location}\n{}",
        nonce.map_or(text.clone(), |nonce| text.replace(nonce, "{nonce}"))
    )
}

fn start(answer: &Answer) -> String {
    answer.text().chars().take(200).collect()
}
