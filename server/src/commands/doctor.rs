//! `hark doctor`: what is wrong with this instance, and what to do about it.

use std::process::ExitCode;

use backend::{Backend, Operator};
use serde::Serialize;

use super::{Failure, open, print_json};
use crate::{config::Config, mail::Mail};

/// Look for what is wrong, and say what to do about it.
#[derive(clap::Args)]
pub struct Doctor {
    /// Print JSON
    #[arg(long)]
    json: bool,
}

/// How it stands with one thing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
enum State {
    Good,
    /// Works, and deserves a look.
    Look,
    Wrong,
}

/// One thing that was looked at.
#[derive(Debug, Serialize)]
struct Finding {
    about: &'static str,
    state: State,
    words: String,
}

const OPERATOR: Operator = Operator::at_the_command_line();
/// As long as any machine that runs this has existed: 2026-01-01.
const OLDEST_MS: i64 = 1_767_225_600_000;
/// The least room for new recordings.
const LEAST_FREE: u64 = 1 << 30;

/// Looks, and ends with a failure where something is wrong.
pub async fn doctor(config: &Config, doctor: &Doctor) -> Result<ExitCode, Failure> {
    let findings = match open(config).await {
        Ok(backend) => {
            let mut findings = vec![database(&backend).await];
            findings.extend(storage(&backend, config).await);
            findings.extend(quick(config, &backend).await);
            findings
        }
        Err(failure) => vec![
            clock(),
            proxies(config),
            mail(config).await,
            wrong("database", failure.0),
        ],
    };
    if doctor.json {
        print_json(&findings)?;
    } else {
        for finding in &findings {
            let state = match finding.state {
                State::Good => "good",
                State::Look => "look",
                State::Wrong => "WRONG",
            };
            println!("{:<9} {state:<6} {}", finding.about, finding.words);
        }
    }
    let ill = findings.iter().any(|finding| finding.state == State::Wrong);
    Ok(if ill { ExitCode::FAILURE } else { ExitCode::SUCCESS })
}

/// What can be looked at in a moment.
async fn quick(config: &Config, backend: &Backend) -> Vec<Finding> {
    let mut findings = vec![clock(), proxies(config)];
    findings.extend(accounts(backend).await);
    findings.extend(keys(backend).await);
    findings.push(mail(config).await);
    findings
}

/// Writes into the log what a starting server finds wrong, or worth a look.
pub async fn warn(config: Config, backend: Backend) {
    for Finding { about, state, words } in quick(&config, &backend).await {
        match state {
            State::Good => {}
            State::Look => tracing::info!(about, "{words}"),
            State::Wrong => tracing::warn!(about, "{words}"),
        }
    }
}

fn good(about: &'static str, words: impl Into<String>) -> Finding {
    finding(about, State::Good, words)
}

fn look(about: &'static str, words: impl Into<String>) -> Finding {
    finding(about, State::Look, words)
}

fn wrong(about: &'static str, words: impl Into<String>) -> Finding {
    finding(about, State::Wrong, words)
}

fn finding(about: &'static str, state: State, words: impl Into<String>) -> Finding {
    Finding {
        about,
        state,
        words: words.into(),
    }
}

fn clock() -> Finding {
    use backend::Clock;
    let now = backend::SystemClock.now();
    let shown = backend::Calendar::utc().stamp(now).rfc3339();
    if now.0 < OLDEST_MS {
        wrong(
            "clock",
            format!("The clock says {shown}: links and sessions would end at once. Set it (NTP)."),
        )
    } else {
        good("clock", format!("It is {shown}."))
    }
}

fn proxies(config: &Config) -> Finding {
    let https = config
        .public_url
        .as_deref()
        .is_some_and(|url| url.starts_with("https:"));
    match config.proxies() {
        Err(words) => wrong("proxy", words),
        Ok(named) if https && named.is_empty() => look(
            "proxy",
            "People come over https, so through a proxy, and none is named: where they come from is not known, and sign-ins \
             are not slowed down per place. Name it with HARK_TRUSTED_PROXIES, and let it set X-Forwarded-For.",
        ),
        Ok(_) if config.public_url.is_none() => look(
            "proxy",
            "HARK_PUBLIC_URL is not set: letters lead to the address that is listened on, and cookies travel over http.",
        ),
        Ok(named) => good(
            "proxy",
            format!("{} trusted, people use {}.", named.len(), config.public_url()),
        ),
    }
}

async fn database(backend: &Backend) -> Finding {
    match backend.check_database(OPERATOR).await {
        Ok(faults) if faults.is_empty() => good("database", "It answers, its tables are up to date and whole."),
        Ok(faults) => wrong(
            "database",
            format!("It is damaged: {}. Restore a backup.", faults.join("; ")),
        ),
        Err(error) => wrong("database", error.to_string()),
    }
}

async fn storage(backend: &Backend, config: &Config) -> Vec<Finding> {
    let mut findings = vec![];
    match rustix::fs::statvfs(&config.data_dir) {
        Ok(disk) => {
            let free = disk.f_bavail * disk.f_frsize;
            let words = format!("{} MiB are free in {}.", free >> 20, config.data_dir.display());
            findings.push(if free < LEAST_FREE {
                look("storage", format!("{words} Make room: what does not fit is refused."))
            } else {
                good("storage", words)
            });
        }
        Err(error) => findings.push(wrong("storage", format!("{}: {error}", config.data_dir.display()))),
    }
    match backend.check_storage(OPERATOR).await {
        Ok(check) if check.missing.is_empty() => {
            findings.push(good("storage", format!("All {} sounds are there.", check.found)));
            if !check.unknown.is_empty() {
                findings.push(look(
                    "storage",
                    format!(
                        "{} files belong to no recording, the first is {}. They were left behind when a process ended between \
                         writing and noting; bringing the same call again takes them up.",
                        check.unknown.len(),
                        check.unknown.first().map_or("", String::as_str)
                    ),
                ));
            }
        }
        Ok(check) => findings.push(wrong(
            "storage",
            format!(
                "{} sounds are missing, the first is {}. Restore them from a backup.",
                check.missing.len(),
                check.missing.first().map_or("", String::as_str)
            ),
        )),
        Err(error) => findings.push(wrong("storage", error.to_string())),
    }
    findings
}

async fn accounts(backend: &Backend) -> Vec<Finding> {
    let filter = backend::account::AccountFilter {
        role: Some(model::account::Role::Super),
        status: Some(model::account::Status::Active),
        ..Default::default()
    };
    let supers = match backend.accounts(OPERATOR, &filter).await {
        Ok(found) => found.len(),
        Err(error) => return vec![wrong("accounts", error.to_string())],
    };
    let claimed = backend.company().await.is_ok_and(|company| company.claimed);
    vec![match (claimed, supers) {
        (false, _) => look(
            "accounts",
            "Nobody has taken Hark into use. `hark setup-code` prints the code that the setup page asks for.",
        ),
        (true, 0) => wrong(
            "accounts",
            "No Super user can sign in. `hark user reset-password` or `hark user add --role Super` lets one in.",
        ),
        (true, 1) => look(
            "accounts",
            "One Super user can sign in. A second one is of use when the first is away.",
        ),
        (true, several) => good("accounts", format!("{several} Super users can sign in.")),
    }]
}

async fn keys(backend: &Backend) -> Vec<Finding> {
    let keys = match backend.keys(OPERATOR).await {
        Ok(keys) => keys,
        Err(error) => return vec![wrong("keys", error.to_string())],
    };
    let now = backend.now();
    let alive = keys.iter().filter(|key| key.revoked_at.is_none());
    let (over, good_ones): (Vec<_>, Vec<_>) = alive.partition(|key| key.expires_at.is_some_and(|end| end <= now));
    let endless = good_ones.iter().filter(|key| key.expires_at.is_none()).count();
    let mut findings = vec![good("keys", format!("{} keys are good.", good_ones.len()))];
    if let Some(key) = over.first() {
        findings.push(look(
            "keys",
            format!(
                "{} keys have ended, such as {}. Make new ones with `hark key add`.",
                over.len(),
                key.name
            ),
        ));
    }
    if endless > 0 {
        findings.push(look(
            "keys",
            format!("{endless} of them never end. `hark key add --days` makes one that does."),
        ));
    }
    findings
}

async fn mail(config: &Config) -> Finding {
    let mail = match Mail::of(config) {
        Ok(mail) => mail,
        Err(failure) => return wrong("mail", failure.0),
    };
    let in_the_open = config
        .smtp_url
        .as_deref()
        .is_some_and(|url| url.starts_with("smtp:") && !url.contains("tls=") && !is_local(url));
    match mail.way.test().await {
        Err(error) => wrong("mail", format!("{} takes no letters: {error}", mail.way)),
        Ok(()) if config.smtp_url.is_none() => look(
            "mail",
            format!(
                "Letters only land in {}. Name a mail server with HARK_SMTP_URL.",
                mail.way
            ),
        ),
        Ok(()) if in_the_open => look(
            "mail",
            format!(
                "{} answers, and links and passwords go to it in the open. Add ?tls=required or use smtps:.",
                mail.way
            ),
        ),
        Ok(()) => good("mail", format!("{} answers.", mail.way)),
    }
}

fn is_local(address: &str) -> bool {
    let host = url::Url::parse(address)
        .ok()
        .and_then(|url| url.host_str().map(ToOwned::to_owned));
    host.is_some_and(|host| host == "localhost" || host.parse::<std::net::IpAddr>().is_ok_and(|ip| ip.is_loopback()))
}
