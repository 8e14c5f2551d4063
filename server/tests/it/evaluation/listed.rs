//! What the judged person is told of evaluations beside the page that shows them: in the history, in lists and in files.

use model::{list::Page, recording::RecordingDetail};

use super::*;
use crate::{
    history::{chapters, comment},
    house::alaw,
};

/// When evaluations are shown to those they are about.
async fn showing(house: &House, eva: &str, word: &str) {
    let fields = format!("showing={word}");
    let set = house.call("/fn/evaluation/set-showing", Some(eva), FORM, fields).await;
    assert_eq!(set.status, StatusCode::OK, "{}", set.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn what_it_came_to_before_it_was_shown_is_told_on_no_page() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    showing(&house, &eva, "by-hand").await;
    let it = finish(&house, &eva, id, &[]).await;
    revise(&house, &eva, id, &it, false).await;
    comment(&house, &eva, id, 0..250).await;
    moved(&house, &eva, &it, Move::Show, "").await;
    comment(&house, &eva, id, 250..550).await;
    let deeds = async |cookie: &str| {
        let pages = chapters(&house, cookie, id).await.into_iter();
        let of_page = pages.map(|page| {
            let deeds = page.entries.into_iter().filter_map(|entry| match entry.what {
                What::Evaluation { deed, .. } => Some(deed),
                _ => None,
            });
            deeds.collect::<Vec<_>>()
        });
        of_page.collect::<Vec<_>>()
    };
    let (best, worst) = (Some(Tenths(1000)), Some(Tenths(0)));
    let finished = |percent, failed| EvaluationDeed::Finished { percent, failed };
    // That it was shown stands on the page before.
    assert_eq!(
        deeds(&pelle).await,
        [vec![], vec![EvaluationDeed::Shown], vec![finished(worst, true)]]
    );
    let revised = EvaluationDeed::Revised {
        from: best,
        to: worst,
        failed: true,
    };
    assert_eq!(
        deeds(&eva).await,
        [
            vec![],
            vec![EvaluationDeed::Shown],
            vec![revised, finished(best, false)]
        ]
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_it_came_to_when_it_was_shown_is_told_as_it_was_then() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    showing(&house, &eva, "by-hand").await;
    let it = finish(&house, &eva, id, &[]).await;
    revise(&house, &eva, id, &it, false).await;
    moved(&house, &eva, &it, Move::Show, "").await;
    // What decided no longer does: it did when it was shown.
    revise(&house, &eva, id, &it, true).await;
    let (best, worst) = (Some(Tenths(1000)), Some(Tenths(0)));
    let told = history(&house, &pelle, id).await;
    let deeds = what(&told).into_iter().filter_map(|(_, what)| match what {
        What::Evaluation { deed, .. } => Some(deed.clone()),
        _ => None,
    });
    assert_eq!(
        deeds.collect::<Vec<_>>(),
        [
            EvaluationDeed::Revised {
                from: worst,
                to: best,
                failed: false
            },
            EvaluationDeed::Shown,
            EvaluationDeed::Finished {
                percent: worst,
                failed: true
            },
        ]
    );
}

/// Pelle's call that Eva has judged, Pelle's that nobody has, and Åsa's that Eva has judged; none is shown to anyone.
async fn judged() -> (Calls, Evaluation, RecordingId, RecordingId) {
    let calls = Calls::new().await;
    let house = &calls.house;
    let other = house.recording("c-2", "a1", alaw()).await;
    // Far enough from the others to be copied.
    house.fixture.clock.move_by(60_000);
    let asas = house.recording("c-3", "a3", alaw()).await;
    showing(house, &calls.eva, "by-hand").await;
    let it = finish(house, &calls.eva, calls.id, &[]).await;
    finish(house, &calls.eva, asas, &[]).await;
    (calls, it, other, asas)
}

async fn list(house: &House, cookie: &str, words: &[(&str, &str)]) -> Page {
    house.list(cookie, ListQuery::read(words.iter().copied())).await
}

/// Which recordings a list finds that are evaluated, or are not; counted too, in a file too, and each said to be what it was
/// found as.
async fn found(house: &House, cookie: &str, evaluated: bool) -> Vec<RecordingId> {
    let word = if evaluated { "yes" } else { "no" };
    let page = list(house, cookie, &[("evaluated", word)]).await;
    assert!(
        page.rows.iter().all(|row| row.verdict.is_some() == evaluated),
        "{:?}",
        page.rows
    );
    assert_eq!(page.total.count, page.rows.len() as u64);
    let address = format!("/recordings.csv?evaluated={word}&columns=evaluation");
    let file = house.get(&address, Some(cookie)).await.text();
    let cell = if evaluated { "\"100,0\"" } else { "\"\"" };
    let cells = file.lines().skip(1).filter(|line| *line == cell).count();
    assert_eq!(cells, page.rows.len(), "{file}");
    let mut ids: Vec<RecordingId> = page.rows.iter().map(|row| row.id).collect();
    ids.sort_unstable();
    ids
}

/// What Pelle becomes, so as to hear more than his own calls.
async fn as_super(house: &House) -> String {
    let account = house.account("a1@hark.test").await;
    let new = backend::account::NewRole {
        role: model::account::Role::Super,
        departments: vec![],
    };
    house.backend().set_role(OPERATOR, account, new).await.unwrap();
    house.sign_in("a1@hark.test").await
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_judged_is_told_of_it_in_lists_once_it_is_shown() {
    let (Calls { house, id, pelle, eva }, it, other, asas) = judged().await;
    let detail = async |cookie: &str| {
        let body = json!({ "id": id }).to_string();
        let answer = house.call("/fn/recordings/detail", Some(cookie), JSON, body).await;
        let detail: RecordingDetail = serde_json::from_slice(&answer.body).unwrap();
        detail.row.verdict.is_some()
    };
    assert_eq!(found(&house, &eva, true).await, [id, asas]);
    assert_eq!(found(&house, &eva, false).await, [other]);
    let unseen = async |cookie: &str| {
        assert_eq!(found(&house, cookie, true).await, []);
        assert_eq!(found(&house, cookie, false).await, [id, other]);
        assert!(!detail(cookie).await);
    };
    unseen(&pelle).await;
    assert!(detail(&eva).await);
    moved(&house, &eva, &it, Move::Show, "").await;
    assert_eq!(found(&house, &pelle, true).await, [id]);
    assert_eq!(found(&house, &pelle, false).await, [other]);
    assert!(detail(&pelle).await);
    // What was said to it changes nothing of that.
    moved(&house, &pelle, &it, Move::Dispute, "Nej.").await;
    assert_eq!(found(&house, &pelle, true).await, [id]);
    showing(&house, &eva, "never").await;
    unseen(&pelle).await;
    assert_eq!(found(&house, &eva, true).await, [id, asas]);
    showing(&house, &eva, "by-hand").await;
    moved(&house, &eva, &it, Move::Remove, "").await;
    unseen(&pelle).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn who_hears_more_than_their_own_is_told_of_others_as_it_is() {
    let (Calls { house, id, eva, .. }, it, other, asas) = judged().await;
    let pelle = as_super(&house).await;
    assert_eq!(found(&house, &pelle, true).await, [asas]);
    assert_eq!(found(&house, &pelle, false).await, [id, other]);
    // In that order too, from page to page.
    house.fixture.copy(id, 120).await;
    house.fixture.copy(asas, 120).await;
    // What is few is put in order as it is; of all time each order is gone along.
    for period in ["today", "all"] {
        in_order(&house, &pelle, period).await;
    }
    moved(&house, &eva, &it, Move::Show, "").await;
    for period in ["today", "all"] {
        let shown = sorted(&house, &pelle, "-evaluation", period).await;
        assert!(shown[..122].iter().all(|(evaluated, _)| *evaluated));
        assert!(
            shown[..122].iter().any(|(_, shown)| *shown == id),
            "what was shown is told"
        );
    }
}

/// The whole list by what calls came to, from page to page.
async fn sorted(house: &House, cookie: &str, sort: &str, period: &str) -> Vec<(bool, RecordingId)> {
    let mut query = ListQuery::read([("sort", sort), ("period", period)]);
    let mut rows = vec![];
    loop {
        let page = house.list(cookie, query.clone()).await;
        rows.extend(page.rows.into_iter().map(|row| (row.verdict.is_some(), row.id)));
        query.after = page.next;
        if query.after.is_none() {
            return rows;
        }
    }
}

/// Of 243 calls 121 are evaluated as far as one is told: they stand together, and each is there once.
async fn in_order(house: &House, cookie: &str, period: &str) {
    let down = sorted(house, cookie, "-evaluation", period).await;
    assert_eq!(down.len(), 243);
    assert!(down[..121].iter().all(|(evaluated, _)| *evaluated));
    assert!(down[121..].iter().all(|(evaluated, _)| !evaluated));
    let mut up = sorted(house, cookie, "evaluation", period).await;
    up.reverse();
    assert_eq!(up, down);
    let mut once: Vec<_> = down.iter().map(|(_, id)| *id).collect();
    once.sort_unstable();
    once.dedup();
    assert_eq!(once.len(), 243, "each is there once");
}
