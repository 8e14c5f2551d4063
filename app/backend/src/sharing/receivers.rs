//! Which receivers' addresses one is told: of the links that one has sent oneself, or of all for those who answer for the
//! company. It goes by the link and not by the address: who sends one to an address as well learns nothing of others.

use std::collections::HashSet;

use model::id::{RecordingId, ShareId};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use super::{close::theirs, entity::share};
use crate::{Backend, Error, Viewer};

/// The links to a recording whose receivers one viewer may know.
pub(crate) struct Receivers(HashSet<ShareId>);

impl Receivers {
    /// The address of a link's receiver; empty where it is none of the viewer's business.
    pub fn told(&self, link: Option<ShareId>, address: String) -> String {
        if link.is_some_and(|link| self.0.contains(&link)) {
            address
        } else {
            String::new()
        }
    }
}

impl Backend {
    /// Whose addresses the viewer is told among those who have received links to a recording.
    pub(crate) async fn receivers(&self, viewer: &Viewer, id: RecordingId) -> Result<Receivers, Error> {
        let of_recording = share::Entity::find().filter(share::COLUMN.recording_id.eq(id));
        let links: Vec<ShareId> = theirs(viewer, of_recording)
            .select_only()
            .column(share::Column::Id)
            .into_tuple()
            .all(self.db())
            .await?;
        Ok(Receivers(links.into_iter().collect()))
    }
}
