//! How long a sign-in lasts, what ends it, and who has to wait for one.

use axum::http::{StatusCode, header};
use backend::account::NewRole;
use model::{account::Role, problem::Problem};

use crate::house::{FORM, House, OPERATOR, PASSWORD, form};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

async fn sign_in(house: &House, keep: &str) -> String {
    let form = format!("email=a1%40hark.test&password={}{keep}", PASSWORD.replace('!', "%21"));
    let kind = "application/x-www-form-urlencoded";
    let answer = house.call("/fn/account/sign-in", None, kind, form).await;
    let cookie = answer.header(header::SET_COOKIE);
    assert_eq!(cookie.contains("Max-Age"), !keep.is_empty(), "{cookie}");
    cookie.split(';').next().unwrap().to_owned()
}

async fn is_in(house: &House, cookie: &str) -> bool {
    let answer = house.get("/recordings", Some(cookie)).await;
    assert!([StatusCode::OK, StatusCode::SEE_OTHER].contains(&answer.status));
    answer.status == StatusCode::OK
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_rests_for_half_an_hour_and_lasts_for_a_working_day() {
    let house = House::with_people().await;
    let cookie = sign_in(&house, "").await;
    house.fixture.clock.move_by(29 * MINUTE);
    assert!(is_in(&house, &cookie).await);
    house.fixture.clock.move_by(30 * MINUTE);
    assert!(!is_in(&house, &cookie).await, "it has rested too long");
    let cookie = sign_in(&house, "").await;
    for _ in 0..35 {
        house.fixture.clock.move_by(20 * MINUTE);
        assert!(is_in(&house, &cookie).await, "it is in use");
    }
    house.fixture.clock.move_by(20 * MINUTE);
    assert!(!is_in(&house, &cookie).await, "twelve hours are over");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_kept_session_rests_for_a_week_and_lasts_for_a_month() {
    let house = House::with_people().await;
    let cookie = sign_in(&house, "&keep=on").await;
    for _ in 0..4 {
        house.fixture.clock.move_by(7 * DAY - MINUTE);
        assert!(is_in(&house, &cookie).await);
    }
    house.fixture.clock.move_by(2 * DAY + HOUR);
    assert!(!is_in(&house, &cookie).await, "thirty days are over");
    let cookie = sign_in(&house, "&keep=on").await;
    house.fixture.clock.move_by(7 * DAY);
    assert!(!is_in(&house, &cookie).await, "it has rested for a week");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_guesses_is_slowed_down_and_the_owner_is_not() {
    let house = House::with_people().await;
    let known = house.sign_in_with_device("a1@hark.test").await;
    for way in [
        "a1@hark.test",
        "A1@hark.test",
        " a1@HARK.test",
        "a1@hark.test",
        "a1@hark.test",
    ] {
        assert_eq!(
            house.try_sign_in(way, "fel").await,
            Err(StatusCode::UNAUTHORIZED),
            "{way}"
        );
    }
    assert_eq!(
        house.try_sign_in("a1+x@hark.test", "fel").await,
        Err(StatusCode::TOO_MANY_REQUESTS)
    );
    assert_eq!(
        house.try_sign_in("a1@hark.test", PASSWORD).await,
        Err(StatusCode::TOO_MANY_REQUESTS),
        "the right one is not even tried"
    );
    let form = form(&[("email", "a1@hark.test"), ("password", PASSWORD)]);
    let owner = house.call("/fn/account/sign-in", Some(&known), FORM, form).await;
    assert_eq!(
        owner.status,
        StatusCode::OK,
        "from a browser that is known the owner gets in"
    );
    for _ in 0..5 {
        assert_eq!(
            house.try_sign_in("nobody@hark.test", "fel").await,
            Err(StatusCode::UNAUTHORIZED)
        );
    }
    assert_eq!(
        house.try_sign_in("nobody@hark.test", "fel").await,
        Err(StatusCode::TOO_MANY_REQUESTS),
        "an address without an account is no different"
    );
    house.fixture.clock.move_by(31_000);
    house.try_sign_in("a1@hark.test", PASSWORD).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_changes_ends_what_is_signed_in() {
    let house = House::with_people().await;
    let karin = house.account("karin@hark.test").await;
    let sales = house.department("Försäljning").await;
    let is_in = async |cookie: &str| house.get("/recordings", Some(cookie)).await.status == StatusCode::OK;
    let cookie = house.sign_in("karin@hark.test").await;
    assert!(is_in(&cookie).await);
    let finance = house.backend().department(OPERATOR, "Ekonomi").await.unwrap().unwrap();
    let same = NewRole {
        role: Role::Restricted,
        departments: vec![sales, sales],
    };
    house.backend().set_role(OPERATOR, karin, same).await.unwrap();
    assert!(
        is_in(&cookie).await && house.post().await.is_empty(),
        "what stays as it is ends nothing"
    );
    let role = NewRole {
        role: Role::Restricted,
        departments: vec![sales, finance],
    };
    house.backend().set_role(OPERATOR, karin, role).await.unwrap();
    assert!(!is_in(&cookie).await);
    let cookie = house.sign_in("karin@hark.test").await;
    house.backend().set_active(OPERATOR, karin, false).await.unwrap();
    assert!(!is_in(&cookie).await);
    assert!(house.try_sign_in("karin@hark.test", PASSWORD).await.is_err());
    house.backend().set_active(OPERATOR, karin, true).await.unwrap();
    let (here, there) = (
        house.sign_in("karin@hark.test").await,
        house.sign_in("karin@hark.test").await,
    );
    let ended = house.call("/fn/account/end-sessions", Some(&here), FORM, "").await;
    assert_eq!(ended.status, StatusCode::OK);
    assert!(!is_in(&here).await && !is_in(&there).await);
    let cookie = house.sign_in("karin@hark.test").await;
    house.backend().remove_account(OPERATOR, karin).await.unwrap();
    assert!(!is_in(&cookie).await);
    let eva = house.account("eva@hark.test").await;
    for refused in [
        house.backend().remove_account(OPERATOR, eva).await,
        house.backend().set_active(OPERATOR, eva, false).await,
    ] {
        assert!(
            matches!(refused, Err(backend::Error::Problem(Problem::LastSuper))),
            "{refused:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_ends_ones_own_sessions_and_nobody_elses() {
    let house = House::with_people().await;
    let (here, there) = (house.sign_in("a1@hark.test").await, house.sign_in("a1@hark.test").await);
    let list = async |cookie: &str| -> Vec<model::account::Place> {
        let answer = house.call("/fn/account/sessions", Some(cookie), FORM, "").await;
        serde_json::from_slice(&answer.body).unwrap()
    };
    let places = list(&here).await;
    assert_eq!(places.len(), 2);
    let other = places.iter().find(|place| !place.own).unwrap().id;
    let end = async |cookie: &str| {
        let body = form(&[("id", &other.to_string())]);
        house.call("/fn/account/end-session", Some(cookie), FORM, body).await
    };
    let asa = house.sign_in("a3@hark.test").await;
    assert_eq!(end(&asa).await.status, StatusCode::NOT_FOUND);
    assert_eq!(list(&there).await.len(), 2, "it goes on");
    assert_eq!(end(&here).await.status, StatusCode::OK);
    assert_eq!(list(&here).await.len(), 1);
    assert_ne!(house.get("/recordings", Some(&there)).await.status, StatusCode::OK);
}
