//! `hark key …`: the keys with which machines call the API.

use std::process::ExitCode;

use backend::{Backend, Operator, keys::KeyScope};
use model::id::KeyId;

use super::{Failure, print_json};

const DAY_MS: i64 = 86_400_000;

/// Make, list and revoke the keys of machines.
#[derive(clap::Subcommand)]
pub enum Key {
    /// Make a key; it is shown once
    Add {
        /// What carries it, such as the switch's name
        name: String,
        /// What it may do: `ingest` hands over recordings, `people` reads and changes people
        #[arg(long, default_value = "ingest", value_parser = scope)]
        scope: KeyScope,
        /// End its power after so many days
        #[arg(long)]
        days: Option<u16>,
    },
    /// List every key
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Take a key's power away
    Revoke { id: i64 },
}

fn scope(word: &str) -> Result<KeyScope, &'static str> {
    KeyScope::ALL
        .into_iter()
        .find(|scope| scope.name() == word)
        .ok_or("ingest or people")
}

/// Does it.
pub async fn key(backend: &Backend, key: Key) -> Result<ExitCode, Failure> {
    let operator = Operator::at_the_command_line();
    match key {
        Key::Add { name, scope, days } => {
            let expires_at = days.map(|days| backend.now().plus_ms(i64::from(days) * DAY_MS));
            let secret = backend.add_key(operator, &name, scope, expires_at).await?;
            println!("{}", secret.reveal());
        }
        Key::List { json } => {
            let keys = backend.keys(operator).await?;
            if json {
                print_json(&keys)?;
            } else {
                for key in keys {
                    println!(
                        "{:<18} {:<10} {:<8} {}",
                        key.id,
                        key.scope,
                        if key.revoked_at.is_some() { "revoked" } else { "" },
                        key.name
                    );
                }
            }
        }
        Key::Revoke { id } => {
            if !backend.revoke_key(operator, KeyId(id)).await? {
                return Err(Failure(format!("there is no key {id} that still has its power")));
            }
            println!("The key {id} opens nothing any more.");
        }
    }
    Ok(ExitCode::SUCCESS)
}
