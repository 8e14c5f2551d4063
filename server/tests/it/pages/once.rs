//! What a page is made of is asked for once.

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
