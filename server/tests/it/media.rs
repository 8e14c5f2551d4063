//! The sound over HTTP.

use axum::{
    body::Body,
    http::{Method, StatusCode, header},
};
use model::id::RecordingId;

use http_body_util::BodyExt;
use tower::ServiceExt;

use crate::house::{Answer, House, alaw, request, wav};

async fn range(house: &House, cookie: &str, path: &str, range: &str) -> Answer {
    house
        .ask(
            request(Method::GET, path, Some(cookie))
                .header(header::RANGE, range)
                .body(Body::empty())
                .unwrap(),
        )
        .await
}

async fn house() -> (House, String, RecordingId) {
    let house = House::with_people().await;
    let id = house.recording("c-1", "a1", alaw()).await;
    let cookie = house.sign_in("a1@hark.test").await;
    (house, cookie, id)
}

#[tokio::test(flavor = "multi_thread")]
async fn the_whole_is_a_pcm_wav_of_exact_length() {
    let (house, cookie, id) = house().await;
    let whole = house.get(&format!("/media/{id}"), Some(&cookie)).await;
    assert_eq!(whole.status, StatusCode::OK);
    assert_eq!(whole.header(header::CONTENT_TYPE), "audio/wav");
    assert_eq!(whole.header(header::ACCEPT_RANGES), "bytes");
    assert_eq!(whole.header(header::CACHE_CONTROL), "private, no-cache");
    assert_eq!(whole.body.len(), 44 + 8_000 * 2 * 2);
    assert_eq!(&whole.body[..4], b"RIFF");
    // A-law 0xD5 is silence's neighbour: +8; its complement 0x55 is -8.
    let at = |frame: usize, channel: usize| {
        let place = 44 + frame * 4 + channel * 2;
        i16::from_le_bytes([whole.body[place], whole.body[place + 1]])
    };
    assert_eq!((at(0xd5 * 31, 0), at(0x55 * 31, 0)), (8, -8));
    assert_eq!(
        (at(0xd5 * 31, 1), at(0x55 * 31, 1)),
        (at((255 - 0xd5) * 31, 0), at((255 - 0x55) * 31, 0))
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn any_range_is_that_part_of_the_whole() {
    let (house, cookie, id) = house().await;
    let path = format!("/media/{id}");
    let whole = house.get(&path, Some(&cookie)).await.body;
    for (asked, start, end) in [
        ("bytes=0-1", 0, 2),
        ("bytes=43-46", 43, 47),
        ("bytes=1001-1001", 1001, 1002),
        ("bytes=-7", 32_037, 32_044),
        ("bytes=31999-99999", 31_999, 32_044),
    ] {
        let part = range(&house, &cookie, &path, asked).await;
        assert_eq!(part.status, StatusCode::PARTIAL_CONTENT, "{asked}");
        assert_eq!(
            part.header(header::CONTENT_RANGE),
            format!("bytes {start}-{}/32044", end - 1)
        );
        assert_eq!(part.body, whole[start..end], "{asked}");
    }
    let past = range(&house, &cookie, &path, "bytes=32044-").await;
    assert_eq!(
        (past.status, past.header(header::CONTENT_RANGE)),
        (StatusCode::RANGE_NOT_SATISFIABLE, "bytes */32044")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_tag_is_kept_and_a_range_of_something_else_is_the_whole() {
    let (house, cookie, id) = house().await;
    let path = format!("/media/{id}");
    let first = house.get(&path, Some(&cookie)).await;
    let tag = first.header(header::ETAG).to_owned();
    assert!(tag.starts_with('"') && tag.len() > 64, "{tag}");
    let ask = async |name: header::HeaderName, value: &str| {
        let asked = request(Method::GET, &path, Some(&cookie))
            .header(header::RANGE, "bytes=0-9")
            .header(name, value);
        house.ask(asked.body(Body::empty()).unwrap()).await
    };
    assert_eq!(ask(header::IF_RANGE, &tag).await.status, StatusCode::PARTIAL_CONTENT);
    assert_eq!(ask(header::IF_RANGE, "\"other\"").await.status, StatusCode::OK);
    let known = ask(header::IF_NONE_MATCH, &tag).await;
    assert_eq!((known.status, known.body.len()), (StatusCode::NOT_MODIFIED, 0));
    let head = house
        .ask(request(Method::HEAD, &path, Some(&cookie)).body(Body::empty()).unwrap())
        .await;
    assert_eq!(
        (head.status, head.header(header::CONTENT_LENGTH), head.body.len()),
        (StatusCode::OK, "32044", 0)
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_download_is_the_original_under_a_name_that_says_what_it_is() {
    let (house, cookie, id) = house().await;
    let file = house.get(&format!("/media/{id}/download"), Some(&cookie)).await;
    assert_eq!(file.status, StatusCode::OK);
    assert_eq!(file.body, alaw());
    assert_eq!(
        file.header(header::CONTENT_DISPOSITION),
        "attachment; filename=\"20261123_115900_Pelle-Persson_+46701740605_+46846500401.wav\"; \
         filename*=UTF-8''20261123_115900_Pelle-Persson_+46701740605_+46846500401.wav"
    );
    let asas = house.recording("c-3", "a3", alaw()).await;
    let asa = house.sign_in("a3@hark.test").await;
    let file = house.get(&format!("/media/{asas}/download"), Some(&asa)).await;
    assert!(
        file.header(header::CONTENT_DISPOSITION)
            .contains("filename*=UTF-8''20261123_115900_%C3%85sa-%C3%96str%C3%B6m_")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn peaks_of_a_stretch_speak_of_that_stretch() {
    let house = House::with_people().await;
    // Half a second of silence, then half a second of the loudest there is.
    let sound: Vec<u8> = [0_i16; 4_000]
        .into_iter()
        .chain([i16::MAX; 4_000])
        .flat_map(i16::to_le_bytes)
        .collect();
    let id = house.recording("c-1", "a1", wav(1, 1, 16, &sound)).await;
    let cookie = house.sign_in("a1@hark.test").await;
    let peaks = async |from: u32, to: u32| {
        let answer = house
            .get(&format!("/media/{id}/peaks?from={from}&to={to}&n=4"), Some(&cookie))
            .await;
        assert_eq!(answer.status, StatusCode::OK);
        model::sound::Overview::from_bytes(&answer.body).unwrap()
    };
    assert!(peaks(0, 500).await.lane(0).iter().all(|bucket| bucket.high() == 0.0));
    assert!(peaks(500, 1000).await.lane(0).iter().all(|bucket| bucket.high() > 0.99));
    let nothing = house
        .get(&format!("/media/{id}/peaks?from=900&to=100&n=4"), Some(&cookie))
        .await;
    assert_eq!(nothing.status, StatusCode::BAD_REQUEST);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_under_way_ends_with_the_right_to_it() {
    let house = House::with_people().await;
    let id = house.recording("c-1", "a1", wav(6, 1, 8, &vec![0x55; 1_000_000])).await;
    for path in [format!("/media/{id}"), format!("/media/{id}/download")] {
        let cookie = house.sign_in("a1@hark.test").await;
        let asked = request(Method::GET, &path, Some(&cookie)).body(Body::empty()).unwrap();
        let mut body = house.router.clone().oneshot(asked).await.unwrap().into_body();
        assert!(body.frame().await.unwrap().is_ok());
        let form = "application/x-www-form-urlencoded";
        house.call("/fn/account/sign-out", Some(&cookie), form, "").await;
        house.fixture.clock.move_by(2_000);
        assert!(body.frame().await.unwrap().is_err(), "{path}");
        assert!(body.frame().await.is_none());
    }
}
