//! A check on the tests: with one of the house's checks taken away, the access tests must fail. Each cut runs this very
//! test program anew, with `HARK_CUT` naming what is taken away.

use std::process::{Command, Stdio};

/// Every check that can be cut, and the test that must then fail.
const CUTS: [(&str, &str); 40] = [
    ("own", "access::rows_sums_and_single_recordings_stay_within_scope"),
    (
        "departments",
        "access::rows_sums_and_single_recordings_stay_within_scope",
    ),
    (
        "no-departments",
        "access::rows_sums_and_single_recordings_stay_within_scope",
    ),
    ("nothing", "access::an_account_without_a_person_hears_nothing"),
    ("may", "access::everyone_may_what_the_table_says"),
    ("download", "access::everyone_may_what_the_table_says"),
    ("tag", "access::everyone_may_what_the_table_says"),
    ("comment", "access::everyone_may_what_the_table_says"),
    ("own-comment", "access::everyone_may_what_the_table_says"),
    (
        "private-comment",
        "review::comments::a_private_comment_is_its_authors_alone",
    ),
    (
        "evaluate",
        "evaluation::exchange::a_draft_is_its_authors_alone_and_several_judge_one_call",
    ),
    (
        "evaluator",
        "evaluation::exchange::a_draft_is_its_authors_alone_and_several_judge_one_call",
    ),
    (
        "shown",
        "evaluation::exchange::the_judged_person_sees_what_the_company_shows",
    ),
    (
        "evaluated",
        "evaluation::listed::who_is_judged_is_told_of_it_in_lists_once_it_is_shown",
    ),
    (
        "draft-seen",
        "evaluation::sheet::a_tab_that_is_behind_throws_away_nothing_that_it_has_not_seen",
    ),
    ("own-change", "access::everyone_may_what_the_table_says"),
    (
        "own-done",
        "bulk::back::who_did_something_to_many_is_told_what_can_be_undone",
    ),
    ("lease", "outlet::a_file_under_way_ends_with_the_right_to_it"),
    ("key-scope", "access::everyone_may_what_the_table_says"),
    ("password-step", "account::a_given_password_opens_one_page_for_a_day"),
    ("agreement-step", "account::from_the_letter_to_the_first_page"),
    ("ended", "session::what_changes_ends_what_is_signed_in"),
    ("own-session", "session::one_ends_ones_own_sessions_and_nobody_elses"),
    ("own-upload", "people::tables::a_file_is_its_owners_alone"),
    ("form-revision", "forms::of_two_who_build_at_once_the_second_is_asked"),
    ("form-faults", "forms::a_form_with_faults_is_kept_and_not_published"),
    ("form-in-use", "forms::judged::what_someone_was_judged_by_stays"),
    ("views", "views::a_view_of_ones_own_is_there_for_nobody_else"),
    (
        "change-view",
        "views::a_shared_view_is_changed_by_its_owner_and_those_who_answer_for_the_company",
    ),
    (
        "share",
        "sharing::ends::who_may_send_nothing_sees_the_notes_where_the_form_would_be",
    ),
    (
        "share-download",
        "sharing::ends::what_may_be_downloaded_rests_on_the_sender_too",
    ),
    (
        "share-own",
        "sharing::ends::a_link_is_closed_by_its_sender_or_one_who_answers_for_the_company_and_nobody_else",
    ),
    (
        "share-revoked",
        "sharing::ends::a_link_is_closed_by_its_sender_or_one_who_answers_for_the_company_and_nobody_else",
    ),
    (
        "share-until",
        "sharing::ends::a_link_lives_for_a_day_to_the_millisecond_also_while_bytes_flow",
    ),
    ("share-sender", "sharing::ends::a_link_rests_on_its_sender"),
    (
        "share-passcode",
        "sharing::a_passcode_is_asked_for_and_ten_wrong_ones_close_the_link",
    ),
    (
        "share-tries",
        "sharing::a_passcode_is_asked_for_and_ten_wrong_ones_close_the_link",
    ),
    (
        "guest",
        "sharing::ends::a_guest_reaches_that_one_recording_and_nothing_else",
    ),
    (
        "form-audience-revision",
        "forms::audience::of_two_who_say_whom_a_form_is_for_the_second_is_asked",
    ),
    ("grant", "access::a_grant_dies_with_what_it_rested_on"),
];

/// What became of a test when a check was cut.
fn run(cut: &str, test: &str) -> bool {
    let status = Command::new(std::env::current_exe().unwrap())
        .args(["--exact", test])
        .env("HARK_CUT", cut)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .unwrap();
    status.success()
}

#[test]
fn every_check_is_missed_by_a_test() {
    for (cut, test) in CUTS {
        assert!(
            !run(cut, test),
            "nothing is noticed when {cut} is cut: {test} still passes"
        );
    }
}

#[test]
fn the_list_names_every_cut_and_every_named_test_is_there() {
    let listed = Command::new(std::env::current_exe().unwrap())
        .arg("--list")
        .output()
        .unwrap();
    let listed = String::from_utf8(listed.stdout).unwrap();
    for (_, test) in CUTS {
        assert!(listed.contains(&format!("{test}: test")), "{test} is not there");
    }
    let mut cuts: Vec<String> = vec![];
    let mut folders = vec![std::path::PathBuf::from("../app/backend/src")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|end| end == "rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                let found = text.split("cut!(\"").skip(1).filter_map(|rest| rest.split('"').next());
                cuts.extend(found.map(ToOwned::to_owned));
            }
        }
    }
    cuts.sort();
    cuts.dedup();
    let mut named: Vec<&str> = CUTS.iter().map(|(cut, _)| *cut).collect();
    named.sort_unstable();
    assert_eq!(
        cuts, named,
        "left: what the code can cut; right: what is proven to be missed"
    );
}
