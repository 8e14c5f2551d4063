//! What a link tells of evaluations.

use super::*;
use crate::evaluation;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_a_sender_is_not_told_of_evaluations_they_tell_nobody() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    house
        .call("/fn/evaluation/set-showing", Some(&eva), FORM, "showing=by-hand")
        .await;
    let it = evaluation::finish(&house, &eva, id, &[]).await;
    let told = async |cookie: &str, receiver: &str| {
        house.fixture.clock.move_by(10_000);
        let (_, letters) = sent(&house, cookie, id, &[("receivers", receiver)]).await;
        let guest = guest(&house, &path(&letters[0])).await;
        let opened = house.call("/fn/sharing/opened", Some(&guest), JSON, "{}").await;
        let opened: Opened = serde_json::from_slice(&opened.body).unwrap();
        let verdict = opened.detail.row.verdict;
        assert!(
            verdict.is_none_or(|verdict| verdict == model::evaluation::Verdict::default()),
            "not what it came to"
        );
        (letters[0].text.contains("Utvärdering: Ja"), verdict.is_some())
    };
    assert_eq!(told(&pelle, "gun@kund.test").await, (false, false));
    assert_eq!(told(&eva, "gun@kund.test").await, (true, true));
    assert_eq!(told(&eva, "a3@hark.test").await, (true, true));
    // Nor to the one it was said of.
    assert_eq!(told(&eva, "A1@hark.test").await, (false, false));
    evaluation::moved(&house, &eva, &it, model::evaluation::Move::Show, "").await;
    assert_eq!(told(&pelle, "gun@kund.test").await, (true, true));
    assert_eq!(told(&eva, "A1@hark.test").await, (true, true));
    // Also where the address is theirs no more once it is opened.
    house
        .call("/fn/evaluation/set-showing", Some(&eva), FORM, "showing=never")
        .await;
    let (_, letters) = sent(&house, &eva, id, &[("receivers", "a1@hark.test"), ("subject", "Igen")]).await;
    let person = house.account("a1@hark.test").await;
    house.backend().remove_account(OPERATOR, person).await.unwrap();
    let guest = guest(&house, &path(&letters[0])).await;
    let opened = house.call("/fn/sharing/opened", Some(&guest), JSON, "{}").await;
    let opened: Opened = serde_json::from_slice(&opened.body).unwrap();
    assert!(opened.detail.row.verdict.is_none());
}
