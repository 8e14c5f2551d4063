//! What one who is let in would send, to each address.

use axum::http::Method;
use model::{
    bulk::{Deed, Selection},
    recording::Flag,
};

use super::{judged, table::Rule, visitors::Thing};
use crate::house::{FORM, MULTIPART, multipart};

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
        "/fn/forms/move" => (FORM, format!("id={form}&way=up")),
        "/fn/forms/publish" => (FORM, format!("id={form}&revision=1")),
        "/fn/forms/put-in-place" => (FORM, format!("kept={form}&of=1&revision=1")),
        "/fn/forms/read" => (json, format!(r#"{{"id":{form}}}"#)),
        "/fn/forms/restore" => (FORM, format!("id={form}&revision=1&version=1")),
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

/// What is sent about a view.
fn of_view(address: &str, thing: &Thing) -> (&'static str, String) {
    let fields = match address {
        "/fn/views/name" => format!("id={}&version=1&view=Annan", thing.view),
        "/fn/views/save" => format!("view=Vy{}&query=%3Fperiod%3Dall", thing.account),
        "/fn/views/update" => format!("id={}&version=1&query=%3Fflag%3Dred", thing.view),
        "/fn/views/list" => return ("application/json", "{}".to_owned()),
        _ => format!("id={}", thing.view),
    };
    (FORM, fields)
}

/// What one who is let in would send: its kind, and the thing itself.
pub fn sent(rule: &Rule, thing: &Thing) -> (&'static str, String) {
    let id = thing.recording;
    let form = FORM;
    match rule.address {
        address if address.starts_with("/fn/forms/") => sent_of_form(address, thing.form),
        address if address.starts_with("/fn/review/") || address == "/fn/history/heard" => said_of(address, thing),
        address if address.starts_with("/fn/views/") => of_view(address, thing),
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
        "/fn/recordings/detail"
        | "/fn/recordings/row"
        | "/fn/history/read"
        | "/fn/sharing/begin"
        | "/fn/sharing/links" => ("application/json", format!(r#"{{"id":{id}}}"#)),
        "/fn/recordings/choices" | "/fn/recordings/done" | "/fn/sharing/opened" => {
            ("application/json", "{}".to_owned())
        }
        "/fn/recordings/set-columns" => ("application/json", r#"{"columns":"date,user"}"#.to_owned()),
        "/fn/recordings/total" => (
            "application/json",
            serde_json::json!({ "filter": model::filter::Filter::default() }).to_string(),
        ),
        "/fn/configuration/set-hours" => (form, "from[0]=8&to[0]=17&own_days=".to_owned()),
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
        "/fn/configuration/set-own" => (form, "comment=on&tag=on&download=on&share=on".to_owned()),
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
