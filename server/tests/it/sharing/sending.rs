//! Sending links: what cannot be sent, what the letters say, and the form where no script runs.

use axum::http::{StatusCode, header};
use backend::mail::{Mailbox, Post, Way};
use model::{
    problem::{Field, Invalid, Problem, Wrong},
    sharing::Standing,
};

use super::{JSON, guest, links, path, press, send, sent};
use crate::{
    house::{Answer, FORM, House, OPERATOR, URL, alaw, form, post},
    review::Calls,
};

/// So many addresses, of which no two are the same.
fn addresses(round: u32, count: u32) -> String {
    let all = (0..count).map(|number| format!("g{round}-{number}@kund.test"));
    all.collect::<Vec<_>>().join(" ")
}

fn wrong(answer: &Answer) -> Vec<(Field, Invalid)> {
    match serde_json::from_slice(&answer.body) {
        Ok(Problem::Invalid(wrong)) => wrong.into_iter().map(|Wrong { field, why }| (field, why)).collect(),
        other => panic!("{other:?}: {}", answer.text()),
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn the_letter_says_what_the_guides_letter_says_in_the_language_chosen() {
    let Calls { house, id, pelle, .. } = Calls::new().await;
    let more = [("message", "Hör på slutet.\r\n<b>Pelle</b>"), ("passcode", "on")];
    let (_, letters) = sent(&house, &pelle, id, &more).await;
    let letter = &letters[0];
    assert_eq!((&*letter.to, &*letter.subject), ("gun@kund.test", "Pelles inspelning"));
    for said in [
        "Här är en samtalsinspelning som du kan lyssna på.",
        "går att använda i 24 timmar",
        "Pelle Persson skriver:",
        "> Hör på slutet.",
        "Riktning: Inkommande",
        "Datum: 2026-11-23",
        "Tid: 11:59:00",
        "Anknytning: a1",
        "Användare: Pelle Persson",
        "Nummer/samtals-ID: 070-174 06 05",
        "Direktnummer (DDI): 08-465 004 01",
        "Samtalstid: 00:00:02",
        "Utvärdering: Nej",
        "Klicka här för att spela upp samtalet:",
        "Länken gäller till tisdag 24 november 2026 12:00:00.",
        "en kod, som du får på annat sätt",
        "Hör av dig till den som skickade brevet.",
        "Tack.",
    ] {
        assert!(letter.text.contains(said), "{said} is not in {}", letter.text);
    }
    for said in [
        "<html lang=\"sv\"",
        "Samtalsinspelning: Samtalsuppgifter och uppspelning</h1>",
        "Direktnummer (DDI)</th>",
        &format!("href=\"{}\"", letter.link()),
    ] {
        assert!(letter.html.contains(said), "{said} is not in {}", letter.html);
    }
    assert!(!letter.html.contains("<b>Pelle</b>"), "a message is no markup");
    let (_, without_code) = sent(&house, &pelle, id, &[]).await;
    let guests = guest(&house, &path(&without_code[0])).await;
    let page = house.get("/shared", Some(&guests)).await.text();
    for text in [&letter.text, &letter.html, &page] {
        for empty in ["Kanal", "Samtalstagg"] {
            assert!(!text.contains(empty), "there is no {empty} to tell of: {text}");
        }
    }
    let (_, letters) = sent(&house, &pelle, id, &[("language", "en")]).await;
    let letter = &letters[0];
    for said in [
        "Here is a call recording for you to listen to.",
        "Sent by Pelle Persson.",
        "Direction: Incoming",
        "Number/call id: 070-174 06 05",
        "Evaluation: No",
        "The link is valid until Tuesday 24 November 2026 12:00:00.",
        "Get in touch with whoever sent this letter.",
    ] {
        assert!(letter.text.contains(said), "{said} is not in {}", letter.text);
    }
    let page = house.get(&path(letter), None).await.text();
    assert!(page.contains("<html lang=\"en\"") && page.contains("has sent you a call recording"));
    let guest = guest(&house, &path(letter)).await;
    let page = house.get("/shared", Some(&guest)).await.text();
    for said in [
        "The link is valid until 24 Nov 2026 12:00:00.",
        "Sent by Pelle Persson.",
    ] {
        assert!(page.contains(said), "{said} is not in {page}");
    }
    let chosen = house.get("/shared", Some(&format!("{guest}; locale=sv"))).await.text();
    assert!(chosen.contains("<html lang=\"sv\""), "who comes may choose");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_the_companys_own_is_told_where_the_sender_says_so() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    let tag = model::bulk::Deed::Tag(Some("Kampanj".into()));
    crate::bulk::mark(&house, &eva, &model::bulk::Selection::one(id), &tag).await;
    let own = ["Anknytning", "Samtalstagg", "Kampanj", "Utvärdering"];
    for (internal, message, by) in [
        ("on", "Hör på slutet.", "Pelle Persson skriver:"),
        ("", "", "Skickad av Pelle Persson."),
    ] {
        let (_, letters) = sent(&house, &pelle, id, &[("internal", internal), ("message", message)]).await;
        let (letter, guest) = (&letters[0], guest(&house, &path(&letters[0])).await);
        let page = house.get("/shared", Some(&guest)).await.text();
        let opened = house.call("/fn/sharing/opened", Some(&guest), JSON, "{}").await.text();
        for text in [&letter.text, &letter.html, &page] {
            for word in own {
                assert_eq!(text.contains(word), internal == "on", "{word}: {text}");
            }
            assert!(text.contains("Pelle Persson") && text.contains(message), "{text}");
        }
        assert!(letter.text.contains(by) && page.contains(by), "{page}");
        // Nor does it travel where it is not shown.
        assert_eq!(opened.contains("Kampanj"), internal == "on", "{opened}");
        assert_eq!(opened.contains("\"extension\":\"a1\""), internal == "on", "{opened}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_file_is_not_called_by_the_extension_where_the_letter_does_not_tell_it() {
    let Calls { house, eva, .. } = Calls::new().await;
    let of_nobody = house.recording("c-9", "a9", alaw()).await;
    for (internal, called) in [("on", "_a9_"), ("", "_")] {
        let more = [("internal", internal), ("download", "on")];
        let (_, letters) = sent(&house, &eva, of_nobody, &more).await;
        let guest = guest(&house, &path(&letters[0])).await;
        let file = house.get(&format!("/media/{of_nobody}/download"), Some(&guest)).await;
        let name = format!("filename=\"20261123_115900{called}+46701740605_+46846500401.wav\"");
        let disposition = file.header(header::CONTENT_DISPOSITION);
        assert!(disposition.contains(&name), "{disposition}");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn of_one_who_has_no_name_there_is_no_line() {
    let Calls { house, eva, .. } = Calls::new().await;
    let of_nobody = house.recording("c-9", "a9", alaw()).await;
    for internal in ["on", ""] {
        let (_, letters) = sent(&house, &eva, of_nobody, &[("internal", internal)]).await;
        let (letter, guest) = (&letters[0], guest(&house, &path(&letters[0])).await);
        let page = house.get("/shared", Some(&guest)).await.text();
        let opened = house.call("/fn/sharing/opened", Some(&guest), JSON, "{}").await.text();
        assert!(opened.contains("\"person\":null"), "{opened}");
        for text in [&letter.text, &letter.html, &page] {
            assert!(text.contains("Riktning") && !text.contains("Användare"), "{text}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_cannot_be_sent_is_said_at_its_field_and_nothing_leaves() {
    let Calls { house, id, pelle, .. } = Calls::new().await;
    let before = house.fixture.state().await;
    let twenty_one = addresses(0, 21);
    let long = "a".repeat(1_001);
    for (more, expected) in [
        (
            vec![
                ("receivers", "gun@kund.test, ove"),
                ("subject", " "),
                ("message", &*long),
            ],
            vec![
                (Field::Receivers, Invalid::NoAddress { text: "ove".into() }),
                (Field::Subject, Invalid::Missing),
                (Field::Message, Invalid::TooLong { most: 1_000 }),
            ],
        ),
        (vec![("receivers", " , ")], vec![(Field::Receivers, Invalid::Missing)]),
        (
            vec![("receivers", &*twenty_one)],
            vec![(Field::Receivers, Invalid::TooMany { most: 20 })],
        ),
        (
            vec![("receivers", "kund@exempel")],
            vec![(
                Field::Receivers,
                Invalid::NoAddress {
                    text: "kund@exempel".into(),
                },
            )],
        ),
        (
            vec![("subject", "Hej\r\nBcc: alla@kund.test")],
            vec![(Field::Subject, Invalid::Characters)],
        ),
        (
            vec![("subject", "Hej\u{202e}jeH")],
            vec![(Field::Subject, Invalid::Characters)],
        ),
        (vec![("language", "xx")], vec![(Field::Language, Invalid::Unknown)]),
    ] {
        let answer = send(&house, &pelle, id, &more).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{more:?}");
        assert_eq!(wrong(&answer), expected, "{more:?}");
    }
    assert_eq!(before, house.fixture.state().await);
    assert!(house.post().await.is_empty());
}

/// As a browser sends a form of a page that has not woken.
async fn plain(house: &House, cookie: &str, back: &str, fields: &[(&str, &str)]) -> Answer {
    let mut asked = post("/fn/sharing/send", Some(cookie), FORM, form(fields));
    let headers = asked.headers_mut();
    headers.insert(header::ACCEPT, "text/html".parse().unwrap());
    headers.insert(header::REFERER, format!("{URL}{back}").parse().unwrap());
    house.ask(asked).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn without_scripts_nothing_typed_is_lost_and_the_passcode_is_shown_once() {
    let Calls { house, id, pelle, .. } = Calls::new().await;
    let (back, number) = (format!("/recordings/{id}?part=share"), id.to_string());
    let message = "Hör på slutet. ".repeat(40);
    let mut fields = [
        ("id", &*number),
        ("receivers", "gun@kund.test, ove"),
        ("subject", "Ett ämne"),
        ("message", &*message),
        ("language", "en"),
        ("passcode", "on"),
    ];
    let refused = plain(&house, &pelle, &back, &fields).await;
    assert_eq!(refused.status, StatusCode::FOUND, "{}", refused.text());
    let again = refused.header(header::LOCATION).trim_start_matches(URL).to_owned();
    let page = house
        .get(&again, Some(&format!("{pelle}; {}", refused.cookie("typed"))))
        .await
        .text();
    for kept in [
        "value=\"gun@kund.test, ove\"",
        "value=\"Ett ämne\"",
        message.trim(),
        "”ove” är ingen e-postadress",
    ] {
        assert!(page.contains(kept), "{kept} is not in {page}");
    }
    let ticked = |page: &str, name: &str| {
        let input = page
            .split("<input")
            .find(|input| input.contains(&format!("name=\"{name}\"")));
        input.unwrap().split('>').next().unwrap().contains("checked")
    };
    assert!(ticked(&page, "passcode") && !ticked(&page, "download") && !ticked(&page, "internal"));
    let begun = house.get(&back, Some(&pelle)).await.text();
    assert!(ticked(&begun, "internal") && !ticked(&begun, "passcode"));
    let english = page
        .split("<option")
        .skip(1)
        .find(|option| option.contains("value=\"en\""))
        .unwrap();
    assert!(english.split('>').next().unwrap().contains("selected"));
    fields[1] = ("receivers", "gun@kund.test");
    let done = plain(&house, &pelle, &back, &fields).await;
    assert_eq!(done.status, StatusCode::FOUND);
    let told = format!("{pelle}; {}", done.cookie("told"));
    let first = house.get(&back, Some(&told)).await;
    let page = first.text();
    let code = page
        .split("class=\"passcode\">")
        .nth(1)
        .unwrap()
        .split('<')
        .next()
        .unwrap()
        .to_owned();
    assert!(page.contains("Länken är på väg") && code.len() == 9, "{code}");
    assert_eq!(first.cookie("told"), "told=", "it is shown once");
    let letters = house.post().await;
    let opened = press(&house, &path(&letters[0]), &code).await;
    assert_eq!(opened.header(header::LOCATION), "/shared");
    assert!(!house.get(&back, Some(&pelle)).await.text().contains(&code));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_sender_sends_to_a_hundred_in_an_hour() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    for round in 0..5 {
        let twenty = addresses(round, 20);
        assert_eq!(
            send(&house, &pelle, id, &[("receivers", &twenty)]).await.status,
            StatusCode::OK
        );
    }
    let refused = send(&house, &pelle, id, &[]).await;
    assert_eq!(
        wrong(&refused),
        [(Field::Receivers, Invalid::TooManyAnHour { most: 100 })]
    );
    assert_eq!(send(&house, &eva, id, &[]).await.status, StatusCode::OK, "others may");
    house.fixture.clock.move_by(3_600_000);
    let pelle = house.sign_in("a1@hark.test").await;
    assert_eq!(send(&house, &pelle, id, &[]).await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn who_presses_twice_sends_one_letter_and_is_told_a_passcode_that_opens_it() {
    let Calls { house, id, pelle, .. } = Calls::new().await;
    let more = [("passcode", "on")];
    let (first, letters) = sent(&house, &pelle, id, &more).await;
    let (again, none) = sent(&house, &pelle, id, &more).await;
    assert_eq!((letters.len(), none.len()), (1, 0));
    assert_eq!((first.receivers, again.receivers), (1, 1));
    let (before, code) = (first.passcode.unwrap(), again.passcode.unwrap());
    let path = path(&letters[0]);
    assert_eq!(
        press(&house, &path, &before).await.header(header::LOCATION),
        format!("{path}?passcode=wrong")
    );
    assert_eq!(press(&house, &path, &code).await.header(header::LOCATION), "/shared");
    assert_eq!(links(&house, &pelle, id).await.len(), 1);
    // Whoever was not among them has one, and so has everyone who is written something else.
    let both = [("passcode", "on"), ("receivers", "gun@kund.test ove@kund.test")];
    let (_, letters) = sent(&house, &pelle, id, &both).await;
    assert_eq!(
        letters.iter().map(|letter| &*letter.to).collect::<Vec<_>>(),
        ["ove@kund.test"]
    );
    let other = [("passcode", "on"), ("message", "Hör på slutet.")];
    assert_eq!(sent(&house, &pelle, id, &other).await.1.len(), 1);
    // Ten seconds later it is meant.
    house.fixture.clock.move_by(9_999);
    assert_eq!(sent(&house, &pelle, id, &more).await.1.len(), 0);
    house.fixture.clock.move_by(1);
    assert_eq!(sent(&house, &pelle, id, &more).await.1.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_letter_that_is_not_taken_is_said_with_its_reason_and_tried_again() {
    let Calls { house, id, pelle, .. } = Calls::new().await;
    assert_eq!(send(&house, &pelle, id, &[]).await.status, StatusCode::OK);
    let blocked = house.fixture.folder.path().join("blocked");
    std::fs::write(&blocked, b"a file where a folder should be").unwrap();
    let from: Mailbox = "Hark <hark@hark.test>".parse().unwrap();
    let post = Post {
        way: &Way::Folder(blocked),
        from: &from,
        stationery: &app::Paper,
        url: URL,
    };
    assert_eq!(house.backend().deliver(OPERATOR, &post).await.unwrap(), 0);
    let link = links(&house, &pelle, id).await.remove(0);
    assert!(
        link.standing == Standing::Unsent && link.standing.is_open() && link.fault.is_some(),
        "{link:?}"
    );
    let page = house
        .get(&format!("/recordings/{id}?part=share"), Some(&pelle))
        .await
        .text();
    assert!(page.contains("Brevet är inte skickat"), "{page}");
    house.fixture.clock.move_by(60_000);
    assert_eq!(house.post().await.len(), 1);
    let link = links(&house, &pelle, id).await.remove(0);
    assert_eq!((link.standing, link.fault), (Standing::Valid, None));
}
