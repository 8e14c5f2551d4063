//! Whether a link still opens anything. The moment, what has become of it, and whoever sent it all have a say, and to the
//! one who carries it every no is the same.

use model::{id::ShareId, sharing::MOST_TRIES};
use sea_orm::{ConnectionTrait, EntityTrait, QueryFilter};

use super::entity::share;
use crate::{Backend, Error, chance, recordings::is_within};

/// A link that opens a recording.
pub(super) struct Living {
    pub share: share::Model,
    /// Whether it also lets one download: the sender must still be one who may.
    pub download: bool,
}

/// Whether it has been closed, by someone or by too many wrong passcodes.
pub(super) fn is_closed(share: &share::Model) -> bool {
    let revoked = share.revoked_at.is_some() && !cut!("share-revoked");
    revoked || (share.tries >= i64::from(MOST_TRIES) && !cut!("share-tries"))
}

impl Backend {
    /// The link of that token, where it is good.
    pub(super) async fn living_link(&self, db: &impl ConnectionTrait, token: &str) -> Result<Option<Living>, Error> {
        if token.len() != chance::SECRET_SIGNS {
            return Ok(None);
        }
        let found = share::Entity::find()
            .filter(share::COLUMN.token_hash.eq(chance::hash(token)))
            .one(db)
            .await?;
        match found {
            Some(share) => self.living(db, share).await,
            None => Ok(None),
        }
    }

    /// The link of that number, where it is good.
    pub(super) async fn living_share(&self, db: &impl ConnectionTrait, id: ShareId) -> Result<Option<Living>, Error> {
        match share::Entity::find_by_id(id).one(db).await? {
            Some(share) => self.living(db, share).await,
            None => Ok(None),
        }
    }

    pub(super) async fn living(&self, db: &impl ConnectionTrait, share: share::Model) -> Result<Option<Living>, Error> {
        let over = self.now() >= share.until && !cut!("share-until");
        if over || is_closed(&share) {
            return Ok(None);
        }
        let downloads = self.answers_for(db, &share).await?;
        Ok(downloads.map(|downloads| Living {
            download: share.download && downloads,
            share,
        }))
    }

    /// Whether the sender may still pass its recording on, and if so, whether also for downloading.
    pub(super) async fn answers_for(
        &self,
        db: &impl ConnectionTrait,
        share: &share::Model,
    ) -> Result<Option<bool>, Error> {
        if cut!("share-sender") {
            return Ok(Some(true));
        }
        let sender = match share.account_id {
            Some(id) => self.reach_of(db, id).await?,
            None => None,
        };
        let Some(sender) = sender.filter(|sender| sender.shares) else {
            return Ok(None);
        };
        let hears = is_within(db, &sender.scope, share.recording_id).await?;
        Ok(hears.then_some(sender.downloads))
    }
}
