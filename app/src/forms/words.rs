//! What is said of forms: how their questions are answered, where something is wrong with one, and what.

use model::{
    evaluation::{Fault, Flaw, Form, ImportFault, Part, Place},
    forms::{KindName, Thing, Verb, What},
};

use crate::i18n::{Locale, td_string};

/// How a question is answered.
pub fn kind_name(locale: Locale, kind: KindName) -> &'static str {
    match kind {
        KindName::YesNo => td_string!(locale, forms.kind_yes_no),
        KindName::Scale => td_string!(locale, forms.kind_scale),
        KindName::Choice => td_string!(locale, forms.kind_choice),
        KindName::Number => td_string!(locale, forms.kind_number),
        KindName::Text => td_string!(locale, forms.kind_text),
    }
}

/// A question or a section as people call it where it has no words yet.
pub fn called(locale: Locale, words: &str) -> String {
    const MOST: usize = 60;
    let words = words.trim();
    if words.is_empty() {
        td_string!(locale, forms.no_words).to_owned()
    } else if words.chars().count() > MOST {
        format!("{}…", words.chars().take(MOST).collect::<String>().trim_end())
    } else {
        words.to_owned()
    }
}

/// Which question of the form it is, counted from 1 through all sections.
pub fn number(form: &Form, key: model::evaluation::Key) -> usize {
    form.questions()
        .position(|question| question.key == key)
        .map_or(0, |at| at + 1)
}

/// What was done, by the name of what it was done with.
pub fn deed(locale: Locale, what: &What) -> String {
    let named = |name: &str| called(locale, name);
    match (&what.thing, what.verb) {
        (Thing::Version { version }, _) => td_string!(locale, forms.restored_version, version = *version),
        (Thing::Title, _) => td_string!(locale, forms.changed_title).to_owned(),
        (Thing::Introduction, _) => td_string!(locale, forms.changed_introduction).to_owned(),
        (Thing::Section { .. }, Verb::Added) => td_string!(locale, forms.added_section).to_owned(),
        (Thing::Section { name, .. }, Verb::Removed) => td_string!(locale, forms.removed_section, name = named(name)),
        (Thing::Section { name, .. }, Verb::Moved) => td_string!(locale, forms.moved_section, name = named(name)),
        (Thing::Section { name, .. }, Verb::Changed) => td_string!(locale, forms.changed_section, name = named(name)),
        (Thing::Question { .. }, Verb::Added) => td_string!(locale, forms.added_question).to_owned(),
        (Thing::Question { name, .. }, Verb::Removed) => td_string!(locale, forms.removed_question, name = named(name)),
        (Thing::Question { name, .. }, Verb::Moved) => td_string!(locale, forms.moved_question, name = named(name)),
        (Thing::Question { name, .. }, Verb::Changed) => td_string!(locale, forms.changed_question, name = named(name)),
        (Thing::Answers { name, .. }, _) => td_string!(locale, forms.changed_answers, name = named(name)),
        (Thing::Condition { name, .. }, _) => td_string!(locale, forms.changed_condition, name = named(name)),
        (Thing::Choice { .. }, Verb::Added) => td_string!(locale, forms.added_choice).to_owned(),
        (Thing::Choice { name, .. }, Verb::Removed) => td_string!(locale, forms.removed_choice, name = named(name)),
        (Thing::Choice { name, .. }, Verb::Moved) => td_string!(locale, forms.moved_choice, name = named(name)),
        (Thing::Choice { name, .. }, Verb::Changed) => td_string!(locale, forms.changed_choice, name = named(name)),
        (Thing::Band { name, .. }, Verb::Added) => td_string!(locale, forms.added_band, name = named(name)),
        (Thing::Band { name, .. }, Verb::Removed) => td_string!(locale, forms.removed_band, name = named(name)),
        (Thing::Band { name, .. }, Verb::Moved) => td_string!(locale, forms.moved_band, name = named(name)),
        (Thing::Band { name, .. }, Verb::Changed) => td_string!(locale, forms.changed_band, name = named(name)),
    }
}

/// Whose fault it is and in which field: `Fråga 3, Vikt`.
fn place(locale: Locale, fault: &Fault, form: Option<&Form>) -> String {
    let part = part(locale, fault.part);
    let whose = match fault.place {
        Place::Form => return part,
        Place::Section { section } => td_string!(locale, forms.section_numbered, number = section + 1),
        Place::Question { key, .. } => {
            let number = form.map_or_else(|| usize::from(key.0), |form| number(form, key));
            td_string!(locale, forms.question_numbered, number = number)
        }
    };
    format!("{whose}, {part}")
}

/// A fault in full: `Fråga 3, Vikt: Välj ett värde från 0 till 100.`
pub fn told(locale: Locale, fault: &Fault, form: Option<&Form>) -> String {
    format!(
        "{}: {}",
        place(locale, fault, form),
        flaw(locale, fault.part, fault.flaw)
    )
}

fn part(locale: Locale, part: Part) -> String {
    let plain = match part {
        Part::Whole => td_string!(locale, forms.form),
        Part::Title => td_string!(locale, forms.heading),
        Part::Introduction => td_string!(locale, forms.introduction),
        Part::Sections => td_string!(locale, forms.sections),
        Part::Questions => td_string!(locale, forms.questions),
        Part::Key => td_string!(locale, forms.key),
        Part::Words => td_string!(locale, forms.words),
        Part::Help => td_string!(locale, forms.help),
        Part::Weight => td_string!(locale, forms.weight),
        Part::Critical => td_string!(locale, forms.critical),
        Part::Condition => td_string!(locale, forms.condition),
        Part::YesHelp => td_string!(locale, forms.yes_help),
        Part::NoHelp => td_string!(locale, forms.no_help),
        Part::Steps => td_string!(locale, forms.steps),
        Part::Lowest => td_string!(locale, forms.lowest),
        Part::Highest => td_string!(locale, forms.highest),
        Part::Helps => td_string!(locale, forms.helps),
        Part::Choices => td_string!(locale, forms.choices),
        Part::Unit => td_string!(locale, forms.unit),
        Part::Bands => td_string!(locale, forms.bands),
        Part::StepHelp(at) => return td_string!(locale, forms.step_help, number = at + 1),
        Part::ChoiceKey(at) | Part::ChoiceWords(at) => {
            return td_string!(locale, forms.choice_numbered, number = at + 1);
        }
        Part::ChoicePoints(at) => return td_string!(locale, forms.choice_points, number = at + 1),
        Part::ChoiceHelp(at) => return td_string!(locale, forms.choice_help, number = at + 1),
        Part::ChoiceFailing(at) => return td_string!(locale, forms.choice_failing, number = at + 1),
        Part::Band(at) => return td_string!(locale, forms.band_numbered, number = at + 1),
        Part::BandPoints(at) => return td_string!(locale, forms.band_points, number = at + 1),
    };
    plain.to_owned()
}

/// What is wrong, and what to do about it.
pub fn flaw(locale: Locale, part: Part, flaw: Flaw) -> String {
    let plain = match (flaw, part) {
        (Flaw::Missing | Flaw::OtherKind, Part::Condition) => td_string!(locale, forms.flaw_unset),
        (Flaw::Missing, Part::Sections) => td_string!(locale, forms.flaw_no_section),
        (Flaw::Missing, Part::Questions) => td_string!(locale, forms.flaw_no_question),
        (Flaw::Missing, _) => td_string!(locale, forms.flaw_missing),
        (Flaw::OtherKind, _) => td_string!(locale, forms.flaw_other_kind),
        (Flaw::Characters, _) => td_string!(locale, forms.flaw_characters),
        (Flaw::Twice, _) => td_string!(locale, forms.flaw_twice),
        (Flaw::Unknown, Part::Condition) => td_string!(locale, forms.flaw_gone),
        (Flaw::Unknown, _) => td_string!(locale, forms.flaw_unknown),
        (Flaw::NothingCounts, _) => td_string!(locale, forms.flaw_nothing_counts),
        (Flaw::NeverCounts, _) => td_string!(locale, forms.flaw_never_counts),
        (Flaw::NoPoints, _) => td_string!(locale, forms.flaw_no_points),
        (Flaw::NeverFails, _) => td_string!(locale, forms.flaw_never_fails),
        (Flaw::NotCritical, _) => td_string!(locale, forms.flaw_not_critical),
        (Flaw::Later, _) => td_string!(locale, forms.flaw_later),
        (Flaw::Backwards, _) => td_string!(locale, forms.flaw_backwards),
        (Flaw::Overlaps, _) => td_string!(locale, forms.flaw_overlaps),
        (Flaw::MustApply, _) => td_string!(locale, forms.flaw_must_apply),
        (Flaw::TooMuchText { .. }, _) => td_string!(locale, forms.flaw_too_much_text),
        (Flaw::TooLong { most }, _) => return td_string!(locale, errors.too_long, most = most),
        (Flaw::TooFew { least }, _) => return td_string!(locale, forms.flaw_too_few, least = least),
        (Flaw::TooMany { most }, _) => return td_string!(locale, forms.flaw_too_many, most = most),
        (Flaw::Range { least, most }, _) => {
            return td_string!(locale, forms.flaw_range, least = least, most = most);
        }
    };
    plain.to_owned()
}

/// Why a file is not taken as a form, or a form cannot be used.
pub fn import_fault(locale: Locale, fault: &ImportFault) -> String {
    match fault {
        ImportFault::TooLarge { most } => td_string!(locale, forms.import_too_large, most = most >> 20),
        ImportFault::OtherFormat => td_string!(locale, forms.import_other_format).to_owned(),
        ImportFault::OtherVersion { version } => td_string!(locale, forms.import_other_version, version = *version),
        ImportFault::UnknownField { detail } => {
            let field = detail.split('`').nth(1).unwrap_or("?").to_owned();
            let (line, _) = position(detail);
            td_string!(locale, forms.import_unknown_field, field = field, line = line)
        }
        ImportFault::Unreadable { detail } => {
            let (line, column) = position(detail);
            td_string!(locale, forms.import_unreadable, line = line, column = column)
        }
        ImportFault::Faults { faults } => {
            let said = faults.iter().map(|fault| told(locale, fault, None));
            let what = said.collect::<Vec<_>>().join(" ");
            td_string!(locale, forms.import_faults, what = what)
        }
    }
}

/// Where a reader stopped, which says so at the end of what it says: `… at line 3 column 12`.
fn position(detail: &str) -> (u32, u32) {
    let read = || {
        let (_, place) = detail.rsplit_once(" at line ")?;
        let (line, column) = place.split_once(" column ")?;
        Some((line.parse().ok()?, column.parse().ok()?))
    };
    read().unwrap_or((1, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reader_says_where_it_stopped() {
        assert_eq!(position("expected value at line 3 column 12"), (3, 12));
        assert_eq!(
            position("unknown field `a at line`, expected b at line 1 column 40"),
            (1, 40)
        );
        assert_eq!(position("something"), (1, 1));
        let fault = ImportFault::UnknownField {
            detail: "unknown field `farg`, expected one of `key`, `words` at line 7 column 9".into(),
        };
        let words = import_fault(Locale::sv, &fault);
        assert!(words.contains("farg") && words.contains('7'), "{words}");
    }

    #[test]
    fn a_deed_is_told_by_the_name_of_what_it_was_done_with() {
        let told = |verb, thing| deed(Locale::sv, &What { verb, thing });
        let (key, name) = (model::evaluation::Key(1), "Hälsar".to_owned());
        let question = || Thing::Question {
            key,
            name: name.clone(),
        };
        assert_eq!(told(Verb::Removed, question()), "Frågan ”Hälsar” togs bort.");
        assert_eq!(told(Verb::Changed, question()), "Frågan ”Hälsar” ändrades.");
        let choice = Thing::Choice {
            key,
            name: String::new(),
        };
        assert!(told(Verb::Removed, choice).contains(&called(Locale::sv, "")));
        assert!(told(Verb::Changed, Thing::Version { version: 3 }).contains('3'));
    }

    #[test]
    fn long_words_are_cut() {
        assert_eq!(called(Locale::en, " Greets "), "Greets");
        assert_eq!(called(Locale::en, &"å".repeat(99)).chars().count(), 61);
        assert!(!called(Locale::en, " ").is_empty());
    }
}
