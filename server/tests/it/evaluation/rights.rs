//! Who may judge, and what becomes of that when they no longer may.

use super::*;

async fn begins_to_share(house: &House, cookie: &str, id: RecordingId) -> StatusCode {
    let asked = json!({ "id": id }).to_string();
    house.call("/fn/sharing/begin", Some(cookie), JSON, asked).await.status
}

#[tokio::test(flavor = "multi_thread")]
async fn coaches_judge_without_agents_judging_themselves_and_the_other_way_round() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    let karin = house.sign_in("karin@hark.test").await;
    let one: Answers = [(Key(1), Value::YesNo(true))].into_iter().collect();
    let_restricted_evaluate(&house, true).await;
    assert_eq!(keep(&house, &karin, id, one.clone()).await.status, StatusCode::OK);
    assert_eq!(
        keep(&house, &pelle, id, one.clone()).await.status,
        StatusCode::NOT_FOUND
    );
    let of_pelle = read(&house, &pelle, id).await;
    assert!(!of_pelle.may && of_pelle.sheet.is_none());
    let why = page(&house, &pelle, id, "evaluate").await;
    assert!(why.contains("Företaget låter inte medarbetare utvärdera sina egna samtal."));

    let_restricted_evaluate(&house, false).await;
    let set = house
        .call("/fn/configuration/set-own", Some(&eva), FORM, "evaluate=on&tag=on")
        .await;
    assert_eq!(set.status, StatusCode::OK, "{}", set.text());
    assert_eq!(
        keep(&house, &karin, id, one.clone()).await.status,
        StatusCode::NOT_FOUND
    );
    let why = page(&house, &karin, id, "evaluate").await;
    assert!(why.contains("Företaget har inte gett dig rätt att utvärdera samtal."));
    assert_eq!(keep(&house, &pelle, id, one).await.status, StatusCode::OK);
    // What was not ticked is taken away with the same form, and said.
    assert_eq!(begins_to_share(&house, &pelle, id).await, StatusCode::NOT_FOUND);
    let download = house.get(&format!("/media/{id}/download"), Some(&pelle)).await;
    assert_eq!(download.status, StatusCode::NOT_FOUND);
    let notes = page(&house, &pelle, id, "").await;
    assert!(notes.contains("inte gett dig rätt att kommentera, skicka länkar eller ladda ner ljudet."));
    house.backend().set_own_rights(OPERATOR, Rights::OF_OWN).await.unwrap();
    assert_eq!(begins_to_share(&house, &pelle, id).await, StatusCode::OK);
    assert!(!page(&house, &pelle, id, "").await.contains("inte gett dig rätt"));
}

#[tokio::test(flavor = "multi_thread")]
async fn who_may_no_longer_evaluate_neither_shows_nor_answers_nor_removes() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    let karin = house.sign_in("karin@hark.test").await;
    let_restricted_evaluate(&house, true).await;
    let by_hand = |word: &str| format!("showing={word}");
    house
        .call("/fn/evaluation/set-showing", Some(&eva), FORM, by_hand("by-hand"))
        .await;
    let it = finish(&house, &karin, id, &[]).await;
    assert_eq!(it.moves, [Move::Show, Move::Revise, Move::Remove]);
    let_restricted_evaluate(&house, false).await;
    assert!(read(&house, &karin, id).await.finished[0].moves.is_empty());
    for this in [Move::Show, Move::Revise, Move::Remove] {
        let refused = step(&house, &karin, &it, this, "").await;
        assert_eq!(refused.status, StatusCode::NOT_FOUND, "{this:?}");
    }
    assert!(read(&house, &pelle, id).await.finished.is_empty());
    // One who answers for the house does so in her place.
    moved(&house, &eva, &it, Move::Show, "").await;
    moved(&house, &pelle, &it, Move::Dispute, "Nej.").await;
    assert_eq!(waits(&house, &karin, id).await, None);
    assert_eq!(waits(&house, &eva, id).await, Some(Waiting::Answer));
    let refused = step(&house, &karin, &it, Move::Answer, "Jo.").await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    moved(&house, &eva, &it, Move::Answer, "Jo.").await;
    // What one began before one lost the right is not finished after.
    let_restricted_evaluate(&house, true).await;
    moved(&house, &karin, &it, Move::Revise, "").await;
    let_restricted_evaluate(&house, false).await;
    let late = kept(&house, &karin, id, json!({}), false).await;
    assert_eq!(late.status, StatusCode::NOT_FOUND);
}
