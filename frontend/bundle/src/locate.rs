//! Where things are: the workspace the command runs in, and cargo's target folder.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};
use serde::Deserialize;

/// The workspace, as cargo sees it.
#[derive(Deserialize)]
pub struct House {
    /// The folder of the root `Cargo.toml`.
    #[serde(rename = "workspace_root")]
    pub root: PathBuf,
    /// Cargo's target folder; elsewhere than `root/target` when `CARGO_TARGET_DIR` says so.
    #[serde(rename = "target_directory")]
    pub target: PathBuf,
}

impl House {
    pub fn style(&self) -> PathBuf {
        self.root.join("style/main.css")
    }

    pub fn public(&self) -> PathBuf {
        self.root.join("public")
    }

    /// What the server embeds. Always here, wherever cargo builds.
    pub fn site(&self) -> PathBuf {
        self.root.join("target/site")
    }

    /// The bundler's own folder for what need not be made twice.
    pub fn cache(&self, release: bool) -> PathBuf {
        self.target.join("bundle").join(if release { "release" } else { "dev" })
    }

    /// The path as one says it: from the workspace when it lies there.
    pub fn short(&self, path: &Path) -> String {
        path.strip_prefix(&self.root).unwrap_or(path).display().to_string()
    }
}

/// Asks cargo. Fails outside a workspace.
pub fn house() -> Result<House> {
    let output = cargo()
        .args(["metadata", "--no-deps", "--format-version", "1"])
        .output()
        .context("cargo could not be started")?;
    if !output.status.success() {
        bail!("{}", String::from_utf8_lossy(&output.stderr).trim());
    }
    serde_json::from_slice(&output.stdout).context("cargo metadata was not understood")
}

/// Cargo without what `cargo run` told *us* about this package: crates whose build scripts watch these variables would be
/// built again and again, once from here and once from the shell.
pub fn cargo() -> Command {
    let mut cargo = Command::new("cargo");
    for (name, _) in std::env::vars_os() {
        let told = name
            .to_str()
            .is_some_and(|n| n.starts_with("CARGO_PKG_") || n.starts_with("CARGO_MANIFEST_"));
        if told {
            cargo.env_remove(name);
        }
    }
    cargo
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_workspace_of_this_package() {
        let house = house().unwrap();
        assert!(house.root.join("frontend/bundle/Cargo.toml").is_file());
        assert_eq!(house.short(&house.site()), "target/site");
        assert_eq!(house.short(Path::new("/elsewhere")), "/elsewhere");
    }
}
