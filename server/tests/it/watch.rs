//! The watched folder.

use std::{collections::HashMap, fs, path::Path};

use app::words::Locale;
use backend::ingest::NameTemplate;
use server::watch::{Look, Watch};

use crate::house::{House, alaw, facts};

fn names(folder: &Path) -> Vec<String> {
    let Ok(entries) = fs::read_dir(folder) else {
        return vec![];
    };
    let mut names: Vec<String> = entries
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_taken_when_it_has_stood_still_and_refused_with_a_reason() {
    let house = House::with_people().await;
    let folder = tempfile::tempdir().unwrap();
    let put = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
    let watch = Watch {
        folder: folder.path().to_owned(),
        template: None,
        locale: Locale::sv,
    };
    let mut sizes = HashMap::new();
    put("good.wav", &alaw()[..1000]);
    put(
        "good.json",
        serde_json::to_string(&facts("c-1", "a1")).unwrap().as_bytes(),
    );
    put("alone.wav", &alaw());
    put("later.wav.part", &alaw());
    put("later.wav.json", b"{}");
    assert_eq!(
        watch.look(house.backend(), &mut sizes).await.unwrap(),
        Look { taken: 0, rejected: 0 },
        "first seen"
    );
    put("good.wav", &alaw());
    assert_eq!(
        watch.look(house.backend(), &mut sizes).await.unwrap(),
        Look { taken: 0, rejected: 0 },
        "has grown"
    );
    put("bad.wav", &alaw()[..9_000]);
    put(
        "bad.json",
        serde_json::to_string(&facts("c-2", "a1")).unwrap().as_bytes(),
    );
    assert_eq!(
        watch.look(house.backend(), &mut sizes).await.unwrap(),
        Look { taken: 1, rejected: 0 }
    );
    assert_eq!(
        watch.look(house.backend(), &mut sizes).await.unwrap(),
        Look { taken: 0, rejected: 1 }
    );
    assert_eq!(names(&folder.path().join("done")), ["good.json", "good.wav"]);
    assert_eq!(
        names(&folder.path().join("rejected")),
        ["bad.json", "bad.wav", "bad.wav.why.txt"]
    );
    let why = fs::read_to_string(folder.path().join("rejected/bad.wav.why.txt")).unwrap();
    assert!(why.contains("avhuggen"), "{why}");
    assert_eq!(
        fs::read(folder.path().join("rejected/bad.wav")).unwrap(),
        alaw()[..9_000],
        "nothing is lost"
    );
    assert!(
        names(folder.path()).contains(&"alone.wav".to_owned()),
        "a sound without facts waits for them"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_template_reads_the_names_and_an_old_name_is_never_overwritten() {
    let house = House::with_people().await;
    let folder = tempfile::tempdir().unwrap();
    let template = NameTemplate::parse("{direction}-{extension}-{other_number}-{date}-{time}-{call_id}.wav").unwrap();
    let watch = Watch {
        folder: folder.path().to_owned(),
        template: Some(template),
        locale: Locale::en,
    };
    let name = "in-a1-+46701740605-20261123-114500-77.1.wav";
    for _ in 0..2 {
        let mut sizes = HashMap::new();
        fs::write(folder.path().join(name), alaw()).unwrap();
        watch.look(house.backend(), &mut sizes).await.unwrap();
        assert_eq!(
            watch.look(house.backend(), &mut sizes).await.unwrap(),
            Look { taken: 1, rejected: 0 }
        );
    }
    assert_eq!(names(&folder.path().join("done")).len(), 2);
    let pelle = house.sign_in("a1@hark.test").await;
    let list = house
        .call(
            "/fn/recordings/list",
            Some(&pelle),
            "application/json",
            r#"{"query":{"period":"today","after":null}}"#,
        )
        .await;
    let page: model::list::Page = serde_json::from_slice(&list.body).unwrap();
    assert_eq!((page.total, page.rows[0].start.time), (1, (11, 45, 0)));
}
