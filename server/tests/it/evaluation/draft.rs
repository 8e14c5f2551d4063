//! What is being written: kept, refused, said to be missing, thrown away.

use super::*;

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
    assert!(house.list(&eva, ListQuery::default()).await.rows[0].verdict.is_none());
    assert!(sent(&evaluate(&house, &again, id, &[], "done").await).finished);
    assert!(house.list(&eva, ListQuery::default()).await.rows[0].verdict.is_some());
    let found = house.list(&pelle, ListQuery::read([("evaluated", "yes")])).await;
    assert_eq!(found.rows.len(), 1, "the filter follows");
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
    let gone = throw_away(&house, &eva, id).await;
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
async fn what_one_has_begun_is_found_on_the_home_page_until_it_is_finished() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    let karin = house.sign_in("karin@hark.test").await;
    let begun = async |cookie: &str| -> Option<Vec<ToFinish>> {
        let answer = house.call("/fn/evaluation/to-finish", Some(cookie), JSON, "{}").await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        serde_json::from_slice(&answer.body).unwrap()
    };
    let calls = async |cookie: &str| {
        let begun = begun(cookie).await.unwrap();
        begun
            .into_iter()
            .map(|it| (it.recording, it.person))
            .collect::<Vec<_>>()
    };
    assert_eq!((begun(&pelle).await, begun(&karin).await), (None, None));
    let_restricted_evaluate(&house, true).await;
    assert_eq!(calls(&karin).await, []);
    let answers: Answers = [(Key(1), Value::YesNo(true))].into_iter().collect();
    keep(&house, &karin, id, answers.clone()).await;
    house.fixture.clock.move_by(60_000);
    let second = house.recording("c-2", "a2", crate::house::alaw()).await;
    keep(&house, &karin, second, answers).await;
    let (pelles, lisas) = (
        (id, Some("Pelle Persson".to_owned())),
        (second, Some("Lisa Larsson".to_owned())),
    );
    assert_eq!(calls(&karin).await, [lisas.clone(), pelles.clone()], "the latest first");
    assert_eq!(calls(&eva).await, [], "a draft is its author's");
    let home = house.get("/", Some(&karin)).await.text();
    assert!(home.contains("Påbörjade utvärderingar") && home.contains("Lisa Larsson, senast ändrad"));
    let it = finish(&house, &karin, id, &[]).await;
    assert_eq!(calls(&karin).await, std::slice::from_ref(&lisas));
    // What one begins to change is begun too: by who changes it, and not by who said it.
    moved(&house, &eva, &it, Move::Revise, "").await;
    assert_eq!((calls(&eva).await, calls(&karin).await), (vec![pelles], vec![lisas]));
    // Out of hearing it is out of sight.
    let account = house.account("karin@hark.test").await;
    let new = backend::account::NewRole {
        role: model::account::Role::Restricted,
        departments: vec![house.department("Ekonomi").await],
    };
    house.backend().set_role(OPERATOR, account, new).await.unwrap();
    let karin = house.sign_in("karin@hark.test").await;
    assert_eq!(calls(&karin).await, []);
    assert!(!house.get("/", Some(&karin)).await.text().contains("to-finish"));
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
async fn what_someone_has_begun_goes_with_their_account() {
    let Calls { house, id, eva, .. } = Calls::new().await;
    let karin = house.sign_in("karin@hark.test").await;
    let may = Rights {
        evaluate: true,
        ..Rights::default()
    };
    house.backend().set_restricted_rights(OPERATOR, may).await.unwrap();
    keep(&house, &karin, id, [(Key(1), Value::YesNo(true))].into_iter().collect()).await;
    assert_eq!(read(&house, &eva, id).await.writing.len(), 1);
    let account = house.account("karin@hark.test").await;
    house.backend().remove_account(OPERATOR, account).await.unwrap();
    assert!(read(&house, &eva, id).await.writing.is_empty());
}
