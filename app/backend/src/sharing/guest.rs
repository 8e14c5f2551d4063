//! Someone who has opened a link, and has no account: reaches one recording, for as long as the link lives, and nothing else.

use model::{
    evaluation::Verdict,
    id::{PersonId, RecordingId, ShareId},
    instant::Instant,
    problem::Problem,
    recording::RecordingRow,
    sharing::Opened,
};
use sea_orm::{EntityTrait, QueryFilter};

use super::entity::visit;
use crate::{
    Backend, Error, chance,
    history::Listener,
    recordings::{Download, Judged, Taking},
    scope::Scope,
};

/// Made by [`Backend::guest`] alone, anew for each request.
#[derive(Clone, Debug)]
pub struct Guest {
    pub(crate) share: ShareId,
    pub(crate) recording: RecordingId,
    /// The receiver's address: by that they are called.
    pub(crate) email: String,
    locale: String,
    until: Instant,
    download: bool,
    /// As whom they are told of evaluations.
    told_as: Option<PersonId>,
    /// As they were called then, and what they said to it.
    name: String,
    message: Option<String>,
    internal: bool,
}

impl Guest {
    /// The language the sender has chosen for them.
    #[must_use]
    pub fn locale(&self) -> &str {
        &self.locale
    }

    /// When the link dies at the latest.
    #[must_use]
    pub const fn until(&self) -> Instant {
        self.until
    }

    /// Whether they may take the sound along as a file.
    #[must_use]
    pub fn may_download(&self) -> bool {
        self.download || cut!("share-download")
    }

    pub(crate) const fn scope(&self) -> Scope {
        Scope::one(self.recording)
    }
}

impl Backend {
    /// Who carries this token; none where nobody has opened a link with it, or the link is dead.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn guest(&self, token: Option<&str>) -> Result<Option<Guest>, Error> {
        let Some(token) = token.filter(|token| token.len() == chance::SECRET_SIGNS) else {
            return Ok(None);
        };
        let found = visit::Entity::find()
            .filter(visit::COLUMN.token_hash.eq(chance::hash(token)))
            .one(self.db())
            .await?;
        let Some(visit) = found else { return Ok(None) };
        let living = self.living_share(self.db(), visit.share_id).await?;
        Ok(living.map(|living| Guest {
            told_as: living.told_as(),
            share: living.share.id,
            recording: living.share.recording_id,
            email: living.share.email,
            locale: living.share.locale,
            until: living.share.until,
            download: living.download,
            name: living.share.sender,
            message: living.share.message,
            internal: living.share.internal,
        }))
    }

    /// What a guest sees of the recording: what the letter said of it too, and what the player needs.
    ///
    /// # Errors
    /// [`Problem::LinkDead`] where it is gone; when the database does not answer.
    pub async fn shared(&self, guest: &Guest) -> Result<Opened, Error> {
        let company = self.company().await?;
        let judged = Judged::to_person(guest.told_as, &company);
        let found = self
            .recording_within(&guest.scope(), &company, judged, guest.recording)
            .await?;
        let mut detail = found.ok_or(Problem::LinkDead)?;
        detail.row = outward(detail.row, guest.internal);
        (detail.department, detail.group, detail.consent) = (None, None, None);
        detail.rule.clear();
        Ok(Opened {
            detail,
            sender: guest.name.clone(),
            message: guest.message.clone(),
            internal: guest.internal,
            until: company.calendar.stamp(guest.until),
            download: guest.may_download(),
        })
    }

    /// The original, for a guest who may take it along.
    ///
    /// # Errors
    /// When the database does not answer or the file cannot be opened.
    pub async fn download_shared(&self, guest: &Guest, id: RecordingId) -> Result<Option<Download>, Error> {
        if !guest.may_download() {
            return Ok(None);
        }
        let company = self.company().await?;
        let taking = Taking {
            recording: id,
            account: None,
            share: Some(guest.share),
            who: guest.email.clone(),
        };
        self.download_within(&guest.scope(), &company, guest.internal, taking)
            .await
    }

    /// Adds what a guest has heard of a recording.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where it is not the guest's: a browser that has opened another link since is the guest of that
    /// one.
    pub async fn add_heard_by_guest(&self, guest: &Guest, id: RecordingId, heard_ms: i64) -> Result<(), Error> {
        self.add_heard_by(&Listener::Guest(guest), id, heard_ms).await
    }
}

/// The row as it leaves the house: what listeners have marked and whom the other party was known as stays, and unless the
/// sender has chosen otherwise also what is the company's own.
pub(super) fn outward(row: RecordingRow, internal: bool) -> RecordingRow {
    let row = RecordingRow {
        flag: None,
        other_name: None,
        ..row
    };
    if internal {
        // That it is evaluated, and not how.
        let verdict = row.verdict.map(|_| Verdict::default());
        return RecordingRow { verdict, ..row };
    }
    RecordingRow {
        extension: String::new(),
        tag: None,
        verdict: None,
        ..row
    }
}
