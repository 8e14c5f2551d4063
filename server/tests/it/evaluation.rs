//! Judging a call: the draft that is kept, what it comes to, who sees it, and what the judged person says to it.

use axum::http::StatusCode;
use model::{
    account::RestrictedRights,
    evaluation::{Answers, Evaluation, Evaluations, Key, Move, Question, Sent, State, Tenths, Value},
    history::{EvaluationDeed, What},
    id::RecordingId,
    list::ListQuery,
    problem::{Field, Invalid, Problem},
};
use serde_json::{Value as Json, json};

use crate::{
    house::{Answer, FORM, House, OPERATOR, form},
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

async fn step(house: &House, cookie: &str, it: &Evaluation, step: Move, reply: &str) -> Answer {
    let fields = form(&[("id", &it.id.to_string()), ("step", step.name()), ("reply", reply)]);
    house.call("/fn/evaluation/move", Some(cookie), FORM, fields).await
}

async fn moved(house: &House, cookie: &str, it: &Evaluation, this: Move, reply: &str) {
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
async fn finish(house: &House, cookie: &str, id: RecordingId, others: &[(Key, Value)]) -> Evaluation {
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

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_there_after_signing_in_anew_and_lists_follow_what_is_finished() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    let begun = read(&house, &eva, id).await;
    assert!(begun.may && !begun.own);
    assert_eq!(begun.person.as_deref(), Some("Pelle Persson"));
    let asked: Vec<Question> = begun.sheet.unwrap().form.questions().cloned().collect();
    let fatal = critical(&asked);
    // Answered wrongly, the critical question decides.
    let wrong = [(fatal, Value::YesNo(false))];
    assert_eq!(
        keep(&house, &eva, id, answers(&asked, &wrong)).await.status,
        StatusCode::OK
    );
    let again = house.sign_in("eva@hark.test").await;
    let sheet = read(&house, &again, id).await.sheet.unwrap();
    assert_eq!(
        sheet.answers,
        answers(&asked, &wrong),
        "it is there after signing in anew"
    );
    assert!(!house.list(&eva, ListQuery::default()).await.rows[0].evaluated);
    assert!(sent(&evaluate(&house, &again, id, &[], "done").await).finished);
    assert!(house.list(&eva, ListQuery::default()).await.rows[0].evaluated);
    let found = house.list(&pelle, ListQuery::read([("evaluated", "yes")])).await;
    assert_eq!(found.rows.len(), 1, "the filter follows");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_is_judged_seen_disputed_and_revised_and_the_history_tells() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    let asked = questions(&house, &eva, id).await;
    let fatal = critical(&asked);
    let wrong = [(fatal, Value::YesNo(false))];
    finish(&house, &eva, id, &wrong).await;
    let mut seen = read(&house, &pelle, id).await;
    assert!(seen.own && seen.finished.len() == 1);
    let it = seen.finished.remove(0);
    assert_eq!(
        (it.state, &*it.evaluator),
        (State::Shown { disputes: 0 }, "eva@hark.test")
    );
    assert_eq!(it.moves, [Move::Acknowledge, Move::Dispute]);
    let told = step(&house, &pelle, &it, Move::Dispute, "  ").await;
    assert_eq!(problem(&told), Problem::invalid(Field::Reply, Invalid::Missing));
    moved(&house, &pelle, &it, Move::Dispute, "Kunden var redan känd.").await;
    let late = step(&house, &pelle, &it, Move::Acknowledge, "").await;
    assert_eq!(problem(&late), Problem::Changed);
    assert_eq!(
        step(&house, &pelle, &it, Move::Answer, "Jo").await.status,
        StatusCode::NOT_FOUND,
        "the evaluator answers"
    );

    // What is changed holds when it is finished, and the old answers until then.
    moved(&house, &eva, &it, Move::Revise, "").await;
    let sheet = read(&house, &eva, id).await.sheet.unwrap();
    assert!(sheet.revises);
    assert_eq!(sheet.answers, answers(&asked, &wrong).without_hidden(&sheet.form));
    let right: Answers = [(fatal, Value::YesNo(true))].into_iter().collect();
    assert_eq!(keep(&house, &eva, id, right).await.status, StatusCode::OK);
    let held = read(&house, &pelle, id).await.finished.remove(0);
    assert_eq!(held.answers.value(fatal), Some(&Value::YesNo(false)));
    assert!(sent(&evaluate(&house, &eva, id, &[], "done").await).finished);
    let it = read(&house, &pelle, id).await.finished.remove(0);
    assert_eq!((it.state, it.turns.len()), (State::Shown { disputes: 1 }, 2));
    moved(&house, &pelle, &it, Move::Dispute, "Och hälsningen?").await;
    moved(&house, &eva, &it, Move::Answer, "Den hördes inte.").await;
    moved(&house, &pelle, &it, Move::Acknowledge, "").await;
    let ended = step(&house, &eva, &it, Move::Revise, "").await;
    assert_eq!(problem(&ended), Problem::Changed, "nothing changes any more");

    let told = history(&house, &pelle, id).await;
    let deeds: Vec<(&str, &EvaluationDeed)> = what(&told)
        .into_iter()
        .rev()
        .filter_map(|(who, what)| match what {
            What::Evaluation { deed, .. } => Some((who, deed)),
            _ => None,
        })
        .collect();
    let (eva, pelle) = ("eva@hark.test", "Pelle Persson");
    assert_eq!(
        deeds,
        [
            (
                eva,
                &EvaluationDeed::Finished {
                    percent: Some(Tenths(0)),
                    failed: true
                }
            ),
            (eva, &EvaluationDeed::Shown),
            (
                pelle,
                &EvaluationDeed::Disputed {
                    text: "Kunden var redan känd.".into()
                }
            ),
            (
                eva,
                &EvaluationDeed::Revised {
                    from: Some(Tenths(0)),
                    to: Some(Tenths(1000))
                }
            ),
            (
                pelle,
                &EvaluationDeed::Disputed {
                    text: "Och hälsningen?".into()
                }
            ),
            (
                eva,
                &EvaluationDeed::Answered {
                    text: "Den hördes inte.".into()
                }
            ),
            (pelle, &EvaluationDeed::Acknowledged),
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_draft_is_its_authors_alone_and_several_judge_one_call() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    let karin = house.sign_in("karin@hark.test").await;
    let one: Answers = [(Key(1), Value::YesNo(true))].into_iter().collect();
    assert_eq!(
        keep(&house, &karin, id, one).await.status,
        StatusCode::NOT_FOUND,
        "nobody has let her"
    );
    let may = RestrictedRights {
        evaluate: true,
        ..RestrictedRights::default()
    };
    house.backend().set_restricted_rights(OPERATOR, may).await.unwrap();
    let asked = questions(&house, &eva, id).await;
    let some: Answers = [(asked[0].key, Value::YesNo(false))].into_iter().collect();
    keep(&house, &karin, id, some.clone()).await;
    let seen = read(&house, &eva, id).await;
    assert_eq!(
        (seen.writing, seen.finished.len()),
        (vec!["karin@hark.test".to_owned()], 0)
    );
    assert_eq!(
        seen.sheet.unwrap().answers,
        Answers::default(),
        "another's answers are not one's own"
    );
    let seen = read(&house, &pelle, id).await;
    assert_eq!(
        (seen.writing.len(), seen.finished.len()),
        (0, 0),
        "nor told to the one it is about"
    );

    let first = finish(&house, &eva, id, &[]).await;
    assert_eq!(read(&house, &karin, id).await.sheet.unwrap().answers, some);
    finish(&house, &karin, id, &[]).await;
    let both = read(&house, &pelle, id).await.finished;
    let names: Vec<&str> = both.iter().map(|it| &*it.evaluator).collect();
    assert_eq!(names.len(), 2);
    assert!(
        names.contains(&"eva@hark.test") && names.contains(&"karin@hark.test"),
        "{names:?}"
    );
    // Who has not written it neither changes nor removes it, but for those who answer for the house.
    for it in [Move::Revise, Move::Remove, Move::Acknowledge] {
        assert_eq!(
            step(&house, &karin, &first, it, "").await.status,
            StatusCode::NOT_FOUND,
            "{it:?}"
        );
    }
    let second = both.iter().find(|it| it.evaluator.starts_with("karin")).unwrap();
    moved(&house, &eva, second, Move::Remove, "").await;
    assert!(house.list(&eva, ListQuery::default()).await.rows[0].evaluated);
    moved(&house, &eva, &first, Move::Remove, "").await;
    assert!(!house.list(&eva, ListQuery::default()).await.rows[0].evaluated);
    let removed = history(&house, &eva, id).await;
    assert!(matches!(
        &removed[0].what,
        What::Evaluation {
            deed: EvaluationDeed::Removed,
            ..
        }
    ));
    let untold = history(&house, &pelle, id).await;
    assert!(
        !untold
            .iter()
            .any(|entry| matches!(&entry.what, What::Evaluation { .. })),
        "what is removed is nothing that the judged person sees"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_judged_person_sees_what_the_company_shows() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    let showing = async |word: &str| {
        let set = house
            .call(
                "/fn/evaluation/set-showing",
                Some(&eva),
                FORM,
                format!("showing={word}"),
            )
            .await;
        assert_eq!(set.status, StatusCode::OK, "{}", set.text());
    };
    showing("by-hand").await;
    let it = finish(&house, &eva, id, &[]).await;
    assert_eq!(it.moves, [Move::Show, Move::Revise, Move::Remove]);
    let unseen = async || {
        assert!(read(&house, &pelle, id).await.finished.is_empty());
        assert_eq!(
            step(&house, &pelle, &it, Move::Acknowledge, "").await.status,
            StatusCode::NOT_FOUND
        );
        let told = history(&house, &pelle, id).await;
        assert!(!told.iter().any(|entry| matches!(&entry.what, What::Evaluation { .. })));
    };
    unseen().await;
    // What it came to before it was shown is told to nobody it is about.
    moved(&house, &eva, &it, Move::Revise, "").await;
    let fatal = it.form.questions().find(|question| question.critical).unwrap().key;
    let worse: Answers = [(fatal, Value::YesNo(false))].into_iter().collect();
    keep(&house, &eva, id, worse).await;
    assert!(sent(&evaluate(&house, &eva, id, &[], "done").await).finished);
    moved(&house, &eva, &it, Move::Show, "").await;
    let seen = read(&house, &pelle, id).await.finished;
    assert!(seen.len() == 1 && seen[0].turns.iter().all(|turn| turn.before.is_none()));
    let told = history(&house, &pelle, id).await;
    let deeds: Vec<_> = what(&told).into_iter().map(|(_, what)| what).collect();
    assert!(
        matches!(
            deeds[..],
            [
                What::Evaluation {
                    deed: EvaluationDeed::Shown,
                    ..
                },
                What::Evaluation {
                    deed: EvaluationDeed::Finished {
                        percent: Some(Tenths(0)),
                        failed: true
                    },
                    ..
                },
            ]
        ),
        "{deeds:?}"
    );
    assert_eq!(history(&house, &eva, id).await.len(), 3);
    showing("never").await;
    unseen().await;
    assert_eq!(read(&house, &eva, id).await.finished.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_one_says_of_oneself_is_marked_as_that_and_marks_no_list() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    let it = finish(&house, &pelle, id, &[]).await;
    assert!(it.own && it.state == State::Done);
    assert_eq!(it.moves, [Move::Revise, Move::Remove]);
    assert!(!house.list(&eva, ListQuery::default()).await.rows[0].evaluated);
    let seen = read(&house, &eva, id).await.finished.remove(0);
    assert!(seen.own);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_must_be_answered_is_said_and_what_was_answered_stays() {
    let Calls { house, id, eva, .. } = Calls::new().await;
    let asked = questions(&house, &eva, id).await;
    let first = asked[0].key;
    let told = evaluate(&house, &eva, id, &[(first, "yes")], "done").await;
    let Sent { missing, finished, .. } = sent(&told);
    assert!(!finished);
    assert!(!missing.is_empty() && !missing.contains(&first), "{missing:?}");
    let sheet = read(&house, &eva, id).await.sheet.unwrap();
    assert_eq!(sheet.answers.value(first), Some(&Value::YesNo(true)));
    assert!(history(&house, &eva, id).await.is_empty());
    let gone = house
        .call("/fn/evaluation/discard", Some(&eva), FORM, format!("id={id}"))
        .await;
    assert_eq!(gone.status, StatusCode::OK);
    assert_eq!(read(&house, &eva, id).await.sheet.unwrap().answers, Answers::default());
    // What was on its way then does not bring it back.
    let late: Answers = [(first, Value::YesNo(true))].into_iter().collect();
    assert_eq!(
        problem(&kept(&house, &eva, id, json!(late), false).await),
        Problem::Changed
    );
    assert_eq!(read(&house, &eva, id).await.sheet.unwrap().kept, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn answers_that_do_not_fit_are_refused_and_change_nothing() {
    let Calls { house, id, eva, .. } = Calls::new().await;
    let asked = questions(&house, &eva, id).await;
    let scale = asked.iter().find(|it| it.best() == Some(Value::Scale(5))).unwrap().key;
    let wrong = Problem::invalid(Field::Answers, Invalid::Form);
    for value in ["6", "0", "-1", "fem", "yes"] {
        let told = sent(&evaluate(&house, &eva, id, &[(asked[0].key, "no"), (scale, value)], "done").await);
        assert_eq!((told.finished, told.unreadable), (false, vec![scale]), "{value}");
    }
    let sheet = read(&house, &eva, id).await.sheet.unwrap();
    assert_eq!(
        sheet.answers,
        [(asked[0].key, Value::YesNo(false))].into_iter().collect(),
        "what can be read is kept"
    );
    let before = sheet.answers;
    let unknown: Answers = [(Key(999), Value::Scale(1))].into_iter().collect();
    assert_eq!(problem(&keep(&house, &eva, id, unknown).await), wrong);
    let beyond = json!({ scale.to_string(): { "evidence_ms": [86_400_000] } });
    let told = kept(&house, &eva, id, beyond, true).await;
    assert_eq!(problem(&told), wrong, "the sound is shorter");
    for body in ["{}", "[]", r#"{"id":"x"}"#] {
        let told = house.call("/fn/evaluation/keep", Some(&eva), JSON, body).await;
        assert_eq!(told.status, StatusCode::BAD_REQUEST, "{}", told.text());
    }
    for fields in [
        format!("id={id}&form=2&version=1"),
        format!("id={id}&form=1&version=2&then=done"),
        format!("id={id}&form=1&version=-1&answers[1][value]=yes"),
    ] {
        let told = house.call("/fn/evaluation/send", Some(&eva), FORM, fields).await;
        assert_eq!(problem(&told), Problem::Changed, "a form that is not in use");
    }
    let sheet = read(&house, &eva, id).await.sheet.unwrap();
    assert_eq!(sheet.answers, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn two_pages_of_one_evaluator_take_nothing_from_each_other() {
    let Calls { house, id, eva, .. } = Calls::new().await;
    let asked = questions(&house, &eva, id).await;
    let one = |at: usize| -> Answers { [(asked[at].key, asked[at].best().unwrap())].into_iter().collect() };
    let (first, second) = tokio::join!(keep(&house, &eva, id, one(0)), keep(&house, &eva, id, one(1)));
    assert_eq!((first.status, second.status), (StatusCode::OK, StatusCode::OK));
    let there = read(&house, &eva, id).await.sheet.unwrap().answers;
    assert_eq!(there.0.len(), 2);
    // Taken back on one page, it is gone.
    kept(&house, &eva, id, json!({ asked[0].key.to_string(): {} }), false).await;
    let there = read(&house, &eva, id).await.sheet.unwrap().answers;
    assert_eq!(there.0.keys().collect::<Vec<_>>(), [&asked[1].key]);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_answers_for_the_house_answers_in_anothers_place_and_removes_nothing_about_themselves() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    let karin = house.sign_in("karin@hark.test").await;
    let may = RestrictedRights {
        evaluate: true,
        ..RestrictedRights::default()
    };
    house.backend().set_restricted_rights(OPERATOR, may).await.unwrap();
    let it = finish(&house, &karin, id, &[]).await;
    moved(&house, &pelle, &it, Move::Dispute, "Nej.").await;
    let account = house.account("karin@hark.test").await;
    house.backend().set_active(OPERATOR, account, false).await.unwrap();
    let seen = read(&house, &eva, id).await.finished.remove(0);
    assert_eq!(
        seen.moves,
        [Move::Answer, Move::Remove],
        "what another has said is not changed"
    );
    moved(&house, &eva, &seen, Move::Answer, "Jo.").await;
    // Pelle becomes one who answers for the house; what is said of him stays.
    let account = house.account("a1@hark.test").await;
    let new = backend::account::NewRole {
        role: model::account::Role::Super,
        departments: vec![],
    };
    house.backend().set_role(OPERATOR, account, new).await.unwrap();
    let pelle = house.sign_in("a1@hark.test").await;
    let seen = read(&house, &pelle, id).await.finished.remove(0);
    assert_eq!(seen.moves, [Move::Acknowledge, Move::Dispute]);
    assert_eq!(
        step(&house, &pelle, &seen, Move::Remove, "").await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_someone_has_begun_goes_with_their_account() {
    let Calls { house, id, eva, .. } = Calls::new().await;
    let karin = house.sign_in("karin@hark.test").await;
    let may = RestrictedRights {
        evaluate: true,
        ..RestrictedRights::default()
    };
    house.backend().set_restricted_rights(OPERATOR, may).await.unwrap();
    keep(&house, &karin, id, [(Key(1), Value::YesNo(true))].into_iter().collect()).await;
    assert_eq!(read(&house, &eva, id).await.writing.len(), 1);
    let account = house.account("karin@hark.test").await;
    house.backend().remove_account(OPERATOR, account).await.unwrap();
    assert!(read(&house, &eva, id).await.writing.is_empty());
}
