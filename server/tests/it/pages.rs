//! Pages as the server sends them: complete before any script runs.

mod once;
mod rights;

use std::time::Duration;

use axum::{
    body::Body,
    http::{Method, StatusCode, header},
};

use crate::house::{FORM, House, alaw, request};

/// What the framework writes when nothing of a page is missing.
const LAST: &str = "__INCOMPLETE_CHUNKS=[];</script>";

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn an_unclaimed_instance_answers_every_address_with_its_setup() {
    let house = House::empty().await;
    for path in [
        "/",
        "/signin",
        "/forgot",
        "/set-password/x",
        "/agreement",
        "/account",
        "/recordings",
        "/recordings/7",
        "/help",
        "/nowhere",
    ] {
        let answer = house.get(path, None).await;
        assert_eq!(
            (answer.status, answer.header(header::LOCATION)),
            (StatusCode::SEE_OTHER, "/setup"),
            "{path}"
        );
    }
    assert_eq!(house.get("/media/7", None).await.status, StatusCode::NOT_FOUND);
    let setup = house.get("/setup", None).await;
    assert_eq!(setup.status, StatusCode::OK);
    assert!(setup.text().contains("name=\"code\""));
}

/// To find its pages the server makes the app once, and lets go of it. A question that it asked would panic where it had its turn
/// meanwhile.
#[tokio::test]
async fn finding_the_pages_asks_nothing() {
    assert!(server::serve::addresses().len() > 30);
    assert_eq!(tokio::runtime::Handle::current().metrics().num_alive_tasks(), 0);
}

/// Asked for its head alone a page is made all the same, and so it is as closed to strangers.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_asks_for_the_head_of_a_page_comes_no_further() {
    let house = House::with_people().await;
    let eva = house.sign_in("eva@hark.test").await;
    let head = async |cookie: Option<&str>| {
        let asked = request(Method::HEAD, "/recordings", cookie)
            .body(Body::empty())
            .unwrap();
        house.ask(asked).await.status
    };
    assert_eq!(head(None).await, StatusCode::SEE_OTHER);
    assert_eq!(head(Some(&eva)).await, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn only_the_code_claims_and_it_claims_once() {
    let house = House::empty().await;
    let code = house
        .backend()
        .setup_code(crate::house::OPERATOR)
        .await
        .unwrap()
        .unwrap();
    let claim = async |code: &str, email: &str| {
        let form = format!("code={code}&company=Lingon+AB&email={email}%40hark.test&password=Sommar-2026%21");
        house
            .call("/fn/setup/claim", None, "application/x-www-form-urlencoded", form)
            .await
    };
    assert!(claim("AAAA-AAAA-AAAA", "eva").await.text().contains("WrongSetupCode"));
    let first = claim(&code.to_lowercase(), "eva").await;
    let cookie = first.header(header::SET_COOKIE).split(';').next().unwrap().to_owned();
    assert!(cookie.starts_with("session="), "{}", first.text());
    assert!(claim(&code, "mallory").await.text().contains("AlreadyClaimed"));
    let home = house.get("/", Some(&cookie)).await;
    assert_eq!(
        home.header(header::LOCATION),
        "/agreement?next=/",
        "the agreement comes first"
    );
    let agreement = house.get("/agreement", Some(&cookie)).await;
    assert!(agreement.text().contains("Lingon AB"));
    assert_eq!(house.backend().setup_code(crate::house::OPERATOR).await.unwrap(), None);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_company_speaks_as_whoever_claims_it() {
    let house = House::empty().await;
    let code = house.backend().setup_code(crate::house::OPERATOR).await.unwrap();
    let body = format!(
        "code={}&company=Lingon+AB&email=eva%40hark.test&password=Sommar-2026%21",
        code.unwrap()
    );
    let claimed = house.call("/fn/setup/claim", Some("locale=en"), FORM, body).await;
    assert_eq!(claimed.status, StatusCode::OK, "{}", claimed.text());
    assert!(house.get("/signin", None).await.text().contains("<html lang=\"en\""));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_list_and_a_recording_are_whole_in_the_first_answer() {
    let house = House::with_people().await;
    let id = house.recording("c-1", "a1", alaw()).await;
    let cookie = house.sign_in("a1@hark.test").await;
    let list = house.get("/recordings", Some(&cookie)).await.text();
    for word in [
        "<html lang=\"sv\"",
        "Samtalsinspelningar",
        "Pelle Persson",
        "070-174 06 05",
        "08-465 004 01",
        "11:59:00",
        "00:02",
        "2026-11-23",
        "Inkommande",
    ] {
        assert!(list.contains(word), "the list lacks {word}");
    }
    assert!(
        list.contains(&format!("href=\"/recordings/{id}")) && list.contains(&format!("href=\"/media/{id}/download\""))
    );
    let page = house.get(&format!("/recordings/{id}"), Some(&cookie)).await.text();
    assert!(
        page.contains("class=\"wave-svg\"") && page.contains(&format!("src=\"/media/{id}\"")),
        "no waveform in the first answer"
    );
    assert!(page.ends_with(LAST));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_language_is_the_companys_until_someone_chooses() {
    let house = House::with_people().await;
    let cookie = house.sign_in("a1@hark.test").await;
    let english = format!("{cookie}; locale=en");
    let asked =
        crate::house::request(Method::GET, "/recordings", Some(&cookie)).header(header::ACCEPT_LANGUAGE, "en-GB,en");
    let swedish = house.ask(asked.body(Body::empty()).unwrap()).await.text();
    assert!(swedish.contains("<html lang=\"sv\"") && swedish.contains("Samtalsinspelningar"));
    let chosen = house.get("/recordings", Some(&english)).await.text();
    assert!(
        chosen.contains("<html lang=\"en\"")
            && chosen.contains("Call recordings")
            && !chosen.contains("Samtalsinspelningar")
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_page_is_answered_to_its_end_two_hundred_times() {
    let house = House::with_people().await;
    let id = house.recording("c-1", "a1", alaw()).await;
    let cookie = house.sign_in("a1@hark.test").await;
    for path in [
        "/",
        "/recordings",
        &format!("/recordings/{id}"),
        "/help",
        "/nowhere",
        "/recordings/7",
    ] {
        let wanted = if ["/nowhere", "/recordings/7"].contains(&path) {
            StatusCode::NOT_FOUND
        } else {
            StatusCode::OK
        };
        // Eight at a time: what one page leaves behind on a thread must not trip the next.
        for _ in 0..25 {
            let eight = (0..8).map(|_| {
                let (router, request) = (
                    house.router.clone(),
                    crate::house::request(Method::GET, path, Some(&cookie)),
                );
                tokio::spawn(crate::house::ask(router, request.body(Body::empty()).unwrap()))
            });
            let answers = tokio::time::timeout(Duration::from_mins(1), futures_util::future::join_all(eight)).await;
            for answer in answers.unwrap_or_else(|_| panic!("{path} was never finished")) {
                let answer = answer.unwrap();
                assert_eq!(answer.status, wanted, "{path}: {}", answer.text());
                assert!(answer.text().ends_with(LAST), "{path} ended early");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_people_write_stays_text() {
    let house = House::with_people().await;
    let eva = house.sign_in("eva@hark.test").await;
    let hostile = "</textarea></title><script>alert(1)</script><img src=x onerror=alert(2)> & \"'";
    let save = crate::house::form(&[("agreement", hostile)]);
    let kind = crate::house::FORM;
    let saved = house
        .call("/fn/configuration/set-agreement", Some(&eva), kind, save)
        .await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.text());
    let person = crate::house::form(&[
        ("first_name", hostile),
        ("last_name", hostile),
        ("email", ""),
        ("title", hostile),
        ("extension", "a77"),
        ("numbers", ""),
        ("district", hostile),
        ("department", hostile),
        ("cost_center", ""),
        ("office", ""),
    ]);
    let saved = house.call("/fn/people/save", Some(&eva), kind, person).await;
    assert_eq!(saved.status, StatusCode::OK, "{}", saved.text());
    let address: String = serde_json::from_slice(&saved.body).unwrap();
    house.recording("c-1", "a77", alaw()).await;
    let asa = house.sign_in("a3@hark.test").await;
    for (path, cookie) in [
        ("/configuration/sign-in", &eva),
        ("/configuration/people", &eva),
        (address.as_str(), &eva),
        ("/configuration/roles/new", &eva),
        ("/recordings", &eva),
        ("/agreement", &asa),
    ] {
        let page = house.get(path, Some(cookie)).await.text();
        assert!(page.contains("alert(1)"), "{path} does not show it");
        assert!(
            !page.contains("<script>alert") && !page.contains("<img src=x"),
            "it has become markup on {path}"
        );
    }
    let page = house.get("/configuration/sign-in", Some(&eva)).await.text();
    assert!(page.contains("&lt;/textarea&gt;"), "the field holds the text");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn another_sites_request_does_nothing() {
    let house = House::with_people().await;
    let cookie = house.sign_in("a1@hark.test").await;
    for (name, value) in [
        ("sec-fetch-site", "cross-site"),
        ("sec-fetch-site", "same-site"),
        ("sec-fetch-site", "none"),
        ("origin", "https://evil.example"),
        ("origin", "null"),
        ("x-nothing", "x"),
    ] {
        let asked = crate::house::request(Method::POST, "/fn/account/sign-out", Some(&cookie))
            .header(name, value)
            .header(header::REFERER, "https://evil.example/x")
            .header(header::ACCEPT, "text/html")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let answer = house.ask(asked.body(Body::empty()).unwrap()).await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{name}: {value}");
        assert!(!answer.header(header::LOCATION).contains("evil"));
    }
    assert_eq!(
        house.get("/recordings", Some(&cookie)).await.status,
        StatusCode::OK,
        "the session has survived them all"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_cannot_be_read_is_the_askers_fault_and_breaks_nothing() {
    let house = House::with_people().await;
    let eva = house.sign_in("eva@hark.test").await;
    let json = "application/json";
    let long = "x".repeat(2 << 20);
    for (path, kind, body, status) in [
        ("/fn/recordings/list", json, r#"{"query":7}"#, 400),
        ("/fn/recordings/list", json, "{", 400),
        ("/fn/recordings/list", json, &"[".repeat(100_000), 400),
        ("/fn/recordings/list", FORM, "query=7", 400),
        ("/fn/people/list", json, r#"{"query":{"search":"\u0000"}}"#, 400),
        (
            "/fn/people/list",
            json,
            r#"{"query":{"search":"50%00","department":null,"skip":0}}"#,
            200,
        ),
        ("/fn/account/sign-in", FORM, "email=%FF", 400),
        ("/fn/account/sign-in", FORM, "email=a%00%40hark.test&password=x", 400),
        ("/fn/account/sign-in", json, "email=a%00%40hark.test&password=x", 400),
        (
            "/fn/people/list",
            "Application/JSON",
            r#"{"query":{"search":"\u0000"}}"#,
            400,
        ),
        ("/fn/people/list", "text/plain", r#"{"query":{"search":"\u0000"}}"#, 400),
        ("/fn/account/sign-in", FORM, &long, 413),
        ("/fn/people/upload", "text/plain", "x", 415),
        ("/fn/people/upload", "multipart/form-data", "x", 415),
        ("/fn/people/upload", "multipart/form-data; boundary=x", "x", 422),
    ] {
        let answer = house.call(path, Some(&eva), kind, body).await;
        assert_eq!(answer.status.as_u16(), status, "{path} {:.60} {}", body, answer.text());
    }
    let mut pieces = request(Method::POST, "/fn/account/sign-in", None);
    pieces = pieces
        .header("sec-fetch-site", "same-origin")
        .header(header::CONTENT_TYPE, FORM);
    let stream = futures_util::stream::repeat_with(|| Ok::<_, std::io::Error>("x".repeat(1_000)));
    let endless = pieces.body(Body::from_stream(stream)).unwrap();
    assert_eq!(house.ask(endless).await.status, StatusCode::PAYLOAD_TOO_LARGE);
    for address in [
        "/recordings?q=a%00b",
        "/api/v1/people/a%00b",
        "/api/v1/people?after=%00",
    ] {
        assert_eq!(
            house.get(address, Some(&eva)).await.status,
            StatusCode::BAD_REQUEST,
            "{address}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_answer_carries_its_policy() {
    let house = House::with_people().await;
    let cookie = house.sign_in("a1@hark.test").await;
    for path in ["/recordings", "/nowhere", "/media/7", "/healthz", "/assets/nothing"] {
        let answer = house.get(path, Some(&cookie)).await;
        let policy = answer.header(header::CONTENT_SECURITY_POLICY);
        assert!(
            policy.contains("frame-ancestors 'none'") && !policy.contains("unsafe-inline"),
            "{path}: {policy}"
        );
        assert_eq!(answer.header(header::X_CONTENT_TYPE_OPTIONS), "nosniff", "{path}");
    }
    let page = house.get("/recordings", Some(&cookie)).await;
    let nonce = page
        .header(header::CONTENT_SECURITY_POLICY)
        .split("'nonce-")
        .nth(1)
        .unwrap()
        .split('\'')
        .next()
        .unwrap()
        .to_owned();
    for script in page.text().split("<script").skip(1) {
        let own =
            script.starts_with(" type=\"module\" async src=") || script.starts_with(&format!(" nonce=\"{nonce}\""));
        // The words' provider leaves an empty one behind.
        assert!(
            own || script.starts_with("></script>"),
            "a script without the nonce: <script{}",
            &script[..60]
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_leaves_is_small_where_the_browser_can_read_it_so_and_sound_stays_as_it_is() {
    let house = House::with_people().await;
    let id = house.recording("call", "a1", alaw()).await;
    let cookie = house.sign_in("eva@hark.test").await;
    let whole = house.get("/recordings?period=all", Some(&cookie)).await.body.len();
    for coding in ["gzip", "zstd"] {
        let ask = async |path: &str| {
            let asked = request(Method::GET, path, Some(&cookie)).header(header::ACCEPT_ENCODING, coding);
            house.ask(asked.body(Body::empty()).unwrap()).await
        };
        let page = ask("/recordings?period=all").await;
        assert_eq!(page.header(header::CONTENT_ENCODING), coding);
        assert!(page.body.len() * 3 < whole, "{} of {whole}", page.body.len());
        let sound = ask(&format!("/media/{}", id.0)).await;
        assert_eq!(
            (sound.status, sound.header(header::CONTENT_ENCODING)),
            (StatusCode::OK, "")
        );
    }
}
