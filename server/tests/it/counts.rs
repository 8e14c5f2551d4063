//! What is counted of a list, for one who hears a part.

use model::{
    filter::Filter,
    list::{ListQuery, Place},
    period::Period,
};

use crate::house::{House, alaw};

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn what_is_counted_tells_nothing_of_what_is_out_of_reach() {
    let house = House::with_people().await;
    // So many within reach that an index of words is asked first, and so many hits out of reach that it stops at some.
    let near = house.recording("near", "a1", alaw()).await;
    house.fixture.clock.move_by(60_000);
    let far = house.recording("far", "a3", alaw()).await;
    house.fixture.copy(near, 5_200).await;
    house.fixture.copy(far, 700).await;
    let karin = house.sign_in("karin@hark.test").await;
    let asked = async |text: &str, after: Option<Place>| {
        let query = ListQuery {
            filter: Filter {
                period: Period::All,
                text: Some(text.into()),
                ..Filter::default()
            },
            after,
            ..ListQuery::default()
        };
        let page = house.list(&karin, query).await;
        (page.rows.len(), page.total.count, page.total.more, page.instead.len())
    };
    let forged = || {
        Some(Place {
            moment: i64::MIN,
            passed: 0,
            key: None,
        })
    };
    // Öström is one whom Karin may not hear, and nobody is called Åström.
    for after in [None, forged()] {
        let there = asked("Öström", after.clone()).await;
        let is_first = after.is_none();
        assert_eq!(there, asked("Åström", after).await);
        // Behind a place that somebody made up there may be more for all that was counted.
        assert_eq!((there.0, there.1, there.2), (0, 0, !is_first));
    }
    // Her own are counted as far back as a page looks for words.
    let own = asked("Persson", None).await;
    assert_eq!((own.0, own.1, own.2), (50, 250, true));
}
