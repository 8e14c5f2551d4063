//! Each deed done to many is undone by itself: what was done later, or changed by hand, stays.

use axum::http::StatusCode;
use model::{
    bulk::{Deed, Done, Progress, Selection},
    filter::Filter,
    id::{ChangeId, RecordingId},
    recording::{Flag, RecordingRow},
    review::{Notes, Tags},
};

use super::{JSON, all, count, flag_of, mark, progress, red, step, tag, tagged};
use crate::{
    house::{House, alaw},
    review::save,
};

fn blue() -> Deed {
    Deed::Flag(Some(Flag::Blue))
}

async fn undo(house: &House, cookie: &str, id: ChangeId) -> Progress {
    progress(&step(house, cookie, "undo", id).await)
}

async fn lately(house: &House, cookie: &str) -> Vec<Done> {
    let answer = house.call("/fn/recordings/done", Some(cookie), JSON, "{}").await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    serde_json::from_slice(&answer.body).unwrap()
}

async fn flagged(house: &House, cookie: &str, flag: Flag) -> u64 {
    let query = all(Filter {
        flags: vec![Some(flag)],
        ..Filter::default()
    });
    count(house, cookie, query).await
}

#[tokio::test(flavor = "multi_thread")]
async fn the_first_of_two_overlapping_deeds_is_undone_by_itself() {
    let house = House::with_people().await;
    let first = house.recording("c-1", "a1", alaw()).await;
    house.fixture.copy(first, 29).await;
    let eva = house.sign_in("eva@hark.test").await;
    let rows = house.list(&eva, all(Filter::default())).await.rows;
    let ids: Vec<RecordingId> = rows.iter().map(|row| row.id).collect();
    let (thirty, three) = (Selection::Chosen(ids.clone()), Selection::Chosen(ids[..3].to_vec()));
    let reds = mark(&house, &eva, &thirty, &red()).await;
    let blues = mark(&house, &eva, &three, &blue()).await;
    assert_eq!((reds.changed, blues.changed), (30, 3));

    let undone = undo(&house, &eva, reds.id).await;
    assert_eq!((undone.changed, undone.left_alone, undone.ended), (27, 3, true));
    assert_eq!(flagged(&house, &eva, Flag::Red).await, 0);
    assert_eq!(flagged(&house, &eva, Flag::Blue).await, 3, "the later deed holds");
    let undone = undo(&house, &eva, blues.id).await;
    assert_eq!((undone.changed, undone.left_alone), (3, 0));
    assert_eq!(flag_of(&house, &eva, ids[0]).await, None, "red is undone already");
    assert_eq!(flagged(&house, &eva, Flag::Red).await, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn in_whatever_order_they_are_undone_what_is_left_is_what_the_others_gave() {
    let house = House::with_people().await;
    let id = house.recording("c-1", "a1", alaw()).await;
    let (eva, pelle) = (
        house.sign_in("eva@hark.test").await,
        house.sign_in("a1@hark.test").await,
    );
    // The second is another's, and the third gives what the first gave.
    let deeds = [(&eva, red()), (&pelle, blue()), (&eva, red())];
    for order in [[0, 1, 2], [0, 2, 1], [1, 0, 2], [1, 2, 0], [2, 0, 1], [2, 1, 0]] {
        let mut begun = vec![];
        for (who, deed) in &deeds {
            begun.push(mark(&house, who, &Selection::one(id), deed).await.id);
            // A tag is another thing.
            mark(&house, &eva, &Selection::one(id), &tag("Evas")).await;
        }
        let mut left = vec![0, 1, 2];
        for which in order {
            undo(&house, deeds[which].0, begun[which]).await;
            left.retain(|other| *other != which);
            let last = left.last().map(|last| &deeds[*last].1);
            let flag = flag_of(&house, &eva, id).await;
            assert_eq!(
                Deed::Flag(flag),
                last.cloned().unwrap_or(Deed::Flag(None)),
                "{order:?} {which}"
            );
        }
    }
    assert_eq!(count(&house, &eva, tagged("evas")).await, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_changed_by_hand_since_stays_also_where_it_comes_to_the_same() {
    let house = House::with_people().await;
    let (id, other) = (
        house.recording("c-1", "a1", alaw()).await,
        house.recording("c-2", "a1", alaw()).await,
    );
    let (eva, pelle) = (
        house.sign_in("eva@hark.test").await,
        house.sign_in("a1@hark.test").await,
    );
    let both = Selection::Chosen(vec![id, other]);
    let reds = mark(&house, &eva, &both, &red()).await;
    let tags = mark(&house, &eva, &both, &tag("Evas")).await;
    let mut base = Notes {
        flag: Some(Flag::Red),
        tags: Tags::read("Evas"),
        ..Notes::default()
    };
    for flag in [Flag::Blue, Flag::Red] {
        let notes = Notes {
            flag: Some(flag),
            ..base.clone()
        };
        let answer = save(&house, &pelle, id, &base, &notes).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
        base = notes;
    }
    let undone = undo(&house, &eva, reds.id).await;
    assert_eq!((undone.changed, undone.left_alone), (1, 1));
    assert_eq!(flag_of(&house, &eva, id).await, Some(Flag::Red), "Pelle said so");
    assert_eq!(flag_of(&house, &eva, other).await, None);
    let undone = undo(&house, &eva, tags.id).await;
    assert_eq!((undone.changed, undone.left_alone), (2, 0), "of tags he said nothing");
}

#[tokio::test(flavor = "multi_thread")]
async fn who_did_something_to_many_is_told_what_can_be_undone() {
    let house = House::with_people().await;
    let id = house.recording("c-1", "a1", alaw()).await;
    let (eva, pelle) = (
        house.sign_in("eva@hark.test").await,
        house.sign_in("a1@hark.test").await,
    );
    let mut begun = vec![];
    for deed in [red(), tag("Evas"), blue()] {
        begun.push(mark(&house, &eva, &Selection::one(id), &deed).await);
    }
    // What changed nothing has nothing to give back.
    mark(&house, &eva, &Selection::one(id), &blue()).await;
    assert_eq!(lately(&house, &pelle).await, []);
    undo(&house, &eva, begun[1].id).await;
    let told = lately(&house, &eva).await;
    let deeds: Vec<&Deed> = told.iter().map(|done| &done.deed).collect();
    assert_eq!(deeds, [&blue(), &red()], "newest first");
    assert_eq!((told[1].progress, told[1].undoing), (begun[0], false));
    assert_eq!((told[1].at.date, told[1].at.time), ((2026, 11, 23), (12, 0, 0)));
    house.fixture.clock.move_by(8 * 24 * 3_600_000);
    let eva = house.sign_in("eva@hark.test").await;
    assert_eq!(lately(&house, &eva).await, [], "a week is over");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_changed_nothing_keeps_nobody_from_undoing_what_did() {
    let house = House::with_people().await;
    let first = house.recording("c-1", "a1", alaw()).await;
    house.fixture.copy(first, 2).await;
    let (eva, pelle) = (
        house.sign_in("eva@hark.test").await,
        house.sign_in("a1@hark.test").await,
    );
    let rows = house.list(&eva, all(Filter::default())).await.rows;
    let three = Selection::Chosen(rows.iter().map(|row| row.id).collect());
    for again in [&eva, &pelle] {
        let reds = mark(&house, &eva, &three, &red()).await;
        let nothing = mark(&house, again, &three, &red()).await;
        assert_eq!((reds.changed, nothing.count, nothing.changed), (3, 3, 0));
        let undone = undo(&house, &eva, reds.id).await;
        assert_eq!((undone.changed, undone.left_alone, undone.ended), (3, 0, true));
        assert_eq!(flagged(&house, &eva, Flag::Red).await, 0);
        assert_eq!(lately(&house, again).await, [], "there is no more to undo");
        let undone = undo(&house, again, nothing.id).await;
        assert_eq!((undone.changed, undone.left_alone, undone.ended), (0, 0, true));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_open_is_told_anew_without_its_sound() {
    let house = House::with_people().await;
    let id = house.recording("c-1", "a1", alaw()).await;
    let (eva, asa) = (
        house.sign_in("eva@hark.test").await,
        house.sign_in("a3@hark.test").await,
    );
    mark(&house, &eva, &Selection::one(id), &red()).await;
    let ask = async |cookie| {
        let body = format!(r#"{{"id":{id}}}"#);
        house.call("/fn/recordings/row", Some(cookie), JSON, body).await
    };
    let answer = ask(&eva).await;
    let row: RecordingRow = serde_json::from_slice(&answer.body).unwrap();
    assert_eq!((row.id, row.flag), (id, Some(Flag::Red)));
    assert!(!answer.text().contains("\"wave\""), "{}", answer.text());
    assert_eq!(ask(&asa).await.status, StatusCode::NOT_FOUND);
}
