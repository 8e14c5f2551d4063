//! `hark config`: every setting, and where it was set.

use std::process::ExitCode;

use super::{Failure, print_json};
use crate::config::{Config, Flags};

/// Print every setting with where it was set; what is secret is hidden.
#[derive(clap::Args)]
pub struct Show {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// Prints them.
pub fn config(flags: &Flags, show: &Show) -> Result<ExitCode, Failure> {
    let settings = Config::explain(flags)?;
    if show.json {
        print_json(&settings)?;
    } else {
        for setting in settings {
            let value = setting.value.unwrap_or_default();
            println!("{:<16} {:<12} {value}", setting.name, setting.origin);
        }
    }
    Ok(ExitCode::SUCCESS)
}
