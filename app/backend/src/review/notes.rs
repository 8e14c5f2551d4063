//! The notes of a recording: keeping them beside what others keep at the same time (checklist 83, 86).

use model::{
    bulk::Deed,
    history::What,
    id::{OutcomeId, RecordingId},
    problem::{Field, Invalid, Problem},
    recording::Flag,
    review::{Called, Note, Notes, OutcomeKind, Saved, Tags},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, OnConflict},
};

use super::{
    entity::{outcome, review},
    outcomes::called,
};
use crate::{
    Backend, Error, Viewer,
    db::text::is_unseen,
    recordings::{
        changed_by_hand,
        entity::recording::{self, COLUMN},
        one_within, set_tag,
    },
};

impl Backend {
    /// The notes of a recording within the viewer's scope.
    pub(super) async fn notes(
        &self,
        db: &impl ConnectionTrait,
        viewer: &Viewer,
        id: RecordingId,
    ) -> Result<Option<Notes>, Error> {
        let found = one_within(&viewer.scope(), id)
            .select_only()
            .columns([recording::Column::Flag, recording::Column::Tag])
            .into_tuple::<(i16, Option<String>)>()
            .one(db)
            .await?;
        let Some((flag, tag)) = found else { return Ok(None) };
        let kept = review::Entity::find_by_id(id).one(db).await?;
        Ok(Some(Notes {
            result: kept.as_ref().and_then(|kept| kept.result_id),
            response: kept.as_ref().and_then(|kept| kept.response_id),
            flag: Flag::numbered(flag),
            tags: Tags::read(&tag.unwrap_or_default()),
        }))
    }

    /// Keeps notes that someone has changed from `base` on. What others have changed in the meantime stays; where both have
    /// changed one and the same thing, nothing is kept and the answer says what.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where the viewer may set nothing, or the recording is not within the viewer's scope;
    /// [`Problem::Invalid`] for tags that cannot be taken and values that cannot be chosen.
    pub async fn save_notes(
        &self,
        viewer: &Viewer,
        id: RecordingId,
        base: &Notes,
        mine: Notes,
    ) -> Result<Saved, Error> {
        if !viewer.may_tag() {
            return Err(Problem::NotFound.into());
        }
        check_tags(&mine.tags)?;
        let transaction = self.writing().await?;
        let theirs = self.notes(&transaction, viewer, id).await?.ok_or(Problem::NotFound)?;
        let merged = mine.merged(base, &theirs);
        if !merged.disputed.is_empty() {
            return Ok(Saved {
                notes: theirs,
                news: merged.news,
                disputed: merged.disputed,
            });
        }
        let (notes, mut what) = (merged.notes, vec![]);
        check_tags(&notes.tags)?;
        for note in theirs.differences(&notes) {
            what.push(match note {
                Note::Flag => {
                    recording::Entity::update_many()
                        .col_expr(recording::Column::Flag, Expr::val(notes.flag.map_or(0, Flag::number)))
                        .filter(COLUMN.id.eq(id))
                        .exec(&transaction)
                        .await?;
                    changed_by_hand(&transaction, id, &Deed::Flag(notes.flag)).await?;
                    What::Flagged {
                        from: theirs.flag,
                        to: notes.flag,
                    }
                }
                Note::Tags => {
                    let text = notes.tags.text();
                    set_tag(&transaction, vec![id], (!text.is_empty()).then(|| text.clone())).await?;
                    changed_by_hand(&transaction, id, &Deed::Tag(None)).await?;
                    What::Tagged {
                        from: theirs.tags.text(),
                        to: text,
                    }
                }
                Note::Result => judged(&transaction, OutcomeKind::CallResult, theirs.result, notes.result).await?,
                Note::Response => {
                    judged(
                        &transaction,
                        OutcomeKind::CustomerResponse,
                        theirs.response,
                        notes.response,
                    )
                    .await?
                }
            });
        }
        let kept = review::ActiveModel {
            recording_id: Set(id),
            result_id: Set(notes.result),
            response_id: Set(notes.response),
            changed_at: Set(self.now()),
        };
        let over = OnConflict::column(review::Column::RecordingId)
            .update_columns([
                review::Column::ResultId,
                review::Column::ResponseId,
                review::Column::ChangedAt,
            ])
            .to_owned();
        review::Entity::insert(kept)
            .on_conflict(over)
            .exec_without_returning(&transaction)
            .await?;
        self.chronicle(
            &transaction,
            &self.doer(viewer),
            what.into_iter().map(|what| (id, what)),
            false,
        )
        .await?;
        transaction.commit().await?;
        self.forget_choices();
        Ok(Saved {
            notes,
            news: merged.news,
            disputed: vec![],
        })
    }
}

/// Tags as a recording may have them: no longer together than one was allowed to be.
fn check_tags(tags: &Tags) -> Result<(), Error> {
    let text = tags.text();
    let most = Deed::LONGEST_TAG;
    if text.chars().count() > most as usize {
        return Err(Error::invalid(Field::Tag, Invalid::TooLong { most }));
    }
    if text.chars().any(is_unseen) {
        return Err(Error::invalid(Field::Tag, Invalid::Characters));
    }
    Ok(())
}

/// A value that takes another's place, as it is written down. One that nobody can choose is refused.
async fn judged(
    db: &impl ConnectionTrait,
    kind: OutcomeKind,
    from: Option<OutcomeId>,
    to: Option<OutcomeId>,
) -> Result<What, Error> {
    let field = match kind {
        OutcomeKind::CallResult => Field::CallResult,
        OutcomeKind::CustomerResponse => Field::CustomerResponse,
    };
    let mut names: Vec<Option<Called>> = vec![];
    for id in [from, to] {
        names.push(match id {
            None => None,
            Some(id) => {
                let row = outcome::Entity::find_by_id(id).one(db).await?;
                let row = row.filter(|row| row.kind == kind.number());
                let row = row.filter(|row| row.retired_at.is_none() || Some(row.id) == from);
                Some(called(&row.ok_or_else(|| Error::invalid(field, Invalid::Form))?)?)
            }
        });
    }
    let to = names.pop().flatten();
    let from = names.pop().flatten();
    Ok(What::Judged { kind, from, to })
}
