//! What listeners say of a recording (checklist 83–86), and the company's own lists of values for it (119–124).

mod comments;
pub(crate) mod entity;
mod notes;
mod outcomes;
mod words;

pub use comments::Said;
use entity::comment;
use model::{
    account::Role,
    id::RecordingId,
    problem::Problem,
    review::{Comment, Review},
};
pub use outcomes::Turn;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QueryOrder};

use crate::{Backend, Error, Viewer};

impl Backend {
    /// What has been said of a recording.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where it is not within the viewer's scope; when the database does not answer.
    pub async fn review(&self, viewer: &Viewer, id: RecordingId) -> Result<Review, Error> {
        let notes = self.notes(self.db(), viewer, id).await?.ok_or(Problem::NotFound)?;
        let outcomes = self.choosable(&notes).await?;
        let seen = Condition::any()
            .add(comment::COLUMN.private.eq(false))
            .add(comment::COLUMN.account_id.eq(viewer.account()));
        let comments = comment::Entity::find()
            .filter(comment::COLUMN.recording_id.eq(id))
            .filter(if cut!("private-comment") {
                Condition::all()
            } else {
                seen
            })
            .order_by_asc(comment::COLUMN.id)
            .all(self.db())
            .await?;
        let mut comments: Vec<Comment> = comments.into_iter().map(|row| shown(viewer, row)).collect();
        comments.sort_by_key(|comment| comment.at_ms);
        Ok(Review {
            id,
            notes,
            outcomes,
            comments,
            changeable: viewer.may_tag(),
            commentable: viewer.may_comment(),
        })
    }
}

fn is_own(viewer: &Viewer, row: &comment::Model) -> bool {
    row.account_id == Some(viewer.account()) || cut!("own-comment")
}

fn shown(viewer: &Viewer, row: comment::Model) -> Comment {
    let calendar = &viewer.company().calendar;
    let own = is_own(viewer, &row) && viewer.may_comment();
    Comment {
        own,
        removable: own || viewer.role == Role::Super,
        id: row.id,
        at_ms: row.at_ms,
        text: row.text,
        private: row.private,
        author: row.author,
        written: calendar.stamp(row.written_at),
        changed: row.changed_at.map(|at| calendar.stamp(at)),
    }
}
