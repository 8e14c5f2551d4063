//! What someone has done to many recordings lately, and can undo.

use model::{
    bulk::{Deed, Done},
    problem::Problem,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{entity::change, mark::KEPT_MS, piece::progress};
use crate::{Backend, Error, Viewer};

impl Backend {
    /// The viewer's changes of many recordings that can be undone, newest first.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where the viewer may set nothing.
    pub async fn done_lately(&self, viewer: &Viewer) -> Result<Vec<Done>, Error> {
        if !viewer.may_tag() {
            return Err(Problem::NotFound.into());
        }
        let all = change::Entity::find();
        let own = if cut!("own-done") {
            all
        } else {
            all.filter(change::COLUMN.account_id.eq(viewer.account()))
        };
        let rows = own
            .filter(change::COLUMN.created_at.gte(self.now().plus_ms(-KEPT_MS)))
            .order_by_desc(change::COLUMN.id)
            .all(self.db())
            .await?;
        let calendar = &viewer.company().calendar;
        let mut lately = vec![];
        for row in rows {
            let progress = progress(&row);
            let can_be_undone = if row.undone {
                !progress.ended
            } else {
                progress.changed > 0
            };
            if can_be_undone {
                lately.push(Done {
                    deed: serde_json::from_str::<Deed>(&row.deed).map_err(Error::internal)?,
                    at: calendar.stamp(row.created_at),
                    undoing: row.undone,
                    progress,
                });
            }
        }
        Ok(lately)
    }
}
