//! Building evaluation forms: drafts, versions, whose calls they are for, files, and the page without scripts.

use axum::http::{Method, StatusCode, header};
use model::{
    evaluation::{Envelope, Flaw, Form, ImportFault, Key, Kind, Part, STARTER_EN, STARTER_SV, import},
    forms::{Audience, Built, Choosable, FormRow, VersionRow},
    id::{FormId, UnitId},
    problem::Problem,
};
use serde_json::json;

use crate::house::{Answer, FORM, House, MULTIPART, OPERATOR, alaw, form, multipart, post};

const JSON: &str = "application/json";
const PAGE: &str = "/configuration/evaluation-forms";

/// A form in parts, as a page without scripts sends it.
pub fn parts(fields: &[(&str, &str)]) -> String {
    let mut body = String::new();
    for (name, value) in fields {
        body.push_str(&format!(
            "--b\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n"
        ));
    }
    body + "--b--\r\n"
}

/// Who builds forms, in a house of their own.
struct Bench {
    house: House,
    eva: String,
}

impl Bench {
    async fn new() -> Self {
        let house = House::with_people().await;
        let eva = house.sign_in("eva@hark.test").await;
        Self { house, eva }
    }

    async fn json<T: serde::de::DeserializeOwned>(&self, what: &str, asked: serde_json::Value) -> T {
        let answer = self.say(what, JSON, asked.to_string()).await;
        assert_eq!(answer.status, StatusCode::OK, "{what}: {}", answer.text());
        serde_json::from_slice(&answer.body).unwrap()
    }

    async fn say(&self, what: &str, kind: &str, body: impl Into<Vec<u8>>) -> Answer {
        let path = format!("/fn/forms/{what}");
        self.house.call(&path, Some(&self.eva), kind, body).await
    }

    async fn list(&self) -> Vec<FormRow> {
        self.json("list", json!({})).await
    }

    async fn read(&self, id: FormId) -> Built {
        let (built, _): (Built, Choosable) = self.json("read", json!({ "id": id })).await;
        built
    }

    async fn versions(&self, id: FormId, version: Option<i64>) -> (Vec<VersionRow>, Option<Form>) {
        self.json("versions", json!({ "id": id, "version": version })).await
    }

    async fn begin(&self, fields: &[(&str, &str)]) -> FormId {
        begun(&self.say("begin", FORM, form(fields)).await)
    }

    async fn save(&self, id: FormId, revision: i64, form: &Form) -> Answer {
        let asked = json!({ "id": id, "revision": revision, "form": form });
        self.say("save", JSON, asked.to_string()).await
    }

    /// Changes a form as it stands.
    async fn change(&self, id: FormId, change: impl FnOnce(&mut Form)) {
        let Built { mut form, revision, .. } = self.read(id).await;
        change(&mut form);
        let answer = self.save(id, revision, &form).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    }

    async fn publish(&self, id: FormId) -> Answer {
        let revision = self.read(id).await.revision.to_string();
        let fields = [("id", &*id.to_string()), ("revision", &*revision)];
        self.say("publish", FORM, form(&fields)).await
    }

    async fn fate(&self, id: FormId, fate: &str) -> StatusCode {
        let fields = [("id", &*id.to_string()), ("fate", fate)];
        self.say("fate", FORM, form(&fields)).await.status
    }

    async fn import(&self, file: &[u8]) -> Answer {
        self.say("import", MULTIPART, multipart("form.json", file)).await
    }

    async fn export(&self, id: FormId) -> Answer {
        self.house
            .get(&format!("/evaluation-forms/{id}.json"), Some(&self.eva))
            .await
    }

    /// Sends a form as a browser does that waits for a page.
    async fn plain(&self, what: &str, kind: &str, body: impl Into<Vec<u8>>) -> Answer {
        let mut request = post(&format!("/fn/forms/{what}"), Some(&self.eva), kind, body);
        let headers = request.headers_mut();
        headers.insert(header::ACCEPT, "text/html".parse().unwrap());
        headers.insert(
            header::REFERER,
            format!("{}{PAGE}/1", crate::house::URL).parse().unwrap(),
        );
        self.house.ask(request).await
    }

    async fn page(&self, address: &str) -> String {
        let answer = self.house.get(address, Some(&self.eva)).await;
        assert_eq!(answer.status, StatusCode::OK, "{address}");
        answer.text()
    }

    /// Presses a button of a form's page, with these fields typed otherwise; gives where one is then.
    async fn press(&self, address: &str, button: &str, typed: &[(&str, usize, &str)]) -> String {
        let mut fields = fields(&self.page(address).await);
        for (name, at, value) in typed {
            let mut named = fields.iter_mut().filter(|(of, _)| of == name);
            named.nth(*at).unwrap_or_else(|| panic!("no {name} {at}")).1 = (*value).to_owned();
        }
        fields.push(("do".to_owned(), button.to_owned()));
        let fields: Vec<_> = fields.iter().map(|(name, value)| (&**name, &**value)).collect();
        let answer = self.plain("turn", MULTIPART, parts(&fields)).await;
        assert!(
            answer.status.is_redirection(),
            "{button}: {} {}",
            answer.status,
            answer.text()
        );
        answer.header(header::LOCATION).to_owned()
    }
}

/// The form that an answer leads to.
fn begun(answer: &Answer) -> FormId {
    let address: String = serde_json::from_slice(&answer.body).unwrap_or_else(|_| panic!("{}", answer.text()));
    address.rsplit('/').next().unwrap().parse().unwrap()
}

fn problem(answer: &Answer) -> Problem {
    serde_json::from_slice(&answer.body).unwrap_or_else(|_| panic!("{}", answer.text()))
}

fn starter(file: &str) -> Form {
    import(file.as_bytes(), serde_json::from_slice, serde_json::from_slice).unwrap()
}

/// What a browser would send of the builder's form, in the order of the page.
fn fields(page: &str) -> Vec<(String, String)> {
    let begin = page.find("id=\"builder\"").expect("there is a form");
    let form = &page[begin..begin + page[begin..].find("</form>").unwrap()];
    let attribute = |tag: &str, name: &str| {
        let (_, rest) = tag.split_once(&format!(" {name}=\""))?;
        Some(plain(rest.split('"').next()?))
    };
    let is = |tag: &str, name: &str| {
        tag.split_whitespace()
            .any(|word| word.trim_end_matches("=\"\"") == name)
    };
    let mut fields: Vec<(String, String)> = vec![];
    let mut select = String::new();
    let mut rest = form;
    while let Some(at) = rest.find('<') {
        rest = &rest[at + 1..];
        let (tag, after) = rest.split_once('>').unwrap_or((rest, ""));
        if tag.starts_with("input ") {
            let on = attribute(tag, "type").as_deref() != Some("checkbox") || is(tag, "checked");
            if let Some(name) = attribute(tag, "name").filter(|_| on) {
                fields.push((name, attribute(tag, "value").unwrap_or_default()));
            }
        } else if tag.starts_with("textarea ") {
            let text = after.split("</textarea>").next().unwrap();
            fields.push((attribute(tag, "name").unwrap(), plain(text)));
        } else if tag.starts_with("select ") {
            select = attribute(tag, "name").unwrap();
        } else if tag.starts_with("option ") && is(tag, "selected") {
            fields.push((select.clone(), attribute(tag, "value").unwrap()));
        }
    }
    fields
}

fn plain(text: &str) -> String {
    let unescaped = text.replace("&lt;", "<").replace("&gt;", ">").replace("&quot;", "\"");
    unescaped
        .replace("&#x27;", "'")
        .replace("&#39;", "'")
        .replace("&amp;", "&")
        .replace("<!>", "")
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_is_begun_changed_and_published_in_versions() {
    let bench = Bench::new().await;
    let [first] = &bench.list().await[..] else { panic!() };
    assert_eq!(
        (first.id, first.version, first.changed, first.questions),
        (FormId(1), 1, false, 13)
    );
    let id = bench.begin(&[("how", "starter")]).await;
    let begun = bench.read(id).await;
    assert_eq!((begun.version, &begun.in_use, begun.form.check()), (0, &None, vec![]));
    assert_eq!(bench.publish(id).await.status, StatusCode::OK);
    let (versions, _) = bench.versions(id, None).await;
    assert_eq!(versions.len(), 1);
    assert_eq!(versions[0].by.as_deref(), Some("eva@hark.test"));
    // Another heading: the same answers mean the same, and it is the same version.
    bench.change(id, |form| form.title = "Annat".into()).await;
    assert!(bench.list().await[1].changed, "until it is published");
    assert_eq!(bench.publish(id).await.status, StatusCode::OK);
    let row = &bench.list().await[1];
    assert_eq!((row.version, row.changed, &*row.title), (1, false, "Annat"));
    let (versions, old) = bench.versions(id, Some(1)).await;
    assert_eq!((versions.len(), old.unwrap().title), (1, "Annat".into()));
    // Another question: what was answered before stays with what was asked then.
    let asked = bench.read(id).await.form.sections[0].questions[0].words.clone();
    bench
        .change(id, |form| form.sections[0].questions[0].words = "Hälsar".into())
        .await;
    bench.publish(id).await;
    let (versions, old) = bench.versions(id, Some(1)).await;
    assert_eq!(versions.iter().map(|row| row.version).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(old.unwrap().sections[0].questions[0].words, asked);
    assert!(versions[0].published.is_some());
    let (first, _) = bench.versions(FormId(1), None).await;
    assert_eq!((&first[0].published, &first[0].by), (&None, &None), "it came with Hark");
    let copy = bench.begin(&[("how", "copy"), ("of", &id.to_string())]).await;
    let copied = bench.read(copy).await;
    assert_eq!((&*copied.form.title, copied.version), ("Annat (kopia)", 0));
    assert_eq!(copied.form.sections, bench.read(id).await.form.sections);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_build_at_once_the_second_is_asked() {
    let bench = Bench::new().await;
    let id = bench.begin(&[("how", "starter")]).await;
    let begun = bench.read(id).await;
    let with = |title: &str| Form {
        title: title.into(),
        ..begun.form.clone()
    };
    assert_eq!(
        bench.save(id, begun.revision, &with("Evas")).await.status,
        StatusCode::OK
    );
    let refused = bench.save(id, begun.revision, &with("Pelles")).await;
    assert_eq!(
        (refused.status, problem(&refused)),
        (StatusCode::CONFLICT, Problem::Changed)
    );
    assert_eq!(bench.read(id).await.form.title, "Evas");
    let fields = form(&[("id", &id.to_string()), ("revision", &begun.revision.to_string())]);
    let refused = bench.say("publish", FORM, fields).await;
    assert_eq!(problem(&refused), Problem::Changed, "nor is it published unseen");
    // Said once more, with the other's revision, it holds; the same once more changes nothing.
    let theirs = bench.read(id).await.revision;
    assert_eq!(bench.save(id, theirs, &with("Pelles")).await.status, StatusCode::OK);
    assert_eq!(bench.save(id, theirs + 1, &with("Pelles")).await.status, StatusCode::OK);
    let now = bench.read(id).await;
    assert_eq!((&*now.form.title, now.revision), ("Pelles", theirs + 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_with_faults_is_kept_and_not_published() {
    let bench = Bench::new().await;
    let id = bench.begin(&[("how", "empty")]).await;
    let begun = bench.read(id).await;
    assert_eq!((begun.form.questions().count(), begun.form.check().len()), (1, 2));
    let refused = bench.publish(id).await;
    assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
    match problem(&refused) {
        Problem::Form(ImportFault::Faults { faults }) => {
            let found: Vec<_> = faults.iter().map(|fault| (fault.part, fault.flaw)).collect();
            assert_eq!(found, [(Part::Title, Flaw::Missing), (Part::Words, Flaw::Missing)]);
        }
        other => panic!("{other:?}"),
    }
    assert_eq!(bench.list().await[1].version, 0);
    let page = bench.page(&format!("{PAGE}/{id}")).await;
    for to in ["#s0-title", "#q1-words"] {
        assert!(page.contains(&format!("href=\"{to}\"")), "{to}");
    }
    assert!(page.contains("aria-describedby=\"q1-words-wrong\""));
    bench
        .change(id, |form| {
            form.sections[0].title = "Öppning".into();
            form.sections[0].questions[0].words = "Hälsar".into();
        })
        .await;
    assert_eq!(bench.publish(id).await.status, StatusCode::OK);
}

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
        [(unused, false, 0), (FormId(1), true, 1)],
        "what is retired comes last"
    );
    assert_eq!(bench.versions(FormId(1), None).await.0[0].evaluations, 1);
    let page = bench.page(PAGE).await;
    assert!(page.contains("Ur bruk") && page.contains("Återta"));
    assert_eq!(bench.fate(FormId(1), "restore").await, StatusCode::OK);
    assert_eq!(bench.fate(unused, "delete").await, StatusCode::OK);
    assert_eq!(bench.fate(unused, "delete").await, StatusCode::NOT_FOUND);
    assert_eq!(bench.fate(FormId(1), "burn").await, StatusCode::BAD_REQUEST);
    assert_eq!(bench.list().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_is_for_whom_it_says() {
    let bench = Bench::new().await;
    let backend = bench.house.backend();
    backend.add_demo_group(OPERATOR, "9000", "Kundtjänst").await.unwrap();
    let sales = backend.department(OPERATOR, "Försäljning").await.unwrap().unwrap();
    let set = async |fields: &[(&str, &str)]| {
        let fields = [&[("id", "1")], fields].concat();
        bench.say("audience", FORM, form(&fields)).await.status
    };
    let sales_word = sales.to_string();
    let some = [
        ("whose", "some"),
        ("departments[0]", &*sales_word),
        ("group[3]", "9000"),
    ];
    assert_eq!(set(&some).await, StatusCode::OK);
    let audience = bench.read(FormId(1)).await.audience;
    let wanted = Audience {
        departments: vec![sales],
        groups: vec!["9000".into()],
    };
    assert_eq!(audience, wanted);
    assert_eq!(bench.list().await[0].audience, ["Försäljning", "Kundtjänst"]);
    for odd in [
        &[("whose", "some")][..],
        &[("whose", "some"), ("departments[0]", "77")],
        &[("whose", "some"), ("group[0]", "9999")],
        &[("whose", "nobody")],
    ] {
        let status = set(odd).await;
        assert!(status.is_client_error(), "{odd:?}");
    }
    assert_eq!(bench.read(FormId(1)).await.audience, audience, "and nothing changes");
    let page = bench.page(&format!("{PAGE}/1?part=audience")).await;
    assert!(page.contains("Försäljning") && page.contains("Kundtjänst"));
    assert_eq!(
        set(&[("whose", "all"), ("departments[0]", &*sales_word)]).await,
        StatusCode::OK
    );
    assert!(bench.read(FormId(1)).await.audience.is_all());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_department_that_a_form_is_for_stays_when_nobody_is_left_in_it() {
    let bench = Bench::new().await;
    let backend = bench.house.backend();
    let finance = backend.department(OPERATOR, "Ekonomi").await.unwrap().unwrap();
    let fields = [
        ("id", "1"),
        ("whose", "some"),
        ("departments[0]", &*finance.to_string()),
    ];
    assert_eq!(bench.say("audience", FORM, form(&fields)).await.status, StatusCode::OK);
    backend.remove_demo(OPERATOR).await.unwrap();
    let there = async |name: &str| backend.department(OPERATOR, name).await.unwrap();
    assert_eq!(there("Ekonomi").await, Some(UnitId(finance.0)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_form_travels_as_a_file() {
    let bench = Bench::new().await;
    let file = bench.export(FormId(1)).await;
    assert_eq!(file.status, StatusCode::OK);
    let name = file.header(header::CONTENT_DISPOSITION);
    assert!(name.contains("Kundsamtal") && name.contains(".json"), "{name}");
    let id = begun(&bench.import(&file.body).await);
    assert_eq!(bench.read(id).await.form, bench.read(FormId(1)).await.form);
    assert_eq!(bench.export(id).await.body, file.body, "the same form is the same file");
    let marked = [b"\xef\xbb\xbf", &*file.body].concat();
    begun(&bench.import(&marked).await);
    // An older version is there, too.
    bench.change(FormId(1), |form| form.sections.truncate(1)).await;
    let old = bench
        .house
        .get("/evaluation-forms/1.json?version=1", Some(&bench.eva))
        .await;
    assert_eq!(old.body, file.body);
    for path in [
        "/evaluation-forms/1.json?version=9",
        "/evaluation-forms/99.json",
        "/evaluation-forms/1.csv",
        "/evaluation-forms/x",
    ] {
        let answer = bench.house.get(path, Some(&bench.eva)).await;
        assert_eq!(answer.status, StatusCode::NOT_FOUND, "{path}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_file_that_is_no_form_is_refused_by_what_is_wrong_with_it() {
    let bench = Bench::new().await;
    let good: serde_json::Value = serde_json::from_str(STARTER_SV).unwrap();
    let with = |place: &str, value: serde_json::Value| {
        let mut file = good.clone();
        *file.pointer_mut(place).unwrap() = value;
        file.to_string().into_bytes()
    };
    let mut odd = good.clone();
    odd["form"]["colour"] = json!("red");
    let large = vec![b' '; Envelope::MOST_BYTES + 1];
    let table: [(&str, Vec<u8>, &str); 6] = [
        ("OtherFormat", b"{}".to_vec(), "inget formulär"),
        ("OtherVersion", with("/version", json!(9)), "version 9"),
        ("UnknownField", odd.to_string().into_bytes(), "colour"),
        ("Unreadable", b"{\"format\": ".to_vec(), "skadad"),
        ("Faults", with("/form/sections/0/weight", json!(200)), "Vikt"),
        ("TooLarge", large, "4 MB"),
    ];
    for (name, file, words) in table {
        let refused = bench.import(&file).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY, "{name}");
        match problem(&refused) {
            Problem::Form(fault) => assert!(format!("{fault:?}").starts_with(name), "{name}: {fault:?}"),
            other => panic!("{name}: {other:?}"),
        }
        // And who has no scripts is led back to the page, which says it.
        let sent = bench.plain("import", MULTIPART, multipart("form.json", &file)).await;
        assert!(sent.status.is_redirection(), "{name}");
        let back = sent.header(header::LOCATION).replace(crate::house::URL, "");
        let page = bench.page(&back.replacen("/1?", "/import?", 1)).await;
        assert!(page.contains(words), "{name}: {back}");
    }
    let none = bench.say("import", MULTIPART, parts(&[("other", "x")])).await;
    assert_eq!(none.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(bench.import(b"").await.status, StatusCode::UNPROCESSABLE_ENTITY);
    let no_form = bench.say("import", FORM, "table=x").await;
    assert_eq!(no_form.status, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(bench.list().await.len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_company_that_speaks_english_begins_with_the_english_form() {
    for (locale, wanted) in [("en", STARTER_EN), ("sv", STARTER_SV)] {
        let house = House::empty().await;
        let code = house.backend().setup_code(OPERATOR).await.unwrap().unwrap();
        let body = format!("code={code}&company=Lingon+AB&email=eva%40hark.test&password=Sommar-2026%21");
        let cookie = format!("locale={locale}");
        let claimed = house.call("/fn/setup/claim", Some(&cookie), FORM, body).await;
        assert_eq!(claimed.status, StatusCode::OK, "{}", claimed.text());
        let state = house.fixture.state().await;
        let title = starter(wanted).title;
        assert_eq!(
            state.matches(&title).count(),
            2,
            "{locale}: the draft, and the version in use"
        );
    }
}

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
    let to = bench.press(&address, "remove-question 1", &[]).await;
    assert_eq!(bench.read(id).await.form.question(Key(1)), None);
    let page = bench.page(&to).await;
    assert!(page.contains("value=\"undo\""), "it can be brought back");
    // What is new then has a number of its own, and what was removed keeps its.
    let to = bench.press(&to, "add-question 0", &[]).await;
    let new = before.questions().map(|question| question.key.0).max().unwrap() + 1;
    assert_eq!(to, format!("{address}?open={new}#q{new}"));
    bench.press(&address, "undo", &[]).await;
    let after = bench.read(id).await.form;
    assert_eq!(after.question(Key(1)), before.question(Key(1)));
    assert!(after.question(Key(new)).is_some());
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
    let fields = form(&[("kept", &kept), ("of", &id.to_string())]);
    assert_eq!(bench.say("put-in-place", FORM, fields).await.status, StatusCode::OK);
    assert_eq!(bench.read(id).await.form.title, "Mitt");
    assert_eq!(bench.list().await.len(), 2, "and what it was kept in is gone");
    let own = form(&[("kept", &id.to_string()), ("of", &id.to_string())]);
    assert_eq!(bench.say("put-in-place", FORM, own).await.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_no_page_sends_is_refused_and_changes_nothing() {
    let bench = Bench::new().await;
    let id = bench.begin(&[("how", "starter")]).await;
    let before = bench.read(id).await;
    let (number, revision) = (id.to_string(), before.revision.to_string());
    let send = async |fields: &[(&str, &str)]| {
        let fields = [&[("id", &*number), ("revision", &*revision)], fields].concat();
        bench.say("turn", MULTIPART, parts(&fields)).await.status
    };
    for odd in [
        &[("do", "burn")][..],
        &[("do", "remove-section -1")],
        &[("do", "at x")],
        &[("question", "1")],
        &[("colour", "red")],
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

#[tokio::test(flavor = "multi_thread")]
async fn its_pages_are_whole_in_the_first_answer() {
    let bench = Bench::new().await;
    let list = bench.page(PAGE).await;
    for word in [
        "Utvärderingsfrågor",
        "Beskrivning",
        "Grundmall",
        "Importera",
        "Radera",
        "/evaluation-forms/1.json",
    ] {
        assert!(list.to_lowercase().contains(&word.to_lowercase()), "{word}");
    }
    let form = bench.read(FormId(1)).await.form;
    for part in ["", "?part=preview", "?part=versions&version=1"] {
        let page = bench.page(&format!("{PAGE}/1{part}")).await;
        for question in form.questions() {
            assert!(plain(&page).contains(&question.words), "{part}: {}", question.words);
        }
    }
    let missing = bench.house.get(&format!("{PAGE}/99"), Some(&bench.eva)).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    let english = crate::house::request(Method::GET, PAGE, Some(&format!("{}; locale=en", bench.eva)));
    let english = bench.house.ask(english.body(axum::body::Body::empty()).unwrap()).await;
    assert!(english.text().contains("Evaluation questions"));
}
