//! What is looked at, as an address: the filter, the order, the page, the open recording. A link is a saved view. Pure.

use leptos_router::params::ParamsMap;
use model::{
    filter::{Filter, Wrong, query_string, wrong as misread},
    id::RecordingId,
    list::ListQuery,
};

/// Where the list is.
const ROOT: &str = "/recordings";

/// What an address asks for. What it says wrongly is as if it were not said.
pub fn read(params: &ParamsMap) -> ListQuery {
    ListQuery::read(params.into_iter().map(|(name, value)| (&**name, value)))
}

/// What of an address no filter can do.
pub fn wrong(params: &ParamsMap) -> Vec<Wrong> {
    misread(params.into_iter().map(|(name, value)| (&**name, value)))
}

/// The list's address.
pub fn list(query: &ListQuery) -> String {
    format!("{ROOT}{}", query_string(&query.words()))
}

/// The address of the first page of what a filter finds, in the same order.
pub fn filtered(query: &ListQuery, filter: Filter) -> String {
    list(&query.with(filter))
}

/// The address of a recording beside that list.
pub fn open(id: RecordingId, query: &ListQuery) -> String {
    format!("{ROOT}/{id}{}", query_string(&query.words()))
}

/// The recording that is open at a path.
pub fn opened(path: &str) -> Option<RecordingId> {
    path.strip_prefix(ROOT)?.strip_prefix('/')?.parse().ok()
}

/// Whether a path is of this room.
pub fn is_here(path: &str) -> bool {
    path.strip_prefix(ROOT)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use model::{list::Place, period::Period};

    use super::*;

    fn params(pairs: &[(&'static str, &str)]) -> ParamsMap {
        pairs.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
    }

    #[test]
    fn an_address_says_what_is_looked_at_and_no_more() {
        assert_eq!(list(&ListQuery::default()), "/recordings");
        let query = ListQuery {
            filter: Filter {
                period: Period::All,
                ..Filter::default()
            },
            after: Some(Place {
                moment: 77,
                passed: 100,
                key: None,
            }),
            ..ListQuery::default()
        };
        assert_eq!(open(RecordingId(5), &query), "/recordings/5?period=all&after=77~100");
        assert_eq!(read(&params(&[("period", "all"), ("after", "77~100")])), query);
        assert_eq!(filtered(&query, Filter::default()), "/recordings");
    }

    #[test]
    fn nonsense_is_today() {
        assert_eq!(
            read(&params(&[("period", "week"), ("after", "x"), ("colour", "red")])),
            ListQuery::default()
        );
    }

    #[test]
    fn a_path_says_what_is_open() {
        assert_eq!(
            (opened("/recordings/12"), opened("/recordings"), opened("/recordings/x")),
            (Some(RecordingId(12)), None, None)
        );
        assert_eq!(
            (
                is_here("/recordings"),
                is_here("/recordings/1"),
                is_here("/recordingsx"),
                is_here("/")
            ),
            (true, true, false, false)
        );
    }
}
