//! Bundles the stylesheet: `style/main.css` and what it imports, for the browsers we name.
//!
//! Whatever is wrong (a rule that cannot be read, an import that is not there, an address that leads nowhere) fails the
//! build with file, line and reason: a stylesheet that is half read looks like a page that is half broken.

use std::path::{Component, Path, PathBuf};

use anyhow::{Context, Result, anyhow, bail};
use lightningcss::bundler::{BundleErrorKind, Bundler, FileProvider, ResolveResult, SourceProvider};
use lightningcss::dependencies::{Dependency, DependencyOptions, UrlDependency};
use lightningcss::error::{Error as CssError, ErrorLocation};
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions};
use lightningcss::targets::{Browsers, Targets};

use crate::brackets;
use crate::site::Site;

/// The oldest browsers the look is made for, spring 2024: `light-dark()`, which they lack, is lowered to variables that
/// follow the `color-scheme` *declared in CSS*. So a theme is set by an attribute, never by a style attribute.
const BROWSERS: Browsers = Browsers {
    android: None,
    chrome: Some(120 << 16),
    edge: Some(120 << 16),
    firefox: Some(121 << 16),
    ie: None,
    ios_saf: Some((17 << 16) | (4 << 8)),
    opera: None,
    safari: Some((17 << 16) | (4 << 8)),
    samsung: None,
};

/// Bundles `entry` and adds `main.css`. Addresses in `url()` become those of the public files already in the site.
pub fn style(entry: &Path, release: bool, site: &mut Site) -> Result<()> {
    let house = entry
        .parent()
        .and_then(Path::parent)
        .context("the stylesheet lies in no folder")?;
    let css = bundle(entry, house, release, site)?;
    site.add_hashed("main.css", css.into_bytes())?;
    Ok(())
}

fn bundle(entry: &Path, house: &Path, release: bool, site: &Site) -> Result<String> {
    let sources = Sources {
        files: FileProvider::new(),
        house: house.to_owned(),
    };
    let targets = Targets::from(BROWSERS);
    let mut sheet = Bundler::new(&sources, None, ParserOptions::default())
        .bundle(entry)
        .map_err(|why| unreadable(&why, entry, house))?;
    sheet
        .minify(MinifyOptions {
            targets,
            ..MinifyOptions::default()
        })
        .map_err(|why| placed(&why.kind, why.loc.as_ref(), entry, house))?;
    let printed = sheet
        .to_css(PrinterOptions {
            minify: release,
            targets,
            analyze_dependencies: Some(DependencyOptions::default()),
            ..PrinterOptions::default()
        })
        .map_err(|why| placed(&why.kind, why.loc.as_ref(), entry, house))?;
    let mut code = printed.code;
    for dependency in printed.dependencies.unwrap_or_default() {
        if let Dependency::Url(url) = dependency {
            let path = address(&url, house, site).map_err(|why| {
                anyhow!(
                    "{}:{}: {why}",
                    short(Path::new(&url.loc.file_path), house),
                    url.loc.start.line
                )
            })?;
            code = code.replace(&format!("\"{}\"", url.placeholder), &quoted(&path));
        }
    }
    Ok(code)
}

/// The published address behind a `url()`, relative to the stylesheet at the root of the site.
fn address(url: &UrlDependency, house: &Path, site: &Site) -> Result<String> {
    let written = url.url.as_str();
    if written.starts_with('#') || written.starts_with("data:") {
        return Ok(written.to_owned());
    }
    if written.starts_with("//") || written.contains(':') {
        bail!("url({written}) leads out of the house: put the file into public/");
    }
    let (file, after) = written.split_at(written.find(['#', '?']).unwrap_or(written.len()));
    let name = if let Some(from_root) = file.strip_prefix('/') {
        from_root.to_owned()
    } else {
        let css_folder = Path::new(&url.loc.file_path).parent().unwrap_or(house);
        let public = house.join("public");
        let wanted = flat(&css_folder.join(file));
        let inside = wanted.strip_prefix(&public);
        inside.map(|p| p.display().to_string()).map_err(|_| {
            anyhow!(
                "url({written}) is not a file of public/: write url(/{})",
                file.trim_start_matches(['.', '/'])
            )
        })?
    };
    let path = site
        .path(&name)
        .with_context(|| format!("url({written}): there is no public/{name}"))?;
    Ok(format!("{path}{after}"))
}

/// Resolves `..` by the text alone: these paths come from stylesheets, no links are followed.
fn flat(path: &Path) -> PathBuf {
    path.components().fold(PathBuf::new(), |mut flat, part| {
        match part {
            Component::ParentDir => drop(flat.pop()),
            Component::CurDir => {}
            part => flat.push(part),
        }
        flat
    })
}

fn quoted(address: &str) -> String {
    format!("\"{}\"", address.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Reads the stylesheets, and refuses what the parser would let pass.
struct Sources {
    files: FileProvider,
    house: PathBuf,
}

#[derive(Debug)]
enum SourceError {
    /// The import at the given place leads to nothing readable.
    Missing(String),
    /// The file was read and is broken, at a place of its own.
    Broken(String),
}

impl std::fmt::Display for SourceError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let (Self::Missing(what) | Self::Broken(what)) = self;
        f.write_str(what)
    }
}

impl std::error::Error for SourceError {}

impl SourceProvider for Sources {
    type Error = SourceError;

    fn read<'a>(&'a self, file: &Path) -> Result<&'a str, SourceError> {
        let name = short(file, &self.house);
        let css = self
            .files
            .read(file)
            .map_err(|why| SourceError::Missing(format!("{name} cannot be read: {why}")))?;
        match brackets::fault(css) {
            None => Ok(css),
            Some(f) => Err(SourceError::Broken(format!(
                "{name}:{}:{}: {}",
                f.line, f.column, f.what
            ))),
        }
    }

    fn resolve(&self, specifier: &str, from: &Path) -> Result<ResolveResult, SourceError> {
        if specifier.starts_with("//") || specifier.contains(':') {
            return Err(SourceError::Missing(format!(
                "@import {specifier} leads out of the house"
            )));
        }
        Ok(flat(&from.with_file_name(specifier)).into())
    }
}

fn unreadable(why: &CssError<BundleErrorKind<'_, SourceError>>, entry: &Path, house: &Path) -> anyhow::Error {
    match &why.kind {
        BundleErrorKind::ResolverError(SourceError::Broken(said)) => anyhow!("{said}"),
        kind => placed(kind, why.loc.as_ref(), entry, house),
    }
}

/// `style/list.css:12:3: reason`. The library counts lines from 0.
fn placed(what: &impl std::fmt::Display, at: Option<&ErrorLocation>, entry: &Path, house: &Path) -> anyhow::Error {
    match at {
        Some(at) => anyhow!(
            "{}:{}:{}: {what}",
            short(Path::new(&at.filename), house),
            at.line + 1,
            at.column
        ),
        None => anyhow!("{}: {what}", short(entry, house)),
    }
}

fn short(path: &Path, house: &Path) -> String {
    path.strip_prefix(house).unwrap_or(path).display().to_string()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A house with these files under `style/` and one font in the site.
    fn bundled(files: &[(&str, &str)], release: bool) -> Result<String> {
        let house = tempfile::tempdir().unwrap();
        for (name, css) in files {
            let path = house.path().join("style").join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, css).unwrap();
        }
        let mut site = Site::default();
        site.add_hashed("fonts/inter.woff2", b"abc".to_vec()).unwrap();
        bundle(&house.path().join("style/main.css"), house.path(), release, &site)
    }

    fn refused(files: &[(&str, &str)]) -> String {
        bundled(files, false).unwrap_err().to_string()
    }

    #[test]
    fn imports_are_bundled_in_their_layers() {
        let main = "@layer base, list;\n@import \"ui/list.css\" layer(list);\n@layer base { a { color: #ff0000 } }";
        let css = bundled(&[("main.css", main), ("ui/list.css", "tr { color: blue }")], true).unwrap();
        // In the order the layers were named in, not the order they were filled in.
        assert_eq!(css.trim(), "@layer base{a{color:red}}@layer list{tr{color:#00f}}");
    }

    #[test]
    fn a_broken_stylesheet_is_named_with_file_line_and_reason() {
        assert_eq!(
            refused(&[("main.css", "@import \"gone.css\";")]),
            "style/main.css:1:1: style/gone.css cannot be read: No such file or directory (os error 2)"
        );
        let list = [
            ("main.css", "@import \"list.css\";"),
            ("list.css", "a {}\n\nb { color: red"),
        ];
        assert!(
            refused(&list).starts_with("style/list.css:3:3: what opens here is never closed"),
            "{}",
            refused(&list)
        );
        let selector = [
            ("main.css", "@import \"list.css\";"),
            ("list.css", "a {}\n a..b { color: red }"),
        ];
        assert!(
            refused(&selector).starts_with("style/list.css:2:"),
            "{}",
            refused(&selector)
        );
        let import = refused(&[("main.css", "@import \"https://fonts.example/x.css\";")]);
        assert!(import.contains("leads out of the house"), "{import}");
        assert!(
            bundled(&[], false)
                .unwrap_err()
                .to_string()
                .contains("style/main.css cannot be read")
        );
    }

    #[test]
    fn addresses_become_those_of_the_published_files() {
        let face = |url: &str| format!("\n@font-face {{ font-family: Inter; src: url({url}) }}");
        for url in ["/fonts/inter.woff2", "\"../../public/fonts/inter.woff2\""] {
            let css = bundled(
                &[("main.css", "@import \"ui/font.css\";"), ("ui/font.css", &face(url))],
                true,
            )
            .unwrap();
            assert!(css.contains("url(\"fonts/inter-ba7816bf.woff2\")"), "{css}");
        }
        let css = bundled(
            &[(
                "main.css",
                "a { background: url(#x), url('data:image/svg+xml,<a b=\"c\"/>') }",
            )],
            true,
        )
        .unwrap();
        assert!(css.contains("url(\"#x\")") && css.contains("<a b=\\\"c\\\"/>"), "{css}");
        let gone = refused(&[("main.css", &face("/fonts/gone.woff2"))]);
        assert_eq!(
            gone,
            "style/main.css:2: url(/fonts/gone.woff2): there is no public/fonts/gone.woff2"
        );
        let hint = refused(&[("main.css", &face("fonts/inter.woff2"))]);
        assert!(
            hint.ends_with("is not a file of public/: write url(/fonts/inter.woff2)"),
            "{hint}"
        );
        assert!(refused(&[("main.css", &face("https://x.example/a.woff2"))]).contains("leads out of the house"));
    }

    #[test]
    fn a_theme_follows_the_attribute_where_light_dark_is_unknown() {
        let main = ":root { color-scheme: light dark; --bg: light-dark(oklch(98% .01 200), oklch(19% .01 220)) }\n\
                    :root[data-theme=\"dark\"] { color-scheme: dark }";
        let css = bundled(&[("main.css", main)], true).unwrap();
        assert!(
            css.contains("oklch(98% .01 200)") && !css.contains("light-dark("),
            "{css}"
        );
        assert!(
            css.contains(":root[data-theme=dark]{--lightningcss-light: ;--lightningcss-dark:initial;"),
            "{css}"
        );
    }
}
