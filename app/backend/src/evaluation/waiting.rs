//! What of evaluations waits for the viewer: of one recording, and of all their own.

use std::collections::HashMap;

use model::{
    evaluation::{Showing, State, ToRead, Waiting, Who},
    id::RecordingId,
    instant::Instant,
    problem::Problem,
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait};

use super::{
    entity::{COLUMN, Entity},
    write,
};
use crate::{
    Backend, Error, Viewer,
    recordings::{
        entity::recording::{self, Column},
        of_person,
    },
};

/// The most that are told of at once, the newest.
const MOST: u64 = 20;

impl Backend {
    /// What of a recording's evaluations waits for the viewer; nothing where nothing does.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where it is not within the viewer's scope; when the database does not answer.
    pub async fn what_waits(&self, viewer: &Viewer, id: RecordingId) -> Result<Option<Waiting>, Error> {
        let subject = self.subject(self.db(), viewer, id).await?.ok_or(Problem::NotFound)?;
        let finished = Entity::find()
            .filter(COLUMN.recording_id.eq(id))
            .filter(COLUMN.done_at.is_not_null());
        for row in finished.all(self.db()).await? {
            if !row.is_seen_by(viewer, &subject)? {
                continue;
            }
            match (row.state()?, row.side(viewer, &subject)) {
                (State::Shown { .. }, Some(Who::Evaluated)) => return Ok(Some(Waiting::Reading)),
                (State::Disputed { .. }, Some(Who::Evaluator)) => return Ok(Some(Waiting::Answer)),
                _ => {}
            }
        }
        Ok(None)
    }

    /// What was said of the viewer and waits for their answer, the newest first; none where they are nobody who is recorded.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn to_read(&self, viewer: &Viewer) -> Result<Option<Vec<ToRead>>, Error> {
        let Some(person) = viewer.person else {
            return Ok(None);
        };
        if viewer.company().showing == Showing::Never {
            return Ok(Some(vec![]));
        }
        let scope = viewer.scope();
        let shown = (0..=State::MOST_DISPUTES).map(|disputes| write(&State::Shown { disputes }));
        let own = of_person(&scope, person).select_only().column(Column::Id);
        let rows = Entity::find()
            .filter(COLUMN.state.is_in(shown.collect::<Result<Vec<_>, _>>()?))
            .filter(COLUMN.own.eq(false))
            .filter(COLUMN.recording_id.in_subquery(own.into_query()))
            .order_by_desc(COLUMN.done_at)
            .order_by_desc(COLUMN.id)
            .limit(MOST)
            .all(self.db())
            .await?;
        let ids: Vec<RecordingId> = rows.iter().map(|row| row.recording_id).collect();
        let begun: Vec<(RecordingId, Instant)> = of_person(&scope, person)
            .filter(recording::COLUMN.id.is_in(ids))
            .select_only()
            .columns([Column::Id, Column::StartedAt])
            .into_tuple()
            .all(self.db())
            .await?;
        let begun: HashMap<_, _> = begun.into_iter().collect();
        let calendar = &viewer.company().calendar;
        let read = rows.into_iter().filter_map(|row| {
            Some(ToRead {
                recording: row.recording_id,
                call: calendar.stamp(*begun.get(&row.recording_id)?),
                done: calendar.stamp(row.done_at?),
                evaluator: row.evaluator,
            })
        });
        Ok(Some(read.collect()))
    }
}
