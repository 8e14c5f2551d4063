//! `hark user …`: accounts, when the web cannot.

use std::{
    io::{IsTerminal, Read},
    process::ExitCode,
};

use backend::{Backend, Operator, account::NewAccount};
use model::{account::Role, id::UnitId};

use super::Failure;

/// Add, list and change accounts.
#[derive(clap::Subcommand)]
pub enum User {
    /// Add an account; the password is read from standard input, or made and printed
    Add {
        email: String,
        /// `MyConsole`, `Restricted` or `Super`
        #[arg(long, value_parser = role)]
        role: Role,
        /// A department that a Restricted account hears; may be given several times
        #[arg(long = "department")]
        departments: Vec<String>,
    },
    /// List every account
    List {
        /// Print JSON
        #[arg(long)]
        json: bool,
    },
    /// Give an account another role; it is signed out everywhere
    SetRole {
        email: String,
        #[arg(value_parser = role)]
        role: Role,
        #[arg(long = "department")]
        departments: Vec<String>,
    },
    /// Give an account another password, read from standard input or made and printed; it is signed out everywhere
    ResetPassword { email: String },
}

fn role(word: &str) -> Result<Role, &'static str> {
    word.parse().map_err(|()| "MyConsole, Restricted or Super")
}

/// Does it.
pub async fn user(backend: &Backend, user: User) -> Result<ExitCode, Failure> {
    let operator = Operator::at_the_command_line();
    match user {
        User::Add {
            email,
            role,
            departments,
        } => {
            let departments = find(backend, role, &departments).await?;
            let (password, made) = password(backend)?;
            backend
                .add_account(
                    operator,
                    NewAccount {
                        email: email.clone(),
                        password,
                        role,
                        departments,
                    },
                )
                .await?;
            println!("{email} may sign in as {role}.");
            show(made);
        }
        User::List { json } => {
            let accounts = backend.accounts(operator).await?;
            if json {
                println!(
                    "{}",
                    serde_json::to_string_pretty(&accounts).map_err(|error| Failure(error.to_string()))?
                );
            } else {
                for account in accounts {
                    println!(
                        "{:<40} {:<10} {}",
                        account.email,
                        account.role.name(),
                        if account.active { "active" } else { "off" }
                    );
                }
            }
        }
        User::SetRole {
            email,
            role,
            departments,
        } => {
            let departments = find(backend, role, &departments).await?;
            backend.set_role(operator, &email, role, &departments).await?;
            println!("{email} is now {role}, and has been signed out everywhere.");
        }
        User::ResetPassword { email } => {
            let (password, made) = password(backend)?;
            backend.reset_password(operator, &email, &password).await?;
            println!("{email} has a new password, and has been signed out everywhere.");
            show(made);
        }
    }
    Ok(ExitCode::SUCCESS)
}

async fn find(backend: &Backend, role: Role, names: &[String]) -> Result<Vec<UnitId>, Failure> {
    if role == Role::Restricted && names.is_empty() {
        return Err(Failure(
            "a Restricted account hears the departments named with --department; name at least one".to_owned(),
        ));
    }
    let mut found = vec![];
    for name in names {
        let unit = backend.department(Operator::at_the_command_line(), name).await?;
        found.push(unit.ok_or_else(|| Failure(format!("there is no department called {name}")))?);
    }
    Ok(found)
}

/// The password from standard input where something is piped in, else a new one that is to be shown.
fn password(backend: &Backend) -> Result<(String, Option<String>), Failure> {
    let mut stdin = std::io::stdin();
    if !stdin.is_terminal() {
        let mut piped = String::new();
        stdin.read_to_string(&mut piped)?;
        let piped = piped.trim_end_matches(['\r', '\n']);
        if !piped.is_empty() {
            return Ok((piped.to_owned(), None));
        }
    }
    let made: String = backend.new_password()?;
    Ok((made.clone(), Some(made)))
}

fn show(made: Option<String>) {
    if let Some(password) = made {
        println!("The password is {password}");
    }
}
