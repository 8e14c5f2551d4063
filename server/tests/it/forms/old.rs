//! A form as it was in one of its versions, as one reads it.

use super::*;

/// Whether the page says of that answer that it fails the whole.
fn fails(page: &str, answer: &str) -> bool {
    let start = page
        .find(&format!("<b>{answer}"))
        .unwrap_or_else(|| panic!("no {answer}"));
    let line = page[start..].split("</li>").next().unwrap();
    line.contains("Underkänner")
}

#[tokio::test(flavor = "multi_thread")]
async fn an_old_version_says_which_answers_fail_it() {
    let bench = Bench::new().await;
    let id = bench.begin(&[("how", "starter")]).await;
    bench
        .change(id, |form| {
            let all = form.sections.iter_mut().flat_map(|section| &mut section.questions);
            for question in all {
                match &mut question.kind {
                    Kind::Choice { choices } => {
                        question.critical = true;
                        choices[0].words = "Räddar".into();
                        choices[1].words = "Skäller".into();
                        choices[1].failing = true;
                    }
                    Kind::Number { .. } => question.critical = true,
                    Kind::Scale { lowest, .. } => *lowest = "Lägst".into(),
                    Kind::YesNo { .. } | Kind::Text => {}
                }
            }
        })
        .await;
    assert_eq!(bench.publish(id).await.status, StatusCode::OK);
    let page = plain(&bench.page(&format!("{PAGE}/{id}?part=versions&version=1")).await);
    assert!(fails(&page, "Skäller") && !fails(&page, "Räddar"));
    assert!(fails(&page, "Andra tal") && !fails(&page, "0–30 sekunder"));
    assert!(!fails(&page, "1. Lägst"), "only what is critical fails");
    // The critical question that the starter comes with is answered with yes or no.
    assert_eq!(page.matches("Underkänner").count(), 3);
}
