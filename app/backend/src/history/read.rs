//! Reading what has happened to a recording: newest first, a page at a time, by the place where one ends.

use std::cmp::Reverse;

use model::{
    history::{Chapter, Entry, ShareDeed, What},
    id::{EventId, RecordingId},
    problem::Problem,
};
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::entity::{event, listening as heard};
use crate::{Backend, Error, Viewer, calendar::Calendar, recordings::is_within, sharing::Receivers};

/// Entries of a page.
const PAGE: usize = 200;
/// The most pages that are read for one, where nothing of them is told.
const MOST_PAGES: usize = 10;
/// How what became of an evaluation begins, as it is kept.
const EVALUATION: &str = r#"{"evaluation":"#;

/// A row of one of the two tables. Their numbers come from one source and grow: together they are in the order in which it
/// happened.
enum Row {
    Event(event::Model),
    Heard(heard::Model),
}

impl Row {
    const fn place(&self) -> EventId {
        match self {
            Self::Event(row) => row.id,
            Self::Heard(row) => row.id,
        }
    }
}

impl Backend {
    /// What has happened to a recording, newest first: a page of it, from a place on. Receivers of links are told by their
    /// address only to those who have sent them one, or answer for the company.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where it is not within the viewer's scope; when the database does not answer.
    pub async fn history(&self, viewer: &Viewer, id: RecordingId, before: Option<EventId>) -> Result<Chapter, Error> {
        if !is_within(self.db(), &viewer.scope(), id).await? {
            return Err(Problem::NotFound.into());
        }
        let receivers = self.receivers(viewer, id).await?;
        let mut untold = self.untold(viewer, id).await?;
        if let (Some(untold), Some(place)) = (&mut untold, before) {
            // It is asked from the newest on, and so also what other pages have told.
            for mut what in self.evaluated_since(id, place).await? {
                untold(&mut what);
            }
        }
        let calendar = &viewer.company().calendar;
        let (mut entries, mut older) = (vec![], before);
        for _ in 0..MOST_PAGES {
            let rows;
            (rows, older) = self.rows_before(viewer, id, older).await?;
            for row in rows {
                let row = match row {
                    Row::Event(row) => row,
                    Row::Heard(row) => {
                        entries.push(listened(row, &receivers, calendar));
                        continue;
                    }
                };
                let mut what = read(&row.what)?;
                if !untold.as_mut().is_some_and(|untold| untold(&mut what)) {
                    entries.push(happened(row, what, &receivers, calendar));
                }
            }
            // Where nothing of a page is told, that is not all that there is.
            if older.is_none() || !entries.is_empty() {
                break;
            }
        }
        Ok(Chapter { entries, older })
    }

    /// The rows of a page, and the place from which the next goes on.
    async fn rows_before(
        &self,
        viewer: &Viewer,
        id: RecordingId,
        before: Option<EventId>,
    ) -> Result<(Vec<Row>, Option<EventId>), Error> {
        let seen = Condition::any()
            .add(event::COLUMN.private.eq(false))
            .add(event::COLUMN.account_id.eq(viewer.account()));
        let place = before.unwrap_or(EventId(i64::MAX));
        // One more than is shown says whether there are others.
        let most = PAGE as u64 + 1;
        let events = event::Entity::find()
            .filter(event::COLUMN.recording_id.eq(id))
            .filter(event::COLUMN.id.lt(place))
            .filter(seen)
            .order_by_desc(event::COLUMN.id)
            .limit(most)
            .all(self.db())
            .await?;
        let listened = heard::Entity::find()
            .filter(heard::COLUMN.recording_id.eq(id))
            .filter(heard::COLUMN.id.lt(place))
            .order_by_desc(heard::COLUMN.id)
            .limit(most)
            .all(self.db())
            .await?;
        let events = events.into_iter().map(Row::Event);
        let mut rows: Vec<Row> = events.chain(listened.into_iter().map(Row::Heard)).collect();
        rows.sort_unstable_by_key(|row| Reverse(row.place()));
        let ended = rows.len() <= PAGE;
        rows.truncate(PAGE);
        let older = rows.last().filter(|_| !ended).map(Row::place);
        Ok((rows, older))
    }

    /// What became of a recording's evaluations, newest first, down to a place.
    async fn evaluated_since(&self, id: RecordingId, place: EventId) -> Result<Vec<What>, Error> {
        let rows: Vec<String> = event::Entity::find()
            .filter(event::COLUMN.recording_id.eq(id))
            .filter(event::COLUMN.id.gte(place))
            .filter(event::COLUMN.what.starts_with(EVALUATION))
            .order_by_desc(event::COLUMN.id)
            .select_only()
            .column(event::Column::What)
            .into_tuple()
            .all(self.db())
            .await?;
        rows.iter().map(|what| read(what)).collect()
    }
}

fn read(what: &str) -> Result<What, Error> {
    serde_json::from_str(what).map_err(Error::internal)
}

fn happened(row: event::Model, mut what: What, receivers: &Receivers, calendar: &Calendar) -> Entry {
    let told = |address| receivers.told(row.share_id, address);
    if let What::Share { to, .. } = &mut what {
        *to = told(std::mem::take(to));
    }
    let by_link = match what {
        What::Downloaded => row.share_id.is_some(),
        What::Share { ref deed, .. } => *deed == ShareDeed::Opened,
        _ => false,
    };
    Entry {
        at: calendar.stamp(row.at),
        who: if by_link { told(row.who) } else { row.who },
        what,
    }
}

fn listened(row: heard::Model, receivers: &Receivers, calendar: &Calendar) -> Entry {
    Entry {
        at: calendar.stamp(row.since),
        who: if row.share_id.is_some() {
            receivers.told(row.share_id, row.who)
        } else {
            row.who
        },
        what: What::Listened {
            until: calendar.stamp(row.until),
            heard_ms: row.heard_ms,
        },
    }
}

#[cfg(test)]
mod tests {
    use model::{evaluation::Tenths, history::EvaluationDeed, id::EvaluationId};

    use super::*;

    #[test]
    fn what_became_of_an_evaluation_is_found_by_how_it_begins() {
        let what = What::Evaluation {
            evaluation: EvaluationId(1),
            form: "Form".into(),
            deed: EvaluationDeed::Finished {
                percent: Some(Tenths(0)),
                failed: true,
            },
        };
        assert!(serde_json::to_string(&what).unwrap().starts_with(EVALUATION));
    }
}
