//! `hark demo load|remove`: a company to try Hark with.

use std::{
    io::{Cursor, Read},
    process::ExitCode,
};

use backend::{
    Backend, Operator,
    account::{FirstPassword, NewAccount},
    demo::DemoReview,
};
use indicatif::ProgressBar;
use model::{
    account::Role,
    facts::{Consent, Direction, Facts, Sides},
    instant::Instant,
    people::PersonForm,
    period::Period,
    recording::Flag,
};
use rust_embed::RustEmbed;
use serde::{Deserialize, de::DeserializeOwned};

use super::Failure;

/// The password of everyone in the demo company.
const PASSWORD: &str = "Lingon-2026!";

/// Load or remove a company to try Hark with.
#[derive(clap::Subcommand)]
pub enum Demo {
    /// Load the demo company and its calls
    Load {
        /// Do nothing where there is something already
        #[arg(long)]
        if_empty: bool,
    },
    /// Remove all that the demo brought, and nothing else
    Remove,
}

#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/demo"]
#[include = "*.json"]
#[include = "sound/*"]
struct Files;

#[derive(Deserialize)]
struct Company {
    name: String,
    zone: String,
    people: Vec<Person>,
    groups: Vec<Group>,
    direct_numbers: Vec<DirectNumber>,
    accounts: Vec<Account>,
}

#[derive(Deserialize)]
struct Person {
    first_name: String,
    last_name: String,
    email: Option<String>,
    extension: String,
    number: String,
    title: String,
    department: Option<String>,
    district: String,
    cost_centre: String,
    office: String,
    recording_active: bool,
}

#[derive(Deserialize)]
struct Group {
    id: String,
    number: String,
    name: String,
}

#[derive(Deserialize)]
struct DirectNumber {
    number: String,
    name: String,
}

#[derive(Deserialize)]
struct Account {
    email: String,
    role: Role,
    #[serde(default)]
    departments: Vec<String>,
}

#[derive(Deserialize)]
struct Call {
    switch_id: String,
    day: i64,
    time: String,
    direction: Direction,
    sound: String,
    #[serde(default = "once")]
    repeat: usize,
    duration_ms: i64,
    group: Option<String>,
    consent: Option<Consent>,
    recordings: Vec<Recording>,
}

const fn once() -> usize {
    1
}

#[derive(Deserialize)]
struct Recording {
    extension: String,
    channels: Vec<String>,
    other_number: Option<String>,
    other_name: Option<String>,
    number_rung: Option<String>,
    flag: Option<Flag>,
    tag: Option<String>,
    #[serde(default)]
    evaluated: bool,
}

/// Does it.
pub async fn demo(backend: &Backend, demo: Demo) -> Result<ExitCode, Failure> {
    let operator = Operator::at_the_command_line();
    match demo {
        Demo::Load { if_empty } => {
            // What was cut off is begun anew.
            if backend.has_demo(operator).await? && !backend.demo_is_whole(operator).await? {
                backend.remove_demo(operator).await?;
            }
            if backend.is_empty(operator).await? {
                load(backend, operator).await?;
                backend.finish_demo(operator).await?;
            } else if !if_empty {
                return Err(Failure(
                    "there is a company here already; a demo is loaded into an empty Hark only".to_owned(),
                ));
            }
            if backend.has_demo(operator).await? {
                introduce()?;
            }
        }
        Demo::Remove => {
            let removed = backend.remove_demo(operator).await?;
            println!("The demo company and its {removed} recordings are gone.");
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Says who can sign in.
fn introduce() -> Result<(), Failure> {
    let company: Company = read("company.json")?;
    println!(
        "The demo company is {}. Everyone's password is {PASSWORD}",
        company.name
    );
    for account in company.accounts {
        let hears = match account.role {
            Role::Super => "hears everything".to_owned(),
            Role::Restricted => format!("hears {}", account.departments.join(" and ")),
            Role::MyConsole => "hears own calls".to_owned(),
        };
        println!("  {:<40} {hears}", account.email);
    }
    Ok(())
}

async fn load(backend: &Backend, operator: Operator) -> Result<(), Failure> {
    let company: Company = read("company.json")?;
    let calls: Vec<Call> = read("calls.json")?;
    backend.rename_company(operator, &company.name, &company.zone).await?;
    for person in company.people {
        let new = PersonForm {
            first_name: person.first_name,
            last_name: person.last_name,
            email: person.email,
            title: Some(person.title),
            extension: Some(person.extension),
            numbers: vec![person.number],
            recording_active: person.recording_active,
            dashboard_active: false,
            district: Some(person.district),
            department: person.department,
            cost_center: Some(person.cost_centre),
            office: Some(person.office),
        };
        backend.add_demo_person(operator, new).await?;
    }
    for group in &company.groups {
        backend.add_demo_group(operator, &group.number, &group.name).await?;
    }
    for line in company.direct_numbers {
        backend
            .add_demo_direct_number(operator, &line.number, &line.name)
            .await?;
    }
    for account in company.accounts {
        let mut departments = vec![];
        for name in &account.departments {
            let unit = backend.department(operator, name).await?;
            departments.push(unit.ok_or_else(|| Failure(format!("the demo has no department {name}")))?);
        }
        let new = NewAccount {
            email: account.email,
            password: FirstPassword::Own(PASSWORD.to_owned()),
            role: account.role,
            departments,
            agreed: true,
        };
        backend.add_demo_account(operator, new).await?;
    }
    let starts = starts(backend, &calls).await?;
    let bar = ProgressBar::new(calls.len() as u64);
    for (call, start) in calls.into_iter().zip(starts) {
        let group = call
            .group
            .as_deref()
            .and_then(|id| company.groups.iter().find(|group| group.id == id));
        for side in call.recordings {
            let facts = Facts {
                call_id: call.switch_id.clone(),
                direction: call.direction,
                start: start.clone(),
                duration_ms: Some(call.duration_ms),
                extension: side.extension,
                other_number: side.other_number,
                other_name: side.other_name,
                number_rung: side.number_rung,
                group: group.map(|group| group.number.clone()),
                consent: call.consent,
                sides: Some(sides(&side.channels)),
            };
            let review = DemoReview {
                flag: side.flag,
                tag: side.tag,
                evaluated: side.evaluated,
            };
            backend
                .take_demo(operator, facts, sound(&call.sound, call.repeat)?, review)
                .await?;
        }
        bar.inc(1);
    }
    bar.finish_and_clear();
    Ok(())
}

fn sides(channels: &[String]) -> Sides {
    match channels.first().map(String::as_str) {
        Some("person") => Sides::RecordedOther,
        Some("other") => Sides::OtherRecorded,
        _ => Sides::Mixed,
    }
}

/// When each call began, RFC 3339. Before the company's noon today's calls are pressed together into the morning that
/// has passed: none may lie in the future.
async fn starts(backend: &Backend, calls: &[Call]) -> Result<Vec<String>, Failure> {
    let (calendar, now) = (backend.company().await?.calendar, backend.now());
    let (midnight, _) = calendar.bounds(Period::Today, now);
    let today = calendar.stamp(midnight).date;
    let wanted: Vec<Instant> = calls
        .iter()
        .map(|call| at(&calendar, today, call))
        .collect::<Result<_, _>>()?;
    let latest = calls
        .iter()
        .zip(&wanted)
        .filter(|(call, _)| call.day == 0)
        .map(|(_, start)| *start)
        .max()
        .unwrap_or(midnight);
    let (passed, needed) = (now.since(midnight) - 120_000, latest.since(midnight).max(1));
    let press = |start: Instant| {
        if start < midnight || passed >= needed {
            start
        } else {
            midnight.plus_ms(start.since(midnight) * passed.max(1) / needed)
        }
    };
    Ok(wanted
        .into_iter()
        .map(|start| calendar.stamp(press(start)).rfc3339())
        .collect())
}

fn at(calendar: &backend::Calendar, today: (i16, i8, i8), call: &Call) -> Result<Instant, Failure> {
    let (year, month, day) = today;
    let wrong = || Failure(format!("the demo call {} has no time", call.switch_id));
    let date = jiff::civil::date(year, month, day).saturating_add(jiff::Span::new().days(call.day));
    backend::parse_start(&format!("{date}T{}", call.time), calendar).map_err(|_| wrong())
}

fn read<T: DeserializeOwned>(name: &str) -> Result<T, Failure> {
    let file = Files::get(name).ok_or_else(|| Failure(format!("the demo has no {name}")))?;
    serde_json::from_slice(&file.data).map_err(|error| Failure(format!("{name}: {error}")))
}

/// A sound of the demo, several times after each other where a long call is wanted.
fn sound(name: &str, repeat: usize) -> Result<Box<dyn Read + Send>, Failure> {
    let file = Files::get(&format!("sound/{name}")).ok_or_else(|| Failure(format!("the demo has no sound {name}")))?;
    let bytes = file.data.into_owned();
    if repeat == 1 {
        return Ok(Box::new(Cursor::new(bytes)));
    }
    let (head, sound) = repeatable(&bytes).ok_or_else(|| Failure(format!("{name} cannot be repeated")))?;
    let len = u32::try_from(sound.len() * repeat).map_err(|_| Failure(format!("{name} becomes too long")))?;
    let mut long = head;
    let end = long.len();
    for (place, value) in [(4, len + u32::try_from(end).unwrap_or_default() - 8), (end - 4, len)] {
        if let Some(field) = long.get_mut(place..place + 4) {
            field.copy_from_slice(&value.to_le_bytes());
        }
    }
    Ok(Box::new(Cursor::new(long).chain(Cursor::new(sound.repeat(repeat)))))
}

/// A plain WAV file as what stands before its samples and the samples; a `fact` chunk in between is left out.
fn repeatable(bytes: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let mut head = bytes.get(..12)?.to_vec();
    let mut at = 12;
    loop {
        let name = bytes.get(at..at + 4)?;
        let len = u32::from_le_bytes(bytes.get(at + 4..at + 8)?.try_into().ok()?) as usize;
        if name == b"data" {
            head.extend_from_slice(bytes.get(at..at + 8)?);
            return Some((head, bytes.get(at + 8..at + 8 + len)?));
        }
        let end = at + 8 + len + len % 2;
        if name == b"fmt " {
            head.extend_from_slice(bytes.get(at..end)?);
        }
        at = end;
    }
}
