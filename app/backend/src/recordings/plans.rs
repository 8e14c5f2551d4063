//! Which way the database goes to each list: along an index in the list's own order, or to the few that an index names.
//! What is looked at is what a page really asks, and it holds also where a later migration brings further indexes.

use std::sync::{Arc, Mutex};

use model::{
    list::{Column, ListQuery, Sort},
    people::Level,
};
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

/// Each filter alone, the pairs that are worst, and other orders: the words of an address, and the index by which the page
/// is found: walked along, or few of it put in order, or asked for words. In braces stands what the crowd has.
const LISTS: &[(&str, &str)] = &[
    ("", "moment"),
    ("period=today", "moment"),
    ("period=last-30", "moment"),
    ("from=2026-03-01&to=2026-04-30", "moment"),
    ("period=all&time-from=08:00&time-to=09:00", "few of minute"),
    ("period=all&time-from=02:00&time-to=04:00", "few of minute"),
    ("time-from=02:00&time-to=04:00", "few of walk"),
    ("office-hours=yes", "walk"),
    ("who={extension}", "extension"),
    ("who=östr", "few of of_person"),
    ("who={extension},a166947000", "few of extension"),
    ("department={department}", "of_department"),
    ("department={department}&department=1", "few of of_department"),
    ("district={district}", "district"),
    ("cost-center={cost-center}", "cost_center"),
    ("office={office}", "office"),
    ("number={number}", "number"),
    ("number=12345", "few of number"),
    ("number=1234", "few of number"),
    ("number=123", "words"),
    ("number=12", "moment"),
    ("number={number},90510,123", "words"),
    ("length-min=3600", "few of length"),
    ("length-min=5", "walk"),
    ("length-max=30", "few of length"),
    ("direction=incoming", "walk"),
    ("direction=internal&direction=outgoing", "walk"),
    ("ddi={ddi}", "rung"),
    ("ddi={ddi}&ddi=+4611", "few of rung"),
    ("tag=kampanj", "tag_text"),
    ("tag=en", "few of tag_text"),
    ("tag=nothing", "moment"),
    ("tag=kampanj&ddi={ddi}", "few of tag_text"),
    ("flag=red", "flag"),
    ("flag=none", "flag"),
    ("flag=red&flag=blue", "few of flag"),
    ("flag=none&flag=blue", "walk"),
    ("evaluated=yes", "evaluated"),
    ("evaluated=no", "evaluated"),
    ("evaluated=failed", "score"),
    ("evaluated=disputed", "waits"),
    ("evaluated=waiting", "moment"),
    ("score-min=80", "few of score"),
    ("score-min=40&score-max=60", "few of score"),
    ("q=öström", "words"),
    ("q=a1669", "words"),
    ("q=å", "moment"),
    (
        "department={department}&direction=internal&length-min=3600",
        "few of length",
    ),
    ("who={extension}&flag=red", "few of extension"),
    ("flag=red&evaluated=yes", "few of flag"),
    ("department={department}&score-max=20", "few of of_department"),
    ("evaluated=no&direction=internal", "evaluated"),
    ("flag=none&evaluated=no&direction=internal", "flag"),
    ("q=a1669&flag=none", "words"),
    ("q=a1669&direction=internal&length-min=300", "few of length"),
    ("office-hours=yes&length-min=30", "walk"),
    ("sort=date", "moment"),
    ("sort=-length&flag=none", "length"),
    ("sort=user&evaluated=no", "who"),
    ("sort=-evaluation", "score"),
    ("sort=-evaluation&evaluated=yes", "score"),
    ("sort=tag", "tag"),
    ("sort=tag&period=last-30", "few of moment"),
    ("sort=-length&length-min=3600", "few of length"),
];

/// An instance, and every statement that it runs.
struct Watched {
    fixture: Fixture,
    backend: Backend,
    heard: Arc<Mutex<Vec<Statement>>>,
}

impl Watched {
    /// None on PostgreSQL, which weighs its ways anew with every value.
    async fn new() -> Option<Self> {
        let fixture = Fixture::new().await;
        if fixture.backend.db().get_database_backend() != DbBackend::Sqlite {
            eprintln!("PostgreSQL finds its own ways: nothing is pinned.");
            return None;
        }
        Crowd::of(RECORDINGS).fill(&fixture.backend).await;
        let heard: Arc<Mutex<Vec<Statement>>> = Arc::default();
        let tell = heard.clone();
        let backend = watched(fixture.folder.path(), &fixture.database_url, move |statement, _| {
            tell.lock().unwrap().push(statement.clone());
        })
        .await;
        Some(Self {
            fixture,
            backend,
            heard,
        })
    }

    /// The plans of all that a list asks of the table of recordings.
    async fn plans(&self, viewer: &Viewer, query: ListQuery) -> Vec<Vec<String>> {
        self.heard.lock().unwrap().clear();
        self.backend.hints().forget();
        self.backend.list(viewer, query).await.unwrap();
        let heard: Vec<Statement> = self.heard.lock().unwrap().drain(..).collect();
        let mut plans = vec![];
        for statement in heard
            .iter()
            .filter(|statement| statement.sql.contains(r#"FROM "recording""#))
        {
            let plan = db::testing::plan(self.fixture.backend.db(), statement).await.unwrap();
            // What is known to be few may be put in order, and so may what one person or number has.
            let few = [
                "json_each",
                "LIST SUBQUERY",
                "(person_id=?",
                "(extension=?",
                "(number_key=?",
            ];
            let few = plan.iter().any(|step| few.iter().any(|few| step.contains(few)));
            let of_few = plan.iter().any(|step| step == "CO-ROUTINE recording");
            for step in &plan {
                let sorts = step.contains("USE TEMP B-TREE FOR ORDER BY");
                let whole = step.starts_with("SCAN recording") && !step.contains("INDEX") && !of_few;
                assert!(!whole && (few || !sorts), "{}\n{plan:#?}", statement.sql);
            }
            // Two indexes begin with the moment. Either is as good where nothing is passed over, or one is named.
            let passes = statement.sql.contains("NOT (NOT");
            let same = |step: String| {
                let named = step.replace("INDEX recording_walk (moment=?)", "INDEX recording_moment (moment=?)");
                if passes {
                    named
                } else {
                    named
                        .replace("COVERING ", "")
                        .replace("recording_walk", "recording_moment")
                }
            };
            plans.push(plan.into_iter().map(same).collect());
        }
        // Some are asked for at once, and answered one before the other or the other way round.
        plans.sort();
        plans
    }

    /// What the crowd has, for the place of each pair of braces.
    async fn has(&self, all: &Viewer) -> [(&'static str, String); 7] {
        let choices = self.backend.choices(all).await.unwrap();
        let page = self.backend.list(all, read("number=123")).await.unwrap();
        let unit = |level| {
            let unit = choices.units.iter().find(|unit| unit.level == level);
            unit.unwrap().id.to_string()
        };
        [
            ("{extension}", choices.people[0].value.clone()),
            ("{number}", page.rows[0].number.clone().unwrap().dial),
            ("{ddi}", choices.direct_numbers[0].value.clone()),
            ("{district}", unit(Level::District)),
            ("{department}", unit(Level::Department)),
            ("{cost-center}", unit(Level::CostCenter)),
            ("{office}", unit(Level::Office)),
        ]
    }

    /// The plans of every list, for every kind of viewer, in every order, and from a place in the middle.
    async fn all(&self) -> Vec<(String, Vec<Vec<String>>)> {
        let everyone = viewer(&self.backend, crowd::SUPER).await;
        let has = self.has(&everyone).await;
        let mut all = vec![];
        for email in [crowd::SUPER, crowd::RESTRICTED, crowd::TINY, crowd::OWN] {
            let viewer = viewer(&self.backend, email).await;
            for (words, _) in LISTS {
                let words = filled(words, &has);
                all.push((format!("{email} {words}"), self.plans(&viewer, read(&words)).await));
            }
            for by in Column::ALL.into_iter().filter(|column| column.sorts()) {
                for descending in [false, true] {
                    let sort = Sort { by, descending };
                    let mut query = ListQuery { sort, ..read("") };
                    for _ in 0..2 {
                        let page = self.backend.list(&viewer, query.clone()).await.unwrap();
                        all.push((
                            format!("{email} {:?}", query.words()),
                            self.plans(&viewer, query.clone()).await,
                        ));
                        query.after = page.next;
                    }
                }
            }
        }
        all
    }
}

/// Who hears everything, and is told of their own calls otherwise than others are.
async fn judged(backend: &Backend) -> Viewer {
    let own = viewer(backend, crowd::OWN).await.person;
    assert!(own.is_some());
    Viewer {
        person: own,
        ..viewer(backend, crowd::SUPER).await
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_is_not_told_all_of_themselves_goes_along_what_others_came_to_all_the_same() {
    let Some(watched) = Watched::new().await else { return };
    let viewer = judged(&watched.backend).await;
    for (words, index) in [
        ("sort=-evaluation", "recording_score"),
        ("sort=evaluation", "recording_score"),
        ("sort=-evaluation&flag=none", "recording_score"),
        ("evaluated=failed", "recording_score"),
        ("score-max=20", "recording_score"),
        ("evaluated=disputed", "recording_waits"),
        ("evaluated=yes", "recording_evaluated"),
    ] {
        let mut query = read(words);
        for page in 0..2 {
            let plans = watched.plans(&viewer, query.clone()).await;
            let enters = |step: &String| step.starts_with("SEARCH") || step.starts_with("SCAN");
            let by_it = plans
                .iter()
                .flatten()
                .filter(|step| enters(step))
                .any(|step| step.contains(index));
            assert!(by_it, "{words}, page {page}: {plans:#?}");
            query.after = watched.backend.list(&viewer, query.clone()).await.unwrap().next;
        }
    }
}

/// Without, each recording of the one is fetched to look at the other.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_beside_a_level_or_a_tag_is_looked_at_in_its_index() {
    let Some(watched) = Watched::new().await else { return };
    let has = watched.has(&viewer(&watched.backend, crowd::SUPER).await).await;
    for (email, words) in [
        (crowd::SUPER, "cost-center={cost-center}&office={office}"),
        (crowd::SUPER, "office={office}&district={district}"),
        (crowd::SUPER, "department={department}&district={district}"),
        (crowd::SUPER, "ddi={ddi}&office={office}"),
        (crowd::SUPER, "ddi={ddi}&tag=kampanj"),
        (crowd::TINY, "ddi={ddi}"),
        (crowd::TINY, "cost-center={cost-center}"),
    ] {
        let words = filled(words, &has);
        let plans = watched
            .plans(&viewer(&watched.backend, email).await, read(&words))
            .await;
        let enters = page(&plans).find(|step| step.contains("INDEX recording_"));
        let covers = enters.is_some_and(|step| step.contains("COVERING INDEX"));
        assert!(covers, "{email} {words}: {plans:#?}");
    }
}

/// Without, each that may hold the word, or has one of the numbers, is fetched to look at what else it is to have.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_beside_words_and_numbers_is_looked_at_in_an_index() {
    let Some(watched) = Watched::new().await else { return };
    let viewer = viewer(&watched.backend, crowd::SUPER).await;
    for (words, index) in [
        ("q=a1669&flag=none", "recording_flag (flag=? AND moment=?)"),
        (
            "number=123&evaluated=no",
            "recording_evaluated (evaluated=? AND moment=?)",
        ),
        ("q=a1669&direction=internal", "recording_walk (moment=?"),
        ("number=1234&flag=none", "COVERING INDEX recording_number (number_key=?"),
    ] {
        let plans = watched.plans(&viewer, read(words)).await;
        let of_hits = |plan: &&Vec<String>| plan.iter().any(|step| step.contains("json_each"));
        let looked_at: Vec<_> = plans.iter().filter(of_hits).collect();
        assert!(!looked_at.is_empty(), "{words}: {plans:#?}");
        for plan in looked_at {
            assert!(plan.iter().any(|step| step.contains(index)), "{words}: {plan:#?}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_part_of_a_number_is_looked_up_among_numbers_by_their_indexes() {
    let Some(watched) = Watched::new().await else { return };
    let viewer = viewer(&watched.backend, crowd::SUPER).await;
    let has = watched.has(&viewer).await;
    for words in ["number=1234", "number=1234,{number}"] {
        watched.heard.lock().unwrap().clear();
        let page = watched.backend.list(&viewer, read(&filled(words, &has))).await.unwrap();
        assert!(!page.rows.is_empty());
        let heard: Vec<Statement> = watched.heard.lock().unwrap().drain(..).collect();
        let asked: Vec<_> = heard.iter().filter(|asked| asked.sql.contains("number_text")).collect();
        assert_eq!(asked.len(), 1, "{words}");
        let plan = db::testing::plan(watched.fixture.backend.db(), asked[0]).await.unwrap();
        let all = |step: &String| step.starts_with("SCAN number") && !step.contains("VIRTUAL TABLE");
        assert!(!plan.iter().any(all), "{words}: {plan:#?}");
    }
}

/// Words with what the crowd has in their braces.
fn filled(words: &str, has: &[(&str, String)]) -> String {
    has.iter()
        .fold(words.to_owned(), |words, (name, value)| words.replace(name, value))
}

/// Of all time, unless the words say otherwise.
fn read(words: &str) -> ListQuery {
    let all = format!("period=all&{words}");
    let all = if words.contains("period=") || words.contains("from=") {
        words
    } else {
        &all
    };
    ListQuery::read(all.split('&').filter_map(|word| word.split_once('=')))
}

/// By which index of recordings the rows of a page are found. Their moments come first, and then they themselves.
fn way(plans: &[Vec<String>]) -> String {
    let index = page(plans).find_map(|step| step.split_once("INDEX recording_"));
    let index = index.map_or("", |(_, index)| index.split(' ').next().unwrap_or_default());
    // Numbers that are known are named as well.
    if index != "number" && plans.iter().flatten().any(|step| step.contains("json_each")) {
        return "words".to_owned();
    }
    let few = page(plans).any(|step| step == "CO-ROUTINE recording");
    format!("{}{index}", if few { "few of " } else { "" })
}

/// How it is said which rows a page has.
fn page(plans: &[Vec<String>]) -> impl Iterator<Item = &String> {
    let which = |plan: &'_ Vec<String>| plan.iter().position(|step| step.starts_with("LIST SUBQUERY"));
    let steps = plans.iter().find_map(|plan| plan.get(which(plan)?..));
    steps.into_iter().flatten()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_list_goes_the_way_that_was_laid_for_it_whatever_indexes_there_are() {
    let Some(watched) = Watched::new().await else { return };
    let before = watched.all().await;
    for (at, (words, expected)) in LISTS.iter().enumerate() {
        assert_eq!(way(&before[at].1), *expected, "{words}: {:#?}", before[at].1);
    }
    for (name, columns) in [
        ("further_direction", &["direction", "started_at"][..]),
        ("further_created", &["created_at"]),
    ] {
        let mut index = Index::create().name(name).table("recording").to_owned();
        for column in columns {
            index.col(*column);
        }
        watched.fixture.backend.db().execute(&index).await.unwrap();
    }
    db::learn(watched.fixture.backend.db()).await.unwrap();
    for ((list, before), (_, after)) in before.into_iter().zip(watched.all().await) {
        assert_eq!(before, after, "{list}");
    }
}
