//! Setting a flag or a tag on one recording or on a million (checklist 83, 103): first it is written down which they are and
//! what they have, then they are changed piece by piece ([`super::piece`]), and undone likewise.

use model::{
    bulk::{Deed, Progress, Selection},
    id::{AccountId, ChangeId},
    instant::Instant,
    list::Sort,
    problem::{Field, Invalid, Problem},
    review::Tags,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, Query},
};

use super::entity::{change, changed, recording};
use crate::{Backend, Error, Viewer, db::text::is_unseen};

/// So many changes of an account can be undone, and for so long.
const KEPT: u64 = 20;
pub(super) const KEPT_MS: i64 = 7 * 24 * 3_600_000;

impl Backend {
    /// Writes down exactly which recordings are meant and what they have now, all at once. Nothing is changed before
    /// [`Backend::carry_on`] is called, until it has ended.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where the viewer may set nothing, or none of them is within the viewer's scope;
    /// [`Problem::Invalid`] for a tag that cannot be taken.
    pub async fn start_change(&self, viewer: &Viewer, selection: &Selection, deed: Deed) -> Result<Progress, Error> {
        if !viewer.may_tag() {
            return Err(Problem::NotFound.into());
        }
        let deed = checked(deed)?;
        let found = self.meant(viewer, selection).await?;
        let (sort, most) = match selection {
            Selection::Found { query, .. } => (query.sort, Some(query.filter.limit).filter(|limit| *limit > 0)),
            Selection::Chosen(_) => (Sort::default(), None),
        };
        let id = ChangeId(self.new_id()?);
        let meant = found
            .first(sort, most.map(u64::from))
            .await?
            .select_only()
            .expr(Expr::val(id.0))
            .column(recording::Column::Id)
            .expr(Expr::val(0_i16))
            .columns([recording::Column::Flag, recording::Column::Tag])
            .expr(Expr::val(id.0))
            .into_query();
        let all = Query::insert()
            .into_table(changed::Entity)
            .columns([
                changed::Column::ChangeId,
                changed::Column::RecordingId,
                changed::Column::State,
                changed::Column::Flag,
                changed::Column::Tag,
                changed::Column::Place,
            ])
            .select_from(meant)
            .map_err(Error::internal)?
            .to_owned();

        let transaction = self.writing().await?;
        forget_old(&transaction, viewer.account(), self.now()).await?;
        let mut change = change::ActiveModel {
            id: Set(id),
            account_id: Set(viewer.account()),
            deed: Set(serde_json::to_string(&deed).map_err(Error::internal)?),
            count: Set(0),
            created_at: Set(self.now()),
            undone: Set(false),
            reached: Set(None),
            done: Set(0),
            changed: Set(0),
            left_alone: Set(0),
        };
        change.clone().insert(&transaction).await?;
        let mut count = transaction.execute(&all).await?.rows_affected();
        // Taken away only now: they stand within the list's limit all the same, and none moves up into their place.
        if let Selection::Found { except, .. } = selection {
            let taken = changed::Entity::delete_many()
                .filter(changed::COLUMN.change_id.eq(id))
                .filter(changed::COLUMN.recording_id.is_in(except.iter().copied()))
                .exec(&transaction)
                .await?;
            count -= taken.rows_affected;
        }
        if count == 0 {
            return Err(Problem::NotFound.into());
        }
        change.count = Set(i64::try_from(count).map_err(Error::internal)?);
        change.update(&transaction).await?;
        transaction.commit().await?;
        Ok(Progress {
            id,
            count,
            done: 0,
            changed: 0,
            left_alone: 0,
            ended: false,
        })
    }
}

/// A deed as it is done: tags as one text, none when it is empty.
fn checked(deed: Deed) -> Result<Deed, Error> {
    let Deed::Tag(Some(tag)) = deed else { return Ok(deed) };
    let tag = Tags::read(&tag).text();
    if tag.chars().count() > Deed::LONGEST_TAG as usize {
        let most = Deed::LONGEST_TAG;
        return Err(Error::invalid(Field::Tag, Invalid::TooLong { most }));
    }
    if tag.chars().any(is_unseen) {
        return Err(Error::invalid(Field::Tag, Invalid::Characters));
    }
    Ok(Deed::Tag(Some(tag).filter(|tag| !tag.is_empty())))
}

/// Makes room for one more change of this account.
async fn forget_old(db: &impl ConnectionTrait, account: AccountId, now: Instant) -> Result<(), Error> {
    let newest: Vec<ChangeId> = change::Entity::find()
        .filter(change::COLUMN.account_id.eq(account))
        .order_by_desc(change::COLUMN.id)
        .limit(KEPT - 1)
        .select_only()
        .column(change::Column::Id)
        .into_tuple()
        .all(db)
        .await?;
    let beyond = Condition::all()
        .add(change::COLUMN.account_id.eq(account))
        .add(change::COLUMN.id.is_not_in(newest));
    let old = change::COLUMN.created_at.lt(now.plus_ms(-KEPT_MS));
    change::Entity::delete_many()
        .filter(Condition::any().add(beyond).add(old))
        .exec(db)
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_tag_is_a_short_line_that_shows_itself() {
        let tag = |text: &str| checked(Deed::Tag(Some(text.into())));
        assert_eq!(tag("  Återköp 50 % ").unwrap(), Deed::Tag(Some("Återköp 50 %".into())));
        assert_eq!(tag(" \t").unwrap(), Deed::Tag(None));
        assert!(tag(&"ö".repeat(100)).is_ok());
        for (text, why) in [
            ("ö".repeat(101), Invalid::TooLong { most: 100 }),
            ("två\nrader".into(), Invalid::Characters),
            ("vänd\u{202e}om".into(), Invalid::Characters),
            ("\u{3164}".into(), Invalid::Characters),
            ("mjukt\u{ad}".into(), Invalid::Characters),
        ] {
            let Err(Error::Problem(problem)) = tag(&text) else {
                panic!("{text} is taken")
            };
            assert_eq!(problem, Problem::invalid(Field::Tag, why));
        }
    }
}
