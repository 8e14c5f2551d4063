//! Shrinks the release module with Binaryen's `wasm-opt`, where there is one.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result};

use crate::bind::Bound;
use crate::locate::House;
use crate::site::sha256;

/// What rustc gives every module for `wasm32-unknown-unknown`, one by one. Never `--all-features`: that lets wasm-opt use
/// what browsers do not have yet, and Chromium refuses the module.
const FEATURES: [&str; 6] = [
    "--enable-bulk-memory",
    "--enable-multivalue",
    "--enable-mutable-globals",
    "--enable-nontrapping-float-to-int",
    "--enable-reference-types",
    "--enable-sign-ext",
];

/// The first version that keeps a module with two tables whole, as every bound module is: what 108 (Debian 12) and 109
/// write, Chromium refuses at `Table.set()`, even without optimising. Tried with 108, 109, 111, 114, 118, 123 and 132.
const OLDEST: u32 = 111;

const ADVICE: &str = "npm package binaryen has a newer wasm-opt";

/// Makes the module and its pieces smaller in place and says what came of it. Without a wasm-opt that can, they stay as they are.
pub fn shrink(house: &House, bound: &mut Bound) -> Result<String> {
    let (tool, version) = match choose(candidates(house)) {
        Ok(found) => found,
        Err(why) => return Ok(format!("the module stays larger: {why}")),
    };
    let mut before = 0;
    let mut after = 0;
    for wasm in std::iter::once(&mut bound.wasm).chain(bound.pieces.wasm.values_mut()) {
        before += wasm.len();
        match smaller(house, &tool, version, wasm)? {
            Ok(shrunk) => *wasm = shrunk,
            Err(why) => {
                return Ok(format!(
                    "the module stays larger: wasm-opt {version} could not shrink it ({why})"
                ));
            }
        }
        after += wasm.len();
    }
    Ok(format!(
        "wasm shrunk by wasm-opt {version}: {} to {} kB",
        before / 1000,
        after / 1000
    ))
}

/// One file, smaller; or the first line of why it was not possible. What was shrunk before is taken from there.
fn smaller(house: &House, tool: &Path, version: u32, wasm: &[u8]) -> Result<Result<Vec<u8>, String>> {
    let cache = house.cache(true);
    let key = sha256(format!("{version} {}", sha256(wasm)).as_bytes());
    let output = cache.join(format!("shrunk-{key}.wasm"));
    if let Ok(shrunk) = std::fs::read(&output) {
        return Ok(Ok(shrunk));
    }
    let (input, half) = (cache.join("shrunk.input"), cache.join("shrunk.part"));
    std::fs::write(&input, wasm)?;
    let run = Command::new(tool)
        .arg("-Oz")
        .args(FEATURES)
        .arg(&input)
        .arg("-o")
        .arg(&half)
        .output();
    let run = run.with_context(|| format!("{} could not be started", tool.display()))?;
    if !run.status.success() {
        let why = String::from_utf8_lossy(&run.stderr);
        return Ok(Err(why.lines().next().unwrap_or("no reason given").to_owned()));
    }
    std::fs::rename(&half, &output)?;
    Ok(Ok(std::fs::read(&output)?))
}

/// Every wasm-opt there is, with its version; the npm package first.
fn candidates(house: &House) -> Vec<(PathBuf, u32)> {
    let tools = [
        house.root.join("end2end/node_modules/.bin/wasm-opt"),
        PathBuf::from("wasm-opt"),
    ];
    let versioned = tools.into_iter().filter_map(|tool| {
        let run = Command::new(&tool).arg("--version").output().ok()?;
        let version = version(&String::from_utf8_lossy(&run.stdout))?;
        Some((tool, version))
    });
    versioned.collect()
}

/// The number in `wasm-opt version 132 (version_132)`.
fn version(said: &str) -> Option<u32> {
    said.split_whitespace().find_map(|word| word.parse().ok())
}

/// The first that is new enough, or why there is none.
fn choose(candidates: Vec<(PathBuf, u32)>) -> Result<(PathBuf, u32), String> {
    let newest = candidates.iter().map(|(_, version)| *version).max();
    candidates
        .into_iter()
        .find(|(_, version)| *version >= OLDEST)
        .ok_or_else(|| match newest {
            Some(old) => format!("wasm-opt {old} breaks such modules, {OLDEST} or later is needed ({ADVICE})"),
            None => format!("no wasm-opt on PATH or in end2end/node_modules ({ADVICE})"),
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_that_breaks_the_module_is_passed_over() {
        let npm = || (PathBuf::from("npm"), 132);
        let debian = || (PathBuf::from("wasm-opt"), 108);
        assert_eq!(choose(vec![debian(), npm()]), Ok(npm()));
        assert!(choose(vec![debian()]).unwrap_err().contains("wasm-opt 108 breaks"));
        assert!(choose(vec![]).unwrap_err().contains("no wasm-opt on PATH"));
    }

    #[test]
    fn reads_the_version_a_tool_tells() {
        assert_eq!(version("wasm-opt version 132 (version_132)\n"), Some(132));
        assert_eq!(version("wasm-opt version 108\n"), Some(108));
        assert_eq!(version("command not found"), None);
    }
}
