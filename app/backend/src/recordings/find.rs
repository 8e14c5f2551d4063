//! From a filter to what it finds within a scope, by the quickest way there is.
//!
//! A list is read along an index in its own order until a page is full: the cost is that of the rows passed over. Where
//! something asked for is rare, so many would be passed over that the few that have it are looked up first instead. SQLite
//! is not left to guess which way that is ([`beside`]).

use std::ops::Range;

use futures_util::future::try_join_all;
use model::{bulk::Selection, filter::Filter, problem::Problem};
use sea_orm::{
    ColumnTrait, Condition, DatabaseConnection, DbBackend, EntityTrait, FromQueryResult, QueryFilter, QuerySelect,
    QueryTrait, Select,
    sea_query::{Expr, ExprTrait, IntoCondition, Query},
};

use super::{
    Judged,
    asked::{Asked, Way},
    counting::passes,
    entity::recording::{self, COLUMN},
    hints::Hints,
    moment,
    order::{Sorted, ordered},
    within,
};
pub(super) use super::{asked::column_of, order::key};
use crate::{
    Backend, Error, Viewer,
    db::{beside, search},
    scope::Scope,
};

/// So many are few: they are looked up one by one in less than it takes to pass over many.
pub(super) const FEW: u64 = 5_000;
/// And so many calls of numbers are, where all that is asked for is in their index.
pub(super) const CALLS: u64 = if cfg!(test) { 200 } else { 2 * FEW };
/// Where words are looked for, so many of a length or an hour are looked through for the few that go in the direction asked for.
const MANY: u64 = 20_000;
/// So many ways are looked at together.
const AT_ONCE: usize = 3;
/// So many that may hold a word are looked at first.
pub(super) const FIRST: usize = 300;

/// What a filter finds within a scope.
pub(super) struct Found<'a> {
    pub(super) db: &'a DatabaseConnection,
    pub(super) hints: &'a Hints,
    pub(super) scope: Scope,
    /// How the viewer is told who was evaluated.
    pub(super) judged: Judged,
    /// When the calls were.
    pub(super) moments: Range<i64>,
    /// Everything else that is asked for.
    pub(super) asked: Asked,
    /// What few are found by, where that is so.
    pub(super) few: Option<By>,
    /// So many are found at most; or this is more than a page has.
    pub(super) at_most: u64,
    /// So many of the newest are passed at most, to count what a page waits for.
    pub(super) passes: u64,
    /// All of it, where words are looked for that few have.
    pub(super) known: Option<Vec<Known>>,
    /// The newest of it, where words are looked for that many have; and the oldest that was looked at.
    pub(super) newest: Option<(Vec<Known>, i64)>,
}

/// A recording that is known to be found.
#[derive(Clone, FromQueryResult)]
pub(super) struct Known {
    pub(super) moment: i64,
    pub(super) call_ms: i64,
}

/// The one condition by which an index is entered; all others are only looked at.
#[derive(Clone, Copy)]
pub(super) enum By {
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
        let filter = &filter.checked();
        let (from, to) = viewer.company().calendar.bounds(filter.period, self.now());
        let asked = self.asked(viewer, filter).await?;
        let mut found = self.all(viewer, filter, asked);
        found.moments = moment::between(from, to);
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
                Ok(self.all(viewer, &Filter::default(), asked))
            }
        }
    }

    /// All that has this within a viewer's scope, whenever it was; nothing is known of it yet.
    fn all(&self, viewer: &Viewer, filter: &Filter, asked: Asked) -> Found<'_> {
        Found {
            db: self.db(),
            hints: self.hints(),
            scope: viewer.scope(),
            judged: Judged::to(viewer),
            moments: i64::MIN..i64::MAX,
            asked,
            few: None,
            at_most: u64::MAX,
            passes: passes(filter),
            known: None,
            newest: None,
        }
    }
}

impl Found<'_> {
    /// Looks whether there are few.
    async fn look(&mut self) -> Result<(), Error> {
        let ways = self.may_be_few();
        // Some at once: whoever looks waits for the longest, and leaves room for others.
        let mut counts = vec![];
        for some in ways.chunks(AT_ONCE) {
            counts.extend(try_join_all(some.iter().map(|by| self.count(*by))).await?);
        }
        let least = ways.into_iter().zip(counts).min_by_key(|(_, count)| *count);
        if let Some((by, count)) = least.filter(|(_, count)| *count <= FEW) {
            (self.few, self.at_most) = (Some(by), count);
            return Ok(());
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
    pub(super) async fn hits(&self, moments: Range<i64>, most: usize) -> Result<Option<Vec<i64>>, Error> {
        let Some(mut hits) = search::hits(self.db, &self.asked.words, moments.clone(), most).await? else {
            return Ok(None);
        };
        if !self.asked.numbers.is_empty() {
            // Or whose number is one of these. Where there are more of the one kind, no more is known of the other.
            let numbers = self.asked.numbers.iter();
            let others = ordered(recording::Entity::find(), Sorted::newest(), None)
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
                Way::Part => self
                    .asked
                    .with_part
                    .as_ref()
                    .is_some_and(|with| with.calls <= self.calls()),
                Way::Beside | Way::None => false,
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

    /// So many calls of numbers are worth looking up. PostgreSQL has no other way to them but past all others; on SQLite the index of
    /// words ends sooner where words are looked for too, and where nothing is beside them.
    fn calls(&self) -> u64 {
        let others = || self.asked.pieces.iter().filter(|(_, way)| *way != Way::Part);
        let is_alone = others().next().is_none() && self.scope.condition().is_none();
        let is_fetched = self.asked.judged || others().any(|(_, way)| *way == Way::None);
        match self.db.get_database_backend() {
            DbBackend::Sqlite if !self.asked.words.all.is_empty() => FIRST as u64,
            DbBackend::Sqlite if is_alone || is_fetched => Ord::min(CALLS, FEW),
            _ => CALLS,
        }
    }

    /// How many are found that way, whatever else is asked for; counted no further than to one more than few. Where these are the calls
    /// of numbers that are worth it ([`Self::calls`]), no more than few.
    pub(super) async fn count(&self, by: By) -> Result<u64, Error> {
        if matches!(by, By::Period) && self.moments == (i64::MIN..i64::MAX) {
            return Ok(u64::MAX);
        }
        if let By::Piece(at) = by
            && self.asked.pieces[at].1 == Way::Part
        {
            let with = self.asked.with_part.as_ref();
            return Ok(with.map_or(u64::MAX, |with| Ord::min(with.calls, FEW)));
        }
        let beside = self.known_beside(by);
        let most = if beside.is_empty() { FEW } else { MANY };
        let count = self.up_to(self.led(by), most).await?;
        if !(FEW + 1..=most).contains(&count) {
            return Ok(count);
        }
        let among = beside.into_iter().fold(self.led(by), Select::filter);
        self.up_to(among, FEW).await
    }

    /// The direction, where it is asked for beside words and beside what is entered whenever it was: the index of that knows it, and
    /// each that may hold the words would have to be fetched.
    fn known_beside(&self, by: By) -> Vec<Condition> {
        let anytime = matches!(by, By::Piece(at) if self.asked.pieces[at].1 == Way::Anytime);
        if !anytime || self.asked.words.all.is_empty() {
            return vec![];
        }
        let known = self.asked.pieces.iter().filter(|(_, way)| *way == Way::Beside);
        known.map(|(piece, _)| beside(piece.clone())).collect()
    }

    /// How many these are, counted no further than to one more than so many.
    async fn up_to(&self, select: Select<recording::Entity>, most: u64) -> Result<u64, Error> {
        let some = select
            .select_only()
            .column(recording::Column::Moment)
            .limit(most + 1)
            .into_query();
        let counted = Query::select()
            .expr_as(Expr::col("moment").count(), "count")
            .from_subquery(some, "some")
            .to_owned();
        let count = self.hints.ask(self.db, &counted).await?.unwrap_or_default();
        Ok(u64::try_from(count).unwrap_or(u64::MAX))
    }

    /// Newest first; put in order here, lest the order show the database another way.
    pub(super) async fn known(&self, select: Select<recording::Entity>) -> Result<Vec<Known>, Error> {
        let columns = [recording::Column::Moment, recording::Column::CallMs];
        let known = select.select_only().columns(columns).into_model::<Known>();
        let mut known = known.all(self.db).await?;
        known.sort_unstable_by_key(|known| std::cmp::Reverse(known.moment));
        Ok(known)
    }

    /// Those of all of it that have these moments. Where an index has what leads in the order of time, that knows at once which
    /// of them have it, and the others are not fetched.
    pub(super) fn named(&self, moments: &[i64]) -> Select<recording::Entity> {
        let named = search::one_of(moments);
        let beside = self.asked.pieces.len() > 1 || self.scope.condition().is_some();
        match self.newest_first() {
            By::Period if !beside => self.by(By::Nothing).filter(named),
            // Said so, SQLite enters by the index of what a list is narrowed by, and not by the one of moments alone.
            By::Period => self.by(By::Nothing).filter(named).filter(COLUMN.call_ms.gte(i64::MIN)),
            leads => self.by(leads).filter(named),
        }
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
    pub(super) fn newest_first(&self) -> By {
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
    pub(super) fn in_another_order(&self) -> By {
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
    pub(super) fn led(&self, by: By) -> Select<recording::Entity> {
        let all = match by {
            By::Scope => within(&self.scope),
            By::Piece(at) => {
                let (piece, way) = &self.asked.pieces[at];
                let with = self.asked.with_part.as_ref().filter(|_| *way == Way::Part);
                let piece = with.map_or_else(
                    || piece.clone(),
                    |with| with.condition(self.db.get_database_backend()).into_condition(),
                );
                recording::Entity::find().filter(piece)
            }
            By::Period | By::Nothing => recording::Entity::find(),
        };
        if self.time_leads(by) {
            self.when(all, false)
        } else {
            all
        }
    }

    /// All of it, entered by that.
    pub(super) fn by(&self, by: By) -> Select<recording::Entity> {
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
}

pub(super) fn moments(known: &[Known]) -> Vec<i64> {
    known.iter().map(|known| known.moment).collect()
}
