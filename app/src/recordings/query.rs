//! What is looked at, as an address: the days, the page, the open recording. A link is a saved view. Pure.

use leptos_router::params::ParamsMap;
use model::{
    id::RecordingId,
    list::{ListQuery, Place},
    period::Period,
};

/// Where the list is.
const ROOT: &str = "/recordings";

/// What an address asks for. What it says wrongly is as if it were not said.
pub fn read(params: &ParamsMap) -> ListQuery {
    ListQuery {
        period: params
            .get("period")
            .and_then(|name| Period::named(&name))
            .unwrap_or_default(),
        after: params.get("after").and_then(|word| Place::parse(&word)),
    }
}

/// The list's address.
pub fn list(query: ListQuery) -> String {
    format!("{ROOT}{}", search(query))
}

/// The address of a recording beside that list.
pub fn open(id: RecordingId, query: ListQuery) -> String {
    format!("{ROOT}/{id}{}", search(query))
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

/// As short as it can be: what is so at first is not said.
fn search(query: ListQuery) -> String {
    let period = (query.period != Period::default()).then(|| format!("period={}", query.period.name()));
    let after = query.after.map(|place| format!("after={}", place.word()));
    let said: Vec<String> = period.into_iter().chain(after).collect();
    if said.is_empty() {
        String::new()
    } else {
        format!("?{}", said.join("&"))
    }
}

#[cfg(test)]
mod tests {
    use model::instant::Instant;

    use super::*;

    fn params(pairs: &[(&'static str, &str)]) -> ParamsMap {
        pairs.iter().map(|(name, value)| (*name, (*value).to_owned())).collect()
    }

    #[test]
    fn an_address_says_what_is_looked_at_and_no_more() {
        let place = Place {
            start: Instant(1_584_352_011_000),
            id: RecordingId(77),
        };
        assert_eq!(list(ListQuery::default()), "/recordings");
        assert_eq!(
            open(
                RecordingId(5),
                ListQuery {
                    period: Period::Last7,
                    after: None
                }
            ),
            "/recordings/5?period=last-7"
        );
        let query = ListQuery {
            period: Period::All,
            after: Some(place),
        };
        assert_eq!(list(query), "/recordings?period=all&after=1584352011000-77");
        assert_eq!(
            read(&params(&[("period", "all"), ("after", "1584352011000-77")])),
            query
        );
    }

    #[test]
    fn nonsense_is_today() {
        assert_eq!(
            read(&params(&[("period", "week"), ("after", "x")])),
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
