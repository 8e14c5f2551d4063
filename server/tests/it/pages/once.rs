//! What a page is made of is asked for once.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering},
};

use backend::testing::watched;
use server::serve::{Hark, Outside, router};

use crate::house::{House, alaw};

/// What a page asks again may have changed meanwhile, and it wakes up with other answers than those it was made of.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_page_asks_for_each_thing_once() {
    let house = House::with_people().await;
    let id = house.recording("c-1", "a1", alaw()).await;
    let eva = house.sign_in("eva@hark.test").await;
    let forms = house.get("/configuration/evaluation-forms", Some(&eva)).await.text();
    let form = forms
        .split("href=\"/configuration/evaluation-forms/")
        .find_map(|rest| rest.split_once('"')?.0.parse::<i64>().ok())
        .unwrap();
    let of_call = ["", "evaluate", "share", "history"].map(|part| format!("/recordings/{id}?part={part}"));
    // Whose calls a form is for is asked for by itself, beside the form that is being built.
    let of_form =
        ["questions", "preview", "versions"].map(|part| format!("/configuration/evaluation-forms/{form}?part={part}"));
    for path in of_call.into_iter().chain(of_form) {
        for _ in 0..8 {
            let page = house.get(&path, Some(&eva)).await.text();
            let answers = page.split("__RESOLVED_RESOURCES[").skip(1);
            let mut answers: Vec<_> = answers
                .filter_map(|rest| rest.split_once("] = ")?.1.split_once("\";"))
                .map(|(answer, _)| answer)
                .filter(|answer| answer.contains('{') && !answer.ends_with(":[]}") && !answer.ends_with(":null}"))
                .collect();
            let asked = answers.len();
            answers.sort_unstable();
            answers.dedup();
            assert_eq!(asked, answers.len(), "{path} has asked for something twice");
            assert!(asked > 1, "{path} has asked for nothing");
        }
    }
}

/// Each question is a way to the database and back, which takes longer than most answers.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_list_costs_few_questions() {
    let house = House::with_people().await;
    house.recording("c-1", "a1", alaw()).await;
    let eva = house.sign_in("eva@hark.test").await;
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    let (folder, database) = (house.fixture.folder.path(), &house.fixture.database_url);
    let backend = watched(folder, database, move |_, _| {
        count.fetch_add(1, Ordering::Relaxed);
    })
    .await;
    let router = router(Hark::new(backend, app::Assets::default(), Outside::default()));
    let house = House { router, ..house };
    let mut questions = vec![];
    let two = "/recordings?period=all&flag=red&direction=internal";
    for path in ["/recordings?period=all", two, two, "/account"] {
        asked.store(0, Ordering::Relaxed);
        assert!(house.get(path, Some(&eva)).await.text().contains("</main>"));
        questions.push((path, asked.load(Ordering::Relaxed)));
    }
    // How many there are of either of two is remembered for a while.
    assert_eq!(
        questions,
        [("/recordings?period=all", 4), (two, 8), (two, 6), ("/account", 2)]
    );
}
