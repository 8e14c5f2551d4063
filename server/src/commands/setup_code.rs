//! `hark setup-code`.

use std::process::ExitCode;

use backend::{Backend, Operator};

use super::Failure;

/// Prints the code of an unclaimed instance.
pub async fn setup_code(backend: &Backend) -> Result<ExitCode, Failure> {
    match backend.setup_code(Operator::at_the_command_line()).await? {
        Some(code) => println!("{code}"),
        None => {
            return Err(Failure(
                "Hark has been taken into use already; `hark user add` makes further accounts".to_owned(),
            ));
        }
    }
    Ok(ExitCode::SUCCESS)
}
