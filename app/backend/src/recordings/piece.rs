//! The next piece of a change of many recordings, or of its undoing: so many at a time that nobody else waits for long. Each change
//! is undone by itself: what a later one has changed since stays, and gives back, once that is undone, what this one found.

use std::collections::HashMap;

use model::{
    bulk::{Deed, Progress},
    history::What,
    id::{ChangeId, RecordingId},
    problem::Problem,
    recording::Flag,
};
use sea_orm::{
    ActiveModelTrait, ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, Iterable, QueryFilter, QueryOrder,
    QuerySelect, QueryTrait,
    sea_query::{Expr, OnConflict, Query},
};

use super::{
    entity::{
        change, changed,
        recording::{self, COLUMN},
    },
    keys::of_tag,
    over::{Over, over},
    within,
};
use crate::{Backend, Error, Viewer};

/// Rows of a piece: a tenth of a second.
const PIECE: u64 = 2_000;

/// What has become of a recording of a change.
pub(super) const DONE: i16 = 1;
/// Undone, or never anything else than what the change gives.
const UNDONE: i16 = 2;
const LEFT_ALONE: i16 = 3;
/// Done, and changed by hand since.
pub(super) const OVERWRITTEN: i16 = 4;

impl Backend {
    /// Does the next piece of a change. What has left the viewer's scope since it began is left alone.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where it is not the viewer's, or no longer there; [`Problem::Changed`] where it has been
    /// undone.
    pub async fn carry_on(&self, viewer: &Viewer, id: ChangeId) -> Result<Progress, Error> {
        self.next_piece(viewer, id, false).await
    }

    /// Undoes the next piece of a change, also of one that has not ended: each recording gets back what it had. What
    /// someone or a later change has changed since, and what has left the viewer's scope, is left alone.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where it is not the viewer's, or no longer there.
    pub async fn undo(&self, viewer: &Viewer, id: ChangeId) -> Result<Progress, Error> {
        self.next_piece(viewer, id, true).await
    }

    async fn next_piece(&self, viewer: &Viewer, id: ChangeId, back: bool) -> Result<Progress, Error> {
        if !viewer.may_tag() {
            return Err(Problem::NotFound.into());
        }
        let transaction = self.writing().await?;
        let found = change::Entity::find_by_id(id).one(&transaction).await?;
        let own = found.filter(|change| change.account_id == viewer.account() || cut!("own-change"));
        let mut change = own.ok_or(Problem::NotFound)?;
        if change.undone && !back {
            return Err(Problem::Changed.into());
        }
        if back && !change.undone {
            change.undone = true;
            change.reached = None;
            (change.done, change.changed, change.left_alone) = (0, 0, 0);
        }
        let deed: Deed = serde_json::from_str(&change.deed).map_err(Error::internal)?;
        let rows = changed::Entity::find()
            .filter(changed::COLUMN.change_id.eq(id))
            .filter(
                changed::COLUMN
                    .recording_id
                    .gt(change.reached.unwrap_or(RecordingId(i64::MIN))),
            )
            .order_by_asc(changed::COLUMN.recording_id)
            .limit(PIECE)
            .all(&transaction)
            .await?;
        let present: HashMap<RecordingId, Deed> = within(&viewer.scope())
            .filter(COLUMN.id.is_in(rows.iter().map(|row| row.recording_id)))
            .select_only()
            .columns([recording::Column::Id, recording::Column::Flag, recording::Column::Tag])
            .into_tuple::<(RecordingId, i16, Option<String>)>()
            .all(&transaction)
            .await?
            .into_iter()
            .map(|(id, flag, tag)| (id, alike(&deed, flag, tag)))
            .collect();
        let over = if back {
            over(&transaction, &deed, &rows).await?
        } else {
            HashMap::new()
        };
        let mut piece = Piece::default();
        for row in &rows {
            let present = present.get(&row.recording_id);
            if back {
                piece.undo(row, present, over.get(&row.recording_id), &deed);
            } else {
                piece.carry_on(row, present, &deed);
            }
        }
        let what = std::mem::take(&mut piece.what);
        self.chronicle(&transaction, &self.doer(viewer), what, false).await?;
        let (changed, left_alone) = piece.write(&transaction, id, self.new_id()?).await?;
        if let Some(last) = rows.last() {
            change.reached = Some(last.recording_id);
        }
        change.done += i64::try_from(rows.len()).map_err(Error::internal)?;
        change.changed += i64::try_from(changed).map_err(Error::internal)?;
        change.left_alone += i64::try_from(left_alone).map_err(Error::internal)?;
        if (rows.len() as u64) < PIECE {
            // Those that have been removed meanwhile are waited for no longer.
            change.count = change.done;
        }
        let progress = progress(&change);
        change.into_active_model().reset_all().update(&transaction).await?;
        transaction.commit().await?;
        self.forget_choices();
        Ok(progress)
    }
}

/// How far a change has come, or its undoing.
pub(super) fn progress(change: &change::Model) -> Progress {
    Progress {
        id: change.id,
        count: change.count.unsigned_abs(),
        done: change.done.unsigned_abs(),
        changed: change.changed.unsigned_abs(),
        left_alone: change.left_alone.unsigned_abs(),
        ended: change.done >= change.count,
    }
}

/// What a recording has, as the deed that would have given it that.
pub(super) fn alike(deed: &Deed, flag: i16, tag: Option<String>) -> Deed {
    match deed {
        Deed::Flag(_) => Deed::Flag(Flag::numbered(flag)),
        Deed::Tag(_) => Deed::Tag(tag),
    }
}

/// What is to be written at the end of a piece.
#[derive(Default)]
struct Piece {
    /// What recordings get.
    gets: HashMap<Deed, Vec<RecordingId>>,
    /// What becomes of the rows of the change.
    states: HashMap<i16, Vec<RecordingId>>,
    /// What an undoing gives back, of this change and of those that lie over it, where it is something else by now.
    before: HashMap<(ChangeId, Deed), Vec<RecordingId>>,
    /// What is written down of it.
    what: Vec<(RecordingId, What)>,
}

impl Piece {
    fn carry_on(&mut self, row: &changed::Model, present: Option<&Deed>, deed: &Deed) {
        let id = row.recording_id;
        let Some(present) = present else {
            self.states.entry(LEFT_ALONE).or_default().push(id);
            return;
        };
        // What is left as it was lies over nothing that was done before, and has nothing to give back.
        if present == deed {
            self.states.entry(UNDONE).or_default().push(id);
            return;
        }
        // It was changed between the beginning and now.
        if *present != before(row, deed) {
            let now = (row.change_id, present.clone());
            self.before.entry(now).or_default().push(id);
        }
        self.what.push((id, happened(present, deed)));
        self.gets.entry(deed.clone()).or_default().push(id);
        self.states.entry(DONE).or_default().push(id);
    }

    fn undo(&mut self, row: &changed::Model, present: Option<&Deed>, over: Option<&Over>, deed: &Deed) {
        let (id, before) = (row.recording_id, before(row, deed));
        let state = match (row.state, present) {
            (DONE, _) if before == *deed => UNDONE,
            (DONE, Some(present)) => match over {
                Some(over) => {
                    // As if this had never been: whoever undoes that one finds what was there before both.
                    if over.before == *deed {
                        self.before.entry((over.change, before)).or_default().push(id);
                    }
                    LEFT_ALONE
                }
                None if present == deed => {
                    self.what.push((id, happened(deed, &before)));
                    self.gets.entry(before).or_default().push(id);
                    UNDONE
                }
                None => LEFT_ALONE,
            },
            (DONE | OVERWRITTEN, _) => LEFT_ALONE,
            _ => return,
        };
        self.states.entry(state).or_default().push(id);
    }

    /// Writes it all; says how many recordings have something else now, and how many were left alone. What is done lies at
    /// `place`, over what was done before.
    async fn write(self, db: &impl ConnectionTrait, id: ChangeId, place: i64) -> Result<(usize, usize), Error> {
        let changed = self.gets.values().map(Vec::len).sum();
        let left_alone = self.states.get(&LEFT_ALONE).map_or(0, Vec::len);
        for (deed, ids) in self.gets {
            match deed {
                Deed::Flag(flag) => {
                    let number = flag.map_or(0, Flag::number);
                    recording::Entity::update_many()
                        .col_expr(recording::Column::Flag, Expr::val(number))
                        .filter(COLUMN.id.is_in(ids))
                        .exec(db)
                        .await?;
                }
                Deed::Tag(tag) => set_tag(db, ids, tag).await?,
            }
        }
        let rows = |id: ChangeId, of: Vec<RecordingId>| {
            changed::Entity::update_many()
                .filter(changed::COLUMN.change_id.eq(id))
                .filter(changed::COLUMN.recording_id.is_in(of))
        };
        for (state, ids) in self.states {
            let rows = rows(id, ids).col_expr(changed::Column::State, Expr::val(state));
            let rows = if state == DONE {
                rows.col_expr(changed::Column::Place, Expr::val(place))
            } else {
                rows
            };
            rows.exec(db).await?;
        }
        for ((change, had), ids) in self.before {
            let rows = rows(change, ids);
            let rows = match had {
                Deed::Flag(flag) => rows.col_expr(changed::Column::Flag, Expr::val(flag.map_or(0, Flag::number))),
                Deed::Tag(tag) => rows.col_expr(changed::Column::Tag, Expr::val(tag)),
            };
            rows.exec(db).await?;
        }
        Ok((changed, left_alone))
    }
}

/// What happens where one takes the other's place.
fn happened(from: &Deed, to: &Deed) -> What {
    let text = |deed: &Deed| match deed {
        Deed::Tag(tag) => tag.clone().unwrap_or_default(),
        Deed::Flag(_) => String::new(),
    };
    match (from, to) {
        (Deed::Flag(from), Deed::Flag(to)) => What::Flagged { from: *from, to: *to },
        (from, to) => What::Tagged {
            from: text(from),
            to: text(to),
        },
    }
}

/// Gives recordings a tag, in the order of time: SQLite writes its index of words fifty times quicker in that order, and an
/// update by itself goes through the rows in the order in which they came.
pub(crate) async fn set_tag(
    db: &impl ConnectionTrait,
    ids: Vec<RecordingId>,
    tag: Option<String>,
) -> Result<(), Error> {
    let (text, key) = of_tag(tag.as_deref());
    let present = recording::Entity::find()
        .filter(COLUMN.id.is_in(ids))
        .order_by_asc(COLUMN.moment)
        .into_query();
    let values = [
        (recording::Column::Tag, Expr::val(tag)),
        (recording::Column::TagText, Expr::val(text)),
        (recording::Column::TagKey, Expr::val(key)),
    ];
    let update = Query::insert()
        .into_table(recording::Entity)
        .columns(recording::Column::iter())
        .select_from(present)
        .map_err(Error::internal)?
        .on_conflict(OnConflict::column(recording::Column::Id).values(values).to_owned())
        .to_owned();
    db.execute(&update).await?;
    Ok(())
}

/// What a recording had before.
pub(super) fn before(row: &changed::Model, deed: &Deed) -> Deed {
    alike(deed, row.flag.unwrap_or_default(), row.tag.clone())
}

#[cfg(test)]
mod tests {
    use model::bulk::Selection;

    use super::*;
    use crate::testing::{
        Fixture,
        crowd::{Crowd, SUPER, viewer},
    };

    #[tokio::test(flavor = "multi_thread")]
    async fn what_has_been_removed_keeps_nothing_from_ending() {
        let fixture = Fixture::new().await;
        let backend = &fixture.backend;
        Crowd::of(3).fill(backend).await;
        let rows = recording::Entity::find().all(backend.db()).await.unwrap();
        let ids: Vec<RecordingId> = rows.iter().map(|row| row.id).take(3).collect();
        let eva = viewer(backend, SUPER).await;
        let deed = Deed::Tag(Some("Kampanj".into()));
        let all = Selection::Chosen(ids.clone());
        let begun = backend.start_change(&eva, &all, deed).await.unwrap();
        let done = backend.carry_on(&eva, begun.id).await.unwrap();
        assert_eq!((done.count, done.changed, done.ended), (3, 3, true));
        recording::Entity::delete_by_id(ids[0])
            .exec(backend.db())
            .await
            .unwrap();
        let undone = backend.undo(&eva, begun.id).await.unwrap();
        assert_eq!(
            (undone.count, undone.done, undone.changed, undone.ended),
            (2, 2, 2, true)
        );
        assert_eq!(backend.done_lately(&eva).await.unwrap(), [], "there is no more to undo");
    }
}
