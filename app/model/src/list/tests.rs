use super::*;
use crate::period::Day;

fn read(query: &ListQuery) -> ListQuery {
    let words = query.words();
    ListQuery::read(words.iter().map(|(name, value)| (*name, &**value)))
}

#[test]
fn a_key_that_no_order_has_is_not_repeated() {
    let read = |words| ListQuery::read(words).after.unwrap().key;
    assert_eq!(read(vec![("after", "5~1~+4670")]), None);
    for wrong in ["5~1~x", "5~1"] {
        let words = [("after", wrong), ("sort", "-length")];
        assert_eq!(ListQuery::read(words).after, None, "{wrong}");
    }
    assert_eq!(
        read(vec![("after", "5~1~+4670"), ("sort", "number")]),
        Some("+4670".into())
    );
}

#[test]
fn a_query_survives_an_address() {
    let query = ListQuery {
        filter: Filter {
            period: Period::All,
            ..Filter::default()
        },
        sort: Sort {
            by: Column::Tag,
            descending: false,
        },
        after: Some(Place {
            moment: 1_660_944_000_000_000_000,
            passed: 100,
            key: Some("a~b".into()),
        }),
        view: Some(ViewId(5)),
    };
    assert_eq!(read(&query), query);
    assert_eq!(ListQuery::default().words(), []);
}

#[test]
fn own_days_hold_where_no_other_period_is_chosen() {
    let read = |period| {
        ListQuery::read([("to", "2026-03-02"), ("period", period)])
            .filter
            .period
    };
    let own = Period::Days {
        from: None,
        to: Day::named("2026-03-02"),
    };
    assert_eq!((read("all"), read("own"), read("")), (Period::All, own, own));
}

#[test]
fn a_place_that_is_none_is_the_first_page() {
    for word in ["", "x~1", "1", "1~x", "1~1~\0"] {
        assert_eq!(Place::parse(word), None, "{word}");
    }
}

#[test]
fn what_does_not_sort_is_no_order() {
    assert_eq!(Sort::named("channel"), None);
    assert_eq!(Sort::named("-length").map(Sort::word).as_deref(), Some("-length"));
    assert!(
        Column::ALL
            .into_iter()
            .all(|column| Column::named(column.name()) == Some(column))
    );
}
