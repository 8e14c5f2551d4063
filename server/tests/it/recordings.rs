//! `POST /api/v1/recordings`: what a switch meets.

use axum::{
    body::{Body, Bytes},
    http::{Request, StatusCode, header},
};
use futures_util::{StreamExt, stream};
use model::list::{ListQuery, Sort};
use serde_json::{Value, json};

use crate::house::{Answer, House, alaw, facts, wav};

const FORM: &str = "multipart/form-data; boundary=hark";

fn form(facts: &str, audio: &[u8]) -> Vec<u8> {
    let mut body = format!("--hark\r\nContent-Disposition: form-data; name=\"facts\"\r\n\r\n{facts}\r\n").into_bytes();
    body.extend(b"--hark\r\nContent-Disposition: form-data; name=\"audio\"; filename=\"c.wav\"\r\n\r\n");
    body.extend(audio);
    body.extend(b"\r\n--hark--\r\n");
    body
}

async fn hand_over(house: &House, key: &str, body: impl Into<Body>) -> Answer {
    let request = Request::post("/api/v1/recordings")
        .header(header::AUTHORIZATION, format!("Bearer {key}"))
        .header(header::CONTENT_TYPE, FORM);
    house.ask(request.body(body.into()).unwrap()).await
}

fn told(answer: &Answer) -> Value {
    serde_json::from_slice(&answer.body).unwrap()
}

fn c1() -> String {
    serde_json::to_string(&facts("c-1", "a1")).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_twice_is_one_and_another_sound_is_refused() {
    let house = House::with_people().await;
    let key = house.key(backend::keys::KeyScope::Ingest).await;
    let first = hand_over(&house, &key, form(&c1(), &alaw())).await;
    assert_eq!(first.status, StatusCode::CREATED, "{}", first.text());
    let second = hand_over(&house, &key, form(&c1(), &alaw())).await;
    assert_eq!(
        (second.status, &told(&second)["id"], &told(&second)["already"]),
        (StatusCode::OK, &told(&first)["id"], &json!(true))
    );
    let mut other = alaw();
    other[100] ^= 1;
    let third = hand_over(&house, &key, form(&c1(), &other)).await;
    assert_eq!(third.status, StatusCode::CONFLICT);
    assert_eq!(third.header(header::CONTENT_TYPE), "application/problem+json");
    let eva = house.sign_in("eva@hark.test").await;
    let kept = house
        .get(
            &format!("/media/{}/download", told(&first)["id"].as_str().unwrap()),
            Some(&eva),
        )
        .await;
    assert_eq!(kept.body, alaw());
    assert_eq!(
        files(&house),
        1,
        "what was refused or here already leaves nothing behind"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_same_at_the_same_time_is_one() {
    let house = House::with_people().await;
    let key = house.key(backend::keys::KeyScope::Ingest).await;
    let all = (0..8).map(|_| hand_over(&house, &key, form(&c1(), &alaw())));
    let answers = futures_util::future::join_all(all).await;
    let ids: std::collections::BTreeSet<String> = answers.iter().map(|answer| told(answer)["id"].to_string()).collect();
    assert_eq!(ids.len(), 1, "{ids:?}");
    assert_eq!(
        answers
            .iter()
            .filter(|answer| answer.status == StatusCode::CREATED)
            .count(),
        1
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn both_sides_of_an_internal_call_are_one_call() {
    let house = House::with_people().await;
    let key = house.key(backend::keys::KeyScope::Ingest).await;
    for extension in ["a1", "a2"] {
        let facts = serde_json::to_string(&facts("c-1", extension)).unwrap();
        assert_eq!(
            hand_over(&house, &key, form(&facts, &alaw())).await.status,
            StatusCode::CREATED
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_taken_is_said_and_nothing_is_kept() {
    let house = House::with_people().await;
    let key = house.key(backend::keys::KeyScope::Ingest).await;
    let cut = &alaw()[..9_000];
    for (body, status, code, words) in [
        (
            form(&c1(), b"no sound at all, but long enough to be looked at"),
            StatusCode::UNSUPPORTED_MEDIA_TYPE,
            "sound",
            "no sound that is known",
        ),
        (form(&c1(), cut), StatusCode::UNSUPPORTED_MEDIA_TYPE, "sound", "cut off"),
        (form(&c1(), b""), StatusCode::UNSUPPORTED_MEDIA_TYPE, "sound", ""),
        (form("{", &alaw()), StatusCode::BAD_REQUEST, "unreadable", "EOF"),
        (
            form(r#"{"call_id":"x","colour":"red"}"#, &alaw()),
            StatusCode::BAD_REQUEST,
            "unreadable",
            "colour",
        ),
        (
            form(&c1().replace("\"a1\"", "\" \""), &alaw()),
            StatusCode::UNPROCESSABLE_ENTITY,
            "facts",
            "extension",
        ),
        (
            form(&c1().replace("2026-11-23", "2027-11-23"), &alaw()),
            StatusCode::UNPROCESSABLE_ENTITY,
            "facts",
            "start",
        ),
        (
            b"--hark--\r\n".to_vec(),
            StatusCode::UNPROCESSABLE_ENTITY,
            "facts",
            "audio",
        ),
    ] {
        let answer = hand_over(&house, &key, body).await;
        assert_eq!(
            (answer.status, told(&answer)["title"].as_str()),
            (status, Some(code)),
            "{}",
            answer.text()
        );
        assert!(
            told(&answer)["detail"].as_str().unwrap().contains(words),
            "{}",
            answer.text()
        );
    }
    assert_eq!(files(&house), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_breaks_leaves_nothing_behind() {
    let house = House::with_people().await;
    let key = house.key(backend::keys::KeyScope::Ingest).await;
    let whole = form(&c1(), &alaw());
    // The whole sound has come, but not the end of the form: whether more would have followed nobody knows.
    let sent = Bytes::from(whole[..whole.len() - 12].to_vec());
    let broken = stream::iter([Ok(sent), Err(std::io::Error::from(std::io::ErrorKind::ConnectionReset))]);
    let answer = hand_over(&house, &key, Body::from_stream(broken)).await;
    assert!(!answer.status.is_success(), "{}", answer.text());
    assert_eq!(files(&house), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_head_that_does_not_end_is_refused_in_words() {
    let house = House::with_people().await;
    let key = house.key(backend::keys::KeyScope::Ingest).await;
    // More than is ever drained: who waits for the end of it waits in vain.
    let much = Bytes::from(vec![b'x'; 1 << 20]);
    let chunks = (0..512).map(move |_| Ok::<_, std::io::Error>(much.clone()));
    for begin in [
        "--hark\r\nContent-Disposition: form-data; name=\"".to_owned(),
        format!(
            "--hark\r\nContent-Disposition: form-data; name=\"facts\"\r\n\r\n{}\r\n--hark\r\nX: ",
            c1()
        ),
    ] {
        let body = stream::iter([Ok(Bytes::from(begin))]).chain(stream::iter(chunks.clone()));
        let answer = hand_over(&house, &key, Body::from_stream(body)).await;
        assert_eq!(
            (answer.status, told(&answer)["title"].as_str()),
            (StatusCode::PAYLOAD_TOO_LARGE, Some("too-large")),
            "{}",
            answer.text()
        );
        assert!(answer.text().contains("At most 32 KiB"), "{}", answer.text());
    }
    assert_eq!(files(&house), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_call_passes_whatever_pieces_it_comes_in_and_beside_what_nobody_asked_for() {
    let house = House::with_people().await;
    let key = house.key(backend::keys::KeyScope::Ingest).await;
    // Ten minutes of two channels: 9.6 MB.
    let sound: Vec<u8> = (0..9_600_000_u32).map(|i| (i / 31) as u8).collect();
    let unasked = format!(
        "--hark\r\nContent-Disposition: form-data; name=\"unasked\"\r\n\r\n{}\r\n",
        "x".repeat(1 << 20)
    );
    for (call, piece) in [("c-1", usize::MAX), ("c-2", 1_460), ("c-3", 400_000)] {
        let facts = serde_json::to_string(&facts(call, "a1")).unwrap();
        let mut whole = unasked.clone().into_bytes();
        whole.extend(form(&facts, &wav(6, 2, 8, &sound)));
        let whole = Bytes::from(whole);
        let starts = (0..whole.len()).step_by(piece.min(whole.len()));
        let pieces: Vec<_> = starts
            .map(|start| Ok::<_, std::io::Error>(whole.slice(start..whole.len().min(start.saturating_add(piece)))))
            .collect();
        let answer = hand_over(&house, &key, Body::from_stream(stream::iter(pieces))).await;
        assert_eq!(answer.status, StatusCode::CREATED, "{}", answer.text());
    }
    assert_eq!(files(&house), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_is_over_opens_nothing() {
    let house = House::with_people().await;
    assert_eq!(
        hand_over(&house, "guess", form(&c1(), &alaw())).await.status,
        StatusCode::UNAUTHORIZED
    );
    let backend = house.backend();
    let short = backend
        .add_key(
            crate::house::OPERATOR,
            "kort",
            backend::keys::KeyScope::Ingest,
            Some(backend.now().plus_ms(1_000)),
        )
        .await
        .unwrap();
    assert_eq!(
        hand_over(&house, short.reveal(), form(&c1(), &alaw())).await.status,
        StatusCode::CREATED
    );
    house.fixture.clock.move_by(1_000);
    assert_eq!(
        hand_over(&house, short.reveal(), form(&c1(), &alaw())).await.status,
        StatusCode::UNAUTHORIZED
    );
    let key = house.key(backend::keys::KeyScope::Ingest).await;
    let id = backend.keys(crate::house::OPERATOR).await.unwrap()[0].id;
    assert!(backend.revoke_key(crate::house::OPERATOR, id).await.unwrap());
    assert_eq!(
        hand_over(&house, &key, form(&c1(), &alaw())).await.status,
        StatusCode::UNAUTHORIZED
    );
}

/// Files in the house, those still arriving included.
fn files(house: &House) -> usize {
    fn count(folder: &std::path::Path) -> usize {
        let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
        entries.map(|path| if path.is_dir() { count(&path) } else { 1 }).sum()
    }
    count(&house.fixture.folder.path().join("media")) + count(&house.fixture.folder.path().join("incoming"))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_internal_call_names_the_colleague_that_the_switch_did_not() {
    let house = House::with_people().await;
    let internal = |call: &str, extension: &str, other: &str| model::facts::Facts {
        direction: model::facts::Direction::Internal,
        other_number: Some(other.into()),
        ..facts(call, extension)
    };
    for (call, extension, other) in [("c-1", "a1", "a3"), ("c-2", "a1", "a999")] {
        let sound = std::io::Cursor::new(alaw());
        house
            .backend()
            .take(internal(call, extension, other), sound)
            .await
            .unwrap();
    }
    let eva = house.sign_in("eva@hark.test").await;
    let page = house.list(&eva, ListQuery::default()).await;
    let mut names: Vec<_> = page.rows.iter().map(|row| row.other_name.clone()).collect();
    names.sort();
    assert_eq!(names, [None, Some("Åsa Öström".to_owned())]);
}

#[tokio::test(flavor = "multi_thread")]
async fn page_after_page_has_each_recording_once_though_all_began_at_once() {
    let house = House::with_people().await;
    // Others' recordings lie between, and are on no way.
    for call in 0..201 {
        house.recording(&format!("c-{call}"), "a1", alaw()).await;
        if call % 20 == 0 {
            house.recording(&format!("d-{call}"), "a3", alaw()).await;
        }
    }
    let pelle = house.sign_in("a1@hark.test").await;
    let sorts = [
        Sort::default(),
        Sort::default().backwards(),
        Sort::named("extension").unwrap(),
    ];
    for sort in sorts {
        let (mut after, mut pages, mut ids) = (None, vec![], vec![]);
        loop {
            let query = ListQuery {
                after: after.clone(),
                sort,
                ..ListQuery::default()
            };
            let page = house.list(&pelle, query.clone()).await;
            assert_eq!(page.total.count, 201);
            ids.extend(page.rows.iter().map(|row| row.id));
            pages.push((after, page.rows.last().map(|row| row.id)));
            let before = house.page_before(&pelle, query).await;
            let before = before.map(|before| (before.after, Some(before.last)));
            assert_eq!(
                before.as_ref(),
                pages.iter().rev().nth(1),
                "the way back is the way one came"
            );
            after = page.next;
            if after.is_none() {
                break;
            }
        }
        assert_eq!((pages.len(), ids.len()), (5, 201));
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), 201, "none twice");
    }
    let ids: Vec<_> = house.list(&pelle, ListQuery::default()).await.rows;
    assert!(ids.is_sorted_by(|a, b| a.id > b.id), "newest first");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_four_sounds_for_one_call_one_is_kept_and_nothing_of_the_others() {
    let house = House::with_people().await;
    let key = house.key(backend::keys::KeyScope::Ingest).await;
    let hand = |last: u8| {
        let mut sound = alaw();
        if let Some(byte) = sound.last_mut() {
            *byte = last;
        }
        hand_over(&house, &key, form(&c1(), &sound))
    };
    let (a, b, c, d) = tokio::join!(hand(1), hand(2), hand(3), hand(4));
    let mut statuses = [a, b, c, d].map(|answer| answer.status.as_u16());
    statuses.sort_unstable();
    assert_eq!(statuses, [201, 409, 409, 409]);
    let mut folders = vec![house.fixture.folder.path().join("media")];
    let mut files = 0;
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                files += 1;
            }
        }
    }
    assert_eq!(files, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_recording_tells_who_speaks_and_an_old_one_tells_nothing_of_it() {
    let house = House::with_people().await;
    // Two seconds in which the first speaks, then two in which nobody does.
    let sound: Vec<u8> = (0..64_000_u32)
        .map(|at| {
            let speaks = at % 2 == 0 && at < 32_000;
            if speaks { (at / 31) as u8 } else { 0xd5 }
        })
        .collect();
    let id = house.recording("c-1", "a1", wav(6, 2, 8, &sound)).await;
    let pelle = house.sign_in("a1@hark.test").await;
    let talk = async || {
        let asked = json!({ "id": id }).to_string();
        let answer = house
            .call("/fn/recordings/detail", Some(&pelle), "application/json", asked)
            .await;
        told(&answer)["talk"].clone()
    };
    let measured = talk().await;
    assert_eq!(measured["interruptions"], json!([0, 0]));
    assert_eq!(measured["speech_ms"][1], 0);
    assert_eq!(measured["silences"][0][1], 4_000, "{measured}");
    house.fixture.forget_talk_of(id).await;
    assert_eq!(talk().await, Value::Null);
}
