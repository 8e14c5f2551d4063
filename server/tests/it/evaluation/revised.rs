//! What was shown is changed: at any time, by whom, and what the judged person then sees.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn what_was_shown_is_revised_at_any_time_and_acknowledged_anew() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    let first = finish(&house, &eva, id, &[]).await;
    assert_eq!(
        first.moves,
        [Move::Revise, Move::Remove],
        "she may find herself that she was wrong"
    );
    moved(&house, &eva, &first, Move::Revise, "").await;
    let fatal = first.form.questions().find(|question| question.critical).unwrap().key;
    let worse: Answers = [(fatal, Value::YesNo(false))].into_iter().collect();
    keep_in(&house, &eva, id, &first, worse).await;
    // Until it is finished the old one holds, and is acknowledged as that.
    let held = read(&house, &pelle, id).await.finished.remove(0);
    assert_eq!(held.answers.value(fatal), Some(&Value::YesNo(true)));
    assert!(held.turns.is_empty());
    moved(&house, &pelle, &held, Move::Acknowledge, "").await;
    assert_eq!(waits(&house, &pelle, id).await, None);
    assert!(sent(&finish_in(&house, &eva, id, &first).await).finished);

    let seen = read(&house, &pelle, id).await.finished.remove(0);
    assert_eq!(seen.state, State::Shown { disputes: 0 }, "it is asked anew");
    assert_eq!(seen.answers.value(fatal), Some(&Value::YesNo(false)));
    let last = seen.turns.last().unwrap();
    assert_eq!(
        (&*last.who, &last.step, last.before),
        ("eva@hark.test", &model::evaluation::Step::Revise, Some(Tenths(1000)))
    );
    assert_eq!(waits(&house, &pelle, id).await, Some(Waiting::Reading));
    let shown = page(&house, &pelle, id, "evaluate").await;
    assert!(shown.contains("Ändrad ") && shown.contains(" av eva@hark.test"));
    // A page that was open all along does not take note of what it never showed.
    let id_of = seen.id.to_string();
    let stale = form(&[("id", &*id_of), ("step", "acknowledge"), ("seen", "1")]);
    let stale = house.call("/fn/evaluation/move", Some(&pelle), FORM, stale).await;
    assert_eq!(problem(&stale), Problem::Changed);
    let fresh = form(&[("id", &*id_of), ("step", "acknowledge"), ("seen", "2")]);
    let fresh = house.call("/fn/evaluation/move", Some(&pelle), FORM, fresh).await;
    assert_eq!(fresh.status, StatusCode::OK, "{}", fresh.text());
    // And once more, after it was acknowledged.
    revise(&house, &eva, id, &seen, true).await;
    let seen = read(&house, &pelle, id).await.finished.remove(0);
    assert_eq!(seen.state, State::Shown { disputes: 0 });

    let told = history(&house, &pelle, id).await;
    let revised: Vec<_> = what(&told)
        .into_iter()
        .filter_map(|(_, what)| match what {
            What::Evaluation {
                deed: EvaluationDeed::Revised { from, to, .. },
                ..
            } => Some((*from, *to)),
            _ => None,
        })
        .collect();
    let (none, all) = (Some(Tenths(0)), Some(Tenths(1000)));
    assert_eq!(
        revised,
        [(none, all), (all, none)],
        "before and after, the newest first"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn one_who_answers_for_the_house_changes_what_another_has_said() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    let karin = house.sign_in("karin@hark.test").await;
    let_restricted_evaluate(&house, true).await;
    let it = finish(&house, &karin, id, &[]).await;
    moved(&house, &eva, &it, Move::Revise, "").await;
    let sheet = read(&house, &eva, id).await.sheet.unwrap();
    let whose = (sheet.by.revises, sheet.of.as_deref());
    assert_eq!(whose, (Some(it.id), Some("karin@hark.test")));
    // Two do not change it at once: who takes over goes on with what is there.
    let fatal = it.form.questions().find(|question| question.critical).unwrap().key;
    let worse: Answers = [(fatal, Value::YesNo(false))].into_iter().collect();
    keep_in(&house, &eva, id, &it, worse.clone()).await;
    let of_karin = read(&house, &karin, id).await;
    assert!(of_karin.sheet.is_none(), "it is not her draft");
    assert_eq!(of_karin.writing, ["eva@hark.test"]);
    assert_eq!(
        problem(&keep_in(&house, &karin, id, &it, worse.clone()).await),
        Problem::Changed,
        "nor does a page of hers write in it"
    );
    moved(&house, &karin, &it, Move::Revise, "").await;
    let sheet = read(&house, &karin, id).await.sheet.unwrap();
    assert_eq!(sheet.answers.value(fatal), Some(&Value::YesNo(false)));
    let late = keep_in(&house, &eva, id, &it, worse).await;
    assert_eq!(problem(&late), Problem::Changed);
    let discarded = throw_away(&house, &karin, id).await;
    assert_eq!(discarded.status, StatusCode::OK);
    let read_again = read(&house, &karin, id).await;
    assert_eq!(read_again.finished[0].answers, it.answers, "what held goes on to hold");

    // What Eva was writing before is hers again.
    assert!(sent(&finish_in(&house, &eva, id, &it).await).finished);
    let seen = read(&house, &pelle, id).await.finished.remove(0);
    assert_eq!(seen.evaluator, "karin@hark.test");
    let last = seen.turns.last().unwrap();
    assert_eq!((&*last.who, last.before), ("eva@hark.test", Some(Tenths(1000))));
    // Her own form is hers again.
    let sheet = read(&house, &eva, id).await.sheet.unwrap();
    assert!(sheet.by.revises.is_none() && sheet.answers == Answers::default());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_of_ones_own_that_is_open_elsewhere_writes_nothing_in_what_one_changes() {
    let Calls { house, id, eva, .. } = Calls::new().await;
    let karin = house.sign_in("karin@hark.test").await;
    let_restricted_evaluate(&house, true).await;
    let it = finish(&house, &karin, id, &[]).await;
    let asked: Vec<Question> = it.form.questions().cloned().collect();
    let worse: Answers = [(critical(&asked), Value::YesNo(false))].into_iter().collect();
    // One tab has the form to begin with, the other changes Karin's.
    moved(&house, &eva, &it, Move::Revise, "").await;
    for begin in [true, false] {
        let stale = kept(&house, &eva, id, json!(worse), begin).await;
        assert_eq!(problem(&stale), Problem::Changed, "{begin}");
    }
    let stale = evaluate(&house, &eva, id, &[], "done").await;
    assert_eq!(problem(&stale), Problem::Changed);
    let seen = read(&house, &eva, id).await;
    assert_eq!(seen.sheet.unwrap().answers, it.answers, "nothing came into it");
    assert_eq!(seen.finished[0].answers, it.answers);
    assert!(seen.finished[0].turns.is_empty(), "nor was it finished");
    // And the other way round: what was changed is put back, and one's own form begun.
    let gone = throw_away(&house, &eva, id).await;
    assert_eq!(gone.status, StatusCode::OK);
    assert_eq!(
        problem(&keep_in(&house, &eva, id, &it, worse.clone()).await),
        Problem::Changed
    );
    assert_eq!(keep(&house, &eva, id, Answers::default()).await.status, StatusCode::OK);
    assert_eq!(problem(&keep_in(&house, &eva, id, &it, worse).await), Problem::Changed);
    assert_eq!(read(&house, &eva, id).await.sheet.unwrap().answers, Answers::default());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_evaluator_is_changing_nobody_takes_from_them() {
    let Calls { house, id, eva, .. } = Calls::new().await;
    let karin = house.sign_in("karin@hark.test").await;
    let_restricted_evaluate(&house, true).await;
    let it = finish(&house, &karin, id, &[]).await;
    let asked: Vec<Question> = it.form.questions().cloned().collect();
    let fatal = critical(&asked);
    let worse: Answers = [(fatal, Value::YesNo(false))].into_iter().collect();
    moved(&house, &karin, &it, Move::Revise, "").await;
    assert_eq!(keep_in(&house, &karin, id, &it, worse).await.status, StatusCode::OK);
    let refused = step(&house, &eva, &it, Move::Revise, "").await;
    assert_eq!(refused.status, StatusCode::CONFLICT);
    assert_eq!(problem(&refused), Problem::BeingChanged);
    let gone = throw_away(&house, &eva, id).await;
    assert_eq!(
        gone.status,
        StatusCode::NOT_FOUND,
        "nothing of it is hers to throw away"
    );
    let sheet = read(&house, &karin, id).await.sheet.unwrap();
    assert_eq!(sheet.answers.value(fatal), Some(&Value::YesNo(false)));
    // Who may no longer go on keeps nobody from it, and nothing is lost.
    let_restricted_evaluate(&house, false).await;
    moved(&house, &eva, &it, Move::Revise, "").await;
    let sheet = read(&house, &eva, id).await.sheet.unwrap();
    assert_eq!(sheet.answers.value(fatal), Some(&Value::YesNo(false)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_deputys_draft_ends_with_the_deputy() {
    let Calls { house, id, eva, .. } = Calls::new().await;
    let karin = house.sign_in("karin@hark.test").await;
    let_restricted_evaluate(&house, true).await;
    let it = finish(&house, &karin, id, &[]).await;
    let deputy = backend::account::NewAccount {
        email: "vera@hark.test".into(),
        password: backend::account::FirstPassword::Own(crate::house::PASSWORD.into()),
        role: model::account::Role::Super,
        departments: vec![],
        agreed: true,
    };
    house.backend().add_account(OPERATOR, deputy).await.unwrap();
    let vera = house.sign_in("vera@hark.test").await;
    moved(&house, &vera, &it, Move::Revise, "").await;
    // Who is busy with one thing begins no other.
    let busy = step(&house, &vera, &it, Move::Revise, "").await;
    assert_eq!(problem(&busy), Problem::Changed);
    // Vera becomes a coach of that department: she may judge, and not in the place of others.
    let account = house.account("vera@hark.test").await;
    let sales = house.department("Försäljning").await;
    let new = backend::account::NewRole {
        role: model::account::Role::Restricted,
        departments: vec![sales],
    };
    house.backend().set_role(OPERATOR, account, new).await.unwrap();
    let vera = house.sign_in("vera@hark.test").await;
    let late = kept(&house, &vera, id, json!({}), false).await;
    assert_eq!(late.status, StatusCode::NOT_FOUND);
    assert_eq!(read(&house, &eva, id).await.writing, ["vera@hark.test"]);
    house.backend().remove_account(OPERATOR, account).await.unwrap();
    let seen = read(&house, &eva, id).await;
    assert!(seen.writing.is_empty());
    assert_eq!(seen.finished[0].answers, it.answers);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_saved_unchanged_is_shown_where_the_company_shows_at_once_by_now() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    let showing = async |word: &str| {
        let fields = format!("showing={word}");
        let set = house.call("/fn/evaluation/set-showing", Some(&eva), FORM, fields).await;
        assert_eq!(set.status, StatusCode::OK, "{}", set.text());
    };
    let again = async |it: &Evaluation| {
        moved(&house, &eva, it, Move::Revise, "").await;
        assert!(sent(&finish_in(&house, &eva, id, it).await).finished);
    };
    showing("by-hand").await;
    let it = finish(&house, &eva, id, &[]).await;
    again(&it).await;
    assert!(read(&house, &pelle, id).await.finished.is_empty());
    showing("at-once").await;
    house.post().await;
    again(&it).await;
    let seen = read(&house, &pelle, id).await.finished.remove(0);
    assert_eq!((seen.state, seen.turns.len()), (State::Shown { disputes: 0 }, 0));
    let letters = house.post().await;
    assert_eq!(letters.len(), 1, "{letters:?}");
    assert_eq!(letters[0].subject, "Ett av dina samtal är utvärderat");
    let told = history(&house, &eva, id).await;
    let deeds: Vec<_> = what(&told).into_iter().map(|(_, what)| what).collect();
    let shown = matches!(
        deeds[0],
        What::Evaluation {
            deed: EvaluationDeed::Shown,
            ..
        }
    );
    assert!(shown && deeds.len() == 2, "nothing else was changed: {deeds:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_was_writing_outlives_what_alters_nothing() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    let karin = house.sign_in("karin@hark.test").await;
    let_restricted_evaluate(&house, true).await;
    let it = finish(&house, &karin, id, &[]).await;
    let asked: Vec<Question> = it.form.questions().cloned().collect();
    let fatal = critical(&asked);
    let said = |right: bool| -> Answers { [(fatal, Value::YesNo(right))].into_iter().collect() };
    let of_eva = async || {
        let sheet = read(&house, &eva, id).await.sheet.unwrap();
        (sheet.by.revises, sheet.answers.value(fatal).cloned())
    };
    let hers = (Some(it.id), Some(Value::YesNo(false)));
    moved(&house, &eva, &it, Move::Revise, "").await;
    assert_eq!(keep_in(&house, &eva, id, &it, said(false)).await.status, StatusCode::OK);
    // Karin takes over, and says again what held.
    moved(&house, &karin, &it, Move::Revise, "").await;
    assert_eq!(
        keep_in(&house, &karin, id, &it, said(true)).await.status,
        StatusCode::OK
    );
    assert!(sent(&finish_in(&house, &karin, id, &it).await).finished);
    assert_eq!(of_eva().await, hers);
    // Nor does who lets it stand throw it away, with a draft of their own or without.
    moved(&house, &pelle, &it, Move::Dispute, "Nej.").await;
    moved(&house, &karin, &it, Move::Answer, "Jo.").await;
    assert_eq!(of_eva().await, hers);
    moved(&house, &karin, &it, Move::Revise, "").await;
    moved(&house, &pelle, &it, Move::Dispute, "Nej.").await;
    moved(&house, &karin, &it, Move::Answer, "Jo.").await;
    assert_eq!(of_eva().await, hers);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_an_evaluator_was_changing_ends_with_them() {
    let Calls { house, id, eva, .. } = Calls::new().await;
    let karin = house.sign_in("karin@hark.test").await;
    let_restricted_evaluate(&house, true).await;
    let by_hand = "showing=by-hand".to_owned();
    house
        .call("/fn/evaluation/set-showing", Some(&eva), FORM, by_hand)
        .await;
    let it = finish(&house, &karin, id, &[]).await;
    moved(&house, &karin, &it, Move::Revise, "").await;
    assert_eq!(read(&house, &eva, id).await.writing, ["karin@hark.test"]);
    let account = house.account("karin@hark.test").await;
    house.backend().remove_account(OPERATOR, account).await.unwrap();
    let seen = read(&house, &eva, id).await;
    assert_eq!((seen.writing.len(), &seen.finished[0].answers), (0, &it.answers));
    moved(&house, &eva, &it, Move::Show, "").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_another_is_changing_nobody_removes() {
    let Calls { house, id, eva, .. } = Calls::new().await;
    let karin = house.sign_in("karin@hark.test").await;
    let_restricted_evaluate(&house, true).await;
    let by_hand = "showing=by-hand".to_owned();
    house
        .call("/fn/evaluation/set-showing", Some(&eva), FORM, by_hand)
        .await;
    let it = finish(&house, &karin, id, &[]).await;
    let asked: Vec<Question> = it.form.questions().cloned().collect();
    let worse: Answers = [(critical(&asked), Value::YesNo(false))].into_iter().collect();
    // Neither what its evaluator is changing, nor what another is changing in the place of its evaluator.
    for (writes, removes) in [(&karin, &eva), (&eva, &karin)] {
        moved(&house, writes, &it, Move::Revise, "").await;
        let kept = keep_in(&house, writes, id, &it, worse.clone()).await;
        assert_eq!(kept.status, StatusCode::OK, "{}", kept.text());
        let refused = step(&house, removes, &it, Move::Remove, "").await;
        assert_eq!(
            (refused.status, problem(&refused)),
            (StatusCode::CONFLICT, Problem::BeingChanged)
        );
        let sheet = read(&house, writes, id).await.sheet.unwrap();
        assert_eq!(sheet.by.revises, Some(it.id));
        assert_eq!(sheet.answers.value(critical(&asked)), Some(&Value::YesNo(false)));
        assert_eq!(throw_away(&house, writes, id).await.status, StatusCode::OK);
    }
    // Who may no longer go on keeps nobody from it.
    moved(&house, &karin, &it, Move::Revise, "").await;
    let_restricted_evaluate(&house, false).await;
    moved(&house, &eva, &it, Move::Remove, "").await;
    assert!(read(&house, &eva, id).await.finished.is_empty());
}
