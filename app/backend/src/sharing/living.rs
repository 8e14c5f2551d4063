//! Whether a link still opens anything. The moment, what has become of it, and whoever sent it all have a say, and to the
//! one who carries it every no is the same.

use model::{
    id::{PersonId, ShareId},
    sharing::MOST_TRIES,
};
use sea_orm::{ConnectionTrait, EntityTrait};

use super::entity::{secret, share};
use crate::{Backend, Error, account::Reach, chance, recordings::is_within};

/// A link that opens a recording.
pub(super) struct Living {
    pub share: share::Model,
    /// Whether it also lets one download: the sender must still be one who may.
    pub download: bool,
    /// Whoever sent it.
    pub sender: Sender,
}

impl Living {
    /// As whom its receiver is told of evaluations: as themselves where it is their own call, else as whoever sent it. What they
    /// are not told themselves they tell nobody.
    pub fn told_as(&self) -> Option<PersonId> {
        self.share.receiver_id.or(self.sender.person)
    }
}

/// Who answers for a link.
#[derive(Default)]
pub(super) struct Sender {
    pub person: Option<PersonId>,
    /// Where they are written to.
    pub email: String,
    downloads: bool,
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
        match secret::Entity::find_by_id(chance::hash(token)).one(db).await? {
            Some(secret) => self.living_share(db, secret.share_id).await,
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
        let sender = self.answers_for(db, &share).await?;
        Ok(sender.map(|sender| Living {
            download: share.download && sender.downloads,
            sender,
            share,
        }))
    }

    /// The sender, where they may still pass its recording on.
    pub(super) async fn answers_for(
        &self,
        db: &impl ConnectionTrait,
        share: &share::Model,
    ) -> Result<Option<Sender>, Error> {
        if cut!("share-sender") {
            return Ok(Some(Sender::default()));
        }
        let sender = match share.account_id {
            Some(id) => self.reach_of(db, id).await?,
            None => None,
        };
        let Some(sender) = sender.filter(|sender| sender.shares) else {
            return Ok(None);
        };
        let hears = is_within(db, &sender.scope, share.recording_id).await?;
        let Reach {
            person,
            email,
            downloads,
            ..
        } = sender;
        Ok(hears.then_some(Sender {
            person,
            email,
            downloads,
        }))
    }
}
