//! `hark user …`: accounts, when the web cannot.

use std::{
    io::{IsTerminal, Read},
    process::ExitCode,
};

use backend::{
    Backend, Operator,
    account::{AccountFilter, FirstPassword, NewAccount, NewRole},
};
use model::{
    account::{Role, Status},
    id::UnitId,
    people::AccountRow,
    problem::Problem,
};
use serde_json::json;

use super::{Failure, print_json};

/// Add, list and change accounts.
#[derive(clap::Args)]
pub struct User {
    #[command(subcommand)]
    action: Action,
    /// Print JSON
    #[arg(long, global = true)]
    json: bool,
}

#[derive(clap::Subcommand)]
enum Action {
    /// Add an account; its password is read from standard input, or made and printed, and another must be chosen at the
    /// first sign-in
    Add {
        email: String,
        /// `MyConsole`, `Restricted` or `Super`
        #[arg(long, value_parser = role)]
        role: Role,
        /// A department that a Restricted account hears; may be given several times
        #[arg(long = "department")]
        departments: Vec<String>,
        /// Give no password, but send a letter with a link on which one is chosen
        #[arg(long)]
        invite: bool,
    },
    /// List every account
    List {
        /// Only those of this role
        #[arg(long, value_parser = role)]
        role: Option<Role>,
        /// Only those that are `active`, `invited` or `off`
        #[arg(long, value_parser = status)]
        status: Option<Status>,
    },
    /// Show one account
    Show { email: String },
    /// Give an account another role, or other departments; it is signed out everywhere
    SetRole {
        email: String,
        #[arg(value_parser = role)]
        role: Role,
        #[arg(long = "department")]
        departments: Vec<String>,
    },
    /// Give an account another password, read from standard input or made and printed, for a day: another must be chosen at
    /// the next sign-in; it is signed out everywhere
    ResetPassword { email: String },
    /// Send an account the letters of its invitation again
    Invite { email: String },
    /// Sign an account out everywhere
    SignOut { email: String },
    /// Turn an account off: it opens nothing from now on
    TurnOff { email: String },
    /// Turn an account on again
    TurnOn { email: String },
    /// Remove an account; the person stays and goes on being recorded
    Remove { email: String },
}

fn role(word: &str) -> Result<Role, &'static str> {
    word.parse().map_err(|()| "MyConsole, Restricted or Super")
}

fn status(word: &str) -> Result<Status, &'static str> {
    Status::named(word).ok_or("active, invited or off")
}

const OPERATOR: Operator = Operator::at_the_command_line();

/// Does it.
#[expect(clippy::too_many_lines, reason = "one arm a deed")]
pub async fn user(backend: &Backend, user: User) -> Result<ExitCode, Failure> {
    let say = Say {
        backend,
        json: user.json,
    };
    match user.action {
        Action::Add {
            email,
            role,
            departments,
            invite,
        } => {
            let departments = find(backend, role, &departments).await?;
            let password = if invite { None } else { Some(password(backend)?) };
            let new = NewAccount {
                email: email.clone(),
                password: match &password {
                    Some((password, _)) => FirstPassword::Given(password.clone()),
                    None => FirstPassword::None,
                },
                role,
                departments,
                agreed: false,
            };
            backend.add_account(OPERATOR, new).await?;
            let words = if invite {
                format!("{email} is invited as {role}. The letter leaves while the server runs.")
            } else {
                format!("{email} may sign in as {role}.")
            };
            say.account(&email, &words, password.and_then(|(_, made)| made)).await?;
        }
        Action::List { role, status } => {
            let filter = AccountFilter {
                email: None,
                role,
                status,
            };
            let accounts = backend.accounts(OPERATOR, &filter).await?;
            if user.json {
                print_json(&accounts)?;
            } else {
                accounts.iter().for_each(line);
            }
        }
        Action::Show { email } => {
            let account = known(backend, &email).await?;
            if user.json {
                print_json(&account)?;
            } else {
                line(&account);
            }
        }
        Action::SetRole {
            email,
            role,
            departments,
        } => {
            let departments = find(backend, role, &departments).await?;
            let id = known(backend, &email).await?.id;
            backend.set_role(OPERATOR, id, NewRole { role, departments }).await?;
            let words = format!("{email} is now {role}, and has been signed out everywhere.");
            say.account(&email, &words, None).await?;
        }
        Action::ResetPassword { email } => {
            let (password, made) = password(backend)?;
            backend.reset_password(OPERATOR, &email, &password).await?;
            let words = format!(
                "{email} has a new password for a day, chooses another at the next sign-in, and has been signed out everywhere."
            );
            say.account(&email, &words, made).await?;
        }
        Action::Invite { email } => {
            let id = known(backend, &email).await?.id;
            backend.invite_again(OPERATOR, id).await?;
            let words = format!("{email} is invited again. The letter leaves while the server runs.");
            say.account(&email, &words, None).await?;
        }
        Action::SignOut { email } => {
            backend.end_sessions_of(OPERATOR, &email).await?;
            say.account(&email, &format!("{email} has been signed out everywhere."), None)
                .await?;
        }
        Action::TurnOff { email } => {
            let id = known(backend, &email).await?.id;
            backend.set_active(OPERATOR, id, false).await?;
            say.account(&email, &format!("{email} is off, and opens nothing any more."), None)
                .await?;
        }
        Action::TurnOn { email } => {
            let id = known(backend, &email).await?.id;
            backend.set_active(OPERATOR, id, true).await?;
            say.account(&email, &format!("{email} is on again."), None).await?;
        }
        Action::Remove { email } => {
            let id = known(backend, &email).await?.id;
            backend.remove_account(OPERATOR, id).await?;
            if user.json {
                print_json(&json!({ "email": email, "removed": true }))?;
            } else {
                println!("{email} is removed.");
            }
        }
    }
    Ok(ExitCode::SUCCESS)
}

/// Says what was done: in words, or as the account is now.
struct Say<'a> {
    backend: &'a Backend,
    json: bool,
}

impl Say<'_> {
    async fn account(&self, email: &str, words: &str, password: Option<String>) -> Result<(), Failure> {
        if self.json {
            let account = known(self.backend, email).await?;
            let mut value = serde_json::to_value(account).map_err(|error| Failure(error.to_string()))?;
            if let (Some(password), Some(fields)) = (password, value.as_object_mut()) {
                fields.insert("password".to_owned(), password.into());
            }
            return print_json(&value);
        }
        println!("{words}");
        if let Some(password) = password {
            println!("The password is {password}");
        }
        Ok(())
    }
}

fn line(account: &AccountRow) {
    let departments: Vec<&str> = account.departments.iter().map(|unit| unit.name.as_str()).collect();
    let (role, status) = (account.role.name(), account.status.name());
    println!(
        "{:<40} {role:<10} {status:<8} {}",
        account.email,
        departments.join(", ")
    );
}

async fn known(backend: &Backend, email: &str) -> Result<AccountRow, Failure> {
    let account = backend.account_of(OPERATOR, email).await?;
    account.ok_or_else(|| backend::Error::from(Problem::NotFound).into())
}

async fn find(backend: &Backend, role: Role, names: &[String]) -> Result<Vec<UnitId>, Failure> {
    if role == Role::Restricted && names.is_empty() {
        return Err(Failure(
            "a Restricted account hears the departments named with --department; name at least one".to_owned(),
        ));
    }
    let mut found = vec![];
    for name in names {
        let unit = backend.department(OPERATOR, name).await?;
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
