//! Building evaluation forms: drafts, versions, whose calls they are for, files, and the page without scripts.

mod audience;
mod bands;
mod files;
mod judged;
mod old;
mod plain;
mod together;
mod told;

use axum::http::{Method, StatusCode, header};
use model::{
    evaluation::{Envelope, Flaw, Form, ImportFault, Key, Kind, Part, STARTER_EN, STARTER_SV, import},
    forms::{Audience, Built, Choosable, FormRow, VersionRow},
    id::{FormId, UnitId},
    problem::{Field, Invalid, Problem},
};
use serde_json::json;

use crate::house::{Answer, FORM, House, MULTIPART, OPERATOR, alaw, form, multipart, post};

const JSON: &str = "application/json";
const PAGE: &str = "/configuration/evaluation-forms";

/// A form in parts, as a page without scripts sends it.
pub fn parts(fields: &[(&str, &str)]) -> String {
    let part = |(name, value): &(&str, &str)| {
        [
            "--b\r\nContent-Disposition: form-data; name=\"",
            name,
            "\"\r\n\r\n",
            value,
            "\r\n",
        ]
        .concat()
    };
    fields.iter().map(part).collect::<String>() + "--b--\r\n"
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
            let (_, field) = named.nth(*at).unwrap_or_else(|| panic!("no {name} {at}"));
            (*value).clone_into(field);
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
        (FormId(1), 1, false, 14)
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
    // So does one whose answer was lost: what is there already is nobody else's.
    assert_eq!(
        bench.save(id, begun.revision, &with("Pelles")).await.status,
        StatusCode::OK
    );
    let now = bench.read(id).await;
    assert_eq!((&*now.form.title, now.revision), ("Pelles", theirs + 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn of_one_it_is_said_in_words_for_one() {
    let bench = Bench::new().await;
    bench.begin(&[("how", "empty")]).await;
    let page = plain(&bench.page(PAGE).await);
    assert!(page.contains("1 fråga<") && page.contains("14 frågor<"), "{page}");
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
    // Nothing is wrong yet with what is only begun: it is told where one asks to publish it, and nowhere else.
    let page = bench.page(&format!("{PAGE}/{id}")).await;
    assert!(!page.contains("class=\"faults\"") && !page.contains("aria-invalid"));
    assert!(plain(&page).contains("Rätta först det som är fel. Avsnitt 1, Rubrik: Fyll i fältet."));
    bench.change(id, |form| form.title = "Kundsamtal".into()).await;
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
    // What answers are called and mean is there before one gives them.
    let preview = plain(&bench.page(&format!("{PAGE}/1?part=preview")).await);
    assert!(preview.contains("Så bedömer du"));
    for question in form.questions() {
        let (ends, helps): (Vec<&str>, Vec<&str>) = match &question.kind {
            Kind::YesNo { yes_help, no_help, .. } => (vec![], vec![yes_help, no_help]),
            Kind::Scale {
                lowest, highest, helps, ..
            } => (vec![lowest, highest], helps.iter().map(String::as_str).collect()),
            Kind::Choice { choices } => (vec![], choices.iter().map(|choice| choice.help.as_str()).collect()),
            Kind::Number { .. } | Kind::Text => (vec![], vec![]),
        };
        for words in ends.into_iter().chain(helps) {
            assert!(preview.contains(words), "{words}");
        }
    }
    let missing = bench.house.get(&format!("{PAGE}/99"), Some(&bench.eva)).await;
    assert_eq!(missing.status, StatusCode::NOT_FOUND);
    let english = crate::house::request(Method::GET, PAGE, Some(&format!("{}; locale=en", bench.eva)));
    let english = bench.house.ask(english.body(axum::body::Body::empty()).unwrap()).await;
    assert!(english.text().contains("Evaluation questions"));
}
