//! Letters over real SMTP: a server that takes them, one that refuses, one that says "later", one that says nothing, and
//! none at all.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{Child, Command, Stdio},
    time::Duration,
};

use axum::http::StatusCode;
use backend::mail::{Mailbox, Post, Way};
use model::letter::{Letter, LetterFault, LetterRow, Progress};
use tempfile::TempDir;

use crate::{
    house::{FORM, House, OPERATOR, URL, form, read_letter},
    review::Calls,
    sharing,
};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;

/// A mail server; ends with this.
struct Server {
    process: Child,
    folder: TempDir,
    way: Way,
}

impl Server {
    fn start(mode: &str) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let mut process = Command::new("/usr/bin/python3")
            .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/smtp.py"))
            .args([folder.path().as_os_str(), mode.as_ref()])
            .stdout(Stdio::piped())
            .spawn()
            .unwrap();
        let mut port = String::new();
        BufReader::new(process.stdout.take().unwrap())
            .read_line(&mut port)
            .unwrap();
        let way = way(&format!("smtp://127.0.0.1:{}", port.trim()));
        Self { process, folder, way }
    }

    /// What it has taken, raw.
    fn taken(&self) -> Vec<Vec<u8>> {
        let mut files: Vec<_> = std::fs::read_dir(self.folder.path())
            .unwrap()
            .map(|file| file.unwrap().path())
            .collect();
        files.retain(|file| file.extension().is_some_and(|end| end == "eml"));
        files.sort();
        files.into_iter().map(|file| std::fs::read(file).unwrap()).collect()
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended on its own.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn way(address: &str) -> Way {
    Way::server(address, "hark.test", Duration::from_millis(400)).unwrap()
}

async fn deliver(house: &House, way: &Way) -> usize {
    let from: Mailbox = "Hark <hark@hark.test>".parse().unwrap();
    let post = Post {
        way,
        from: &from,
        stationery: &app::Paper,
        url: URL,
    };
    house.backend().deliver(OPERATOR, &post).await.unwrap()
}

async fn first(house: &House) -> LetterRow {
    let way = Way::Folder("nowhere".into());
    house.backend().outbox(OPERATOR, &way).await.unwrap().letters.remove(0)
}

/// What the server said of it.
fn said(row: &LetterRow) -> Option<&str> {
    match &row.fault {
        Some(LetterFault::Said(words)) => Some(words),
        _ => None,
    }
}

fn is_skipped() -> bool {
    #[expect(
        clippy::disallowed_methods,
        reason = "a switch of the tests, which are started with it"
    )]
    std::env::var_os("HARK_SKIP_SMTP").is_some()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_is_handed_over_once_and_whole() {
    if is_skipped() {
        return;
    }
    let (house, server) = (House::with_people().await, Server::start("take"));
    house
        .backend()
        .post_test(OPERATOR, "asa@hark.test", "en")
        .await
        .unwrap();
    // Two of one house at once: a letter is in one hand only.
    let (one, two) = tokio::join!(deliver(&house, &server.way), deliver(&house, &server.way));
    assert_eq!((one + two, deliver(&house, &server.way).await), (1, 0));
    let taken = server.taken();
    assert_eq!(taken.len(), 1);
    let letter = read_letter(&taken[0]);
    assert_eq!(
        (letter.to.as_str(), letter.subject.as_str()),
        ("asa@hark.test", "Test letter from Hark")
    );
    assert!(letter.text.contains("Hark's letters arrive") && letter.html.contains("<html lang=\"en\""));
    let raw = String::from_utf8(taken[0].clone()).unwrap();
    assert!(
        raw.contains("Auto-Submitted: auto-generated") && raw.contains("@hark.test>"),
        "{raw}"
    );
    assert!(matches!(first(&house).await.progress, Progress::Sent { .. }));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_says_later_is_asked_later_with_the_same_letter() {
    if is_skipped() {
        return;
    }
    let (house, server) = (House::with_people().await, Server::start("greylist"));
    house.backend().ask_reset("a1@hark.test", None).await.unwrap();
    assert_eq!(deliver(&house, &server.way).await, 0);
    let row = first(&house).await;
    assert!(
        said(&row).is_some_and(|said| said.contains("come back later")),
        "{row:?}"
    );
    assert_eq!(deliver(&house, &server.way).await, 0, "not at once");
    house.fixture.clock.move_by(MINUTE);
    assert_eq!(deliver(&house, &server.way).await, 1);
    let letter = read_letter(&server.taken()[0]);
    let page = house.get(&letter.link()[URL.len()..], None).await;
    assert!(
        page.text().contains("a1@hark.test"),
        "the link in the letter that arrived is the good one"
    );
}

/// By what mail programs know a letter.
fn number(letter: &[u8]) -> String {
    let parsed = mail_parser::MessageParser::default().parse(letter).unwrap();
    parsed.message_id().unwrap().to_owned()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn of_a_letter_that_arrives_twice_no_link_is_dead() {
    if is_skipped() {
        return;
    }
    let Calls { house, id, pelle, .. } = Calls::new().await;
    let server = Server::start("lose");
    let sent = sharing::send(&house, &pelle, id, &[]).await;
    assert!(sent.status.is_success(), "{}", sent.text());
    assert_eq!(deliver(&house, &server.way).await, 0, "nobody says that it was taken");
    house.fixture.clock.move_by(MINUTE);
    // On another connection: the first still waits.
    assert_eq!(deliver(&house, &way(&server.way.to_string())).await, 1);
    let taken = server.taken();
    assert_eq!(taken.len(), 2);
    assert_ne!(number(&taken[0]), number(&taken[1]), "another link is another letter");
    let paths = [&taken[0], &taken[1]].map(|letter| sharing::path(&read_letter(letter)));
    assert_ne!(paths[0], paths[1]);
    for path in &paths {
        sharing::guest(&house, path).await;
    }
    let links = sharing::links(&house, &pelle, id).await;
    assert_eq!((links.len(), links[0].opened), (1, 2));
    let close = form(&[("id", &links[0].id.to_string())]);
    house.call("/fn/sharing/close", Some(&pelle), FORM, close).await;
    for path in &paths {
        assert_eq!(
            house.get(path, None).await.status,
            StatusCode::GONE,
            "and closed is closed"
        );
    }
    // What holds no secret is the same letter, however often it arrives.
    let server = Server::start("lose");
    house
        .backend()
        .post_test(OPERATOR, "eva@hark.test", "sv")
        .await
        .unwrap();
    deliver(&house, &server.way).await;
    house.fixture.clock.move_by(MINUTE);
    deliver(&house, &way(&server.way.to_string())).await;
    let taken = server.taken();
    assert_eq!((taken.len(), number(&taken[0])), (2, number(&taken[1])));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_subject_arrives_as_it_was_typed_and_an_answer_reaches_the_sender() {
    if is_skipped() {
        return;
    }
    let (Calls { house, id, pelle, .. }, server) = (Calls::new().await, Server::start("take"));
    let subjects = [
        "=?utf-8?q?Faktura?=",
        "Åsas =?iso-8859-1?B?RmFrdHVyYQ==?= med många ord efter sig, så att den blir längre än en rad är",
        "Räksmörgås = 100 % ?",
    ];
    for subject in subjects {
        let sent = sharing::send(&house, &pelle, id, &[("subject", subject)]).await;
        assert!(sent.status.is_success(), "{}", sent.text());
    }
    assert_eq!(deliver(&house, &server.way).await, 3);
    let taken = server.taken();
    let mut arrived: Vec<String> = taken.iter().map(|letter| read_letter(letter).subject).collect();
    arrived.sort_unstable();
    let mut typed = subjects.map(ToOwned::to_owned);
    typed.sort_unstable();
    assert_eq!(arrived, typed);
    for letter in &taken {
        let raw = String::from_utf8_lossy(letter);
        let head = raw.split("\r\n\r\n").next().unwrap();
        let subject = head.lines().skip_while(|line| !line.starts_with("Subject:"));
        let subject = subject.take_while(|line| line.starts_with("Subject:") || line.starts_with(' '));
        assert!(subject.map(str::len).all(|length| length <= 76), "{head}");
        let parsed = mail_parser::MessageParser::default().parse(letter).unwrap();
        let answered = parsed.reply_to().unwrap().first().unwrap();
        assert_eq!(
            (answered.name(), answered.address()),
            (Some("Pelle Persson"), Some("a1@hark.test"))
        );
        let text = parsed.body_text(0).unwrap();
        assert!(text.contains("Ett svar går till den som skickade samtalet."), "{text}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_refused_for_three_days_is_given_up_and_can_be_sent_again() {
    if is_skipped() {
        return;
    }
    let (house, server) = (House::with_people().await, Server::start("refuse"));
    house
        .backend()
        .post_test(OPERATOR, "eva@hark.test", "sv")
        .await
        .unwrap();
    house.backend().ask_reset("a1@hark.test", None).await.unwrap();
    let mut tries = 0;
    for _ in 0..100 {
        deliver(&house, &server.way).await;
        let row = first(&house).await;
        if matches!(row.progress, Progress::GivenUp { .. }) {
            tries = row.tries;
            break;
        }
        assert!(
            said(&row).is_some_and(|said| said.contains("nobody of that name")),
            "{row:?}"
        );
        house.fixture.clock.move_by(HOUR);
    }
    assert!(
        (70..80).contains(&tries),
        "three days of trying, an hour between: {tries}"
    );
    let taking = Server::start("take");
    assert_eq!(deliver(&house, &taking.way).await, 0, "given up is given up");
    house
        .backend()
        .send_again(OPERATOR, first(&house).await.id)
        .await
        .unwrap();
    assert_eq!(deliver(&house, &taking.way).await, 1);
    assert_eq!(taking.taken().len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_server_that_says_nothing_and_one_that_is_not_there_lose_nothing() {
    if is_skipped() {
        return;
    }
    let house = House::with_people().await;
    house
        .backend()
        .post_test(OPERATOR, "eva@hark.test", "sv")
        .await
        .unwrap();
    let hanging = Server::start("hang");
    assert_eq!(deliver(&house, &hanging.way).await, 0);
    house.fixture.clock.move_by(MINUTE);
    let nowhere = {
        let closed = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        way(&format!("smtp://{}", closed.local_addr().unwrap()))
    };
    assert_eq!(deliver(&house, &nowhere).await, 0);
    let row = first(&house).await;
    assert_eq!((row.tries, row.letter), (2, Letter::Test));
    assert!(row.fault.is_some());
    house.fixture.clock.move_by(2 * MINUTE);
    let taking = Server::start("take");
    assert_eq!(deliver(&house, &taking.way).await, 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_letter_that_cannot_be_written_does_not_stop_the_next() {
    let house = House::with_people().await;
    // A name that would end a header stands in a person's name; the address itself is checked when it is given.
    house
        .backend()
        .post_test(OPERATOR, "eva@hark.test", "sv")
        .await
        .unwrap();
    let blocked = house.fixture.folder.path().join("blocked");
    std::fs::write(&blocked, b"a file where a folder should be").unwrap();
    assert_eq!(deliver(&house, &Way::Folder(blocked)).await, 0);
    let row = first(&house).await;
    assert!(row.fault.is_some() && row.tries == 1, "{row:?}");
    house.fixture.clock.move_by(MINUTE);
    assert_eq!(house.post().await.len(), 1);
}

#[tokio::test]
async fn a_way_is_shown_without_its_secret() {
    let shown = way("smtps://hark:hemligt@mail.example:465").to_string();
    assert!(shown.contains("mail.example") && !shown.contains("hemligt"), "{shown}");
    assert!(Way::server("http://mail.example", "x", Duration::from_secs(1)).is_err());
}
