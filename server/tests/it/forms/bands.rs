//! Intervals of a number: what lies between them is told, and may be meant.

use model::evaluation::{Band, Decimal};

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn numbers_between_intervals_are_told_and_are_no_fault() {
    let bench = Bench::new().await;
    let id = bench.begin(&[("how", "starter")]).await;
    let address = format!("{PAGE}/{id}");
    let told = "Mellan intervallen ligger 30,01–30,99. Sådana tal ger inga poäng";
    assert!(!plain(&bench.page(&address).await).contains("Mellan intervallen"));
    let change = async |critical: bool| {
        bench
            .change(id, |form| {
                let mut all = form.sections.iter_mut().flat_map(|section| &mut section.questions);
                let question = all.find(|it| matches!(it.kind, Kind::Number { .. })).unwrap();
                question.critical = critical;
                if let Kind::Number { bands, .. } = &mut question.kind {
                    let band = |from, to| Band {
                        from: Decimal(from),
                        to: Decimal(to),
                        points: 1,
                    };
                    *bands = vec![band(3_100, 6_000), band(0, 3_000)];
                }
            })
            .await;
        plain(&bench.page(&address).await)
    };
    let page = change(false).await;
    assert!(page.contains(&format!("{told}.")), "in the order of the numbers");
    let page = change(true).await;
    assert!(page.contains(&format!("{told} och underkänner hela utvärderingen.")));
    assert_eq!(bench.publish(id).await.status, StatusCode::OK);
}
