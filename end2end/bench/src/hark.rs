//! A Hark of its own, with a demo company and someone who hears everything.

use std::{
    io::{BufRead, BufReader},
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
};

use tempfile::TempDir;
use ureq::{
    Agent,
    http::{Response, header},
};

use crate::{Result, tools::output};

const EMAIL: &str = "erik.almhojd@lingonkullen.example";
const PASSWORD: &str = "Lingon-2026!";

/// The running server; ends with this.
pub struct Hark {
    program: PathBuf,
    data: TempDir,
    server: Child,
    pub url: String,
    /// What the browser of the one who hears everything would send.
    pub cookie: String,
}

impl Hark {
    /// Starts it and signs in.
    pub fn start(program: &Path) -> Result<Self> {
        let data = tempfile::tempdir()?;
        output(program, command(data.path(), ["demo", "load"]))?;
        let listen = format!("127.0.0.1:{}", free_port()?);
        let mut server = Command::new(program)
            .args(command(data.path(), ["serve", "--listen", &listen]))
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()?;
        // It says so when it listens.
        let said = server.stdout.take().map(BufReader::new).map(|mut out| {
            let mut line = String::new();
            out.read_line(&mut line).map(|_| line)
        });
        let url = format!("http://{listen}");
        let mut hark = Self {
            program: program.to_owned(),
            data,
            server,
            url,
            cookie: String::new(),
        };
        match said {
            Some(Ok(line)) if line.contains(&hark.url) => hark.cookie = hark.sign_in()?,
            other => return Err(format!("the server did not start: {other:?}").into()),
        }
        Ok(hark)
    }

    fn sign_in(&self) -> Result<String> {
        let agent = agent();
        let answer = agent
            .post(format!("{}/fn/account/sign-in", self.url))
            .header("Sec-Fetch-Site", "same-origin")
            .send_form([("email", EMAIL), ("password", PASSWORD)])?;
        let cookie = answer
            .headers()
            .get(header::SET_COOKIE)
            .and_then(|cookie| cookie.to_str().ok());
        let cookie = cookie.and_then(|cookie| cookie.split(';').next());
        Ok(cookie.ok_or("signing in gave no cookie")?.to_owned())
    }

    /// Hands over a sound as a switch does; gives where it is played.
    pub fn push(&self, sound: &Path) -> Result<String> {
        let sound = sound.to_string_lossy();
        let id = output(
            &self.program,
            command(
                self.data.path(),
                [
                    "push",
                    &sound,
                    "--call-id",
                    &sound,
                    "--direction",
                    "incoming",
                    "--start",
                    "2026-11-23T10:46:51",
                    "--extension",
                    "201",
                    "--other-number",
                    "+46701740605",
                ],
            ),
        )?;
        Ok(format!("{}/media/{}", self.url, id.trim()))
    }

    /// Asks for a range of a sound.
    pub fn range(&self, agent: &Agent, url: &str, range: &str) -> Result<Response<ureq::Body>> {
        let asked = agent
            .get(url)
            .header(header::COOKIE, &self.cookie)
            .header(header::RANGE, range);
        Ok(asked.call()?)
    }
}

impl Drop for Hark {
    fn drop(&mut self) {
        // It may have ended on its own.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}

/// A client that follows nothing: what the server says is what is looked at.
pub fn agent() -> Agent {
    Agent::config_builder().max_redirects(0).build().into()
}

/// A port that nobody listens on.
pub fn free_port() -> Result<u16> {
    Ok(std::net::TcpListener::bind("127.0.0.1:0")?.local_addr()?.port())
}

fn command<'a>(data: &Path, words: impl IntoIterator<Item = &'a str>) -> Vec<String> {
    let data = data.to_string_lossy().into_owned();
    ["--data-dir".to_owned(), data]
        .into_iter()
        .chain(words.into_iter().map(str::to_owned))
        .collect()
}
