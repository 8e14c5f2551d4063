//! What the whole of what a filter finds comes to.

use model::{filter::Filter, list::Total};
use sea_orm::{
    ConnectionTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, Func, Query, SimpleExpr},
};

use super::{
    entity::recording::{self, COLUMN},
    find::{By, FIRST, Found, Known},
    paging::Older,
};
use crate::Error;

/// So many of the newest are looked at to count what is rare among them, while a page waits.
const NEWEST: u64 = 1_000;
/// And so many where words or parts of numbers are looked for in each.
const READ: u64 = 250;

/// So many of the newest are looked at to count what a filter finds among them. By the filter alone: what others' recordings have
/// must not show in what is told.
pub(super) const fn passes(filter: &Filter) -> u64 {
    if filter.text.is_none() && filter.numbers.is_empty() {
        NEWEST
    } else {
        READ
    }
}

impl Found<'_> {
    /// How many there are and how long their calls are together: counted to the end, or up to so many and among the newest.
    pub(super) async fn total(&self, most: Option<u64>) -> Result<Total, Error> {
        match (&self.known, &self.newest, most) {
            (.., Some(most)) if self.scope.condition().is_some() => self.counted_within(most).await,
            (Some(known), ..) => Ok(sum(known, false)),
            (None, Some((newest, _)), Some(_)) => Ok(sum(newest, true)),
            _ => self.counted(most).await,
        }
    }

    /// Up to so many within a scope and among the newest of it, and whether there may be more of them. What is told rests on
    /// what is within alone: by which way it is looked up, and what is already known, also others' recordings decide.
    async fn counted_within(&self, most: u64) -> Result<Total, Error> {
        let mut total = match (&self.known, &self.newest) {
            (Some(known), _) => self.counted_among(known, None).await?,
            (None, Some((newest, oldest))) => {
                let older = Older::than(*oldest, FIRST * 2);
                self.counted_among(newest, Some(older)).await?
            }
            (None, None) => self.counted(Some(most)).await?,
        };
        if total.more {
            // How long those are that were counted is told nobody.
            total.ms = 0;
        }
        Ok(total)
    }

    /// Those that are known and older ones, as far back as is counted: never so far that too many are found.
    async fn counted_among(&self, known: &[Known], mut older: Option<Older>) -> Result<Total, Error> {
        let (mut known, from) = (known.to_vec(), self.far_enough().await?);
        if let Some(from) = from {
            known.retain(|known| known.moment > from);
            older = older.map(|older| older.behind(from));
        }
        while let Some(older) = &mut older
            && let Some(hits) = self.step(older).await?
        {
            known.extend(self.known(self.named(&hits)).await?);
        }
        Ok(sum(&known, from.is_some()))
    }

    async fn counted(&self, most: Option<u64>) -> Result<Total, Error> {
        let mut select = self.whole();
        let mut more = false;
        if most.is_some() && self.few.is_none() {
            // The newest are what the page shows; and an index that has this order also leads to them.
            select = select.order_by_desc(recording::Column::Moment);
        }
        if most.is_some()
            && (self.few.is_none() || self.scope.condition().is_some())
            && let Some(from) = self.far_enough().await?
        {
            (select, more) = (select.filter(COLUMN.moment.gt(from)), true);
        }
        let lengths = select
            .select_only()
            .column(recording::Column::CallMs)
            .limit(most.map(|most| most + 1))
            .into_query();
        let sum = Func::coalesce([Expr::col("call_ms").sum(), Expr::val(0_i64)]);
        let counted = Query::select()
            .expr_as(Expr::col("call_ms").count(), "count")
            .expr_as(SimpleExpr::from(sum).cast_as("bigint"), "ms")
            .from_subquery(lengths, "lengths")
            .to_owned();
        let Some(row) = self.db.query_one(&counted).await? else {
            return Ok(Total::default());
        };
        let Counted { count, ms } = Counted::from_query_result(&row, "")?;
        let count = u64::try_from(count).unwrap_or_default();
        Ok(match most {
            Some(most) if count > most => Total {
                count: most,
                ms,
                more: true,
            },
            _ => Total { count, ms, more },
        })
    }

    /// Where so many of the newest have been passed that counting may take too long; nowhere, where there are not so many
    /// or nothing has to be passed over. Whoever hears a part is told of that part alone: nothing else is counted.
    async fn far_enough(&self) -> Result<Option<i64>, Error> {
        let scoped = self.scope.condition().is_some();
        let by = if scoped { By::Scope } else { self.newest_first() };
        if self.asked.pieces.len() == usize::from(matches!(by, By::Piece(_))) {
            return Ok(None);
        }
        let all = if self.scope.is_several() {
            self.scope.beside(self.led(By::Period))
        } else {
            self.led(by)
        };
        let select = all
            .order_by_desc(recording::Column::Moment)
            .select_only()
            .column(recording::Column::Moment)
            .offset(self.passes)
            .limit(1)
            .into_query();
        self.hints.ask(self.db, &select).await
    }
}

fn sum(known: &[Known], more: bool) -> Total {
    Total {
        count: known.len() as u64,
        ms: known.iter().map(|known| known.call_ms).sum(),
        more,
    }
}

#[derive(FromQueryResult)]
struct Counted {
    count: i64,
    ms: i64,
}
