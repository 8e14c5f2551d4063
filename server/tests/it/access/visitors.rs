//! How each one comes, what they bring, and how one tells from the answer whether they were let in.

use std::sync::atomic::{AtomicU32, Ordering};

use axum::{
    body::Body,
    http::{Method, StatusCode, header},
};
use backend::{
    account::{FirstPassword, NewAccount},
    keys::KeyScope,
};
use model::{
    bulk::{Deed, Selection},
    id::RecordingId,
    people::PersonForm,
};

use super::table::{
    Otherwise, Rule,
    Who::{
        self, Asa, Directory, Eva, Gone, Guest, Karin, Nisse, Off, OwesAgreement, OwesPassword, Pelle, Stranger, Switch,
    },
};
use super::{judged, sent};
use crate::bulk::mark;
use crate::house::{Answer, FORM, House, OPERATOR, PASSWORD, request};
use crate::sharing;

/// What this one carries, anew at each call: a cookie, or the key of a machine.
pub async fn carried(house: &House, who: Who) -> Option<String> {
    if who == Switch {
        return Some(house.key(KeyScope::Ingest).await);
    }
    if who == Directory {
        return Some(house.key(KeyScope::People).await);
    }
    if who == Guest {
        let pelle = house.sign_in("a1@hark.test").await;
        let rows = house.list(&pelle, model::list::ListQuery::default()).await.rows;
        let path = link(house, &pelle, rows[0].id, "guest@kund.test").await;
        return Some(sharing::guest(house, &path).await);
    }
    let email = match who {
        Stranger | Guest | Switch | Directory => return None,
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

/// The path of a link that is sent to that address.
async fn link(house: &House, cookie: &str, recording: RecordingId, to: &str) -> String {
    // The very same within ten seconds is no second letter, and the clock is held.
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let subject = format!("Samtal {}", COUNT.fetch_add(1, Ordering::SeqCst));
    let more = [("receivers", to), ("subject", &*subject)];
    let (_, letters) = sharing::sent(house, cookie, recording, &more).await;
    sharing::path(letters.iter().find(|letter| letter.to == to).unwrap())
}

/// What a call may be about: made anew each time, since some of the calls take it away.
pub struct Thing {
    pub recording: RecordingId,
    pub person: i64,
    pub account: i64,
    pub letter: i64,
    pub upload: i64,
    pub external_id: String,
    pub digest: String,
    /// A view of Eva's own.
    pub view: i64,
    pub change: i64,
    /// A comment of Eva's own.
    pub comment: i64,
    /// A value that no recording has.
    pub outcome: i64,
    /// An evaluation that someone else has finished.
    pub evaluation: i64,
    /// A form that nobody is judged by.
    pub form: i64,
    /// A link of Eva's own, and what its receiver carries.
    pub share: i64,
    pub token: String,
}

impl Thing {
    pub fn nothing(recording: RecordingId) -> Self {
        Self {
            recording,
            person: 7,
            account: 7,
            letter: 7,
            upload: 7,
            external_id: "x".into(),
            digest: String::new(),
            view: 7,
            change: 7,
            comment: 7,
            outcome: 7,
            evaluation: 7,
            form: 7,
            share: 7,
            token: "nothing".into(),
        }
    }

    /// The same, about another recording.
    pub fn about(self, recording: RecordingId) -> Self {
        Self { recording, ..self }
    }

    /// Something that Eva has said, or a value that can be chosen.
    async fn said(house: &House, rule: &Rule, recording: RecordingId, eva: &str, number: u32) -> Self {
        if rule.address.ends_with("-comment") {
            let fields = format!("id={recording}&at=&comment=Evas");
            house.call("/fn/review/add-comment", Some(eva), FORM, fields).await;
            let asked = format!(r#"{{"id":{recording}}}"#);
            let read = house
                .call("/fn/review/read", Some(eva), "application/json", asked)
                .await;
            let review: model::review::Review = serde_json::from_slice(&read.body).unwrap();
            return Self {
                comment: review.comments.last().unwrap().id.0,
                ..Self::nothing(recording)
            };
        }
        if rule.address.ends_with("-outcome") {
            let fields = format!("kind=call-result&outcome=Evas{number}");
            house.call("/fn/review/add-outcome", Some(eva), FORM, fields).await;
            let asked = r#"{"kind":"call-result"}"#;
            let read = house
                .call("/fn/review/outcomes", Some(eva), "application/json", asked)
                .await;
            let values: Vec<model::review::Outcome> = serde_json::from_slice(&read.body).unwrap();
            return Self {
                account: i64::from(number),
                outcome: values.iter().map(|value| value.id.0).max().unwrap(),
                ..Self::nothing(recording)
            };
        }
        Self::nothing(recording)
    }

    /// A link that Eva has sent.
    async fn shared(house: &House, recording: RecordingId, eva: &str, number: u32) -> Self {
        let path = link(house, eva, recording, &format!("k{number}@kund.test")).await;
        Self {
            share: sharing::links(house, eva, recording).await[0].id.0,
            token: path.rsplit('/').next().unwrap().to_owned(),
            ..Self::nothing(recording)
        }
    }

    /// A form that is begun.
    async fn form(house: &House, rule: &Rule, recording: RecordingId, eva: &str) -> Self {
        let begun = house
            .call("/fn/forms/begin", Some(eva), FORM, "how=starter")
            .await
            .text();
        let (_, form) = begun.trim_matches('"').rsplit_once('/').unwrap();
        // There is a version to go back to.
        if rule.address == "/fn/forms/restore" {
            let fields = format!("id={form}&revision=1");
            house.call("/fn/forms/publish", Some(eva), FORM, fields).await;
        }
        Self {
            form: form.parse().unwrap(),
            ..Self::nothing(recording)
        }
    }

    pub async fn new(house: &House, rule: &Rule, recording: RecordingId, eva: &str) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        if rule.address.starts_with("/fn/views/") {
            let number = COUNT.fetch_add(1, Ordering::SeqCst);
            let fields = format!("view=Evas{number}&query=");
            let saved = house.call("/fn/views/save", Some(eva), FORM, fields).await.text();
            let (_, view) = saved.trim_matches('"').rsplit_once("view=").unwrap();
            return Self {
                account: i64::from(number),
                view: view.parse().unwrap(),
                ..Self::nothing(recording)
            };
        }
        if rule.address == "/fn/evaluation/move" {
            return Self {
                evaluation: judged::finished(house, recording, eva).await,
                ..Self::nothing(recording)
            };
        }
        // There is room for so many forms only: none is made for what is about no one of them.
        let of_a_form = rule.address.contains("/forms/") || rule.address.contains("-forms/{form}");
        if of_a_form && !["/fn/forms/begin", "/fn/forms/import", "/fn/forms/list"].contains(&rule.address) {
            return Self::form(house, rule, recording, eva).await;
        }
        if ["/shared/{token}", "/fn/sharing/close", "/fn/sharing/look"].contains(&rule.address) {
            return Self::shared(house, recording, eva, COUNT.fetch_add(1, Ordering::SeqCst)).await;
        }
        if rule.address.starts_with("/fn/review/") {
            return Self::said(house, rule, recording, eva, COUNT.fetch_add(1, Ordering::SeqCst)).await;
        }
        if ["/fn/recordings/carry-on", "/fn/recordings/undo"].contains(&rule.address) {
            let deed = Deed::Tag(Some("Evas".into()));
            let begun = mark(house, eva, &Selection::one(recording), &deed).await;
            return Self {
                change: begun.id.0,
                ..Self::nothing(recording)
            };
        }
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
            ..Self::nothing(recording)
        }
    }
}

/// Comes with what one who is let in would send.
pub async fn knock(house: &House, rule: &Rule, who: Who, carried: Option<&str>, thing: &Thing) -> Answer {
    let id = thing.recording;
    let path = rule
        .address
        .replace("{id}", &id.to_string())
        .replace("{person}", &thing.person.to_string())
        .replace("{account}", &thing.account.to_string())
        .replace("{form}", &thing.form.to_string())
        .replace("{upload}", &thing.upload.to_string())
        .replace("{external_id}", &thing.external_id)
        .replace("{*name}", "nothing.css")
        .replace("{token}", &thing.token);
    let path = match rule.address {
        "/media/{id}/peaks" => format!("{path}?from=0&to=900&n=10"),
        "/recordings.csv" | "/recordings.xlsx" | "/recordings.zip" => format!("{path}?id={id}"),
        _ => path,
    };
    let (kind, body) = sent::sent(rule, thing);
    let key = carried.filter(|_| matches!(who, Switch | Directory));
    let mut asked = request(rule.method.clone(), &path, carried.filter(|_| key.is_none()));
    // A switch may come to its own door as it is; at the others it does not even pass for a page.
    if rule.method != Method::GET && !(key.is_some() && rule.address.starts_with("/api/")) {
        asked = asked.header("sec-fetch-site", "same-origin");
    }
    if rule.method != Method::GET {
        asked = asked.header(header::CONTENT_TYPE, kind);
    }
    if let Some(key) = key {
        asked = asked.header(header::AUTHORIZATION, format!("Bearer {key}"));
    }
    house.ask(asked.body(Body::from(body)).unwrap()).await
}

/// Let in: whatever the answer then says of what was sent. That there is no such session is such an answer.
pub fn allowed(rule: &Rule, answer: &Answer) -> bool {
    let text = answer.text();
    let home = if rule.address == "/shared/{token}" {
        "/shared"
    } else {
        "/signin"
    };
    let sent_away = answer.status == StatusCode::SEE_OTHER && answer.header(header::LOCATION) != home;
    let wrong = text.contains("WrongCredentials");
    let closed = [StatusCode::UNAUTHORIZED, StatusCode::FORBIDDEN].contains(&answer.status) && !wrong;
    let absent = answer.status == StatusCode::NOT_FOUND
        && !["/fn/account/end-session", "/assets/{*name}"].contains(&rule.address);
    !sent_away && !closed && !absent && !text.contains("SignedOut") && !text.contains("Owes")
}

pub fn denied(answer: &Answer, otherwise: Otherwise, who: Who) -> bool {
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
        (Otherwise::Dead, _) => answer.status == StatusCode::GONE,
    }
}

/// The answer without what every page says anew: the asked id and this answer's nonce.
pub fn without_id(answer: &Answer, id: RecordingId) -> String {
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

pub fn start(answer: &Answer) -> String {
    answer.text().chars().take(200).collect()
}
