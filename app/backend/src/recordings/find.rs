//! From a filter to what it finds within a scope, by the quickest way there is.
//!
//! A list is read along an index in its own order until a page is full: the cost is that of the rows passed over. Where
//! something asked for is rare, so many would be passed over that the few that have it are looked up first instead. SQLite
//! is not left to guess which way that is ([`beside`]).

use std::ops::Range;

use model::{
    bulk::Selection,
    filter::Filter,
    list::{Place, Sort, Total},
    problem::Problem,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseConnection, DbBackend, EntityTrait, FromQueryResult, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, Func, IntoCondition, Query, SimpleExpr},
};

pub(super) use super::{asked::column_of, order::key};
use super::{
    asked::{Asked, Way},
    entity::recording::{self, COLUMN},
    moment,
    order::{key_of, ordered},
    within,
};
use crate::{
    Backend, Error, Viewer,
    db::{beside, search},
    scope::Scope,
};

/// So many are few: they are looked up one by one in less than it takes to pass over many.
const FEW: u64 = 5_000;
/// So many that may hold a word are looked at first; and so many are sorted, where a list has another order.
const FIRST: usize = 300;
const SORTED: usize = 2_000;
/// So many of the newest are looked at to count what is rare among them, while a page waits.
const NEWEST: u64 = 5_000;

/// What a filter finds within a scope.
pub(super) struct Found<'a> {
    db: &'a DatabaseConnection,
    scope: Scope,
    /// When the calls were.
    moments: Range<i64>,
    /// Everything else that is asked for.
    asked: Asked,
    /// What few are found by, where that is so.
    few: Option<By>,
    /// All of it, where words are looked for that few have.
    known: Option<Vec<Known>>,
    /// The newest of it, where words are looked for that many have; and the oldest that was looked at.
    newest: Option<(Vec<Known>, i64)>,
}

/// A recording that is known to be found.
#[derive(FromQueryResult)]
struct Known {
    moment: i64,
    call_ms: i64,
}

/// The one condition by which an index is entered; all others are only looked at.
#[derive(Clone, Copy)]
enum By {
    /// The viewer's scope, and the period.
    Scope,
    /// This piece of what is asked for, and the period where its index knows the time.
    Piece(usize),
    /// The period.
    Period,
    /// None of these: the order leads, or they are named.
    Nothing,
}

impl Backend {
    /// What a filter finds for a viewer.
    pub(super) async fn found(&self, viewer: &Viewer, filter: &Filter) -> Result<Found<'_>, Error> {
        let (from, to) = viewer.company().calendar.bounds(filter.period, self.now());
        let mut found = Found {
            db: self.db(),
            scope: viewer.scope(),
            moments: moment::between(from, to),
            asked: self.asked(viewer, filter).await?,
            few: None,
            known: None,
            newest: None,
        };
        found.look().await?;
        Ok(found)
    }

    /// What a selection is taken from: all that its list finds, or what it names; within the viewer's scope.
    pub(super) async fn meant(&self, viewer: &Viewer, selection: &Selection) -> Result<Found<'_>, Error> {
        if selection.named().len() > Selection::MOST {
            return Err(Problem::Malformed.into());
        }
        match selection {
            Selection::Found { query, .. } => self.found(viewer, &query.filter).await,
            Selection::Chosen(ids) => {
                let mut asked = Asked::default();
                let named = COLUMN.id.is_in(ids.iter().copied());
                asked.pieces.push((named.into_condition(), Way::Narrow));
                Ok(Found {
                    db: self.db(),
                    scope: viewer.scope(),
                    moments: i64::MIN..i64::MAX,
                    asked,
                    few: None,
                    known: None,
                    newest: None,
                })
            }
        }
    }
}

impl Found<'_> {
    /// Looks whether there are few. PostgreSQL weighs that itself.
    async fn look(&mut self) -> Result<(), Error> {
        if self.db.get_database_backend() != DbBackend::Sqlite {
            return Ok(());
        }
        for by in self.may_be_few() {
            if self.are_few(by).await? {
                self.few = Some(by);
                return Ok(());
            }
        }
        if let Some(hits) = self.hits(self.moments.clone(), FIRST).await? {
            let known = self.known(self.named(&hits)).await?;
            match hits.last() {
                Some(oldest) if hits.len() >= FIRST => self.newest = Some((known, *oldest)),
                _ => self.known = Some(known),
            }
        }
        Ok(())
    }

    /// The newest that may hold the words, so many at most, from a stretch of time.
    async fn hits(&self, moments: Range<i64>, most: usize) -> Result<Option<Vec<i64>>, Error> {
        let Some(mut hits) = search::hits(self.db, &self.asked.words, moments.clone(), most).await? else {
            return Ok(None);
        };
        if !self.asked.numbers.is_empty() {
            // Or whose number is one of these. Where there are more of the one kind, no more is known of the other.
            let numbers = self.asked.numbers.iter();
            let others = ordered(recording::Entity::find(), Sort::default(), None)
                .filter(COLUMN.number_key.is_in(numbers))
                .filter(COLUMN.moment.gte(moments.start).and(COLUMN.moment.lt(moments.end)))
                .limit(most as u64);
            let others: Vec<i64> = others
                .select_only()
                .column(recording::Column::Moment)
                .into_tuple()
                .all(self.db)
                .await?;
            hits.extend(others);
            hits.sort_unstable_by(|a, b| b.cmp(a));
            hits.dedup();
            hits.truncate(most);
        }
        Ok(Some(hits))
    }

    /// What may find few. One condition alone that an index has in the order of time need not be looked at.
    fn may_be_few(&self) -> Vec<By> {
        let (pieces, scoped) = (&self.asked.pieces, self.scope.condition().is_some());
        let beside = pieces.len() + usize::from(scoped) > 1;
        let mut ways = vec![];
        if scoped && (beside || self.scope.is_several()) {
            ways.push(By::Scope);
        }
        for (at, (_, way)) in pieces.iter().enumerate() {
            let may = match way {
                Way::Several | Way::Anytime => true,
                Way::Narrow | Way::Walk => beside,
                Way::None => false,
            };
            if may {
                ways.push(By::Piece(at));
            }
        }
        if !pieces.is_empty() {
            ways.push(By::Period);
        }
        ways
    }

    /// Whether few are found that way, whatever else is asked for.
    async fn are_few(&self, by: By) -> Result<bool, Error> {
        if matches!(by, By::Period) && self.moments == (i64::MIN..i64::MAX) {
            return Ok(false);
        }
        let select = self.led(by);
        let some = select
            .select_only()
            .column(recording::Column::Moment)
            .limit(FEW + 1)
            .into_query();
        let counted = Query::select()
            .expr_as(Expr::col("moment").count(), "count")
            .from_subquery(some, "some")
            .to_owned();
        let row = self.db.query_one(&counted).await?;
        let count: i64 = row.map_or(Ok(0), |row| row.try_get("", "count"))?;
        Ok(u64::try_from(count).is_ok_and(|count| count <= FEW))
    }

    /// Newest first; put in order here, lest the order show the database another way.
    async fn known(&self, select: Select<recording::Entity>) -> Result<Vec<Known>, Error> {
        let columns = [recording::Column::Moment, recording::Column::CallMs];
        let known = select.select_only().columns(columns).into_model::<Known>();
        let mut known = known.all(self.db).await?;
        known.sort_unstable_by_key(|known| std::cmp::Reverse(known.moment));
        Ok(known)
    }

    /// Those of all of it that have these moments.
    fn named(&self, moments: &[i64]) -> Select<recording::Entity> {
        self.by(By::Nothing).filter(search::one_of(moments))
    }

    fn when(&self, select: Select<recording::Entity>, only_looked_at: bool) -> Select<recording::Entity> {
        let mut when = Condition::all();
        if self.moments.start > i64::MIN {
            when = when.add(COLUMN.moment.gte(self.moments.start));
        }
        if self.moments.end < i64::MAX {
            when = when.add(COLUMN.moment.lt(self.moments.end));
        }
        match (when.is_empty(), only_looked_at) {
            (true, _) => select,
            (false, true) => select.filter(beside(when)),
            (false, false) => select.filter(when),
        }
    }

    /// By what a list is entered that is read from the newest on: what has the fewest recordings, by all that is known of
    /// it beforehand.
    fn newest_first(&self) -> By {
        let first = |wanted| self.asked.pieces.iter().position(|(_, way)| *way == wanted);
        let scope = self.scope.condition().is_some() && !self.scope.is_several();
        match (first(Way::Narrow), first(Way::Walk)) {
            _ if self.scope.is_own() => By::Scope,
            (Some(at), _) => By::Piece(at),
            _ if scope => By::Scope,
            (None, Some(at)) => By::Piece(at),
            (None, None) => By::Period,
        }
    }

    /// And one in another order, which leads unless there is little to put in order.
    fn in_another_order(&self) -> By {
        match self.newest_first() {
            By::Scope if self.scope.is_own() => By::Scope,
            By::Piece(at) if self.asked.pieces[at].1 == Way::Narrow => By::Piece(at),
            _ => By::Nothing,
        }
    }

    /// Whether the period leads together with that.
    fn time_leads(&self, by: By) -> bool {
        match by {
            By::Scope | By::Period => true,
            By::Piece(at) => self.asked.pieces[at].1 != Way::Anytime,
            By::Nothing => false,
        }
    }

    /// What is found by that alone, whatever else is asked for.
    fn led(&self, by: By) -> Select<recording::Entity> {
        let all = match by {
            By::Scope => within(&self.scope),
            By::Piece(at) => recording::Entity::find().filter(self.asked.pieces[at].0.clone()),
            By::Period | By::Nothing => recording::Entity::find(),
        };
        if self.time_leads(by) {
            self.when(all, false)
        } else {
            all
        }
    }

    /// All of it, entered by that.
    fn by(&self, by: By) -> Select<recording::Entity> {
        let mut select = self.led(by);
        if !matches!(by, By::Scope) {
            select = self.scope.beside(select);
        }
        if !self.time_leads(by) {
            select = self.when(select, true);
        }
        let pieces = self.asked.pieces.iter().enumerate();
        let others = pieces.filter(|(at, _)| !matches!(by, By::Piece(leading) if leading == *at));
        others.fold(select, |select, (_, (piece, _))| select.filter(beside(piece.clone())))
    }

    /// All of it, in no order.
    pub(super) fn select(&self) -> Select<recording::Entity> {
        match (&self.known, self.few) {
            (Some(known), _) => self.named(&moments(known)),
            (None, Some(few)) => self.by(few),
            (None, None) => self.by(self.newest_first()),
        }
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
    pub(super) fn first(&self, sort: Sort, most: Option<u64>) -> Select<recording::Entity> {
        match most {
            Some(most) => ordered(self.whole(), sort, None).limit(most),
            None => self.whole(),
        }
    }

    /// So many of it after a place.
    pub(super) async fn rows(
        &self,
        sort: Sort,
        after: Option<&Place>,
        most: u64,
    ) -> Result<Vec<recording::Model>, Error> {
        let select = match (&self.known, &self.newest) {
            (Some(known), _) => self.named(&moments(known)),
            (None, Some(newest)) if sort == Sort::default() => return self.piece_by_piece(newest, after, most).await,
            (None, Some(_)) => match self.hits(self.moments.clone(), SORTED).await? {
                Some(hits) if hits.len() < SORTED => self.named(&hits),
                _ => self.by(self.in_another_order()),
            },
            (None, None) if self.few.is_some() => self.select(),
            (None, None) if sort.by == Sort::default().by => self.by(self.newest_first()),
            (None, None) => self.by(self.in_another_order()),
        };
        // First which ones, where an index alone may say it, and then their rows.
        let which = match self.few {
            None => ordered(select, sort, after),
            // All of the few, and only then their order, lest it show the database another way.
            Some(_) => ordered(among(select.limit(FEW), sort), sort, after),
        };
        let which = which.limit(most).select_only().column(recording::Column::Moment);
        let rows = self.scope.beside(recording::Entity::find());
        let rows = rows.filter(COLUMN.moment.in_subquery(which.into_query()));
        Ok(ordered(rows, sort, None).all(self.db).await?)
    }

    /// What holds words that many have: among the newest that may hold them, and among more and more older ones.
    async fn piece_by_piece(
        &self,
        (newest, oldest): &(Vec<Known>, i64),
        after: Option<&Place>,
        most: u64,
    ) -> Result<Vec<recording::Model>, Error> {
        let count = usize::try_from(most).unwrap_or(usize::MAX);
        let (mut rows, mut end, mut piece) = (vec![], *oldest, FIRST * 4);
        match after {
            Some(place) => (end, piece) = (Ord::min(place.moment, self.moments.end), FIRST),
            None => {
                let first: Vec<i64> = newest.iter().take(count).map(|known| known.moment).collect();
                rows = ordered(self.named(&first), Sort::default(), None).all(self.db).await?;
            }
        }
        while rows.len() < count {
            let hits = self.hits(self.moments.start..end, piece).await?.unwrap_or_default();
            let some = ordered(self.named(&hits), Sort::default(), None).limit((count - rows.len()) as u64);
            rows.extend(some.all(self.db).await?);
            match hits.last() {
                Some(last) if hits.len() == piece => (end, piece) = (*last, piece * 4),
                _ => break,
            }
        }
        Ok(rows)
    }

    /// How many there are and how long their calls are together: counted to the end, or up to so many and among the newest.
    pub(super) async fn total(&self, most: Option<u64>) -> Result<Total, Error> {
        let (known, more) = match (&self.known, &self.newest) {
            (Some(known), _) => (known, false),
            (None, Some((newest, _))) if most.is_some() => (newest, true),
            _ => return self.counted(most).await,
        };
        Ok(Total {
            count: known.len() as u64,
            ms: known.iter().map(|known| known.call_ms).sum(),
            more,
        })
    }

    async fn counted(&self, most: Option<u64>) -> Result<Total, Error> {
        let (mut select, mut more) = (self.whole(), false);
        if most.is_some() && self.few.is_none() {
            // The newest are what the page shows; and an index that has this order also leads to them.
            select = select.order_by_desc(recording::Column::Moment);
        }
        if most.is_some()
            && self.few.is_none()
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
    /// or nothing has to be passed over.
    async fn far_enough(&self) -> Result<Option<i64>, Error> {
        let scoped = usize::from(self.scope.condition().is_some());
        let led = usize::from(matches!(self.newest_first(), By::Scope | By::Piece(_)));
        if self.asked.pieces.len() + scoped == led {
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

#[derive(FromQueryResult)]
struct Counted {
    count: i64,
    ms: i64,
}

/// A select among what another finds, with what its order needs.
fn among(few: Select<recording::Entity>, sort: Sort) -> Select<recording::Entity> {
    let columns = [recording::Column::Moment].into_iter().chain(key_of(sort.by));
    let few = few.select_only().columns(columns).into_query();
    let mut among = recording::Entity::find();
    QuerySelect::query(&mut among)
        .from_clear()
        .from_subquery(few, "recording");
    among
}

fn moments(known: &[Known]) -> Vec<i64> {
    known.iter().map(|known| known.moment).collect()
}
