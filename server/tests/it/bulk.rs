//! What is done with many recordings at once: exactly those, exactly back, on both databases.

mod back;

use axum::http::StatusCode;
use backend::account::NewRole;
use model::{
    account::{Rights, Role},
    bulk::{Deed, Progress, Selection},
    filter::Filter,
    id::{ChangeId, RecordingId},
    list::{ListQuery, Page},
    period::Period,
    problem::{Field, Invalid, Problem},
    recording::Flag,
};

use crate::house::{Answer, FORM, House, OPERATOR, alaw, form};

const JSON: &str = "application/json";

async fn try_mark(house: &House, cookie: &str, selection: &Selection, deed: &Deed) -> Answer {
    let body = serde_json::json!({ "selection": selection, "deed": deed }).to_string();
    house.call("/fn/recordings/mark", Some(cookie), JSON, body).await
}

/// Sets a flag or a tag on a selection as a page does, as far as the first piece goes.
pub async fn mark(house: &House, cookie: &str, selection: &Selection, deed: &Deed) -> Progress {
    progress(&try_mark(house, cookie, selection, deed).await)
}

fn progress(answer: &Answer) -> Progress {
    serde_json::from_slice(&answer.body).unwrap_or_else(|_| panic!("{} {}", answer.status, answer.text()))
}

async fn step(house: &House, cookie: &str, verb: &str, id: ChangeId) -> Answer {
    let body = format!(r#"{{"id":{id}}}"#);
    house
        .call(&format!("/fn/recordings/{verb}"), Some(cookie), JSON, body)
        .await
}

/// Goes on to the end; says what it came to, and in how many steps.
async fn to_the_end(house: &House, cookie: &str, verb: &str, id: ChangeId) -> (Progress, u32) {
    let mut steps = 0;
    loop {
        let now = progress(&step(house, cookie, verb, id).await);
        steps += 1;
        if now.ended {
            return (now, steps);
        }
    }
}

fn tag(text: &str) -> Deed {
    Deed::Tag(Some(text.into()))
}

fn red() -> Deed {
    Deed::Flag(Some(Flag::Red))
}

/// All that there is, but for what the filter says besides.
fn all(filter: Filter) -> ListQuery {
    ListQuery {
        filter: Filter {
            period: Period::All,
            limit: 0,
            ..filter
        },
        ..ListQuery::default()
    }
}

fn tagged(text: &str) -> ListQuery {
    all(Filter {
        tag: Some(text.into()),
        ..Filter::default()
    })
}

/// How many there are, counted to the end.
async fn count(house: &House, cookie: &str, query: ListQuery) -> u64 {
    let viewer = house.viewer(cookie).await;
    house.backend().total(&viewer, &query.filter).await.unwrap().count
}

fn ids(page: &Page) -> Vec<RecordingId> {
    page.rows.iter().map(|row| row.id).collect()
}

async fn flag_of(house: &House, cookie: &str, id: RecordingId) -> Option<Flag> {
    let page = house.list(cookie, all(Filter::default())).await;
    page.rows.iter().find(|row| row.id == id).unwrap().flag
}

#[tokio::test(flavor = "multi_thread")]
async fn exactly_so_many_change_and_get_back_what_they_had() {
    let house = House::with_people().await;
    let (first, asas) = (
        house.recording("c-1", "a1", alaw()).await,
        house.recording("c-2", "a3", alaw()).await,
    );
    house.fixture.copy(first, 3_099).await;
    let eva = house.sign_in("eva@hark.test").await;
    let newest = ids(&house.list(&eva, ListQuery::default()).await);

    let old = Selection::Chosen(newest.iter().copied().filter(|id| *id != asas).take(10).collect());
    let ten = mark(&house, &eva, &old, &tag("Gammal")).await;
    assert_eq!((ten.count, ten.done, ten.changed, ten.ended), (10, 10, 10, true));

    let mut query = all(Filter {
        who: vec!["a1".into()],
        ..Filter::default()
    });
    query.filter.limit = 2_500;
    let except: Vec<RecordingId> = old.named().iter().copied().take(3).collect();
    let selection = Selection::Found {
        query: Box::new(query),
        except,
    };
    let begun = mark(&house, &eva, &selection, &tag("Kampanj")).await;
    assert_eq!(
        (begun.count, begun.done, begun.changed, begun.ended),
        (2_497, 2_000, 2_000, false)
    );
    let (done, steps) = to_the_end(&house, &eva, "carry-on", begun.id).await;
    assert_eq!((done.done, done.changed, done.left_alone, steps), (2_497, 2_497, 0, 1));
    assert_eq!(
        progress(&step(&house, &eva, "carry-on", begun.id).await),
        done,
        "there is no more to do"
    );
    assert_eq!(count(&house, &eva, tagged("kampanj")).await, 2_497);
    assert_eq!(count(&house, &eva, tagged("gammal")).await, 3, "they were excepted");
    assert_eq!(count(&house, &eva, all(Filter::default())).await, 3_101);

    let (undone, steps) = to_the_end(&house, &eva, "undo", begun.id).await;
    assert_eq!(
        (undone.count, undone.done, undone.changed, undone.left_alone, steps),
        (2_497, 2_497, 2_497, 0, 2)
    );
    assert_eq!(
        progress(&step(&house, &eva, "undo", begun.id).await),
        undone,
        "twice is once"
    );
    assert_eq!(count(&house, &eva, tagged("kampanj")).await, 0);
    let again = house.list(&eva, tagged("gammal")).await;
    let (mut found, mut meant) = (ids(&again), old.named().to_vec());
    found.sort();
    meant.sort();
    assert_eq!(found, meant, "they have what they had");
    let on = step(&house, &eva, "carry-on", begun.id).await;
    assert_eq!(on.status, StatusCode::CONFLICT, "what is undone is not done again");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_half_a_change_has_done_can_be_undone() {
    let house = House::with_people().await;
    let first = house.recording("c-1", "a1", alaw()).await;
    house.fixture.copy(first, 2_099).await;
    let eva = house.sign_in("eva@hark.test").await;
    let selection = Selection::Found {
        query: Box::new(all(Filter::default())),
        except: vec![],
    };
    let begun = mark(&house, &eva, &selection, &red()).await;
    assert_eq!((begun.count, begun.done), (2_100, 2_000));
    let (undone, _) = to_the_end(&house, &eva, "undo", begun.id).await;
    assert_eq!((undone.done, undone.changed), (2_100, 2_000));
    let flagged = all(Filter {
        flags: vec![Some(Flag::Red)],
        ..Filter::default()
    });
    assert_eq!(count(&house, &eva, flagged).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_others_have_changed_is_left_alone() {
    let house = House::with_people().await;
    let (one, two, three) = (
        house.recording("c-1", "a1", alaw()).await,
        house.recording("c-2", "a1", alaw()).await,
        house.recording("c-3", "a1", alaw()).await,
    );
    let (eva, pelle) = (
        house.sign_in("eva@hark.test").await,
        house.sign_in("a1@hark.test").await,
    );
    mark(&house, &pelle, &Selection::one(three), &red()).await;
    let begun = mark(&house, &eva, &Selection::Chosen(vec![one, two, three]), &red()).await;
    assert_eq!((begun.count, begun.changed), (3, 2), "one of them had it");
    mark(&house, &pelle, &Selection::one(two), &Deed::Flag(Some(Flag::Blue))).await;
    // A tag is another thing: setting one does not change the flag.
    mark(&house, &pelle, &Selection::one(one), &tag("Pelles")).await;
    let (undone, _) = to_the_end(&house, &eva, "undo", begun.id).await;
    assert_eq!((undone.changed, undone.left_alone), (1, 1));
    assert_eq!(flag_of(&house, &eva, one).await, None);
    assert_eq!(flag_of(&house, &eva, two).await, Some(Flag::Blue));
    assert_eq!(
        flag_of(&house, &eva, three).await,
        Some(Flag::Red),
        "it had that before"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changed_between_the_beginning_and_the_piece_comes_back_as_it_was_last() {
    let house = House::with_people().await;
    let id = house.recording("c-1", "a1", alaw()).await;
    let (eva, pelle) = (
        house.sign_in("eva@hark.test").await,
        house.sign_in("a1@hark.test").await,
    );
    let (backend, viewer) = (house.backend(), house.viewer(&eva).await);
    for (deed, other) in [(red(), Deed::Flag(Some(Flag::Blue))), (tag("Evas"), tag("Pelles"))] {
        let begun = backend.start_change(&viewer, &Selection::one(id), deed).await.unwrap();
        mark(&house, &pelle, &Selection::one(id), &other).await;
        let done = backend.carry_on(&viewer, begun.id).await.unwrap();
        assert_eq!((done.changed, done.left_alone), (1, 0));
        backend.undo(&viewer, begun.id).await.unwrap();
    }
    assert_eq!(flag_of(&house, &eva, id).await, Some(Flag::Blue));
    assert_eq!(count(&house, &eva, tagged("pelles")).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn only_what_is_within_scope_changes() {
    let house = House::with_people().await;
    let (pelles, asas) = (
        house.recording("c-1", "a1", alaw()).await,
        house.recording("c-3", "a3", alaw()).await,
    );
    let (eva, pelle) = (
        house.sign_in("eva@hark.test").await,
        house.sign_in("a1@hark.test").await,
    );
    let both = Selection::Chosen(vec![pelles, asas]);
    assert_eq!(mark(&house, &pelle, &both, &red()).await.count, 1);
    let everything = Selection::Found {
        query: Box::new(all(Filter::default())),
        except: vec![],
    };
    assert_eq!(mark(&house, &pelle, &everything, &tag("Pelles")).await.count, 1);
    assert_eq!(flag_of(&house, &eva, asas).await, None);
    assert_eq!(ids(&house.list(&eva, tagged("pelles")).await), [pelles]);
    let foreign = try_mark(&house, &pelle, &Selection::one(asas), &red()).await;
    let missing = try_mark(&house, &pelle, &Selection::one(RecordingId(7)), &red()).await;
    assert_eq!((foreign.status, &foreign.body), (StatusCode::NOT_FOUND, &missing.body));
    let nothing = try_mark(&house, &pelle, &Selection::Chosen(vec![]), &red()).await;
    assert_eq!(nothing.status, StatusCode::NOT_FOUND);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_has_left_the_scope_is_left_alone() {
    let house = House::with_people().await;
    let id = house.recording("c-1", "a1", alaw()).await;
    let rights = Rights {
        tag: true,
        ..Rights::default()
    };
    let backend = house.backend();
    backend.set_restricted_rights(OPERATOR, rights).await.unwrap();
    let karin = house.sign_in("karin@hark.test").await;
    let done = mark(&house, &karin, &Selection::one(id), &red()).await;
    let viewer = house.viewer(&karin).await;
    let begun = backend
        .start_change(&viewer, &Selection::one(id), tag("Karins"))
        .await
        .unwrap();
    let finance = backend.department(OPERATOR, "Ekonomi").await.unwrap().unwrap();
    let other = NewRole {
        role: Role::Restricted,
        departments: vec![finance],
    };
    let account = house.account("karin@hark.test").await;
    backend.set_role(OPERATOR, account, other).await.unwrap();
    let karin = house.sign_in("karin@hark.test").await;
    let on = progress(&step(&house, &karin, "carry-on", begun.id).await);
    assert_eq!((on.done, on.changed, on.left_alone, on.ended), (1, 0, 1, true));
    let back = progress(&step(&house, &karin, "undo", done.id).await);
    assert_eq!((back.changed, back.left_alone), (0, 1));
    let eva = house.sign_in("eva@hark.test").await;
    assert_eq!(flag_of(&house, &eva, id).await, Some(Flag::Red));
    assert_eq!(count(&house, &eva, tagged("karins")).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn restricted_users_tag_when_the_company_lets_them() {
    let house = House::with_people().await;
    let id = house.recording("c-1", "a1", alaw()).await;
    let karin = house.sign_in("karin@hark.test").await;
    let refused = try_mark(&house, &karin, &Selection::one(id), &red()).await;
    assert_eq!(refused.status, StatusCode::NOT_FOUND);
    let eva = house.sign_in("eva@hark.test").await;
    house
        .call(
            "/fn/configuration/set-restricted",
            Some(&eva),
            FORM,
            form(&[("tag", "on")]),
        )
        .await;
    let done = mark(&house, &karin, &Selection::one(id), &red()).await;
    assert_eq!((done.changed, done.ended), (1, true));
    house
        .call("/fn/configuration/set-restricted", Some(&eva), FORM, form(&[]))
        .await;
    let undo = step(&house, &karin, "undo", done.id).await;
    assert_eq!(
        undo.status,
        StatusCode::NOT_FOUND,
        "the right went, and undoing with it"
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tag_is_checked_before_anything_is_written() {
    let house = House::with_people().await;
    let id = house.recording("c-1", "a1", alaw()).await;
    let eva = house.sign_in("eva@hark.test").await;
    for (text, why) in [
        ("x".repeat(101), Invalid::TooLong { most: 100 }),
        ("a\u{200b}b".to_owned(), Invalid::Characters),
    ] {
        let answer = try_mark(&house, &eva, &Selection::one(id), &tag(&text)).await;
        let said: Problem = serde_json::from_slice(&answer.body).unwrap();
        assert_eq!(
            (answer.status, said),
            (StatusCode::UNPROCESSABLE_ENTITY, Problem::invalid(Field::Tag, why))
        );
    }
    mark(&house, &eva, &Selection::one(id), &tag("  50 % rabatt ")).await;
    let page = house.list(&eva, tagged("50 % r")).await;
    assert_eq!(page.rows[0].tag.as_deref(), Some("50 % rabatt"));
    mark(&house, &eva, &Selection::one(id), &tag("  ")).await;
    let page = house.list(&eva, all(Filter::default())).await;
    assert_eq!(page.rows[0].tag, None);
}

#[tokio::test(flavor = "multi_thread")]
async fn old_changes_go_when_new_ones_come() {
    let house = House::with_people().await;
    let id = house.recording("c-1", "a1", alaw()).await;
    let eva = house.sign_in("eva@hark.test").await;
    let mut begun = vec![];
    for number in 0..21 {
        begun.push(
            mark(&house, &eva, &Selection::one(id), &tag(&format!("t{number}")))
                .await
                .id,
        );
    }
    let gone = step(&house, &eva, "undo", begun[0]).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND);
    let kept = progress(&step(&house, &eva, "undo", begun[1]).await);
    assert_eq!((kept.changed, kept.left_alone), (0, 1), "a later one wrote over it");
    house.fixture.clock.move_by(8 * 24 * 3_600_000);
    let pelle = house.sign_in("a1@hark.test").await;
    mark(&house, &pelle, &Selection::one(id), &red()).await;
    let eva = house.sign_in("eva@hark.test").await;
    let gone = step(&house, &eva, "undo", begun[20]).await;
    assert_eq!(gone.status, StatusCode::NOT_FOUND, "a week is over");
}
