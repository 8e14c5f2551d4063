//! Links to recordings that are sent by e-mail: the form, the letters, the press that opens one, and what is told of it all.

mod ends;
mod judged;
mod listed;
mod sending;

use std::time::Duration;

use axum::{
    body::Body,
    http::{Method, StatusCode, header},
};
use model::{
    history::{ShareDeed, What},
    id::RecordingId,
    sharing::{Opened, Sent, Share, Standing},
};
use serde_json::json;

use crate::{
    house::{Answer, FORM, House, Letter, OPERATOR, URL, alaw, form, request},
    review::{Calls, history},
};

pub const JSON: &str = "application/json";

/// Sends as the form does; `more` takes the place of what is usual.
pub async fn send(house: &House, cookie: &str, id: RecordingId, more: &[(&str, &str)]) -> Answer {
    let id = id.to_string();
    let usual = [
        ("receivers", "gun@kund.test"),
        ("subject", "Pelles inspelning"),
        ("message", ""),
        ("language", "sv"),
        ("internal", "on"),
    ];
    let mut fields = vec![("id", &*id)];
    fields.extend(
        usual
            .iter()
            .filter(|(name, _)| more.iter().all(|(other, _)| other != name)),
    );
    fields.extend(more);
    // A tick that is taken away is not sent.
    fields.retain(|field| *field != ("internal", ""));
    house.call("/fn/sharing/send", Some(cookie), FORM, form(&fields)).await
}

/// Sends, and takes the letters out of the folder.
pub async fn sent(house: &House, cookie: &str, id: RecordingId, more: &[(&str, &str)]) -> (Sent, Vec<Letter>) {
    let answer = send(house, cookie, id, more).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let mut letters = vec![];
    // So many leave at a time and no more.
    loop {
        let left = house.post().await;
        if left.is_empty() {
            break;
        }
        letters.extend(left.into_iter().filter(|letter| letter.text.contains("/shared/")));
    }
    (serde_json::from_slice(&answer.body).unwrap(), letters)
}

/// The path of a letter's link.
pub fn path(letter: &Letter) -> String {
    letter.link()[URL.len()..].to_owned()
}

/// Presses the button behind a link.
pub async fn press(house: &House, path: &str, passcode: &str) -> Answer {
    house.call(path, None, FORM, form(&[("passcode", passcode)])).await
}

/// The cookie of one who has opened that link.
pub async fn guest(house: &House, path: &str) -> String {
    let answer = press(house, path, "").await;
    assert_eq!(answer.header(header::LOCATION), "/shared", "{}", answer.text());
    answer.cookie("guest")
}

pub async fn links(house: &House, cookie: &str, id: RecordingId) -> Vec<Share> {
    let answer = house
        .call("/fn/sharing/links", Some(cookie), JSON, json!({ "id": id }).to_string())
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    serde_json::from_slice(&answer.body).unwrap()
}

async fn heard(house: &House, cookie: &str, id: RecordingId, ms: i64) -> StatusCode {
    let body = json!({ "id": id, "ms": ms }).to_string();
    house.call("/fn/sharing/heard", Some(cookie), JSON, body).await.status
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_press_opens_what_looking_does_not() {
    let Calls { house, id, pelle, .. } = Calls::new().await;
    let (_, letters) = sent(
        &house,
        &pelle,
        id,
        &[("receivers", "gun@kund.test; ove@kund.test\nGUN@kund.test")],
    )
    .await;
    let to: Vec<&str> = letters.iter().map(|letter| &*letter.to).collect();
    assert_eq!(to, ["gun@kund.test", "ove@kund.test"]);
    let (guns, oves) = (path(&letters[0]), path(&letters[1]));
    assert_ne!(guns, oves);
    // A mail program looks, and the page it gets says nothing of the call.
    let before = house.fixture.state().await;
    for _ in 0..3 {
        let page = house.get(&guns, None).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(!page.headers.contains_key(header::SET_COOKIE));
        assert_eq!(page.header(header::REFERRER_POLICY), "no-referrer");
        assert_eq!(page.header(header::CACHE_CONTROL), "no-store");
        assert!(page.header("x-robots-tag".parse().unwrap()).contains("noindex"));
        let text = page.text();
        assert!(text.contains("har skickat dig en samtalsinspelning"), "{text}");
        for told in [
            "Pelle",
            "Persson",
            "070-174",
            "465 004",
            "11:59:00",
            "<nav",
            &id.to_string(),
        ] {
            assert!(!text.contains(told), "{told}");
        }
        assert_eq!(before, house.fixture.state().await, "looking opens nothing");
    }
    assert_eq!(house.get("/shared", None).await.status, StatusCode::GONE);
    let opened = press(&house, &guns, "").await;
    assert_eq!(
        (opened.status, opened.header(header::LOCATION)),
        (StatusCode::SEE_OTHER, "/shared")
    );
    let cookie = opened.headers[header::SET_COOKIE].to_str().unwrap();
    for part in ["guest=", "; Path=/", "; HttpOnly", "; SameSite=Lax", "; Max-Age=86400"] {
        assert!(cookie.contains(part), "{cookie}");
    }
    let gun = opened.cookie("guest");
    let page = house.get("/shared", Some(&gun)).await;
    let text = page.text();
    assert_eq!(page.status, StatusCode::OK);
    for told in [
        "Pelle Persson",
        "070-174 06 05",
        "11:59:00",
        "00:00:02",
        "Länken gäller till 2026-11-24 12:00:00",
        "wave-svg",
    ] {
        assert!(text.contains(told), "the page lacks {told}");
    }
    assert!(!text.contains("href=\"/recordings\"") && text.contains("data-downloads=\"no\""));
    let sound = house.get(&format!("/media/{id}"), Some(&gun)).await;
    assert_eq!((sound.status, sound.body.len()), (StatusCode::OK, 32_044));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn all_of_it_is_told_and_each_receiver_is_told_apart() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    let (_, letters) = sent(&house, &pelle, id, &[("receivers", "gun@kund.test ove@kund.test")]).await;
    let (guns, oves) = (path(&letters[0]), path(&letters[1]));
    let (gun, ove) = (guest(&house, &guns).await, guest(&house, &oves).await);
    house.get(&format!("/media/{id}"), Some(&gun)).await;
    house.get(&format!("/media/{id}"), Some(&ove)).await;
    assert_eq!(heard(&house, &gun, id, 900).await, StatusCode::OK);
    assert_eq!(heard(&house, &ove, id, 400).await, StatusCode::OK);
    assert_eq!(heard(&house, &gun, id, 50).await, StatusCode::OK);
    house.fixture.clock.move_by(1);
    guest(&house, &guns).await;
    // In order, and each under the address it was sent to.
    let told = history(&house, &eva, id).await;
    let share = |to: &str, deed: &ShareDeed| What::Share {
        to: to.into(),
        deed: deed.clone(),
    };
    let until = told
        .iter()
        .find_map(|entry| match &entry.what {
            What::Share {
                deed: ShareDeed::Sent { until, .. },
                ..
            } => Some(until.clone()),
            _ => None,
        })
        .unwrap();
    assert_eq!((until.date, until.time), ((2026, 11, 24), (12, 0, 0)));
    let sending = ShareDeed::Sent {
        until,
        download: false,
        passcode: false,
    };
    assert_eq!(
        (&*told[0].who, &told[0].what),
        ("gun@kund.test", &share("gun@kund.test", &ShareDeed::Opened))
    );
    let did = |who: &str, what: &What| {
        told.iter()
            .filter(|entry| entry.who.contains(who) && entry.what == *what)
            .count()
    };
    assert_eq!(did("Pelle", &share("gun@kund.test", &sending)), 1);
    assert_eq!(did("Pelle", &share("ove@kund.test", &sending)), 1);
    assert_eq!(did("gun@", &share("gun@kund.test", &ShareDeed::Opened)), 2);
    assert_eq!(did("ove@", &share("ove@kund.test", &ShareDeed::Opened)), 1);
    let listened = |who: &str| {
        let of = told.iter().filter(|entry| entry.who == who);
        of.filter_map(|entry| match entry.what {
            What::Listened { heard_ms, .. } => Some(heard_ms),
            _ => None,
        })
        .collect::<Vec<_>>()
    };
    assert_eq!(
        (listened("gun@kund.test"), listened("ove@kund.test")),
        (vec![950], vec![400])
    );
    let shown = links(&house, &pelle, id).await;
    let figures: Vec<_> = shown
        .iter()
        .map(|share| (&*share.to, share.opened, share.heard_ms, share.standing))
        .collect();
    assert_eq!(
        figures,
        [
            ("ove@kund.test", 1, 400, Standing::Valid),
            ("gun@kund.test", 2, 950, Standing::Valid)
        ]
    );
    let last = |share: &Share| share.last_opened.as_ref().unwrap().at;
    assert!(last(&shown[1]) > last(&shown[0]) && shown[0].by.contains("Pelle"));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_passcode_is_asked_for_and_ten_wrong_ones_close_the_link() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    let (answer, letters) = sent(&house, &pelle, id, &[("passcode", "on")]).await;
    let (code, path) = (answer.passcode.unwrap(), path(&letters[0]));
    assert!(!letters[0].text.contains(&code) && !letters[0].html.contains(&code));
    assert!(!house.fixture.state().await.contains(&code), "only its hash is kept");
    let back = |why: &str| format!("{path}?passcode={why}");
    let missing = press(&house, &path, " ").await;
    assert_eq!(missing.header(header::LOCATION), back("missing"));
    let page = house.get(&back("missing"), None).await.text();
    assert!(
        page.contains("name=\"passcode\"") && page.contains("Försök kvar: 10."),
        "{page}"
    );
    assert_eq!(
        press(&house, &path, "AAAA-AAAA").await.header(header::LOCATION),
        back("wrong")
    );
    let page = house.get(&back("wrong"), None).await.text();
    assert!(
        page.contains("Försök kvar: 9.") && page.contains("Det stämmer inte."),
        "{page}"
    );
    // One who hangs up while a right one is compared has not tried a wrong one.
    for _ in 0..3 {
        let _ = tokio::time::timeout(Duration::from_millis(20), press(&house, &path, &code)).await;
    }
    let settled = async {
        while !house.get(&path, None).await.text().contains("Försök kvar: 9.") {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(Duration::from_secs(30), settled).await.unwrap();
    // However people write it; and a right one is no try.
    let loose = code.replace('-', " ").to_lowercase();
    let opened = press(&house, &path, &loose).await;
    assert_eq!(opened.header(header::LOCATION), "/shared");
    let gun = opened.cookie("guest");
    for _ in 0..8 {
        press(&house, &path, "AAAA-AAAA").await;
    }
    assert_eq!(house.get("/shared", Some(&gun)).await.status, StatusCode::OK);
    assert_eq!(
        house.get(&format!("/media/{id}"), Some(&gun)).await.status,
        StatusCode::OK
    );
    press(&house, &path, "AAAA-AAAA").await;
    // Closed for good, also for who has the code, and for who was in.
    assert_eq!(press(&house, &path, &code).await.header(header::LOCATION), path);
    assert_eq!(house.get(&path, None).await.status, StatusCode::GONE);
    assert_eq!(house.get("/shared", Some(&gun)).await.status, StatusCode::GONE);
    assert_eq!(
        house.get(&format!("/media/{id}"), Some(&gun)).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(links(&house, &eva, id).await[0].standing, Standing::Closed);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_may_download_is_the_senders_choice_and_is_told() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    let (_, letters) = sent(&house, &pelle, id, &[("download", "on")]).await;
    let gun = guest(&house, &path(&letters[0])).await;
    let page = house.get("/shared", Some(&gun)).await.text();
    assert!(page.contains("Ladda ner ljudet") && !page.contains("data-downloads"));
    let file = house.get(&format!("/media/{id}/download"), Some(&gun)).await;
    assert_eq!((file.status, file.body.to_vec()), (StatusCode::OK, alaw()));
    let told = history(&house, &eva, id).await;
    let downloads: Vec<&str> = told
        .iter()
        .filter(|entry| entry.what == What::Downloaded)
        .map(|entry| &*entry.who)
        .collect();
    assert_eq!(downloads, ["gun@kund.test"]);
    // What the company's own people write down stays with them.
    let answer = house.call("/fn/sharing/opened", Some(&gun), JSON, "{}").await;
    let opened: Opened = serde_json::from_slice(&answer.body).unwrap();
    assert!(opened.download && opened.detail.department.is_none() && opened.detail.rule.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_letter_that_is_sent_again_has_another_secret_and_every_one_opens() {
    let Calls { house, id, pelle, .. } = Calls::new().await;
    let (_, letters) = sent(&house, &pelle, id, &[]).await;
    let first = path(&letters[0]);
    let gun = guest(&house, &first).await;
    let way = backend::mail::Way::Folder("x".into());
    let letter = house.backend().outbox(OPERATOR, &way).await.unwrap().letters.remove(0);
    house.backend().send_again(OPERATOR, letter.id).await.unwrap();
    let second = path(&house.post().await[0]);
    assert_ne!(first, second);
    // Nobody knows which of the letters is found first.
    for path in [&first, &second] {
        assert_eq!(house.get(path, None).await.status, StatusCode::OK);
    }
    assert_eq!(
        house.get("/shared", Some(&gun)).await.status,
        StatusCode::OK,
        "who is in stays in"
    );
    for path in [&first, &second] {
        let token = path.rsplit('/').next().unwrap();
        assert!(!house.fixture.state().await.contains(token), "only its hash is kept");
    }
    // A browser that sends no Fetch Metadata, and is told to say nobody where it is, still opens a link; and nothing else.
    let bare = |path: &str, origin: &str| {
        let asked = request(Method::POST, path, None).header(header::ORIGIN, origin);
        asked
            .header(header::CONTENT_TYPE, FORM)
            .body(Body::from("passcode="))
            .unwrap()
    };
    let opened = house.ask(bare(&second, "null")).await;
    assert_eq!(opened.header(header::LOCATION), "/shared");
    for (path, origin) in [(&*second, "https://evil.example"), ("/fn/sharing/heard", "null")] {
        assert_eq!(
            house.ask(bare(path, origin)).await.status,
            StatusCode::FORBIDDEN,
            "{path}"
        );
    }
}
