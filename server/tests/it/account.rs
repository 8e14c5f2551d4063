//! The life of a sign-in, through the door: invited by letter, first password, agreement, change, forgotten, locked out,
//! turned away.

use axum::http::{StatusCode, header};
use backend::account::{FirstPassword, NewAccount, NewRole};
use model::{account::Role, password::Profile, problem::Problem};

use crate::house::{FORM, House, OPERATOR, PASSWORD, URL, form};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;
const NEW: &str = "Blåbär-3-kilo!";

async fn invited(house: &House, email: &str) {
    let new = NewAccount {
        email: email.into(),
        password: FirstPassword::None,
        role: Role::Super,
        departments: vec![],
        agreed: false,
    };
    house.backend().add_account(OPERATOR, new).await.unwrap();
}

async fn redeem(house: &House, token: &str, password: &str) -> crate::house::Answer {
    let body = form(&[("token", token), ("new_password", password), ("again", password)]);
    house.call("/fn/account/redeem", None, FORM, body).await
}

fn problem(answer: &crate::house::Answer) -> Problem {
    serde_json::from_slice(&answer.body).unwrap_or_else(|_| panic!("{} {}", answer.status, answer.text()))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn from_the_letter_to_the_first_page() {
    let house = House::with_people().await;
    invited(&house, "nils@hark.test").await;
    assert!(
        house.try_sign_in("nils@hark.test", "").await.is_err(),
        "an empty password opens nothing"
    );
    let letters = house.post().await;
    assert_eq!(letters.len(), 1);
    let letter = &letters[0];
    assert_eq!(letter.to, "nils@hark.test");
    assert!(
        letter.text.contains("Välj lösenord") && letter.text.contains("2026"),
        "{}",
        letter.text
    );
    assert!(letter.html.contains("<html lang=\"sv\"") && letter.html.contains(&letter.link()));
    let link = letter.link();
    let token = link.rsplit('/').next().unwrap();
    // A scanner opens it, and nothing is used up.
    for _ in 0..3 {
        let page = house.get(&link[URL.len()..], None).await;
        assert!(page.status == StatusCode::OK && page.text().contains("nils@hark.test"));
        assert!(!page.headers.contains_key(header::SET_COOKIE));
    }
    let weak = redeem(&house, token, "Nils-Hark-1").await;
    assert_eq!(weak.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", weak.text());
    assert_eq!(redeem(&house, token, NEW).await.text(), "\"/signin?changed=1\"");
    assert_eq!(problem(&redeem(&house, token, NEW).await), Problem::LinkDead, "once");
    assert!(
        house
            .get(&link[URL.len()..], None)
            .await
            .text()
            .contains("Länken gäller inte längre")
    );
    // The agreement, and only then a page.
    let cookie = house.try_sign_in("nils@hark.test", NEW).await.unwrap();
    let home = house.get("/recordings?period=all", Some(&cookie)).await;
    assert_eq!(
        home.header(header::LOCATION),
        "/agreement?next=/recordings%3Fperiod%3Dall"
    );
    let page = house.get("/agreement", Some(&cookie)).await;
    assert!(page.text().contains("name=\"version\" value=\"1\""), "{}", page.text());
    let unticked = house.call("/fn/account/agree", Some(&cookie), FORM, "version=1").await;
    assert_eq!(unticked.status, StatusCode::UNPROCESSABLE_ENTITY);
    let old = house
        .call("/fn/account/agree", Some(&cookie), FORM, "version=0&accepted=on")
        .await;
    assert_eq!(problem(&old), Problem::Changed);
    let agreed = house
        .call(
            "/fn/account/agree",
            Some(&cookie),
            FORM,
            "version=1&accepted=on&next=%2F%2Fevil.example",
        )
        .await;
    assert_eq!(agreed.text(), "\"/\"");
    let inside = agreed.cookie("session");
    assert_eq!(house.get("/recordings", Some(&inside)).await.status, StatusCode::OK);
    assert_ne!(
        house.get("/recordings", Some(&cookie)).await.status,
        StatusCode::OK,
        "the old token opens nothing"
    );
    assert!(house.post().await.is_empty(), "a first password is no change of one");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn links_die_by_time_by_a_newer_one_and_by_a_new_password() {
    let house = House::with_people().await;
    let token = async || {
        let letter = house.post().await.pop().unwrap();
        letter.link().rsplit('/').next().unwrap().to_owned()
    };
    let ask = async || {
        house
            .call("/fn/account/forgot", None, FORM, "email=a1%40hark.test")
            .await
    };
    ask().await;
    let first = token().await;
    house.fixture.clock.move_by(29 * MINUTE);
    assert_ne!(problem(&redeem(&house, &first, "kort").await), Problem::LinkDead);
    house.fixture.clock.move_by(MINUTE);
    assert_eq!(
        problem(&redeem(&house, &first, NEW).await),
        Problem::LinkDead,
        "half an hour is over"
    );
    ask().await;
    let second = token().await;
    ask().await;
    let third = token().await;
    assert_ne!(
        problem(&redeem(&house, &second, "kort").await),
        Problem::LinkDead,
        "nobody takes the owner's link away by asking once more"
    );
    let inside = house.sign_in("a1@hark.test").await;
    assert_eq!(redeem(&house, &third, NEW).await.status, StatusCode::OK);
    assert_eq!(
        problem(&redeem(&house, &second, NEW).await),
        Problem::LinkDead,
        "the password has changed"
    );
    assert_ne!(
        house.get("/recordings", Some(&inside)).await.status,
        StatusCode::OK,
        "every session has ended"
    );
    assert!(
        house.post().await[0].text.contains("Var det inte du?"),
        "and a letter says so"
    );
    house.try_sign_in("a1@hark.test", NEW).await.unwrap();
    let eva = house.account("eva@hark.test").await;
    house.backend().invite_again(OPERATOR, eva).await.unwrap();
    let invitation = token().await;
    house
        .backend()
        .set_active(OPERATOR, house.account("karin@hark.test").await, false)
        .await
        .unwrap();
    house
        .backend()
        .reset_password(OPERATOR, "eva@hark.test", "Vinter-2026!")
        .await
        .unwrap();
    assert_eq!(problem(&redeem(&house, &invitation, NEW).await), Problem::LinkDead);
    house.backend().invite_again(OPERATOR, eva).await.unwrap();
    let invitation = house
        .post()
        .await
        .into_iter()
        .find(|letter| letter.to == "eva@hark.test")
        .unwrap()
        .link();
    house.fixture.clock.move_by(72 * HOUR);
    let invitation = invitation.rsplit('/').next().unwrap().to_owned();
    assert_eq!(
        problem(&redeem(&house, &invitation, NEW).await),
        Problem::LinkDead,
        "three days are over"
    );
    for nonsense in ["", "x", &"A".repeat(43), "../../etc/passwd"] {
        assert_eq!(problem(&redeem(&house, nonsense, NEW).await), Problem::LinkDead);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_forgotten_password_tells_nobody_who_is_known() {
    let house = House::with_people().await;
    let ask = async |email: &str| {
        let body = form(&[("email", email)]);
        house.call("/fn/account/forgot", None, FORM, body).await
    };
    let known = ask("a1@hark.test").await;
    let unknown = ask("nobody@hark.test").await;
    assert_eq!((known.status, &known.body), (unknown.status, &unknown.body));
    let letters = house.post().await;
    assert_eq!(
        letters.iter().map(|letter| letter.to.as_str()).collect::<Vec<_>>(),
        ["a1@hark.test"]
    );
    for _ in 0..5 {
        assert_eq!(ask("a1@hark.test").await.body, known.body);
    }
    assert_eq!(house.post().await.len(), 2, "a mailbox gets three letters an hour");
    house
        .backend()
        .set_active(OPERATOR, house.account("a3@hark.test").await, false)
        .await
        .unwrap();
    house.post().await;
    assert_eq!(ask("a3@hark.test").await.body, known.body);
    assert!(house.post().await.is_empty(), "who is turned off gets none");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_given_password_opens_one_page_for_a_day() {
    let house = House::with_people().await;
    house
        .backend()
        .set_sign_in(OPERATOR, Profile::Guide, true)
        .await
        .unwrap();
    invited(&house, "nils@hark.test").await;
    let letters = house.post().await;
    assert_eq!(letters.len(), 2, "one with the link, one with the password");
    assert!(letters[0].text.contains(&format!("{URL}/signin")) && !letters[0].text.contains("/set-password/"));
    let code = letters[1].code();
    let cookie = house.try_sign_in("nils@hark.test", &code).await.unwrap();
    for path in ["/", "/recordings", "/account", "/agreement"] {
        let answer = house.get(path, Some(&cookie)).await;
        assert!(answer.header(header::LOCATION).starts_with("/new-password"), "{path}");
    }
    assert_eq!(house.get("/new-password", Some(&cookie)).await.status, StatusCode::OK);
    let change = async |old: &str, new: &str, again: &str| {
        let body = form(&[("old_password", old), ("new_password", new), ("again", again)]);
        house.call("/fn/account/owed-password", Some(&cookie), FORM, body).await
    };
    let all_wrong = change("fel", "kort", "kortare").await;
    for field in ["old_password", "new_password", "again"] {
        assert!(all_wrong.text().contains(field), "{field}: {}", all_wrong.text());
    }
    assert!(
        change(&code, &code, &code).await.text().contains("Used"),
        "the same one is none of one's own"
    );
    assert_eq!(change(&code, NEW, NEW).await.text(), "\"/signin?changed=1\"");
    assert!(house.try_sign_in("nils@hark.test", &code).await.is_err());
    house.try_sign_in("nils@hark.test", NEW).await.unwrap();
    // A day later the one that nobody used opens nothing.
    invited(&house, "late@hark.test").await;
    let code = house.post().await.pop().unwrap().code();
    house.fixture.clock.move_by(DAY);
    assert!(house.try_sign_in("late@hark.test", &code).await.is_err());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_password_lasts_a_hundred_days_and_the_last_ten_do_not_come_back() {
    let house = House::with_people().await;
    let tend = async || {
        house.backend().look_after_accounts(OPERATOR).await.unwrap();
        let letters = house.post().await;
        letters
            .into_iter()
            .filter(|letter| letter.to == "a1@hark.test")
            .map(|letter| letter.subject)
            .collect::<Vec<_>>()
    };
    house.fixture.clock.move_by(85 * DAY);
    assert!(tend().await.is_empty());
    house.fixture.clock.move_by(DAY);
    assert_eq!(tend().await, ["Ditt lösenord går ut om 14 dagar"]);
    assert!(tend().await.is_empty(), "once");
    let cookie = house.sign_in("a1@hark.test").await;
    assert!(
        house
            .get("/account", Some(&cookie))
            .await
            .text()
            .contains("Lösenordet går ut om 14 dagar")
    );
    house.fixture.clock.move_by(7 * DAY);
    assert_eq!(tend().await, ["Ditt lösenord går ut om 7 dagar"]);
    house.fixture.clock.move_by(6 * DAY);
    assert_eq!(tend().await, ["Ditt lösenord går ut om en dag"]);
    house.fixture.clock.move_by(DAY);
    let cookie = house.sign_in("a1@hark.test").await;
    let answer = house.get("/recordings", Some(&cookie)).await;
    assert!(answer.header(header::LOCATION).starts_with("/new-password"));
    let mut present = PASSWORD.to_owned();
    for number in 0..10 {
        let next = format!("Blåbär-{number}-kilo!");
        let body = form(&[("old_password", &present), ("new_password", &next), ("again", &next)]);
        let cookie = house.try_sign_in("a1@hark.test", &present).await.unwrap();
        let path = if number == 0 {
            "/fn/account/owed-password"
        } else {
            "/fn/account/change-password"
        };
        let answer = house.call(path, Some(&cookie), FORM, body).await;
        assert_eq!(answer.status, StatusCode::OK, "{number}: {}", answer.text());
        present = next;
    }
    let cookie = house.try_sign_in("a1@hark.test", &present).await.unwrap();
    let change = async |new: &str| {
        let body = form(&[("old_password", &present), ("new_password", new), ("again", new)]);
        house
            .call("/fn/account/change-password", Some(&cookie), FORM, body)
            .await
    };
    assert!(
        change("Blåbär-0-kilo!").await.text().contains("Used"),
        "the tenth from the end"
    );
    assert_eq!(
        change(PASSWORD).await.status,
        StatusCode::OK,
        "the eleventh may come back"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn whoever_is_invited_and_gets_another_role_is_invited_again() {
    let house = House::with_people().await;
    invited(&house, "nils@hark.test").await;
    let id = house.account("nils@hark.test").await;
    let first = house.post().await.remove(0).link();
    let role = NewRole {
        role: Role::MyConsole,
        departments: vec![],
    };
    house.backend().set_role(OPERATOR, id, role).await.unwrap();
    let second = house.post().await.remove(0).link();
    let status = async |link: &str| {
        let body = form(&[("token", link.rsplit('/').next().unwrap())]);
        house.call("/fn/account/link", None, FORM, body).await.status
    };
    assert_eq!(status(&first).await, StatusCode::GONE);
    assert_eq!(status(&second).await, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_has_not_come_in_yet_stays_invited_whatever_changes() {
    let house = House::with_people().await;
    house
        .backend()
        .set_sign_in(OPERATOR, Profile::Guide, true)
        .await
        .unwrap();
    invited(&house, "nils@hark.test").await;
    let first = house.post().await.pop().unwrap().code();
    let nils = house.account("nils@hark.test").await;
    let status = async || house.backend().account(OPERATOR, nils).await.unwrap().unwrap().status;
    assert_eq!(
        status().await,
        model::account::Status::Invited,
        "a password that was given is nobody's"
    );
    let role = NewRole {
        role: Role::MyConsole,
        departments: vec![],
    };
    house.backend().set_role(OPERATOR, nils, role).await.unwrap();
    let letters = house.post().await;
    assert_eq!(
        letters.len(),
        2,
        "the way in went with the change, so there is a new one"
    );
    assert!(house.try_sign_in("nils@hark.test", &first).await.is_err());
    let code = letters[1].code();
    let cookie = house.try_sign_in("nils@hark.test", &code).await.unwrap();
    let body = form(&[("old_password", &code), ("new_password", NEW), ("again", NEW)]);
    house.call("/fn/account/owed-password", Some(&cookie), FORM, body).await;
    assert_eq!(status().await, model::account::Status::Active);
    // The old letter sent once more takes nobody's password away.
    let way = backend::mail::Way::Folder("x".into());
    let outbox = house.backend().outbox(OPERATOR, &way).await.unwrap();
    let code = outbox
        .letters
        .iter()
        .find(|row| row.letter == model::letter::Letter::OneTimePassword)
        .unwrap()
        .id;
    house.backend().send_again(OPERATOR, code).await.unwrap();
    house.post().await;
    house.try_sign_in("nils@hark.test", NEW).await.unwrap();
}
