//! `hark serve`.

use std::{path::PathBuf, process::ExitCode, time::Duration};

use backend::{Operator, ingest::NameTemplate};
use rustix::process::{Resource, getrlimit, setrlimit};
use serde::Serialize;
use tokio::{
    net::TcpListener,
    signal::unix::{SignalKind, signal},
};

use super::{Failure, doctor, locale, open};
use crate::{
    assets,
    config::Config,
    listen::{self, Patience},
    mail::Mail,
    serve::{Hark, Outside, router},
    watch::Watch,
};

/// An hour: longer than any call goes on in silence.
const GIVES_UP_AFTER: Duration = Duration::from_hours(1);

/// Start the server.
#[derive(Clone, Debug, Serialize, clap::Args)]
pub struct Serve {
    /// Listen here [env: `HARK_LISTEN`] [default: 127.0.0.1:3000]
    #[arg(long, value_name = "ADDRESS:PORT")]
    #[serde(skip_serializing_if = "Option::is_none")]
    listen: Option<String>,
    /// The address people use [env: `HARK_PUBLIC_URL`] [default: http:// and where it listens]
    #[arg(long, value_name = "URL")]
    #[serde(skip_serializing_if = "Option::is_none")]
    public_url: Option<String>,
    /// Take in what a switch puts into this folder [env: `HARK_WATCH_DIR`]
    #[arg(long, value_name = "FOLDER")]
    #[serde(skip_serializing_if = "Option::is_none")]
    watch_dir: Option<PathBuf>,
    /// How the switch names its files, where it writes no sidecar [env: `HARK_WATCH_TEMPLATE`]
    #[arg(long, value_name = "TEMPLATE")]
    #[serde(skip_serializing_if = "Option::is_none")]
    watch_template: Option<String>,
}

/// Serves until told to stop.
pub async fn serve(config: Config) -> Result<ExitCode, Failure> {
    let assets = assets::assets().map_err(Failure)?;
    let watch = watch(&config)?;
    let (mail, proxies) = (Mail::of(&config)?, config.proxies().map_err(Failure)?);
    let backend = open(&config).await?;
    let swept = backend.sweep(Operator::at_the_command_line())?;
    if swept > 0 {
        tracing::info!(swept, "removed what was still arriving when the server last stopped");
    }
    backend.learn(Operator::at_the_command_line()).await?;
    let listener = TcpListener::bind(&config.listen)
        .await
        .map_err(|error| Failure(format!("{} cannot be listened on: {error}", config.listen)))?;
    let url = config.public_url();
    println!("Hark listens on {url}");
    if config.public_url.is_none() && listener.local_addr()?.ip().is_unspecified() {
        println!("Say which address people use with HARK_PUBLIC_URL, such as https://hark.example.org");
    }
    if let Some(code) = backend.setup_code(Operator::at_the_command_line()).await? {
        println!("Nobody has taken it into use yet. Open {url}/setup and enter the code {code}");
    }
    let watching = watch.map(|watch| tokio::spawn(watch.run(backend.clone())));
    let mailing = tokio::spawn(mail.clone().run(backend.clone()));
    raise_file_limit();
    tokio::spawn(doctor::warn(config.clone(), backend.clone()));
    let outside = Outside {
        public_url: config.public_url.as_deref(),
        trusted_proxies: proxies,
        way: Some(mail.way),
    };
    let router = router(Hark::new(backend, assets, outside));
    listen::listen(listener, router, Patience::default(), stopped()).await;
    for task in watching.into_iter().chain([mailing]) {
        task.abort();
    }
    Ok(ExitCode::SUCCESS)
}

/// Connections, sounds and the database share what the system lets one process hold open; many systems begin at 1,024
/// and allow far more to who asks.
fn raise_file_limit() {
    let mut limit = getrlimit(Resource::Nofile);
    limit.current = limit.maximum;
    if let Err(error) = setrlimit(Resource::Nofile, limit) {
        tracing::warn!(%error, "the limit of open files could not be raised");
    }
}

fn watch(config: &Config) -> Result<Option<Watch>, Failure> {
    let template = config
        .watch_template
        .as_deref()
        .map(|template| NameTemplate::parse(template).map_err(|error| Failure(format!("watch_template: {error}"))))
        .transpose()?;
    let Some(folder) = config.watch_dir.clone() else {
        return Ok(None);
    };
    if !folder.is_dir() {
        return Err(Failure(format!("watch_dir: there is no folder {}", folder.display())));
    }
    Ok(Some(Watch {
        folder,
        template,
        locale: locale(),
        settles_in: Duration::from_secs(config.watch_settle.into()),
        gives_up_after: GIVES_UP_AFTER,
    }))
}

/// Done when the process is told to end.
async fn stopped() {
    let (Ok(mut end), Ok(mut interrupt)) = (signal(SignalKind::terminate()), signal(SignalKind::interrupt())) else {
        tracing::error!("signals cannot be heard; the server ends only by force");
        return std::future::pending().await;
    };
    tokio::select! {
        _ = end.recv() => {}
        _ = interrupt.recv() => {}
    }
}
