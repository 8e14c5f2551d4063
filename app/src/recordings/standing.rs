//! Where the open recording stands in the list, and what stands beside it. Pure.

use model::{
    id::RecordingId,
    list::{ListQuery, Total},
};

use super::page::Shown;

/// A recording beside another, and the page of the list on which it is.
pub type Neighbour = Option<(RecordingId, ListQuery)>;

/// Where a recording stands in the list.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Standing {
    pub before: Neighbour,
    pub after: Neighbour,
    /// Its number in the list, and how many the list holds; none where it is not in it.
    pub place: Option<(u64, Total)>,
}

/// The recordings above and below in the list, over the end of its page too.
pub fn standing(id: RecordingId, shown: &Shown) -> Standing {
    let (rows, query) = (&shown.page.rows, &shown.query);
    let Some(place) = rows.iter().position(|row| row.id == id) else {
        return Standing::default();
    };
    let at = |place: Option<usize>| {
        place
            .and_then(|place| rows.get(place))
            .map(|row| (row.id, query.clone()))
    };
    let beyond = || {
        let next = ListQuery {
            after: Some(shown.page.next.clone()?),
            ..query.clone()
        };
        Some((shown.page.beyond?, next))
    };
    let passed = query.after.as_ref().map_or(0, |place| place.passed);
    let mut total = shown.page.total;
    if query.filter.limit > 0 && total.count > u64::from(query.filter.limit) {
        total.count = u64::from(query.filter.limit);
        total.more = false;
    }
    Standing {
        before: at(place.checked_sub(1)),
        after: at(Some(place + 1)).or_else(beyond),
        place: Some((passed.saturating_add(place as u64 + 1), total)),
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use model::list::{Page, Place};

    use super::*;
    use crate::samples::row;

    fn shown(ids: &[i64]) -> Shown {
        let row = |id: &i64| row(*id, *id);
        let page = Page {
            rows: ids.iter().map(row).map(Arc::new).collect(),
            next: None,
            beyond: None,
            total: Total {
                count: 3,
                ms: 0,
                more: false,
            },
            columns: model::columns::Columns::default(),
            now: row(&0).start,
            units: vec![],
            instead: vec![],
        };
        Shown {
            query: ListQuery::default(),
            page,
            settles: false,
        }
    }

    #[test]
    fn neighbours_are_those_of_the_list() {
        let mut shown = shown(&[9, 7, 5]);
        let ids = |shown: &Shown, id| {
            let Standing { before, after, place } = standing(RecordingId(id), shown);
            (
                before.map(|(id, _)| id.0),
                after.map(|(id, _)| id.0),
                place.map(|(place, _)| place),
            )
        };
        assert_eq!(ids(&shown, 9), (None, Some(7), Some(1)));
        assert_eq!(ids(&shown, 7), (Some(9), Some(5), Some(2)));
        assert_eq!(ids(&shown, 5), (Some(7), None, Some(3)));
        assert_eq!(ids(&shown, 4), (None, None, None));
        // On the second page, and with a third behind it.
        let place = |passed| {
            Some(Place {
                moment: 1,
                passed,
                key: None,
            })
        };
        shown.query.after = place(100);
        (shown.page.next, shown.page.beyond) = (place(103), Some(RecordingId(3)));
        assert_eq!(ids(&shown, 5), (Some(7), Some(3), Some(103)));
        let (_, query) = standing(RecordingId(5), &shown).after.unwrap();
        assert_eq!(query.after, place(103));
        // An address may say anything of how many have been passed.
        shown.query.after = place(u64::MAX);
        assert_eq!(ids(&shown, 5).2, Some(u64::MAX));
    }
}
