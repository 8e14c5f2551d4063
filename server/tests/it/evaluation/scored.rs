//! What lists tell of what a call came to and whose step it is: the same as its page, after each step.

use model::{
    evaluation::{Showing, Verdict, Who, score},
    list::Page,
};

use super::*;
use crate::house::alaw;

async fn list(house: &House, cookie: &str, words: &str) -> Page {
    let words = words.split('&').filter_map(|word| word.split_once('='));
    house.list(cookie, ListQuery::read(words)).await
}

/// Which recordings a list finds; counted, and in a file too.
async fn found(house: &House, cookie: &str, words: &str) -> Vec<RecordingId> {
    let page = list(house, cookie, words).await;
    assert_eq!(page.total.count, page.rows.len() as u64, "{words}");
    let address = format!("/recordings.csv?{words}&columns=evaluation");
    let file = house.get(&address, Some(cookie)).await.text();
    assert_eq!(file.lines().count(), page.rows.len() + 1, "{words}");
    let mut ids: Vec<RecordingId> = page.rows.iter().map(|row| row.id).collect();
    ids.sort_unstable();
    ids
}

/// What the page of a call says of it: the newest that one sees and that is not said of oneself, and whose step any of them is.
async fn said(house: &House, cookie: &str, id: RecordingId) -> Option<Verdict> {
    let read = read(house, cookie, id).await;
    let of_others: Vec<&Evaluation> = read.finished.iter().filter(|it| !it.own).collect();
    let waits = |who: Who| {
        of_others.iter().any(|it| match it.state {
            State::Shown { .. } => who == Who::Evaluated && read.showing != Showing::Never,
            State::Disputed { .. } => who == Who::Evaluator,
            _ => false,
        })
    };
    let newest = of_others.first()?;
    let came_to = score(&newest.form, &newest.answers);
    Some(Verdict {
        percent: came_to.percent,
        failed: came_to.is_failed(),
        waits: [Who::Evaluator, Who::Evaluated].into_iter().find(|who| waits(*who)),
    })
}

/// What the list tells Eva and Pelle of his call, which is what its page says.
async fn told(Calls { house, id, pelle, eva }: &Calls) -> [Option<Verdict>; 2] {
    // What comes next comes later.
    house.fixture.clock.move_by(1_000);
    let mut both = [None; 2];
    for (told, cookie) in both.iter_mut().zip([eva, pelle]) {
        let rows = list(house, cookie, "period=all").await.rows;
        *told = rows.iter().find(|row| row.id == *id).unwrap().verdict;
        assert_eq!(*told, said(house, cookie, *id).await);
        let evaluated = found(house, cookie, "evaluated=yes").await;
        assert_eq!(evaluated.contains(id), told.is_some());
    }
    both
}

async fn showing(house: &House, eva: &str, word: &str) {
    let fields = format!("showing={word}");
    let set = house.call("/fn/evaluation/set-showing", Some(eva), FORM, fields).await;
    assert_eq!(set.status, StatusCode::OK, "{}", set.text());
}

/// Judges a call so that its critical question fails it.
async fn fail(house: &House, cookie: &str, id: RecordingId) -> Evaluation {
    let fatal = critical(&questions(house, cookie, id).await);
    finish(house, cookie, id, &[(fatal, Value::YesNo(false))]).await
}

const fn verdict(tenths: u32, failed: bool, waits: Option<Who>) -> Verdict {
    Verdict {
        percent: Some(Tenths(tenths)),
        failed,
        waits,
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_says_what_the_page_of_a_call_says_after_each_step() {
    let calls = Calls::new().await;
    let Calls { house, id, pelle, eva } = &calls;
    let karin = house.sign_in("karin@hark.test").await;
    let_restricted_evaluate(house, true).await;
    let may = Rights {
        evaluate: true,
        ..Rights::OF_OWN
    };
    house.backend().set_own_rights(OPERATOR, may).await.unwrap();
    showing(house, eva, "by-hand").await;
    finish(house, pelle, *id, &[]).await;
    assert_eq!(
        told(&calls).await,
        [None, None],
        "what one says of oneself marks no list"
    );
    let evas = finish(house, eva, *id, &[]).await;
    assert_eq!(told(&calls).await, [Some(verdict(1000, false, None)), None]);
    fail(house, &karin, *id).await;
    assert_eq!(told(&calls).await, [Some(verdict(0, true, None)), None], "the newest");

    let (reads, answers) = (Some(Who::Evaluated), Some(Who::Evaluator));
    moved(house, eva, &evas, Move::Show, "").await;
    let shown = Some(verdict(1000, false, reads));
    assert_eq!(
        told(&calls).await,
        [Some(verdict(0, true, reads)), shown],
        "what he was shown"
    );
    moved(house, pelle, &evas, Move::Dispute, "Nej.").await;
    let disputed = [Some(verdict(0, true, answers)), Some(verdict(1000, false, answers))];
    assert_eq!(told(&calls).await, disputed);
    moved(house, eva, &evas, Move::Revise, "").await;
    assert_eq!(told(&calls).await, disputed, "until it is finished");
    assert_eq!(throw_away(house, eva, *id).await.status, StatusCode::OK);
    assert_eq!(told(&calls).await, disputed);
    moved(house, eva, &evas, Move::Answer, "Jo.").await;
    assert_eq!(told(&calls).await, [Some(verdict(0, true, reads)), shown]);
    revise(house, eva, *id, &evas, false).await;
    let failed = Some(verdict(0, true, reads));
    assert_eq!(told(&calls).await, [failed, failed], "by now hers is the newest");
    showing(house, eva, "never").await;
    assert_eq!(
        told(&calls).await,
        [Some(verdict(0, true, None)), None],
        "nobody is asked"
    );
    showing(house, eva, "by-hand").await;
    moved(house, pelle, &evas, Move::Acknowledge, "").await;
    assert_eq!(told(&calls).await, [Some(verdict(0, true, None)); 2]);
    revise(house, eva, *id, &evas, true).await;
    assert_eq!(told(&calls).await, [shown, shown]);
    moved(house, eva, &evas, Move::Remove, "").await;
    assert_eq!(
        told(&calls).await,
        [Some(verdict(0, true, None)), None],
        "Karin's is left"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_is_narrowed_to_what_calls_came_to_and_to_whose_step_it_is() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    let other = house.recording("c-2", "a1", alaw()).await;
    let asas = house.recording("c-3", "a3", alaw()).await;
    let it = finish(&house, &eva, id, &[]).await;
    fail(&house, &eva, asas).await;
    for (words, expected) in [
        ("evaluated=failed", vec![asas]),
        ("score-min=50", vec![id]),
        ("score-min=100&score-max=100", vec![id]),
        ("score-min=0", vec![id, asas]),
        ("score-max=99", vec![asas]),
        ("score-min=1&score-max=99", vec![]),
        ("evaluated=yes&score-max=50", vec![asas]),
        ("evaluated=no", vec![other]),
        ("evaluated=disputed", vec![]),
        ("evaluated=waiting", vec![]),
    ] {
        assert_eq!(found(&house, &eva, words).await, expected, "{words}");
    }
    // Nothing is found outside of what one hears.
    assert_eq!(found(&house, &pelle, "evaluated=failed").await, []);
    assert_eq!(found(&house, &pelle, "evaluated=waiting").await, [id], "to be read");
    moved(&house, &pelle, &it, Move::Dispute, "Nej.").await;
    for (cookie, waiting) in [(&pelle, vec![]), (&eva, vec![id])] {
        assert_eq!(found(&house, cookie, "evaluated=waiting").await, waiting);
        assert_eq!(found(&house, cookie, "evaluated=disputed").await, [id]);
    }
    let karin = house.sign_in("karin@hark.test").await;
    let_restricted_evaluate(&house, true).await;
    assert_eq!(found(&house, &karin, "evaluated=waiting").await, [], "Eva can answer");
    // In a file it is a number, or said in words; and without scripts the form says what holds, and the chip.
    let file = house
        .get("/recordings.csv?columns=evaluation&sort=-evaluation", Some(&eva))
        .await;
    let rows = ["\u{feff}\"Utvärdering (%)\"", "\"100,0\"", "\"underkänd\"", "\"\""];
    assert_eq!(file.text().lines().collect::<Vec<_>>(), rows);
    let page = house
        .get("/recordings?evaluated=failed&score-max=50", Some(&eva))
        .await
        .text();
    for said in ["<b>Underkänt<", "<b>högst 50\u{a0}%<", r#"value="50""#] {
        assert!(page.contains(said), "{said} is not in {page}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_hears_more_than_their_own_finds_nothing_of_themselves_that_is_not_shown() {
    let Calls { house, id, eva, .. } = Calls::new().await;
    let asas = house.recording("c-2", "a3", alaw()).await;
    showing(&house, &eva, "by-hand").await;
    let it = fail(&house, &eva, id).await;
    fail(&house, &eva, asas).await;
    let account = house.account("a1@hark.test").await;
    let new = backend::account::NewRole {
        role: model::account::Role::Super,
        departments: vec![],
    };
    house.backend().set_role(OPERATOR, account, new).await.unwrap();
    let pelle = house.sign_in("a1@hark.test").await;
    let words = ["evaluated=failed", "score-max=50", "evaluated=yes&score-min=0"];
    for words in words {
        assert_eq!(found(&house, &pelle, words).await, [asas], "{words}");
        assert_eq!(found(&house, &eva, words).await, [id, asas], "{words}");
    }
    moved(&house, &eva, &it, Move::Show, "").await;
    for words in words {
        assert_eq!(found(&house, &pelle, words).await, [id, asas], "{words}");
    }
    showing(&house, &eva, "never").await;
    for words in words.into_iter().chain(["evaluated=disputed", "evaluated=waiting"]) {
        let told = found(&house, &pelle, words).await;
        assert!(!told.contains(&id), "{words}: {told:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_of_nobody_waits_for_nobody() {
    let Calls { house, id, eva, .. } = Calls::new().await;
    let nobodys = house.recording("c-9", "a9", alaw()).await;
    for (call, waits) in [(id, Some(Who::Evaluated)), (nobodys, None)] {
        let it = finish(&house, &eva, call, &[]).await;
        assert_eq!(it.state, State::Shown { disputes: 0 });
        let rows = list(&house, &eva, "period=all").await.rows;
        let row = rows.iter().find(|row| row.id == call).unwrap();
        assert_eq!(row.verdict, Some(verdict(1000, false, waits)));
    }
}
