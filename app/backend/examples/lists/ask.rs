//! Every list of the guide, with other values each time.

use std::time::Instant;

use backend::testing::crowd::{self, dice::Dice};
use model::{
    list::{ListQuery, Place},
    people::Level,
};
use serde::Serialize;

use crate::{Result, crowds::Arm};

/// Rounds in which each arm takes its turn.
const ROUNDS: usize = 60;

/// What a list took, in milliseconds.
#[derive(Default, Serialize)]
pub struct Took {
    p50: f64,
    p95: f64,
    /// What of it the database took.
    database_p95: f64,
    /// The fewest rows of a page.
    rows: usize,
}

/// A list, with few recordings and with many.
#[derive(Serialize)]
pub struct Measured {
    name: &'static str,
    arms: Vec<Took>,
}

/// What is asked for.
#[derive(Clone, Copy)]
enum What {
    /// A page.
    Page,
    /// The page after the deep place.
    Deep,
    /// All of it, counted to the end.
    Total,
    /// What a filter can be made of.
    Choices,
}

/// A list: its name, who asks, and the words of its address, where what stands in braces is drawn.
struct Case(&'static str, &'static str, What, &'static str);

const fn page(name: &'static str, words: &'static str) -> Case {
    Case(name, crowd::SUPER, What::Page, words)
}

const fn by(name: &'static str, who: &'static str, words: &'static str) -> Case {
    Case(name, who, What::Page, words)
}

const fn deep(name: &'static str, words: &'static str) -> Case {
    Case(name, crowd::SUPER, What::Deep, words)
}

const CASES: &[Case] = &[
    page("first", "period=all"),
    page("period/today", ""),
    page("period/last-30", "period=last-30"),
    page("period/day", "from={day}&to={day}"),
    page("period/from", "from={day}"),
    page("hours/morning", "period=all&time-from=08:00&time-to=09:00"),
    page("hours/night", "period=all&time-from=02:00&time-to=04:00"),
    page("office-hours", "period=all&office-hours=yes"),
    page("who/extension", "period=all&who={extension}"),
    page("who/name", "period=all&who={name}"),
    page("who/three", "period=all&who={extension},{extension},{extension}"),
    page("unit/department", "period=all&department={department}"),
    page("unit/two", "period=all&department={department}&department={department}"),
    page("unit/district", "period=all&district={district}"),
    page("unit/cost-center", "period=all&cost-center={cost-center}"),
    page("unit/office", "period=all&office={office}"),
    page("number/whole", "period=all&number={number}"),
    page("number/five-digits", "period=all&number={digits5}"),
    page("number/four-digits", "period=all&number={digits4}"),
    page("number/three-digits", "period=all&number={digits3}"),
    page("number/short", "period=all&number=90510"),
    page("number/several", "period=all&number={number},{number},{digits5}"),
    page("length/hour", "period=all&length-min=3600"),
    page("length/long", "period=all&length-min=1200"),
    page("length/five-seconds", "period=all&length-min=5"),
    page("length/short", "period=all&length-max=1"),
    page("length/between", "period=all&length-min=60&length-max=65"),
    page("direction/incoming", "period=all&direction=incoming"),
    page("direction/internal", "period=all&direction=internal"),
    page("ddi/one", "period=all&ddi={ddi}"),
    page("ddi/three", "period=all&ddi={ddi}&ddi={ddi}&ddi={ddi}"),
    page("tag/one", "period=all&tag={tag}"),
    page("tag/part", "period=all&tag=eklam"),
    page("tag/two-signs", "period=all&tag=vi"),
    page("flag/red", "period=all&flag=red"),
    page("flag/two", "period=all&flag=red&flag=blue"),
    page("flag/none", "period=all&flag=none"),
    page("evaluated/yes", "period=all&evaluated=yes"),
    page("evaluated/no", "period=all&evaluated=no"),
    page("evaluated/failed", "period=all&evaluated=failed"),
    page("evaluated/disputed", "period=all&evaluated=disputed"),
    page("score/best", "period=all&score-min=95"),
    page("score/counted", "period=all&score-min=1"),
    page("text/name", "period=all&q={name}"),
    page("text/two-words", "period=all&q={name} {tag}"),
    page("text/number", "period=all&q={number}"),
    page("text/two-signs", "period=all&q=å"),
    page("text/dense", "period=all&q=a1669"),
    page("text/nothing", "period=all&q=zxqjk"),
    page(
        "pair/department+internal+hour",
        "period=all&department={department}&direction=internal&length-min=3600",
    ),
    page(
        "pair/department+night",
        "period=all&department={department}&time-from=02:00&time-to=04:00",
    ),
    page("pair/extension+red", "period=all&who={extension}&flag=red"),
    page("pair/extension+tag", "period=all&who={extension}&tag={tag}"),
    page("pair/extension+long", "period=all&who={extension}&length-min=1800"),
    page("pair/name+number", "period=all&who={name}&number={digits4}"),
    page("pair/red+night", "period=all&flag=red&time-from=02:00&time-to=04:00"),
    page("pair/red+evaluated", "period=all&flag=red&evaluated=yes"),
    page("pair/red+tag", "period=all&flag=red&tag={tag}"),
    page("pair/two-flags+hour", "period=all&flag=red&flag=blue&length-min=3600"),
    page(
        "pair/internal+night",
        "period=all&direction=internal&time-from=02:00&time-to=04:00",
    ),
    page("pair/internal+ddi", "period=all&direction=internal&ddi={ddi}"),
    page("pair/evaluated+ddi", "period=all&evaluated=yes&ddi={ddi}"),
    page("pair/ddi+tag", "period=all&ddi={ddi}&tag={tag}"),
    page("pair/ddi+department", "period=all&ddi={ddi}&department={department}"),
    page(
        "pair/office+cost-center",
        "period=all&office={office}&cost-center={cost-center}",
    ),
    page(
        "pair/district+red+evaluated",
        "period=all&district={district}&flag=red&evaluated=yes",
    ),
    page("pair/office-hours+long", "period=all&office-hours=yes&length-min=1800"),
    page(
        "pair/text+internal+long",
        "period=all&q={name}&direction=internal&length-min=1800",
    ),
    page("pair/text+night", "period=all&q={name}&time-from=02:00&time-to=04:00"),
    page("pair/text+red", "period=all&q={name}&flag=red"),
    page(
        "pair/dense+red+night",
        "period=all&q=a1669&flag=red&time-from=02:00&time-to=04:00",
    ),
    page("pair/number+evaluated", "period=all&number={digits4}&evaluated=yes"),
    page("pair/three-digits+red", "period=all&number={digits3}&flag=red"),
    page(
        "pair/two-signs+internal+red",
        "period=all&q=å&direction=internal&flag=red",
    ),
    page("sort/date", "period=all&sort=date"),
    page("sort/extension", "period=all&sort=extension"),
    page("sort/-extension", "period=all&sort=-extension"),
    page("sort/user", "period=all&sort=user"),
    page("sort/-user", "period=all&sort=-user"),
    page("sort/number", "period=all&sort=number"),
    page("sort/-number", "period=all&sort=-number"),
    page("sort/ddi", "period=all&sort=ddi"),
    page("sort/-ddi", "period=all&sort=-ddi"),
    page("sort/length", "period=all&sort=length"),
    page("sort/-length", "period=all&sort=-length"),
    page("sort/tag", "period=all&sort=tag"),
    page("sort/-tag", "period=all&sort=-tag"),
    page("sort/flag", "period=all&sort=flag"),
    page("sort/-flag", "period=all&sort=-flag"),
    page("sort/evaluation", "period=all&sort=evaluation"),
    page("sort/-evaluation", "period=all&sort=-evaluation"),
    page(
        "sorted/-length+department",
        "period=all&sort=-length&department={department}",
    ),
    page("sorted/-length+extension", "period=all&sort=-length&who={extension}"),
    page("sorted/-length+last-30", "period=last-30&sort=-length"),
    page("sorted/-length+day", "from={day}&to={day}&sort=-length"),
    page("sorted/number+last-30", "period=last-30&sort=number"),
    page("sorted/user+red", "period=all&flag=red&sort=user"),
    page("sorted/-length+red", "period=all&flag=red&sort=-length"),
    page("sorted/tag+internal", "period=all&direction=internal&sort=tag"),
    page("sorted/-length+tag", "period=all&tag={tag}&sort=-length"),
    page("sorted/-length+text", "period=all&q={name}&sort=-length"),
    page(
        "sorted/user+night",
        "period=all&time-from=02:00&time-to=04:00&sort=user",
    ),
    deep("deep/date", "period=all"),
    deep("deep/-length", "period=all&sort=-length"),
    deep("deep/number", "period=all&sort=number"),
    deep("deep/user", "period=all&sort=user"),
    deep("deep/department", "period=all&department={department}"),
    deep("deep/text", "period=all&q={name}"),
    by("restricted/first", crowd::RESTRICTED, "period=all"),
    by("restricted/red", crowd::RESTRICTED, "period=all&flag=red"),
    by(
        "restricted/night",
        crowd::RESTRICTED,
        "period=all&time-from=02:00&time-to=04:00",
    ),
    by("restricted/hour", crowd::RESTRICTED, "period=all&length-min=3600"),
    by("restricted/text", crowd::RESTRICTED, "period=all&q={name}"),
    by("restricted/number", crowd::RESTRICTED, "period=all&number={digits5}"),
    by("restricted/-length", crowd::RESTRICTED, "period=all&sort=-length"),
    by("restricted/user", crowd::RESTRICTED, "period=all&sort=user"),
    Case("restricted/deep", crowd::RESTRICTED, What::Deep, "period=all"),
    by("tiny/first", crowd::TINY, "period=all"),
    by("tiny/red", crowd::TINY, "period=all&flag=red"),
    by("tiny/hour", crowd::TINY, "period=all&length-min=3600"),
    by("tiny/text", crowd::TINY, "period=all&q={name}"),
    by("tiny/number", crowd::TINY, "period=all&number={digits5}"),
    by("tiny/-length", crowd::TINY, "period=all&sort=-length"),
    by("tiny/user", crowd::TINY, "period=all&sort=user"),
    by("own/first", crowd::OWN, "period=all"),
    by("own/red", crowd::OWN, "period=all&flag=red"),
    by("own/night", crowd::OWN, "period=all&time-from=02:00&time-to=04:00"),
    by("own/text", crowd::OWN, "period=all&q={name}"),
    by("own/number", crowd::OWN, "period=all&number={digits5}"),
    by("own/-length", crowd::OWN, "period=all&sort=-length"),
    Case("own/deep", crowd::OWN, What::Deep, "period=all"),
    Case("total/all", crowd::SUPER, What::Total, "period=all"),
    Case("total/last-30", crowd::SUPER, What::Total, "period=last-30"),
    Case(
        "total/department",
        crowd::SUPER,
        What::Total,
        "period=all&department={department}",
    ),
    Case("total/red", crowd::SUPER, What::Total, "period=all&flag=red"),
    Case("total/text", crowd::SUPER, What::Total, "period=all&q={name}"),
    Case("total/restricted", crowd::RESTRICTED, What::Total, "period=all"),
    Case("choices/super", crowd::SUPER, What::Choices, ""),
    Case("choices/restricted", crowd::RESTRICTED, What::Choices, ""),
    Case("choices/tiny", crowd::TINY, What::Choices, ""),
    Case("choices/own", crowd::OWN, What::Choices, ""),
];

/// Asks for all of them, or for those whose names begin so.
pub async fn all(arms: &mut [Arm], names: &[String]) -> Result<Vec<Measured>> {
    let mut measured = vec![];
    for case in CASES {
        if !names.is_empty() && !names.iter().any(|name| case.0.starts_with(&**name)) {
            continue;
        }
        let mut took: Vec<Samples> = arms.iter().map(|_| Samples::default()).collect();
        // What is counted to the end takes a while, and always the same.
        let rounds = if matches!(case.2, What::Total) {
            ROUNDS / 6
        } else {
            ROUNDS
        };
        for round in 0..=rounds {
            for (arm, took) in arms.iter().zip(&mut took) {
                let words = drawn(case.3, arm, &mut Dice::new(round as u64 ^ 0x5eed));
                let (ms, rows) = ask(arm, case, &words).await?;
                // The first one finds nothing in memory.
                if round > 0 {
                    took.wall.push(ms);
                    took.database.push(arm.took());
                    took.rows.push(rows);
                } else {
                    arm.took();
                }
            }
        }
        let arms = took.into_iter().map(Samples::end).collect();
        let one = Measured { name: case.0, arms };
        for (arm, size) in one.arms.iter().zip(["10k", "1M"]) {
            eprintln!(
                "{:34} {size:4} p50 {:8.2} p95 {:8.2} database {:8.2} rows {}",
                one.name, arm.p50, arm.p95, arm.database_p95, arm.rows
            );
        }
        measured.push(one);
    }
    Ok(measured)
}

async fn ask(arm: &Arm, case: &Case, words: &str) -> Result<(f64, usize)> {
    let viewer = &arm.viewers[case.1];
    let mut query = ListQuery::read(words.split('&').filter_map(|word| word.split_once('=')));
    if let (What::Deep, Some(deep)) = (case.2, &arm.deep) {
        let key = match query.sort.by {
            model::list::Column::Length => Some("15000"),
            model::list::Column::Number => Some("+4676"),
            model::list::Column::User => Some("t"),
            _ => None,
        };
        query.after = Some(Place {
            key: key.map(ToOwned::to_owned),
            ..deep.clone()
        });
    }
    let began = Instant::now();
    let rows = match case.2 {
        What::Page | What::Deep => arm.backend.list(viewer, query).await?.rows.len(),
        What::Total => {
            arm.backend.total(viewer, &query.filter).await?;
            0
        }
        What::Choices => arm.backend.look_choices_up(viewer).await?.people.len(),
    };
    Ok((began.elapsed().as_secs_f64() * 1e3, rows))
}

/// The words, with something drawn in the place of each pair of braces.
fn drawn(words: &str, arm: &Arm, dice: &mut Dice) -> String {
    let mut drawn = String::new();
    let mut rest = words;
    while let Some((before, (kind, after))) = rest.split_once('{').and_then(|(a, b)| Some((a, b.split_once('}')?))) {
        drawn.push_str(before);
        drawn.push_str(&value(kind, arm, dice));
        rest = after;
    }
    drawn + rest
}

fn value(kind: &str, arm: &Arm, dice: &mut Dice) -> String {
    let row = &arm.some[dice.below(arm.some.len())];
    let number = || {
        let numbers: Vec<&str> = arm
            .some
            .iter()
            .filter_map(|row| row.number.as_ref())
            .map(|number| &*number.dial)
            .collect();
        numbers
            .into_iter()
            .filter(|number| number.starts_with("+46"))
            .collect::<Vec<_>>()
    };
    let digits = |dice: &mut Dice, count: usize| {
        let numbers = number();
        let all = numbers[dice.below(numbers.len())];
        all[all.len() - 1 - count..all.len() - 1].to_owned()
    };
    let unit = |level: Level, dice: &mut Dice| {
        let units: Vec<_> = arm.choices.units.iter().filter(|unit| unit.level == level).collect();
        units[dice.below(units.len())].id.to_string()
    };
    match kind {
        "day" => format!("2026-{:02}-{:02}", 1 + dice.below(10), 1 + dice.below(28)),
        "extension" => row.extension.clone(),
        "name" => row
            .person
            .clone()
            .and_then(|name| Some(name.rsplit_once(' ')?.1.to_owned()))
            .unwrap_or_default(),
        "number" => {
            let numbers = number();
            numbers[dice.below(numbers.len())].to_owned()
        }
        "digits3" => digits(dice, 3),
        "digits4" => digits(dice, 4),
        "digits5" => digits(dice, 5),
        "ddi" => arm.choices.direct_numbers[dice.below(arm.choices.direct_numbers.len())]
            .value
            .clone(),
        "tag" => arm.choices.tags[dice.below(arm.choices.tags.len())].clone(),
        level => Level::named(level).map(|level| unit(level, dice)).unwrap_or_default(),
    }
}

/// Every measurement of one arm.
#[derive(Default)]
struct Samples {
    wall: Vec<f64>,
    database: Vec<f64>,
    rows: Vec<usize>,
}

impl Samples {
    fn end(mut self) -> Took {
        let mut at = |percent: usize, of: fn(&mut Self) -> &mut Vec<f64>| {
            let values = of(&mut self);
            values.sort_by(f64::total_cmp);
            values
                .get(values.len().saturating_sub(1) * percent / 100)
                .copied()
                .unwrap_or(f64::NAN)
        };
        Took {
            p50: at(50, |samples| &mut samples.wall),
            p95: at(95, |samples| &mut samples.wall),
            database_p95: at(95, |samples| &mut samples.database),
            rows: self.rows.iter().copied().min().unwrap_or_default(),
        }
    }
}
