//! A form as a page sends it without scripts: names and values in the order in which they stand on the page. What begins a
//! part, its fields follow: so nothing needs a number of its own, and nothing is nested.

use super::{KindName, Turn, kind::unset};
use crate::evaluation::{Band, Choice, Condition, Decimal, Form, Key, Kind, Question, Section, When};

/// What was typed, and what was chosen besides that changes more than one field.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Typed {
    pub form: Form,
    pub turns: Vec<Turn>,
}

/// It is no form that a page of ours sends; says where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unreadable(pub String);

/// Reads a form out of its fields.
///
/// # Errors
/// Where a field is none, or has no place, or holds what no page lets one choose.
pub fn read<'a>(fields: impl IntoIterator<Item = (&'a str, &'a str)>) -> Result<Typed, Unreadable> {
    let mut typed = Typed::default();
    for (name, value) in fields {
        typed
            .take(name, value)
            .ok_or_else(|| Unreadable(name.chars().take(40).collect()))?;
    }
    Ok(typed)
}

impl Typed {
    fn take(&mut self, name: &str, value: &str) -> Option<()> {
        match name {
            "title" => self.form.title = line(value),
            "introduction" => self.form.introduction = lines(value),
            "section" => self.form.sections.push(Section {
                title: line(value),
                ..Section::default()
            }),
            "section-weight" => self.form.sections.last_mut()?.weight = small(value)?,
            "question" => {
                let key = value.parse().ok()?;
                self.form.sections.last_mut()?.questions.push(Question {
                    key,
                    words: String::new(),
                    help: String::new(),
                    kind: Kind::Text,
                    weight: 0,
                    not_applicable: false,
                    critical: false,
                    required: false,
                    condition: None,
                });
            }
            _ => return self.take_of_question(name, value),
        }
        Some(())
    }

    fn take_of_question(&mut self, name: &str, value: &str) -> Option<()> {
        let question = self.form.sections.last_mut()?.questions.last_mut()?;
        match name {
            "words" => question.words = line(value),
            "help" => question.help = lines(value),
            "was" => question.kind = KindName::named(value)?.blank(),
            "kind" => {
                let into = KindName::named(value)?;
                if into != KindName::of(&question.kind) {
                    let turn = Turn::ChangeKind(question.key, into);
                    self.choose(turn);
                }
            }
            "weight" => question.weight = small(value)?,
            "not-applicable" => question.not_applicable = true,
            "critical" => question.critical = true,
            "required" => question.required = true,
            "hung-on" => {
                question.condition = Some(Condition {
                    question: value.parse().ok()?,
                    when: unset(),
                });
            }
            "condition" => {
                let on = match value {
                    "" => None,
                    key => Some(key.parse().ok()?),
                };
                if on != question.condition.as_ref().map(|condition| condition.question) {
                    let turn = Turn::HangOn(question.key, on);
                    self.choose(turn);
                }
            }
            "when-yes" | "when-from" | "when-to" | "when-choice" => {
                wait(&mut question.condition.as_mut()?.when, name, value)?;
            }
            _ => return self.take_of_kind(name, value),
        }
        Some(())
    }

    /// Of a question each is chosen once: said again, the last holds.
    fn choose(&mut self, turn: Turn) {
        let mut own = self.turns.iter_mut().rev().take(3);
        let before = own.find(|before| match (**before, turn) {
            (Turn::ChangeKind(of, _), Turn::ChangeKind(key, _))
            | (Turn::SetSteps(of, _), Turn::SetSteps(key, _))
            | (Turn::HangOn(of, _), Turn::HangOn(key, _)) => of == key,
            _ => false,
        });
        match before {
            Some(before) => *before = turn,
            None => self.turns.push(turn),
        }
    }

    fn take_of_kind(&mut self, name: &str, value: &str) -> Option<()> {
        let question = self.form.sections.last_mut()?.questions.last_mut()?;
        match (&mut question.kind, name) {
            (Kind::YesNo { right, .. }, "right") => *right = yes(value)?,
            (Kind::YesNo { yes_help, .. }, "yes-help") => *yes_help = lines(value),
            (Kind::YesNo { no_help, .. }, "no-help") => *no_help = lines(value),
            (Kind::Scale { steps, .. }, "had-steps") => *steps = small(value)?,
            (Kind::Scale { steps, .. }, "steps") => {
                let chosen = small(value)?;
                if chosen != *steps {
                    let turn = Turn::SetSteps(question.key, chosen);
                    self.choose(turn);
                }
            }
            (Kind::Scale { lowest, .. }, "lowest") => *lowest = line(value),
            (Kind::Scale { highest, .. }, "highest") => *highest = line(value),
            (Kind::Scale { helps, .. }, "step-help") => helps.push(lines(value)),
            (Kind::Choice { choices }, "choice") => choices.push(Choice {
                key: value.parse().ok()?,
                words: String::new(),
                points: 0,
                help: String::new(),
                failing: false,
            }),
            (Kind::Choice { choices }, "choice-words") => choices.last_mut()?.words = line(value),
            (Kind::Choice { choices }, "choice-points") => choices.last_mut()?.points = small(value)?,
            (Kind::Choice { choices }, "choice-help") => choices.last_mut()?.help = lines(value),
            (Kind::Choice { choices }, "choice-failing") => choices.last_mut()?.failing = true,
            (Kind::Number { unit, .. }, "unit") => *unit = line(value),
            (Kind::Number { bands, .. }, "band-from") => {
                let from = decimal(value)?;
                bands.push(Band {
                    from,
                    to: from,
                    points: 0,
                });
            }
            (Kind::Number { bands, .. }, "band-to") => bands.last_mut()?.to = decimal(value)?,
            (Kind::Number { bands, .. }, "band-points") => bands.last_mut()?.points = small(value)?,
            _ => return None,
        }
        Some(())
    }
}

/// Takes one more field of what a condition waits for.
fn wait(when: &mut When, name: &str, value: &str) -> Option<()> {
    match (name, value, &mut *when) {
        // Nothing is chosen yet.
        (_, "", _) => {}
        ("when-yes", ..) => *when = When::YesNo(yes(value)?),
        ("when-to", _, When::Scale { to, .. }) => *to = small(value)?,
        ("when-from" | "when-to", ..) => {
            let step = small(value)?;
            *when = When::Scale { from: step, to: step };
        }
        (_, _, When::Choice(wanted)) => {
            wanted.insert(value.parse::<Key>().ok()?);
        }
        _ => return None,
    }
    Some(())
}

fn yes(value: &str) -> Option<bool> {
    match value {
        "yes" => Some(true),
        "no" => Some(false),
        _ => None,
    }
}

/// A small number; nothing is none, and more than there can be is the most that can be written down, which is too much
/// everywhere.
fn small(value: &str) -> Option<u8> {
    match value.trim() {
        "" => Some(0),
        digits if digits.len() <= 20 && digits.bytes().all(|sign| sign.is_ascii_digit()) => {
            Some(digits.parse().unwrap_or(u8::MAX))
        }
        _ => None,
    }
}

fn decimal(value: &str) -> Option<Decimal> {
    if value.trim().is_empty() {
        Some(Decimal(0))
    } else {
        Decimal::read(value)
    }
}

/// Browsers end lines in two signs, where a page has one.
fn lines(value: &str) -> String {
    value.replace("\r\n", "\n")
}

fn line(value: &str) -> String {
    value.to_owned()
}

#[cfg(test)]
mod tests {
    use super::{super::Bench, *};

    #[test]
    fn fields_belong_to_what_stands_before_them() {
        let typed = read([
            ("title", "Kundsamtal"),
            ("introduction", "Två\r\nrader"),
            ("section", "Öppning"),
            ("section-weight", "60"),
            ("question", "4"),
            ("words", "Hälsar"),
            ("was", "yes_no"),
            ("kind", "yes_no"),
            ("right", "no"),
            ("yes-help", "Om"),
            ("weight", "10"),
            ("required", "on"),
            ("condition", ""),
            ("question", "7"),
            ("words", "Ton"),
            ("was", "choice"),
            ("kind", "choice"),
            ("weight", "300"),
            ("hung-on", "4"),
            ("condition", "4"),
            ("when-yes", "no"),
            ("choice", "2"),
            ("choice-words", "Varm"),
            ("choice-points", "3"),
            ("choice-failing", "on"),
            ("section", ""),
            ("question", "8"),
            ("was", "number"),
            ("kind", "number"),
            ("unit", "s"),
            ("band-from", "0,5"),
            ("band-to", "7"),
            ("band-points", ""),
        ])
        .unwrap();
        assert_eq!(typed.turns, []);
        let [opening, other] = &typed.form.sections[..] else {
            panic!()
        };
        assert_eq!(
            (opening.title.as_str(), opening.weight, other.weight),
            ("Öppning", 60, 0)
        );
        assert_eq!(typed.form.introduction, "Två\nrader");
        let first = &opening.questions[0];
        assert!(first.required && !first.critical && first.condition.is_none());
        let second = &opening.questions[1];
        assert_eq!(second.weight, u8::MAX, "too much stays too much");
        assert_eq!(second.condition.as_ref().unwrap().when, When::YesNo(false));
        assert!(matches!(&second.kind, Kind::Choice { choices } if choices[0].failing && choices[0].points == 3));
        let Kind::Number { bands, .. } = &other.questions[0].kind else {
            panic!()
        };
        assert_eq!((bands[0].from, bands[0].to), (Decimal(50), Decimal(700)));
    }

    #[test]
    fn what_is_chosen_otherwise_is_done_with_all_that_hangs_on_it() {
        let typed = read([
            ("section", ""),
            ("question", "1"),
            ("was", "scale"),
            ("kind", "text"),
            ("had-steps", "2"),
            ("steps", "3"),
            ("step-help", "Lågt"),
            ("hung-on", "9"),
            ("condition", "8"),
            ("when-yes", ""),
        ])
        .unwrap();
        let key = Key(1);
        assert_eq!(
            typed.turns,
            [
                Turn::ChangeKind(key, KindName::Text),
                Turn::SetSteps(key, 3),
                Turn::HangOn(key, Some(Key(8)))
            ]
        );
        let mut bench = Bench {
            form: typed.form,
            ..Bench::default()
        };
        for turn in typed.turns {
            bench.turn(turn);
        }
        assert_eq!(bench.form.question(key).unwrap().kind, Kind::Text);
    }

    #[test]
    fn what_is_chosen_again_and_again_is_done_once() {
        let begun = [("section", ""), ("question", "1"), ("was", "scale"), ("had-steps", "2")];
        let again = ["choice", "text", "number"].map(|kind| ("kind", kind));
        let steps = [("steps", "3"), ("steps", "4")];
        let fields = begun
            .into_iter()
            .chain(again)
            .chain(steps)
            .chain(again.into_iter().cycle().take(9_001));
        let typed = read(fields).unwrap();
        let key = Key(1);
        assert_eq!(
            typed.turns,
            [Turn::ChangeKind(key, KindName::Choice), Turn::SetSteps(key, 4)]
        );
    }

    #[test]
    fn what_no_page_sends_is_refused_and_named() {
        let begun = [("section", ""), ("question", "1"), ("was", "choice")];
        for (name, value) in [
            ("colour", "red"),
            ("was", "colour"),
            ("kind", "Text"),
            ("weight", "-1"),
            ("weight", "1e3"),
            ("question", "-1"),
            ("question", "70000"),
            ("choice-words", "of no choice"),
            ("choice", "x"),
            ("lowest", "of no scale"),
            ("when-yes", "no"),
            ("condition", "x"),
            ("section-weight", "ten"),
        ] {
            let fields = begun.into_iter().chain([(name, value)]);
            assert_eq!(read(fields), Err(Unreadable(name.into())), "{name}={value}");
        }
        for name in ["question", "words", "section-weight", "choice"] {
            assert_eq!(read([(name, "1")]), Err(Unreadable(name.into())), "of nothing");
        }
        let long = "x".repeat(1 << 20);
        assert_eq!(read([(&*long, "")]), Err(Unreadable("x".repeat(40))));
    }
}
