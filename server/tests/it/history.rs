//! What is told of a recording afterwards: who listened and for how long, and what was done to many.

use axum::{
    body::Body,
    http::{Method, StatusCode, header},
};
use model::{
    history::{Chapter, What},
    id::{EventId, RecordingId},
    recording::Flag,
};
use serde_json::json;

use crate::{
    house::{FORM, House, OPERATOR, alaw, form, request},
    review::{Calls, history, read, say, what},
    sharing,
};

const JSON: &str = "application/json";

/// A page of what has happened, from a place on.
pub async fn chapter(house: &House, cookie: &str, id: RecordingId, before: Option<EventId>) -> Chapter {
    let body = json!({ "id": id, "before": before }).to_string();
    let answer = house.call("/fn/history/read", Some(cookie), JSON, body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    serde_json::from_slice(&answer.body).unwrap()
}

/// All that has happened, page by page.
pub async fn chapters(house: &House, cookie: &str, id: RecordingId) -> Vec<Chapter> {
    let mut all = vec![chapter(house, cookie, id, None).await];
    while let Some(place) = all.last().unwrap().older {
        all.push(chapter(house, cookie, id, Some(place)).await);
    }
    all
}

/// Says so many things of a recording: one after the other, in one comment.
pub async fn comment(house: &House, cookie: &str, id: RecordingId, numbers: std::ops::Range<u32>) {
    let id = id.to_string();
    let first = numbers.start.to_string();
    let fields = [("id", &*id), ("at", ""), ("comment", &*first)];
    let answer = say(house, cookie, "add-comment", &fields).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    let said = read(house, cookie, id.parse().unwrap()).await.comments;
    let own = said
        .iter()
        .find(|comment| comment.text == first)
        .unwrap()
        .id
        .to_string();
    for number in numbers.skip(1) {
        let words = number.to_string();
        let fields = [("id", &*own), ("at", ""), ("comment", &*words)];
        let answer = say(house, cookie, "change-comment", &fields).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_listens_is_written_down_before_the_first_byte_and_how_much_as_they_go() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    assert_eq!(history(&house, &eva, id).await, []);
    let wave = house
        .get(&format!("/media/{id}/peaks?from=0&to=900&n=10"), Some(&pelle))
        .await;
    assert_eq!(
        (wave.status, history(&house, &eva, id).await),
        (StatusCode::OK, vec![]),
        "looking is not hearing"
    );
    assert_eq!(
        house.get(&format!("/media/{id}"), Some(&pelle)).await.status,
        StatusCode::OK
    );
    let heard = async |ms: i64| {
        let body = json!({ "id": id, "ms": ms }).to_string();
        house.call("/fn/history/heard", Some(&pelle), JSON, body).await.status
    };
    assert_eq!(heard(900).await, StatusCode::OK);
    assert_eq!(heard(-5_000).await, StatusCode::OK);
    let told = history(&house, &eva, id).await;
    let [(who, What::Listened { heard_ms: 900, .. })] = what(&told)[..] else {
        panic!("{told:?}")
    };
    assert!(who.contains("Pelle"));
    // Nobody has heard more than time allows.
    assert_eq!(heard(i64::MAX).await, StatusCode::OK);
    let told = history(&house, &eva, id).await;
    let What::Listened { heard_ms, .. } = told[0].what else {
        panic!("{told:?}")
    };
    assert!((900..120_000).contains(&heard_ms), "{heard_ms}");
    // A file is another matter, and a second visit goes on with the first.
    house.get(&format!("/media/{id}"), Some(&pelle)).await;
    assert_eq!(
        house.get(&format!("/media/{id}/download"), Some(&pelle)).await.status,
        StatusCode::OK
    );
    let told = history(&house, &eva, id).await;
    assert_eq!((told.len(), &told[0].what), (2, &What::Downloaded));
    // Nor does one who asks for it again and again push what others did out of sight.
    for (later_ms, entries) in [(0, 2), (599_999, 2), (1, 3)] {
        house.fixture.clock.move_by(later_ms);
        house.get(&format!("/media/{id}/download"), Some(&pelle)).await;
        assert_eq!(history(&house, &eva, id).await.len(), entries, "after {later_ms} ms");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_done_to_many_is_told_of_each() {
    let Calls { house, id, eva, .. } = Calls::new().await;
    let other = house.recording("c-2", "a1", alaw()).await;
    let both = model::bulk::Selection::Chosen(vec![id, other]);
    let deed = model::bulk::Deed::Flag(Some(Flag::Green));
    let progress = crate::bulk::mark(&house, &eva, &both, &deed).await;
    assert!(progress.ended);
    for id in [id, other] {
        let told = history(&house, &eva, id).await;
        assert_eq!(
            told[0].what,
            What::Flagged {
                from: None,
                to: Some(Flag::Green)
            }
        );
    }
    let body = json!({ "id": progress.id }).to_string();
    house.call("/fn/recordings/undo", Some(&eva), JSON, body).await;
    let told = history(&house, &eva, other).await;
    assert_eq!(
        told[0].what,
        What::Flagged {
            from: Some(Flag::Green),
            to: None
        }
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn receivers_of_links_are_named_to_their_sender_and_those_who_answer_for_the_company() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    let karin = house.sign_in("karin@hark.test").await;
    let (_, letters) = sharing::sent(&house, &pelle, id, &[("download", "on")]).await;
    let gun = sharing::guest(&house, &sharing::path(&letters[0])).await;
    for part in ["", "/download"] {
        let answer = house.get(&format!("/media/{id}{part}"), Some(&gun)).await;
        assert_eq!(answer.status, StatusCode::OK, "{part}");
    }
    let close = form(&[("id", &sharing::links(&house, &eva, id).await[0].id.to_string())]);
    house.call("/fn/sharing/close", Some(&eva), FORM, close).await;
    // What everyone in scope is told is the same, but for the address.
    let full = history(&house, &eva, id).await;
    assert_eq!(full.len(), 5, "{full:?}");
    assert_eq!(history(&house, &pelle, id).await, full);
    let mut bare = full.clone();
    for entry in &mut bare {
        if entry.who == "gun@kund.test" {
            entry.who.clear();
        }
        if let What::Share { to, .. } = &mut entry.what {
            assert_eq!(to, "gun@kund.test");
            to.clear();
        }
    }
    assert_ne!(bare, full);
    assert_eq!(history(&house, &karin, id).await, bare);
    let page = house.get(&format!("/recordings/{id}?part=history"), Some(&karin)).await;
    let text = page.text();
    for said in ["skickade en länk till en mottagare", "<b>En mottagare<"] {
        assert!(text.contains(said), "{said} is not in {text}");
    }
    assert!(!text.contains("gun@kund.test"));
    // Who left has no account any longer either, and keeps the name.
    let account = house.account("a1@hark.test").await;
    house.backend().remove_account(OPERATOR, account).await.unwrap();
    assert_eq!(history(&house, &karin, id).await, bare);
}

#[tokio::test(flavor = "multi_thread")]
async fn all_that_has_happened_is_told_a_page_at_a_time_by_the_place_where_one_ends() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    house.get(&format!("/media/{id}"), Some(&pelle)).await;
    comment(&house, &eva, id, 0..250).await;
    house.get(&format!("/media/{id}"), Some(&eva)).await;
    comment(&house, &eva, id, 250..520).await;
    let pages = chapters(&house, &pelle, id).await;
    let lengths: Vec<usize> = pages.iter().map(|page| page.entries.len()).collect();
    assert_eq!(lengths, [200, 200, 122]);
    let told = |entry: &model::history::Entry| match &entry.what {
        What::Commented { text, .. } | What::CommentChanged { to: text, .. } => text.clone(),
        What::Listened { .. } => entry.who.clone(),
        other => panic!("{other:?}"),
    };
    let told: Vec<String> = pages.iter().flat_map(|page| page.entries.iter().map(told)).collect();
    let mut all: Vec<String> = (0..520).map(|number| number.to_string()).collect();
    all.insert(250, "eva@hark.test".into());
    all.insert(0, "Pelle Persson".into());
    all.reverse();
    assert_eq!(told, all, "each once, newest first, whichever table it lies in");

    // What happens meanwhile moves nothing: it is a place and no number of entries.
    comment(&house, &eva, id, 520..523).await;
    assert_eq!(chapter(&house, &pelle, id, pages[0].older).await, pages[1]);
    // Where nothing wakes it is a link, and a way back to the newest.
    let address = format!("/recordings/{id}?period=all&part=history");
    let page = house.get(&address, Some(&pelle)).await.text();
    let link = |page: &str| {
        let links = page.split("href=\"").skip(1).filter_map(|rest| rest.split('"').next());
        let mut older = links
            .filter(|link| link.contains("before="))
            .map(|link| link.replace("&amp;", "&"));
        older.next()
    };
    let older = link(&page).unwrap();
    assert!(
        older.contains("part=history") && page.contains("”522”") && !page.contains("”321”"),
        "{older}"
    );
    let page = house.get(&older, Some(&pelle)).await.text();
    assert!(page.contains("Visa det senaste") && page.contains("”322”") && !page.contains("”323”"));
    let oldest = format!("{address}&before={}", pages[1].older.unwrap());
    let page = house.get(&oldest, Some(&pelle)).await.text();
    assert!(page.contains("”0”") && link(&page).is_none());
    // A place is no way round the scope.
    let asa = house.sign_in("a3@hark.test").await;
    let body = json!({ "id": id, "before": pages[0].older }).to_string();
    let answer = house.call("/fn/history/read", Some(&asa), JSON, body).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_brings_no_sound_is_no_download() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    let (_, letters) = sharing::sent(&house, &pelle, id, &[("download", "on")]).await;
    let gun = sharing::guest(&house, &sharing::path(&letters[0])).await;
    let path = format!("/media/{id}/download");
    let downloads = async || {
        let told = history(&house, &eva, id).await.into_iter();
        told.filter(|entry| entry.what == What::Downloaded).count()
    };
    let mut before = 0;
    for cookie in [&pelle, &gun] {
        let ask = async |method: Method, name: header::HeaderName, value: &str| {
            let asked = request(method, &path, Some(cookie)).header(name, value);
            house.ask(asked.body(Body::empty()).unwrap()).await
        };
        let head = ask(Method::HEAD, header::RANGE, "bytes=0-9").await;
        assert_eq!(head.status, StatusCode::OK);
        let tag = head.header(header::ETAG);
        let known = ask(Method::GET, header::IF_NONE_MATCH, tag).await;
        assert_eq!(known.status, StatusCode::NOT_MODIFIED);
        let beyond = ask(Method::GET, header::RANGE, "bytes=99999999-").await;
        assert_eq!(beyond.status, StatusCode::RANGE_NOT_SATISFIABLE);
        assert_eq!(downloads().await, before);
        let part = ask(Method::GET, header::RANGE, "bytes=0-9").await;
        assert_eq!((part.status, part.body.len()), (StatusCode::PARTIAL_CONTENT, 10));
        before += 1;
        assert_eq!(downloads().await, before, "a part is one");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_sends_a_link_to_a_guessed_address_learns_of_no_other_link_to_it() {
    let Calls { house, id, eva, .. } = Calls::new().await;
    let rights = model::account::Rights {
        share: true,
        download: true,
        ..Default::default()
    };
    house.backend().set_restricted_rights(OPERATOR, rights).await.unwrap();
    let karin = house.sign_in("karin@hark.test").await;
    let visit = async |cookie: &str| {
        let (_, letters) = sharing::sent(&house, cookie, id, &[("download", "on")]).await;
        let gun = sharing::guest(&house, &sharing::path(&letters[0])).await;
        for part in ["", "/download"] {
            house.get(&format!("/media/{id}{part}"), Some(&gun)).await;
        }
    };
    visit(&eva).await;
    let before = history(&house, &karin, id).await;
    assert_eq!(before.len(), 4, "{before:?}");
    visit(&karin).await;
    let after = history(&house, &karin, id).await;
    assert_eq!(after.len(), 8);
    assert_eq!(after[4..], before, "what came of the other link is told as it was");
    let own = after[..4].iter().filter(|entry| match &entry.what {
        What::Share { to, .. } => to == "gun@kund.test",
        _ => entry.who == "gun@kund.test",
    });
    assert_eq!(own.count(), 4, "{after:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn where_nothing_of_a_page_is_told_it_is_read_on() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    house.get(&format!("/media/{id}"), Some(&eva)).await;
    house.fixture.say_out_of_sight(id, 250).await;
    let read = async |cookie: &str| {
        let Chapter { entries, older } = chapter(&house, cookie, id, None).await;
        (entries.len(), older.is_some())
    };
    assert_eq!(read(&eva).await, (200, true));
    assert_eq!(read(&pelle).await, (1, false), "what lies under it");
    // Of ever so much it is not said that it is nothing.
    house.fixture.say_out_of_sight(id, 2_000).await;
    assert_eq!(read(&pelle).await, (0, true));
    let page = house.get(&format!("/recordings/{id}?part=history"), Some(&pelle)).await;
    let text = page.text();
    assert!(
        text.contains("id=\"history-older\"") && !text.contains("Inget har hänt med inspelningen än."),
        "{text}"
    );
}
