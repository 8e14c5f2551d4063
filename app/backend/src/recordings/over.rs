//! What lies over what a change of many recordings has given them: later changes of many, and what someone has changed by hand.

use std::collections::HashMap;

use model::{
    bulk::Deed,
    id::{ChangeId, RecordingId},
};
use sea_orm::{
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, SelectStatement},
};

use super::{
    entity::{change, changed},
    piece::{DONE, OVERWRITTEN, before},
};
use crate::Error;

/// How a deed that is kept begins.
const FLAG: &str = r#"{"Flag":"#;
const TAG: &str = r#"{"Tag":"#;

/// The next change over another, at one recording.
pub(super) struct Over {
    pub change: ChangeId,
    /// What that one found, as the deed that would have given it.
    pub before: Deed,
}

/// What lies next over the rows of a change, whoever did it; what has been undone lies nowhere.
pub(super) async fn over(
    db: &impl ConnectionTrait,
    deed: &Deed,
    rows: &[changed::Model],
) -> Result<HashMap<RecordingId, Over>, Error> {
    let places: HashMap<RecordingId, i64> = rows.iter().map(|row| (row.recording_id, row.place)).collect();
    let lowest = rows.iter().map(|row| row.place).min().unwrap_or_default();
    let later = changed::Entity::find()
        .filter(
            changed::COLUMN
                .recording_id
                .is_in(rows.iter().map(|row| row.recording_id)),
        )
        .filter(changed::COLUMN.state.eq(DONE))
        .filter(changed::COLUMN.place.gt(lowest))
        .filter(changed::COLUMN.change_id.in_subquery(alike(deed)))
        .order_by_asc(changed::COLUMN.place)
        .all(db)
        .await?;
    let mut next = HashMap::new();
    for row in later {
        if places.get(&row.recording_id).is_some_and(|place| row.place > *place) {
            next.entry(row.recording_id).or_insert_with(|| Over {
                change: row.change_id,
                before: before(&row, deed),
            });
        }
    }
    Ok(next)
}

/// Someone has changed by hand what such a deed gives: what changes of many have given it before is theirs no longer, also where
/// it comes to the same again.
pub(crate) async fn changed_by_hand(db: &impl ConnectionTrait, id: RecordingId, deed: &Deed) -> Result<(), Error> {
    changed::Entity::update_many()
        .col_expr(changed::Column::State, Expr::val(OVERWRITTEN))
        .filter(changed::COLUMN.recording_id.eq(id))
        .filter(changed::COLUMN.state.eq(DONE))
        .filter(changed::COLUMN.change_id.in_subquery(alike(deed)))
        .exec(db)
        .await?;
    Ok(())
}

/// The changes that give recordings the same kind of thing.
fn alike(deed: &Deed) -> SelectStatement {
    let begins = match deed {
        Deed::Flag(_) => FLAG,
        Deed::Tag(_) => TAG,
    };
    change::Entity::find()
        .filter(change::COLUMN.deed.starts_with(begins))
        .select_only()
        .column(change::Column::Id)
        .into_query()
}

#[cfg(test)]
mod tests {
    use model::recording::Flag;

    use super::*;

    #[test]
    fn deeds_are_known_by_how_they_begin() {
        let kept = |deed: Deed| serde_json::to_string(&deed).unwrap();
        for deed in [Deed::Flag(None), Deed::Flag(Some(Flag::Red))] {
            assert!(kept(deed).starts_with(FLAG));
        }
        for deed in [Deed::Tag(None), Deed::Tag(Some("Vår".into()))] {
            assert!(kept(deed).starts_with(TAG));
        }
    }
}
