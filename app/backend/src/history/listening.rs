//! Who listened, from when to when, and how much they heard. It begins with the first byte that leaves; how much was heard the
//! page says as it plays, and no more of it is believed than time has passed.

use std::collections::HashMap;

use model::{
    id::{AccountId, EventId, RecordingId, ShareId},
    problem::Problem,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};

use super::entity::listening;
use crate::{Backend, Error, Viewer, recordings::is_within, scope::Scope, sharing::Guest};

/// Who comes back within so long goes on listening.
const SAME_MS: i64 = 30 * 60_000;
/// As fast as anyone can listen (checklist 79).
const FASTEST: i64 = 3;
/// What a page may say at once, which had no way to say it sooner.
const SLACK_MS: i64 = 15_000;

/// Who listens.
#[derive(Clone, Copy, Debug)]
pub enum Listener<'a> {
    Viewer(&'a Viewer),
    /// One who has opened a link; each link is a listener of its own.
    Guest(&'a Guest),
}

impl Listener<'_> {
    fn account(&self) -> Option<AccountId> {
        match self {
            Self::Viewer(viewer) => Some(viewer.account()),
            Self::Guest(_) => None,
        }
    }

    const fn share(&self) -> Option<ShareId> {
        match self {
            Self::Viewer(_) => None,
            Self::Guest(guest) => Some(guest.share),
        }
    }

    fn name(&self) -> &str {
        match self {
            Self::Viewer(viewer) => &viewer.name,
            Self::Guest(guest) => &guest.email,
        }
    }

    fn scope(&self) -> Scope {
        match self {
            Self::Viewer(viewer) => viewer.scope(),
            Self::Guest(guest) => guest.scope(),
        }
    }
}

/// How much was heard by each of these links, in milliseconds of the sound.
pub(crate) async fn heard_by_links(
    db: &impl ConnectionTrait,
    links: Vec<ShareId>,
) -> Result<HashMap<ShareId, i64>, Error> {
    let rows: Vec<(ShareId, i64)> = listening::Entity::find()
        .filter(listening::COLUMN.share_id.is_in(links.into_iter().map(Some)))
        .select_only()
        .columns([listening::Column::ShareId, listening::Column::HeardMs])
        .into_tuple()
        .all(db)
        .await?;
    let mut heard = HashMap::new();
    for (link, ms) in rows {
        *heard.entry(link).or_default() += ms;
    }
    Ok(heard)
}

impl Backend {
    /// Writes down that someone begins to hear a recording, before its first byte leaves. Who goes on with it only asks: how
    /// long it lasted is told by [`Backend::add_heard`], and no byte waits for that.
    ///
    /// # Errors
    /// When the database does not answer: what cannot be written down is not heard.
    pub async fn begin_listening(&self, listener: &Listener<'_>, id: RecordingId) -> Result<(), Error> {
        if self.listened(self.db(), listener, id).await?.is_some() {
            return Ok(());
        }
        let transaction = self.writing().await?;
        // Two pieces of the same sound may have been asked for at once.
        if self.listened(&transaction, listener, id).await?.is_none() {
            self.listens(&transaction, listener, id).await?;
        }
        transaction.commit().await?;
        Ok(())
    }

    /// Adds what the viewer has heard of a recording since the page last said so, in milliseconds of the sound. A browser that
    /// has kept the sound asks for none of its bytes: that one listens is then written down here.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where the recording is not within the viewer's scope.
    pub async fn add_heard(&self, viewer: &Viewer, id: RecordingId, heard_ms: i64) -> Result<(), Error> {
        self.add_heard_by(&Listener::Viewer(viewer), id, heard_ms).await
    }

    /// The same, whoever it is.
    pub(crate) async fn add_heard_by(
        &self,
        listener: &Listener<'_>,
        id: RecordingId,
        heard_ms: i64,
    ) -> Result<(), Error> {
        let now = self.now();
        let transaction = self.writing().await?;
        if !is_within(&transaction, &listener.scope(), id).await? {
            return Err(Problem::NotFound.into());
        }
        let row = match self.listened(&transaction, listener, id).await? {
            Some(row) => row,
            None => self.listens(&transaction, listener, id).await?,
        };
        let passed = now.since(row.since).saturating_add(SLACK_MS).saturating_mul(FASTEST);
        let heard = row
            .heard_ms
            .saturating_add(heard_ms.max(0))
            .min(passed)
            .max(row.heard_ms);
        let mut row = row.into_active_model();
        (row.until, row.heard_ms) = (Set(now), Set(heard));
        row.update(&transaction).await?;
        transaction.commit().await?;
        Ok(())
    }

    /// Writes down that someone begins to listen.
    async fn listens(
        &self,
        db: &impl ConnectionTrait,
        listener: &Listener<'_>,
        id: RecordingId,
    ) -> Result<listening::Model, Error> {
        let now = self.now();
        let row = listening::ActiveModel {
            id: Set(EventId(self.new_id()?)),
            recording_id: Set(id),
            account_id: Set(listener.account()),
            share_id: Set(listener.share()),
            who: Set(listener.name().to_owned()),
            since: Set(now),
            until: Set(now),
            heard_ms: Set(0),
        };
        Ok(row.insert(db).await?)
    }

    /// What someone is hearing, where that has not ended.
    async fn listened(
        &self,
        db: &impl ConnectionTrait,
        listener: &Listener<'_>,
        id: RecordingId,
    ) -> Result<Option<listening::Model>, Error> {
        let theirs = match listener {
            Listener::Viewer(viewer) => listening::COLUMN.account_id.eq(viewer.account()),
            Listener::Guest(guest) => listening::COLUMN.share_id.eq(guest.share),
        };
        Ok(listening::Entity::find()
            .filter(theirs)
            .filter(listening::COLUMN.recording_id.eq(id))
            .filter(listening::COLUMN.until.gte(self.now().plus_ms(-SAME_MS)))
            .order_by_desc(listening::COLUMN.until)
            .one(db)
            .await?)
    }
}
