use super::{super::super::samples, *};
use crate::evaluation::{Band, Choice, Decimal};

#[test]
fn scales() {
    let scale = |steps, helps: usize| {
        question(2, |it| {
            it.kind = Kind::Scale {
                steps,
                lowest: String::new(),
                highest: "x".repeat(61),
                helps: vec!["Hjälp".into(); helps],
            }
        })
    };
    let long = (Part::Highest, Flaw::TooLong { most: 60 });
    let range = (Part::Steps, Flaw::Range { least: 2, most: 10 });
    assert_eq!(scale(2, 2), [long]);
    assert_eq!(scale(10, 0), [long]);
    assert_eq!(scale(1, 0), [range, long]);
    assert_eq!(scale(11, 0), [range, long]);
    assert_eq!(scale(3, 4), [long, (Part::Helps, Flaw::TooMany { most: 3 })]);
}

#[test]
fn choices() {
    let with = |change: fn(&mut Vec<Choice>)| {
        question(3, |it| match &mut it.kind {
            Kind::Choice { choices } => change(choices),
            other => panic!("{other:?}"),
        })
    };
    assert_eq!(
        with(|it| it.truncate(1)),
        [
            (Part::Critical, Flaw::NeverFails),
            (Part::Choices, Flaw::TooFew { least: 2 }),
        ]
    );
    assert_eq!(
        with(|it| it.extend((4..22).map(|key| samples::choice(key, 1)))),
        [(Part::Choices, Flaw::TooMany { most: 20 })]
    );
    assert_eq!(with(|it| it[1].key = Key(1)), [(Part::ChoiceKey(1), Flaw::Twice)]);
    assert_eq!(
        with(|it| it[2].words = " Val 1 ".into()),
        [(Part::ChoiceWords(2), Flaw::Twice)]
    );
    assert_eq!(with(|it| it[0].words.clear()), [(Part::ChoiceWords(0), Flaw::Missing)]);
    assert_eq!(
        with(|it| it[0].points = 101),
        [(Part::ChoicePoints(0), Flaw::Range { least: 0, most: 100 })]
    );
    assert_eq!(
        with(|it| it[0].help = "x".repeat(1_001)),
        [(Part::ChoiceHelp(0), Flaw::TooLong { most: 1_000 })]
    );
    assert_eq!(
        with(|it| it.iter_mut().for_each(|it| it.points = 0)),
        [(Part::Weight, Flaw::NoPoints)]
    );
    assert_eq!(
        question(3, |it| it.critical = false),
        [(Part::ChoiceFailing(2), Flaw::NotCritical)]
    );
}

#[test]
fn numbers() {
    let with = |bands: &[(i64, i64, u8)]| {
        question(4, |it| {
            let band = |&(from, to, points)| Band {
                from: Decimal(from),
                to: Decimal(to),
                points,
            };
            it.kind = Kind::Number {
                unit: String::new(),
                bands: bands.iter().map(band).collect(),
            };
        })
    };
    assert_eq!(with(&[(0, 0, 1), (1, 5, 2), (-9, -1, 0)]), []);
    assert_eq!(with(&[]), [(Part::Weight, Flaw::NeverCounts)]);
    assert_eq!(with(&[(0, 5, 0)]), [(Part::Weight, Flaw::NoPoints)]);
    let worthless = question(4, |it| {
        (it.weight, it.critical) = (0, true);
        match &mut it.kind {
            Kind::Number { bands, .. } => bands.iter_mut().for_each(|band| band.points = 0),
            other => panic!("{other:?}"),
        }
    });
    assert_eq!(worthless, [(Part::Critical, Flaw::NeverFails)]);
    assert_eq!(with(&[(5, 0, 1)]), [(Part::Band(0), Flaw::Backwards)]);
    assert_eq!(with(&[(0, 5, 1), (5, 9, 2)]), [(Part::Band(1), Flaw::Overlaps)]);
    assert_eq!(with(&[(3, 4, 1), (0, 9, 2)]), [(Part::Band(1), Flaw::Overlaps)]);
    let most = Decimal::MOST.0;
    assert_eq!(
        with(&[(0, most + 1, 101)]),
        [
            (Part::Band(0), Flaw::Range { least: -most, most }),
            (Part::BandPoints(0), Flaw::Range { least: 0, most: 100 }),
        ]
    );
}
