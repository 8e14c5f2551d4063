//! Publishes the site to disk so that a server that runs meanwhile never meets half of it.
//!
//! Files first, each under its hashed name and moved into place whole; then `manifest.json` in one move; only then does
//! what nobody names any more disappear. While one works, the generation before stays, for pages already on their way.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::path::Path;

use anyhow::{Context, Result};

use crate::compress;
use crate::locate::House;
use crate::site::{Asset, Entry, Manifest, Site, sha256};

const MANIFEST: &str = "manifest.json";

/// Waits until no other bundler writes to this site; free again when the result is dropped.
pub fn lock(house: &House) -> Result<File> {
    let path = house.root.join("target/site.lock");
    fs::create_dir_all(house.root.join("target"))?;
    let file = File::create(&path).with_context(|| format!("{} cannot be made", path.display()))?;
    if file.try_lock().is_err() {
        eprintln!("Waiting for another build of the site.");
        file.lock()?;
    }
    Ok(file)
}

/// Writes the site and its manifest; with `release` also the compressed twins. Gives the manifest.
pub fn publish(house: &House, site: &Site, release: bool) -> Result<Manifest> {
    publish_to(&house.site(), site, release)
}

fn publish_to(folder: &Path, site: &Site, release: bool) -> Result<Manifest> {
    let mut manifest = Manifest::new();
    for (name, asset) in site.assets() {
        let mut entry = Entry {
            path: asset.path.clone(),
            sha256: sha256(&asset.bytes),
            bytes: length(&asset.bytes),
            brotli_bytes: None,
            gzip_bytes: None,
        };
        write(&folder.join(&asset.path), &asset.bytes)?;
        if release && compress::shrinks(&asset.path) {
            entry.brotli_bytes = twin(folder, name, asset, "br", compress::brotli)?;
            entry.gzip_bytes = twin(folder, name, asset, "gz", compress::gzip)?;
        }
        manifest.insert(name.clone(), entry);
    }
    let before: Manifest = fs::read(folder.join(MANIFEST))
        .ok()
        .and_then(|json| serde_json::from_slice(&json).ok())
        .unwrap_or_default();
    write(&folder.join(MANIFEST), &serde_json::to_vec_pretty(&manifest)?)?;
    let mut wanted = named(&manifest);
    wanted.insert(MANIFEST.to_owned());
    if !release {
        wanted.append(&mut named(&before));
    }
    clear(folder, "", &wanted)?;
    Ok(manifest)
}

/// Writes the compressed twin and gives its length; none when it would not be smaller.
fn twin(
    folder: &Path,
    name: &str,
    asset: &Asset,
    ending: &str,
    make: fn(&[u8]) -> Result<Vec<u8>>,
) -> Result<Option<u64>> {
    let path = folder.join(format!("{}.{ending}", asset.path));
    // A hashed name vouches for the content: its twin is made once.
    if asset.path != name
        && let Ok(made) = fs::metadata(&path)
    {
        return Ok(Some(made.len()));
    }
    let bytes = make(&asset.bytes)?;
    if bytes.len() >= asset.bytes.len() {
        return Ok(None);
    }
    write(&path, &bytes)?;
    Ok(Some(length(&bytes)))
}

/// Moves the file into place whole. What is there already with the same content stays untouched, and with it what cargo
/// built from it.
fn write(path: &Path, bytes: &[u8]) -> Result<()> {
    if fs::read(path).is_ok_and(|there| there == bytes) {
        return Ok(());
    }
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    }
    let mut half = path.as_os_str().to_owned();
    half.push(".part");
    fs::write(&half, bytes).with_context(|| format!("{} cannot be written", path.display()))?;
    fs::rename(&half, path).with_context(|| format!("{} cannot be written", path.display()))
}

/// Every file a manifest speaks of, twins included.
fn named(manifest: &Manifest) -> BTreeSet<String> {
    let mut paths = BTreeSet::new();
    for entry in manifest.values() {
        paths.insert(entry.path.clone());
        paths.extend(entry.brotli_bytes.map(|_| format!("{}.br", entry.path)));
        paths.extend(entry.gzip_bytes.map(|_| format!("{}.gz", entry.path)));
    }
    paths
}

/// Removes every file that is not wanted, and the folders left empty.
fn clear(root: &Path, prefix: &str, wanted: &BTreeSet<String>) -> Result<()> {
    for entry in fs::read_dir(root.join(prefix))? {
        let entry = entry?;
        let path = format!("{prefix}{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() {
            clear(root, &format!("{path}/"), wanted)?;
            if fs::read_dir(entry.path())?.next().is_none() {
                fs::remove_dir(entry.path())?;
            }
        } else if !wanted.contains(&path) {
            fs::remove_file(entry.path())?;
        }
    }
    Ok(())
}

fn length(bytes: &[u8]) -> u64 {
    bytes.len().try_into().unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(css: &str) -> Site {
        let mut site = Site::default();
        site.add_hashed("main.css", css.repeat(50).into_bytes()).unwrap();
        site.add_hashed("fonts/inter.woff2", b"abc".to_vec()).unwrap();
        site.add_named("robots.txt", b"x".to_vec()).unwrap();
        site
    }

    #[test]
    fn the_manifest_tells_the_truth_about_the_files() {
        let folder = tempfile::tempdir().unwrap();
        let made = publish_to(folder.path(), &site("a { color: red }"), true).unwrap();
        let read: Manifest = serde_json::from_slice(&fs::read(folder.path().join(MANIFEST)).unwrap()).unwrap();
        assert_eq!(made, read);
        for entry in read.values() {
            let bytes = fs::read(folder.path().join(&entry.path)).unwrap();
            assert_eq!((length(&bytes), sha256(&bytes)), (entry.bytes, entry.sha256.clone()));
        }
        let css = &read["main.css"];
        let twin = fs::read(folder.path().join(format!("{}.br", css.path))).unwrap();
        assert_eq!(css.brotli_bytes, Some(length(&twin)));
        assert!(css.gzip_bytes.is_some_and(|gz| gz < css.bytes));
        // One byte does not shrink, a font is compressed already.
        assert_eq!(
            (read["robots.txt"].brotli_bytes, read["fonts/inter.woff2"].brotli_bytes),
            (None, None)
        );
    }

    #[test]
    fn old_files_leave_at_once_in_release_and_one_build_later_while_one_works() {
        let folder = tempfile::tempdir().unwrap();
        let paths: Vec<String> = ["1", "2", "3"]
            .iter()
            .map(|css| {
                publish_to(folder.path(), &site(css), false).unwrap()["main.css"]
                    .path
                    .clone()
            })
            .collect();
        let there = |i: usize| folder.path().join(&paths[i]).exists();
        assert_eq!((there(0), there(1), there(2)), (false, true, true));
        publish_to(folder.path(), &site("3"), true).unwrap();
        assert_eq!((there(1), there(2)), (false, true));
        publish_to(folder.path(), &Site::default(), true).unwrap();
        let left: Vec<_> = fs::read_dir(folder.path())
            .unwrap()
            .map(|e| e.unwrap().file_name())
            .collect();
        assert_eq!(left, [MANIFEST]);
    }

    #[test]
    fn what_did_not_change_is_not_written_again() {
        let folder = tempfile::tempdir().unwrap();
        let stamps = || -> Vec<_> {
            let made = publish_to(folder.path(), &site("a{}"), true).unwrap();
            let files = named(&made).into_iter().chain([MANIFEST.to_owned()]);
            files
                .map(|path| fs::metadata(folder.path().join(path)).unwrap().modified().unwrap())
                .collect()
        };
        assert_eq!(stamps(), stamps());
    }
}
