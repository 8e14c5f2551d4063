//! Links to a recording for those who have no account (checklist 107–114). A link rests on whoever sent it: it opens nothing
//! that they may not hear and pass on themselves. How one is opened: [ADR 10](../../../docs/adr/0010-links-are-opened-by-a-press.md).

mod close;
mod enclose;
pub(crate) mod entity;
mod guest;
mod list;
mod living;
mod open;
mod receivers;
mod send;

pub use enclose::SharedCall;
use entity::{secret, share, visit};
pub use guest::Guest;
pub use open::Opening;
pub(crate) use receivers::Receivers;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
pub use send::Sending;

use crate::{Backend, Error};

impl Backend {
    /// Forgets what only the living links need, once their day is over.
    pub(crate) async fn forget_links(&self) -> Result<(), Error> {
        let ended = share::Entity::find()
            .filter(share::COLUMN.until.lte(self.now()))
            .select_only()
            .column(share::Column::Id)
            .into_query();
        visit::Entity::delete_many()
            .filter(visit::COLUMN.share_id.in_subquery(ended.clone()))
            .exec(self.db())
            .await?;
        secret::Entity::delete_many()
            .filter(secret::COLUMN.share_id.in_subquery(ended))
            .exec(self.db())
            .await?;
        Ok(())
    }
}
