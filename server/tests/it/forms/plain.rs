//! The builder without scripts: one plain form, whose buttons send all of it.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn without_scripts_each_button_keeps_all_that_is_typed() {
    let bench = Bench::new().await;
    let id = bench.begin(&[("how", "starter")]).await;
    let address = format!("{PAGE}/{id}");
    let before = bench.read(id).await.form;
    // The page sends the form that it shows, whatever is in it.
    bench.press(&address, "save", &[]).await;
    assert_eq!(bench.read(id).await.form, before);
    let hostile = "</textarea><script>\"'&amp; ö";
    let typed = [
        ("title", 0, hostile),
        ("introduction", 0, hostile),
        ("words", 3, "Annan fråga"),
        ("help", 3, "Två\r\nrader"),
        ("section", 1, "Annat avsnitt"),
        ("weight", 2, "300"),
    ];
    let to = bench.press(&address, "up-section 1", &typed).await;
    assert_eq!(to, format!("{address}#s0"));
    let after = bench.read(id).await.form;
    assert_eq!((&*after.title, &*after.introduction), (hostile, hostile));
    assert_eq!(after.sections[0].title, "Annat avsnitt");
    let question = &after.question(Key(4)).unwrap();
    assert_eq!((&*question.words, &*question.help), ("Annan fråga", "Två\nrader"));
    assert_eq!(
        after.question(Key(3)).unwrap().weight,
        u8::MAX,
        "too much, and said to be"
    );
    let page = bench.page(&address).await;
    assert!(!page.contains("</textarea><script>"), "a text stays a text");
    // The rest is as it was: moved back and typed back it is the same form.
    let restored = [
        ("title", 0, &*before.title),
        ("introduction", 0, &*before.introduction),
        ("words", 1, &*before.sections[1].questions[1].words),
        ("help", 1, &*before.sections[1].questions[1].help),
        ("section", 0, &*before.sections[1].title),
        ("weight", 0, "10"),
    ];
    bench.press(&address, "down-section 0", &restored).await;
    assert_eq!(bench.read(id).await.form, before);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_scripts_what_is_chosen_and_removed_is_done_and_undone() {
    let bench = Bench::new().await;
    let id = bench.begin(&[("how", "starter")]).await;
    let address = format!("{PAGE}/{id}");
    let before = bench.read(id).await.form;
    let words = before.question(Key(1)).unwrap().words.clone();
    let removed = format!("Frågan ”{words}” togs bort.");
    let there = async |key: u16| bench.read(id).await.form.question(Key(key)).cloned();
    let to = bench.press(&address, "remove-question 1", &[]).await;
    assert_eq!(there(1).await, None);
    let page = plain(&bench.page(&to).await);
    assert!(
        page.contains("id=\"undo\"") && page.contains(&removed),
        "it says what it takes back"
    );
    // Only that is taken back: what is typed beside it stays.
    let to = bench.press(&to, "undo", &[("words", 0, "Skriven")]).await;
    assert_eq!(to, format!("{address}?open=1#q1"));
    assert_eq!(there(1).await.as_ref(), before.question(Key(1)));
    assert_eq!(there(2).await.unwrap().words, "Skriven");
    let page = plain(&bench.page(&to).await);
    assert!(!page.contains("id=\"undo\""), "what was taken back is told no longer");
    assert!(page.contains(&format!("Gör om: {removed}")));
    bench.press(&address, "redo", &[]).await;
    assert_eq!(there(1).await, None);
    assert!(plain(&bench.page(&address).await).contains(&format!("Ångra: {removed}")));
    bench.press(&address, "undo", &[]).await;
    // What is new has a number of its own; it can be taken back as well, and keeps it when it comes again.
    let to = bench.press(&address, "add-question 0", &[]).await;
    let new = before.questions().map(|question| question.key.0).max().unwrap() + 1;
    assert_eq!(to, format!("{address}?open={new}#q{new}"));
    bench.press(&address, "undo", &[]).await;
    assert_eq!((there(new).await, there(1).await.is_some()), (None, true));
    bench.press(&address, "redo", &[]).await;
    assert!(there(new).await.is_some());
    // What is typed anew leads elsewhere.
    bench.press(&address, "undo", &[]).await;
    bench.press(&address, "save", &[("words", 0, "Annan")]).await;
    bench.press(&address, "redo", &[]).await;
    assert_eq!(there(new).await, None);
    bench.press(&address, "add-question 0", &[]).await;
    assert!(there(new).await.is_some());
    // Another kind of answer, and what hangs on it.
    let to = bench
        .press(
            &address,
            &format!("at {new}"),
            &[("kind", 2, "scale"), ("condition", 2, "1")],
        )
        .await;
    let question = bench.read(id).await.form.question(Key(new)).cloned().unwrap();
    assert!(matches!(question.kind, Kind::Scale { steps: 5, .. }), "{question:?}");
    assert_eq!(question.condition.unwrap().question, Key(1));
    let page = bench.page(&to).await;
    assert!(page.contains(&format!("id=\"q{new}-step-4\"")) && page.contains(&format!("id=\"q{new}-when-yes\"")));
    bench.press(&address, "publish", &[("words", 2, "Ny")]).await;
    assert_eq!(bench.read(id).await.version, 1);
    bench.press(&address, &format!("remove-question {new}"), &[]).await;
    bench.press(&address, "save", &[]).await;
    let to = bench.press(&address, "add-question 0", &[]).await;
    assert!(
        to.ends_with(&format!("#q{}", new + 1)),
        "a key that was in use is given to nobody else: {to}"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn without_scripts_the_second_of_two_loses_nothing() {
    let bench = Bench::new().await;
    let id = bench.begin(&[("how", "starter")]).await;
    let address = format!("{PAGE}/{id}");
    let mut mine = fields(&bench.page(&address).await);
    bench.change(id, |form| form.title = "Evas".into()).await;
    mine.iter_mut().find(|(name, _)| name == "title").unwrap().1 = "Mitt".into();
    let mine: Vec<_> = mine.iter().map(|(name, value)| (&**name, &**value)).collect();
    let sent = bench.plain("turn", MULTIPART, parts(&mine)).await;
    let to = sent.header(header::LOCATION).to_owned();
    assert!(to.ends_with(&format!("?instead={id}")), "{to}");
    assert_eq!(bench.read(id).await.form.title, "Evas");
    let page = bench.page(&to).await;
    assert!(page.contains("Mitt") && page.contains("Spara över") && page.contains("Se deras"));
    let kept = to.split(['/', '?']).nth_back(1).unwrap().to_owned();
    let (of, revision) = (id.to_string(), bench.read(id).await.revision.to_string());
    let fields = form(&[("kept", &kept), ("of", &of), ("revision", &revision)]);
    assert_eq!(bench.say("put-in-place", FORM, fields).await.status, StatusCode::OK);
    assert_eq!(bench.read(id).await.form.title, "Mitt");
    assert_eq!(bench.list().await.len(), 2, "and what it was kept in is gone");
    let own = form(&[("kept", &of), ("of", &of), ("revision", &revision)]);
    assert_eq!(bench.say("put-in-place", FORM, own).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_page_sends_is_refused_and_changes_nothing() {
    let bench = Bench::new().await;
    let id = bench.begin(&[("how", "starter")]).await;
    let before = bench.read(id).await;
    let (number, revision) = (id.to_string(), before.revision.to_string());
    let send = async |fields: &[(&str, &str)]| {
        let fields = [&[("id", &*number), ("revision", &*revision), ("title", "T")], fields].concat();
        bench.say("turn", MULTIPART, parts(&fields)).await.status
    };
    for odd in [
        &[("do", "burn")][..],
        &[("do", "remove-section -1")],
        &[("do", "at x")],
        &[("question", "1")],
        &[("colour", "red")],
        &[("introduction", "a\0b")],
        &[("section", ""), ("question", "99999")],
        &[("section", ""), ("question", "1"), ("was", "colour")],
        &[("section", ""), ("question", "1"), ("was", "scale"), ("choice", "1")],
    ] {
        assert_eq!(send(odd).await, StatusCode::BAD_REQUEST, "{odd:?}");
    }
    let many = vec![("section", ""); 31];
    assert_eq!(send(&many).await, StatusCode::UNPROCESSABLE_ENTITY);
    let long = "x".repeat(1 << 20);
    assert!(send(&[("title", &long)]).await.is_client_error());
    assert_eq!(
        bench.say("turn", FORM, "id=1").await.status,
        StatusCode::UNSUPPORTED_MEDIA_TYPE
    );
    assert_eq!(
        bench.say("turn", MULTIPART, "--b").await.status,
        StatusCode::BAD_REQUEST
    );
    assert_eq!(
        bench.say("turn", MULTIPART, parts(&[("do", "save")])).await.status,
        StatusCode::BAD_REQUEST
    );
    let mut wide = before.form.clone();
    wide.sections[0].questions[0].kind = Kind::Scale {
        steps: 200,
        lowest: String::new(),
        highest: String::new(),
        helps: vec![String::new(); 10_000],
    };
    assert_eq!(
        bench.save(id, before.revision, &wide).await.status,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let many = wide_as(&before.form, 51);
    let refused = bench.save(id, before.revision, &many).await;
    let most = Invalid::TooMany { most: 1_000 };
    assert_eq!(problem(&refused), Problem::invalid(Field::EvaluationForm, most));
    let unknown = json!({ "id": id, "revision": 1, "form": { "title": "", "sections": [], "colour": "red" } });
    assert_eq!(
        bench.say("save", JSON, unknown.to_string()).await.status,
        StatusCode::BAD_REQUEST
    );
    assert_eq!(bench.read(id).await, before);
    // Odd places are no places: nothing is done, and all is kept.
    for odd in [
        "remove-section 18446744073709551615",
        "down-line 1 18446744073709551615",
        "add-question 40",
    ] {
        bench.press(&format!("{PAGE}/{id}"), odd, &[]).await;
    }
    assert_eq!(bench.read(id).await.form, before.form);
    // A draft may have steps that no scale has; it is shown, and said to be wrong.
    let mut odd = before.form.clone();
    odd.sections[0].questions[0].kind = Kind::Scale {
        steps: 255,
        lowest: String::new(),
        highest: String::new(),
        helps: vec![],
    };
    assert_eq!(bench.save(id, before.revision, &odd).await.status, StatusCode::OK);
    let page = bench.page(&format!("{PAGE}/{id}")).await;
    assert!(page.contains("href=\"#q1-steps\""));
    bench.page(&format!("{PAGE}/{id}?part=preview")).await;
}

/// A form like that one, of so many questions with twenty choices each.
fn wide_as(form: &Form, questions: u16) -> Form {
    let choice = |key| model::evaluation::Choice {
        key: Key(key),
        words: "x".into(),
        points: 1,
        help: String::new(),
        failing: false,
    };
    let mut wide = form.clone();
    wide.sections.truncate(1);
    let one = wide.sections[0].questions[0].clone();
    wide.sections[0].questions = (1..=questions)
        .map(|key| model::evaluation::Question {
            key: Key(key),
            kind: Kind::Choice {
                choices: (1..=20).map(choice).collect(),
            },
            ..one.clone()
        })
        .collect();
    wide
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_kept_before_there_was_a_limit_becomes_smaller_and_comes_back() {
    let bench = Bench::new().await;
    let id = bench.begin(&[("how", "starter")]).await;
    assert_eq!(bench.publish(id).await.status, StatusCode::OK);
    let wide = wide_as(&bench.read(id).await.form, 51);
    bench.house.fixture.replace_form(id, &wide).await;
    let lines = async || bench.read(id).await.form.lines();
    assert_eq!(lines().await, 1_020);
    let address = format!("{PAGE}/{id}");
    bench.press(&address, "remove-line 1 0", &[]).await;
    assert_eq!(lines().await, 1_019);
    bench.press(&address, "add-line 1", &[]).await;
    assert_eq!(lines().await, 1_019, "there is no room for more");
    let revision = bench.read(id).await.revision;
    let refused = bench.save(id, revision, &wide).await;
    let most = Invalid::TooMany { most: 1_000 };
    assert_eq!(problem(&refused), Problem::invalid(Field::EvaluationForm, most));
    let fields = [
        ("id", &*id.to_string()),
        ("revision", &*revision.to_string()),
        ("version", "1"),
    ];
    let restored = bench.say("restore", FORM, form(&fields)).await;
    assert_eq!(restored.status, StatusCode::OK, "{}", restored.text());
    assert_eq!(bench.read(id).await.form, wide);
}
