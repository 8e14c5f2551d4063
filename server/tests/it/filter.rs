//! What a list can be narrowed to (checklist 91–106), through the door and on both databases.

use std::{collections::HashMap, io::Cursor};

use backend::demo::DemoReview;
use model::{
    facts::{Direction, Facts},
    filter::{Criterion, Filter},
    id::RecordingId,
    list::{Column, ListQuery, Page, Sort},
    period::Period,
    recording::Flag,
};

use crate::house::{House, OPERATOR, alaw, facts};

/// A call, and what a listener has said of it.
struct Call {
    name: &'static str,
    start: &'static str,
    extension: &'static str,
    direction: Direction,
    seconds: i64,
    number: Option<&'static str>,
    rung: Option<&'static str>,
    tag: Option<&'static str>,
    flag: Option<Flag>,
    evaluated: bool,
}

const CALL: Call = Call {
    name: "",
    start: "",
    extension: "a1",
    direction: Direction::Incoming,
    seconds: 60,
    number: Some("08-650 31 00"),
    rung: None,
    tag: None,
    flag: None,
    evaluated: false,
};

const CALLS: [Call; 12] = [
    Call {
        name: "morning",
        start: "2026-11-23T08:30:00",
        seconds: 30,
        number: Some("070-921 40 80"),
        rung: Some("011-39 13 372"),
        tag: Some("Kampanj mars"),
        flag: Some(Flag::Green),
        evaluated: true,
        ..CALL
    },
    Call {
        name: "lunch",
        start: "2026-11-23T11:45:00",
        extension: "a2",
        direction: Direction::Outgoing,
        seconds: 4,
        number: Some("90510"),
        ..CALL
    },
    Call {
        name: "sunday",
        start: "2026-11-22T19:00:00",
        extension: "a3",
        seconds: 3_700,
        number: Some("08-505 123 45"),
        rung: Some("0278-213 37"),
        tag: Some("Återköp 50 %"),
        flag: Some(Flag::Red),
        ..CALL
    },
    Call {
        name: "saturday",
        start: "2026-11-21T10:00:00",
        direction: Direction::Internal,
        number: Some("a2"),
        ..CALL
    },
    Call {
        name: "withheld",
        start: "2026-11-20T22:15:00",
        extension: "a3",
        number: None,
        flag: Some(Flag::Blue),
        ..CALL
    },
    // The clocks go back on 25 October, a Sunday, and forward on 29 March.
    Call {
        name: "before autumn",
        start: "2026-10-23T16:59:59",
        ..CALL
    },
    Call {
        name: "closed before autumn",
        start: "2026-10-23T17:00:00",
        ..CALL
    },
    Call {
        name: "after autumn",
        start: "2026-10-26T08:00:00",
        ..CALL
    },
    Call {
        name: "closed after spring",
        start: "2026-03-30T07:59:59",
        ..CALL
    },
    Call {
        name: "after spring",
        start: "2026-03-30T08:00:00",
        ..CALL
    },
    Call {
        name: "midsummer eve",
        start: "2026-06-19T10:00:00",
        ..CALL
    },
    Call {
        name: "day before",
        start: "2026-06-18T10:00:00",
        ..CALL
    },
];

struct Calls {
    house: House,
    names: HashMap<RecordingId, &'static str>,
}

impl Calls {
    async fn new() -> Self {
        let house = Box::pin(House::with_people()).await;
        let mut names = HashMap::new();
        for call in CALLS {
            let facts = Facts {
                start: call.start.into(),
                direction: call.direction,
                duration_ms: Some(call.seconds * 1_000),
                other_number: call.number.map(Into::into),
                number_rung: call.rung.map(Into::into),
                ..facts(call.name, call.extension)
            };
            let id = match Box::pin(house.backend().take(facts.clone(), Cursor::new(alaw())))
                .await
                .unwrap()
            {
                backend::ingest::Taken::New(id) | backend::ingest::Taken::Already(id) => id,
            };
            let review = DemoReview {
                flag: call.flag,
                tag: call.tag.map(Into::into),
                evaluated: call.evaluated,
            };
            let kept = house.backend().take_demo(OPERATOR, facts, Cursor::new(alaw()), review);
            Box::pin(kept).await.unwrap();
            names.insert(id, call.name);
        }
        Self { house, names }
    }

    /// The names of what is found, in the list's order.
    fn names(&self, page: &Page) -> Vec<&'static str> {
        assert_eq!(page.rows.len() as u64, page.total.count, "the total is true");
        page.rows.iter().map(|row| self.names[&row.id]).collect()
    }
}

/// Of all time, what the words of an address ask for.
fn asked(words: &str) -> ListQuery {
    let words: Vec<(&str, &str)> = words
        .split('&')
        .filter_map(|word| word.split_once('='))
        .chain((!words.contains("period=")).then_some(("period", "all")))
        .collect();
    ListQuery::read(words)
}

#[tokio::test(flavor = "multi_thread")]
async fn every_filter_finds_what_it_says() {
    let calls = Calls::new().await;
    let eva = calls.house.sign_in("eva@hark.test").await;
    for (words, expected) in [
        ("period=today", &["lunch", "morning"][..]),
        ("period=yesterday", &["sunday"]),
        ("period=this-week", &["lunch", "morning"]),
        ("period=last-7", &["lunch", "morning", "sunday", "saturday", "withheld"]),
        (
            "period=last-month",
            &["after autumn", "closed before autumn", "before autumn"],
        ),
        ("period=own&from=2026-11-21&to=2026-11-22", &["sunday", "saturday"]),
        (
            "to=2026-03-30&from=2026-03-30&period=own",
            &["after spring", "closed after spring"],
        ),
        ("time-from=08:00&time-to=09:00&period=last-7", &["morning"]),
        (
            "time-from=19:00&time-to=10:00&period=last-7",
            &["morning", "sunday", "withheld"],
        ),
        (
            "office-hours=yes",
            &[
                "lunch",
                "morning",
                "after autumn",
                "before autumn",
                "day before",
                "after spring",
            ],
        ),
        ("who=a3", &["sunday", "withheld"]),
        ("who=öström", &["sunday", "withheld"]),
        ("who=Åsa,a2", &["lunch", "sunday", "withheld"]),
        ("who=a9", &[]),
        ("number=0709214080", &["morning"]),
        ("number=%2B46709214080", &[]),
        ("number=+46 70 921 40 80", &["morning"]),
        ("number=0046709214080", &["morning"]),
        ("number=070-92", &["morning"]),
        ("number=21408", &["morning"]),
        ("number=90510", &["lunch"]),
        ("number=a2", &["saturday"]),
        ("number=08-505 123 45, 90510", &["lunch", "sunday"]),
        ("number=505, 90510", &["lunch", "sunday"]),
        ("length-min=1:01:40", &["sunday"]),
        ("length-max=30", &["lunch", "morning"]),
        ("length-min=5&length-max=30", &["morning"]),
        ("direction=outgoing", &["lunch"]),
        ("direction=internal&direction=outgoing", &["lunch", "saturday"]),
        ("ddi=+46113913372", &["morning"]),
        ("ddi=+46113913372&ddi=+4627821337", &["morning", "sunday"]),
        ("tag=kampanj", &["morning"]),
        ("tag=50 %", &["sunday"]),
        ("tag=_", &[]),
        ("flag=red", &["sunday"]),
        ("flag=red&flag=blue", &["sunday", "withheld"]),
        ("flag=none&period=last-7", &["lunch", "saturday"]),
        ("evaluated=yes", &["morning"]),
        (
            "evaluated=no&period=last-7",
            &["lunch", "sunday", "saturday", "withheld"],
        ),
        ("score-min=0", &["morning"]),
        ("evaluated=failed", &[]),
        ("q=ostrom", &["sunday", "withheld"]),
        ("q=ÖSTRÖM återköp", &["sunday"]),
        ("q=aterkop", &["sunday"]),
        ("q=070-921 40 80", &["morning"]),
        ("q=0709214", &["morning"]),
        ("q=92 14", &["morning"]),
        ("q=å", &["sunday", "withheld"]),
        ("q=\"or%", &[]),
        ("limit=1&period=today", &["lunch"]),
    ] {
        let page = calls.house.list(&eva, asked(words)).await;
        let names: Vec<_> = page.rows.iter().map(|row| calls.names[&row.id]).collect();
        assert_eq!(names, expected, "{words}");
        let limited = words.starts_with("limit");
        assert_eq!(
            page.total.count,
            if limited { 2 } else { expected.len() as u64 },
            "{words}"
        );
        assert_eq!(page.next, None, "{words}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_filter_finds_nothing_outside_the_scope() {
    let calls = Calls::new().await;
    let (karin, pelle, nisse) = (
        calls.house.sign_in("karin@hark.test").await,
        calls.house.sign_in("a1@hark.test").await,
        calls.house.sign_in("nisse@hark.test").await,
    );
    for (words, by_karin, by_pelle) in [
        ("flag=red&flag=green", &["morning"][..], &["morning"][..]),
        ("who=a3", &[], &[]),
        ("q=åsa", &[], &[]),
        ("q=a2&period=last-7", &["lunch", "saturday"], &["saturday"]),
        ("number=90510", &["lunch"], &[]),
        ("length-min=3000", &[], &[]),
    ] {
        for (cookie, expected) in [(&karin, by_karin), (&pelle, by_pelle), (&nisse, &[])] {
            let page = calls.house.list(cookie, asked(words)).await;
            assert_eq!(calls.names(&page), expected, "{words}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn every_order_is_whole_on_every_page() {
    let calls = Calls::new().await;
    let eva = calls.house.sign_in("eva@hark.test").await;
    let by = |by, descending| ListQuery {
        sort: Sort { by, descending },
        ..asked("period=last-7")
    };
    for (by, descending, expected) in [
        (
            Column::Date,
            false,
            ["withheld", "saturday", "sunday", "morning", "lunch"],
        ),
        (
            Column::Length,
            true,
            ["sunday", "saturday", "withheld", "morning", "lunch"],
        ),
        (
            Column::User,
            false,
            ["lunch", "saturday", "morning", "withheld", "sunday"],
        ),
        (
            Column::Tag,
            false,
            ["morning", "sunday", "withheld", "saturday", "lunch"],
        ),
        (
            Column::Flag,
            true,
            ["sunday", "withheld", "morning", "lunch", "saturday"],
        ),
        (
            Column::Evaluation,
            true,
            ["morning", "lunch", "sunday", "saturday", "withheld"],
        ),
        (
            Column::Extension,
            true,
            ["sunday", "withheld", "lunch", "morning", "saturday"],
        ),
    ]
    .map(|(column, descending, expected)| (by(column, descending), descending, expected))
    {
        let page = calls.house.list(&eva, by.clone()).await;
        assert_eq!(calls.names(&page), expected, "{:?} {descending}", by.sort);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_empty_page_says_what_to_let_go_of() {
    let calls = Calls::new().await;
    let eva = calls.house.sign_in("eva@hark.test").await;
    let page = calls
        .house
        .list(&eva, asked("period=yesterday&flag=red&tag=kampanj"))
        .await;
    let said: Vec<_> = page
        .instead
        .iter()
        .map(|other| (other.criterion, other.total.count))
        .collect();
    assert_eq!(said, [(Some(Criterion::Tag), 1)]);
    assert_eq!(page.instead[0].filter, asked("period=yesterday&flag=red").filter);
    let page = calls.house.list(&eva, asked("period=today&flag=red")).await;
    let said: Vec<_> = page
        .instead
        .iter()
        .map(|other| (other.criterion, other.total.count, other.filter.period))
        .collect();
    assert_eq!(
        said,
        [
            (Some(Criterion::Flag), 2, Period::Today),
            (Some(Criterion::Period), 1, Period::Last7)
        ]
    );
    let page = calls.house.list(&eva, asked("q=nowhere&tag=never")).await;
    assert_eq!((page.instead.len(), page.instead[0].criterion), (1, None));
    let nisse = calls.house.sign_in("nisse@hark.test").await;
    assert_eq!(calls.house.list(&nisse, ListQuery::default()).await.instead, []);
}

#[tokio::test(flavor = "multi_thread")]
async fn another_zone_shows_every_call_by_its_own_clock() {
    let calls = Calls::new().await;
    let eva = calls.house.sign_in("eva@hark.test").await;
    calls
        .house
        .backend()
        .rename_company(OPERATOR, "Lingon", "Asia/Tokyo")
        .await
        .unwrap();
    let early = Filter {
        period: Period::All,
        ..asked("time-from=16:00&time-to=17:00").filter
    };
    let page = calls.house.list(&eva, asked("").with(early)).await;
    // Eight in the morning in Stockholm is four in the afternoon there, and summer makes no difference there.
    assert_eq!(calls.names(&page), ["morning", "after autumn"]);
}
