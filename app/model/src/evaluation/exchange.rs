//! Forms as files, to be carried from one company to another. This package knows no JSON, since browsers would carry it:
//! who reads or writes a file brings the reader.

use std::fmt::Display;

use serde::{Deserialize, Serialize};

use super::{Fault, Form};

/// What a file of a form holds. It is written in the order in which it stands here, so that the same form is the same file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Envelope {
    /// [`Envelope::FORMAT`].
    format: String,
    /// [`Envelope::VERSION`].
    version: u32,
    form: Form,
}

impl Envelope {
    /// What says that a file is a form.
    pub const FORMAT: &str = "hark-form";
    /// The version of what is written; no other is read.
    pub const VERSION: u32 = 1;
    /// The largest file that is read. Every form that can be used fits, also with indents.
    pub const MOST_BYTES: usize = 4 * 1024 * 1024;

    /// A form, to be written.
    #[must_use]
    pub fn of(form: Form) -> Self {
        Self {
            format: Self::FORMAT.to_owned(),
            version: Self::VERSION,
            form,
        }
    }
}

/// The beginning of an envelope of any version, whatever else is in it.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
pub struct Head {
    #[serde(default)]
    format: String,
    #[serde(default)]
    version: u32,
}

/// Why a file is not taken as a form.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "code", rename_all = "snake_case")]
pub enum ImportFault {
    /// More bytes than so many.
    TooLarge { most: usize },
    /// It is something else than a form.
    OtherFormat,
    /// It is a form of another version than the one that is read.
    OtherVersion { version: u32 },
    /// It has a field that no form has; says where.
    UnknownField { detail: String },
    /// It is not written the way a form is, or is damaged; says where and what.
    Unreadable { detail: String },
    /// It is a form that cannot be used.
    Faults { faults: Vec<Fault> },
}

/// The form in a file, which has no faults. The reader is handed over twice, as with JSON:
/// `import(bytes, serde_json::from_slice, serde_json::from_slice)`.
///
/// # Errors
/// What is wrong with the file; the first of these that is so.
pub fn import<'a, E: Display>(
    bytes: &'a [u8],
    read_head: impl FnOnce(&'a [u8]) -> Result<Head, E>,
    read: impl FnOnce(&'a [u8]) -> Result<Envelope, E>,
) -> Result<Form, ImportFault> {
    let most = Envelope::MOST_BYTES;
    if bytes.len() > most {
        return Err(ImportFault::TooLarge { most });
    }
    let head = read_head(bytes).map_err(|error| unreadable(&error))?;
    if head.format != Envelope::FORMAT {
        return Err(ImportFault::OtherFormat);
    }
    if head.version != Envelope::VERSION {
        let version = head.version;
        return Err(ImportFault::OtherVersion { version });
    }
    let form = read(bytes).map_err(|error| unreadable(&error))?.form;
    let faults = form.check();
    if faults.is_empty() {
        Ok(form)
    } else {
        Err(ImportFault::Faults { faults })
    }
}

/// A reader's words as a code. That a field is unknown, serde says in words of its own, whatever the reader.
fn unreadable(error: &impl Display) -> ImportFault {
    let detail = error.to_string();
    let unknown = ["unknown field", "unknown variant"]
        .iter()
        .any(|words| detail.starts_with(words));
    if unknown {
        ImportFault::UnknownField { detail }
    } else {
        ImportFault::Unreadable { detail }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::{
        super::{Choice, Flaw, Kind, Part, Place, Question, samples},
        *,
    };

    fn read(bytes: &[u8]) -> Result<Form, ImportFault> {
        import(bytes, serde_json::from_slice, serde_json::from_slice)
    }

    fn read_value(value: &Value) -> Result<Form, ImportFault> {
        read(value.to_string().as_bytes())
    }

    fn value(form: Form) -> Value {
        serde_json::to_value(Envelope::of(form)).unwrap()
    }

    #[test]
    fn what_is_written_is_read_and_is_always_the_same() {
        for form in [samples::every_kind(), samples::chain(), samples::evaluate_page()] {
            let file = serde_json::to_string_pretty(&Envelope::of(form.clone())).unwrap();
            assert!(
                file.starts_with("{\n  \"format\": \"hark-form\",\n  \"version\": 1,\n  \"form\": {\n    \"title\"")
            );
            let again = read(file.as_bytes()).unwrap();
            assert_eq!(again, form);
            assert_eq!(serde_json::to_string_pretty(&Envelope::of(again)).unwrap(), file);
        }
    }

    #[test]
    fn what_need_not_be_said_may_be_left_out() {
        let file = json!({"format": "hark-form", "version": 1, "form": {"title": "T", "sections": [
            {"title": "S", "weight": 1, "questions": [
                {"key": 1, "words": "W", "kind": {"yes_no": {}}, "weight": 1},
                {"key": 2, "words": "W", "kind": "text", "weight": 0,
                 "condition": {"question": 1, "when": {"yes_no": false}}},
            ]},
        ]}});
        let form = read_value(&file).unwrap();
        assert!(matches!(
            form.question(super::super::Key(1)).unwrap().kind,
            Kind::YesNo { right: true, .. }
        ));
    }

    #[test]
    fn other_files_are_refused_by_what_they_are() {
        let good = value(samples::every_kind());
        let with = |place: &str, new: Value| {
            let mut file = good.clone();
            *file.pointer_mut(place).unwrap() = new;
            read_value(&file).unwrap_err()
        };
        assert_eq!(with("/format", json!("hark-policy")), ImportFault::OtherFormat);
        assert_eq!(with("/version", json!(2)), ImportFault::OtherVersion { version: 2 });
        for text in ["{}", "[]", "{\"version\": 1, \"form\": {}}"] {
            assert_eq!(read(text.as_bytes()), Err(ImportFault::OtherFormat));
        }
        for text in [
            "",
            "null",
            "hark-form",
            "{\"format\": \"hark-form\", \"version\": 1}",
            "{\"version\": -1}",
        ] {
            assert!(
                matches!(read(text.as_bytes()), Err(ImportFault::Unreadable { .. })),
                "{text}"
            );
        }
        assert!(matches!(read(&[0xff, 0xfe]), Err(ImportFault::Unreadable { .. })));
        let most = Envelope::MOST_BYTES;
        assert_eq!(read(&vec![b' '; most + 1]), Err(ImportFault::TooLarge { most }));
    }

    #[test]
    fn a_later_version_is_named_whatever_is_in_it() {
        let file = json!({"format": "hark-form", "version": 2, "forms": [], "signature": "…"});
        assert_eq!(read_value(&file), Err(ImportFault::OtherVersion { version: 2 }));
    }

    #[test]
    fn unknown_fields_are_refused_everywhere() {
        let places = [
            "",
            "/form",
            "/form/sections/0",
            "/form/sections/0/questions/0",
            "/form/sections/0/questions/0/kind/yes_no",
            "/form/sections/0/questions/1/kind/scale",
            "/form/sections/0/questions/2/kind/choice",
            "/form/sections/0/questions/2/kind/choice/choices/0",
            "/form/sections/0/questions/3/kind/number",
            "/form/sections/0/questions/3/kind/number/bands/0",
        ];
        for place in places {
            let mut file = value(samples::every_kind());
            file.pointer_mut(place).unwrap()["colour"] = json!("green");
            match read_value(&file) {
                Err(ImportFault::UnknownField { detail }) => assert!(detail.contains("`colour`"), "{detail}"),
                other => panic!("{place}: {other:?}"),
            }
        }
        let mut file = value(samples::chain());
        file.pointer_mut("/form/sections/0/questions/1/condition").unwrap()["colour"] = json!(1);
        assert!(matches!(read_value(&file), Err(ImportFault::UnknownField { .. })));
        let mut file = value(samples::chain());
        *file.pointer_mut("/form/sections/0/questions/1/kind").unwrap() = json!({"stars": {}});
        assert!(matches!(read_value(&file), Err(ImportFault::UnknownField { .. })));
    }

    #[test]
    fn a_form_with_faults_is_refused_with_all_of_them() {
        let mut form = samples::every_kind();
        form.title.clear();
        let fault = Fault {
            place: Place::Form,
            part: Part::Title,
            flaw: Flaw::Missing,
        };
        assert_eq!(
            read_value(&value(form)),
            Err(ImportFault::Faults { faults: vec![fault] })
        );
    }

    #[test]
    fn the_largest_form_fits() {
        let choices = (0..20).map(|key| Choice {
            help: "\"".repeat(100),
            ..samples::choice(key, 100)
        });
        let kind = Kind::Choice {
            choices: choices.collect(),
        };
        // A thousand choices, and as many questions as there may be.
        let question = |key| match key {
            0..50 => Question {
                kind: kind.clone(),
                ..samples::yes_no(key)
            },
            _ => Question {
                help: "\"".repeat(1_000),
                ..samples::yes_no(key)
            },
        };
        let form = samples::form(vec![samples::section(1, (0..200).map(question).collect())]);
        assert_eq!(form.check(), []);
        let file = serde_json::to_vec_pretty(&Envelope::of(form)).unwrap();
        assert!(file.len() < Envelope::MOST_BYTES / 2, "{}", file.len());
    }
}
