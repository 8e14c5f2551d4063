//! `hark person add`: who is recorded.

use std::process::ExitCode;

use backend::{Backend, Operator};
use model::people::PersonForm;

use super::Failure;

/// Add the people whose calls are recorded.
#[derive(clap::Subcommand)]
pub enum Person {
    /// Add a person; what was recorded of the extension before belongs to the person too
    Add {
        #[arg(long)]
        first_name: String,
        #[arg(long)]
        last_name: String,
        /// The extension by which the switch knows the person
        #[arg(long)]
        extension: String,
        /// The address of the person's account, whether it exists yet or not
        #[arg(long)]
        email: Option<String>,
        /// Made where there is none of that name
        #[arg(long)]
        department: Option<String>,
    },
}

/// Does it.
pub async fn person(backend: &Backend, person: Person) -> Result<ExitCode, Failure> {
    let Person::Add {
        first_name,
        last_name,
        extension,
        email,
        department,
    } = person;
    let name = format!("{first_name} {last_name}");
    let new = PersonForm {
        first_name,
        last_name,
        email,
        extension: Some(extension.clone()),
        recording_active: true,
        department,
        ..PersonForm::default()
    };
    backend.add_person(Operator::at_the_command_line(), new).await?;
    println!("{name} is recorded at extension {extension}.");
    Ok(ExitCode::SUCCESS)
}
