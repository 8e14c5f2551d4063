//! The list (checklist 67–74): newest first, a page at a time, with a true total.

use model::{
    instant::Instant,
    list::{ListQuery, Page, Place},
};
use sea_orm::{
    ColumnTrait, Condition, QueryFilter, QueryOrder, QuerySelect, Select,
    sea_query::{Expr, ExprTrait, Func},
};

use super::{entity::recording, row, within};
use crate::{Backend, Error, Viewer};

/// Rows of a page.
const ROWS: usize = 100;

impl Backend {
    /// A page of the recordings that the viewer may reach.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn list(&self, viewer: &Viewer, query: ListQuery) -> Result<Page, Error> {
        let company = viewer.company();
        let (from, to) = company.calendar.bounds(query.period, self.now());
        let found = || between(within(&viewer.scope()), from, to);
        let mut rows = page(found(), query.after).all(self.db()).await?;
        let next = (rows.len() > ROWS).then(|| {
            rows.truncate(ROWS);
            rows.last().map(|row| Place {
                start: row.started_at,
                id: row.id,
            })
        });
        let names = row::names(self.db(), &rows).await?;
        let (total, total_ms) = self.sum(found()).await?;
        Ok(Page {
            rows: rows
                .iter()
                .map(|row| row::shown(row, &names, company))
                .collect::<Result<_, _>>()?,
            next: next.flatten(),
            total,
            total_ms,
        })
    }

    /// How many there are, and how long their calls are together.
    async fn sum(&self, select: Select<recording::Entity>) -> Result<(u64, i64), Error> {
        let length = Func::coalesce([Expr::col(recording::Column::CallMs).sum(), Expr::val(0_i64)]);
        let (count, ms): (i64, i64) = select
            .select_only()
            .expr(recording::COLUMN.id.count())
            .expr(Expr::expr(length).cast_as("bigint"))
            .into_tuple()
            .one(self.db())
            .await?
            .unwrap_or_default();
        Ok((u64::try_from(count).unwrap_or_default(), ms))
    }
}

fn between(select: Select<recording::Entity>, from: Instant, to: Instant) -> Select<recording::Entity> {
    select
        .filter(recording::COLUMN.started_at.gte(from))
        .filter(recording::COLUMN.started_at.lt(to))
}

/// One row more than a page holds, so that one knows whether another follows. The place is said in a way that lets an
/// index be entered at it, however deep it is.
fn page(select: Select<recording::Entity>, after: Option<Place>) -> Select<recording::Entity> {
    let select = match after {
        None => select,
        Some(place) => select.filter(recording::COLUMN.started_at.lte(place.start)).filter(
            Condition::any()
                .add(recording::COLUMN.started_at.lt(place.start))
                .add(recording::COLUMN.id.lt(place.id)),
        ),
    };
    select
        .order_by_desc(recording::COLUMN.started_at)
        .order_by_desc(recording::COLUMN.id)
        .limit(ROWS as u64 + 1)
}
