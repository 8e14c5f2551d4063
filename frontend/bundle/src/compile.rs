//! Compiles: package `frontend` to WebAssembly, and the server beside it while one works.

use std::io::{BufRead, BufReader};
use std::path::PathBuf;
use std::process::{Command, Stdio};

use anyhow::{Context, Result, bail};

use crate::locate::{House, cargo};

/// The compiled module, before binding. Cargo's own progress goes to the terminal as it comes.
pub fn browser(house: &House, release: bool) -> Result<PathBuf> {
    let mut build = cargo();
    build
        .current_dir(&house.root)
        .args(["build", "--package", "frontend", "--lib"]);
    build.args([
        "--target",
        "wasm32-unknown-unknown",
        "--message-format",
        "json-render-diagnostics",
    ]);
    let profile = if release { "wasm-release" } else { "wasm-dev" };
    build.args(["--profile", profile]);
    module_built(build)
}

/// The server, for `--watch`. `false`: it does not compile, and cargo has said why.
pub fn server(house: &House) -> Result<bool> {
    let mut build = cargo();
    build.current_dir(&house.root).args(["build", "--package", "server"]);
    Ok(build.status().context("cargo could not be started")?.success())
}

fn module_built(mut build: Command) -> Result<PathBuf> {
    let mut child = build
        .stdout(Stdio::piped())
        .spawn()
        .context("cargo could not be started")?;
    let mut module = None;
    if let Some(stdout) = child.stdout.take() {
        for line in BufReader::new(stdout).lines() {
            module = module_in(&line?).or(module);
        }
    }
    if !child.wait()?.success() {
        bail!("package frontend does not compile for the browser");
    }
    module.context("cargo built package frontend but named no .wasm file")
}

/// The `.wasm` file in one line of cargo's report, when the line is about package `frontend`.
fn module_in(line: &str) -> Option<PathBuf> {
    let message: serde_json::Value = serde_json::from_str(line).ok()?;
    if message["reason"] != "compiler-artifact" || message["target"]["name"] != "frontend" {
        return None;
    }
    let files = message["filenames"].as_array()?;
    files
        .iter()
        .filter_map(|f| f.as_str())
        .map(PathBuf::from)
        .find(|f| f.extension().is_some_and(|e| e == "wasm"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_the_module_of_frontend_only() {
        let ours = r#"{"reason":"compiler-artifact","target":{"name":"frontend"},"filenames":["/t/frontend.rlib","/t/frontend.wasm"]}"#;
        let other = r#"{"reason":"compiler-artifact","target":{"name":"app"},"filenames":["/t/app.wasm"]}"#;
        assert_eq!(module_in(ours), Some(PathBuf::from("/t/frontend.wasm")));
        assert_eq!(module_in(other), None);
        assert_eq!(module_in(r#"{"reason":"build-finished","success":true}"#), None);
        assert_eq!(module_in("not json"), None);
    }

    #[test]
    fn a_failing_build_is_an_error() {
        let why = module_built(Command::new("false")).unwrap_err();
        assert!(why.to_string().contains("does not compile"), "{why}");
    }
}
