//! Gathers `public/`: icons, fonts and the few files whose address others know by heart.

use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::site::Site;

/// Addresses that browsers and robots ask for without having read them in a page: these keep their names.
const KEEP_NAME: [&str; 3] = ["apple-touch-icon.png", "favicon.ico", "robots.txt"];

/// Adds every file under `folder`; all but the well-known ones get a hash in their name.
pub fn gather(folder: &Path, site: &mut Site) -> Result<()> {
    gather_below(folder, "", site)
}

fn gather_below(folder: &Path, prefix: &str, site: &mut Site) -> Result<()> {
    let entries = std::fs::read_dir(folder).with_context(|| format!("{} cannot be read", folder.display()))?;
    for entry in entries {
        let entry = entry?;
        let file_name = entry.file_name();
        let Some(file_name) = file_name.to_str() else {
            bail!("{}: a public file needs a name in UTF-8", entry.path().display());
        };
        let name = format!("{prefix}{file_name}");
        if entry.path().is_dir() {
            gather_below(&entry.path(), &format!("{name}/"), site)?;
            continue;
        }
        let bytes =
            std::fs::read(entry.path()).with_context(|| format!("{} cannot be read", entry.path().display()))?;
        if KEEP_NAME.contains(&name.as_str()) || name.starts_with(".well-known/") {
            site.add_named(&name, bytes)?;
        } else {
            site.add_hashed(&name, bytes)?;
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn well_known_files_keep_their_names() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("fonts")).unwrap();
        for name in ["fonts/a.woff2", "icons.svg", "robots.txt"] {
            std::fs::write(folder.path().join(name), name).unwrap();
        }
        let mut site = Site::default();
        gather(folder.path(), &mut site).unwrap();
        assert_eq!(site.path("robots.txt"), Some("robots.txt"));
        assert_eq!(site.path("icons.svg").unwrap().len(), "icons-12345678.svg".len());
        assert!(site.path("fonts/a.woff2").unwrap().starts_with("fonts/a-"));
    }

    #[test]
    fn a_missing_folder_is_named() {
        let why = gather(Path::new("/no/such/public"), &mut Site::default()).unwrap_err();
        assert!(why.to_string().contains("/no/such/public"), "{why}");
    }
}
