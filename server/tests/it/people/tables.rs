//! People read from a file.

use super::*;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_table_shows_what_it_would_do_and_then_does_just_that() {
    let house = House::with_people().await;
    let eva = house.sign_in("eva@hark.test").await;
    let file = "Förnamn;Efternamn;Anknytning;Avdelning;Spelas in;Roll\n\
                Pelle;Persson;a1;Support;nej;Super\n\
                Tilda;Ny;a7;Support;ja;\n\
                Åsa;Öström;a3;Ekonomi;ja;\n\
                Fel;Rad;a b;;kanske;\n";
    let id = house.upload(&eva, "folk.csv", file.as_bytes()).await;
    let before = house.fixture.state().await;
    let shown = plan(&house, &eva, id).await;
    assert_eq!(
        (shown.new, shown.changed, shown.same, shown.wrong),
        (1, 1, 1, 1),
        "{shown:?}"
    );
    assert!(
        matches!(&shown.lines[0].change, Change::Edit(fields) if fields.len() == 2),
        "{:?}",
        shown.lines[0]
    );
    assert_eq!(before, house.fixture.state().await, "showing changes nothing");
    let carry_out = async |digest: &str| {
        let body = form(&[("id", &id.to_string()), ("digest", digest)]);
        house.call("/fn/people/import", Some(&eva), FORM, body).await
    };
    assert_eq!(carry_out("something else").await.text(), "\"Changed\"");
    assert_eq!(before, house.fixture.state().await);
    assert_eq!(carry_out(&shown.digest).await.status, StatusCode::OK);
    let pelle = &list(&house, &eva, "Pelle").await.rows[0];
    assert_eq!(
        (pelle.department.as_deref(), pelle.recording_active),
        (Some("Support"), false)
    );
    assert_eq!(
        pelle.role,
        Some(model::account::Role::MyConsole),
        "a file gives no role"
    );
    assert_eq!(list(&house, &eva, "Tilda").await.total, 1);
    assert_eq!(carry_out(&shown.digest).await.status, StatusCode::NOT_FOUND, "once");
    // What is exported is read in again, and changes nothing.
    for (kind, name) in [("csv", "medarbetare.csv"), ("xlsx", "medarbetare.xlsx")] {
        let table = house.get(&format!("/configuration/people.{kind}"), Some(&eva)).await;
        assert!(table.header(header::CONTENT_DISPOSITION).contains(name));
        let answer = house.upload(&eva, name, &table.body).await;
        let again = plan(&house, &eva, answer).await;
        assert_eq!(
            (again.new, again.changed, again.wrong, again.same),
            (0, 0, 0, 4),
            "{kind}: {again:?}"
        );
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_file_is_its_owners_alone() {
    let house = House::with_people().await;
    let eva = house.sign_in("eva@hark.test").await;
    let id = house.upload(&eva, "folk.csv", b"first_name\nTilda\n").await;
    let new = backend::account::NewAccount {
        email: "bo@hark.test".into(),
        password: backend::account::FirstPassword::Own(crate::house::PASSWORD.into()),
        role: model::account::Role::Super,
        departments: vec![],
        agreed: true,
    };
    house.backend().add_account(OPERATOR, new).await.unwrap();
    let bo = house.sign_in("bo@hark.test").await;
    let body = json!({ "id": id }).to_string();
    let answer = house.call("/fn/people/plan", Some(&bo), "application/json", body).await;
    assert_eq!(answer.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_file_with_a_sign_that_no_text_has_is_refused() {
    let house = House::with_people().await;
    let eva = house.sign_in("eva@hark.test").await;
    for file in [&b"first_name\nTil\0da\n"[..], b"first_name;a\0\nTilda;x\n"] {
        let sent = multipart("folk.csv", file);
        let refused = house.call("/fn/people/upload", Some(&eva), MULTIPART, sent).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        let problem: Problem = serde_json::from_slice(&refused.body).unwrap();
        assert_eq!(problem, Problem::invalid(Field::Table, Invalid::Characters));
    }
}
