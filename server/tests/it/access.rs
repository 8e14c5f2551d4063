//! Who may do what: every address, by hand, against everyone who may come.
//!
//! The table is checked both ways: an address that answers and is not in it fails, and so does one in it that no longer
//! answers. Out of scope and missing must be the same answer, byte for byte.

pub mod judged;
mod sent;
mod table;
mod visitors;

use std::collections::BTreeSet;

use axum::http::{Method, StatusCode, header};
use backend::account::{FirstPassword, NewAccount};
use model::{id::RecordingId, list::ListQuery};
use server::serve::addresses;

use self::{
    table::{EVERYONE, TABLE, Who::Stranger},
    visitors::{Thing, allowed, carried, denied, knock, start, without_id},
};
use crate::house::{House, OPERATOR, PASSWORD, alaw};
/// The router writes a parameter in two ways, and calls everything `id`.
fn named(address: &str) -> String {
    let parts = address.split('/').map(|part| match part.strip_prefix(':') {
        Some(name) => format!("{{{name}}}"),
        None => part.to_owned(),
    });
    let joined = parts.collect::<Vec<_>>().join("/");
    let named = joined
        .replace("/people/import/{id}", "/people/import/{upload}")
        .replace("/people/{id}", "/people/{person}")
        .replace("/roles/{id}", "/roles/{account}")
        .replace("/evaluation-forms/{id}", "/evaluation-forms/{form}")
        .replace("/evaluation-forms/{file}", "/evaluation-forms/{form}.json");
    if named.len() > 1 {
        named.trim_end_matches('/').to_owned()
    } else {
        named
    }
}

#[tokio::test]
async fn every_address_is_in_the_table() {
    let answering: BTreeSet<String> = addresses()
        .into_iter()
        .map(|(method, path)| format!("{method} {}", named(&path)))
        .collect();
    let listed: BTreeSet<String> = TABLE
        .iter()
        .map(|rule| format!("{} {}", rule.method, rule.address))
        .collect();
    assert_eq!(answering, listed, "left: what answers; right: what the table says");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn everyone_may_what_the_table_says() {
    let house = House::with_people().await;
    let id = house.recording("c-1", "a1", alaw()).await;
    let missing = RecordingId(id.0 + 1);
    let mut eva = house.sign_in("eva@hark.test").await;
    for who in EVERYONE {
        let mut own = carried(&house, who).await;
        for rule in TABLE {
            let cookie = own.clone();
            let thing = Thing::new(&house, rule, id, &eva).await;
            let may = rule.may.contains(&who);
            // Only where nothing may change is it worth the while to write everything down.
            let before = if may { None } else { Some(house.fixture.state().await) };
            let answer = knock(&house, rule, who, cookie.as_deref(), &thing).await;
            let place = format!(
                "{who:?} {} {}: {} {} {}",
                rule.method,
                rule.address,
                answer.status,
                answer.header(header::LOCATION),
                start(&answer)
            );
            if may {
                assert!(allowed(rule, &answer), "should be let in: {place}");
            } else {
                assert!(denied(&answer, rule.otherwise, who), "should not be let in: {place}");
                assert_eq!(
                    before,
                    Some(house.fixture.state().await),
                    "it has an effect all the same: {place}"
                );
            }
            // Some of the calls end what one came with.
            if may && rule.address.starts_with("/fn/account/") {
                own = carried(&house, who).await;
                eva = house.sign_in("eva@hark.test").await;
            }
            if rule.address.contains("{id}") && !may {
                let thing = thing.about(missing);
                let nothing = knock(&house, rule, who, cookie.as_deref(), &thing).await;
                assert_eq!(answer.status, nothing.status, "{place}");
                assert_eq!(
                    without_id(&answer, id),
                    without_id(&nothing, missing),
                    "out of scope differs from missing: {place}"
                );
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_unclaimed_instance_lets_nobody_do_anything() {
    let house = House::empty().await;
    for rule in TABLE {
        let thing = Thing::nothing(RecordingId(7));
        let before = house.fixture.state().await;
        let answer = knock(&house, rule, Stranger, None, &thing).await;
        let plain = !rule.address.contains(['{', '.']) && !rule.address.starts_with("/api/");
        let page = rule.method == Method::GET && plain && rule.address != "/healthz";
        let place = format!("{} {}: {} {}", rule.method, rule.address, answer.status, start(&answer));
        if rule.address == "/setup" {
            assert_eq!(answer.status, StatusCode::OK, "{place}");
        } else if page {
            assert_eq!(answer.header(header::LOCATION), "/setup", "{place}");
        } else if !rule.may.contains(&Stranger) {
            let absent = answer.status == StatusCode::NOT_FOUND || answer.header(header::LOCATION) == "/setup";
            assert!(absent || denied(&answer, rule.otherwise, Stranger), "{place}");
        }
        if !["/fn/account/forgot", "/fn/account/sign-in"].contains(&rule.address) {
            assert_eq!(before, house.fixture.state().await, "{place}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn rows_sums_and_single_recordings_stay_within_scope() {
    let house = House::with_people().await;
    let (pelles, lisas, asas) = (
        house.recording("c-1", "a1", alaw()).await,
        house.recording("c-2", "a2", alaw()).await,
        house.recording("c-3", "a3", alaw()).await,
    );
    let unknown = house.recording("c-4", "a9", alaw()).await;
    for (email, hears) in [
        ("a1@hark.test", vec![pelles]),
        ("a3@hark.test", vec![asas]),
        ("karin@hark.test", vec![pelles, lisas]),
        ("nisse@hark.test", vec![]),
        ("eva@hark.test", vec![pelles, lisas, asas, unknown]),
    ] {
        let cookie = house.sign_in(email).await;
        let page = house.list(&cookie, ListQuery::default()).await;
        let mut rows: Vec<RecordingId> = page.rows.iter().map(|row| row.id).collect();
        rows.sort();
        let mut heard = hears.clone();
        heard.sort();
        assert_eq!(rows, heard, "{email}");
        assert_eq!(
            (page.total.count, page.total.ms),
            (hears.len() as u64, 2_000 * hears.len() as i64),
            "{email}"
        );
        for id in [pelles, lisas, asas, unknown] {
            let body = format!(r#"{{"id":{id}}}"#);
            let answer = house
                .call("/fn/recordings/detail", Some(&cookie), "application/json", body)
                .await;
            let found = serde_json::from_slice::<model::recording::RecordingDetail>(&answer.body).ok();
            assert_eq!(
                found.map(|found| found.row.id),
                hears.contains(&id).then_some(id),
                "{email} {id}"
            );
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_account_without_a_person_hears_nothing() {
    let house = House::with_people().await;
    house.recording("c-1", "a1", alaw()).await;
    let new = NewAccount {
        email: "ingen@hark.test".into(),
        password: FirstPassword::Own(PASSWORD.into()),
        role: model::account::Role::MyConsole,
        departments: vec![],
        agreed: true,
    };
    house.backend().add_account(OPERATOR, new).await.unwrap();
    let cookie = house.sign_in("ingen@hark.test").await;
    let page = house.list(&cookie, ListQuery::default()).await;
    assert_eq!((page.total.count, page.total.ms, page.rows.len()), (0, 0, 0));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn foreign_recordings_change_nothing_that_one_reads() {
    let house = House::with_people().await;
    house.recording("c-1", "a1", alaw()).await;
    let cookie = house.sign_in("a1@hark.test").await;
    let read = async || {
        let list = house
            .call(
                "/fn/recordings/list",
                Some(&cookie),
                "application/json",
                r#"{"query":{"period":"all","after":null}}"#,
            )
            .await;
        list.body
    };
    let before = read().await;
    for number in 0..1_000 {
        house.recording(&format!("f-{number}"), "a3", alaw()).await;
    }
    assert_eq!(before, read().await);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_grant_dies_with_what_it_rested_on() {
    let house = House::with_people().await;
    let id = house.recording("c-1", "a1", alaw()).await;
    let path = format!("/media/{id}");
    let karin = house.sign_in("karin@hark.test").await;
    assert_eq!(house.get(&path, Some(&karin)).await.status, StatusCode::OK);
    house
        .backend()
        .set_role(
            OPERATOR,
            house.account("karin@hark.test").await,
            backend::account::NewRole {
                role: model::account::Role::MyConsole,
                departments: vec![],
            },
        )
        .await
        .unwrap();
    assert_eq!(house.get(&path, Some(&karin)).await.status, StatusCode::NOT_FOUND);
    let eva = house.sign_in("eva@hark.test").await;
    assert_eq!(house.get(&path, Some(&eva)).await.status, StatusCode::OK);
    house
        .call(
            "/fn/account/sign-out",
            Some(&eva),
            "application/x-www-form-urlencoded",
            "",
        )
        .await;
    assert_eq!(house.get(&path, Some(&eva)).await.status, StatusCode::NOT_FOUND);
    // Another process on the same folder changes what someone may: the grants of this one die too.
    let pelle = house.sign_in("a1@hark.test").await;
    assert_eq!(house.get(&path, Some(&pelle)).await.status, StatusCode::OK);
    let other = backend::Backend::open(
        house.fixture.folder.path(),
        &house.fixture.database_url,
        house.fixture.clock.clone(),
        std::sync::Arc::new(backend::SystemChance),
    );
    other
        .await
        .unwrap()
        .reset_password(OPERATOR, "a1@hark.test", "Vinter-2026!")
        .await
        .unwrap();
    assert_eq!(house.get(&path, Some(&pelle)).await.status, StatusCode::NOT_FOUND);
}
