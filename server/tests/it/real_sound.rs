//! Real sound through the whole house: handed over, kept, and heard over HTTP, bit for bit what sox decodes.

#[path = "../../../app/audio/tests/support/mod.rs"]
pub mod support;

use std::{fs, io::Cursor, path::Path};

use axum::{
    body::Body,
    http::{Method, StatusCode, header},
};
use model::id::RecordingId;
use support::{Noise, prompts, skipped, sox, without_sox};

use crate::house::{House, facts, request};

/// What sox makes of a file: PCM of 16 bits behind a header of 44 bytes.
fn by_sox(file: &Path) -> Vec<u8> {
    let (folder, name) = (file.parent().unwrap(), file.file_name().unwrap().to_string_lossy());
    sox(folder, &format!("{name} -t wav -e signed -b 16 -"))
}

/// The samples behind the header; sox leaves the lengths in a header open when it writes to a pipe.
fn samples(wav: &[u8]) -> &[u8] {
    &wav[44..]
}

async fn range(house: &House, cookie: &str, id: RecordingId, start: usize, end: usize) -> Vec<u8> {
    let asked = request(Method::GET, &format!("/media/{id}"), Some(cookie))
        .header(header::RANGE, format!("bytes={start}-{}", end - 1))
        .body(Body::empty())
        .unwrap();
    let answer = house.ask(asked).await;
    assert_eq!(answer.status, StatusCode::PARTIAL_CONTENT);
    answer.body.to_vec()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_ranges_are_what_sox_decodes() {
    if without_sox() {
        return;
    }
    let (house, folder) = (House::with_people().await, tempfile::tempdir().unwrap());
    let cookie = house.sign_in("a1@hark.test").await;
    let mut noise = Noise::new(206);
    sox(
        folder.path(),
        "-R -n -r 8000 -c 2 -b 16 line.wav synth 30 sine 200-3400 pinknoise vol 0.8",
    );
    for shape in [
        "-e a-law",
        "-e mu-law -c 1",
        "-e unsigned -b 8",
        "-e signed -b 16",
        "-e gsm-full-rate -c 1",
    ] {
        sox(folder.path(), &format!("line.wav {shape} call.wav"));
        let file = folder.path().join("call.wav");
        let id = house.recording(shape, "a1", fs::read(&file).unwrap()).await;
        let expected = by_sox(&file);
        let whole = house.get(&format!("/media/{id}"), Some(&cookie)).await.body;
        assert!(samples(&whole) == samples(&expected), "{shape}");
        for _ in 0..200 {
            let start = noise.below(whole.len());
            let end = whole.len().min(start + 1 + noise.below(100_000));
            let part = range(&house, &cookie, id, start, end).await;
            assert!(part == whole[start..end], "{shape} {start}..{end}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_prompt_of_a_telephone_switch_is_taken_and_heard() {
    if without_sox() || skipped("ASTERISK") {
        return;
    }
    let house = House::with_people().await;
    let cookie = house.sign_in("a1@hark.test").await;
    for extension in ["wav", "gsm"] {
        let mut heard = 0;
        for path in prompts(extension) {
            let expected = by_sox(&path);
            let (name, file) = (path.to_string_lossy(), fs::read(&path).unwrap());
            if samples(&expected).is_empty() {
                let refused = house.backend().take(facts(&name, "a1"), Cursor::new(file)).await;
                assert!(refused.is_err(), "{name} has no sound");
                continue;
            }
            let id = house.recording(&name, "a1", file).await;
            let whole = house.get(&format!("/media/{id}"), Some(&cookie)).await.body;
            assert!(samples(&whole) == samples(&expected), "{name}");
            heard += 1;
        }
        assert!(heard > 500, "{heard} {extension} prompts heard");
    }
}
