//! Which way the database goes to each list: along an index in the list's own order, or to the few that an index names.
//! What is looked at is what a page really asks, and it holds also where a later migration brings further indexes.

use std::sync::{Arc, Mutex};

use model::list::ListQuery;
use sea_orm::{ConnectionTrait, DbBackend, Statement, sea_query::Index};

use crate::{
    Backend, Viewer, db,
    testing::{
        Fixture,
        crowd::{self, Crowd, viewer},
        watched,
    },
};

/// Enough for the planner to tell a quick way from a slow one.
const RECORDINGS: usize = 30_000;

/// What every list is asked for by, and what follows: each filter alone, and the pairs that are worst.
const LISTS: &[&str] = &["period=all", "flag=red"];

#[tokio::test]
async fn p() {
    let fixture = Fixture::new().await;
    let began = std::time::Instant::now();
    Crowd::of(RECORDINGS).fill(&fixture.backend).await;
    println!("{:?}", began.elapsed());
    let heard: Arc<Mutex<Vec<Statement>>> = Arc::default();
    let tell = heard.clone();
    let backend = watched(fixture.folder.path(), &fixture.database_url, move |statement, _| {
        tell.lock().unwrap().push(statement.clone());
    })
    .await;
    let sup = viewer(&backend, crowd::SUPER).await;
    for words in LISTS {
        heard.lock().unwrap().clear();
        backend.list(&sup, ListQuery::read(words.split('&').filter_map(|w| w.split_once('=')))).await.unwrap();
        for s in heard.lock().unwrap().drain(..).collect::<Vec<_>>() {
            println!("{} {:?}", s.sql, db::testing::plan(fixture.backend.db(), &s).await.unwrap());
        }
    }
}
