//! Whether what one can answer makes sense.

use super::super::{Band, Choice, Decimal, Flaw, Kind, Part, text};

impl Kind {
    /// Tells every part that is looked at, and what is wrong with it. Of too many, only as many as there may be are looked at.
    pub(super) fn check(&self, critical: bool, mut found: impl FnMut(Part, Option<Flaw>)) {
        match self {
            Self::YesNo { yes_help, no_help, .. } => {
                found(Part::YesHelp, text::lines(yes_help, text::HELP));
                found(Part::NoHelp, text::lines(no_help, text::HELP));
            }
            Self::Scale {
                steps,
                lowest,
                highest,
                helps,
            } => {
                let (least, most) = (i64::from(*Self::STEPS.start()), i64::from(*Self::STEPS.end()));
                found(
                    Part::Steps,
                    (!Self::STEPS.contains(steps)).then_some(Flaw::Range { least, most }),
                );
                found(Part::Lowest, text::line(lowest, text::LABEL));
                found(Part::Highest, text::line(highest, text::LABEL));
                let most = usize::from(*steps);
                found(Part::Helps, (helps.len() > most).then_some(Flaw::TooMany { most }));
                for (at, help) in helps.iter().take(most).enumerate() {
                    found(Part::StepHelp(at), text::lines(help, text::HELP));
                }
            }
            Self::Choice { choices } => check_choices(choices, critical, found),
            Self::Number { unit, bands } => {
                found(Part::Unit, text::line(unit, text::LABEL));
                check_bands(bands, found);
            }
            Self::Text => {}
        }
    }

    /// All that is written in it.
    pub(super) fn texts(&self) -> Box<dyn Iterator<Item = &str> + '_> {
        match self {
            Self::YesNo { yes_help, no_help, .. } => Box::new([yes_help, no_help].into_iter().map(String::as_str)),
            Self::Scale {
                lowest, highest, helps, ..
            } => Box::new([lowest, highest].into_iter().chain(helps).map(String::as_str)),
            Self::Choice { choices } => Box::new(choices.iter().flat_map(|it| [it.words.as_str(), it.help.as_str()])),
            Self::Number { unit, .. } => Box::new(std::iter::once(unit.as_str())),
            Self::Text => Box::new(std::iter::empty()),
        }
    }
}

fn check_choices(choices: &[Choice], critical: bool, mut found: impl FnMut(Part, Option<Flaw>)) {
    let (least, most) = (2, Kind::MOST_CHOICES);
    let number = choices.len();
    let few = (number < least).then_some(Flaw::TooFew { least });
    found(Part::Choices, few.or((number > most).then_some(Flaw::TooMany { most })));
    for (at, choice) in choices.iter().take(most).enumerate() {
        let before = &choices[..at];
        let twice = |twice: bool| twice.then_some(Flaw::Twice);
        let words = choice.words.trim();
        found(
            Part::ChoiceKey(at),
            twice(before.iter().any(|other| other.key == choice.key)),
        );
        found(
            Part::ChoiceWords(at),
            text::needed_line(words, text::WORDS).or(twice(before.iter().any(|other| other.words.trim() == words))),
        );
        found(Part::ChoicePoints(at), points(choice.points));
        found(Part::ChoiceHelp(at), text::lines(&choice.help, text::HELP));
        found(
            Part::ChoiceFailing(at),
            (choice.failing && !critical).then_some(Flaw::NotCritical),
        );
    }
}

fn check_bands(bands: &[Band], mut found: impl FnMut(Part, Option<Flaw>)) {
    let most = Kind::MOST_CHOICES;
    found(Part::Bands, (bands.len() > most).then_some(Flaw::TooMany { most }));
    for (at, band) in bands.iter().take(most).enumerate() {
        let overlaps = |other: &Band| other.from <= band.to && band.from <= other.to;
        let flaw = if !band.from.is_sound() || !band.to.is_sound() {
            let most = Decimal::MOST.0;
            Some(Flaw::Range { least: -most, most })
        } else if band.from > band.to {
            Some(Flaw::Backwards)
        } else {
            bands[..at].iter().any(overlaps).then_some(Flaw::Overlaps)
        };
        found(Part::Band(at), flaw);
        found(Part::BandPoints(at), points(band.points));
    }
}

/// What is wrong with points.
fn points(points: u8) -> Option<Flaw> {
    let most = Kind::MOST_POINTS;
    (points > most).then_some(Flaw::Range {
        least: 0,
        most: most.into(),
    })
}
