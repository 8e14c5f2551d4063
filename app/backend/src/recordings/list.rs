//! The list (checklist 67–74): in its order, a page at a time, with what the whole of it comes to.

use std::sync::Arc;

use model::{
    filter::{Criterion, Filter},
    list::{Before, Instead, ListQuery, Page, Place, Sort, Total},
    period::Period,
};

use super::{find, listed::Listed, row};
use crate::{Backend, Error, Viewer};

/// Rows of a page.
const ROWS: u64 = 50;
/// So many are counted while the page waits; the rest is counted when it is there.
const COUNTED: u64 = 1_000;

impl Backend {
    /// A page of the recordings that the viewer may reach.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn list(&self, viewer: &Viewer, query: ListQuery) -> Result<Page, Error> {
        let company = viewer.company();
        let ListQuery {
            filter,
            sort,
            after,
            view,
        } = query.placed();
        let filter = filter.checked();
        let found = self.found(viewer, &filter).await?;
        let passed = after.as_ref().map_or(0, |place| place.passed);
        let left = match u64::from(filter.limit) {
            0 => u64::MAX,
            limit => limit.saturating_sub(passed),
        };
        // Two more than are shown: one says whether there are others, and one may be the other side of the last.
        let rows = async {
            match left.min(ROWS) {
                0 => Ok(vec![]),
                most => found.rows(sort, after.as_ref(), most + 2).await,
            }
        };
        // Where there may be more than a page, they are counted meanwhile.
        let (mut rows, counted) = if found.at_most > ROWS {
            let (rows, counted) = tokio::try_join!(rows, found.total(Some(COUNTED)))?;
            (rows, Some(counted))
        } else {
            (rows.await?, None)
        };
        let shown = usize::try_from(left.min(ROWS)).unwrap_or_default();
        let shown = shown + usize::from(left > ROWS && parts_a_call(sort, &rows, shown));
        let ended = rows.len() <= shown;
        let beyond = rows.get(shown).map(|row| row.id);
        rows.truncate(shown);
        let passed = passed.saturating_add(rows.len() as u64);
        let next = rows
            .last()
            .filter(|_| !ended && (filter.limit == 0 || passed < u64::from(filter.limit)))
            .map(|row| Place {
                moment: row.moment,
                passed,
                key: find::key(sort.by, row),
            });
        let total = if after.is_none() && ended && shown > 0 {
            Total {
                count: rows.len() as u64,
                ms: rows.iter().map(|row| row.call_ms).sum(),
                more: false,
            }
        } else {
            let counted = match counted {
                Some(counted) => counted,
                None => found.total(Some(COUNTED)).await?,
            };
            // What has been shown is there, however few of the newest were counted.
            Total {
                count: if counted.more {
                    counted.count.max(passed)
                } else {
                    counted.count
                },
                ..counted
            }
        };
        let columns = match view {
            Some(view) => self.columns_of(viewer, view).await?,
            None => None,
        };
        Ok(Page {
            rows: rows
                .iter()
                .map(|row| row::shown(row, company).map(Arc::new))
                .collect::<Result<_, _>>()?,
            beyond: beyond.filter(|_| next.is_some()),
            next,
            total,
            columns: columns.unwrap_or_else(|| viewer.columns.clone()),
            now: company.calendar.stamp(self.now()),
            units: self.named(viewer, &filter).await?,
            instead: if total.count == 0 {
                self.instead(viewer, &filter).await?
            } else {
                vec![]
            },
        })
    }

    /// The page before the one that begins after a place; none where nothing lies before it, nor where words are looked for
    /// that many have: they are found from the newest on, and no other way. Where a call has two recordings, the page may
    /// begin a row off from where one came; a browser that came by it knows better.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn page_before(&self, viewer: &Viewer, query: ListQuery) -> Result<Option<Before>, Error> {
        let ListQuery {
            filter, sort, after, ..
        } = query.placed();
        let Some(place) = after else { return Ok(None) };
        let (filter, back) = (filter.checked(), sort.backwards());
        // The row of the place itself is the first on the way back: places lie between moments.
        let here = Place {
            moment: place.moment.saturating_add(if back.descending { 1 } else { -1 }),
            ..place.clone()
        };
        let found = self.found(viewer, &filter).await?;
        if found.newest.is_some() {
            return Ok(None);
        }
        let rows = found.rows(back, Some(&here), ROWS + 2).await?;
        let Some(last) = rows.first() else { return Ok(None) };
        let shown = usize::try_from(ROWS).unwrap_or(usize::MAX);
        let shown = shown + usize::from(parts_a_call(sort, &rows, shown));
        let after = rows.get(shown).map(|row| Place {
            moment: row.moment,
            passed: place.passed.saturating_sub(shown as u64),
            key: find::key(sort.by, row),
        });
        Ok(Some(Before { after, last: last.id }))
    }

    /// What a filter finds, counted to the end.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn total(&self, viewer: &Viewer, filter: &Filter) -> Result<Total, Error> {
        self.found(viewer, filter).await?.total(None).await
    }

    /// What another filter would find; where so few have been counted that none was among them, at least the one there is.
    async fn otherwise(&self, viewer: &Viewer, filter: &Filter) -> Result<Total, Error> {
        let found = self.found(viewer, filter).await?;
        let mut total = found.total(Some(COUNTED)).await?;
        if total.more && total.count == 0 {
            let one = found.rows(Sort::default(), None, 1).await?;
            total.count = one.len() as u64;
            total.more = total.count > 0;
        }
        Ok(total)
    }

    /// What would be found where a filter finds nothing: with one criterion less, most first; and if that helps nowhere, with
    /// none at all.
    async fn instead(&self, viewer: &Viewer, filter: &Filter) -> Result<Vec<Instead>, Error> {
        let mut all = vec![];
        for period in wider(filter.period) {
            let other = Filter {
                period,
                ..filter.clone()
            };
            let total = self.otherwise(viewer, &other).await?;
            if total.count > 0 {
                all.push(Instead {
                    criterion: Some(Criterion::Period),
                    filter: other,
                    total,
                });
                break;
            }
        }
        for criterion in filter.criteria() {
            if matches!(criterion, Criterion::Period | Criterion::Limit) {
                continue;
            }
            let other = filter.without(criterion);
            let total = self.otherwise(viewer, &other).await?;
            if total.count > 0 {
                all.push(Instead {
                    criterion: Some(criterion),
                    filter: other,
                    total,
                });
            }
        }
        if all.is_empty() {
            let other = Filter {
                period: Period::All,
                ..Filter::default()
            };
            let total = self.otherwise(viewer, &other).await?;
            if total.count > 0 {
                all.push(Instead {
                    criterion: None,
                    filter: other,
                    total,
                });
            }
        }
        all.sort_by_key(|instead| std::cmp::Reverse(instead.total.count));
        Ok(all)
    }
}

/// Whether a page of so many rows would part the two sides of a call: in the order of time they stand beside each other.
fn parts_a_call(sort: Sort, rows: &[Listed], shown: usize) -> bool {
    let call = |place: usize| rows.get(place).map(|row| row.call_id);
    sort.by == Sort::default().by && shown > 0 && call(shown).is_some() && call(shown - 1) == call(shown)
}

/// The stretches of days that hold a stretch, nearest first.
fn wider(period: Period) -> Vec<Period> {
    let mut wider = vec![Period::Last7, Period::Last30, Period::All];
    match period {
        Period::All => wider.clear(),
        Period::Today | Period::Yesterday | Period::ThisWeek => {}
        Period::Last7 => wider.retain(|other| *other != Period::Last7),
        Period::ThisMonth | Period::LastMonth | Period::Last30 | Period::Days { .. } => {
            wider.retain(|other| *other == Period::All);
        }
    }
    wider
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wider_holds_what_is_narrower() {
        assert_eq!(wider(Period::Today), [Period::Last7, Period::Last30, Period::All]);
        assert_eq!(wider(Period::Last7), [Period::Last30, Period::All]);
        assert_eq!(wider(Period::LastMonth), [Period::All]);
        assert_eq!(wider(Period::All), []);
    }
}
