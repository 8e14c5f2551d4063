//! The recordings of a selection, read a page at a time in a list's order: what a file is made of.

use std::collections::HashSet;

use model::{
    bulk::Selection,
    id::RecordingId,
    list::{Place, Sort},
};

use super::{
    find::{self, Found},
    listed::Listed,
};
use crate::{Backend, Error, Viewer};

/// Rows of a page.
const ROWS: u64 = 500;

/// What is left of a selection.
pub(super) struct Pages<'a> {
    found: Found<'a>,
    sort: Sort,
    after: Option<Place>,
    left: u64,
    except: HashSet<RecordingId>,
}

impl Backend {
    /// The recordings of a selection within the viewer's scope.
    pub(super) async fn pages(&self, viewer: &Viewer, selection: &Selection, sort: Sort) -> Result<Pages<'_>, Error> {
        let found = self.meant(viewer, selection).await?;
        let (limit, except) = match selection {
            Selection::Found { query, except } => (query.filter.limit, except.iter().copied().collect()),
            Selection::Chosen(_) => (0, HashSet::new()),
        };
        Ok(Pages {
            found,
            sort,
            after: None,
            left: if limit == 0 { u64::MAX } else { limit.into() },
            except,
        })
    }
}

impl Pages<'_> {
    /// How many there are, counted to the end.
    pub(super) async fn count(&self) -> Result<u64, Error> {
        let all = self.found.total(None).await?.count.min(self.left);
        Ok(all.saturating_sub(self.except.len() as u64))
    }

    /// The next page; none after the last. A page may be empty where all of it is left out.
    pub(super) async fn next(&mut self) -> Result<Option<Vec<Listed>>, Error> {
        let most = self.left.min(ROWS);
        if most == 0 {
            return Ok(None);
        }
        let mut rows = self.found.rows(self.sort, self.after.as_ref(), most).await?;
        let read = rows.len() as u64;
        self.left = if read < most { 0 } else { self.left - read };
        let Some(last) = rows.last() else { return Ok(None) };
        self.after = Some(Place {
            moment: last.moment,
            passed: 0,
            key: find::key(self.sort.by, last),
        });
        rows.retain(|row| !self.except.contains(&row.id));
        Ok(Some(rows))
    }
}
