//! Lists under a name: one's own, shared ones, and the one that one begins with.

use axum::http::StatusCode;
use model::{list::ListQuery, view::View};

use crate::house::{Answer, House, PASSWORD, form};

const FORM: &str = "application/x-www-form-urlencoded";

async fn send(house: &House, cookie: &str, what: &str, fields: &[(&str, &str)]) -> Answer {
    house
        .call(&format!("/fn/views/{what}"), Some(cookie), FORM, form(fields))
        .await
}

async fn views(house: &House, cookie: &str) -> Vec<View> {
    let answer = house
        .call("/fn/views/list", Some(cookie), "application/json", "{}")
        .await;
    serde_json::from_slice(&answer.body).unwrap()
}

/// Saves a view, and says how it is found.
async fn save(house: &House, cookie: &str, name: &str, shared: bool) -> View {
    let mut fields = vec![
        ("view", name),
        ("query", "?period=all&flag=none&length-min=60"),
        ("columns", "date,user"),
    ];
    if shared {
        fields.push(("shared", "on"));
    }
    let answer = send(house, cookie, "save", &fields).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    views(house, cookie)
        .await
        .into_iter()
        .find(|view| view.name == name)
        .unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_view_of_ones_own_is_there_for_nobody_else() {
    let house = House::with_people().await;
    let (pelle, eva) = (
        house.sign_in("a1@hark.test").await,
        house.sign_in("eva@hark.test").await,
    );
    let view = save(&house, &pelle, "Att lyssna på", false).await;
    assert!(view.changeable && !view.shared);
    assert_eq!(views(&house, &eva).await, []);
    let id = view.id.to_string();
    for (what, fields) in [
        (
            "name",
            &[("id", &*id), ("version", "1"), ("view", "Evas"), ("shared", "on")][..],
        ),
        ("update", &[("id", &*id), ("version", "1"), ("query", "")]),
        ("remove", &[("id", &*id)]),
        ("start", &[("id", &*id)]),
    ] {
        assert_eq!(
            send(&house, &eva, what, fields).await.status,
            StatusCode::NOT_FOUND,
            "{what}"
        );
    }
    assert_eq!(views(&house, &pelle).await, [view]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_shared_view_is_changed_by_its_owner_and_those_who_answer_for_the_company() {
    let house = House::with_people().await;
    let (pelle, karin, eva) = (
        house.sign_in("a1@hark.test").await,
        house.sign_in("karin@hark.test").await,
        house.sign_in("eva@hark.test").await,
    );
    let view = save(&house, &karin, "Röda", true).await;
    let seen = views(&house, &pelle).await;
    assert_eq!(
        (seen.len(), seen[0].changeable, &seen[0].query),
        (1, false, &view.query)
    );
    let id = view.id.to_string();
    let update = [("id", &*id), ("version", "1"), ("query", "?flag=red")];
    assert_eq!(
        send(&house, &pelle, "update", &update).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        send(&house, &pelle, "remove", &[("id", &*id)]).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(send(&house, &eva, "update", &update).await.status, StatusCode::OK);
    let again = send(&house, &karin, "update", &update).await;
    assert_eq!(again.status, StatusCode::CONFLICT, "someone else has changed it since");
    let now = views(&house, &karin).await;
    assert_eq!(
        (now[0].query.words(), now[0].version),
        (vec![("flag", "red".to_owned())], 2)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn names_are_ones_own_and_are_checked() {
    let house = House::with_people().await;
    let pelle = house.sign_in("a1@hark.test").await;
    save(&house, &pelle, "Långa", false).await;
    for (name, why) in [
        ("  ", "Missing"),
        (" långa ", "Taken"),
        (&"x".repeat(61), "TooLong"),
        ("a\u{202e}b", "Characters"),
    ] {
        let answer = send(&house, &pelle, "save", &[("view", name), ("query", "")]).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(answer.text().contains(why), "{}", answer.text());
    }
    let asa = house.sign_in("a3@hark.test").await;
    save(&house, &asa, "Långa", false).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn one_begins_with_a_view_until_it_is_gone() {
    let house = House::with_people().await;
    let pelle = house.sign_in("a1@hark.test").await;
    let view = save(&house, &pelle, "Långa", false).await;
    let id = view.id.to_string();
    assert_eq!(
        send(&house, &pelle, "start", &[("id", &id)]).await.status,
        StatusCode::OK
    );
    let fields = form(&[("email", "a1@hark.test"), ("password", PASSWORD)]);
    let entered = house.call("/fn/account/sign-in", None, FORM, fields.clone()).await;
    assert!(entered.text().contains(&format!("view={id}")), "{}", entered.text());
    let list = ListQuery {
        view: Some(view.id),
        ..view.query.clone()
    };
    let page = house.list(&pelle, list).await;
    assert_eq!(page.columns.word(), "date,user", "it has its own columns");
    assert_eq!(
        send(&house, &pelle, "remove", &[("id", &id)]).await.status,
        StatusCode::OK
    );
    let entered = house.call("/fn/account/sign-in", None, FORM, fields).await;
    assert_eq!(entered.text(), "\"/\"");
}
