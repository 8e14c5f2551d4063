//! Binds: makes the JavaScript glue for the compiled module, and the starter that wakes the page.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::time::UNIX_EPOCH;

use anyhow::{Context, Result, bail};
use wasm_bindgen_cli_support::Bindgen;

use crate::locate::House;
use crate::site::{Site, sha256};
use crate::split::{self, FETCHER, Pieces};

/// A module that is ready for the browser, with its glue.
pub struct Bound {
    pub js: String,
    pub wasm: Vec<u8>,
    /// Pieces of JavaScript that crates bring along, by the path the glue imports them from: `snippets/…/inline0.js`.
    pub snippets: BTreeMap<String, String>,
    /// What was cut off the module.
    pub pieces: Pieces,
    /// Made now, not taken from the run before.
    pub fresh: bool,
}

/// Binds the module, or takes what was bound before when the module is the same.
pub fn bind(house: &House, module: &Path, release: bool) -> Result<Bound> {
    let cache = house.cache(release);
    let source = fs::read(module).with_context(|| format!("{} cannot be read", module.display()))?;
    // The age of this program counts as well: another version of wasm-bindgen makes other glue.
    let built = fs::metadata(std::env::current_exe()?)?
        .modified()?
        .duration_since(UNIX_EPOCH)?;
    let key = format!("{} {}", sha256(&source), built.as_nanos());
    let (stamp, cut) = (cache.join("bound.key"), cache.join("split"));
    let fresh = !fs::read_to_string(&stamp).is_ok_and(|bound| bound == key);
    if fresh {
        if cache.exists() {
            fs::remove_dir_all(&cache).with_context(|| format!("{} cannot be cleared", cache.display()))?;
        }
        let kept = split::split(&source, &cut)?;
        let mut bindgen = Bindgen::new();
        bindgen
            .input_bytes("hark", kept)
            .typescript(false)
            // The pieces put their functions into the table of the module.
            .keep_lld_exports(true)
            .omit_default_module_path(true);
        // Names help while one works; nobody reads them in what travels.
        bindgen.remove_name_section(release).remove_producers_section(release);
        bindgen
            .web(true)?
            .generate(&cache)
            .context("wasm-bindgen could not bind the module")?;
        fs::write(&stamp, key)?;
    }
    Ok(Bound {
        js: fs::read_to_string(cache.join("hark.js"))?,
        wasm: fs::read(cache.join("hark_bg.wasm"))?,
        snippets: snippets(&cache, "snippets")?,
        pieces: split::pieces(&cut)?,
        fresh,
    })
}

/// All files below `cache/prefix`, by their path from `cache`.
fn snippets(cache: &Path, prefix: &str) -> Result<BTreeMap<String, String>> {
    let mut found = BTreeMap::new();
    let Ok(entries) = fs::read_dir(cache.join(prefix)) else {
        return Ok(found);
    };
    for entry in entries {
        let entry = entry?;
        let path = format!("{prefix}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            found.append(&mut snippets(cache, &path)?);
        } else {
            found.insert(path, fs::read_to_string(entry.path())?);
        }
    }
    Ok(found)
}

/// Adds module, pieces, glue, snippets and starter to the site, each naming the next by its hashed path.
pub fn add(bound: &Bound, site: &mut Site) -> Result<()> {
    let fetcher = split::add(&bound.pieces, site)?;
    let mut js = bound
        .js
        .replace(&format!("from \"./{FETCHER}\""), &format!("from \"./{fetcher}\""));
    for (name, snippet) in &bound.snippets {
        let path = site.add_hashed(name, snippet.clone().into_bytes())?;
        js = js.replace(&format!("./{name}"), &format!("./{path}"));
    }
    let wasm = site.add_hashed("hark_bg.wasm", bound.wasm.clone())?;
    let glue = site.add_hashed("hark.js", js.into_bytes())?;
    site.add_hashed("start.js", starter(&glue, &wasm, &fetcher)?.into_bytes())?;
    Ok(())
}

/// The only script a page names, with the paths of what it fetches. A module of its own, so that the content policy needs no
/// inline script.
fn starter(glue: &str, wasm: &str, fetcher: &str) -> Result<String> {
    if [glue, wasm, fetcher].iter().any(|path| path.contains(['"', '\\'])) {
        bail!("{glue}, {wasm} and {fetcher} cannot be written into a script");
    }
    let travels = |line: &&str| !line.is_empty() && !line.trim_start().starts_with("//");
    let script: Vec<&str> = STARTER.lines().filter(travels).collect();
    Ok(script
        .join("\n")
        .replace("GLUE", glue)
        .replace("WASM", wasm)
        .replace("FETCHER", fetcher))
}

const STARTER: &str = include_str!("start.js");

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_file_names_the_next_by_its_hash() {
        let bound = Bound {
            js: "import { f } from './snippets/leaf-1/inline0.js'; import * as s from \"./split.js\"; g({\"./split.js\": s});".to_owned(),
            wasm: b"abc".to_vec(),
            snippets: BTreeMap::from([(
                "snippets/leaf-1/inline0.js".to_owned(),
                "export function f() {}".to_owned(),
            )]),
            pieces: split::tests::fetcher(),
            fresh: true,
        };
        let mut site = Site::default();
        add(&bound, &mut site).unwrap();
        let text = |name: &str| {
            let asset = site.assets().find(|(n, _)| *n == name).unwrap().1;
            String::from_utf8(asset.bytes.clone()).unwrap()
        };
        let snippet = site.path("snippets/leaf-1/inline0.js").unwrap();
        assert!(
            text("hark.js").contains(&format!("'./{snippet}'")),
            "{}",
            text("hark.js")
        );
        assert!(
            text("start.js").contains("./hark_bg-ba7816bf.wasm"),
            "{}",
            text("start.js")
        );
        assert!(text("start.js").contains(&format!("./{}", site.path("hark.js").unwrap())));
        let fetcher = site.path(FETCHER).unwrap();
        // What the module itself calls it by stays.
        let imported = format!("from \"./{fetcher}\"; g({{\"./{FETCHER}\": s}})");
        assert!(text("hark.js").contains(&imported), "{}", text("hark.js"));
        assert!(text("start.js").contains(&format!("\"./{fetcher}\"")));
    }
}
