//! What the builder's pages tell: what was saved, what can be said, and versions that are the draft again.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_version_is_restored_as_the_draft_and_that_can_be_taken_back() {
    let bench = Bench::new().await;
    let first = bench.read(FormId(1)).await.form;
    bench.change(FormId(1), |form| form.sections.truncate(1)).await;
    bench.publish(FormId(1)).await;
    let second = bench.read(FormId(1)).await;
    let page = bench.page(&format!("{PAGE}/1?part=versions&version=1")).await;
    assert!(page.contains("Återställ som utkast"));
    let restore = async |revision: i64, version: &str| {
        let fields = form(&[("id", "1"), ("revision", &revision.to_string()), ("version", version)]);
        bench.say("restore", FORM, fields).await
    };
    let refused = restore(second.revision - 1, "1").await;
    assert_eq!(problem(&refused), Problem::Changed, "of two the second is asked");
    assert_eq!(restore(second.revision, "9").await.status, StatusCode::NOT_FOUND);
    assert_eq!(bench.read(FormId(1)).await, second);
    assert_eq!(restore(second.revision, "1").await.status, StatusCode::OK);
    let now = bench.read(FormId(1)).await;
    assert_eq!(
        (&now.form, now.version, &now.in_use),
        (&first, 2, &Some(second.form.clone()))
    );
    let address = format!("{PAGE}/1");
    assert!(
        bench
            .page(&address)
            .await
            .contains("Utkastet är nu likadant som version 1.")
    );
    bench.press(&address, "undo", &[]).await;
    assert_eq!(bench.read(FormId(1)).await.form, second.form);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_saved_is_said_in_words_of_its_own() {
    let bench = Bench::new().await;
    for (saved, words) in [
        ("?saved=published", "Formuläret är publicerat"),
        ("?saved=draft", "Det används först när det publiceras."),
        ("?part=audience&saved=audience", "vilka samtal formuläret gäller för"),
    ] {
        let page = bench.page(&format!("{PAGE}/1{saved}")).await;
        assert!(page.contains(words), "{saved}");
        assert_eq!(page.matches("data-state=\"ok\"").count(), 1, "{saved}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_fails_where_nothing_is_critical() {
    let bench = Bench::new().await;
    let (critical, failing) = (Key(6), "id=\"q6-failing-0\"");
    let ticks = async |is: bool, fails: bool| {
        bench
            .change(FormId(1), |form| {
                let mut all = form.sections.iter_mut().flat_map(|section| &mut section.questions);
                let question = all.find(|question| question.key == critical).unwrap();
                question.critical = is;
                let Kind::Choice { choices } = &mut question.kind else {
                    panic!()
                };
                for (at, choice) in choices.iter_mut().enumerate() {
                    choice.failing = fails && at == 0;
                }
            })
            .await;
        let page = bench.page(&format!("{PAGE}/1")).await;
        let tag = page.split('<').find(|tag| tag.contains(failing)).unwrap().to_owned();
        tag.contains("disabled")
    };
    assert!(ticks(false, false).await);
    assert!(!ticks(true, false).await);
    assert!(!ticks(false, true).await, "what is set already can be taken away");
}

#[tokio::test(flavor = "multi_thread")]
async fn forms_stand_in_an_order_of_their_own() {
    let bench = Bench::new().await;
    let second = bench.begin(&[("how", "starter")]).await;
    let third = bench.begin(&[("how", "starter")]).await;
    let order = async || bench.list().await.iter().map(|row| row.id).collect::<Vec<_>>();
    let shift = async |id: FormId, way: &str| {
        let fields = form(&[("id", &id.to_string()), ("way", way)]);
        bench.say("move", FORM, fields).await.status
    };
    let first = FormId(1);
    assert_eq!(order().await, [first, second, third], "what is begun comes last");
    assert_eq!(shift(third, "up").await, StatusCode::OK);
    assert_eq!(order().await, [first, third, second]);
    assert_eq!(shift(first, "down").await, StatusCode::OK);
    assert_eq!(order().await, [third, first, second]);
    assert_eq!(shift(third, "up").await, StatusCode::OK, "it stays at its end");
    assert_eq!(order().await, [third, first, second]);
    // Past one that is out of use it goes to the next that is in use.
    assert_eq!(bench.fate(first, "retire").await, StatusCode::OK);
    assert_eq!(order().await, [third, second, first]);
    assert_eq!(shift(second, "up").await, StatusCode::OK);
    assert_eq!(order().await, [second, third, first]);
    let fourth = bench.begin(&[("how", "starter")]).await;
    assert_eq!(order().await, [second, third, fourth, first]);
    assert_eq!(shift(FormId(99), "up").await, StatusCode::NOT_FOUND);
    assert_eq!(shift(second, "sideways").await, StatusCode::BAD_REQUEST);
    let page = bench.page(PAGE).await;
    assert_eq!(page.matches("name=\"way\"").count(), 8);
}
