//! Recordings as their listeners reach them: lists, one of them, and its sound. Every select begins with a scope.

mod asked;
mod choices;
mod counting;
mod detail;
mod done;
pub(crate) mod entity;
mod files;
mod find;
mod grants;
mod hints;
mod judged;
pub(crate) mod keys;
mod list;
mod listed;
mod mark;
pub(crate) mod marks;
pub(crate) mod moment;
mod order;
mod outlet;
mod over;
mod pack;
mod packs;
mod pages;
mod paging;
mod piece;
#[cfg(test)]
mod plans;
mod row;
mod sound;

pub use choices::ChoicesByScope;
pub use detail::{Download, Taking};
pub use files::{Order, Wording};
pub use grants::{Allowed, Carried, Grants, Purpose};
pub use hints::Hints;
pub(crate) use judged::Judged;
pub(crate) use keys::rename_person;
use model::id::{PersonId, RecordingId};
pub use outlet::Pieces;
pub(crate) use over::changed_by_hand;
pub use packs::Packs;
pub(crate) use piece::set_tag;
use sea_orm::{ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select};
pub(crate) use sound::can_be_entered;
pub use sound::{Peaks, Sound};

use crate::{Error, scope::Scope};
use entity::recording;

/// The recordings within a scope: where every select of this room begins.
pub(crate) fn within(scope: &Scope) -> Select<recording::Entity> {
    scope.within(recording::Entity::find())
}

/// A select among what another finds, by what that one selects.
fn among(found: Select<recording::Entity>) -> Select<recording::Entity> {
    let mut among = recording::Entity::find();
    QuerySelect::query(&mut among)
        .from_clear()
        .from_subquery(found.into_query(), "recording");
    among
}

/// Those of one person, as far as a scope reaches.
pub(crate) fn of_person(scope: &Scope, person: PersonId) -> Select<recording::Entity> {
    within(scope).filter(recording::COLUMN.person_id.eq(person))
}

/// Whether it is there for that scope.
pub(crate) async fn is_within(db: &impl ConnectionTrait, scope: &Scope, id: RecordingId) -> Result<bool, Error> {
    let found: Option<i64> = one_within(scope, id)
        .select_only()
        .column(recording::Column::Moment)
        .into_tuple()
        .one(db)
        .await?;
    Ok(found.is_some())
}

/// One of them.
pub(crate) fn one_within(scope: &Scope, id: RecordingId) -> Select<recording::Entity> {
    within(scope).filter(recording::COLUMN.id.eq(id))
}
