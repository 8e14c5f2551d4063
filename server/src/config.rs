//! What can be set, and where it was set: default < file < environment < flag. One name in all of them.

use std::{
    net::IpAddr,
    path::{Path, PathBuf},
};

use figment::{
    Figment,
    providers::{Env, Format, Serialized, Toml},
};
use ipnet::IpNet;
use serde::{Deserialize, Serialize};
use url::Url;

/// Everything that can be set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// Where the server listens.
    pub listen: String,
    /// Where everything lies: database, sound, keys.
    pub data_dir: PathBuf,
    /// `sqlite:…` or `postgres:…`; a file in the data folder when none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub database_url: Option<String>,
    /// The address people use. With `https:` cookies are bound to it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub public_url: Option<String>,
    /// Proxies whose word is taken on where a request comes from: addresses or networks, separated by commas.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub trusted_proxies: Option<String>,
    /// The mail server: `smtp://host:587?tls=required`, `smtps://user:password@host`. Letters are laid into a folder when
    /// none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub smtp_url: Option<String>,
    /// That folder; `mail` in the data folder when none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail_dir: Option<PathBuf>,
    /// In whose name letters are sent: `Hark <hark@example.org>`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mail_from: Option<String>,
    /// A folder into which a switch puts its files.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub watch_dir: Option<PathBuf>,
    /// How the switch names them, where it writes no sidecar.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub watch_template: Option<String>,
    /// For how many seconds a file there must have stood still before it is taken.
    pub watch_settle: u32,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            listen: "127.0.0.1:3000".to_owned(),
            data_dir: PathBuf::from("data"),
            database_url: None,
            public_url: None,
            trusted_proxies: None,
            smtp_url: None,
            mail_dir: None,
            mail_from: None,
            watch_dir: None,
            watch_template: None,
            watch_settle: 30,
        }
    }
}

/// What was said on the command line; each beats the environment and the file.
#[derive(Clone, Debug, Default, Serialize, clap::Args)]
pub struct Flags {
    /// Read settings from this TOML file [default: hark.toml, where there is one]
    #[arg(long, global = true, value_name = "FILE")]
    #[serde(skip)]
    pub config: Option<PathBuf>,
    /// Keep everything in this folder [env: `HARK_DATA_DIR`] [default: data]
    #[arg(long, global = true, value_name = "FOLDER")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub data_dir: Option<PathBuf>,
    /// Use this database [env: `HARK_DATABASE_URL`] [default: SQLite in the data folder]
    #[arg(long, global = true, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub database_url: Option<String>,
}

impl Config {
    /// Reads every source. `more` are further flags of a command.
    ///
    /// # Errors
    /// When a file cannot be read, or holds what nobody knows; the text says where.
    pub fn read(flags: &Flags, more: impl Serialize) -> Result<Self, Box<figment::Error>> {
        sources(flags, more)?.extract().map_err(Box::new)
    }

    /// Every setting as it is, with where it was set. What is secret is hidden.
    ///
    /// # Errors
    /// As [`Self::read`].
    pub fn explain(flags: &Flags) -> Result<Vec<Setting>, Box<figment::Error>> {
        let sources = sources(flags, serde_json::json!({}))?;
        sources.extract::<Self>().map_err(Box::new)?;
        Ok(KNOWN
            .iter()
            .map(|name| {
                let value = sources.find_value(name).ok();
                let origin = sources
                    .find_metadata(name)
                    .map_or("not set", |metadata| match &metadata.source {
                        _ if metadata.name.contains("environment") => "environment",
                        Some(_) if metadata.name.contains("TOML") => "file",
                        _ if value.as_ref().is_some_and(|_| set_by_flag(flags, name)) => "flag",
                        _ => "default",
                    });
                let shown = value.as_ref().map(|value| match (value.as_str(), value.to_u128()) {
                    (Some(text), _) => without_secret(text),
                    (None, Some(number)) => number.to_string(),
                    (None, None) => format!("{value:?}"),
                });
                Setting {
                    name,
                    value: shown,
                    origin,
                }
            })
            .collect())
    }

    /// The database's address.
    #[must_use]
    pub fn database_url(&self) -> String {
        self.database_url
            .clone()
            .unwrap_or_else(|| format!("sqlite:{}", self.data_dir.join("hark.db").display()))
    }

    /// The proxies whose word is taken.
    ///
    /// # Errors
    /// With the word that is neither an address nor a network.
    pub fn proxies(&self) -> Result<Vec<IpNet>, String> {
        let words = self
            .trusted_proxies
            .as_deref()
            .unwrap_or_default()
            .split(',')
            .map(str::trim);
        let net = |word: &str| word.parse().or_else(|_| word.parse::<IpAddr>().map(IpNet::from));
        words
            .filter(|word| !word.is_empty())
            .map(|word| net(word).map_err(|_| format!("trusted_proxies: {word} is neither an address nor a network")))
            .collect()
    }

    /// The address people use.
    #[must_use]
    pub fn public_url(&self) -> String {
        let url = self
            .public_url
            .clone()
            .unwrap_or_else(|| format!("http://{}", self.listen));
        url.trim_end_matches('/').to_owned()
    }
}

/// A setting as it is.
#[derive(Clone, Debug, Serialize)]
pub struct Setting {
    pub name: &'static str,
    pub value: Option<String>,
    /// `default`, `file`, `environment`, `flag` or `not set`.
    pub origin: &'static str,
}

/// Every setting there is.
const KNOWN: [&str; 11] = [
    "listen",
    "data_dir",
    "database_url",
    "public_url",
    "trusted_proxies",
    "smtp_url",
    "mail_dir",
    "mail_from",
    "watch_dir",
    "watch_template",
    "watch_settle",
];

fn sources(flags: &Flags, more: impl Serialize) -> Result<Figment, Box<figment::Error>> {
    let file = match &flags.config {
        Some(path) => Toml::file_exact(path),
        None => Toml::file_exact(Path::new("hark.toml")),
    };
    misspelt(&KNOWN)?;
    let mut sources = Figment::from(Serialized::defaults(Config::default()));
    if flags.config.is_some() || Path::new("hark.toml").is_file() {
        sources = sources.merge(file);
    }
    Ok(sources
        .merge(Env::prefixed("HARK_").only(&KNOWN))
        .merge(Serialized::defaults(flags))
        .merge(Serialized::defaults(more)))
}

fn set_by_flag(flags: &Flags, name: &str) -> bool {
    match name {
        "data_dir" => flags.data_dir.is_some(),
        "database_url" => flags.database_url.is_some(),
        _ => false,
    }
}

/// An address without the password in it.
fn without_secret(text: &str) -> String {
    let hidden = Url::parse(text).ok().and_then(|mut url| {
        url.password()?;
        url.set_password(Some("hidden")).ok()?;
        Some(url.to_string())
    });
    hidden.unwrap_or_else(|| text.to_owned())
}

/// Refuses a variable that was surely meant to be one of ours. Others beginning with `HARK_` may be someone else's.
fn misspelt(known: &[&str]) -> Result<(), Box<figment::Error>> {
    for (name, _) in std::env::vars_os() {
        let name = name.to_string_lossy().into_owned();
        let Some(key) = name.strip_prefix("HARK_").map(str::to_ascii_lowercase) else {
            continue;
        };
        if let Some(meant) = nearest(&key, known) {
            let meant = meant.to_ascii_uppercase();
            return Err(Box::new(
                format!("there is no setting {name}; HARK_{meant} was meant?").into(),
            ));
        }
    }
    Ok(())
}

/// The key that was meant by one that is none: all but two signs of it are there.
fn nearest<'a>(key: &str, known: &[&'a str]) -> Option<&'a str> {
    if known.contains(&key) {
        return None;
    }
    known.iter().copied().find(|known| strsim::levenshtein(known, key) <= 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flag_beats_a_file_and_an_unknown_key_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("hark.toml");
        std::fs::write(&path, "listen = \"127.0.0.1:4000\"\ndata_dir = \"/from/file\"\n").unwrap();
        let flags = Flags {
            config: Some(path.clone()),
            data_dir: Some("/from/flag".into()),
            database_url: None,
        };
        let config = Config::read(&flags, serde_json::json!({})).unwrap();
        assert_eq!(config.listen, "127.0.0.1:4000");
        assert_eq!(config.data_dir, PathBuf::from("/from/flag"));
        assert_eq!(config.database_url(), "sqlite:/from/flag/hark.db");
        std::fs::write(&path, "lisen = \"x\"\n").unwrap();
        let error = Config::read(&flags, serde_json::json!({})).unwrap_err().to_string();
        assert!(error.contains("lisen") && error.contains("listen"), "{error}");
    }

    #[test]
    fn a_setting_says_where_it_comes_from_and_keeps_its_secret() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("hark.toml");
        std::fs::write(&path, "smtp_url = \"smtps://hark:hemligt@mail.example\"\n").unwrap();
        let flags = Flags {
            config: Some(path),
            data_dir: Some("/from/flag".into()),
            database_url: None,
        };
        let explained = Config::explain(&flags).unwrap();
        let of = |name: &str| explained.iter().find(|setting| setting.name == name).unwrap();
        assert_eq!((of("smtp_url").origin, of("listen").origin), ("file", "default"));
        assert_eq!((of("data_dir").origin, of("watch_dir").origin), ("flag", "not set"));
        assert_eq!(
            of("smtp_url").value.as_deref(),
            Some("smtps://hark:hidden@mail.example")
        );
    }

    #[test]
    fn a_misspelt_variable_is_known_for_what_was_meant() {
        let known = ["watch_dir", "listen"];
        assert_eq!(nearest("watchdir", &known), Some("watch_dir"));
        assert_eq!(nearest("lisen", &known), Some("listen"));
        assert_eq!((nearest("listen", &known), nearest("lang", &known)), (None, None));
    }
}
