//! Facts from a file's name, by a template such as `{direction}-{extension}-{other_number}-{date}-{time}-{call_id}.wav`.
//!
//! The name is read from its right end: a field holds as little as it can, so that only the leftmost may hold a
//! separator of its own. Switches put the least tame words first.

use model::{
    facts::{Direction, Facts},
    problem::{Field, Invalid, Refusal},
};

/// How a switch names its files.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NameTemplate {
    /// What stands before the first field.
    lead: String,
    /// Each field and what stands after it.
    parts: Vec<(Part, String)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    CallId,
    Direction,
    /// RFC 3339, with or without an offset.
    Start,
    /// `20200316`.
    Date,
    /// `104651`.
    Time,
    /// Seconds since 1970, UTC.
    Epoch,
    Extension,
    OtherNumber,
    NumberRung,
    Group,
    /// Something nobody needs.
    Skip,
}

const PARTS: [(&str, Part); 11] = [
    ("call_id", Part::CallId),
    ("direction", Part::Direction),
    ("start", Part::Start),
    ("date", Part::Date),
    ("time", Part::Time),
    ("epoch", Part::Epoch),
    ("extension", Part::Extension),
    ("other_number", Part::OtherNumber),
    ("number_rung", Part::NumberRung),
    ("group", Part::Group),
    ("skip", Part::Skip),
];

/// What is wrong with a template.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TemplateError {
    #[error(
        "no field is called {{{0}}}; there are call_id, direction, start, date, time, epoch, extension, other_number, number_rung, group and skip"
    )]
    UnknownField(String),
    #[error("a {{ has no }}")]
    Unclosed,
    #[error("two fields stand side by side with nothing between them")]
    Touching,
    #[error("the template needs {0}")]
    Lacks(&'static str),
}

impl NameTemplate {
    /// Reads a template.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn parse(template: &str) -> Result<Self, TemplateError> {
        let (lead, mut rest) = template.split_once('{').ok_or(TemplateError::Lacks("{call_id}"))?;
        let mut parts = vec![];
        loop {
            let (name, after) = rest.split_once('}').ok_or(TemplateError::Unclosed)?;
            let part = PARTS.iter().find(|(known, _)| *known == name).map(|(_, part)| *part);
            let part = part.ok_or_else(|| TemplateError::UnknownField(name.to_owned()))?;
            match after.split_once('{') {
                Some(("", _)) => return Err(TemplateError::Touching),
                Some((between, next)) => {
                    parts.push((part, between.to_owned()));
                    rest = next;
                }
                None => {
                    parts.push((part, after.to_owned()));
                    break;
                }
            }
        }
        let has = |part| parts.iter().any(|(known, _)| *known == part);
        for (part, name) in [
            (Part::CallId, "{call_id}"),
            (Part::Direction, "{direction}"),
            (Part::Extension, "{extension}"),
        ] {
            if !has(part) {
                return Err(TemplateError::Lacks(name));
            }
        }
        if !(has(Part::Start) || has(Part::Epoch) || has(Part::Date) && has(Part::Time)) {
            return Err(TemplateError::Lacks("{start}, {epoch}, or {date} and {time}"));
        }
        Ok(Self {
            lead: lead.to_owned(),
            parts,
        })
    }

    /// The facts that a file's name tells.
    ///
    /// # Errors
    /// [`Refusal::NameMismatch`] where the name does not fit, or the field that makes no sense.
    pub fn read(&self, name: &str) -> Result<Facts, Refusal> {
        let mut rest = name.strip_prefix(&*self.lead).ok_or(Refusal::NameMismatch)?;
        let mut found = vec![];
        for (place, (part, after)) in self.parts.iter().enumerate().rev() {
            rest = rest.strip_suffix(&**after).ok_or(Refusal::NameMismatch)?;
            let before = place
                .checked_sub(1)
                .and_then(|place| self.parts.get(place))
                .map(|(_, between)| between);
            let value = match before {
                None => std::mem::take(&mut rest),
                Some(between) => {
                    let (left, value) = rest.rsplit_once(&**between).ok_or(Refusal::NameMismatch)?;
                    rest = rest.get(..left.len() + between.len()).ok_or(Refusal::NameMismatch)?;
                    value
                }
            };
            found.push((*part, value));
        }
        let value = |part| {
            found
                .iter()
                .find(|(known, _)| *known == part)
                .map(|(_, value)| (*value).to_owned())
        };
        let direction = value(Part::Direction).and_then(|word| direction(&word));
        Ok(Facts {
            call_id: value(Part::CallId).unwrap_or_default(),
            direction: direction.ok_or(Refusal::Facts {
                field: Field::Direction,
                why: Invalid::Form,
            })?,
            start: start(
                value(Part::Start),
                value(Part::Epoch),
                value(Part::Date),
                value(Part::Time),
            )
            .ok_or(Refusal::Facts {
                field: Field::Start,
                why: Invalid::Form,
            })?,
            duration_ms: None,
            extension: value(Part::Extension).unwrap_or_default(),
            other_number: value(Part::OtherNumber),
            other_name: None,
            number_rung: value(Part::NumberRung),
            group: value(Part::Group),
            consent: None,
            sides: None,
        })
    }
}

/// The words that switches use. `force` and the like say nothing of the direction, and it is not guessed.
fn direction(word: &str) -> Option<Direction> {
    match word.to_ascii_lowercase().as_str() {
        "incoming" | "inbound" | "in" | "external" | "q" | "rg" => Some(Direction::Incoming),
        "outgoing" | "outbound" | "out" => Some(Direction::Outgoing),
        "internal" | "exten" => Some(Direction::Internal),
        _ => None,
    }
}

fn start(start: Option<String>, epoch: Option<String>, date: Option<String>, time: Option<String>) -> Option<String> {
    if let Some(start) = start {
        return Some(start);
    }
    if let Some(epoch) = epoch {
        let seconds: i64 = epoch.split('.').next()?.parse().ok()?;
        return jiff::Timestamp::from_second(seconds).ok().map(|at| at.to_string());
    }
    let (date, time) = (date?, time?);
    let digits = |text: &str, most: usize| text.len() == most && text.bytes().all(|b| b.is_ascii_digit());
    if !digits(&date, 8) || !digits(&time, 6) {
        return None;
    }
    let part = |text: &str, from: usize, to: usize| text.get(from..to).map(ToOwned::to_owned);
    Some(format!(
        "{}-{}-{}T{}:{}:{}",
        part(&date, 0, 4)?,
        part(&date, 4, 6)?,
        part(&date, 6, 8)?,
        part(&time, 0, 2)?,
        part(&time, 2, 4)?,
        part(&time, 4, 6)?
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_from_a_common_switch() {
        let template =
            NameTemplate::parse("{direction}-{extension}-{other_number}-{date}-{time}-{call_id}.wav").unwrap();
        let facts = template
            .read("in-a166947070-+46701740605-20250327-092517-1743042317.12206.wav")
            .unwrap();
        assert_eq!(facts.direction, Direction::Incoming);
        assert_eq!(facts.extension, "a166947070");
        assert_eq!(facts.other_number.as_deref(), Some("+46701740605"));
        assert_eq!(facts.start, "2025-03-27T09:25:17");
        assert_eq!(facts.call_id, "1743042317.12206");
    }

    #[test]
    fn only_the_leftmost_field_may_hold_a_separator() {
        let template = NameTemplate::parse("rec_{skip}-{direction}-{extension}-{epoch}-{call_id}.wav").unwrap();
        let facts = template.read("rec_sales-north-out-201-1743042317.1-77.wav").unwrap();
        assert_eq!((facts.extension.as_str(), facts.call_id.as_str()), ("201", "77"));
        assert_eq!(facts.start, "2025-03-27T02:25:17Z");
    }

    #[test]
    fn a_name_that_does_not_fit_is_said() {
        let template = NameTemplate::parse("{direction}-{extension}-{date}-{time}-{call_id}.wav").unwrap();
        assert_eq!(template.read("notes.txt"), Err(Refusal::NameMismatch));
        let why = |name| match template.read(name) {
            Err(Refusal::Facts { field, .. }) => field,
            other => panic!("{other:?}"),
        };
        assert_eq!(why("force-201-20250327-092517-1.wav"), Field::Direction);
        assert_eq!(why("in-201-2025032-092517-1.wav"), Field::Start);
    }

    #[test]
    fn a_template_that_cannot_work_is_said() {
        assert_eq!(
            NameTemplate::parse("{caller}.wav"),
            Err(TemplateError::UnknownField("caller".into()))
        );
        assert_eq!(NameTemplate::parse("{call_id.wav"), Err(TemplateError::Unclosed));
        assert_eq!(
            NameTemplate::parse("{call_id}{extension}.wav"),
            Err(TemplateError::Touching)
        );
        assert_eq!(
            NameTemplate::parse("{call_id}-{extension}.wav"),
            Err(TemplateError::Lacks("{direction}"))
        );
    }
}
