//! Makes the words of the locale files into code, and fails where a language lacks one.

use std::{collections::BTreeSet, env, error::Error, fs, path::PathBuf};

use leptos_i18n_parser::parse_locales::{
    options::{Config, ParseOptions},
    parse_locales,
};
use serde_json::Value;

/// The source, and the languages that must say all that it says.
const SOURCE: &str = "sv";
const OTHERS: [&str; 1] = ["en"];
/// One file a room.
const ROOMS: [&str; 23] = [
    "account",
    "configuration",
    "errors",
    "evaluation",
    "fields",
    "filter",
    "forms",
    "help",
    "home",
    "hours",
    "import",
    "ingest",
    "letters",
    "list",
    "outbox",
    "people",
    "player",
    "recordings",
    "review",
    "roles",
    "setup",
    "sharing",
    "shell",
];

#[expect(clippy::disallowed_methods, reason = "a build learns from cargo in no other way")]
fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=build.rs");
    println!("cargo::rerun-if-changed=locales");
    complete()?;
    let mut config = Config::new(SOURCE)?.parse_options(ParseOptions::new().interpolate_display(true));
    for other in OTHERS {
        config = config.add_locale(other)?;
    }
    for room in ROOMS {
        config = config.add_namespace(room)?;
    }
    let words = parse_locales(None, config)?;
    for warning in words.diag.warnings().iter() {
        println!("cargo::warning={warning}");
    }
    for error in words.diag.errors().iter() {
        println!("cargo::error={error}");
    }
    let folder = PathBuf::from(env::var("OUT_DIR")?).join("i18n");
    fs::create_dir_all(&folder)?;
    let code = leptos_i18n_codegen::gen_code(&words, None, false, None, false)?;
    fs::write(folder.join("mod.rs"), code.to_string())?;
    Ok(())
}

/// The generator only warns of a missing key and shows the Swedish words in its place; here it is an error, and so is a
/// key too many.
fn complete() -> Result<(), String> {
    let mut faults = vec![];
    for room in ROOMS {
        let source = keys(SOURCE, room)?;
        for other in OTHERS {
            let there = keys(other, room)?;
            faults.extend(
                source
                    .difference(&there)
                    .map(|key| format!("locales/{other}/{room}.json lacks {key}")),
            );
            faults.extend(
                there
                    .difference(&source)
                    .map(|key| format!("locales/{SOURCE}/{room}.json lacks {key}")),
            );
        }
    }
    if faults.is_empty() {
        Ok(())
    } else {
        Err(faults.join("\n"))
    }
}

fn keys(locale: &str, room: &str) -> Result<BTreeSet<String>, String> {
    fn walk(prefix: &str, value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(entries) => entries
                .iter()
                .for_each(|(key, value)| walk(&format!("{prefix}.{key}"), value, found)),
            _ => {
                found.insert(prefix.trim_start_matches('.').to_owned());
            }
        }
    }
    let path = format!("locales/{locale}/{room}.json");
    let text = fs::read_to_string(&path).map_err(|error| format!("{path}: {error}"))?;
    let value: Value = serde_json::from_str(&text).map_err(|error| format!("{path}: {error}"))?;
    let mut found = BTreeSet::new();
    walk("", &value, &mut found);
    Ok(found)
}
