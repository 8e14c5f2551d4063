//! Two who build at once: what comes of a page that has gone, and whose keys are whose.

use model::forms::arrival;

use super::*;
use crate::house::URL;

/// Sends a form along as its page goes.
async fn leave(bench: &Bench, id: FormId, revision: i64, form: &Form) -> Answer {
    let asked = json!({ "id": id, "revision": revision, "form": form, "leaving": true });
    bench.say("save", JSON, asked.to_string()).await
}

fn mark(revision: i64, form: &Form) -> String {
    arrival(revision, &serde_json::to_string(form).unwrap())
}

fn place(kept: &str, of: FormId, revision: i64) -> String {
    let (of, revision) = (of.to_string(), revision.to_string());
    form(&[("kept", kept), ("of", &of), ("revision", &revision)])
}

/// Puts what was kept in the place of what another has made of a form.
async fn put(bench: &Bench, kept: &str, of: FormId, revision: i64) -> Answer {
    bench.say("put-in-place", FORM, place(kept, of, revision)).await
}

/// The revision of the other's form that a page has been shown beside.
fn shown_beside(page: &str) -> i64 {
    let (_, form) = page.split_once("/fn/forms/put-in-place").expect("it can be put there");
    let at = form.find("name=\"revision\"").unwrap();
    let tag = &form[form[..at].rfind('<').unwrap()..];
    let (_, value) = tag.split('>').next().unwrap().split_once("value=\"").unwrap();
    value.split('"').next().unwrap().parse().unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn what_came_of_a_page_that_has_gone_is_known_after_others_have_changed_it() {
    let bench = Bench::new().await;
    let id = bench.begin(&[("how", "starter")]).await;
    let begun = bench.read(id).await;
    assert_eq!(begun.arrived, [""; 0]);
    let mut mine = begun.form.clone();
    mine.title = "Mitt".into();
    assert_eq!(leave(&bench, id, begun.revision, &mine).await.status, StatusCode::OK);
    bench.change(id, |form| form.title = "Evas".into()).await;
    let came = mark(begun.revision, &mine);
    assert_eq!(
        bench.read(id).await.arrived,
        [&*came],
        "it was there, under what came later"
    );
    // What is refused as a page goes nobody is told: that it has not come is.
    mine.title = "Mitt igen".into();
    let refused = leave(&bench, id, begun.revision, &mine).await;
    assert_eq!(problem(&refused), Problem::Changed);
    let now = bench.read(id).await;
    assert_eq!((&*now.form.title, &now.arrived[..]), ("Evas", &[came.clone()][..]));
    // A page that stays is told, and needs no note.
    bench.change(id, |form| form.title = "Sist".into()).await;
    assert_eq!(bench.read(id).await.arrived, [came]);
    // Only the latest are remembered, each once.
    for number in 0..60 {
        let at = bench.read(id).await.revision;
        mine.title = format!("Nummer {}", number / 2);
        assert_eq!(leave(&bench, id, at, &mine).await.status, StatusCode::OK);
        let arrived = bench.read(id).await.arrived;
        assert_eq!(arrived.last(), Some(&mark(at, &mine)));
        assert!(arrived.len() <= 50);
    }
    assert_eq!(bench.read(id).await.arrived.len(), 50);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_scripts_what_is_saved_over_anothers_has_keys_of_its_own() {
    let bench = Bench::new().await;
    let id = bench.begin(&[("how", "starter")]).await;
    bench.publish(id).await;
    let address = format!("{PAGE}/{id}");
    let mut mine = fields(&bench.page(&address).await);
    // The other one asks something new, in a version of its own.
    let theirs = bench.press(&address, "add-question 0", &[]).await;
    let key: u16 = theirs.rsplit('q').next().unwrap().parse().unwrap();
    let new = |form: &mut Form| {
        let mut all = form.sections.iter_mut().flat_map(|section| &mut section.questions);
        all.find(|question| question.key == Key(key)).unwrap().words = "Deras".into();
    };
    bench.change(id, new).await;
    assert_eq!(bench.publish(id).await.status, StatusCode::OK);
    // What was typed meanwhile goes on beside it, and asks something new as well.
    mine.iter_mut().find(|(name, _)| name == "title").unwrap().1 = "Mitt".into();
    let mine: Vec<_> = mine.iter().map(|(name, value)| (&**name, &**value)).collect();
    let sent = bench.plain("turn", MULTIPART, parts(&mine)).await;
    let to = sent.header(header::LOCATION).to_owned();
    let kept = to.split(['/', '?']).nth_back(1).unwrap().to_owned();
    let beside = format!("{PAGE}/{kept}");
    let added = bench.press(&beside, "add-question 0", &[]).await;
    assert!(
        added.ends_with(&format!("#q{key}")),
        "there nobody has given it: {added}"
    );
    let revision = bench.read(id).await.revision;
    assert_eq!(put(&bench, &kept, id, revision).await.status, StatusCode::OK);
    let now = bench.read(id).await;
    assert_eq!(now.form.title, "Mitt");
    assert_eq!(now.in_use.unwrap().question(Key(key)).unwrap().words, "Deras");
    let keys: Vec<u16> = now.form.sections[0].questions.iter().map(|it| it.key.0).collect();
    assert!(
        !keys.contains(&key) && keys.contains(&(key + 1)),
        "what is answered to theirs is no answer to mine: {keys:?}"
    );
    // What both know keeps its keys.
    let before = starter(STARTER_SV);
    assert!(
        before
            .questions()
            .all(|question| now.form.question(question.key).is_some())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn without_scripts_nobody_saves_over_what_they_were_not_shown() {
    let bench = Bench::new().await;
    let id = bench.begin(&[("how", "starter")]).await;
    let mut mine = fields(&bench.page(&format!("{PAGE}/{id}")).await);
    bench.change(id, |form| form.title = "Deras".into()).await;
    mine.iter_mut().find(|(name, _)| name == "title").unwrap().1 = "Mitt".into();
    let mine: Vec<_> = mine.iter().map(|(name, value)| (&**name, &**value)).collect();
    let sent = bench.plain("turn", MULTIPART, parts(&mine)).await;
    let to = sent.header(header::LOCATION).to_owned();
    let kept = to.split(['/', '?']).nth_back(1).unwrap().to_owned();
    let seen = shown_beside(&bench.page(&to).await);
    assert_eq!(seen, bench.read(id).await.revision);
    bench.change(id, |form| form.title = "Deras igen".into()).await;
    let refused = put(&bench, &kept, id, seen).await;
    assert_eq!(
        (refused.status, problem(&refused)),
        (StatusCode::CONFLICT, Problem::Changed)
    );
    assert_eq!(bench.read(id).await.form.title, "Deras igen", "nobody has seen it");
    // A page that has not woken comes back, and says so.
    let mut asked = post("/fn/forms/put-in-place", Some(&bench.eva), FORM, place(&kept, id, seen));
    let headers = asked.headers_mut();
    headers.insert(header::ACCEPT, "text/html".parse().unwrap());
    headers.insert(header::REFERER, format!("{URL}{to}").parse().unwrap());
    let back = bench.house.ask(asked).await;
    let again = back.header(header::LOCATION).trim_start_matches(URL).to_owned();
    let page = bench.house.get(&again, Some(&bench.eva)).await.text();
    assert!(page.contains("Den andre har ändrat igen."), "{page}");
    let seen = shown_beside(&page);
    // Only what was kept beside it takes its place: no other draft, and it no other's.
    let other = bench.begin(&[("how", "starter")]).await;
    for (kept, of) in [(other.to_string(), id), (kept.clone(), other)] {
        let revision = bench.read(of).await.revision;
        let refused = put(&bench, &kept, of, revision).await;
        assert_eq!(problem(&refused), Problem::Malformed, "{kept} {of}");
    }
    assert_eq!(bench.read(id).await.form.title, "Deras igen");
    // Said once more beside what is there now, it holds.
    assert_eq!(put(&bench, &kept, id, seen).await.status, StatusCode::OK);
    assert_eq!(bench.read(id).await.form.title, "Mitt");
}
