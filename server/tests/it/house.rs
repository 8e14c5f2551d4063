//! A small company in a house of its own, and ways to knock at its doors.

use std::io::Cursor;

use axum::{
    Router,
    body::{Body, Bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
    response::Response,
};
use backend::{
    Backend, Operator, Viewer,
    account::{FirstPassword, NewAccount, Visitor},
    ingest::Taken,
    keys::KeyScope,
    testing::Fixture,
};
use http_body_util::BodyExt;
use model::{
    account::Role,
    facts::{Direction, Facts},
    id::{AccountId, RecordingId, UnitId},
    list::{Before, ListQuery, Page},
    people::PersonForm,
};
use server::serve::{Hark, Outside, router};
use tower::ServiceExt;

pub const PASSWORD: &str = "Sommar-2026!";
pub const OPERATOR: Operator = Operator::at_the_command_line();
pub const URL: &str = "http://hark.test";
pub const FORM: &str = "application/x-www-form-urlencoded";

/// A form as a page sends it.
pub fn form(fields: &[(&str, &str)]) -> String {
    url::form_urlencoded::Serializer::new(String::new())
        .extend_pairs(fields)
        .finish()
}

pub const MULTIPART: &str = "multipart/form-data; boundary=b";

/// A file as a page sends it.
pub fn multipart(name: &str, bytes: &[u8]) -> Vec<u8> {
    let head = format!("--b\r\nContent-Disposition: form-data; name=\"table\"; filename=\"{name}\"\r\n\r\n");
    [head.as_bytes(), bytes, b"\r\n--b--\r\n"].concat()
}

/// A letter as its receiver finds it.
#[derive(Debug)]
pub struct Letter {
    pub to: String,
    pub subject: String,
    pub text: String,
    pub html: String,
}

impl Letter {
    /// Where its button leads.
    pub fn link(&self) -> String {
        let mut lines = self.text.lines();
        lines
            .rfind(|line| line.starts_with(URL))
            .expect("it has a link")
            .to_owned()
    }

    /// The password in it.
    pub fn code(&self) -> String {
        let line = self.text.lines().find(|line| line.starts_with("    "));
        line.expect("it has a password").trim().to_owned()
    }
}

/// A house, and its door.
pub struct House {
    pub fixture: Fixture,
    pub router: Router,
}

/// An answer, read to its end.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: Bytes,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    /// A cookie that it sets, as it is sent back.
    pub fn cookie(&self, name: &str) -> String {
        let set = self.headers.get_all(header::SET_COOKIE).iter();
        let found = set
            .filter_map(|cookie| cookie.to_str().ok()?.split(';').next())
            .find(|pair| pair.starts_with(&format!("{name}=")));
        found.unwrap_or_default().to_owned()
    }

    pub fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl House {
    /// Nobody has claimed it.
    pub async fn empty() -> Self {
        let fixture = Fixture::new().await;
        let outside = Outside {
            public_url: Some(URL),
            way: Some(backend::mail::Way::Folder(fixture.folder.path().join("mail"))),
            ..Outside::default()
        };
        let router = router(Hark::new(fixture.backend.clone(), app::Assets::default(), outside));
        Self { fixture, router }
    }

    /// Pelle and Lisa in Sales, Åsa in Finance, each with an account; Karin hears Sales, Nisse hears no department, Eva
    /// everything.
    pub async fn with_people() -> Self {
        let house = Self::empty().await;
        for (first, last, extension, department) in [
            ("Pelle", "Persson", "a1", "Försäljning"),
            ("Lisa", "Larsson", "a2", "Försäljning"),
            ("Åsa", "Öström", "a3", "Ekonomi"),
        ] {
            let person = PersonForm {
                first_name: first.into(),
                last_name: last.into(),
                email: Some(format!("{extension}@hark.test")),
                extension: Some(extension.into()),
                recording_active: true,
                department: Some(department.into()),
                ..PersonForm::default()
            };
            house.backend().add_demo_person(OPERATOR, person).await.unwrap();
        }
        let sales = house.department("Försäljning").await;
        for (email, role, departments) in [
            ("a1@hark.test", Role::MyConsole, vec![]),
            ("a3@hark.test", Role::MyConsole, vec![]),
            ("karin@hark.test", Role::Restricted, vec![sales]),
            ("nisse@hark.test", Role::Restricted, vec![sales]),
            ("eva@hark.test", Role::Super, vec![]),
        ] {
            let new = NewAccount {
                email: email.into(),
                password: FirstPassword::Own(PASSWORD.into()),
                role,
                departments,
                agreed: true,
            };
            house.backend().add_account(OPERATOR, new).await.unwrap();
        }
        // No door makes such an account; a department that is gone might.
        house.fixture.take_departments_from("nisse@hark.test").await;
        house
    }

    pub fn backend(&self) -> &Backend {
        &self.fixture.backend
    }

    /// The department of that name.
    pub async fn department(&self, name: &str) -> UnitId {
        self.backend().department(OPERATOR, name).await.unwrap().unwrap()
    }

    /// The account of that address.
    pub async fn account(&self, email: &str) -> AccountId {
        self.backend().account_of(OPERATOR, email).await.unwrap().unwrap().id
    }

    /// A recording of that person, a minute before noon.
    pub async fn recording(&self, call: &str, extension: &str, sound: Vec<u8>) -> RecordingId {
        match self
            .backend()
            .take(facts(call, extension), Cursor::new(sound))
            .await
            .unwrap()
        {
            Taken::New(id) | Taken::Already(id) => id,
        }
    }

    /// The cookie of someone who has signed in through the door.
    pub async fn sign_in(&self, email: &str) -> String {
        let entered = self.try_sign_in(email, PASSWORD).await;
        entered.unwrap_or_else(|status| panic!("{email} is not let in: {status}"))
    }

    /// The same for one who may be turned away.
    pub async fn try_sign_in(&self, email: &str, password: &str) -> Result<String, StatusCode> {
        let body = form(&[("email", email), ("password", password)]);
        let answer = self.call("/fn/account/sign-in", None, FORM, body).await;
        let cookie = answer.cookie("session");
        if cookie.is_empty() {
            Err(answer.status)
        } else {
            Ok(cookie)
        }
    }

    /// The cookie by which the browser is known from now on.
    pub async fn sign_in_with_device(&self, email: &str) -> String {
        let body = form(&[("email", email), ("password", PASSWORD)]);
        self.call("/fn/account/sign-in", None, FORM, body)
            .await
            .cookie("device")
    }

    /// The letters that have been written since the last time, as they lie in the folder.
    pub async fn post(&self) -> Vec<Letter> {
        let folder = self.fixture.folder.path().join("mail");
        let config = server::config::Config {
            public_url: Some(URL.to_owned()),
            mail_dir: Some(folder.clone()),
            ..Default::default()
        };
        server::mail::Mail::of(&config)
            .unwrap()
            .deliver(self.backend())
            .await
            .unwrap();
        let mut files: Vec<_> = std::fs::read_dir(&folder)
            .map(|files| files.map(|file| file.unwrap().path()).collect())
            .unwrap_or_default();
        files.sort_by_key(|file| file.to_string_lossy().rsplit('-').next().map(ToOwned::to_owned));
        files
            .into_iter()
            .map(|file| {
                let letter = read_letter(&std::fs::read(&file).unwrap());
                std::fs::remove_file(file).unwrap();
                letter
            })
            .collect()
    }

    /// The one who has signed in with that cookie, as the house knows them behind the wall.
    pub async fn viewer(&self, cookie: &str) -> Viewer {
        let token = cookie.split_once('=').map(|(_, token)| token);
        match self.backend().visitor(token).await.unwrap() {
            (_, Visitor::Signed(viewer)) => *viewer,
            (_, other) => panic!("{other:?} is nobody who is signed in"),
        }
    }

    /// Hands a table of people over; gives the number under which it waits.
    pub async fn upload(&self, cookie: &str, name: &str, bytes: &[u8]) -> i64 {
        let answer = self
            .call("/fn/people/upload", Some(cookie), MULTIPART, multipart(name, bytes))
            .await;
        let address: String = serde_json::from_slice(&answer.body).unwrap_or_else(|_| panic!("{}", answer.text()));
        address.rsplit('/').next().unwrap().parse().unwrap()
    }

    /// A machine's key.
    pub async fn key(&self, scope: KeyScope) -> String {
        let secret = self.backend().add_key(OPERATOR, "växeln", scope, None).await;
        secret.unwrap().reveal().to_owned()
    }

    pub async fn get(&self, path: &str, cookie: Option<&str>) -> Answer {
        self.ask(request(Method::GET, path, cookie).body(Body::empty()).unwrap())
            .await
    }

    /// Calls a function as a page does.
    pub async fn call(&self, path: &str, cookie: Option<&str>, kind: &str, body: impl Into<Vec<u8>>) -> Answer {
        self.ask(post(path, cookie, kind, body)).await
    }

    /// A page of the list as this one sees it.
    pub async fn list(&self, cookie: &str, query: ListQuery) -> Page {
        self.asked(cookie, "list", query).await
    }

    pub async fn page_before(&self, cookie: &str, query: ListQuery) -> Option<Before> {
        self.asked(cookie, "page-before", query).await
    }

    async fn asked<T: serde::de::DeserializeOwned>(&self, cookie: &str, what: &str, query: ListQuery) -> T {
        let query = serde_json::json!({ "query": query }).to_string();
        let address = format!("/fn/recordings/{what}");
        let answer = self.call(&address, Some(cookie), "application/json", query).await;
        serde_json::from_slice(&answer.body).unwrap()
    }

    pub async fn ask(&self, request: Request<Body>) -> Answer {
        ask(self.router.clone(), request).await
    }
}

/// Reads a letter as a mail program does.
pub fn read_letter(bytes: &[u8]) -> Letter {
    let parsed = mail_parser::MessageParser::default()
        .parse(bytes)
        .expect("it is a letter");
    Letter {
        to: parsed.to().unwrap().first().unwrap().address().unwrap().to_owned(),
        subject: parsed.subject().unwrap().to_owned(),
        text: parsed.body_text(0).unwrap().into_owned(),
        html: parsed.body_html(0).unwrap().into_owned(),
    }
}

pub async fn ask(router: Router, request: Request<Body>) -> Answer {
    let response: Response = router.oneshot(request).await.unwrap();
    let (parts, body) = response.into_parts();
    Answer {
        status: parts.status,
        headers: parts.headers,
        body: body.collect().await.unwrap().to_bytes(),
    }
}

pub fn request(method: Method, path: &str, cookie: Option<&str>) -> axum::http::request::Builder {
    let request = Request::builder().method(method).uri(path);
    match cookie {
        Some(cookie) => request.header(header::COOKIE, cookie),
        None => request,
    }
}

/// What a page sends to call a function.
pub fn post(path: &str, cookie: Option<&str>, kind: &str, body: impl Into<Vec<u8>>) -> Request<Body> {
    request(Method::POST, path, cookie)
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, kind)
        .body(Body::from(body.into()))
        .unwrap()
}

pub fn facts(call: &str, extension: &str) -> Facts {
    Facts {
        call_id: call.into(),
        direction: Direction::Incoming,
        start: "2026-11-23T11:59:00".into(),
        duration_ms: Some(2_000),
        extension: extension.into(),
        other_number: Some("070-174 06 05".into()),
        other_name: None,
        number_rung: Some("08-465 004 01".into()),
        group: None,
        consent: None,
        sides: None,
    }
}

/// A second of A-law in two channels: a rising staircase left, a falling one right.
pub fn alaw() -> Vec<u8> {
    let sound: Vec<u8> = (0..8_000_u32)
        .flat_map(|i| [(i / 31) as u8, 255 - (i / 31) as u8])
        .collect();
    wav(6, 2, 8, &sound)
}

/// A WAV file around samples.
pub fn wav(tag: u16, channels: u16, bits: u16, sound: &[u8]) -> Vec<u8> {
    let align = channels * bits / 8;
    let mut file = b"RIFF".to_vec();
    file.extend((36 + sound.len() as u32).to_le_bytes());
    file.extend(b"WAVEfmt ");
    file.extend(16_u32.to_le_bytes());
    file.extend(tag.to_le_bytes());
    file.extend(channels.to_le_bytes());
    file.extend(8_000_u32.to_le_bytes());
    file.extend((8_000 * u32::from(align)).to_le_bytes());
    file.extend(align.to_le_bytes());
    file.extend(bits.to_le_bytes());
    file.extend(b"data");
    file.extend((sound.len() as u32).to_le_bytes());
    file.extend(sound);
    file
}
