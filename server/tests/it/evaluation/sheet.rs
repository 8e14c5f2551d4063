//! The sheet one fills in: what a number outside every interval comes to, and that nobody throws away what they have not seen.

use model::evaluation::{Form, Kind};

use super::*;

/// The question that is answered with a number, and the one it hangs on.
fn number(form: &Form) -> (Key, Key) {
    let question = form
        .questions()
        .find(|it| matches!(it.kind, Kind::Number { .. }))
        .unwrap();
    (question.key, question.condition.as_ref().unwrap().question)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_outside_every_interval_is_taken_and_says_what_it_comes_to() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    let asked = read(&house, &eva, id).await.sheet.unwrap().form;
    let (key, opens) = number(&asked);
    let said = |hundredths| -> Answers {
        let number = Value::Number(model::evaluation::Decimal(hundredths));
        [(opens, Value::YesNo(true)), (key, number)].into_iter().collect()
    };
    let told = "Talet ligger utanför alla intervall och ger 0 poäng. Intervallen täcker 0–120 sekunder.";
    keep(&house, &eva, id, said(12_000)).await;
    assert!(!page(&house, &eva, id, "evaluate").await.contains(told));
    keep(&house, &eva, id, said(12_001)).await;
    assert!(page(&house, &eva, id, "evaluate").await.contains(told));
    let Answers(others) = said(12_001);
    let others: Vec<_> = others.into_iter().map(|(key, it)| (key, it.value.unwrap())).collect();
    let it = finish(&house, &eva, id, &others).await;
    assert_eq!(
        it.answers.value(key),
        said(12_001).value(key),
        "it is kept as it was typed"
    );
    // Who is judged by it is told as well.
    assert!(page(&house, &pelle, id, "evaluate").await.contains(told));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tab_that_is_behind_throws_away_nothing_that_it_has_not_seen() {
    let Calls { house, id, eva, .. } = Calls::new().await;
    let karin = house.sign_in("karin@hark.test").await;
    let_restricted_evaluate(&house, true).await;
    let it = finish(&house, &karin, id, &[]).await;
    let first: Answers = [(Key(1), Value::YesNo(true))].into_iter().collect();
    let second: Answers = [(Key(2), Value::Scale(4))].into_iter().collect();
    keep(&house, &eva, id, first.clone()).await;
    let old = read(&house, &eva, id).await.sheet.unwrap();
    // Another tab of hers answers more.
    keep(&house, &eva, id, second).await;
    let refused = throw(&house, &eva, id, &old).await;
    assert_eq!(
        (refused.status, problem(&refused)),
        (StatusCode::CONFLICT, Problem::Changed)
    );
    let there = read(&house, &eva, id).await.sheet.unwrap();
    assert_eq!(there.answers.0.len(), 2);
    assert_eq!(throw(&house, &eva, id, &there).await.status, StatusCode::OK);
    // What is there no more is not thrown away twice.
    let gone = throw(&house, &eva, id, &there).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    // Nor what she has begun to change since, whatever it says.
    moved(&house, &eva, &it, Move::Revise, "").await;
    let mut old = there;
    assert_eq!(problem(&throw(&house, &eva, id, &old).await), Problem::Changed);
    old.answers = it.answers.clone();
    assert_eq!(problem(&throw(&house, &eva, id, &old).await), Problem::Changed);
    let changes = read(&house, &eva, id).await.sheet.unwrap();
    assert_eq!((changes.by.revises, &changes.answers), (Some(it.id), &it.answers));
    assert_eq!(throw(&house, &eva, id, &changes).await.status, StatusCode::OK);
    // Where nothing wakes the page says so, and shows what there is.
    keep(&house, &eva, id, first).await;
    let shown = thrown_in_vain(&house, &eva, id).await;
    assert!(shown.contains("Inget är slängt"), "{shown}");
}

/// Throws away what one has not seen on a page on which nothing wakes: the page that comes back.
async fn thrown_in_vain(house: &House, cookie: &str, id: RecordingId) -> String {
    let fields = format!("id={id}&form=1&version=1&seen=0");
    sent_back(house, cookie, id, "discard", fields).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_that_cannot_be_read_is_given_back_where_nothing_wakes() {
    let Calls { house, id, eva, .. } = Calls::new().await;
    let (key, opens) = number(&read(&house, &eva, id).await.sheet.unwrap().form);
    let fields = |then: &str| {
        let typed = format!("answers[{opens}][value]=yes&answers[{key}][value]=12+säck");
        format!("id={id}&form=1&version=1&begin=1&{typed}&then={then}")
    };
    for then in ["", "done"] {
        let back = sent_back(&house, &eva, id, "send", fields(then)).await;
        assert!(back.contains(r#"value="12 säck""#), "{back}");
        let kept = read(&house, &eva, id).await.sheet.unwrap().answers;
        assert_eq!(kept.0.keys().collect::<Vec<_>>(), [&opens], "what can be read is kept");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_takes_over_throws_away_only_what_came_after() {
    let Calls { house, id, eva, .. } = Calls::new().await;
    let karin = house.sign_in("karin@hark.test").await;
    let_restricted_evaluate(&house, true).await;
    let it = finish(&house, &karin, id, &[]).await;
    let asked: Vec<Question> = it.form.questions().cloned().collect();
    let fatal = critical(&asked);
    let of_eva: Answers = [(fatal, Value::YesNo(false))].into_iter().collect();
    let of_vera: Answers = [(Key(1), Value::YesNo(false))].into_iter().collect();
    let vera = deputy(&house).await;
    let take_over = async || {
        moved(&house, &eva, &it, Move::Revise, "").await;
        assert_eq!(
            keep_in(&house, &eva, id, &it, of_eva.clone()).await.status,
            StatusCode::OK
        );
        let before = read(&house, &eva, id).await.sheet.unwrap().answers;
        moved(&house, &vera, &it, Move::Revise, "").await;
        assert_eq!(
            keep_in(&house, &vera, id, &it, of_vera.clone()).await.status,
            StatusCode::OK
        );
        let sheet = read(&house, &vera, id).await.sheet.unwrap();
        assert_eq!(
            sheet.answers.value(fatal),
            Some(&Value::YesNo(false)),
            "she goes on with Eva's"
        );
        assert!(
            read(&house, &eva, id)
                .await
                .sheet
                .is_none_or(|sheet| sheet.by.revises.is_none())
        );
        (before, sheet)
    };
    let (before, sheet) = take_over().await;
    assert_eq!(throw(&house, &vera, id, &sheet).await.status, StatusCode::OK);
    let back = read(&house, &eva, id).await.sheet.unwrap();
    assert_eq!((back.by.revises, back.answers), (Some(it.id), before.clone()));
    let seen = read(&house, &vera, id).await;
    assert_eq!(
        (&seen.writing[..], &seen.finished[0].answers),
        (&["eva@hark.test".to_owned()][..], &it.answers)
    );
    // Eva throws away her own, and nobody is left who writes.
    let own = read(&house, &eva, id).await.sheet.unwrap();
    assert_eq!(throw(&house, &eva, id, &own).await.status, StatusCode::OK);
    assert_eq!(read(&house, &vera, id).await.writing, [""; 0]);
    // The same where the one who took over leaves.
    let (before, _) = take_over().await;
    let account = house.account("vera@hark.test").await;
    house.backend().remove_account(OPERATOR, account).await.unwrap();
    assert_eq!(read(&house, &eva, id).await.sheet.unwrap().answers, before);
    assert!(sent(&finish_in(&house, &eva, id, &it).await).finished);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_writes_their_own_by_now_is_not_given_another_draft_beside_it() {
    let Calls { house, id, eva, .. } = Calls::new().await;
    let karin = house.sign_in("karin@hark.test").await;
    let_restricted_evaluate(&house, true).await;
    let it = finish(&house, &karin, id, &[]).await;
    let asked: Vec<Question> = it.form.questions().cloned().collect();
    let fatal = critical(&asked);
    let worse: Answers = [(fatal, Value::YesNo(false))].into_iter().collect();
    let own: Answers = [(Key(2), Value::Scale(4))].into_iter().collect();
    for leaves in [false, true] {
        let vera = deputy(&house).await;
        moved(&house, &eva, &it, Move::Revise, "").await;
        let change = keep_in(&house, &eva, id, &it, worse.clone()).await;
        assert_eq!(change.status, StatusCode::OK, "{}", change.text());
        moved(&house, &vera, &it, Move::Revise, "").await;
        assert_eq!(keep(&house, &eva, id, own.clone()).await.status, StatusCode::OK);
        if !leaves {
            assert_eq!(throw_away(&house, &vera, id).await.status, StatusCode::OK);
        }
        let account = house.account("vera@hark.test").await;
        house.backend().remove_account(OPERATOR, account).await.unwrap();
        let sheet = read(&house, &eva, id).await.sheet.unwrap();
        assert_eq!((sheet.by.revises, &sheet.answers), (None, &own));
        assert_eq!(read(&house, &karin, id).await.writing.len(), 1, "she writes one thing");
        let more = kept(&house, &eva, id, json!(own), false).await;
        assert_eq!(more.status, StatusCode::OK, "{}", more.text());
        assert_eq!(throw_away(&house, &eva, id).await.status, StatusCode::OK);
        assert_eq!(read(&house, &karin, id).await.writing, [""; 0]);
        // What she wrote of Karin's is there once she goes on with that.
        moved(&house, &eva, &it, Move::Revise, "").await;
        let sheet = read(&house, &eva, id).await.sheet.unwrap();
        assert_eq!(sheet.answers.value(fatal), Some(&Value::YesNo(false)));
        assert_eq!(throw_away(&house, &eva, id).await.status, StatusCode::OK);
        assert_eq!(read(&house, &karin, id).await.writing, [""; 0]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_no_longer_evaluate_is_not_told_that_someone_has_changed_the_draft() {
    let Calls { house, id, .. } = Calls::new().await;
    let karin = house.sign_in("karin@hark.test").await;
    for may in [true, false] {
        let_restricted_evaluate(&house, may).await;
        let back = thrown_in_vain(&house, &karin, id).await;
        assert_eq!(back.contains("Inget är slängt"), may, "{back}");
        assert_eq!(back.contains("inte gett dig rätt att utvärdera"), !may);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_stands_aside_goes_with_its_author_and_with_what_is_finished() {
    let Calls { house, id, eva, .. } = Calls::new().await;
    let karin = house.sign_in("karin@hark.test").await;
    let_restricted_evaluate(&house, true).await;
    let it = finish(&house, &karin, id, &[]).await;
    let asked: Vec<Question> = it.form.questions().cloned().collect();
    let worse: Answers = [(critical(&asked), Value::YesNo(false))].into_iter().collect();
    let vera = deputy(&house).await;
    moved(&house, &vera, &it, Move::Revise, "").await;
    keep_in(&house, &vera, id, &it, worse.clone()).await;
    moved(&house, &eva, &it, Move::Revise, "").await;
    let account = house.account("vera@hark.test").await;
    house.backend().remove_account(OPERATOR, account).await.unwrap();
    let sheet = read(&house, &eva, id).await.sheet.unwrap();
    assert_eq!(throw(&house, &eva, id, &sheet).await.status, StatusCode::OK);
    let seen = read(&house, &eva, id).await;
    assert_eq!((seen.writing.len(), &seen.finished[0].answers), (0, &it.answers));
    // And what was finished leaves nothing behind to come back to.
    moved(&house, &eva, &it, Move::Revise, "").await;
    keep_in(&house, &eva, id, &it, worse).await;
    moved(&house, &karin, &it, Move::Revise, "").await;
    assert!(sent(&finish_in(&house, &karin, id, &it).await).finished);
    let it = read(&house, &karin, id).await.finished.remove(0);
    moved(&house, &karin, &it, Move::Revise, "").await;
    let sheet = read(&house, &karin, id).await.sheet.unwrap();
    assert_eq!(throw(&house, &karin, id, &sheet).await.status, StatusCode::OK);
    assert_eq!(read(&house, &eva, id).await.writing, [""; 0]);
}

/// Another who answers for the house.
async fn deputy(house: &House) -> String {
    let new = backend::account::NewAccount {
        email: "vera@hark.test".into(),
        password: backend::account::FirstPassword::Own(crate::house::PASSWORD.into()),
        role: model::account::Role::Super,
        departments: vec![],
        agreed: true,
    };
    house.backend().add_account(OPERATOR, new).await.unwrap();
    house.sign_in("vera@hark.test").await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_alters_nothing_is_no_change_and_what_alters_no_result_says_so() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    let it = finish(&house, &eva, id, &[]).await;
    moved(&house, &pelle, &it, Move::Acknowledge, "").await;
    let told = history(&house, &pelle, id).await;
    house.post().await;
    moved(&house, &eva, &it, Move::Revise, "").await;
    let became = sent(&finish_in(&house, &eva, id, &it).await);
    assert_eq!(became.held, Some(State::Acknowledged { disputes: 0 }));
    let seen = read(&house, &eva, id).await;
    assert!(seen.sheet.is_none(), "it is put away");
    let same = &seen.finished[0];
    assert_eq!((same.state, same.turns.len()), (State::Acknowledged { disputes: 0 }, 1));
    assert_eq!(what(&history(&house, &pelle, id).await), what(&told));
    assert_eq!((house.post().await.len(), waits(&house, &pelle, id).await), (0, None));
    // A remark alters something, and not the result.
    moved(&house, &eva, &it, Move::Revise, "").await;
    let remark = json!({ "1": { "value": { "yes_no": true }, "remark": "Hörs tydligt" } });
    let by = json!({ "form": 1, "version": 1, "revises": it.id });
    let body = json!({ "id": id, "by": by, "begin": false, "changes": remark }).to_string();
    let kept = house.call("/fn/evaluation/keep", Some(&eva), JSON, body).await;
    assert_eq!(kept.status, StatusCode::OK, "{}", kept.text());
    let became = sent(&finish_in(&house, &eva, id, &it).await);
    assert!(became.finished && became.held.is_none());
    let now = read(&house, &pelle, id).await.finished.remove(0);
    assert_eq!((now.state, now.turns.len()), (State::Shown { disputes: 0 }, 2));
    let shown = page(&house, &pelle, id, "evaluate").await;
    assert!(shown.contains("ändrade utvärderingen, med samma resultat"));
    assert!(
        page(&house, &pelle, id, "history")
            .await
            .contains("med samma resultat: 100")
    );
    // What came before the last two steps is folded away once there are more than a few.
    let folded = "Visa 2 tidigare steg";
    assert!(!shown.contains(folded));
    revise(&house, &eva, id, &now, false).await;
    moved(&house, &pelle, &now, Move::Dispute, "Jag hälsade.").await;
    let shown = page(&house, &pelle, id, "evaluate").await;
    let (early, late) = shown
        .split_once("<ol class=\"turns\">")
        .unwrap()
        .1
        .split_once("</ol>")
        .unwrap();
    assert!(early.contains("med samma resultat") && shown.contains(folded));
    assert!(late.contains("tidigare 100") && late.contains("Jag hälsade."));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_goes_over_to_another_form_lets_go_of_what_they_have_seen() {
    let Calls { house, id, eva, .. } = Calls::new().await;
    let copy = form(&[("how", "copy"), ("of", "1")]);
    let begun = house.call("/fn/forms/begin", Some(&eva), FORM, copy).await;
    let address: String = serde_json::from_slice(&begun.body).unwrap();
    let other = address.rsplit('/').next().unwrap();
    let publish = form(&[("id", other), ("revision", "1")]);
    let published = house.call("/fn/forms/publish", Some(&eva), FORM, publish).await;
    assert_eq!(published.status, StatusCode::OK, "{}", published.text());
    keep(&house, &eva, id, [(Key(1), Value::YesNo(true))].into_iter().collect()).await;
    let old = read(&house, &eva, id).await.sheet.unwrap();
    keep(&house, &eva, id, [(Key(2), Value::Scale(4))].into_iter().collect()).await;
    let choose = async |sheet: &Sheet| {
        let seen = imprint(&serde_json::to_string(&sheet.answers).unwrap());
        let fields = format!("id={id}&form={other}&seen={seen}");
        house.call("/fn/evaluation/choose-form", Some(&eva), FORM, fields).await
    };
    assert_eq!(problem(&choose(&old).await), Problem::Changed);
    let there = read(&house, &eva, id).await.sheet.unwrap();
    assert_eq!((there.by, there.answers.0.len()), (old.by, 2));
    assert_eq!(choose(&there).await.status, StatusCode::OK);
    let now = read(&house, &eva, id).await.sheet.unwrap();
    assert_eq!(
        (now.by.form.to_string(), now.answers),
        (other.to_owned(), Answers::default())
    );
}
