//! Who listened, from when to when, and how much they heard. It begins with the first byte that leaves; how much was heard the
//! page says as it plays, and no more of it is believed than time has passed.

use model::{
    id::{EventId, RecordingId},
    problem::Problem,
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder,
};

use super::entity::listening;
use crate::{Backend, Error, Viewer, recordings::is_within};

/// Who comes back within so long goes on listening.
const SAME_MS: i64 = 30 * 60_000;
/// As fast as anyone can listen (checklist 79).
const FASTEST: i64 = 3;
/// What a page may say at once, which had no way to say it sooner.
const SLACK_MS: i64 = 15_000;

impl Backend {
    /// Writes down that the viewer begins to hear a recording, before its first byte leaves. Who goes on with it only asks: how
    /// long it lasted is told by [`Backend::add_heard`], and no byte waits for that.
    ///
    /// # Errors
    /// When the database does not answer: what cannot be written down is not heard.
    pub async fn begin_listening(&self, viewer: &Viewer, id: RecordingId) -> Result<(), Error> {
        if self.listened(self.db(), viewer, id).await?.is_some() {
            return Ok(());
        }
        let transaction = self.writing().await?;
        // Two pieces of the same sound may have been asked for at once.
        if self.listened(&transaction, viewer, id).await?.is_none() {
            self.listens(&transaction, viewer, id).await?;
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
        let now = self.now();
        let transaction = self.writing().await?;
        if !is_within(&transaction, &viewer.scope(), id).await? {
            return Err(Problem::NotFound.into());
        }
        let row = match self.listened(&transaction, viewer, id).await? {
            Some(row) => row,
            None => self.listens(&transaction, viewer, id).await?,
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

    /// Writes down that the viewer begins to listen.
    async fn listens(
        &self,
        db: &impl ConnectionTrait,
        viewer: &Viewer,
        id: RecordingId,
    ) -> Result<listening::Model, Error> {
        let now = self.now();
        let row = listening::ActiveModel {
            id: Set(EventId(self.new_id()?)),
            recording_id: Set(id),
            account_id: Set(Some(viewer.account())),
            who: Set(viewer.name.clone()),
            since: Set(now),
            until: Set(now),
            heard_ms: Set(0),
        };
        Ok(row.insert(db).await?)
    }

    /// What the viewer is hearing, where that has not ended.
    async fn listened(
        &self,
        db: &impl ConnectionTrait,
        viewer: &Viewer,
        id: RecordingId,
    ) -> Result<Option<listening::Model>, Error> {
        Ok(listening::Entity::find()
            .filter(listening::COLUMN.account_id.eq(viewer.account()))
            .filter(listening::COLUMN.recording_id.eq(id))
            .filter(listening::COLUMN.until.gte(self.now().plus_ms(-SAME_MS)))
            .order_by_desc(listening::COLUMN.until)
            .one(db)
            .await?)
    }
}
