//! Judging a call: the draft that is kept, what it comes to, who sees it, and what the judged person says to it.

mod draft;
mod exchange;
mod left;
mod listed;
mod revised;
mod rights;
mod scored;
mod sheet;
mod told;

use axum::http::{StatusCode, header};
use model::{
    account::Rights,
    evaluation::{
        Answers, By, Evaluation, Evaluations, Key, Move, Question, Sent, Sheet, State, Tenths, ToAnswer, ToFinish,
        ToRead, Value, Waiting,
    },
    history::{EvaluationDeed, What},
    id::RecordingId,
    imprint::imprint,
    list::ListQuery,
    problem::{Field, Invalid, Problem},
};
use serde_json::{Value as Json, json};

use crate::{
    house::{Answer, FORM, House, OPERATOR, URL, form, post},
    review::{Calls, history, what},
};

const JSON: &str = "application/json";

async fn read(house: &House, cookie: &str, id: RecordingId) -> Evaluations {
    let answer = house
        .call(
            "/fn/evaluation/read",
            Some(cookie),
            JSON,
            json!({ "id": id }).to_string(),
        )
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    serde_json::from_slice(&answer.body).unwrap()
}

/// Sends a form of the part where one evaluates in vain, on a page on which nothing wakes: the page that comes back.
async fn sent_back(house: &House, cookie: &str, id: RecordingId, deed: &str, fields: String) -> String {
    let mut asked = post(&format!("/fn/evaluation/{deed}"), Some(cookie), FORM, fields);
    let back = format!("{URL}/recordings/{id}?period=all&part=evaluate");
    asked.headers_mut().insert(header::ACCEPT, "text/html".parse().unwrap());
    asked.headers_mut().insert(header::REFERER, back.parse().unwrap());
    let refused = house.ask(asked).await;
    assert_eq!(refused.status, StatusCode::FOUND, "{}", refused.text());
    let again = refused.header(header::LOCATION).trim_start_matches(URL).to_owned();
    let cookies = format!("{cookie}; {}", refused.cookie("typed"));
    house.get(&again, Some(&cookies)).await.text()
}

async fn waits(house: &House, cookie: &str, id: RecordingId) -> Option<Waiting> {
    let asked = json!({ "id": id }).to_string();
    let answer = house.call("/fn/evaluation/waiting", Some(cookie), JSON, asked).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    serde_json::from_slice(&answer.body).unwrap()
}

async fn to_read(house: &House, cookie: &str) -> Option<Vec<ToRead>> {
    let answer = house.call("/fn/evaluation/to-read", Some(cookie), JSON, "{}").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    serde_json::from_slice(&answer.body).unwrap()
}

async fn to_answer(house: &House, cookie: &str) -> Option<Vec<ToAnswer>> {
    let answer = house.call("/fn/evaluation/to-answer", Some(cookie), JSON, "{}").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    serde_json::from_slice(&answer.body).unwrap()
}

/// The call's page, open at its evaluations, as it is without scripts.
async fn page(house: &House, cookie: &str, id: RecordingId, part: &str) -> String {
    let path = format!("/recordings/{id}?period=all&part={part}");
    let answer = house.get(&path, Some(cookie)).await;
    assert_eq!(answer.status, StatusCode::OK);
    answer.text()
}

/// Lets coaches judge, or no longer.
async fn let_restricted_evaluate(house: &House, evaluate: bool) {
    let may = Rights {
        evaluate,
        ..Rights::default()
    };
    house.backend().set_restricted_rights(OPERATOR, may).await.unwrap();
}

/// Changes the answer to the critical question, and finishes.
async fn revise(house: &House, cookie: &str, id: RecordingId, it: &Evaluation, right: bool) {
    moved(house, cookie, it, Move::Revise, "").await;
    let fatal = it.form.questions().find(|question| question.critical).unwrap().key;
    let answer: Answers = [(fatal, Value::YesNo(right))].into_iter().collect();
    let kept = keep_in(house, cookie, id, it, answer).await;
    assert_eq!(kept.status, StatusCode::OK, "{}", kept.text());
    assert!(sent(&finish_in(house, cookie, id, it).await).finished);
}

/// Keeps what takes the place of something finished.
async fn keep_in(house: &House, cookie: &str, id: RecordingId, it: &Evaluation, changes: Answers) -> Answer {
    let by = json!({ "form": 1, "version": 1, "revises": it.id });
    let body = json!({ "id": id, "by": by, "begin": false, "changes": changes }).to_string();
    house.call("/fn/evaluation/keep", Some(cookie), JSON, body).await
}

/// Puts what was kept in its place.
async fn finish_in(house: &House, cookie: &str, id: RecordingId, it: &Evaluation) -> Answer {
    let fields = format!("id={id}&form=1&version=1&revises={}&then=done", it.id);
    house.call("/fn/evaluation/send", Some(cookie), FORM, fields).await
}

async fn keep(house: &House, cookie: &str, id: RecordingId, changes: Answers) -> Answer {
    kept(house, cookie, id, json!(changes), true).await
}

async fn kept(house: &House, cookie: &str, id: RecordingId, changes: Json, begin: bool) -> Answer {
    let by = json!({ "form": 1, "version": 1 });
    let body = json!({ "id": id, "by": by, "begin": begin, "changes": changes }).to_string();
    house.call("/fn/evaluation/keep", Some(cookie), JSON, body).await
}

/// Sends the whole form as a browser does.
async fn evaluate(house: &House, cookie: &str, id: RecordingId, answers: &[(Key, &str)], then: &str) -> Answer {
    let head = format!("id={id}&form=1&version=1&begin=on&then={then}");
    let answers = answers
        .iter()
        .map(|(key, value)| format!("&answers[{key}][value]={value}"));
    let fields = [head].into_iter().chain(answers).collect::<String>();
    house.call("/fn/evaluation/send", Some(cookie), FORM, fields).await
}

/// Throws away a sheet as it was seen.
async fn throw(house: &House, cookie: &str, id: RecordingId, sheet: &Sheet) -> Answer {
    let By { form, version, revises } = sheet.by;
    let seen = imprint(&serde_json::to_string(&sheet.answers).unwrap());
    let revises = revises.map(|it| format!("&revises={it}")).unwrap_or_default();
    let fields = format!("id={id}&form={form}&version={version}{revises}&seen={seen}");
    house.call("/fn/evaluation/discard", Some(cookie), FORM, fields).await
}

/// Throws away what one writes, as it is there now.
async fn throw_away(house: &House, cookie: &str, id: RecordingId) -> Answer {
    let sheet = read(house, cookie, id).await.sheet.unwrap();
    throw(house, cookie, id, &sheet).await
}

async fn step(house: &House, cookie: &str, it: &Evaluation, step: Move, reply: &str) -> Answer {
    let fields = form(&[("id", &it.id.to_string()), ("step", step.name()), ("reply", reply)]);
    house.call("/fn/evaluation/move", Some(cookie), FORM, fields).await
}

pub async fn moved(house: &House, cookie: &str, it: &Evaluation, this: Move, reply: &str) {
    let answer = step(house, cookie, it, this, reply).await;
    assert_eq!(answer.status, StatusCode::OK, "{this:?}: {}", answer.text());
}

fn problem(answer: &Answer) -> Problem {
    serde_json::from_slice(&answer.body).unwrap_or_else(|_| panic!("{}", answer.text()))
}

/// The best answer to every question that has one, but for those with another.
fn answers(questions: &[Question], others: &[(Key, Value)]) -> Answers {
    let best = questions.iter().filter_map(|question| {
        let other = others.iter().find(|(key, _)| *key == question.key);
        let value = other.map(|(_, value)| value.clone()).or_else(|| question.best())?;
        Some((question.key, value))
    });
    best.collect()
}

async fn questions(house: &House, cookie: &str, id: RecordingId) -> Vec<Question> {
    let read = read(house, cookie, id).await;
    read.sheet.unwrap().form.questions().cloned().collect()
}

/// Evaluates with the best answers, but for these.
pub async fn finish(house: &House, cookie: &str, id: RecordingId, others: &[(Key, Value)]) -> Evaluation {
    let questions = questions(house, cookie, id).await;
    let told = keep(house, cookie, id, answers(&questions, others)).await;
    assert_eq!(told.status, StatusCode::OK, "{}", told.text());
    let done = evaluate(house, cookie, id, &[], "done").await;
    assert!(sent(&done).finished);
    let mut read = read(house, cookie, id).await;
    assert!(read.sheet.is_none(), "it is finished");
    read.finished.remove(0)
}

fn sent(answer: &Answer) -> Sent {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    serde_json::from_slice(&answer.body).unwrap()
}

fn critical(questions: &[Question]) -> Key {
    questions.iter().find(|question| question.critical).unwrap().key
}
