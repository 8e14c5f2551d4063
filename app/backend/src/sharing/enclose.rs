//! What a letter with a link needs when it leaves: that is when its secret is made
//! ([ADR 6](../../../docs/adr/0006-secrets-leave-with-letters.md)). A letter that is tried again has a new one, and the one before is
//! dead; whoever has opened the link stays in, and its day goes on from when it was sent.

use model::{id::ShareId, instant::Instant, recording::RecordingRow};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

use super::{guest::outward, living::Living};
use crate::{Backend, Error, Secret, company::Company, scope::Scope};

/// A call that someone passes on.
#[derive(Clone, Debug)]
pub struct SharedCall {
    pub row: RecordingRow,
    pub subject: String,
    /// Who sends it, and what they say to it.
    pub sender: String,
    pub message: Option<String>,
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
        let Some(Living { share, .. }) = self.living_share(&transaction, id).await? else {
            return Ok(None);
        };
        let scope = Scope::one(share.recording_id);
        let mut row = share.clone().into_active_model();
        row.token_hash = Set(Some(secret.hash()));
        row.update(&transaction).await?;
        transaction.commit().await?;
        let Some(row) = self.row_within(&scope, company, share.recording_id).await? else {
            return Ok(None);
        };
        Ok(Some(Enclosed {
            secret,
            until: share.until,
            locale: share.locale,
            call: SharedCall {
                row: outward(row),
                subject: share.subject,
                sender: share.sender,
                message: share.message,
                passcode: share.passcode_hash.is_some(),
            },
        }))
    }
}
