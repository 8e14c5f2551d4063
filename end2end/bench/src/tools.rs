//! The programs that others wrote.

use std::{
    ffi::OsStr,
    path::{Path, PathBuf},
    process::Command,
};

use crate::Result;

/// A program of that name; Debian keeps some servers off an ordinary PATH.
pub fn program(name: &str) -> PathBuf {
    let server = Path::new("/usr/sbin").join(name);
    if server.exists() { server } else { name.into() }
}

/// Whether all of them are here; says what cannot be measured when not.
pub fn there(what: &str, names: &[&str]) -> bool {
    let missing: Vec<_> = names
        .iter()
        .filter(|name| Command::new(program(name)).arg("--help").output().is_err())
        .copied()
        .collect();
    if !missing.is_empty() {
        println!("Not measured: {what} ({} not installed).", missing.join(", "));
    }
    missing.is_empty()
}

/// Runs it to its end and gives what it printed.
pub fn output<S: AsRef<OsStr>>(program: impl AsRef<OsStr>, arguments: impl IntoIterator<Item = S>) -> Result<String> {
    let program = program.as_ref();
    let done = Command::new(program)
        .args(arguments)
        .output()
        .map_err(|error| format!("{}: {error}", program.display()))?;
    if !done.status.success() {
        let why = String::from_utf8_lossy(&done.stderr).into_owned();
        return Err(format!("{}: {why}", program.display()).into());
    }
    Ok(String::from_utf8(done.stdout)?)
}
