//! Files while they are on their way: how far they have come, how they end, and how many there are at a time.

use std::io::Cursor;

use axum::http::{StatusCode, header};
use calamine::{Data, Reader, Xlsx};
use http_body_util::BodyExt;
use model::{
    bulk::{Deed, Selection},
    id::RecordingId,
};

use crate::{
    bulk::mark,
    files::{Calls, read_csv},
    house::FORM,
};

#[tokio::test(flavor = "multi_thread")]
async fn a_sheet_is_read_page_by_page_as_it_is_taken() {
    let calls = Calls::new().await;
    calls.house.fixture.copy(calls.asas, 3_000).await;
    for (end, whole) in [("csv", true), ("xlsx", false)] {
        let address = format!("/recordings.{end}?limit=0&columns=tag,user&ticket={end}");
        let mut body = calls.begin(&calls.eva, &address).await;
        let mut bytes = body.frame().await.unwrap().unwrap().into_data().unwrap().to_vec();
        let before = calls.progress(&calls.eva, end).await.unwrap();
        assert!(
            before.total == 3_003 && before.done < 2_500 && !before.ended,
            "{before:?}"
        );
        // The oldest is on the last page, which nobody has asked for yet.
        let oldest = RecordingId(calls.asas.0 - 1_000_000 + 3_000);
        let tag = format!("{end} sent");
        mark(
            &calls.house,
            &calls.eva,
            &Selection::one(oldest),
            &Deed::Tag(Some(tag.clone())),
        )
        .await;
        bytes.extend(body.collect().await.unwrap().to_bytes());
        if whole {
            let rows = read_csv(&bytes);
            assert_eq!((rows.len(), &rows[3_003][0]), (3_004, &tag));
        } else {
            let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).unwrap();
            let range = book.worksheet_range("Inspelningar").unwrap();
            assert_eq!(range.height(), 3_004);
            assert_eq!(range.get_value((3_003, 0)), Some(&Data::String(tag)));
        }
        let after = calls.progress(&calls.eva, end).await.unwrap();
        assert!(after.done == 3_003 && after.ended, "{after:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_archive_ends_when_it_is_stopped_or_nobody_takes_it() {
    let calls = Calls::new().await;
    calls.house.fixture.copy(calls.asas, 200).await;
    let mut body = calls.begin(&calls.eva, "/recordings.zip?ticket=stop").await;
    assert!(body.frame().await.unwrap().is_ok());
    let stop = r#"{"ticket":"stop"}"#;
    let path = "/fn/recordings/pack-stop";
    calls.house.call(path, Some(&calls.eva), "application/json", stop).await;
    let rest = body.collect().await;
    assert!(rest.is_err(), "who takes it is told that it is not whole");
    let progress = calls.progress(&calls.eva, "stop").await.unwrap();
    assert!(progress.ended && progress.done < progress.total, "{progress:?}");

    let mut body = calls.begin(&calls.eva, "/recordings.zip?ticket=gone").await;
    assert!(body.frame().await.unwrap().is_ok());
    drop(body);
    let ended = async || {
        while !calls.progress(&calls.eva, "gone").await.unwrap().ended {
            tokio::task::yield_now().await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_mins(1), ended())
        .await
        .unwrap();
    let waiting = std::fs::read_dir(calls.house.fixture.folder.path().join("incoming"));
    assert_eq!(waiting.unwrap().count(), 0, "nothing is left behind");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_under_way_ends_with_the_right_to_it() {
    let calls = Calls::new().await;
    calls.house.fixture.copy(calls.pelles[0], 3_000).await;
    for address in ["/recordings.csv?limit=0", "/recordings.zip?limit=0"] {
        let pelle = calls.house.sign_in("a1@hark.test").await;
        let mut body = calls.begin(&pelle, address).await;
        assert!(body.frame().await.unwrap().is_ok());
        calls.house.call("/fn/account/sign-out", Some(&pelle), FORM, "").await;
        calls.house.fixture.clock.move_by(2_000);
        assert!(body.collect().await.is_err(), "{address}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nobody_keeps_the_others_from_their_files() {
    let calls = Calls::new().await;
    calls.house.fixture.copy(calls.asas, 3_000).await;
    let mut held = vec![];
    for _ in 0..4 {
        let mut body = calls.begin(&calls.eva, "/recordings.csv?limit=0").await;
        assert!(body.frame().await.unwrap().is_ok());
        held.push(body);
    }
    let fifth = calls.house.get("/recordings.csv?limit=0", Some(&calls.eva)).await;
    assert_eq!(
        (fifth.status, fifth.header(header::RETRY_AFTER)),
        (StatusCode::SERVICE_UNAVAILABLE, "30")
    );
    let pelle = calls.house.sign_in("a1@hark.test").await;
    assert_eq!(
        calls.house.get("/recordings.csv", Some(&pelle)).await.status,
        StatusCode::OK
    );
    held.pop().unwrap().collect().await.unwrap();
    assert_eq!(
        calls.house.get("/recordings.csv", Some(&calls.eva)).await.status,
        StatusCode::OK,
        "a place is free again"
    );
}
