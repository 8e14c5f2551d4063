//! Forms that someone has been judged by.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn what_someone_was_judged_by_stays() {
    let bench = Bench::new().await;
    let recording = bench.house.recording("c-1", "a1", alaw()).await;
    bench.house.fixture.judge(recording, FormId(1), 1).await;
    let unused = bench.begin(&[("how", "starter")]).await;
    assert_eq!(bench.fate(FormId(1), "delete").await, StatusCode::CONFLICT);
    assert_eq!(bench.fate(FormId(1), "retire").await, StatusCode::OK);
    let rows = bench.list().await;
    let shown: Vec<_> = rows.iter().map(|row| (row.id, row.retired, row.evaluations)).collect();
    assert_eq!(
        shown,
        [(unused, false, 0), (FormId(1), true, 0)],
        "what is retired comes last, and what is only begun is none yet"
    );
    assert_eq!((rows[0].begun, rows[1].begun), (0, 1));
    let read = bench.read(FormId(1)).await;
    assert_eq!((read.evaluations, read.begun), (0, 1));
    assert_eq!(bench.versions(FormId(1), None).await.0[0].evaluations, 0);
    let page = bench.page(PAGE).await;
    assert!(page.contains("Ur bruk") && page.contains("Ta i bruk igen"));
    assert_eq!(bench.fate(FormId(1), "restore").await, StatusCode::OK);
    assert_eq!(bench.fate(unused, "delete").await, StatusCode::OK);
    assert_eq!(bench.fate(unused, "delete").await, StatusCode::NOT_FOUND);
    assert_eq!(bench.fate(FormId(1), "burn").await, StatusCode::BAD_REQUEST);
    assert_eq!(bench.list().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn who_goes_over_to_a_newer_version_lets_go_of_what_they_have_seen() {
    let bench = Bench::new().await;
    let recording = bench.house.recording("c-1", "a1", alaw()).await;
    let first = bench.read(FormId(1)).await.form.questions().next().unwrap().key;
    let keep = async |key: Key, value: serde_json::Value| {
        let by = json!({ "form": 1, "version": 1 });
        let changes = json!({ key.to_string(): { "value": value } });
        let asked = json!({ "id": recording, "by": by, "begin": true, "changes": changes }).to_string();
        let kept = bench
            .house
            .call("/fn/evaluation/keep", Some(&bench.eva), JSON, asked)
            .await;
        assert_eq!(kept.status, StatusCode::OK, "{}", kept.text());
    };
    keep(first, json!({ "yes_no": true })).await;
    bench
        .change(FormId(1), |form| {
            let gone = form.sections[0].questions.remove(0);
            assert_eq!(gone.key, first);
        })
        .await;
    assert_eq!(bench.publish(FormId(1)).await.status, StatusCode::OK);
    let sheet = async || {
        let asked = json!({ "id": recording }).to_string();
        let read = bench
            .house
            .call("/fn/evaluation/read", Some(&bench.eva), JSON, asked)
            .await;
        let read: model::evaluation::Evaluations = serde_json::from_slice(&read.body).unwrap();
        read.sheet.unwrap()
    };
    let go_over = async |seen: &str| {
        let fields = format!("id={recording}&form=1&seen={seen}");
        let gone = bench
            .house
            .call("/fn/evaluation/choose-form", Some(&bench.eva), FORM, fields)
            .await;
        gone.status
    };
    assert_eq!(go_over("0").await, StatusCode::CONFLICT, "another tab has answered it");
    let old = sheet().await;
    assert_eq!((old.by.version, old.answers.0.len()), (1, 1));
    let seen = model::imprint::imprint(&serde_json::to_string(&old.answers).unwrap());
    assert_eq!(go_over(&seen).await, StatusCode::OK);
    let new = sheet().await;
    assert_eq!((new.by.version, new.answers.0.len()), (2, 0));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_finished_is_counted_and_what_is_begun_is_told_where_one_deletes() {
    let bench = Bench::new().await;
    let done = bench.house.recording("c-1", "a1", alaw()).await;
    let begun = bench.house.recording("c-2", "a2", alaw()).await;
    bench.house.fixture.judge(begun, FormId(1), 1).await;
    let told = "Det finns påbörjade utvärderingar";
    for page in [PAGE.to_owned(), format!("{PAGE}/1")] {
        let page = bench.page(&page).await;
        assert!(page.contains(told) && !page.contains("Ingen har utvärderats"));
    }
    crate::access::judged::finished(&bench.house, done, &bench.eva).await;
    let row = &bench.list().await[0];
    assert_eq!((row.evaluations, row.begun), (1, 1));
    let read = bench.read(FormId(1)).await;
    assert_eq!((read.evaluations, read.begun), (1, 1));
    assert_eq!(bench.versions(FormId(1), None).await.0[0].evaluations, 1);
    let page = plain(&bench.page(PAGE).await);
    assert!(page.contains("1 utvärdering<") && !page.contains(told), "{page}");
}
