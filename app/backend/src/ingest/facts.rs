//! From what a switch says to what is known: every fact checked, numbers and times in one form.

use model::{
    facts::{Consent, Direction, Facts, Sides},
    instant::Instant,
    problem::{Field, Invalid, Refusal},
};

use crate::{
    Numbering,
    calendar::{Calendar, parse_start},
    db::text::is_unseen,
};

const DAY_MS: i64 = 86_400_000;

/// Facts that were checked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Known {
    pub call_id: String,
    pub direction: Direction,
    pub started_at: Instant,
    pub call_ms: Option<i64>,
    pub extension: String,
    pub other_number: Option<String>,
    pub other_name: Option<String>,
    pub number_rung: Option<String>,
    pub group: Option<String>,
    pub consent: Option<Consent>,
    pub sides: Option<Sides>,
}

/// Checks the facts.
///
/// # Errors
/// [`Refusal::Facts`] with the field and what is wrong with it.
pub(super) fn check(facts: Facts, calendar: &Calendar, numbering: Numbering, now: Instant) -> Result<Known, Refusal> {
    let fault = |field, why| Refusal::Facts { field, why };
    let started_at = parse_start(&facts.start, calendar).map_err(|why| fault(Field::Start, why))?;
    // A switch whose clock is a day ahead, or that counts from 1970, would put calls where nobody finds them.
    if started_at > now.plus_ms(DAY_MS) || started_at < Instant(631_152_000_000) {
        return Err(fault(Field::Start, Invalid::Range));
    }
    if facts.duration_ms.is_some_and(|ms| !(0..=7 * DAY_MS).contains(&ms)) {
        return Err(fault(Field::Duration, Invalid::Range));
    }
    if facts.extension.trim().chars().any(|c| !c.is_ascii_graphic()) {
        return Err(fault(Field::Extension, Invalid::Characters));
    }
    let needed = |text: Option<String>, field| text.ok_or(fault(field, Invalid::Missing));
    let number = |text: Option<String>, field| {
        Ok::<_, Refusal>(word(text, field, 64)?.map(|number| numbering.normalise(&number)))
    };
    Ok(Known {
        call_id: needed(word(Some(facts.call_id), Field::CallId, 200)?, Field::CallId)?,
        direction: facts.direction,
        started_at,
        call_ms: facts.duration_ms,
        extension: needed(word(Some(facts.extension), Field::Extension, 64)?, Field::Extension)?,
        other_number: number(facts.other_number, Field::OtherNumber)?,
        other_name: word(facts.other_name, Field::OtherName, 200)?,
        number_rung: number(facts.number_rung, Field::NumberRung)?,
        group: number(facts.group, Field::Group)?,
        consent: facts.consent,
        sides: facts.sides,
    })
}

/// A word as it is kept: without blanks around it, none when it is empty, and nothing in it that is no sign.
fn word(text: Option<String>, field: Field, most: u32) -> Result<Option<String>, Refusal> {
    let Some(text) = text.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    if text.chars().count() > most as usize {
        return Err(Refusal::Facts {
            field,
            why: Invalid::TooLong { most },
        });
    }
    if text.chars().any(is_unseen) {
        return Err(Refusal::Facts {
            field,
            why: Invalid::Characters,
        });
    }
    Ok(Some(text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts() -> Facts {
        Facts {
            call_id: "c-1".into(),
            direction: Direction::Incoming,
            start: "2026-11-23T10:00:00".into(),
            duration_ms: Some(26_000),
            extension: " a166947070 ".into(),
            other_number: Some("070-174 06 05".into()),
            other_name: Some("  ".into()),
            number_rung: None,
            group: None,
            consent: None,
            sides: None,
        }
    }

    fn checked(facts: Facts) -> Result<Known, Refusal> {
        let calendar = Calendar::of("Europe/Stockholm").unwrap();
        let now = parse_start("2026-11-23T12:00:00", &calendar).unwrap();
        check(facts, &calendar, Numbering::of("SE"), now)
    }

    #[test]
    fn numbers_and_blanks_take_one_form() {
        let known = checked(facts()).unwrap();
        assert_eq!(known.extension, "a166947070");
        assert_eq!(known.other_number.as_deref(), Some("+46701740605"));
        assert_eq!(known.other_name, None);
    }

    fn why(change: impl FnOnce(&mut Facts)) -> (Field, Invalid) {
        let mut changed = facts();
        change(&mut changed);
        match checked(changed) {
            Err(Refusal::Facts { field, why }) => (field, why),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn each_fault_names_its_field() {
        assert_eq!(why(|f| f.call_id = " ".into()), (Field::CallId, Invalid::Missing));
        assert_eq!(
            why(|f| f.extension = "x".repeat(65)),
            (Field::Extension, Invalid::TooLong { most: 64 })
        );
        assert_eq!(
            why(|f| f.start = "2026-11-25T13:00:00".into()),
            (Field::Start, Invalid::Range)
        );
        assert_eq!(
            why(|f| f.start = "1970-01-01T00:00:00Z".into()),
            (Field::Start, Invalid::Range)
        );
        assert_eq!(why(|f| f.start = "23/11 10:00".into()), (Field::Start, Invalid::Form));
        assert_eq!(why(|f| f.duration_ms = Some(-1)), (Field::Duration, Invalid::Range));
        for unseen in ["a\u{202e}b", "a\u{200b}b"] {
            let refused = why(|f| f.other_name = Some(unseen.into()));
            assert_eq!(refused, (Field::OtherName, Invalid::Characters));
        }
        for odd in ["a1\u{feff}", "ａ１", "a 1"] {
            assert_eq!(
                why(|f| f.extension = odd.into()),
                (Field::Extension, Invalid::Characters)
            );
        }
    }
}
