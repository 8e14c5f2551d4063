//! What listeners say of a recording: notes, comments, the company's own values, and what is told of it all afterwards.

mod comments;

use axum::http::StatusCode;
use model::{
    account::Rights,
    history::{Entry, What},
    id::{CommentId, RecordingId},
    problem::{Field, Invalid, Problem},
    recording::Flag,
    review::{Called, Note, Notes, Outcome, OutcomeKind, Review, Saved, Starter},
};
use serde_json::json;

use crate::house::{Answer, FORM, House, OPERATOR, alaw, form};

const JSON: &str = "application/json";

pub async fn say(house: &House, cookie: &str, what: &str, fields: &[(&str, &str)]) -> Answer {
    house
        .call(&format!("/fn/review/{what}"), Some(cookie), FORM, form(fields))
        .await
}

pub async fn read(house: &House, cookie: &str, id: RecordingId) -> Review {
    let answer = house
        .call("/fn/review/read", Some(cookie), JSON, json!({ "id": id }).to_string())
        .await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    serde_json::from_slice(&answer.body).unwrap()
}

/// What has happened lately.
pub async fn history(house: &House, cookie: &str, id: RecordingId) -> Vec<Entry> {
    crate::history::chapter(house, cookie, id, None).await.entries
}

pub fn what(entries: &[Entry]) -> Vec<(&str, &What)> {
    entries.iter().map(|entry| (&*entry.who, &entry.what)).collect()
}

/// Keeps notes as the form does.
pub async fn save(house: &House, cookie: &str, id: RecordingId, base: &Notes, notes: &Notes) -> Answer {
    let chosen = |id: Option<model::id::OutcomeId>| id.map(|id| id.to_string()).unwrap_or_default();
    say(
        house,
        cookie,
        "save-notes",
        &[
            ("id", &id.to_string()),
            ("base", &serde_json::to_string(base).unwrap()),
            ("call_result", &chosen(notes.result)),
            ("customer_response", &chosen(notes.response)),
            ("flag", notes.flag.map_or("", Flag::name)),
            ("tag", &notes.tags.text()),
        ],
    )
    .await
}

fn saved(answer: &Answer) -> Saved {
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    serde_json::from_slice(&answer.body).unwrap()
}

async fn values(house: &House, eva: &str, kind: OutcomeKind) -> Vec<Outcome> {
    let answer = house
        .call(
            "/fn/review/outcomes",
            Some(eva),
            JSON,
            json!({ "kind": kind }).to_string(),
        )
        .await;
    serde_json::from_slice(&answer.body).unwrap()
}

pub struct Calls {
    pub house: House,
    pub id: RecordingId,
    pub pelle: String,
    pub eva: String,
}

impl Calls {
    pub async fn new() -> Self {
        let house = House::with_people().await;
        let id = house.recording("c-1", "a1", alaw()).await;
        let (pelle, eva) = (
            house.sign_in("a1@hark.test").await,
            house.sign_in("eva@hark.test").await,
        );
        Self { house, id, pelle, eva }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn notes_are_kept_and_the_history_tells_what_became_of_what() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    let begun = read(&house, &pelle, id).await;
    assert!(begun.changeable && begun.commentable && begun.notes == Notes::default());
    let complaint = begun
        .outcomes
        .iter()
        .find(|value| value.called == Called::Starter(Starter::Complaint))
        .unwrap();
    let notes = Notes {
        result: Some(complaint.id),
        flag: Some(Flag::Red),
        tags: model::review::Tags::read("Retur, Vår"),
        ..Notes::default()
    };
    let kept = saved(&save(&house, &pelle, id, &begun.notes, &notes).await);
    assert_eq!((kept.notes, kept.news, kept.disputed), (notes.clone(), vec![], vec![]));
    assert_eq!(read(&house, &eva, id).await.notes, notes);
    let row = house.list(&eva, model::list::ListQuery::default()).await.rows.remove(0);
    assert_eq!((row.flag, row.tag.as_deref()), (Some(Flag::Red), Some("Retur, Vår")));
    let told = history(&house, &eva, id).await;
    let called = |starter| Some(Called::Starter(starter));
    let by = &*told[0].who;
    assert_eq!(
        what(&told),
        [
            (
                by,
                &What::Tagged {
                    from: String::new(),
                    to: "Retur, Vår".into()
                }
            ),
            (
                by,
                &What::Flagged {
                    from: None,
                    to: Some(Flag::Red)
                }
            ),
            (
                by,
                &What::Judged {
                    kind: OutcomeKind::CallResult,
                    from: None,
                    to: called(Starter::Complaint)
                }
            ),
        ]
    );
    assert!(by.contains("Pelle"), "{by}");
    // The same once more is nothing that happens.
    saved(&save(&house, &pelle, id, &notes, &notes).await);
    assert_eq!(history(&house, &eva, id).await.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_who_write_at_once_nobody_loses_anything() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    let base = read(&house, &pelle, id).await.notes;
    let with = |flag: Option<Flag>, tags: &str| Notes {
        flag,
        tags: model::review::Tags::read(tags),
        ..Notes::default()
    };
    saved(&save(&house, &eva, id, &base, &with(Some(Flag::Blue), "Evas")).await);
    // Pelle began from the same, and has touched the tags alone.
    let kept = saved(&save(&house, &pelle, id, &base, &with(None, "Pelles")).await);
    assert_eq!(kept.notes, with(Some(Flag::Blue), "Evas, Pelles"));
    assert_eq!(kept.news, [Note::Flag, Note::Tags]);
    // And now the flag, which Eva has too: nobody but a person can tell.
    let disputed = saved(&save(&house, &pelle, id, &base, &with(Some(Flag::Red), "Pelles")).await);
    assert_eq!(
        (disputed.disputed, disputed.notes.flag),
        (vec![Note::Flag], Some(Flag::Blue))
    );
    assert_eq!(read(&house, &eva, id).await.notes.flag, Some(Flag::Blue));
    // Said once more, with what Eva has made of it in sight, it holds.
    let kept = saved(
        &save(
            &house,
            &pelle,
            id,
            &disputed.notes,
            &with(Some(Flag::Red), "Evas, Pelles"),
        )
        .await,
    );
    assert_eq!(kept.notes.flag, Some(Flag::Red));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_taken_is_said_and_nothing_changes() {
    let Calls { house, id, pelle, .. } = Calls::new().await;
    let base = Notes::default();
    let long = Notes {
        flag: Some(Flag::Red),
        tags: model::review::Tags::read(&"x".repeat(101)),
        ..Notes::default()
    };
    let answer = save(&house, &pelle, id, &base, &long).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text());
    for outcome in [999, 6] {
        // No such value, and one of the other list.
        let unknown = Notes {
            result: Some(model::id::OutcomeId(outcome)),
            ..Notes::default()
        };
        let answer = save(&house, &pelle, id, &base, &unknown).await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text());
    }
    assert_eq!(read(&house, &pelle, id).await.notes, base);
    assert_eq!(history(&house, &pelle, id).await, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_flag_that_there_is_not_takes_none_away() {
    let Calls { house, id, pelle, .. } = Calls::new().await;
    let red = Notes {
        flag: Some(Flag::Red),
        ..Notes::default()
    };
    saved(&save(&house, &pelle, id, &Notes::default(), &red).await);
    let (number, base) = (id.to_string(), serde_json::to_string(&red).unwrap());
    let with = async |flag: &str| {
        let fields = [
            ("id", &*number),
            ("base", &*base),
            ("call_result", ""),
            ("customer_response", ""),
            ("flag", flag),
            ("tag", ""),
        ];
        say(&house, &pelle, "save-notes", &fields).await
    };
    for flag in ["pink", "none", "Red"] {
        let answer = with(flag).await;
        assert_eq!(answer.status, StatusCode::BAD_REQUEST, "{flag}: {}", answer.text());
        assert_eq!(read(&house, &pelle, id).await.notes, red, "{flag}");
    }
    assert_eq!(saved(&with("").await).notes, Notes::default());
}

#[tokio::test(flavor = "multi_thread")]
async fn restricted_users_say_what_the_company_lets_them() {
    let Calls { house, id, .. } = Calls::new().await;
    let karin = house.sign_in("karin@hark.test").await;
    let number = id.to_string();
    let comment = [("id", &*number), ("at", ""), ("comment", "Bra")];
    let flag = Notes {
        flag: Some(Flag::Red),
        ..Notes::default()
    };
    let may = read(&house, &karin, id).await;
    assert!(!may.changeable && !may.commentable);
    assert_eq!(
        say(&house, &karin, "add-comment", &comment).await.status,
        StatusCode::NOT_FOUND
    );
    assert_eq!(
        save(&house, &karin, id, &Notes::default(), &flag).await.status,
        StatusCode::NOT_FOUND
    );
    let rights = Rights {
        comment: true,
        ..Rights::default()
    };
    house.backend().set_restricted_rights(OPERATOR, rights).await.unwrap();
    assert_eq!(
        say(&house, &karin, "add-comment", &comment).await.status,
        StatusCode::OK
    );
    assert_eq!(
        save(&house, &karin, id, &Notes::default(), &flag).await.status,
        StatusCode::NOT_FOUND
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_value_in_use_stays_on_its_recordings_under_its_old_name() {
    let Calls { house, id, pelle, eva } = Calls::new().await;
    let list = values(&house, &eva, OutcomeKind::CallResult).await;
    let starters: Vec<_> = list.iter().map(|value| value.called.clone()).collect();
    assert_eq!(starters[1], Called::Starter(Starter::FollowUp));
    let old = list[1].id;
    let notes = Notes {
        result: Some(old),
        ..Notes::default()
    };
    saved(&save(&house, &pelle, id, &Notes::default(), &notes).await);
    let named = |id: model::id::OutcomeId, name: &'static str| [("id", id.to_string()), ("outcome", name.to_owned())];
    let name = async |id, name| {
        let fields = named(id, name);
        let fields: Vec<_> = fields.iter().map(|(field, value)| (*field, &**value)).collect();
        say(&house, &eva, "name-outcome", &fields).await.status
    };
    assert_eq!(name(old, "Ring tillbaka").await, StatusCode::OK);
    let list = values(&house, &eva, OutcomeKind::CallResult).await;
    let shown: Vec<_> = list
        .iter()
        .map(|value| (value.called.clone(), value.retired, value.used))
        .collect();
    assert_eq!(
        shown[1],
        (Called::Own("Ring tillbaka".into()), false, 0),
        "in its place"
    );
    assert_eq!(shown.last().unwrap(), &(Called::Starter(Starter::FollowUp), true, 1));
    // It is still there for the one recording, and can be chosen for no other.
    let review = read(&house, &pelle, id).await;
    assert_eq!(review.notes.result, Some(old));
    assert!(review.outcomes.iter().any(|value| value.id == old && value.retired));
    let other = house.recording("c-2", "a1", alaw()).await;
    let answer = save(&house, &pelle, other, &Notes::default(), &notes).await;
    assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY);
    // Two of one name there are not, and one that nobody has is gone for good.
    assert_eq!(
        name(list[0].id, "ring  TILLBAKA").await,
        StatusCode::UNPROCESSABLE_ENTITY
    );
    let turn = async |id: model::id::OutcomeId, turn| {
        let id = id.to_string();
        say(&house, &eva, "turn-outcome", &[("id", &*id), ("turn", turn)])
            .await
            .status
    };
    assert_eq!(turn(list[1].id, "up").await, StatusCode::OK);
    assert_eq!(values(&house, &eva, OutcomeKind::CallResult).await[0].id, list[1].id);
    assert_eq!(turn(list[1].id, "retire").await, StatusCode::OK);
    let left = values(&house, &eva, OutcomeKind::CallResult).await;
    assert!(left.iter().all(|value| value.id != list[1].id));
    assert_eq!(turn(old, "restore").await, StatusCode::OK);
    saved(&save(&house, &pelle, other, &Notes::default(), &notes).await);
}
