//! What the judged person is told of evaluations beside the page that shows them: in the history, in lists and in files.

use super::*;
use crate::review::{chapters, comment};

/// When evaluations are shown to those they are about.
async fn showing(house: &House, eva: &str, word: &str) {
    let fields = format!("showing={word}");
    let set = house.call("/fn/evaluation/set-showing", Some(eva), FORM, fields).await;
    assert_eq!(set.status, StatusCode::OK, "{}", set.text());
}

/// Changes what was said with the worst answer to what decides.
async fn revise(house: &House, eva: &str, id: RecordingId, it: &Evaluation) {
    moved(house, eva, it, Move::Revise, "").await;
    let fatal = it.form.questions().find(|question| question.critical).unwrap().key;
    let worse: Answers = [(fatal, Value::YesNo(false))].into_iter().collect();
    keep(house, eva, id, worse).await;
    assert!(sent(&evaluate(house, eva, id, &[], "done").await).finished);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_it_came_to_before_it_was_shown_is_told_on_no_page() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    showing(&house, &eva, "by-hand").await;
    let it = finish(&house, &eva, id, &[]).await;
    revise(&house, &eva, id, &it).await;
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
    let revised = EvaluationDeed::Revised { from: best, to: worst };
    assert_eq!(
        deeds(&eva).await,
        [
            vec![],
            vec![EvaluationDeed::Shown],
            vec![revised, finished(best, false)]
        ]
    );
}
