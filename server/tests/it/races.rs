//! Many who want the same at the same moment: one gets it, the others are told, and nothing is torn. Each on a thread of
//! its own, through the door.

use axum::http::StatusCode;
use backend::account::{FirstPassword, NewAccount, NewRole};
use model::{account::Role, id::AccountId};
use tokio::task::JoinSet;

use crate::house::{Answer, FORM, House, OPERATOR, PASSWORD, form};

const MANY: usize = 8;

/// What each of many gets who calls the function with a body of their own.
async fn at_once(house: &House, path: &str, cookie: Option<&str>, body: impl Fn(usize) -> String) -> Vec<Answer> {
    let mut calls = JoinSet::new();
    for number in 0..MANY {
        let (router, body) = (house.router.clone(), body(number));
        let request = crate::house::post(path, cookie, FORM, body);
        calls.spawn(async move { crate::house::ask(router, request).await });
    }
    calls.join_all().await
}

/// How many were answered so. Everyone was answered one way or the other, and nobody by a fault of ours.
fn count(answers: &[Answer], status: StatusCode) -> usize {
    for answer in answers {
        assert!(!answer.status.is_server_error(), "{}", answer.text());
    }
    answers.iter().filter(|answer| answer.status == status).count()
}

async fn second_super(house: &House) -> AccountId {
    let new = NewAccount {
        email: "ulla@hark.test".into(),
        password: FirstPassword::Own(PASSWORD.into()),
        role: Role::Super,
        departments: vec![],
        agreed: true,
    };
    house.backend().add_account(OPERATOR, new).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_of_many_claims() {
    let house = House::empty().await;
    let code = house.backend().setup_code(OPERATOR).await.unwrap().unwrap();
    let answers = at_once(&house, "/fn/setup/claim", None, |number| {
        form(&[
            ("code", &code),
            ("company", &format!("Bolag {number}")),
            ("email", &format!("nr{number}@hark.test")),
            ("password", PASSWORD),
        ])
    })
    .await;
    assert_eq!(count(&answers, StatusCode::OK), 1);
    let accounts = house
        .backend()
        .accounts(OPERATOR, &backend::account::AccountFilter::default())
        .await
        .unwrap();
    assert_eq!(accounts.len(), 1);
    let company = house.backend().company().await.unwrap().name;
    assert_eq!(
        accounts[0].email,
        company.replace("Bolag ", "nr") + "@hark.test",
        "who claimed it has named it"
    );
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_of_many_redeems_a_link() {
    let house = House::with_people().await;
    for round in 0..3 {
        let ask = form(&[("email", "a1@hark.test")]);
        house.call("/fn/account/forgot", None, FORM, ask).await;
        let link = house.post().await.pop().unwrap().link();
        let token = link.rsplit('/').next().unwrap();
        let answers = at_once(&house, "/fn/account/redeem", None, |number| {
            let password = format!("Blåbär-{round}{number}-kilo!");
            form(&[("token", token), ("new_password", &password), ("again", &password)])
        })
        .await;
        assert_eq!(count(&answers, StatusCode::OK), 1);
        assert_eq!(count(&answers, StatusCode::GONE), MANY - 1);
        house.post().await;
        house.fixture.clock.move_by(2 * 3_600_000);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_mailbox_gets_three_letters_however_many_ask() {
    let house = House::with_people().await;
    let ask = |_| form(&[("email", "a1@hark.test")]);
    let answers = at_once(&house, "/fn/account/forgot", None, ask).await;
    assert_eq!(
        count(&answers, StatusCode::OK),
        MANY,
        "and nobody learns that it is full"
    );
    assert_eq!(house.post().await.len(), 3);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn a_table_is_carried_out_once() {
    let house = House::with_people().await;
    let eva = house.sign_in("eva@hark.test").await;
    let table = "Förnamn;Efternamn;Anknytning\nTilda;Ny;a7\n";
    let id = house.upload(&eva, "folk.csv", table.as_bytes()).await;
    let plan = serde_json::json!({ "id": id }).to_string();
    let plan = house
        .call("/fn/people/plan", Some(&eva), "application/json", plan)
        .await;
    let plan: model::people::Import = serde_json::from_slice(&plan.body).unwrap();
    let carry_out = |_| form(&[("id", &id.to_string()), ("digest", &plan.digest)]);
    let answers = at_once(&house, "/fn/people/import", Some(&eva), carry_out).await;
    assert_eq!(count(&answers, StatusCode::OK), 1);
    assert_eq!(found(&house, "Tilda").await.len(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn one_of_many_takes_an_extension_and_one_changes_a_person() {
    let house = House::with_people().await;
    let eva = house.sign_in("eva@hark.test").await;
    let person = |extra: &[(&str, &str)], title: usize| {
        let title = title.to_string();
        let fields = [
            ("first_name", "Tilda"),
            ("last_name", "Ny"),
            ("email", ""),
            ("title", &title),
            ("extension", "a7"),
            ("numbers", ""),
            ("district", ""),
            ("department", "Helt nytt"),
            ("cost_center", ""),
            ("office", ""),
        ];
        form(&[&fields[..], extra].concat())
    };
    let added = at_once(&house, "/fn/people/save", Some(&eva), |number| person(&[], number)).await;
    assert_eq!(count(&added, StatusCode::OK), 1);
    assert_eq!(count(&added, StatusCode::UNPROCESSABLE_ENTITY), MANY - 1);
    let rows = found(&house, "Tilda").await;
    assert_eq!(rows.len(), 1);
    let id = rows[0].id.to_string();
    let changed = at_once(&house, "/fn/people/save", Some(&eva), |number| {
        person(&[("id", &id), ("version", "1")], number + 10)
    })
    .await;
    assert_eq!(count(&changed, StatusCode::OK), 1);
    assert_eq!(count(&changed, StatusCode::CONFLICT), MANY - 1);
    assert!(
        house
            .backend()
            .department(OPERATOR, "Helt nytt")
            .await
            .unwrap()
            .is_some()
    );
}

async fn found(house: &House, search: &str) -> Vec<model::people::PersonRow> {
    let query = backend::people::PeopleQuery {
        search: search.into(),
        ..Default::default()
    };
    house.backend().people(OPERATOR, &query).await.unwrap().rows
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_administrators_who_demote_each_other_at_once_leave_one() {
    let house = House::with_people().await;
    let ulla = second_super(&house).await;
    let eva = house.account("eva@hark.test").await;
    for _ in 0..10 {
        let demote = |id| {
            let role = NewRole {
                role: Role::MyConsole,
                departments: vec![],
            };
            let backend = house.backend().clone();
            tokio::spawn(async move { (id, backend.set_role(OPERATOR, id, role).await.is_ok()) })
        };
        let (one, two) = (demote(eva), demote(ulla));
        let (one, two) = (one.await.unwrap(), two.await.unwrap());
        assert_ne!(one.1, two.1, "one of them stays");
        let gone = if one.1 { one.0 } else { two.0 };
        let back = NewRole {
            role: Role::Super,
            departments: vec![],
        };
        house.backend().set_role(OPERATOR, gone, back).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn two_administrators_cannot_remove_each_other() {
    let house = House::with_people().await;
    let ulla = second_super(&house).await;
    let eva = house.account("eva@hark.test").await;
    let (one, two) = tokio::join!(
        house.backend().remove_account(OPERATOR, eva),
        house.backend().set_active(OPERATOR, ulla, false)
    );
    assert_eq!(u8::from(one.is_ok()) + u8::from(two.is_ok()), 1, "{one:?} {two:?}");
}
