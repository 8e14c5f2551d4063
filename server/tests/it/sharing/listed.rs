//! The links that were sent, as those see them who may close them.

use axum::http::StatusCode;
use model::sharing::Standing;

use super::{
    ends::{DAY, close},
    links, send,
};
use crate::review::Calls;

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn every_link_that_lives_is_listed_and_can_be_closed() {
    let Calls { house, id, eva, .. } = Calls::new().await;
    let twenty = |round: u32| {
        let all = (0..20).map(|number| format!("g{round}-{number}@kund.test"));
        all.collect::<Vec<_>>().join(" ")
    };
    let mut cookie = eva;
    for round in 0..11 {
        // A hundred in an hour.
        if round % 5 == 0 {
            house.fixture.clock.move_by(3_600_000);
            cookie = house.sign_in("eva@hark.test").await;
        }
        let answer = send(&house, &cookie, id, &[("receivers", &twenty(round))]).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    }
    let all = links(&house, &cookie, id).await;
    assert_eq!(all.len(), 220);
    let (newest, oldest) = (all[0].clone(), all.last().unwrap().clone());
    assert_eq!((&*newest.to, &*oldest.to), ("g10-19@kund.test", "g0-0@kund.test"));
    for share in [newest.id, oldest.id] {
        assert_eq!(close(&house, &cookie, share).await, StatusCode::OK);
    }
    let all = links(&house, &cookie, id).await;
    assert_eq!(all.len(), 220);
    assert!(all[..218].iter().all(|share| share.standing == Standing::Waiting));
    let closed: Vec<_> = all[218..].iter().map(|share| (share.id, share.standing)).collect();
    assert_eq!(
        closed,
        [(newest.id, Standing::Closed), (oldest.id, Standing::Closed)],
        "those that are over come after"
    );
    // Of those the newest.
    house.fixture.clock.move_by(DAY);
    let cookie = house.sign_in("eva@hark.test").await;
    let over = links(&house, &cookie, id).await;
    assert_eq!((over.len(), over[0].id), (200, newest.id));
}
