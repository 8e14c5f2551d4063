//! People through their doors: forms, tables and the API.

mod tables;

use axum::{
    body::Body,
    http::{Method, StatusCode, header},
};
use backend::keys::KeyScope;
use model::{
    people::{Change, Import, PeoplePage},
    problem::{Field, Invalid, Problem},
};
use serde_json::{Value, json};

use crate::house::{Answer, FORM, House, MULTIPART, OPERATOR, alaw, form, multipart, request};

async fn list(house: &House, cookie: &str, search: &str) -> PeoplePage {
    let query = json!({ "query": { "search": search, "department": null, "skip": 0 } }).to_string();
    let answer = house
        .call("/fn/people/list", Some(cookie), "application/json", query)
        .await;
    serde_json::from_slice(&answer.body).unwrap_or_else(|_| panic!("{}", answer.text()))
}

async fn plan(house: &House, cookie: &str, id: i64) -> Import {
    let answer = house
        .call(
            "/fn/people/plan",
            Some(cookie),
            "application/json",
            json!({ "id": id }).to_string(),
        )
        .await;
    serde_json::from_slice(&answer.body).unwrap_or_else(|_| panic!("{}", answer.text()))
}

async fn machine(house: &House, key: &str, method: Method, path: &str, body: Value) -> Answer {
    let asked = request(method, path, None)
        .header(header::AUTHORIZATION, format!("Bearer {key}"))
        .header(header::CONTENT_TYPE, "application/json");
    house.ask(asked.body(Body::from(body.to_string())).unwrap()).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_person_is_found_by_any_part_and_by_any_way_of_writing_a_number() {
    let house = House::with_people().await;
    let eva = house.sign_in("eva@hark.test").await;
    let save = form(&[
        ("first_name", "Örjan"),
        ("last_name", "Hällfors"),
        ("email", "orjan@hark.test"),
        ("title", "100%_tekniker"),
        ("extension", "a166947512"),
        ("numbers", "070-921 40 80, 0980-31 92 11"),
        ("recording_active", "on"),
        ("district", ""),
        ("department", "Support"),
        ("cost_center", ""),
        ("office", "Kiruna"),
    ]);
    let saved = house.call("/fn/people/save", Some(&eva), FORM, save).await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.text());
    for search in [
        "örjan",
        "HÄLLFORS ÖRJAN",
        "orjan@",
        "a166947512",
        "0709214080",
        "+46 709 21 40 80",
        "support kiruna",
        "100%_",
    ] {
        let found = list(&house, &eva, search).await;
        assert_eq!(
            found.rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(),
            ["Örjan Hällfors"],
            "{search}"
        );
    }
    assert_eq!(
        list(&house, &eva, "%").await.total,
        1,
        "a wildcard is a sign like others"
    );
    assert_eq!(list(&house, &eva, "orjan support nisse").await.total, 0);
    let all = list(&house, &eva, "").await;
    assert_eq!(
        all.rows.iter().map(|row| row.name.as_str()).collect::<Vec<_>>(),
        ["Lisa Larsson", "Pelle Persson", "Åsa Öström", "Örjan Hällfors"]
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_who_change_one_person_lose_nothing() {
    let house = House::with_people().await;
    let eva = house.sign_in("eva@hark.test").await;
    let id = list(&house, &eva, "Pelle").await.rows[0].id;
    let change = async |title: &str| {
        let fields = [
            ("id", id.to_string()),
            ("version", "1".to_owned()),
            ("first_name", "Pelle".to_owned()),
            ("last_name", "Persson".to_owned()),
            ("email", "a1@hark.test".to_owned()),
            ("title", title.to_owned()),
            ("extension", "a1".to_owned()),
            ("numbers", String::new()),
            ("district", String::new()),
            ("department", "Försäljning".to_owned()),
            ("cost_center", String::new()),
            ("office", String::new()),
        ];
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (*name, value.as_str())).collect();
        house.call("/fn/people/save", Some(&eva), FORM, form(&fields)).await
    };
    assert_eq!(change("Chef").await.status, StatusCode::OK);
    let second = change("Säljare").await;
    assert_eq!(
        (second.status, second.text().as_str()),
        (StatusCode::CONFLICT, "\"Changed\"")
    );
    assert_eq!(list(&house, &eva, "Pelle").await.rows[0].title.as_deref(), Some("Chef"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_role_wants_an_address_and_a_person_who_leaves_keeps_the_recordings() {
    let house = House::with_people().await;
    let eva = house.sign_in("eva@hark.test").await;
    let recording = house.recording("c-1", "a2", alaw()).await;
    let save = form(&[
        ("first_name", "Utan"),
        ("last_name", "Post"),
        ("email", ""),
        ("title", ""),
        ("extension", "a9"),
        ("numbers", ""),
        ("district", ""),
        ("department", ""),
        ("cost_center", ""),
        ("office", ""),
    ]);
    house.call("/fn/people/save", Some(&eva), FORM, save).await;
    let id = list(&house, &eva, "Utan").await.rows[0].id.to_string();
    let refused = house
        .call(
            "/fn/people/set-role",
            Some(&eva),
            FORM,
            form(&[("id", &id), ("role", "MyConsole")]),
        )
        .await;
    assert!(refused.text().contains("NeededForRole"), "{}", refused.text());
    let lisa = list(&house, &eva, "Lisa").await.rows[0].id.to_string();
    let invited = house
        .call(
            "/fn/people/set-role",
            Some(&eva),
            FORM,
            form(&[("id", &lisa), ("role", "MyConsole")]),
        )
        .await;
    assert_eq!(invited.status, StatusCode::OK, "{}", invited.text());
    assert_eq!(house.post().await[0].to, "a2@hark.test");
    let left = house
        .call("/fn/people/leave", Some(&eva), FORM, form(&[("id", &lisa)]))
        .await;
    assert_eq!(left.status, StatusCode::OK);
    assert_eq!(list(&house, &eva, "Lisa").await.total, 0);
    assert!(
        house
            .backend()
            .account_of(OPERATOR, "a2@hark.test")
            .await
            .unwrap()
            .is_none()
    );
    let page = house.get(&format!("/recordings/{recording}"), Some(&eva)).await;
    assert!(
        page.text().contains("Lisa Larsson"),
        "the name stays with the recording"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_directory_keeps_people_by_its_own_id() {
    let house = House::with_people().await;
    let key = house.key(KeyScope::People).await;
    let person = json!({
        "first_name": "Tilda", "last_name": "Ny", "email": "tilda@hark.test", "extension": "a7",
        "numbers": ["070-921 40 80"], "recording_active": true, "department": "Support"
    });
    let put = async |id: &str, body: &Value| {
        machine(&house, &key, Method::PUT, &format!("/api/v1/people/{id}"), body.clone()).await
    };
    let made = put("emp-7", &person).await;
    assert_eq!(made.status, StatusCode::CREATED, "{}", made.text());
    let state = house.fixture.state().await;
    assert_eq!(put("emp-7", &person).await.status, StatusCode::OK);
    assert_eq!(state, house.fixture.state().await, "the same twice is the same once");
    let read: Value = serde_json::from_slice(
        &machine(&house, &key, Method::GET, "/api/v1/people/emp-7", Value::Null)
            .await
            .body,
    )
    .unwrap();
    assert_eq!(
        (&read["numbers"][0], &read["department"]),
        (&"+46709214080".into(), &"Support".into())
    );
    // Someone who was added by hand is that person from now on.
    let pelle = json!({ "first_name": "Pelle", "last_name": "Persson", "email": "a1@hark.test", "extension": "a1", "recording_active": true });
    assert_eq!(put("emp-1", &pelle).await.status, StatusCode::OK);
    let taken = put("emp-8", &pelle).await;
    assert_eq!(taken.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", taken.text());
    assert!(
        taken.text().contains("extension: It is already in use."),
        "{}",
        taken.text()
    );
    let odd = put("emp-9", &json!({ "first_name": "X", "colour": "blue" })).await;
    assert!(
        odd.status == StatusCode::BAD_REQUEST && odd.text().contains("colour"),
        "{}",
        odd.text()
    );
    let all: Value = serde_json::from_slice(
        &machine(&house, &key, Method::GET, "/api/v1/people", Value::Null)
            .await
            .body,
    )
    .unwrap();
    assert_eq!(all["people"].as_array().unwrap().len(), 2);
    let gone = machine(&house, &key, Method::DELETE, "/api/v1/people/emp-7", Value::Null).await;
    assert_eq!(gone.status, StatusCode::NO_CONTENT);
    assert_eq!(
        machine(&house, &key, Method::GET, "/api/v1/people/emp-7", Value::Null)
            .await
            .status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_key_to_people_opens_no_account() {
    let house = House::with_people().await;
    let key = house.key(KeyScope::People).await;
    let put = async |id: &str, email: &str, extension: &str| {
        let body = json!({ "first_name": "Eva", "email": email, "extension": extension });
        machine(&house, &key, Method::PUT, &format!("/api/v1/people/{id}"), body).await
    };
    // An account without a person does not become the person's because a machine says so.
    assert_eq!(put("emp-1", "eva@hark.test", "a50").await.status, StatusCode::CREATED);
    assert_eq!(put("emp-1", "mallory@hark.test", "a50").await.status, StatusCode::OK);
    assert!(
        house
            .backend()
            .account_of(OPERATOR, "eva@hark.test")
            .await
            .unwrap()
            .is_some(),
        "it signs in as before"
    );
    assert!(
        house
            .backend()
            .account_of(OPERATOR, "mallory@hark.test")
            .await
            .unwrap()
            .is_none()
    );
    // Nor does the address of someone who has one change.
    let refused = put("emp-2", "mallory2@hark.test", "a1").await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", refused.text());
    house.sign_in("a1@hark.test").await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn another_address_ends_what_the_old_one_opened() {
    let house = House::with_people().await;
    let (eva, pelle) = (
        house.sign_in("eva@hark.test").await,
        house.sign_in("a1@hark.test").await,
    );
    house
        .call("/fn/account/forgot", None, FORM, "email=a1%40hark.test")
        .await;
    let link = house.post().await.pop().unwrap().link();
    let id = list(&house, &eva, "Pelle").await.rows[0].id.to_string();
    let fields = [
        ("id", id.as_str()),
        ("version", "1"),
        ("first_name", "Pelle"),
        ("last_name", "Persson"),
        ("email", "pelle@ny.test"),
        ("title", ""),
        ("extension", "a1"),
        ("numbers", ""),
        ("district", ""),
        ("department", "Försäljning"),
        ("cost_center", ""),
        ("office", ""),
    ];
    let saved = house.call("/fn/people/save", Some(&eva), FORM, form(&fields)).await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.text());
    assert_ne!(house.get("/recordings", Some(&pelle)).await.status, StatusCode::OK);
    assert!(
        house
            .get(&link[crate::house::URL.len()..], None)
            .await
            .text()
            .contains("gäller inte längre")
    );
    let letters = house.post().await;
    assert_eq!(
        (letters.len(), letters[0].to.as_str()),
        (1, "a1@hark.test"),
        "the old address is told"
    );
    assert!(letters[0].text.contains("pelle@ny.test"));
    house
        .try_sign_in("pelle@ny.test", crate::house::PASSWORD)
        .await
        .unwrap();
}
