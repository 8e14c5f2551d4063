//! What a letter with a link needs when it leaves: that is when its secret is made
//! ([ADR 6](../../../docs/adr/0006-secrets-leave-with-letters.md)). A letter that is tried again has a new one, and the ones before
//! stay good: one of them may have arrived. The link's day goes on from when it was sent.

use model::{id::ShareId, instant::Instant, recording::RecordingRow};
use sea_orm::{ActiveValue::Set, EntityTrait};

use super::{entity::secret, guest::outward, living::Living};
use crate::{Backend, Error, Secret, company::Company, recordings::Judged, scope::Scope};

/// A call that someone passes on.
#[derive(Clone, Debug)]
pub struct SharedCall {
    pub row: RecordingRow,
    pub subject: String,
    /// Who sends it, where they are answered, and what they say to it.
    pub sender: String,
    pub reply_to: String,
    pub message: Option<String>,
    /// Whether what is the company's own is told too.
    pub internal: bool,
    /// Whether a passcode is asked for.
    pub passcode: bool,
}

/// See [`Backend::enclose_share`].
pub(crate) struct Enclosed {
    pub secret: Secret,
    pub until: Instant,
    pub locale: String,
    pub call: SharedCall,
}

impl Backend {
    /// Makes the secret of a link whose letter leaves. None where the link is dead: nobody needs that letter.
    pub(crate) async fn enclose_share(&self, id: ShareId, company: &Company) -> Result<Option<Enclosed>, Error> {
        let secret = Secret::new(self.chance())?;
        let transaction = self.writing().await?;
        let Some(living) = self.living_share(&transaction, id).await? else {
            return Ok(None);
        };
        let judged = Judged::to_person(living.told_as(), company);
        let Living { share, sender, .. } = living;
        let row = secret::ActiveModel {
            token_hash: Set(secret.hash()),
            share_id: Set(share.id),
        };
        secret::Entity::insert(row).exec_without_returning(&transaction).await?;
        transaction.commit().await?;
        let scope = Scope::one(share.recording_id);
        let Some(row) = self.row_within(&scope, company, judged, share.recording_id).await? else {
            return Ok(None);
        };
        Ok(Some(Enclosed {
            secret,
            until: share.until,
            locale: share.locale,
            call: SharedCall {
                row: outward(row, share.internal),
                subject: share.subject,
                sender: share.sender,
                reply_to: sender.email,
                message: share.message,
                internal: share.internal,
                passcode: share.passcode_hash.is_some(),
            },
        }))
    }
}
