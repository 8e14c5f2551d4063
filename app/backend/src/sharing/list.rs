//! The links to a recording: one's own, or all of them for those who answer for the company. Other people's addresses are
//! nobody's business.

use std::collections::HashMap;

use model::{
    id::{LetterId, RecordingId, ShareId},
    problem::Problem,
    sharing::{MOST_TRIES, Share, Standing},
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{close::theirs, entity::share, living::is_closed};
use crate::{Backend, Error, Viewer, history::heard_by_links, mail, recordings::is_within};

/// The most of those that are over which are shown. Of those that can be opened all are: they can be closed here alone.
const MOST: u64 = 200;

impl Backend {
    /// The links to a recording that the viewer may close: first those whose day goes on, then those that are over, newest
    /// first.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where the viewer may send nothing, or the recording is not within the viewer's scope.
    pub async fn links(&self, viewer: &Viewer, id: RecordingId) -> Result<Vec<Share>, Error> {
        if !viewer.may_share() || !is_within(self.db(), &viewer.scope(), id).await? {
            return Err(Problem::NotFound.into());
        }
        let alive = Condition::all()
            .add(share::COLUMN.until.gt(self.now()))
            .add(share::COLUMN.revoked_at.is_null())
            .add(share::COLUMN.tries.lt(i64::from(MOST_TRIES)));
        let those = |which: Condition| {
            let of_recording = share::Entity::find().filter(share::COLUMN.recording_id.eq(id));
            theirs(viewer, of_recording)
                .filter(which)
                .order_by_desc(share::COLUMN.id)
        };
        let mut rows = those(alive.clone()).all(self.db()).await?;
        rows.extend(those(alive.not()).limit(MOST).all(self.db()).await?);
        let ids: Vec<ShareId> = rows.iter().map(|row| row.id).collect();
        let letters: Vec<LetterId> = rows.iter().map(|row| row.letter_id).collect();
        let heard = heard_by_links(self.db(), ids).await?;
        let mut faults = mail::faults(self.db(), letters.clone()).await?;
        let left = mail::left(self.db(), letters).await?;
        let (calendar, mut answered) = (&viewer.company().calendar, HashMap::new());
        let mut shown = vec![];
        for row in rows {
            let answers = match answered.get(&row.account_id) {
                Some(answers) => *answers,
                None => self.answers_for(self.db(), &row).await?.is_some(),
            };
            answered.insert(row.account_id, answers);
            let standing = if self.now() >= row.until {
                Standing::Expired
            } else if is_closed(&row) || !answers {
                Standing::Closed
            } else if left.contains(&row.letter_id) {
                Standing::Valid
            } else if faults.contains_key(&row.letter_id) {
                Standing::Unsent
            } else {
                Standing::Waiting
            };
            shown.push(Share {
                heard_ms: heard.get(&row.id).copied().unwrap_or_default(),
                id: row.id,
                to: row.email,
                by: row.sender,
                sent: calendar.stamp(row.created_at),
                until: calendar.stamp(row.until),
                download: row.download,
                passcode: row.passcode_hash.is_some(),
                internal: row.internal,
                standing,
                fault: faults.remove(&row.letter_id).filter(|_| standing == Standing::Unsent),
                opened: row.opened.try_into().unwrap_or(u32::MAX),
                last_opened: row.last_opened_at.map(|at| calendar.stamp(at)),
            });
        }
        Ok(shown)
    }
}
