//! The way out: a mail server, or a folder into which letters are laid where there is none.

use std::{
    fmt, fs,
    path::{Path, PathBuf},
    time::Duration,
};

use lettre::{AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor, transport::smtp::extension::ClientId};
use model::letter::LetterFault;
use url::Url;

/// Where letters go.
#[derive(Clone)]
pub enum Way {
    /// Into a folder, as files that mail programs open.
    Folder(PathBuf),
    /// To a mail server.
    Server(Box<Server>),
}

/// A mail server.
#[derive(Clone)]
pub struct Server {
    transport: AsyncSmtpTransport<Tokio1Executor>,
    /// Its address without its secrets.
    shown: String,
    /// One that says nothing for so long is not there.
    patience: Duration,
}

/// Why a way cannot be gone.
#[derive(Debug, thiserror::Error)]
#[error("{}", .0.word())]
pub struct WayFault(pub LetterFault);

impl WayFault {
    /// In the words of whoever refused.
    #[expect(clippy::needless_pass_by_value, reason = "errors are handed over as they come")]
    fn said(words: impl ToString) -> Self {
        Self(LetterFault::Said(words.to_string()))
    }
}

impl fmt::Display for Way {
    /// The way as an administrator may see it: no password.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(folder) => write!(f, "{}", folder.display()),
            Self::Server(server) => f.write_str(&server.shown),
        }
    }
}

impl Way {
    /// To the server of that address: `smtp://host:25`, `smtp://host:587?tls=required`, `smtps://user:password@host`.
    ///
    /// # Errors
    /// When it is no such address.
    pub fn server(address: &str, name: &str, patience: Duration) -> Result<Self, WayFault> {
        let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(address)
            .map_err(WayFault::said)?
            .hello_name(ClientId::Domain(name.to_owned()))
            .timeout(Some(patience));
        let shown = Url::parse(address)
            .ok()
            .and_then(|mut url| {
                url.set_password(None).ok()?;
                Some(url.to_string())
            })
            .unwrap_or_default();
        Ok(Self::Server(Box::new(Server {
            transport: builder.build(),
            shown,
            patience,
        })))
    }

    /// Hands a letter over.
    ///
    /// # Errors
    /// What the server, or the system, said.
    pub(super) async fn send(&self, name: &str, message: Message) -> Result<(), WayFault> {
        match self {
            Self::Folder(folder) => {
                let (folder, name) = (folder.clone(), name.to_owned());
                let lay = move || lay(&folder, &name, &message.formatted());
                tokio::task::spawn_blocking(lay)
                    .await
                    .map_err(WayFault::said)?
                    .map_err(WayFault::said)
            }
            Self::Server(server) => {
                let sent = tokio::time::timeout(2 * server.patience, server.transport.send(message)).await;
                match sent {
                    Ok(Ok(_)) => Ok(()),
                    Ok(Err(error)) => Err(WayFault::said(in_full(&error))),
                    Err(_) => Err(WayFault(LetterFault::Silent)),
                }
            }
        }
    }

    /// Asks the way whether a letter could go.
    ///
    /// # Errors
    /// What the server, or the system, said.
    pub async fn test(&self) -> Result<(), WayFault> {
        match self {
            Self::Folder(folder) => fs::create_dir_all(folder)
                .and_then(|()| tempfile_in(folder))
                .map_err(WayFault::said),
            Self::Server(server) => match server.transport.test_connection().await {
                Ok(true) => Ok(()),
                Ok(false) => Err(WayFault(LetterFault::Closed)),
                Err(error) => Err(WayFault::said(in_full(&error))),
            },
        }
    }
}

/// An error with its causes: the first alone often says only that there was one.
fn in_full(error: &dyn std::error::Error) -> String {
    let mut words = error.to_string();
    let mut cause = error.source();
    while let Some(deeper) = cause {
        let more = deeper.to_string();
        if !words.contains(&more) {
            words = format!("{words}: {more}");
        }
        cause = deeper.source();
    }
    words
}

/// Lays a file into a folder so that nobody ever sees half of it.
fn lay(folder: &Path, name: &str, bytes: &[u8]) -> std::io::Result<()> {
    fs::create_dir_all(folder)?;
    let unfinished = folder.join(format!(".{name}"));
    fs::write(&unfinished, bytes)?;
    fs::rename(unfinished, folder.join(format!("{name}.eml")))
}

fn tempfile_in(folder: &Path) -> std::io::Result<()> {
    let probe = folder.join(".probe");
    fs::write(&probe, b"")?;
    fs::remove_file(probe)
}
