//! The watched folder.

use std::{collections::HashMap, fs, path::Path, time::Duration};

use app::words::Locale;
use backend::ingest::NameTemplate;
use model::list::ListQuery;
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
        settles_in: Duration::ZERO,
        gives_up_after: Duration::ZERO,
    };
    let mut waiting = HashMap::new();
    put("good.wav", &alaw()[..1000]);
    put(
        "good.json",
        serde_json::to_string(&facts("c-1", "a1")).unwrap().as_bytes(),
    );
    put("alone.wav", &alaw());
    put("later.wav.part", &alaw());
    put("later.wav.json", b"{}");
    assert_eq!(
        watch.look(house.backend(), &mut waiting).await.unwrap(),
        Look { taken: 0, rejected: 0 },
        "first seen"
    );
    put("good.wav", &alaw());
    assert_eq!(
        watch.look(house.backend(), &mut waiting).await.unwrap(),
        Look { taken: 0, rejected: 0 },
        "has grown"
    );
    put("bad.wav", &alaw()[..9_000]);
    put(
        "bad.json",
        serde_json::to_string(&facts("c-2", "a1")).unwrap().as_bytes(),
    );
    assert_eq!(
        watch.look(house.backend(), &mut waiting).await.unwrap(),
        Look { taken: 1, rejected: 0 }
    );
    assert_eq!(
        watch.look(house.backend(), &mut waiting).await.unwrap(),
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
        settles_in: Duration::ZERO,
        gives_up_after: Duration::ZERO,
    };
    let name = "in-a1-+46701740605-20261123-114500-77.1.wav";
    for _ in 0..2 {
        let mut waiting = HashMap::new();
        fs::write(folder.path().join(name), alaw()).unwrap();
        watch.look(house.backend(), &mut waiting).await.unwrap();
        assert_eq!(
            watch.look(house.backend(), &mut waiting).await.unwrap(),
            Look { taken: 1, rejected: 0 }
        );
    }
    assert_eq!(names(&folder.path().join("done")).len(), 2);
    let pelle = house.sign_in("a1@hark.test").await;
    let page = house.list(&pelle, ListQuery::default()).await;
    assert_eq!((page.total.count, page.rows[0].start.time), (1, (11, 45, 0)));
}

const HOUR: Duration = Duration::from_hours(1);

#[tokio::test(flavor = "multi_thread")]
async fn what_is_still_being_written_is_left_alone() {
    let house = House::with_people().await;
    let folder = tempfile::tempdir().unwrap();
    let mut watch = Watch {
        folder: folder.path().to_owned(),
        template: Some(NameTemplate::parse("{direction}-{extension}-{date}-{time}-{call_id}").unwrap()),
        locale: Locale::sv,
        settles_in: HOUR,
        gives_up_after: HOUR,
    };
    // Bare GSM is whole wherever one cuts it: only time tells.
    let gsm = |frames: usize| std::iter::repeat_n([0xd0; 33], frames).flatten().collect::<Vec<u8>>();
    let (call, cut) = ("in-a1-20261123-114500-1.gsm", "in-a1-20261123-114600-2.wav");
    fs::write(folder.path().join(call), gsm(50)).unwrap();
    fs::write(folder.path().join(cut), &alaw()[..9_000]).unwrap();
    let mut waiting = HashMap::new();
    for _ in 0..3 {
        assert_eq!(
            watch.look(house.backend(), &mut waiting).await.unwrap(),
            Look::default(),
            "it has not settled"
        );
    }
    fs::write(folder.path().join(call), gsm(100)).unwrap();
    watch.settles_in = Duration::ZERO;
    assert_eq!(
        watch.look(house.backend(), &mut waiting).await.unwrap(),
        Look::default(),
        "it has grown; the other is cut off"
    );
    let look = watch.look(house.backend(), &mut waiting).await.unwrap();
    assert_eq!(look, Look { taken: 1, rejected: 0 });
    assert!(folder.path().join(cut).is_file(), "what is not finished has an hour");
    fs::write(folder.path().join(cut), alaw()).unwrap();
    watch.look(house.backend(), &mut waiting).await.unwrap();
    let look = watch.look(house.backend(), &mut waiting).await.unwrap();
    assert_eq!(look, Look { taken: 1, rejected: 0 });
    let eva = house.sign_in("eva@hark.test").await;
    let page = house.list(&eva, ListQuery::default()).await;
    assert_eq!((page.total.count, page.total.ms), (2, 2_000 + 1_000), "all of both");
}

#[tokio::test(flavor = "multi_thread")]
async fn one_file_that_cannot_be_put_away_keeps_no_other_waiting() {
    let house = House::with_people().await;
    let folder = tempfile::tempdir().unwrap();
    let watch = Watch {
        folder: folder.path().to_owned(),
        template: None,
        locale: Locale::sv,
        settles_in: Duration::ZERO,
        gives_up_after: Duration::ZERO,
    };
    // Where the folder should be there is a file.
    fs::write(folder.path().join("done"), "").unwrap();
    for call in ["c-1", "c-2"] {
        fs::write(folder.path().join(format!("{call}.wav")), alaw()).unwrap();
        fs::write(
            folder.path().join(format!("{call}.json")),
            serde_json::to_string(&facts(call, "a1")).unwrap(),
        )
        .unwrap();
    }
    let mut waiting = HashMap::new();
    watch.look(house.backend(), &mut waiting).await.unwrap();
    assert_eq!(
        watch.look(house.backend(), &mut waiting).await.unwrap(),
        Look { taken: 2, rejected: 0 }
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_lies_beside_a_recording_takes_nothing_from_it() {
    let house = House::with_people().await;
    let folder = tempfile::tempdir().unwrap();
    let watch = Watch {
        folder: folder.path().to_owned(),
        template: None,
        locale: Locale::sv,
        settles_in: Duration::ZERO,
        gives_up_after: Duration::ZERO,
    };
    let facts = serde_json::to_string(&facts("c-1", "a1")).unwrap();
    for (name, bytes) in [
        ("call.aac", b"nothing we know".to_vec()),
        ("call.json", facts.into_bytes()),
        ("call.txt", b"a note".to_vec()),
        ("call.wav", alaw()),
    ] {
        fs::write(folder.path().join(name), bytes).unwrap();
    }
    let mut waiting = HashMap::new();
    watch.look(house.backend(), &mut waiting).await.unwrap();
    let look = watch.look(house.backend(), &mut waiting).await.unwrap();
    assert_eq!(look, Look { taken: 1, rejected: 1 });
    assert_eq!(names(&folder.path().join("done")), ["call.json", "call.wav"]);
    assert_eq!(names(folder.path()), ["call.txt", "done", "rejected"]);
}
