//! From a filter to conditions, each with what is known of the way to it.

use model::{
    filter::Filter,
    id::{PersonId, UnitId},
    people::Level,
    recording::Flag,
};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, Order, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, IntoCondition, SimpleExpr},
};

use super::{
    entity::recording::{self, COLUMN},
    find::CALLS,
};
use crate::{
    Backend, Error, Viewer, company,
    db::{
        search::{self, Numbers, Words},
        text::{anywhere, fold},
    },
    people::entity::person,
};

/// The most people that a part of a name stands for.
const NAMESAKES: u64 = 2_000;
/// The most people in all: no more can be named in one question.
const MOST_PEOPLE: usize = 10_000;
/// The most tags that are looked through.
const TAGS: usize = 1_000;

/// Which way leads to what a condition finds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Way {
    /// An index has it in the order of time, and it is a small part of all.
    Narrow,
    /// An index has it in the order of time.
    Walk,
    /// An index has several such stretches.
    Several,
    /// An index has it, whenever it was.
    Anytime,
    /// It is a part of a number: where those that have it are known ([`Asked::with_part`]), an index leads to their calls.
    Part,
    /// It can only be looked at; the indexes of lengths and hours have it, and that by which one walks along the time.
    Beside,
    /// It can only be looked at.
    None,
}

/// What is asked for, piece by piece.
#[derive(Default)]
pub(super) struct Asked {
    pub pieces: Vec<(Condition, Way)>,
    pub words: Words,
    /// Whether what a call came to is asked for.
    pub judged: bool,
    /// Whole numbers, where it is any of these or what holds any of the words.
    pub numbers: Vec<String>,
    /// The numbers that have one of the parts, where few calls are theirs.
    pub with_part: Option<Numbers>,
}

impl Backend {
    /// What a filter asks for, but for its period.
    pub(super) async fn asked(&self, viewer: &Viewer, filter: &Filter) -> Result<Asked, Error> {
        let company = viewer.company();
        let mut asked = Asked::default();
        self.ask_who(&mut asked, &filter.who).await?;
        let tag = self.ask_tag(&mut asked.words, filter).await?;
        let judged = self.ask_judged(viewer, filter).await?;
        asked.judged = !judged.is_empty();
        asked.take(filter, tag, judged);
        self.ask_numbers(&mut asked, &filter.numbers, company).await?;
        asked.text(filter.text.as_deref(), company);
        if filter.office_hours {
            let years = self.years(company, filter).await?;
            asked.add(company.at_work(years), Way::None);
        }
        Ok(asked)
    }

    /// Tags that hold these words; where there are too many tags to know, they are looked for as words.
    async fn ask_tag(&self, words: &mut Words, filter: &Filter) -> Result<Option<(Condition, Way)>, Error> {
        let Some(tag) = &filter.tag else { return Ok(None) };
        let piece = match search::tags(self.db(), tag, TAGS).await? {
            Some(tags) if tags.is_empty() => (Expr::val(1).eq(Expr::val(2)).into_condition(), Way::None),
            Some(tags) => return Ok(one_of(recording::Column::TagText, &tags, Way::Walk)),
            None => {
                words.all.push(fold(tag));
                let holds = Expr::col(recording::Column::TagText).like(anywhere(tag));
                (holds.into_condition(), Way::None)
            }
        };
        Ok(Some(piece))
    }

    /// Whose recordings these words mean: those of an extension, or of everyone whose name or number holds them.
    async fn ask_who(&self, asked: &mut Asked, all: &[String]) -> Result<(), Error> {
        let (mut extensions, mut people) = (vec![], vec![]);
        for words in all {
            let known = person::Entity::find()
                .filter(person::COLUMN.extension.eq(words.as_str()))
                .one(self.db())
                .await?;
            if known.is_some() {
                extensions.push(words.clone());
                continue;
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
            if ids.is_empty() {
                extensions.push(words.clone());
            }
            people.extend(ids);
        }
        people.sort_unstable();
        people.dedup();
        people.truncate(MOST_PEOPLE);
        if extensions.is_empty() {
            asked.any(recording::Column::PersonId, &people, Way::Narrow);
        } else if people.is_empty() {
            asked.any(recording::Column::Extension, &extensions, Way::Narrow);
        } else {
            let any = Condition::any()
                .add(COLUMN.extension.is_in(extensions))
                .add(COLUMN.person_id.is_in(people.into_iter().map(Some)));
            asked.add(any, Way::Several);
        }
        Ok(())
    }

    /// Any of these numbers: whole ones as they are kept, parts of numbers wherever they stand.
    async fn ask_numbers(
        &self,
        asked: &mut Asked,
        numbers: &[String],
        company: &company::Company,
    ) -> Result<(), Error> {
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
            asked.any(recording::Column::NumberKey, &whole, Way::Narrow);
            return Ok(());
        }
        asked.with_part = search::numbers(self.db(), &whole, &parts, CALLS).await?;
        let holds = |part: &String| -> SimpleExpr { Expr::col(recording::Column::NumberKey).like(anywhere(part)) };
        let mut any = parts.iter().map(holds).fold(Condition::any(), Condition::add);
        if !whole.is_empty() {
            any = any.add(COLUMN.number_key.is_in(whole.iter()));
        }
        asked.add(any, Way::Part);
        (asked.words.any, asked.numbers) = (parts, whole);
        Ok(())
    }

    /// The years whose holidays matter: those in which there are recordings.
    async fn years(&self, company: &company::Company, filter: &Filter) -> Result<std::ops::RangeInclusive<i16>, Error> {
        let calendar = &company.calendar;
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
        let first = year(one(Order::Asc).await?) - 1;
        // Between the two questions all of them may have gone.
        let last = Ord::max(first, year(one(Order::Desc).await?) + 1);
        let of = |at: model::instant::Instant| calendar.stamp(at).date.0;
        Ok(of(from).clamp(first, last)..=of(to).clamp(first, last))
    }
}

impl Asked {
    fn add(&mut self, condition: impl IntoCondition, way: Way) {
        self.pieces.push((condition.into_condition(), way));
    }

    fn any<T>(&mut self, column: recording::Column, values: &[T], way: Way)
    where
        T: Clone + Into<sea_orm::Value>,
    {
        self.pieces.extend(one_of(column, values, way));
    }

    fn take(&mut self, filter: &Filter, tag: Option<(Condition, Way)>, judged: Vec<(Condition, Way)>) {
        // What has fewer recordings comes first: it leads.
        self.any(recording::Column::RungKey, &filter.direct_numbers, Way::Walk);
        for level in [Level::CostCenter, Level::Office, Level::Department, Level::District] {
            let units: Vec<UnitId> = filter.units_of(level).collect();
            self.any(column_of(level), &units, Way::Walk);
        }
        // The indexes of those know the tag, and that of tags does not know them.
        self.pieces.extend(tag);
        if let Some(hours) = filter.hours {
            self.add(company::within(hours), Way::Anytime);
        }
        let ms = |seconds: u32| i64::from(seconds) * 1_000;
        let shortest = filter.shortest_s.map(|shortest| COLUMN.call_ms.gte(ms(shortest)));
        // Lengths are shown in whole seconds: what is shown as 5 is at most 5.
        let longest = filter.longest_s.map(|longest| COLUMN.call_ms.lt(ms(longest) + 1_000));
        if shortest.is_some() || longest.is_some() {
            let length = shortest
                .into_iter()
                .chain(longest)
                .fold(Condition::all(), Condition::add);
            self.add(length, Way::Anytime);
        }
        let directions: Vec<&str> = filter.directions.iter().map(|direction| direction.name()).collect();
        if !directions.is_empty() && directions.len() < 3 {
            self.add(COLUMN.direction.is_in(directions), Way::Beside);
        }
        let flags: Vec<i16> = filter.flags.iter().map(|flag| flag.map_or(0, Flag::number)).collect();
        if flags.len() <= Flag::ALL.len() {
            self.any(recording::Column::Flag, &flags, Way::Walk);
        }
        self.pieces.extend(judged);
    }

    fn text(&mut self, text: Option<&str>, company: &company::Company) {
        if let Some(text) = text {
            // A number is one word, however it is written, and an index has it as a whole.
            let number = company.numbering.normalise(text);
            if company.numbering.is_number(&number) {
                let any = Condition::any()
                    .add(COLUMN.number_key.eq(&number))
                    .add(COLUMN.rung_key.eq(&number));
                self.add(any, Way::Several);
                return;
            }
            let words: Vec<String> = text.split_whitespace().map(fold).collect();
            self.add(search::holds(&words), Way::None);
            self.words.all.extend(words);
        }
    }
}

/// Any of these. One alone is found along its index, that way.
fn one_of<T>(column: recording::Column, values: &[T], way: Way) -> Option<(Condition, Way)>
where
    T: Clone + Into<sea_orm::Value>,
{
    let (condition, way) = match values {
        [] => return None,
        [value] => (column.eq(value.clone()), way),
        values => (column.is_in(values.to_vec()), Way::Several),
    };
    Some((condition.into_condition(), way))
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
    let part = digits.strip_prefix("00").or_else(|| digits.strip_prefix('0'));
    // A nought alone is a part like others: with nothing left of it, it would be found everywhere.
    part.filter(|part| !part.is_empty()).unwrap_or(&digits).to_owned()
}

pub(super) const fn column_of(level: Level) -> recording::Column {
    match level {
        Level::District => recording::Column::DistrictId,
        Level::Department => recording::Column::DepartmentId,
        Level::CostCenter => recording::Column::CostCenterId,
        Level::Office => recording::Column::OfficeId,
    }
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
            ("0", "0"),
            ("00", "00"),
        ] {
            assert_eq!(part(written), kept, "{written}");
        }
    }
}
