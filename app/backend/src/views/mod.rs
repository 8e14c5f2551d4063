//! Lists under a name. A view holds what is asked for and never what is found: whoever opens it finds what they may hear.

mod change;
pub(crate) mod entity;
mod save;

pub use change::Become;
use model::{account::Role, columns::Columns, filter::query_string, id::ViewId, list::ListQuery, view::View};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, Select};

use crate::{Backend, Error, Viewer, db::text::sort_key};

/// The views that someone finds: one's own, and those that are everyone's.
fn of(viewer: &Viewer) -> Select<entity::Entity> {
    let own = entity::COLUMN.account_id.eq(viewer.account);
    let reach = if cut!("views") {
        Condition::all()
    } else {
        Condition::any().add(own).add(entity::COLUMN.shared.eq(true))
    };
    entity::Entity::find().filter(reach)
}

/// The views that someone may change: one's own, and for those who answer for the company everyone's.
fn may_change(viewer: &Viewer, row: &entity::Model) -> bool {
    cut!("change-view") || row.account_id == viewer.account || (row.shared && viewer.role == Role::Super)
}

/// The words of an address as a view keeps them.
fn kept(query: &ListQuery) -> String {
    let plain = ListQuery {
        after: None,
        view: None,
        ..query.clone()
    };
    query_string(&plain.words())
}

/// What such words ask for.
fn read(words: &str) -> ListQuery {
    let words: Vec<_> = url::form_urlencoded::parse(words.trim_start_matches('?').as_bytes()).collect();
    ListQuery::read(words.iter().map(|(name, value)| (&**name, &**value)))
}

fn shown(viewer: &Viewer, row: entity::Model, start: Option<ViewId>) -> View {
    View {
        changeable: may_change(viewer, &row),
        start: start == Some(row.id),
        id: row.id,
        query: read(&row.query),
        columns: row.columns.as_deref().and_then(Columns::parse),
        name: row.name,
        shared: row.shared,
        version: row.version,
    }
}

impl Backend {
    /// The views that the viewer finds, by name.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn views(&self, viewer: &Viewer) -> Result<Vec<View>, Error> {
        let rows = of(viewer).all(self.db()).await?;
        let mut views: Vec<View> = rows
            .into_iter()
            .map(|row| shown(viewer, row, viewer.start_view))
            .collect();
        views.sort_by_cached_key(|view| (sort_key(&view.name), view.id));
        Ok(views)
    }

    /// The address with which an account begins, where it begins with a view that is still there for it.
    pub(crate) async fn start_of(&self, viewer: &Viewer, start: ViewId) -> Result<Option<String>, Error> {
        let row = of(viewer).filter(entity::COLUMN.id.eq(start)).one(self.db()).await?;
        Ok(row.map(|row| format!("/recordings{}", query_string(&shown(viewer, row, None).words()))))
    }

    /// The columns of a view, where it has its own.
    pub(crate) async fn columns_of(&self, viewer: &Viewer, view: ViewId) -> Result<Option<Columns>, Error> {
        let row = of(viewer).filter(entity::COLUMN.id.eq(view)).one(self.db()).await?;
        Ok(row.and_then(|row| Columns::parse(&row.columns?)))
    }
}
