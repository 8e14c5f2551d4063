//! What is asked of what a filter finds: a page of it, and what the whole of it comes to.

use model::list::{Column, Place, Sort};
use sea_orm::{
    Condition, EntityTrait, QueryFilter, QuerySelect, QueryTrait, Select,
    sea_query::{Query, SelectStatement, UnionType},
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
/// More than there can be: what is limited is not taken apart again.
const ALL: u64 = 1 << 40;

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
            Some(select) => of_few(select, sorted, after, most),
        };
        self.those(which, sorted, most).await
    }

    /// The rows of these moments.
    async fn those(&self, moments: SelectStatement, sorted: Sorted, most: u64) -> Result<Vec<Listed>, Error> {
        let rows = ordered(self.of(moments), sorted, None).limit(most);
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
            if !all && self.count(by).await? <= FEW {
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
    pub(super) async fn step(&self, older: &mut Older) -> Result<Option<Vec<i64>>, Error> {
        let Some(piece) = older.piece else { return Ok(None) };
        let hits = self
            .hits(Ord::max(self.moments.start, older.from)..older.end, piece)
            .await?;
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

    /// All of it, in no order and to the end: what holds words that many have is looked up in their index.
    pub(super) fn whole(&self) -> Select<recording::Entity> {
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
}

/// The moments of the first of few: all of them, and only then their order, lest it show the database another way.
fn of_few(few: Select<recording::Entity>, sorted: Sorted, after: Option<&Place>, most: u64) -> SelectStatement {
    let columns = [recording::Column::Moment].into_iter().chain(sorted.columns());
    let few = among(few.limit(ALL).select_only().columns(columns));
    first(ordered(few, sorted, after), most)
}

/// The moments of the first so many.
fn first(select: Select<recording::Entity>, most: u64) -> SelectStatement {
    select
        .limit(most)
        .select_only()
        .column(recording::Column::Moment)
        .into_query()
}

/// The way through the hits: from the end to older ones, so many at the next step and more at each.
pub(super) struct Older {
    /// No further than here.
    from: i64,
    end: i64,
    piece: Option<usize>,
}

impl Older {
    /// The same way, no further than behind that moment.
    pub const fn behind(self, moment: i64) -> Self {
        Self {
            from: moment.saturating_add(1),
            ..self
        }
    }

    pub const fn than(end: i64, piece: usize) -> Self {
        Self {
            from: i64::MIN,
            end,
            piece: Some(piece),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{HashMap, HashSet};

    use model::{id::RecordingId, list::ListQuery};

    use super::*;
    use crate::{
        Backend, Viewer,
        testing::{
            Fixture,
            crowd::{self, Crowd, viewer},
        },
    };

    fn read(words: &str) -> ListQuery {
        let all = format!("period=all&limit=0&{words}");
        ListQuery::read(all.split('&').filter_map(|word| word.split_once('=')))
    }

    /// All that a list finds, page by page.
    async fn pages(backend: &Backend, viewer: &Viewer, words: &str) -> Vec<RecordingId> {
        let (mut query, mut ids) = (read(words), vec![]);
        loop {
            let page = backend.list(viewer, query.clone()).await.unwrap();
            ids.extend(page.rows.iter().map(|row| row.id));
            let Some(next) = page.next else { return ids };
            query.after = Some(next);
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn what_has_a_part_of_a_number_is_found_to_the_end_whichever_way_leads_to_it() {
        let fixture = Fixture::new().await;
        let backend = &fixture.backend;
        Crowd::of(3_000).fill(backend).await;
        let numbers: HashMap<RecordingId, Option<String>> = recording::Entity::find()
            .select_only()
            .columns([recording::Column::Id, recording::Column::NumberKey])
            .into_tuple()
            .all(backend.db())
            .await
            .unwrap()
            .into_iter()
            .collect();
        let mut found = HashSet::new();
        for email in [crowd::SUPER, crowd::RESTRICTED] {
            let viewer = viewer(backend, email).await;
            for beside in [
                "",
                "&flag=red",
                "&direction=incoming",
                "&time-from=08:00&time-to=09:00",
                "&q=reklam",
                "&sort=-length",
                "&sort=user",
            ] {
                let all = pages(backend, &viewer, beside.trim_start_matches('&')).await;
                for part in ["7", "46", "123", "905", "1234", "99999"] {
                    let has = |id: &RecordingId| numbers[id].as_ref().is_some_and(|number| number.contains(part));
                    let expected: Vec<_> = all.iter().copied().filter(has).collect();
                    let words = format!("number={part}{beside}");
                    assert_eq!(pages(backend, &viewer, &words).await, expected, "{email} {words}");
                    let total = backend.total(&viewer, &read(&words).filter).await.unwrap();
                    assert_eq!(total.count, expected.len() as u64, "{email} {words}");
                    found.insert(expected.len());
                }
            }
        }
        assert!(found.len() > 10 && found.contains(&0), "{found:?}");
    }

    /// How something is looked up, others' recordings decide; what is told of it, they do not.
    #[tokio::test(flavor = "multi_thread")]
    async fn who_hears_a_part_is_told_of_that_part_alone() {
        let fixture = Fixture::new().await;
        let backend = &fixture.backend;
        Crowd::of(3_000).fill(backend).await;
        let viewer = viewer(backend, crowd::RESTRICTED).await;
        let all = pages(backend, &viewer, "").await;
        let newest: HashSet<RecordingId> = all[..50].iter().copied().collect();
        assert!(all.len() > newest.len());
        let name = backend.list(&viewer, read("")).await.unwrap().rows[0]
            .person
            .clone()
            .unwrap();
        for words in [
            "flag=red".to_owned(),
            "flag=none".to_owned(),
            "number=46".to_owned(),
            "number=1234".to_owned(),
            "direction=incoming&length-min=60".to_owned(),
            format!("q={}", name.split(' ').next().unwrap()),
            "q=reklam".to_owned(),
            "q=zxqjk".to_owned(),
        ] {
            let within = pages(backend, &viewer, &words)
                .await
                .iter()
                .filter(|id| newest.contains(id))
                .count();
            let mut found = backend.found(&viewer, &read(&words).filter).await.unwrap();
            found.passes = 50;
            let total = found.total(Some(1_000)).await.unwrap();
            assert_eq!((total.count, total.more, total.ms), (within as u64, true, 0), "{words}");
        }
    }
}
