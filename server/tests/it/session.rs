//! How long a sign-in lasts.

use axum::http::{StatusCode, header};

use crate::house::{House, PASSWORD};

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
