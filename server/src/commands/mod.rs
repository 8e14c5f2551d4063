//! What can be done from a command line.

mod config;
mod demo;
mod doctor;
mod import;
mod key;
mod person;
mod push;
mod serve;
mod setup_code;
mod user;

use std::{fmt, process::ExitCode, sync::Arc};

use app::words::{self, Locale};
use backend::{Backend, Error, SystemChance, SystemClock};
use clap::{Parser, Subcommand};

use crate::config::{Config, Flags};

/// Call recording, listening and evaluation that a company hosts itself.
#[derive(Parser)]
#[command(name = "hark", version, arg_required_else_help = true)]
pub struct Arguments {
    #[command(flatten)]
    flags: Flags,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Start the server
    Serve(serve::Serve),
    /// Take in recordings from a file or a folder
    Import(import::Import),
    /// Take in one recording, with its facts as flags: for a switch's own script
    Push(Box<push::Push>),
    /// Add, list and change accounts
    User(user::User),
    /// Add the people whose calls are recorded
    #[command(subcommand)]
    Person(person::Person),
    /// Make, list and revoke the keys of machines
    #[command(subcommand)]
    Key(key::Key),
    /// Print the one-time code with which a new instance is taken into use
    SetupCode,
    /// Print every setting and where it was set
    Config(config::Show),
    /// Look for what is wrong, and say what to do about it
    Doctor(doctor::Doctor),
    /// Load or remove a company to try Hark with
    #[command(subcommand)]
    Demo(demo::Demo),
}

impl Arguments {
    /// Whether this starts the server.
    #[must_use]
    pub const fn serves(&self) -> bool {
        matches!(self.command, Command::Serve(_))
    }
}

/// Does what was asked.
///
/// # Errors
/// With a sentence that says why it was not done.
pub async fn run(arguments: Arguments) -> Result<ExitCode, Failure> {
    let Arguments { flags, command } = arguments;
    if let Command::Serve(serve) = command {
        return serve::serve(Config::read(&flags, &serve)?).await;
    }
    if let Command::Config(show) = &command {
        return config::config(&flags, show);
    }
    let config = Config::read(&flags, serde_json::json!({}))?;
    if let Command::Doctor(asked) = &command {
        return doctor::doctor(&config, asked).await;
    }
    let backend = open(&config).await?;
    match command {
        Command::Serve(_) | Command::Config(_) | Command::Doctor(_) => Ok(ExitCode::SUCCESS),
        Command::Import(import) => import::import(&backend, import).await,
        Command::Push(push) => push::push(&backend, *push).await,
        Command::User(user) => user::user(&backend, user).await,
        Command::Person(person) => person::person(&backend, person).await,
        Command::Key(key) => key::key(&backend, key).await,
        Command::SetupCode => setup_code::setup_code(&backend).await,
        Command::Demo(demo) => demo::demo(&backend, demo).await,
    }
}

/// Opens the house with the machine's own clock and randomness.
///
/// # Errors
/// When the data folder or the database cannot be opened.
pub async fn open(config: &Config) -> Result<Backend, Failure> {
    let opened = Backend::open(
        &config.data_dir,
        &config.database_url(),
        Arc::new(SystemClock),
        Arc::new(SystemChance),
    )
    .await;
    opened.map_err(|error| Failure(format!("{} cannot be opened: {error}", config.data_dir.display())))
}

/// Prints something as machines read it.
fn print_json(value: &impl serde::Serialize) -> Result<(), Failure> {
    let text = serde_json::to_string_pretty(value).map_err(|error| Failure(error.to_string()))?;
    println!("{text}");
    Ok(())
}

/// Why a command was not done, as a sentence.
#[derive(Debug)]
pub struct Failure(pub String);

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Self(match error {
            Error::Refused(why) => words::refusal(locale(), &why),
            Error::Problem(problem) => words::problem(locale(), &problem),
            other => other.to_string(),
        })
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self(error.to_string())
    }
}

impl From<Box<figment::Error>> for Failure {
    fn from(error: Box<figment::Error>) -> Self {
        Self(format!("the settings cannot be read: {error}"))
    }
}

/// The language of the one at the command line: `HARK_LANG`, else the system's, else English as command lines are.
#[must_use]
#[expect(
    clippy::disallowed_methods,
    reason = "the system's own settings, which are none of ours"
)]
pub fn locale() -> Locale {
    let language = ["HARK_LANG", "LC_ALL", "LC_MESSAGES", "LANG"]
        .iter()
        .find_map(|name| std::env::var(name).ok().filter(|value| !value.is_empty()));
    if language.is_some_and(|language| language.starts_with("sv")) {
        Locale::sv
    } else {
        Locale::en
    }
}
