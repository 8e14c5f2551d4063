//! Lists under a name: a filter, an order and columns that one comes back to, alone or with everyone.

use serde::{Deserialize, Serialize};

use crate::{columns::Columns, id::ViewId, list::ListQuery};

/// A list under a name.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct View {
    pub id: ViewId,
    pub name: String,
    /// Its filter and its order.
    pub query: ListQuery,
    /// Its columns; those of whoever looks when none.
    pub columns: Option<Columns>,
    /// Whether everyone in the company finds it. Each sees in it what they may hear.
    pub shared: bool,
    /// Whether the one who looks may change it.
    pub changeable: bool,
    /// Whether it is what the one who looks begins with.
    pub start: bool,
    /// Grows with each change.
    pub version: i64,
}

impl View {
    /// The words of the address at which it is open.
    #[must_use]
    pub fn words(&self) -> Vec<(&'static str, String)> {
        ListQuery {
            view: Some(self.id),
            ..self.query.clone()
        }
        .words()
    }

    /// Whether what is looked at is no longer what was saved.
    #[must_use]
    pub fn differs(&self, query: &ListQuery, columns: Option<&Columns>) -> bool {
        let columns = columns.is_some_and(|now| self.columns.as_ref() != Some(now));
        self.query.filter != query.filter || self.query.sort != query.sort || columns
    }
}
