//! A small company in a house of its own, and ways to knock at its doors.

use std::io::Cursor;

use axum::{
    Router,
    body::{Body, Bytes},
    http::{HeaderMap, Method, Request, StatusCode, header},
    response::Response,
};
use backend::{
    Backend, Operator, account::NewAccount, ingest::Taken, keys::KeyScope, people::NewPerson, testing::Fixture,
};
use http_body_util::BodyExt;
use model::{
    account::Role,
    facts::{Direction, Facts},
    id::RecordingId,
    list::{ListQuery, Page},
};
use server::serve::{Hark, router};
use tower::ServiceExt;

pub const PASSWORD: &str = "Sommar-2026!";
pub const OPERATOR: Operator = Operator::at_the_command_line();
pub const URL: &str = "http://hark.test";

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

    pub fn header(&self, name: header::HeaderName) -> &str {
        self.headers.get(name).map_or("", |value| value.to_str().unwrap())
    }
}

impl House {
    /// Nobody has claimed it.
    pub async fn empty() -> Self {
        let fixture = Fixture::new().await;
        let router = router(Hark::new(fixture.backend.clone(), app::Assets::default(), Some(URL)));
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
            let person = NewPerson {
                first_name: first.into(),
                last_name: last.into(),
                email: Some(format!("{extension}@hark.test")),
                extension: Some(extension.into()),
                recording_active: true,
                department: Some(department.into()),
                ..NewPerson::default()
            };
            house.backend().add_demo_person(OPERATOR, person).await.unwrap();
        }
        let sales = house
            .backend()
            .department(OPERATOR, "Försäljning")
            .await
            .unwrap()
            .unwrap();
        for (email, role, departments) in [
            ("a1@hark.test", Role::MyConsole, vec![]),
            ("a3@hark.test", Role::MyConsole, vec![]),
            ("karin@hark.test", Role::Restricted, vec![sales]),
            ("nisse@hark.test", Role::Restricted, vec![]),
            ("eva@hark.test", Role::Super, vec![]),
        ] {
            let new = NewAccount {
                email: email.into(),
                password: PASSWORD.into(),
                role,
                departments,
            };
            house.backend().add_account(OPERATOR, new).await.unwrap();
        }
        house
    }

    pub fn backend(&self) -> &Backend {
        &self.fixture.backend
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
        let form = format!(
            "email={}&password={}",
            email.replace('@', "%40"),
            PASSWORD.replace('!', "%21")
        );
        let request = Request::post("/fn/account/sign-in")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(Body::from(form))
            .unwrap();
        let answer = self.ask(request).await;
        let cookie = answer
            .header(header::SET_COOKIE)
            .split(';')
            .next()
            .unwrap_or_default()
            .to_owned();
        assert!(
            cookie.starts_with("session="),
            "{email} is not let in: {} {}",
            answer.status,
            answer.text()
        );
        cookie
    }

    /// A key that may hand over recordings.
    pub async fn key(&self) -> String {
        self.backend()
            .add_key(OPERATOR, "växeln", KeyScope::Ingest, None)
            .await
            .unwrap()
            .reveal()
            .to_owned()
    }

    pub async fn get(&self, path: &str, cookie: Option<&str>) -> Answer {
        self.ask(request(Method::GET, path, cookie).body(Body::empty()).unwrap())
            .await
    }

    /// Calls a function as a page does.
    pub async fn call(&self, path: &str, cookie: Option<&str>, kind: &str, body: impl Into<String>) -> Answer {
        let request = request(Method::POST, path, cookie)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, kind)
            .body(Body::from(body.into()))
            .unwrap();
        self.ask(request).await
    }

    /// A page of the list as this one sees it.
    pub async fn list(&self, cookie: &str, query: ListQuery) -> Page {
        let query = serde_json::json!({ "query": query }).to_string();
        let answer = self
            .call("/fn/recordings/list", Some(cookie), "application/json", query)
            .await;
        serde_json::from_slice(&answer.body).unwrap()
    }

    pub async fn ask(&self, request: Request<Body>) -> Answer {
        ask(self.router.clone(), request).await
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
