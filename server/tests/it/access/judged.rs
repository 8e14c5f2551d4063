//! What one sends about evaluations, and one of somebody else's to send it about.

use backend::account::{FirstPassword, NewAccount};
use model::{
    account::Role,
    evaluation::{Answers, Evaluations, Key, Value},
    id::RecordingId,
    imprint::imprint,
};

use crate::house::{FORM, House, OPERATOR, PASSWORD};

const JUDGE: &str = "judge@hark.test";

/// An evaluation that has been finished: it is whoever answers for the house who may remove it. Made when there is none.
pub async fn finished(house: &House, recording: RecordingId, eva: &str) -> i64 {
    let find = |read: &Evaluations| {
        let of_judge = read.finished.iter().find(|it| it.evaluator == JUDGE);
        of_judge.map(|it| it.id.0)
    };
    if let Some(there) = find(&read(house, eva, recording).await) {
        return there;
    }
    if house.backend().account_of(OPERATOR, JUDGE).await.unwrap().is_none() {
        let new = NewAccount {
            email: JUDGE.into(),
            password: FirstPassword::Own(PASSWORD.into()),
            role: Role::Super,
            departments: vec![],
            agreed: true,
        };
        house.backend().add_account(OPERATOR, new).await.unwrap();
    }
    let judge = house.sign_in(JUDGE).await;
    let sheet = read(house, &judge, recording).await.sheet.unwrap();
    let head = format!(
        "id={recording}&form={}&version={}&begin=on&then=done",
        sheet.by.form, sheet.by.version
    );
    let answers = sheet.form.questions().filter_map(|question| {
        let value = question.best()?.word('.');
        Some(format!("&answers[{}][value]={value}", question.key))
    });
    let fields = [head].into_iter().chain(answers).collect::<String>();
    house.call("/fn/evaluation/send", Some(&judge), FORM, fields).await;
    find(&read(house, &judge, recording).await).unwrap()
}

async fn read(house: &House, cookie: &str, recording: RecordingId) -> Evaluations {
    let asked = format!(r#"{{"id":{recording}}}"#);
    let read = house
        .call("/fn/evaluation/read", Some(cookie), "application/json", asked)
        .await;
    serde_json::from_slice(&read.body).unwrap()
}

/// What one who is let in would send.
pub fn sent(address: &str, id: RecordingId, evaluation: i64) -> (&'static str, String) {
    let json = "application/json";
    match address {
        "/fn/evaluation/to-answer" | "/fn/evaluation/to-finish" | "/fn/evaluation/to-read" => (json, "{}".to_owned()),
        "/fn/evaluation/read" | "/fn/evaluation/waiting" => (json, format!(r#"{{"id":{id}}}"#)),
        "/fn/evaluation/keep" => (
            json,
            format!(
                r#"{{"id":{id},"by":{{"form":1,"version":1}},"begin":true,"changes":{{"1":{{"value":{{"yes_no":true}}}}}}}}"#
            ),
        ),
        "/fn/evaluation/send" => (FORM, format!("id={id}&form=1&version=1&begin=on&answers[1][value]=no")),
        "/fn/evaluation/choose-form" => (FORM, format!("id={id}&form=1")),
        // What was sent before.
        "/fn/evaluation/discard" => {
            let answers: Answers = [(Key(1), Value::YesNo(false))].into_iter().collect();
            let seen = imprint(&serde_json::to_string(&answers).unwrap());
            (FORM, format!("id={id}&form=1&version=1&seen={seen}"))
        }
        "/fn/evaluation/move" => (FORM, format!("id={evaluation}&step=remove")),
        "/fn/evaluation/showing" => (FORM, String::new()),
        "/fn/evaluation/set-showing" => (FORM, "showing=at-once".to_owned()),
        other => panic!("what is sent to {other}?"),
    }
}
