//! Which receivers' addresses one is told: of those to whom one has sent links oneself, or of all for those who answer for the
//! company.

use std::collections::HashSet;

use model::id::RecordingId;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, Select};

use super::{close::theirs, entity::share};
use crate::{Backend, Error, Viewer};

/// The receivers of a recording's links, as far as one viewer may know them.
pub(crate) struct Receivers {
    all: HashSet<String>,
    told: HashSet<String>,
}

impl Receivers {
    /// Whether links to the recording were sent to someone of that name.
    pub fn has(&self, who: &str) -> bool {
        self.all.contains(who)
    }

    /// The address of a receiver; empty where it is none of the viewer's business.
    pub fn told(&self, address: String) -> String {
        if self.told.contains(&address) {
            address
        } else {
            String::new()
        }
    }
}

impl Backend {
    /// Who has received links to a recording.
    pub(crate) async fn receivers(&self, viewer: &Viewer, id: RecordingId) -> Result<Receivers, Error> {
        let of_recording = || share::Entity::find().filter(share::COLUMN.recording_id.eq(id));
        Ok(Receivers {
            all: self.addresses_of(of_recording()).await?,
            told: self.addresses_of(theirs(viewer, of_recording())).await?,
        })
    }

    async fn addresses_of(&self, links: Select<share::Entity>) -> Result<HashSet<String>, Error> {
        let addresses: Vec<String> = links
            .select_only()
            .column(share::Column::Email)
            .into_tuple()
            .all(self.db())
            .await?;
        Ok(addresses.into_iter().collect())
    }
}
