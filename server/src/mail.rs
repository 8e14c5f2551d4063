//! The post: hands letters over as they are written, and looks after what time brings.

use std::{path::PathBuf, sync::Arc, time::Duration};

use app::Paper;
use backend::{
    Backend, Operator,
    mail::{Mailbox, Post, Way},
};
use url::Url;

use crate::{commands::Failure, config::Config};

/// A mail server that says nothing for so long is not there.
const ANSWERS_WITHIN: Duration = Duration::from_secs(30);
/// How often it is looked whether a letter waits that another process has written.
const LOOKS_EVERY: Duration = Duration::from_secs(5);
/// How often it is looked what time has brought, in rounds of the above.
const TENDS_EVERY: u32 = 720;

/// How letters leave.
#[derive(Clone)]
pub struct Mail {
    pub way: Way,
    from: Arc<Mailbox>,
    url: Arc<str>,
}

impl Mail {
    /// As the settings have it.
    ///
    /// # Errors
    /// When an address is none.
    pub fn of(config: &Config) -> Result<Self, Failure> {
        let url = config.public_url();
        let host = Url::parse(&url)
            .ok()
            .and_then(|url| url.host_str().map(ToOwned::to_owned))
            .unwrap_or_else(|| "localhost".to_owned());
        // A mailbox has a name of a host, not an address of one.
        let domain = if host.parse::<std::net::IpAddr>().is_ok() || host.starts_with('[') {
            "localhost"
        } else {
            &host
        };
        let from = match &config.mail_from {
            Some(from) => from.parse(),
            None => format!("Hark <hark@{domain}>").parse(),
        };
        let from = from.map_err(|error| Failure(format!("mail_from: {error}")))?;
        let way = match &config.smtp_url {
            Some(address) => {
                Way::server(address, domain, ANSWERS_WITHIN).map_err(|error| Failure(format!("smtp_url: {error}")))?
            }
            None => Way::Folder(config.mail_folder()),
        };
        Ok(Self {
            way,
            from: Arc::new(from),
            url: url.into(),
        })
    }

    /// Hands over what is due, once.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn deliver(&self, backend: &Backend) -> Result<usize, backend::Error> {
        let post = Post {
            way: &self.way,
            from: &self.from,
            stationery: &Paper,
            url: &self.url,
        };
        backend.deliver(Operator::at_the_command_line(), &post).await
    }

    /// Goes on for as long as the server does. Each round is a task of its own: should one panic, the next goes on.
    pub async fn run(self, backend: Backend) {
        for round in 0_u32.. {
            let (mail, house) = (self.clone(), backend.clone());
            let work = async move {
                if round.is_multiple_of(TENDS_EVERY) {
                    house.look_after_accounts(Operator::at_the_command_line()).await?;
                }
                mail.deliver(&house).await
            };
            match tokio::spawn(work).await {
                Ok(Ok(sent)) if sent > 0 => {
                    tracing::info!(sent, "letters were handed over");
                    // There may be more than are taken in hand at a time.
                    continue;
                }
                Ok(Ok(_)) => {}
                Ok(Err(error)) => tracing::error!(%error, "the outbox could not be looked after"),
                Err(error) => tracing::error!(%error, "handing over letters broke off"),
            }
            backend.mail_rings(LOOKS_EVERY).await;
        }
    }
}

impl Config {
    /// Where letters are laid that go to no mail server.
    #[must_use]
    pub fn mail_folder(&self) -> PathBuf {
        self.mail_dir.clone().unwrap_or_else(|| self.data_dir.join("mail"))
    }
}
