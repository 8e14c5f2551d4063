//! How links end, and what they do not reach while they live.

use axum::{
    body::Body,
    http::{Method, StatusCode, header},
};
use backend::account::NewRole;
use http_body_util::BodyExt;
use model::{
    account::{Rights, Role},
    history::{ShareDeed, What},
    id::RecordingId,
    sharing::Standing,
};
use serde_json::json;
use tower::ServiceExt;

use super::{JSON, guest, heard, links, path, press, send, sent};
use crate::{
    house::{Answer, FORM, House, OPERATOR, alaw, form, request, wav},
    review::{Calls, history},
};

pub const DAY: i64 = 24 * 3_600_000;

/// What a dead link answers, without what every answer says anew and without the link itself.
fn bare(answer: &Answer, path: &str) -> String {
    let policy = answer.header(header::CONTENT_SECURITY_POLICY);
    let nonce = policy
        .split("'nonce-")
        .nth(1)
        .and_then(|rest| rest.split('\'').next())
        .unwrap();
    let token = path.rsplit('/').next().unwrap();
    answer.text().replace(nonce, "{nonce}").replace(token, "{token}")
}

/// Whether everything that a link opens is open; all of it is, or nothing.
async fn lives(house: &House, id: RecordingId, path: &str, gun: &str) -> bool {
    let page = house.get(path, None).await;
    let answers = [
        (page.status, StatusCode::GONE),
        (house.get("/shared", Some(gun)).await.status, StatusCode::GONE),
        (
            house.get(&format!("/media/{id}"), Some(gun)).await.status,
            StatusCode::NOT_FOUND,
        ),
        (
            house
                .get(&format!("/media/{id}/peaks?from=0&to=900&n=10"), Some(gun))
                .await
                .status,
            StatusCode::NOT_FOUND,
        ),
        (
            house.call("/fn/sharing/opened", Some(gun), JSON, "{}").await.status,
            StatusCode::GONE,
        ),
    ];
    let open = answers.iter().filter(|(status, _)| *status == StatusCode::OK).count();
    let shut = answers.iter().filter(|(status, dead)| status == dead).count();
    assert!(open == answers.len() || shut == answers.len(), "{answers:?}");
    if shut > 0 {
        let unknown = format!("/shared/{}", "x".repeat(43));
        let nothing = house.get(&unknown, None).await;
        assert_eq!(bare(&page, path), bare(&nothing, &unknown), "every no is the same");
        assert_eq!(press(house, path, "").await.header(header::LOCATION), path);
    }
    open > 0
}

pub async fn close(house: &House, cookie: &str, share: model::id::ShareId) -> StatusCode {
    let fields = form(&[("id", &share.to_string())]);
    house.call("/fn/sharing/close", Some(cookie), FORM, fields).await.status
}

async fn let_restricted(house: &House, share: bool) {
    let rights = Rights {
        share,
        ..Rights::default()
    };
    house.backend().set_restricted_rights(OPERATOR, rights).await.unwrap();
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_link_lives_for_a_day_to_the_millisecond_also_while_bytes_flow() {
    let house = House::with_people().await;
    let id = house.recording("c-1", "a1", wav(6, 1, 8, &vec![0x55; 1_000_000])).await;
    let pelle = house.sign_in("a1@hark.test").await;
    // The letter leaves later; the day has begun all the same.
    let answer = send(&house, &pelle, id, &[("download", "on")]).await;
    assert_eq!(answer.status, StatusCode::OK);
    assert_eq!(links(&house, &pelle, id).await[0].standing, Standing::Waiting);
    house.fixture.clock.move_by(60_000);
    let path = path(&house.post().await[0]);
    assert_eq!(links(&house, &pelle, id).await[0].standing, Standing::Valid);
    let gun = guest(&house, &path).await;
    house.fixture.clock.move_by(DAY - 60_000 - 1);
    assert!(lives(&house, id, &path, &gun).await);
    let mut bodies = vec![];
    for address in [format!("/media/{id}"), format!("/media/{id}/download")] {
        let asked = request(Method::GET, &address, Some(&gun)).body(Body::empty()).unwrap();
        let mut body = house.router.clone().oneshot(asked).await.unwrap().into_body();
        assert!(body.frame().await.unwrap().is_ok());
        bodies.push(body);
    }
    house.fixture.clock.move_by(1);
    for mut body in bodies {
        assert!(body.frame().await.unwrap().is_err(), "not one byte more");
        assert!(body.frame().await.is_none());
    }
    assert!(!lives(&house, id, &path, &gun).await);
    let pelle = house.sign_in("a1@hark.test").await;
    assert_eq!(links(&house, &pelle, id).await[0].standing, Standing::Expired);
    // What only living links need is forgotten; that there was one is not.
    house.backend().look_after_accounts(OPERATOR).await.unwrap();
    assert!(!lives(&house, id, &path, &gun).await);
    assert_eq!(links(&house, &pelle, id).await[0].opened, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_link_is_closed_by_its_sender_or_one_who_answers_for_the_company_and_nobody_else() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    let_restricted(&house, true).await;
    let karin = house.sign_in("karin@hark.test").await;
    let (_, letters) = sent(&house, &pelle, id, &[("receivers", "gun@kund.test ove@kund.test")]).await;
    let (_, karins) = sent(&house, &karin, id, &[("receivers", "ulf@kund.test")]).await;
    let to = async |cookie: &str| -> Vec<String> {
        links(&house, cookie, id)
            .await
            .into_iter()
            .map(|share| share.to)
            .collect()
    };
    assert_eq!(to(&pelle).await, ["ove@kund.test", "gun@kund.test"]);
    assert_eq!(
        to(&karin).await,
        ["ulf@kund.test"],
        "other people's addresses are nobody's business"
    );
    assert_eq!(to(&eva).await, ["ulf@kund.test", "ove@kund.test", "gun@kund.test"]);
    let [ove, gun] = &links(&house, &pelle, id).await[..] else {
        panic!()
    };
    let guns = guest(&house, &path(&letters[0])).await;
    assert_eq!(close(&house, &karin, gun.id).await, StatusCode::NOT_FOUND);
    assert!(lives(&house, id, &path(&letters[0]), &guns).await);
    assert_eq!(close(&house, &pelle, gun.id).await, StatusCode::OK);
    assert!(!lives(&house, id, &path(&letters[0]), &guns).await);
    let oves = guest(&house, &path(&letters[1])).await;
    assert_eq!(close(&house, &eva, ove.id).await, StatusCode::OK);
    assert!(!lives(&house, id, &path(&letters[1]), &oves).await);
    let ulf = guest(&house, &path(&karins[0])).await;
    assert!(lives(&house, id, &path(&karins[0]), &ulf).await, "the others live on");
    let told = history(&house, &eva, id).await;
    let closed: Vec<(&str, &str)> = told
        .iter()
        .filter_map(|entry| match &entry.what {
            What::Share {
                to,
                deed: ShareDeed::Revoked,
            } => Some((&*entry.who, &**to)),
            _ => None,
        })
        .collect();
    assert_eq!(
        closed,
        [("eva@hark.test", "ove@kund.test"), ("Pelle Persson", "gun@kund.test")]
    );
    // Once closed it stays so, and that is told once.
    assert_eq!(close(&house, &eva, ove.id).await, StatusCode::OK);
    assert_eq!(history(&house, &eva, id).await.len(), told.len());
    // One whose letter has not left is not sent at all.
    send(&house, &pelle, id, &[]).await;
    let waiting = links(&house, &pelle, id).await[0].id;
    close(&house, &pelle, waiting).await;
    assert!(house.post().await.is_empty());
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_link_rests_on_its_sender() {
    let Calls { house, id, eva, .. } = Calls::new().await;
    let_restricted(&house, true).await;
    let karin = house.sign_in("karin@hark.test").await;
    let (_, letters) = sent(&house, &karin, id, &[]).await;
    let (path, account) = (path(&letters[0]), house.account("karin@hark.test").await);
    let gun = guest(&house, &path).await;
    assert!(lives(&house, id, &path, &gun).await);
    let backend = house.backend();
    // The right to send.
    let_restricted(&house, false).await;
    assert!(!lives(&house, id, &path, &gun).await);
    assert_eq!(links(&house, &eva, id).await[0].standing, Standing::Closed);
    let_restricted(&house, true).await;
    assert!(lives(&house, id, &path, &gun).await);
    // The account.
    backend.set_active(OPERATOR, account, false).await.unwrap();
    assert!(!lives(&house, id, &path, &gun).await);
    backend.set_active(OPERATOR, account, true).await.unwrap();
    assert!(lives(&house, id, &path, &gun).await);
    // What it hears.
    let finance = house.department("Ekonomi").await;
    let hears = |departments| NewRole {
        role: Role::Restricted,
        departments,
    };
    backend.set_role(OPERATOR, account, hears(vec![finance])).await.unwrap();
    assert!(!lives(&house, id, &path, &gun).await);
    let sales = house.department("Försäljning").await;
    backend.set_role(OPERATOR, account, hears(vec![sales])).await.unwrap();
    assert!(lives(&house, id, &path, &gun).await);
    backend.remove_account(OPERATOR, account).await.unwrap();
    assert!(!lives(&house, id, &path, &gun).await);
    assert_eq!(links(&house, &eva, id).await[0].by, "karin@hark.test");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_may_be_downloaded_rests_on_the_sender_too() {
    let Calls { house, id, .. } = Calls::new().await;
    let rights = |download| Rights {
        share: true,
        download,
        ..Rights::default()
    };
    house
        .backend()
        .set_restricted_rights(OPERATOR, rights(false))
        .await
        .unwrap();
    let karin = house.sign_in("karin@hark.test").await;
    let file = format!("/media/{id}/download");
    let (_, letters) = sent(&house, &karin, id, &[("download", "on")]).await;
    let gun = guest(&house, &path(&letters[0])).await;
    assert_eq!(
        house.get(&file, Some(&gun)).await.status,
        StatusCode::NOT_FOUND,
        "it was not Karin's to give"
    );
    house
        .backend()
        .set_restricted_rights(OPERATOR, rights(true))
        .await
        .unwrap();
    assert_eq!(
        house.get(&file, Some(&gun)).await.status,
        StatusCode::NOT_FOUND,
        "nor is it given afterwards"
    );
    let (_, letters) = sent(&house, &karin, id, &[("download", "on")]).await;
    let gun = guest(&house, &path(&letters[0])).await;
    assert_eq!(house.get(&file, Some(&gun)).await.status, StatusCode::OK);
    house
        .backend()
        .set_restricted_rights(OPERATOR, rights(false))
        .await
        .unwrap();
    assert_eq!(house.get(&file, Some(&gun)).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_guest_reaches_that_one_recording_and_nothing_else() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    let asas = house.recording("c-3", "a3", alaw()).await;
    let (_, letters) = sent(&house, &eva, asas, &[("download", "on")]).await;
    let gun = guest(&house, &path(&letters[0])).await;
    let part = |id: RecordingId, part: &str| format!("/media/{id}{part}");
    for end in ["", "/peaks?from=0&to=900&n=10", "/download"] {
        let there = house.get(&part(asas, end), Some(&gun)).await;
        assert_eq!(there.status, StatusCode::OK, "{end}");
        let other = house.get(&part(id, end), Some(&gun)).await;
        let missing = house.get(&part(RecordingId(7), end), Some(&gun)).await;
        assert_eq!(other.status, StatusCode::NOT_FOUND, "{end}");
        assert_eq!(other.body, missing.body, "{end}");
    }
    for page in [
        "/",
        "/recordings",
        &format!("/recordings/{asas}"),
        "/account",
        "/configuration",
    ] {
        let answer = house.get(page, Some(&gun)).await;
        assert!(answer.header(header::LOCATION).starts_with("/signin"), "{page}");
    }
    for (function, body) in [
        ("recordings/detail", json!({ "id": asas })),
        ("history/read", json!({ "id": asas })),
        ("history/heard", json!({ "id": asas, "ms": 20 })),
        ("review/read", json!({ "id": asas })),
        ("sharing/links", json!({ "id": asas })),
        ("sharing/begin", json!({ "id": asas })),
    ] {
        let answer = house
            .call(&format!("/fn/{function}"), Some(&gun), JSON, body.to_string())
            .await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{function}");
    }
    assert_eq!(send(&house, &gun, asas, &[]).await.status, StatusCode::UNAUTHORIZED);
    // A link is no session, nor a session a link.
    let stolen = gun.replace("guest=", "session=");
    assert!(
        house
            .get("/recordings", Some(&stolen))
            .await
            .header(header::LOCATION)
            .starts_with("/signin")
    );
    let turned = pelle.replace("session=", "guest=");
    assert_eq!(house.get("/shared", Some(&turned)).await.status, StatusCode::GONE);
    // Who is signed in stays who they are, and the link opens what it opens beside it.
    let both = format!("{pelle}; {gun}");
    let page = house.get("/shared", Some(&both)).await.text();
    assert!(page.contains("Åsa Öström"), "{page}");
    for (id, cookie, status) in [
        (id, &*both, StatusCode::OK),
        (asas, &both, StatusCode::OK),
        (asas, &pelle, StatusCode::NOT_FOUND),
        (id, &gun, StatusCode::NOT_FOUND),
    ] {
        assert_eq!(house.get(&part(id, ""), Some(cookie)).await.status, status);
    }
    let rows = house.list(&both, model::list::ListQuery::default()).await.rows;
    assert_eq!(rows.iter().map(|row| row.id).collect::<Vec<_>>(), [id]);
    assert_eq!(
        house.get(&format!("/recordings/{asas}"), Some(&both)).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_sender_who_opens_their_own_link_is_heard_as_themselves() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    let (_, letters) = sent(&house, &pelle, id, &[]).await;
    let both = format!("{pelle}; {}", guest(&house, &path(&letters[0])).await);
    house.get(&format!("/media/{id}"), Some(&both)).await;
    let body = json!({ "id": id, "ms": 900 }).to_string();
    house.call("/fn/sharing/heard", Some(&both), JSON, body).await;
    let told = history(&house, &eva, id).await;
    let listened: Vec<&str> = told
        .iter()
        .filter(|entry| matches!(entry.what, What::Listened { .. }))
        .map(|entry| &*entry.who)
        .collect();
    assert_eq!(listened, ["Pelle Persson"]);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_heard_behind_one_link_is_not_booked_on_another() {
    let Calls { house, id, eva, .. } = Calls::new().await;
    let asas = house.recording("c-3", "a3", alaw()).await;
    let (_, letters) = sent(&house, &eva, asas, &[]).await;
    let gun = guest(&house, &path(&letters[0])).await;
    // Another tab shows the recording of a link that this browser opened before.
    assert_eq!(heard(&house, &gun, id, 900).await, StatusCode::NOT_FOUND);
    let listened = async |id: RecordingId| {
        let told = history(&house, &eva, id).await.into_iter();
        told.filter(|entry| matches!(entry.what, What::Listened { .. })).count()
    };
    assert_eq!((listened(id).await, listened(asas).await), (0, 0));
    assert_eq!(heard(&house, &gun, asas, 900).await, StatusCode::OK);
    assert_eq!((listened(id).await, listened(asas).await), (0, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_may_send_nothing_sees_the_notes_where_the_form_would_be() {
    let Calls { house, id, pelle, .. } = Calls::new().await;
    let_restricted(&house, false).await;
    let karin = house.sign_in("karin@hark.test").await;
    let address = format!("/recordings/{id}?part=share");
    let page = house.get(&address, Some(&karin)).await;
    let text = page.text();
    assert_eq!(page.status, StatusCode::OK);
    assert!(
        text.contains("class=\"notes\"") && !text.contains("role=\"alert\"") && !text.contains("id=\"send-title\""),
        "{text}"
    );
    let text = house.get(&address, Some(&pelle)).await.text();
    assert!(
        text.contains("id=\"send-title\"") && !text.contains("class=\"notes\""),
        "{text}"
    );
}
