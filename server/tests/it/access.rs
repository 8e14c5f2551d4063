//! Who may do what: every address, by hand, against everyone who may come.
//!
//! The table is checked both ways: an address that answers and is not in it fails, and so does one in it that no longer
//! answers. Out of scope and missing must be the same answer, byte for byte.

mod table;

use std::{
    collections::BTreeSet,
    sync::atomic::{AtomicU32, Ordering},
};

use axum::{
    body::Body,
    http::{Method, StatusCode, header},
};
use backend::{
    account::{FirstPassword, NewAccount},
    keys::KeyScope,
};
use model::{id::RecordingId, list::ListQuery, people::PersonForm};
use server::serve::addresses;

use self::table::{
    EVERYONE, Otherwise, Rule, TABLE,
    Who::{self, Asa, Directory, Eva, Gone, Karin, Nisse, Off, OwesAgreement, OwesPassword, Pelle, Stranger, Switch},
};
use crate::house::{Answer, FORM, House, MULTIPART, OPERATOR, PASSWORD, alaw, multipart, request};
/// The router writes a parameter in two ways, and calls everything `id`.
fn named(address: &str) -> String {
    let parts = address.split('/').map(|part| match part.strip_prefix(':') {
        Some(name) => format!("{{{name}}}"),
        None => part.to_owned(),
    });
    let joined = parts.collect::<Vec<_>>().join("/");
    let named = joined
        .replace("/people/import/{id}", "/people/import/{upload}")
        .replace("/people/{id}", "/people/{person}")
        .replace("/roles/{id}", "/roles/{account}");
    if named.len() > 1 {
        named.trim_end_matches('/').to_owned()
    } else {
        named
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
    let mut eva = house.sign_in("eva@hark.test").await;
    for who in EVERYONE {
        let mut own = cookie(&house, who).await;
        for rule in TABLE {
            let cookie = own.clone();
            let thing = Thing::new(&house, rule, id, &eva).await;
            let before = house.fixture.state().await;
            let answer = knock(&house, rule, who, cookie.as_deref(), &thing).await;
            let may = rule.may.contains(&who);
            let place = format!(
                "{who:?} {} {}: {} {} {}",
                rule.method,
                rule.address,
                answer.status,
                answer.header(header::LOCATION),
                start(&answer)
            );
            if may {
                assert!(allowed(rule, &answer), "should be let in: {place}");
            } else {
                assert!(denied(&answer, rule.otherwise, who), "should not be let in: {place}");
                assert_eq!(
                    before,
                    house.fixture.state().await,
                    "it has an effect all the same: {place}"
                );
            }
            // Some of the calls end what one came with.
            if may && rule.address.starts_with("/fn/account/") {
                own = self::cookie(&house, who).await;
                eva = house.sign_in("eva@hark.test").await;
            }
            if rule.address.contains("{id}") && !may {
                let thing = Thing {
                    recording: missing,
                    ..thing
                };
                let nothing = knock(&house, rule, who, cookie.as_deref(), &thing).await;
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
async fn an_unclaimed_instance_lets_nobody_do_anything() {
    let house = House::empty().await;
    for rule in TABLE {
        let thing = Thing::nothing(RecordingId(7));
        let before = house.fixture.state().await;
        let answer = knock(&house, rule, Stranger, None, &thing).await;
        let plain = !rule.address.contains(['{', '.']) && !rule.address.starts_with("/api/");
        let page = rule.method == Method::GET && plain && rule.address != "/healthz";
        let place = format!("{} {}: {} {}", rule.method, rule.address, answer.status, start(&answer));
        if rule.address == "/setup" {
            assert_eq!(answer.status, StatusCode::OK, "{place}");
        } else if page {
            assert_eq!(answer.header(header::LOCATION), "/setup", "{place}");
        } else if !rule.may.contains(&Stranger) {
            let absent = answer.status == StatusCode::NOT_FOUND || answer.header(header::LOCATION) == "/setup";
            assert!(absent || denied(&answer, rule.otherwise, Stranger), "{place}");
        }
        if !["/fn/account/forgot", "/fn/account/sign-in"].contains(&rule.address) {
            assert_eq!(before, house.fixture.state().await, "{place}");
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
async fn an_account_without_a_person_hears_nothing() {
    let house = House::with_people().await;
    house.recording("c-1", "a1", alaw()).await;
    let new = NewAccount {
        email: "ingen@hark.test".into(),
        password: FirstPassword::Own(PASSWORD.into()),
        role: model::account::Role::MyConsole,
        departments: vec![],
        agreed: true,
    };
    house.backend().add_account(OPERATOR, new).await.unwrap();
    let cookie = house.sign_in("ingen@hark.test").await;
    let page = house.list(&cookie, ListQuery::default()).await;
    assert_eq!((page.total, page.total_ms, page.rows.len()), (0, 0, 0));
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
    for number in 0..1_000 {
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
            OPERATOR,
            house.account("karin@hark.test").await,
            backend::account::NewRole {
                role: model::account::Role::MyConsole,
                departments: vec![],
            },
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
        .reset_password(OPERATOR, "a1@hark.test", "Vinter-2026!")
        .await
        .unwrap();
    assert_eq!(house.get(&path, Some(&pelle)).await.status, StatusCode::NOT_FOUND);
}

/// What this one carries, anew at each call.
async fn cookie(house: &House, who: Who) -> Option<String> {
    let email = match who {
        Stranger | Switch | Directory => return None,
        Gone | Pelle => "a1@hark.test",
        Off => "off@hark.test",
        OwesPassword => "owes-password@hark.test",
        OwesAgreement => "owes-agreement@hark.test",
        Asa => "a3@hark.test",
        Karin => "karin@hark.test",
        Nisse => "nisse@hark.test",
        Eva => "eva@hark.test",
    };
    if house.backend().account_of(OPERATOR, email).await.unwrap().is_none() {
        let password = if who == OwesPassword {
            FirstPassword::Given(PASSWORD.into())
        } else {
            FirstPassword::Own(PASSWORD.into())
        };
        let new = NewAccount {
            email: email.into(),
            password,
            role: model::account::Role::Super,
            departments: vec![],
            agreed: who != OwesAgreement,
        };
        house.backend().add_account(OPERATOR, new).await.unwrap();
    }
    let account = house.account(email).await;
    if who == Off {
        house.backend().set_active(OPERATOR, account, true).await.unwrap();
    }
    let cookie = house.sign_in(email).await;
    match who {
        Off => house.backend().set_active(OPERATOR, account, false).await.unwrap(),
        Gone => {
            house.call("/fn/account/sign-out", Some(&cookie), FORM, "").await;
        }
        _ => {}
    }
    Some(cookie)
}

/// What a call may be about: made anew each time, since some of the calls take it away.
struct Thing {
    recording: RecordingId,
    person: i64,
    account: i64,
    letter: i64,
    upload: i64,
    external_id: String,
    digest: String,
}

impl Thing {
    fn nothing(recording: RecordingId) -> Self {
        Self {
            recording,
            person: 7,
            account: 7,
            letter: 7,
            upload: 7,
            external_id: "x".into(),
            digest: String::new(),
        }
    }

    async fn new(house: &House, rule: &Rule, recording: RecordingId, eva: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let about = ["people", "roles", "mail"]
            .iter()
            .any(|room| rule.address.contains(room));
        if !about {
            return Self::nothing(recording);
        }
        let number = COUNT.fetch_add(1, Ordering::SeqCst);
        let (backend, external_id) = (house.backend(), format!("x{number}"));
        let machine = backend
            .machine(&house.key(KeyScope::People).await)
            .await
            .unwrap()
            .unwrap();
        let form = PersonForm {
            first_name: format!("Tilda {number}"),
            email: Some(format!("t{number}@hark.test")),
            ..PersonForm::default()
        };
        backend.provision(&machine, &external_id, form).await.unwrap();
        let person = backend.provisioned(&machine, &external_id).await.unwrap().unwrap();
        let new = NewAccount {
            email: format!("u{number}@hark.test"),
            password: FirstPassword::None,
            role: model::account::Role::MyConsole,
            departments: vec![],
            agreed: false,
        };
        let account = backend.add_account(OPERATOR, new).await.unwrap();
        let upload = house.upload(eva, "people.csv", b"first_name;extension\nPia;p1\n").await;
        let plan = house
            .call(
                "/fn/people/plan",
                Some(eva),
                "application/json",
                format!(r#"{{"id":{upload}}}"#),
            )
            .await;
        let plan: model::people::Import = serde_json::from_slice(&plan.body).unwrap();
        let outbox = backend
            .outbox(OPERATOR, &backend::mail::Way::Folder("x".into()))
            .await
            .unwrap();
        Self {
            recording,
            person: person.id.parse().unwrap(),
            account: account.0,
            letter: outbox.letters[0].id.0,
            upload,
            external_id,
            digest: plan.digest,
        }
    }
}

/// Comes with what one who is let in would send.
async fn knock(house: &House, rule: &Rule, who: Who, cookie: Option<&str>, thing: &Thing) -> Answer {
    let id = thing.recording;
    let path = rule
        .address
        .replace("{id}", &id.to_string())
        .replace("{person}", &thing.person.to_string())
        .replace("{account}", &thing.account.to_string())
        .replace("{upload}", &thing.upload.to_string())
        .replace("{external_id}", &thing.external_id)
        .replace("{*name}", "nothing.css")
        .replace("{token}", "nothing");
    let path = if path.ends_with("/peaks") {
        format!("{path}?from=0&to=900&n=10")
    } else {
        path
    };
    let form = FORM;
    let (kind, body) = match rule.address {
        "/fn/recordings/list" => (
            "application/json",
            r#"{"query":{"period":"today","after":null}}"#.to_owned(),
        ),
        "/fn/recordings/detail" => ("application/json", format!(r#"{{"id":{id}}}"#)),
        "/fn/account/sign-in" => (form, "email=nobody%40hark.test&password=wrong".to_owned()),
        "/fn/preferences/set" => (form, "name=theme&value=dark".to_owned()),
        "/fn/configuration/set-agreement" => (form, "agreement=".to_owned()),
        "/fn/configuration/set-restricted" => (form, "tag=on".to_owned()),
        "/fn/configuration/set-sign-in" => (form, "password=guide&invitation=link".to_owned()),
        "/fn/mail/send-again" => (form, format!("id={}", thing.letter)),
        "/fn/mail/test" => (form, "receiver=eva%40hark.test".to_owned()),
        "/fn/people/detail" => ("application/json", format!(r#"{{"id":{}}}"#, thing.person)),
        "/fn/people/import" => (form, format!("id={}&digest={}", thing.upload, thing.digest)),
        "/fn/people/leave" => (form, format!("id={}", thing.person)),
        "/fn/people/list" => (
            "application/json",
            r#"{"query":{"search":"","department":null,"skip":0}}"#.to_owned(),
        ),
        "/fn/people/plan" => ("application/json", format!(r#"{{"id":{}}}"#, thing.upload)),
        "/fn/people/save" => (
            form,
            "first_name=Ny&last_name=&email=&title=&extension=&numbers=&district=&department=&cost_center=&office="
                .to_owned(),
        ),
        "/fn/people/set-recording" => (form, format!("id={}&on=true", thing.person)),
        "/fn/people/set-role" => (form, format!("id={}&role=MyConsole", thing.person)),
        "/fn/people/upload" => (
            MULTIPART,
            String::from_utf8(multipart("people.csv", b"first_name\nPia\n")).unwrap(),
        ),
        "/fn/roles/add" => (form, format!("email=n{}%40hark.test&role=MyConsole", thing.account)),
        "/fn/roles/detail" => ("application/json", format!(r#"{{"id":{}}}"#, thing.account)),
        "/fn/roles/list" => (
            "application/json",
            r#"{"query":{"email":"","role":null,"status":null}}"#.to_owned(),
        ),
        "/fn/roles/invite" | "/fn/roles/remove" => (form, format!("id={}", thing.account)),
        "/fn/roles/set" => (form, format!("id={}&role=Super", thing.account)),
        "/fn/roles/turn" => (form, format!("id={}&on=false", thing.account)),
        "/api/v1/people/{external_id}" if rule.method == Method::PUT => {
            ("application/json", r#"{"first_name":"Tilda"}"#.to_owned())
        }
        "/fn/account/agree" => (form, "version=0&accepted=on".to_owned()),
        "/fn/account/change-password" | "/fn/account/owed-password" => {
            (form, "old_password=x&new_password=x&again=x".to_owned())
        }
        "/fn/account/end-session" => (form, "id=1".to_owned()),
        "/fn/account/forgot" => (form, "email=nobody%40hark.test".to_owned()),
        "/fn/account/link" => (form, "token=x".to_owned()),
        "/fn/account/redeem" => (form, "token=x&new_password=x&again=x".to_owned()),
        "/fn/setup/claim" => (form, "code=x&company=x&email=x%40x&password=xxxxxxxx".to_owned()),
        "/api/v1/recordings" => ("multipart/form-data; boundary=b", "--b--\r\n".to_owned()),
        _ => (form, String::new()),
    };
    let mut asked = request(rule.method.clone(), &path, cookie);
    // A switch may come to its own door as it is; at the others it does not even pass for a page.
    if rule.method != Method::GET && !(matches!(who, Switch | Directory) && rule.address.starts_with("/api/")) {
        asked = asked.header("sec-fetch-site", "same-origin");
    }
    if rule.method != Method::GET {
        asked = asked.header(header::CONTENT_TYPE, kind);
    }
    if let Switch | Directory = who {
        let scope = if who == Switch {
            KeyScope::Ingest
        } else {
            KeyScope::People
        };
        asked = asked.header(header::AUTHORIZATION, format!("Bearer {}", house.key(scope).await));
    }
    house.ask(asked.body(Body::from(body)).unwrap()).await
}

/// Let in: whatever the answer then says of what was sent. That there is no such session is such an answer.
fn allowed(rule: &Rule, answer: &Answer) -> bool {
    let text = answer.text();
    let sent_away = answer.status == StatusCode::SEE_OTHER && answer.header(header::LOCATION) != "/signin";
    let wrong = text.contains("WrongCredentials");
    let closed = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&answer.status) && !wrong;
    let absent = answer.status == StatusCode::NOT_FOUND
        && !["/fn/account/end-session", "/assets/{*name}"].contains(&rule.address);
    !sent_away && !closed && !absent && !text.contains("SignedOut") && !text.contains("Owes")
}

fn denied(answer: &Answer, otherwise: Otherwise, who: Who) -> bool {
    let sent_to =
        |address: &str| answer.status == StatusCode::SEE_OTHER && answer.header(header::LOCATION).starts_with(address);
    match (otherwise, who.owes()) {
        (Otherwise::Gate, _) if answer.header(header::LOCATION) == "/" => true,
        (Otherwise::Door | Otherwise::Gate, Some(step)) => sent_to(step),
        (Otherwise::Door, None) if who.is_stranger() => sent_to("/signin?next=/"),
        (Otherwise::Gate, None) if who.is_stranger() => sent_to("/signin"),
        (Otherwise::Gate, None) | (Otherwise::Never, _) => false,
        (Otherwise::SignedOut, Some(_)) => answer.status == StatusCode::FORBIDDEN && answer.text().contains("Owes"),
        (Otherwise::SignedOut, None) if who.is_stranger() => {
            answer.status == StatusCode::UNAUTHORIZED && answer.text().contains("SignedOut")
        }
        (Otherwise::Absent | Otherwise::Door | Otherwise::SignedOut, _) => answer.status == StatusCode::NOT_FOUND,
        (Otherwise::Key, _) => answer.status == StatusCode::UNAUTHORIZED,
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
