//! Disputes that their evaluators can no longer answer: whom they wait for, and who is written to.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_dispute_that_its_evaluator_cannot_answer_waits_for_those_who_answer_for_the_company() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    let karin = house.sign_in("karin@hark.test").await;
    let_restricted_evaluate(&house, true).await;
    let it = finish(&house, &karin, id, &[]).await;
    let account = house.account("karin@hark.test").await;
    let sales = house.department("Försäljning").await;
    let finance = house.department("Ekonomi").await;
    let hears = async |department| {
        let new = backend::account::NewRole {
            role: model::account::Role::Restricted,
            departments: vec![department],
        };
        house.backend().set_role(OPERATOR, account, new).await.unwrap();
    };
    let waiting = async || {
        let told = to_answer(&house, &eva).await.unwrap();
        let listed = house.list(&eva, ListQuery::read([("evaluated", "waiting")])).await;
        assert_eq!(listed.rows.len(), told.len());
        assert_eq!(waits(&house, &eva, id).await.is_some(), !told.is_empty());
        told
    };
    // Whom one cannot ask is not written to: she does not hear the call any more.
    hears(finance).await;
    house.post().await;
    moved(&house, &pelle, &it, Move::Dispute, "Nej.").await;
    let letters = house.post().await;
    let told: Vec<(&str, &str)> = letters.iter().map(|it| (&*it.to, &*it.subject)).collect();
    assert_eq!(told, [("eva@hark.test", "En ifrågasatt utvärdering väntar på svar")]);
    assert!(
        letters[0]
            .link()
            .ends_with(&format!("/recordings/{id}?period=all&part=evaluate"))
    );
    let told = waiting().await;
    assert_eq!(told.len(), 1);
    assert_eq!(
        (told[0].recording, told[0].evaluator.as_deref()),
        (id, Some("karin@hark.test"))
    );
    // Whoever comes to answer meets that first, and not an empty form.
    let met = page(&house, &eva, id, "evaluate").await;
    let (judged, form) = (met.find(r#"class="judged""#), met.find(r#"id="sheet""#));
    assert!(judged.is_some() && judged < form, "{judged:?} {form:?}");
    let home = house.get("/", Some(&eva)).await.text();
    assert!(
        home.contains("karin@hark.test har utvärderat och kan inte längre svara."),
        "{home}"
    );
    hears(sales).await;
    assert!(waiting().await.is_empty(), "she can again");
    house.backend().set_active(OPERATOR, account, false).await.unwrap();
    assert_eq!(waiting().await.len(), 1);
    // The one it is about answers for the company by now, and not to themselves.
    let his = house.account("a1@hark.test").await;
    let new = backend::account::NewRole {
        role: model::account::Role::Super,
        departments: vec![],
    };
    house.backend().set_role(OPERATOR, his, new).await.unwrap();
    let pelle = house.sign_in("a1@hark.test").await;
    assert_eq!(to_answer(&house, &pelle).await, Some(vec![]));
    moved(&house, &eva, &it, Move::Answer, "Jo.").await;
    assert!(waiting().await.is_empty());
    house.post().await;
    moved(&house, &pelle, &it, Move::Dispute, "Nej.").await;
    let letters = house.post().await;
    assert_eq!(letters.iter().map(|it| &*it.to).collect::<Vec<_>>(), ["eva@hark.test"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_dispute_whose_evaluator_goes_is_told_to_those_who_answer_for_the_company() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    let_restricted_evaluate(&house, true).await;
    let (sales, finance) = (house.department("Försäljning").await, house.department("Ekonomi").await);
    let hears = async |email, department| {
        let new = backend::account::NewRole {
            role: model::account::Role::Restricted,
            departments: vec![department],
        };
        let account = house.account(email).await;
        house.backend().set_role(OPERATOR, account, new).await.unwrap();
    };
    let told = async || {
        let letters = house.post().await.into_iter();
        let left = letters.filter(|it| it.subject.ends_with(" väntar på svar"));
        left.map(|it| (it.to, it.subject)).collect::<Vec<_>>()
    };
    let to_eva = |subject: &str| vec![("eva@hark.test".to_owned(), subject.to_owned())];
    let (nobody, one) = (vec![], to_eva("En ifrågasatt utvärdering väntar på svar"));
    let karin = house.sign_in("karin@hark.test").await;
    let it = finish(&house, &karin, id, &[]).await;
    moved(&house, &pelle, &it, Move::Dispute, "Nej.").await;
    assert_eq!(told().await, nobody, "she can answer");
    hears("karin@hark.test", finance).await;
    assert_eq!(told().await, one);
    hears("karin@hark.test", sales).await;
    assert_eq!(told().await, nobody);
    let account = house.account("karin@hark.test").await;
    for (on, letters) in [(false, &one), (false, &nobody), (true, &nobody)] {
        house.backend().set_active(OPERATOR, account, on).await.unwrap();
        assert_eq!(&told().await, letters);
    }
    // However many are left, it is one letter.
    let karin = house.sign_in("karin@hark.test").await;
    let second = house.recording("c-2", "a1", crate::house::alaw()).await;
    let it = finish(&house, &karin, second, &[]).await;
    moved(&house, &pelle, &it, Move::Dispute, "Nej.").await;
    house.post().await;
    let_restricted_evaluate(&house, false).await;
    let two = to_eva("2 ifrågasatta utvärderingar väntar på svar");
    assert_eq!(told().await, two);
    let_restricted_evaluate(&house, true).await;
    assert_eq!(told().await, nobody);
    // The one they are about is not written to, also where he answers for the company by now.
    let his = house.account("a1@hark.test").await;
    let new = backend::account::NewRole {
        role: model::account::Role::Super,
        departments: vec![],
    };
    house.backend().set_role(OPERATOR, his, new).await.unwrap();
    house.backend().remove_account(OPERATOR, account).await.unwrap();
    assert_eq!(told().await, two);

    // The same where a person leaves, and what they had begun goes with them.
    hears("a3@hark.test", sales).await;
    let (asa, pelle) = (house.sign_in("a3@hark.test").await, house.sign_in("a1@hark.test").await);
    let it = finish(&house, &asa, id, &[]).await;
    moved(&house, &pelle, &it, Move::Dispute, "Nej.").await;
    moved(&house, &asa, &it, Move::Revise, "").await;
    house.post().await;
    assert_eq!(read(&house, &eva, id).await.writing.len(), 1);
    let query = json!({ "query": { "search": "Öström", "department": null, "skip": 0 } }).to_string();
    let found = house.call("/fn/people/list", Some(&eva), JSON, query).await;
    let found: model::people::PeoplePage = serde_json::from_slice(&found.body).unwrap();
    let person = found.rows[0].id;
    let left = house
        .call("/fn/people/leave", Some(&eva), FORM, format!("id={person}"))
        .await;
    assert_eq!(left.status, StatusCode::OK, "{}", left.text());
    assert_eq!(told().await, one);
    assert_eq!(read(&house, &eva, id).await.writing, [""; 0]);
}
