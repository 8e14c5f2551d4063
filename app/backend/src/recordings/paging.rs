//! What is asked of what a filter finds: a page of it, and what the whole of it comes to.

use model::list::{Column, Place, Sort, Total};
use sea_orm::{
    Condition, ConnectionTrait, EntityTrait, FromQueryResult, QueryFilter, QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, Func, Query, SelectStatement, SimpleExpr, UnionType},
};

use super::{
    among,
    entity::recording::{self, COLUMN},
    find::{By, FEW, FIRST, Found, Known, moments},
    listed::Listed,
    order::{Sorted, ordered},
};
use crate::{
    Error,
    db::{beside, search},
};

/// So many that may hold a word are put into another order.
const SORTED: usize = 2_000;
/// So many of the newest are looked at to count what is rare among them, while a page waits.
const NEWEST: u64 = 5_000;

impl Found<'_> {
    /// So many of it after a place, as the viewer is told of them.
    pub(super) async fn rows(&self, sort: Sort, after: Option<&Place>, most: u64) -> Result<Vec<Listed>, Error> {
        let rows = self.kept(sort, after, most).await?;
        Ok(rows.into_iter().map(|row| self.judged.tell(row)).collect())
    }

    /// The same, as they are kept.
    async fn kept(&self, sort: Sort, after: Option<&Place>, most: u64) -> Result<Vec<Listed>, Error> {
        let sorted = self.sorted(sort).await?;
        let mut few = self.few;
        let select = match (&self.known, &self.newest) {
            (Some(known), _) => Some(self.named(&moments(known))),
            (None, Some(newest)) if sort == Sort::default() => return self.piece_by_piece(newest, after, most).await,
            _ if self.few.is_some() => Some(self.select()),
            _ if sort.by == Sort::default().by => Some(self.by(self.newest_first())),
            (None, Some(_)) => {
                let hits = self.hits(self.moments.clone(), SORTED).await?;
                hits.filter(|hits| hits.len() < SORTED).map(|hits| self.named(&hits))
            }
            (None, None) => {
                few = self.few_to_sort().await?;
                few.map(|few| self.by(few))
            }
        };
        // First which ones, where an index alone may say it, and then their rows.
        let which = match select {
            None => self.along(sorted, after, most),
            Some(select) if few.is_none() => first(ordered(select, sorted, after), most),
            Some(select) => {
                // All of the few, and only then their order, lest it show the database another way.
                let columns = [recording::Column::Moment].into_iter().chain(sorted.columns());
                let few = among(select.limit(2 * FEW).select_only().columns(columns));
                first(ordered(few, sorted, after), most)
            }
        };
        let rows = ordered(self.of(which), sorted, None).limit(most);
        Ok(rows.into_partial_model().all(self.db).await?)
    }

    /// So many of it along another order. Where no index has that, since one's own calls are told otherwise: so many of those and
    /// so many of others', among which the first of both are.
    fn along(&self, sorted: Sorted, after: Option<&Place>, most: u64) -> SelectStatement {
        let select = || self.by(self.in_another_order());
        let Some(judged) = sorted.judged else {
            return first(ordered(select(), sorted, after), most);
        };
        let plain = Sorted { judged: None, ..sorted };
        let own = first(ordered(select().filter(judged.own()), sorted, after), most);
        let others = select().filter(beside(Condition::all().add(judged.others())));
        let others = first(ordered(others, plain, after), most);
        let of = |part: SelectStatement, name: &'static str| {
            Query::select()
                .column(recording::Column::Moment)
                .from_subquery(part, name)
                .to_owned()
        };
        of(own, "own").union(UnionType::All, of(others, "others")).to_owned()
    }

    /// The recordings that have these moments.
    fn of(&self, moments: SelectStatement) -> Select<recording::Entity> {
        self.scope
            .beside(recording::Entity::find())
            .filter(COLUMN.moment.in_subquery(moments))
    }

    /// An order as the viewer's list has it.
    async fn sorted(&self, sort: Sort) -> Result<Sorted, Error> {
        let differs = sort.by == Column::Evaluation && self.judged.differs(self.db).await?;
        Ok(Sorted {
            sort,
            judged: differs.then_some(self.judged),
        })
    }

    /// Whether few are in the period or within the scope: then they need not be walked past in the order that is asked for.
    async fn few_to_sort(&self) -> Result<Option<By>, Error> {
        for by in [By::Scope, By::Period] {
            let all = matches!(by, By::Scope) && self.scope.condition().is_none();
            if !all && self.are_few(by).await? {
                return Ok(Some(by));
            }
        }
        Ok(None)
    }

    /// What holds words that many have: among the newest that may hold them, and among more and more older ones.
    async fn piece_by_piece(
        &self,
        (newest, oldest): &(Vec<Known>, i64),
        after: Option<&Place>,
        most: u64,
    ) -> Result<Vec<Listed>, Error> {
        let count = usize::try_from(most).unwrap_or(usize::MAX);
        let (mut rows, mut older) = (vec![], Older::than(*oldest, FIRST * 2));
        if let Some(place) = after {
            older = Older::than(Ord::min(place.moment, self.moments.end), FIRST);
        } else {
            let first: Vec<i64> = newest.iter().take(count).map(|known| known.moment).collect();
            let some = ordered(self.named(&first), Sorted::newest(), None);
            rows = some.into_partial_model().all(self.db).await?;
        }
        while rows.len() < count
            && let Some(hits) = self.step(&mut older).await?
        {
            let some = ordered(self.named(&hits), Sorted::newest(), None).limit((count - rows.len()) as u64);
            rows.extend(some.into_partial_model::<Listed>().all(self.db).await?);
        }
        Ok(rows)
    }

    /// The next hits; none where there are no more.
    async fn step(&self, older: &mut Older) -> Result<Option<Vec<i64>>, Error> {
        let Some(piece) = older.piece else { return Ok(None) };
        let hits = self.hits(self.moments.start..older.end, piece).await?;
        let hits = hits.unwrap_or_default();
        older.piece = match hits.last() {
            Some(last) if hits.len() == piece => {
                older.end = *last;
                Some(piece * 4)
            }
            _ => None,
        };
        Ok(Some(hits))
    }

    /// How many there are and how long their calls are together: counted to the end, or up to so many and among the newest.
    pub(super) async fn total(&self, most: Option<u64>) -> Result<Total, Error> {
        match (&self.known, &self.newest, most) {
            (Some(known), ..) => Ok(sum(known, false)),
            (None, Some(newest), Some(most)) if self.scope.condition().is_some() => {
                self.counted_within(newest, most).await
            }
            (None, Some((newest, _)), Some(_)) => Ok(sum(newest, true)),
            _ => self.counted(most).await,
        }
    }

    /// Up to so many within a scope, and whether there are more of them. How many of the newest hits of all are within it
    /// would say how many are not.
    async fn counted_within(&self, (newest, oldest): &(Vec<Known>, i64), most: u64) -> Result<Total, Error> {
        let most = usize::try_from(most).unwrap_or(usize::MAX);
        let (mut known, mut older) = (newest.clone(), Older::than(*oldest, FIRST * 2));
        while known.len() <= most
            && let Some(hits) = self.step(&mut older).await?
        {
            known.extend(self.known(self.named(&hits)).await?);
        }
        let more = known.len() > most;
        known.truncate(most);
        Ok(sum(&known, more))
    }

    /// All of it, in no order and to the end: what holds words that many have is looked up in their index.
    fn whole(&self) -> Select<recording::Entity> {
        if self.newest.is_some()
            && self.asked.numbers.is_empty()
            && let Some(among) = search::among(self.db.get_database_backend(), &self.asked.words)
        {
            return self.by(By::Nothing).filter(among);
        }
        self.select()
    }

    /// So many of it from the beginning of that order on, as one question; all of it where no number is said.
    pub(super) async fn first(&self, sort: Sort, most: Option<u64>) -> Result<Select<recording::Entity>, Error> {
        let Some(most) = most else { return Ok(self.whole()) };
        let sorted = self.sorted(sort).await?;
        let walked = self.few.is_none() && self.known.is_none() && self.newest.is_none();
        let select = if walked && sorted.judged.is_some() {
            self.of(self.along(sorted, None, most))
        } else {
            self.whole()
        };
        Ok(ordered(select, sorted, None).limit(most))
    }

    async fn counted(&self, most: Option<u64>) -> Result<Total, Error> {
        let (mut select, mut more) = (self.whole(), false);
        if most.is_some() && self.few.is_none() {
            // The newest are what the page shows; and an index that has this order also leads to them.
            select = select.order_by_desc(recording::Column::Moment);
            // Whoever hears a part is told of that part alone, however long it takes to count.
            if self.scope.condition().is_none()
                && let Some(from) = self.far_enough().await?
            {
                (select, more) = (select.filter(COLUMN.moment.gt(from)), true);
            }
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
    /// or nothing has to be passed over.
    async fn far_enough(&self) -> Result<Option<i64>, Error> {
        let led = usize::from(matches!(self.newest_first(), By::Piece(_)));
        if self.asked.pieces.len() == led {
            return Ok(None);
        }
        let select = self.led(self.newest_first());
        let from = select
            .order_by_desc(recording::Column::Moment)
            .select_only()
            .column(recording::Column::Moment)
            .offset(NEWEST)
            .limit(1)
            .into_tuple()
            .one(self.db)
            .await?;
        Ok(from)
    }
}

/// The moments of the first so many.
fn first(select: Select<recording::Entity>, most: u64) -> SelectStatement {
    select
        .limit(most)
        .select_only()
        .column(recording::Column::Moment)
        .into_query()
}

/// The way through the hits: from here to older ones, so many at the next step and more at each.
struct Older {
    end: i64,
    piece: Option<usize>,
}

impl Older {
    const fn than(end: i64, piece: usize) -> Self {
        Self {
            end,
            piece: Some(piece),
        }
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
