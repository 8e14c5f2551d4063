//! What is finished: who sees it, and what the two say to each other.

use super::*;

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
    assert_eq!(sheet.by.revises, Some(it.id));
    assert_eq!(sheet.answers, answers(&asked, &wrong).without_hidden(&sheet.form));
    let right: Answers = [(fatal, Value::YesNo(true))].into_iter().collect();
    assert_eq!(keep_in(&house, &eva, id, &it, right).await.status, StatusCode::OK);
    let held = read(&house, &pelle, id).await.finished.remove(0);
    assert_eq!(held.answers.value(fatal), Some(&Value::YesNo(false)));
    assert!(sent(&finish_in(&house, &eva, id, &it).await).finished);
    let it = read(&house, &pelle, id).await.finished.remove(0);
    assert_eq!((it.state, it.turns.len()), (State::Shown { disputes: 1 }, 2));
    moved(&house, &pelle, &it, Move::Dispute, "Och hälsningen?").await;
    moved(&house, &eva, &it, Move::Answer, "Den hördes inte.").await;
    moved(&house, &pelle, &it, Move::Acknowledge, "").await;
    let ended = step(&house, &pelle, &it, Move::Dispute, "Jo.").await;
    assert_eq!(problem(&ended), Problem::Changed, "there is nothing more to say to it");

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
                    to: Some(Tenths(1000)),
                    failed: false
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
    let may = Rights {
        evaluate: true,
        ..Rights::default()
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
    assert!(house.list(&eva, ListQuery::default()).await.rows[0].verdict.is_some());
    moved(&house, &eva, &first, Move::Remove, "").await;
    assert!(house.list(&eva, ListQuery::default()).await.rows[0].verdict.is_none());
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
    revise(&house, &eva, id, &it, false).await;
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
    let may = Rights {
        evaluate: true,
        ..Rights::OF_OWN
    };
    house.backend().set_own_rights(OPERATOR, may).await.unwrap();
    let it = finish(&house, &pelle, id, &[]).await;
    assert!(it.own && it.state == State::Done);
    assert_eq!(it.moves, [Move::Revise, Move::Remove]);
    assert!(house.list(&eva, ListQuery::default()).await.rows[0].verdict.is_none());
    let seen = read(&house, &eva, id).await.finished.remove(0);
    assert!(seen.own);
    assert_eq!(
        seen.moves,
        [Move::Remove],
        "nobody else changes what one says of oneself"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn who_answers_for_the_house_answers_in_anothers_place_and_removes_nothing_about_themselves() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    let karin = house.sign_in("karin@hark.test").await;
    let may = Rights {
        evaluate: true,
        ..Rights::default()
    };
    house.backend().set_restricted_rights(OPERATOR, may).await.unwrap();
    let it = finish(&house, &karin, id, &[]).await;
    moved(&house, &pelle, &it, Move::Dispute, "Nej.").await;
    let account = house.account("karin@hark.test").await;
    house.backend().set_active(OPERATOR, account, false).await.unwrap();
    let seen = read(&house, &eva, id).await.finished.remove(0);
    assert_eq!(
        seen.moves,
        [Move::Answer, Move::Revise, Move::Remove],
        "she takes the place of one who has left"
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
