//! The site in memory: every file under its logical name, with the address it is published at.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::{Result, bail};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

/// One file as the browser will get it.
pub struct Asset {
    /// Where it lies under `target/site`, with `/` between folders.
    pub path: String,
    pub bytes: Vec<u8>,
}

/// What `manifest.json` says of one file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Relative to the site. Differs from the logical name when it carries a content hash, and may then be cached for ever.
    pub path: String,
    /// Of the uncompressed bytes, in hexadecimal.
    pub sha256: String,
    pub bytes: u64,
    /// There is a twin `path.br` of this length.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub brotli_bytes: Option<u64>,
    /// There is a twin `path.gz` of this length.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub gzip_bytes: Option<u64>,
}

/// Logical name (`main.css`, `fonts/inter.woff2`) → what is published.
pub type Manifest = BTreeMap<String, Entry>;

/// All files, by logical name.
#[derive(Default)]
pub struct Site {
    assets: BTreeMap<String, Asset>,
}

impl Site {
    /// Adds a file at a path with a hash of its content: `main.css` becomes `main-3f2a9c1b.css`. Gives the path.
    pub fn add_hashed(&mut self, name: &str, bytes: Vec<u8>) -> Result<String> {
        let path = hashed(name, &bytes);
        self.add(name, path, bytes)
    }

    /// Adds a file at its own name.
    pub fn add_named(&mut self, name: &str, bytes: Vec<u8>) -> Result<String> {
        self.add(name, name.to_owned(), bytes)
    }

    fn add(&mut self, name: &str, path: String, bytes: Vec<u8>) -> Result<String> {
        if self
            .assets
            .insert(
                name.to_owned(),
                Asset {
                    path: path.clone(),
                    bytes,
                },
            )
            .is_some()
        {
            bail!("two files want the name {name}: rename the one in public/");
        }
        Ok(path)
    }

    pub fn path(&self, name: &str) -> Option<&str> {
        self.assets.get(name).map(|asset| asset.path.as_str())
    }

    pub fn assets(&self) -> impl Iterator<Item = (&String, &Asset)> {
        self.assets.iter()
    }
}

/// SHA-256 in hexadecimal.
pub fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().fold(String::new(), |mut hex, byte| {
        // Writing to a String cannot fail.
        let _ = write!(hex, "{byte:02x}");
        hex
    })
}

/// `fonts/inter.woff2` → `fonts/inter-3f2a9c1b.woff2`. Eight digits tell versions of one file apart.
fn hashed(name: &str, bytes: &[u8]) -> String {
    let hash: String = sha256(bytes).chars().take(8).collect();
    match name.rsplit_once('.') {
        Some((stem, ending)) => format!("{stem}-{hash}.{ending}"),
        None => format!("{name}-{hash}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hashed_name_follows_the_content() {
        // SHA-256 of "abc" is in FIPS 180-2, appendix B.1.
        assert_eq!(
            sha256(b"abc"),
            "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"
        );
        assert_eq!(hashed("fonts/inter.woff2", b"abc"), "fonts/inter-ba7816bf.woff2");
        assert_eq!(hashed("LICENSE", b"abc"), "LICENSE-ba7816bf");
        assert_ne!(hashed("a.css", b"1"), hashed("a.css", b"2"));
    }

    #[test]
    fn one_name_is_one_file() {
        let mut site = Site::default();
        site.add_hashed("main.css", vec![1]).unwrap();
        assert!(site.add_named("main.css", vec![2]).is_err());
    }
}
