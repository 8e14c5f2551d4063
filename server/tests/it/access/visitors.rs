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
    recording::Flag,
};

use super::judged;
use super::table::{
    Otherwise, Rule,
    Who::{
        self, Asa, Directory, Eva, Gone, Guest, Karin, Nisse, Off, OwesAgreement, OwesPassword, Pelle, Stranger, Switch,
    },
};
use crate::bulk::mark;
use crate::house::{Answer, FORM, House, MULTIPART, OPERATOR, PASSWORD, multipart, request};
use crate::sharing;

/// What this one carries, anew at each call.
pub async fn cookie(house: &House, who: Who) -> Option<String> {
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
    recording: RecordingId,
    person: i64,
    account: i64,
    letter: i64,
    upload: i64,
    external_id: String,
    digest: String,
    /// A view of Eva's own.
    view: i64,
    change: i64,
    /// A comment of Eva's own.
    comment: i64,
    /// A value that no recording has.
    outcome: i64,
    /// An evaluation that someone else has finished.
    evaluation: i64,
    /// A form that nobody is judged by.
    form: i64,
    /// A link of Eva's own, and what its receiver carries.
    share: i64,
    token: String,
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
        if rule.address.contains("/forms/") || rule.address.contains("-forms/") {
            let answer = house
                .call("/fn/forms/begin", Some(eva), FORM, "how=starter")
                .await
                .text();
            let (_, form) = answer.trim_matches('"').rsplit_once('/').unwrap();
            return Self {
                form: form.parse().unwrap(),
                ..Self::nothing(recording)
            };
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

/// What one says of a recording, and of the values it can have.
fn said_of(address: &str, thing: &Thing) -> (&'static str, String) {
    let (id, form) = (thing.recording, FORM);
    match address {
        "/fn/review/read" => ("application/json", format!(r#"{{"id":{id}}}"#)),
        "/fn/history/heard" => ("application/json", format!(r#"{{"id":{id},"ms":20}}"#)),
        "/fn/review/add-comment" => (form, format!("id={id}&at=&comment=Hej")),
        "/fn/review/change-comment" => (form, format!("id={}&at=&comment=Annat", thing.comment)),
        "/fn/review/remove-comment" => (form, format!("id={}", thing.comment)),
        "/fn/review/save-notes" => (
            form,
            format!(
                "id={id}&base={}&call_result=&customer_response=&flag=red&tag=",
                "%7B%22result%22%3Anull%2C%22response%22%3Anull%2C%22flag%22%3Anull%2C%22tags%22%3A%5B%5D%7D"
            ),
        ),
        "/fn/review/outcomes" => ("application/json", r#"{"kind":"call-result"}"#.to_owned()),
        "/fn/review/add-outcome" => (form, format!("kind=call-result&outcome=Ny{}", thing.account)),
        "/fn/review/name-outcome" => (form, format!("id={}&outcome=Namn{}", thing.outcome, thing.account)),
        "/fn/review/turn-outcome" => (form, format!("id={}&turn=retire", thing.outcome)),
        other => panic!("what is sent to {other}?"),
    }
}

/// What one does with a form.
fn sent_of_form(address: &str, form: i64) -> (&'static str, String) {
    let json = "application/json";
    match address {
        "/fn/forms/audience" => (FORM, format!("id={form}&revision=1&whose=all")),
        "/fn/forms/begin" => (FORM, "how=empty".to_owned()),
        "/fn/forms/fate" => (FORM, format!("id={form}&fate=delete")),
        "/fn/forms/import" => (
            MULTIPART,
            String::from_utf8(multipart("form.json", model::evaluation::STARTER_EN.as_bytes())).unwrap(),
        ),
        "/fn/forms/publish" => (FORM, format!("id={form}&revision=1")),
        "/fn/forms/put-in-place" => (FORM, format!("kept={form}&of=1")),
        "/fn/forms/read" => (json, format!(r#"{{"id":{form}}}"#)),
        "/fn/forms/save" => (
            json,
            format!(r#"{{"id":{form},"revision":1,"form":{{"title":"T","sections":[]}}}}"#),
        ),
        "/fn/forms/turn" => (
            MULTIPART,
            crate::forms::parts(&[
                ("id", &form.to_string()),
                ("revision", "1"),
                ("title", "T"),
                ("do", "add-section"),
            ]),
        ),
        "/fn/forms/versions" => (json, format!(r#"{{"id":{form},"version":null}}"#)),
        _ => (json, "{}".to_owned()),
    }
}

/// What one who is let in would send: its kind, and the thing itself.
fn sent(rule: &Rule, thing: &Thing) -> (&'static str, String) {
    let id = thing.recording;
    let form = FORM;
    match rule.address {
        address if address.starts_with("/fn/forms/") => sent_of_form(address, thing.form),
        address if address.starts_with("/fn/review/") || address == "/fn/history/heard" => said_of(address, thing),
        address if address.starts_with("/fn/evaluation/") => judged::sent(address, id, thing.evaluation),
        "/fn/recordings/page-before" => (
            "application/json",
            serde_json::json!({ "query": model::list::ListQuery::read([("after", "9~1"), ("period", "all")]) })
                .to_string(),
        ),
        "/fn/recordings/list" => (
            "application/json",
            serde_json::json!({ "query": model::list::ListQuery::default() }).to_string(),
        ),
        "/fn/sharing/close" => (form, format!("id={}", thing.share)),
        "/fn/sharing/heard" => ("application/json", format!(r#"{{"id":{id},"ms":20}}"#)),
        "/fn/sharing/look" => (form, format!("token={}", thing.token)),
        "/fn/sharing/send" => (
            form,
            format!("id={id}&receivers=gun%40kund.test&subject=Hej&message=&language=sv"),
        ),
        "/fn/recordings/detail" | "/fn/history/read" | "/fn/sharing/begin" | "/fn/sharing/links" => {
            ("application/json", format!(r#"{{"id":{id}}}"#))
        }
        "/fn/recordings/choices" | "/fn/sharing/opened" | "/fn/views/list" => ("application/json", "{}".to_owned()),
        "/fn/recordings/set-columns" => ("application/json", r#"{"columns":"date,user"}"#.to_owned()),
        "/fn/recordings/total" => (
            "application/json",
            serde_json::json!({ "filter": model::filter::Filter::default() }).to_string(),
        ),
        "/fn/configuration/set-hours" => (form, "from[0]=8&to[0]=17&own_days=".to_owned()),
        "/fn/views/name" => (form, format!("id={}&version=1&view=Annan", thing.view)),
        "/fn/views/remove" | "/fn/views/start" => (form, format!("id={}", thing.view)),
        "/fn/views/save" => (form, format!("view=Vy{}&query=%3Fperiod%3Dall", thing.account)),
        "/fn/views/update" => (form, format!("id={}&version=1&query=%3Fflag%3Dred", thing.view)),
        "/fn/recordings/mark" => (
            "application/json",
            serde_json::json!({ "selection": Selection::one(id), "deed": Deed::Flag(Some(Flag::Red)) }).to_string(),
        ),
        "/fn/recordings/carry-on" | "/fn/recordings/undo" => {
            ("application/json", format!(r#"{{"id":{}}}"#, thing.change))
        }
        "/fn/recordings/pack-progress" | "/fn/recordings/pack-stop" => {
            ("application/json", r#"{"ticket":"t-1"}"#.to_owned())
        }
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
    }
}

/// Comes with what one who is let in would send.
pub async fn knock(house: &House, rule: &Rule, who: Who, cookie: Option<&str>, thing: &Thing) -> Answer {
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
    let (kind, body) = sent(rule, thing);
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
