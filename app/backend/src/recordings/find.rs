//! From a filter to what it finds within a scope, by the quickest way there is.
//!
//! A list is read along an index in its own order until a page is full: the cost is that of the rows passed over. Where
//! something asked for is rare, so many would be passed over that the few that have it are looked up first instead.

use std::ops::Range;

use model::{
    bulk::Selection,
    filter::Filter,
    id::{PersonId, UnitId},
    list::{Column, Place, Sort, Total},
    people::Level,
    problem::Problem,
    recording::Flag,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, DatabaseConnection, EntityTrait, FromQueryResult, Order, QueryFilter,
    QueryOrder, QuerySelect, QueryTrait, Select,
    sea_query::{Expr, ExprTrait, Func, IntoCondition, Query, SimpleExpr},
};

use super::{
    entity::recording::{self, COLUMN},
    moment, within,
};
use crate::{
    Backend, Error, Viewer, company,
    db::{
        search,
        text::{anywhere, fold},
    },
    people::entity::person,
    scope::Scope,
};

/// So many are few: they are looked up one by one, and sorted, in less than it takes to pass over many.
const FEW: usize = 2_000;
/// The most people that a part of a name stands for.
const NAMESAKES: u64 = 500;

/// What a filter finds within a scope.
pub(super) struct Found<'a> {
    db: &'a DatabaseConnection,
    scope: Scope,
    /// When the calls were.
    moments: Range<i64>,
    /// Everything else that is asked for.
    all: Condition,
    /// What is searched for by parts of words.
    words: Vec<String>,
    /// All that it can be, where that is few.
    few: Option<Vec<i64>>,
    /// The newest of what may hold the words, where that is many.
    newest: Option<Vec<i64>>,
}

impl Backend {
    /// What a filter finds for a viewer.
    pub(super) async fn found(&self, viewer: &Viewer, filter: &Filter) -> Result<Found<'_>, Error> {
        let company = viewer.company();
        let (from, to) = company.calendar.bounds(filter.period, self.now());
        let mut asked = Asked::default();
        for who in &filter.who {
            asked.people.push(self.who(who).await?);
        }
        asked.take(filter, company);
        if filter.office_hours {
            let years = self.years(filter).await?;
            asked.all = asked.all.add(company.at_work(years));
        }
        let mut found = Found {
            db: self.db(),
            scope: viewer.scope(),
            moments: moment::between(from, to),
            all: asked.end(),
            words: asked.words,
            few: None,
            newest: None,
        };
        found.look(&asked.rare).await?;
        Ok(found)
    }

    /// What a selection is taken from: all that its list finds, or what it names; within the viewer's scope.
    pub(super) async fn meant(&self, viewer: &Viewer, selection: &Selection) -> Result<Found<'_>, Error> {
        if selection.named().len() > Selection::MOST {
            return Err(Problem::Malformed.into());
        }
        match selection {
            Selection::Found { query, .. } => self.found(viewer, &query.filter).await,
            Selection::Chosen(ids) => Ok(Found {
                db: self.db(),
                scope: viewer.scope(),
                moments: i64::MIN..i64::MAX,
                all: Condition::all().add(COLUMN.id.is_in(ids.iter().copied())),
                words: vec![],
                few: None,
                newest: None,
            }),
        }
    }

    /// Whose recordings these words mean: those of an extension, or of everyone whose name or number holds them.
    async fn who(&self, words: &str) -> Result<Condition, Error> {
        let extension = COLUMN.extension.eq(words);
        let known = person::Entity::find()
            .filter(person::COLUMN.extension.eq(words))
            .one(self.db())
            .await?;
        if known.is_some() {
            return Ok(extension.into_condition());
        }
        let named = words.split_whitespace().fold(person::Entity::find(), |select, word| {
            select.filter(Expr::col(person::Column::SearchText).like(anywhere(word)))
        });
        let ids: Vec<PersonId> = named
            .select_only()
            .column(person::Column::Id)
            .limit(NAMESAKES)
            .into_tuple()
            .all(self.db())
            .await?;
        // An extension that nobody has any more has recordings all the same.
        Ok(if ids.is_empty() {
            extension.into_condition()
        } else {
            COLUMN.person_id.is_in(ids.into_iter().map(Some)).into_condition()
        })
    }

    /// The years whose holidays matter: those in which there are recordings.
    async fn years(&self, filter: &Filter) -> Result<std::ops::RangeInclusive<i16>, Error> {
        let calendar = self.company().await?.calendar;
        let (from, to) = calendar.bounds(filter.period, self.now());
        let one = |order| async move {
            let first: Option<i64> = recording::Entity::find()
                .order_by(recording::Column::Moment, order)
                .select_only()
                .column(recording::Column::CivilDay)
                .into_tuple()
                .one(self.db())
                .await?;
            Ok::<_, Error>(first.unwrap_or_default())
        };
        let year = |day: i64| i16::try_from(1970 + day.div_euclid(365)).unwrap_or(i16::MAX);
        let (first, last) = (year(one(Order::Asc).await?) - 1, year(one(Order::Desc).await?) + 1);
        let of = |at: model::instant::Instant| calendar.stamp(at).date.0;
        Ok(of(from).clamp(first, last)..=of(to).clamp(first, last))
    }
}

/// What is asked for, piece by piece.
struct Asked {
    all: Condition,
    people: Vec<Condition>,
    /// What may be rare, and has an index of its own.
    rare: Vec<Condition>,
    words: Vec<String>,
}

impl Default for Asked {
    fn default() -> Self {
        Self {
            all: Condition::all(),
            people: vec![],
            rare: vec![],
            words: vec![],
        }
    }
}

impl Asked {
    fn add(&mut self, condition: impl IntoCondition) {
        self.all = self.all.clone().add(condition.into_condition());
    }

    /// Any of these. One alone is found along its index; several may be rare.
    fn any<T>(&mut self, column: recording::Column, values: &[T])
    where
        T: Clone + Into<sea_orm::Value>,
    {
        if let [value] = values {
            self.add(column.eq(value.clone()));
        } else if !values.is_empty() {
            let any = column.is_in(values.to_vec());
            self.rare.push(any.clone().into_condition());
            self.add(any);
        }
    }

    fn take(&mut self, filter: &Filter, company: &company::Company) {
        if !self.people.is_empty() {
            let any = self.people.drain(..).fold(Condition::any(), Condition::add);
            self.rare.push(any.clone());
            self.add(any);
        }
        for level in Level::ALL {
            let units: Vec<UnitId> = filter.units_of(level).collect();
            self.any(column_of(level), &units);
        }
        if let Some(hours) = filter.hours {
            self.add(company::within(hours));
        }
        let ms = |seconds: u32| i64::from(seconds) * 1_000;
        let mut length = Condition::all();
        if let Some(shortest) = filter.shortest_s {
            length = length.add(COLUMN.call_ms.gte(ms(shortest)));
        }
        if let Some(longest) = filter.longest_s {
            // Lengths are shown in whole seconds: what is shown as 5 is at most 5.
            length = length.add(COLUMN.call_ms.lt(ms(longest) + 1_000));
        }
        if !length.is_empty() {
            self.rare.push(length.clone());
            self.add(length);
        }
        let directions: Vec<&str> = filter.directions.iter().map(|direction| direction.name()).collect();
        if !directions.is_empty() && directions.len() < 3 {
            self.add(COLUMN.direction.is_in(directions));
        }
        self.any(recording::Column::RungKey, &filter.direct_numbers);
        let flags: Vec<i16> = filter.flags.iter().map(|flag| flag.map_or(0, Flag::number)).collect();
        if flags.len() <= Flag::ALL.len() {
            self.any(recording::Column::Flag, &flags);
        }
        if let Some(evaluated) = filter.evaluated {
            self.add(COLUMN.evaluated.eq(evaluated));
        }
        self.numbers(&filter.numbers, company);
        if let Some(tag) = &filter.tag {
            self.words.push(fold(tag));
            self.add(Expr::col(recording::Column::TagText).like(anywhere(tag)));
        }
        if let Some(text) = &filter.text {
            // A number is one word, however it is written.
            let number = company.numbering.normalise(text);
            let words: Vec<String> = if number == text.trim() {
                text.split_whitespace().map(fold).collect()
            } else {
                vec![number]
            };
            self.add(search::holds(&words));
            self.words.extend(words);
        }
    }

    /// Any of these numbers: whole ones as they are kept, parts of numbers wherever they stand.
    fn numbers(&mut self, numbers: &[String], company: &company::Company) {
        let (mut whole, mut parts) = (vec![], vec![]);
        for number in numbers {
            let kept = company.numbering.normalise(number);
            if company.numbering.is_number(&kept) {
                whole.push(kept);
            } else {
                parts.push(part(number));
            }
        }
        if parts.is_empty() {
            self.any(recording::Column::NumberKey, &whole);
            return;
        }
        let holds = |part: &String| Expr::col(recording::Column::NumberKey).like(anywhere(part));
        if let ([part], true) = (&*parts, whole.is_empty()) {
            self.words.push(part.clone());
            self.add(holds(part));
            return;
        }
        let any = parts
            .iter()
            .fold(Condition::any().add(COLUMN.number_key.is_in(whole)), |any, part| {
                any.add(holds(part))
            });
        self.add(any);
    }

    fn end(&mut self) -> Condition {
        std::mem::replace(&mut self.all, Condition::all())
    }
}

/// A part of a number as it is kept: without what only makes it readable, and without the nought that stands for the
/// country. What holds letters is an extension or a word.
fn part(number: &str) -> String {
    let number = fold(number);
    if number.chars().any(char::is_alphabetic) {
        return number;
    }
    let digits: String = number
        .chars()
        .filter(|sign| sign.is_ascii_digit() || *sign == '+')
        .collect();
    digits
        .strip_prefix("00")
        .or_else(|| digits.strip_prefix('0'))
        .unwrap_or(&digits)
        .to_owned()
}

pub(super) const fn column_of(level: Level) -> recording::Column {
    match level {
        Level::District => recording::Column::DistrictId,
        Level::Department => recording::Column::DepartmentId,
        Level::CostCenter => recording::Column::CostCenterId,
        Level::Office => recording::Column::OfficeId,
    }
}

impl Found<'_> {
    /// Looks whether there are few.
    async fn look(&mut self, rare: &[Condition]) -> Result<(), Error> {
        if let Some(mut hits) = search::hits(self.db, &self.words, self.moments.clone(), FEW + 1).await? {
            if hits.len() <= FEW {
                self.few = Some(hits);
                return Ok(());
            }
            hits.truncate(FEW);
            self.newest = Some(hits);
        }
        if self.db.get_database_backend() != sea_orm::DbBackend::Sqlite {
            // PostgreSQL weighs that itself.
            return Ok(());
        }
        for condition in rare {
            let some: Vec<i64> = self
                .when(within(&self.scope), self.moments.clone())
                .filter(condition.clone())
                .select_only()
                .column(recording::Column::Moment)
                .limit(FEW as u64 + 1)
                .into_tuple()
                .all(self.db)
                .await?;
            if some.len() <= FEW {
                self.few = Some(some);
                return Ok(());
            }
        }
        Ok(())
    }

    fn when(&self, select: Select<recording::Entity>, moments: Range<i64>) -> Select<recording::Entity> {
        let mut when = Condition::all();
        if moments.start > i64::MIN {
            when = when.add(COLUMN.moment.gte(moments.start));
        }
        if moments.end < i64::MAX {
            when = when.add(COLUMN.moment.lt(moments.end));
        }
        select.filter(when)
    }

    /// All of it, in no order.
    pub(super) fn select(&self) -> Select<recording::Entity> {
        let select = self
            .when(within(&self.scope), self.moments.clone())
            .filter(self.all.clone());
        match &self.few {
            Some(few) => select.filter(COLUMN.moment.is_in(few.iter().copied())),
            None => select,
        }
    }

    /// So many of it from the beginning of that order on, as one question; all of it where no number is said.
    pub(super) fn first(&self, sort: Sort, most: Option<u64>) -> Select<recording::Entity> {
        let mut select = self.select();
        if self.newest.is_some()
            && let Some(among) = search::among(self.db.get_database_backend(), &self.words)
        {
            select = select.filter(among);
        }
        match most {
            Some(most) => ordered(select, sort, None).limit(most),
            None => select,
        }
    }

    /// So many of it after a place.
    pub(super) async fn rows(
        &self,
        sort: Sort,
        after: Option<&Place>,
        most: u64,
    ) -> Result<Vec<recording::Model>, Error> {
        let newest_first = sort == Sort::default();
        if let (Some(newest), true) = (&self.newest, newest_first) {
            let hits = match after {
                None => Some(newest.clone()),
                Some(place) => {
                    let older = self.moments.start..Ord::min(place.moment, self.moments.end);
                    search::hits(self.db, &self.words, older, FEW).await?
                }
            };
            if let Some(hits) = hits {
                let all = hits.len() < FEW;
                let among = self.select().filter(COLUMN.moment.is_in(hits));
                let rows = ordered(among, sort, after).limit(most).all(self.db).await?;
                if all || u64::try_from(rows.len()) == Ok(most) {
                    return Ok(rows);
                }
            }
        }
        Ok(ordered(self.select(), sort, after).limit(most).all(self.db).await?)
    }

    /// How many there are and how long their calls are together: counted to the end, or up to so many.
    pub(super) async fn total(&self, most: Option<u64>) -> Result<Total, Error> {
        let (mut select, mut more) = (self.select(), false);
        if let Some(newest) = &self.newest {
            if most.is_some() {
                select = select.filter(COLUMN.moment.is_in(newest.iter().copied()));
                more = true;
            } else if let Some(among) = search::among(self.db.get_database_backend(), &self.words) {
                select = select.filter(among);
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
        let counted = self.db.query_one(&counted).await?;
        let Some(row) = counted else {
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
}

#[derive(FromQueryResult)]
struct Counted {
    count: i64,
    ms: i64,
}

/// In that order, from a place on, which is said in a way that lets an index be entered at it, however deep it is.
fn ordered(select: Select<recording::Entity>, sort: Sort, after: Option<&Place>) -> Select<recording::Entity> {
    let order = if sort.descending { Order::Desc } else { Order::Asc };
    let Some(column) = key_of(sort.by) else {
        let select = match after {
            None => select,
            Some(place) if sort.descending => select.filter(COLUMN.moment.lt(place.moment)),
            Some(place) => select.filter(COLUMN.moment.gt(place.moment)),
        };
        return select.order_by(recording::Column::Moment, order);
    };
    let select = match after.and_then(|place| Some((place, value(sort.by, place.key.as_deref()?)?))) {
        None => select,
        Some((place, key)) => {
            let here = Expr::tuple([Expr::col(column), Expr::col(recording::Column::Moment)]);
            let there = Expr::tuple([Expr::value(key), Expr::val(place.moment)]);
            select.filter(if sort.descending {
                here.lt(there)
            } else {
                here.gt(there)
            })
        }
    };
    select
        .order_by(column, order.clone())
        .order_by(recording::Column::Moment, order)
}

/// By what the column is sorted; by time alone where none.
const fn key_of(by: Column) -> Option<recording::Column> {
    Some(match by {
        Column::Extension => recording::Column::Extension,
        Column::User => recording::Column::WhoKey,
        Column::Number => recording::Column::NumberKey,
        Column::DirectNumber => recording::Column::RungKey,
        Column::Length => recording::Column::CallMs,
        Column::Tag => recording::Column::TagKey,
        Column::Flag => recording::Column::Flag,
        Column::Evaluation => recording::Column::Evaluated,
        Column::Date | Column::Time | Column::Direction | Column::Channel => return None,
    })
}

/// What a row has in the column by which it is sorted, as a place keeps it.
pub(super) fn key(by: Column, row: &recording::Model) -> Option<String> {
    Some(match by {
        Column::Extension => row.extension.clone(),
        Column::User => row.who_key.clone(),
        Column::Number => row.number_key.clone(),
        Column::DirectNumber => row.rung_key.clone(),
        Column::Length => row.call_ms.to_string(),
        Column::Tag => row.tag_key.clone(),
        Column::Flag => row.flag.to_string(),
        Column::Evaluation => i16::from(row.evaluated).to_string(),
        Column::Date | Column::Time | Column::Direction | Column::Channel => return None,
    })
}

fn value(by: Column, key: &str) -> Option<sea_orm::Value> {
    Some(match by {
        Column::Length => key.parse::<i64>().ok()?.into(),
        Column::Flag => key.parse::<i16>().ok()?.into(),
        Column::Evaluation => (key == "1").into(),
        _ => key.into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_part_of_a_number_is_found_however_it_is_written() {
        for (written, kept) in [
            ("070-92", "7092"),
            ("+46 70", "+4670"),
            ("0046 70", "4670"),
            ("921 40", "92140"),
            ("A1669", "a1669"),
        ] {
            assert_eq!(part(written), kept, "{written}");
        }
    }
}
