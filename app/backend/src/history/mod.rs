//! What has happened to a recording, and who did it (checklist 87). What is changed is written down in the transaction of the
//! change; what is heard, before its first byte leaves.

pub(crate) mod entity;
mod listening;
mod read;

use entity::event;
pub use listening::Listener;
pub(crate) use listening::heard_by_links;
use model::{
    history::What,
    id::{AccountId, RecordingId, ShareId},
    instant::Instant,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter};

use crate::{Backend, Error, Viewer};

/// Within so long, in milliseconds, one who takes the same sound along again is still at the same: a download that is resumed,
/// or asked for piece by piece, does not push what others did out of sight.
const ONE_DOWNLOAD_MS: i64 = 10 * 60 * 1_000;
/// Rows of one statement: a database takes so many values and no more.
const ROWS: usize = 500;

/// Who does something, as it is written down.
pub(crate) struct Doer<'a> {
    /// None for one who has no account.
    pub account: Option<AccountId>,
    /// The link of which or by which it is done.
    pub share: Option<ShareId>,
    pub who: &'a str,
    pub at: Instant,
}

impl Backend {
    /// The viewer, as the one who does something now.
    pub(crate) fn doer<'a>(&self, viewer: &'a Viewer) -> Doer<'a> {
        Doer {
            account: Some(viewer.account()),
            share: None,
            who: &viewer.name,
            at: self.now(),
        }
    }

    /// Writes down what happens to recordings, beside what changes them. What is private is told to nobody else.
    pub(crate) async fn chronicle(
        &self,
        db: &impl ConnectionTrait,
        doer: &Doer<'_>,
        what: impl IntoIterator<Item = (RecordingId, What)>,
        private: bool,
    ) -> Result<(), Error> {
        let rows: Vec<event::ActiveModel> = what
            .into_iter()
            .map(|(recording, what)| {
                Ok(event::ActiveModel {
                    id: Set(model::id::EventId(self.new_id()?)),
                    recording_id: Set(recording),
                    account_id: Set(doer.account),
                    share_id: Set(doer.share),
                    who: Set(doer.who.to_owned()),
                    at: Set(doer.at),
                    what: Set(serde_json::to_string(&what).map_err(Error::internal)?),
                    private: Set(private),
                })
            })
            .collect::<Result<_, Error>>()?;
        for rows in rows.chunks(ROWS) {
            event::Entity::insert_many(rows.to_vec())
                .exec_without_returning(db)
                .await?;
        }
        Ok(())
    }

    /// Writes down that someone takes the sound along, once for what is asked for within ten minutes.
    pub(crate) async fn chronicle_download(&self, doer: &Doer<'_>, id: RecordingId) -> Result<(), Error> {
        let what = serde_json::to_string(&What::Downloaded).map_err(Error::internal)?;
        let same = event::Entity::find()
            .filter(event::COLUMN.recording_id.eq(id))
            .filter(event::COLUMN.what.eq(what))
            .filter(event::COLUMN.who.eq(doer.who))
            .filter(event::COLUMN.at.gt(doer.at.plus_ms(-ONE_DOWNLOAD_MS)));
        let same = match (doer.account, doer.share) {
            (Some(account), _) => same.filter(event::COLUMN.account_id.eq(account)),
            (None, Some(share)) => same.filter(event::COLUMN.share_id.eq(share)),
            (None, None) => same.filter(event::COLUMN.account_id.is_null()),
        };
        if same.one(self.db()).await?.is_some() {
            return Ok(());
        }
        self.chronicle(self.db(), doer, [(id, What::Downloaded)], false).await
    }
}
