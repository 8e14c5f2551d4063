//! Splits: cuts what only some pages need out of the compiled module, into files that the browser fetches when it first does.
//!
//! Where it is cut, the sources say (`app/src/later.rs`). What two pages need that are not needed by all lies in a file of its own.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use anyhow::{Context, Result, anyhow, bail};
use wasm_split_cli_support::{Options, transform};

use crate::site::Site;

/// The script that fetches the files; the glue imports it under this name.
pub const FETCHER: &str = "split.js";

/// How the library writes that it takes the running module from the glue. The glue imports this script already, and two files
/// whose names hold each other's content cannot be named: so the starter lends it what it asks for.
const TAKES: &str = "import { initSync } from \"./hark.js\";";
const BORROWS: &str = "let initSync;\nexport const lend = (lent) => {\n  initSync = lent;\n};";

/// What was cut off, as it lies in the folder.
pub struct Pieces {
    /// The script, with the pieces' names as they are here.
    fetcher: String,
    /// By file name: `split_configuration.wasm`.
    pub wasm: BTreeMap<String, Vec<u8>>,
}

/// Cuts, writes the pieces into the folder, and gives what stays.
pub fn split(module: &[u8], folder: &Path) -> Result<Vec<u8>> {
    let kept = folder.join("main");
    let mut options = Options::new(module);
    options.output_dir = folder;
    options.main_out_path = &kept;
    options.main_module = "./hark.js";
    let fetcher = format!("./{FETCHER}");
    options.link_name = &fetcher;
    transform(options).map_err(|why| anyhow!("the module could not be split: {why:#}"))?;
    fs::read(&kept).with_context(|| format!("{} cannot be read", kept.display()))
}

/// What `split` has put into the folder.
pub fn pieces(folder: &Path) -> Result<Pieces> {
    let mut wasm = BTreeMap::new();
    for entry in fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))? {
        let path = entry?.path();
        if path.extension().is_some_and(|ending| ending == "wasm") {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            wasm.insert(name, fs::read(&path)?);
        }
    }
    let fetcher = fs::read_to_string(folder.join(FETCHER))?;
    Ok(Pieces { fetcher, wasm })
}

/// Adds the pieces and the script to the site. Gives the script's path.
pub fn add(pieces: &Pieces, site: &mut Site) -> Result<String> {
    if !pieces.fetcher.contains(TAKES) {
        bail!("{FETCHER} does not take the module as it did: look at what wasm_split_cli_support writes now");
    }
    let mut fetcher = pieces.fetcher.replace(TAKES, BORROWS);
    for (name, wasm) in &pieces.wasm {
        let path = site.add_hashed(name, wasm.clone())?;
        fetcher = fetcher.replace(&format!("\"./{name}\""), &format!("\"./{path}\""));
    }
    site.add_hashed(FETCHER, fetcher.into_bytes())
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// One piece and its script.
    pub fn fetcher() -> Pieces {
        beginning(TAKES)
    }

    fn beginning(beginning: &str) -> Pieces {
        Pieces {
            fetcher: format!("{beginning}\nfetch(new URL(\"./split_people.wasm\", import.meta.url));"),
            wasm: BTreeMap::from([("split_people.wasm".to_owned(), b"abc".to_vec())]),
        }
    }

    #[test]
    fn the_script_names_each_piece_by_its_hash_and_borrows_the_module() {
        let mut site = Site::default();
        let path = add(&fetcher(), &mut site).unwrap();
        let written = site.assets().find(|(name, _)| *name == FETCHER).unwrap().1;
        let text = String::from_utf8(written.bytes.clone()).unwrap();
        assert_eq!(path, written.path);
        assert!(text.contains("\"./split_people-ba7816bf.wasm\""), "{text}");
        assert!(
            text.contains("export const lend") && !text.contains("import {"),
            "{text}"
        );
    }

    #[test]
    fn a_script_that_takes_the_module_another_way_is_an_error() {
        let why = add(
            &beginning("import { initSync } from './other.js';"),
            &mut Site::default(),
        );
        assert!(why.unwrap_err().to_string().contains("does not take the module"));
    }
}
