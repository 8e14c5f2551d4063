//! A Hark of its own, with a demo company and someone who hears everything.

use std::{
    fs,
    io::{BufRead, BufReader},
    net::Ipv4Addr,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use tempfile::TempDir;
use ureq::{
    Agent,
    http::{Response, header},
};

use crate::{Result, tools::output};

pub const EMAIL: &str = "erik.almhojd@lingonkullen.example";
pub const PASSWORD: &str = "Lingon-2026!";

/// The running server; ends with this.
pub struct Hark {
    program: PathBuf,
    data: Data,
    server: Child,
    pub url: String,
    /// What the browser of the one who hears everything would send.
    pub cookie: String,
}

/// Where the data is: made for this one, and gone with it, or there before.
enum Data {
    Own(TempDir),
    There(PathBuf),
}

impl Data {
    fn path(&self) -> &Path {
        match self {
            Self::Own(folder) => folder.path(),
            Self::There(folder) => folder,
        }
    }
}

impl Hark {
    /// Starts it and signs in.
    pub fn start(program: &Path) -> Result<Self> {
        let data = tempfile::tempdir()?;
        output(program, command(data.path(), ["demo", "load"]))?;
        Self::on(program, Data::Own(data), EMAIL, PASSWORD)
    }

    /// Starts it on data that is there, and signs that account in.
    pub fn over(program: &Path, data: &Path, email: &str, password: &str) -> Result<Self> {
        Self::on(program, Data::There(data.to_owned()), email, password)
    }

    fn on(program: &Path, data: Data, email: &str, password: &str) -> Result<Self> {
        let listen = format!("127.0.0.1:{}", free_port()?);
        let mut server = Command::new(program)
            .args(command(data.path(), ["serve", "--listen", &listen]))
            // Whoever measures may come from many places.
            .env("HARK_TRUSTED_PROXIES", "127.0.0.1/32")
            .stdout(Stdio::piped())
            .stderr(fs::File::create(data.path().join("log"))?)
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
            Some(Ok(line)) if line.contains(&hark.url) => hark.cookie = hark.sign_in_as(email, password)?,
            other => return Err(format!("the server did not start: {other:?}").into()),
        }
        Ok(hark)
    }

    /// Signs in once more; gives the cookie of that session.
    pub fn sign_in(&self) -> Result<String> {
        self.sign_in_as(EMAIL, PASSWORD)
    }

    fn sign_in_as(&self, email: &str, password: &str) -> Result<String> {
        let fields = [("email", email), ("password", password)];
        let answer = self.call(&agent(), "account/sign-in", &fields, None, 0)?;
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
        let id = self.run(&[
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
        ])?;
        Ok(format!("{}/media/{}", self.url, id.trim()))
    }

    /// Runs a command on the same data, in another process; gives what it printed.
    pub fn run(&self, words: &[&str]) -> Result<String> {
        output(&self.program, command(self.data.path(), words.iter().copied()))
    }

    /// Calls a function as a page does, from the place on the net with that number.
    pub fn call(
        &self,
        agent: &Agent,
        name: &str,
        fields: &[(&str, &str)],
        cookie: Option<&str>,
        place: u32,
    ) -> Result<Response<ureq::Body>> {
        let asked = agent
            .post(format!("{}/fn/{name}", self.url))
            .header("Sec-Fetch-Site", "same-origin")
            .header("X-Forwarded-For", Ipv4Addr::from((10 << 24) + place).to_string())
            .header(header::COOKIE, cookie.unwrap_or_default());
        Ok(asked.send_form(fields.iter().copied())?)
    }

    /// Whether nothing in the server has panicked.
    pub fn is_well(&self) -> Result<()> {
        let log = fs::read_to_string(self.data.path().join("log"))?;
        match log.lines().position(|line| line.contains("panicked at")) {
            Some(line) => Err(log.lines().skip(line).take(2).collect::<String>().into()),
            None => Ok(()),
        }
    }

    /// Asks for a page.
    pub fn get(&self, agent: &Agent, path: &str) -> Result<Response<ureq::Body>> {
        let asked = agent.get(format!("{}{path}", self.url));
        Ok(asked.header(header::COOKIE, &self.cookie).call()?)
    }

    /// The most memory the server has held so far, in MiB.
    pub fn peak_memory_mib(&self) -> Result<f64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.server.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
        let kib = line.and_then(|line| line.split_whitespace().next());
        Ok(kib
            .ok_or("the system does not say how much memory it holds")?
            .parse::<f64>()?
            / 1024.0)
    }

    /// What stands behind `/set-password/` in so many letters, as soon as they are there.
    #[expect(clippy::disallowed_methods, reason = "letters lie in a folder and tell nobody")]
    pub fn links(&self, count: usize) -> Result<Vec<String>> {
        let folder = self.data.path().join("mail");
        let patience = Instant::now() + Duration::from_mins(2);
        loop {
            let letters: Vec<_> = fs::read_dir(&folder)?.collect::<std::io::Result<_>>()?;
            if letters.len() >= count {
                return letters.iter().map(|letter| link(&letter.path())).collect();
            }
            if Instant::now() > patience {
                return Err(format!("{} letters of {count} have left", letters.len()).into());
            }
            thread::sleep(Duration::from_millis(200));
        }
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

/// The status of an answer, also of one that ureq takes for a fault.
pub fn status(answer: Result<Response<ureq::Body>>) -> Result<u16> {
    match answer {
        Ok(answer) => Ok(answer.status().as_u16()),
        Err(error) => match error.downcast_ref() {
            Some(ureq::Error::StatusCode(status)) => Ok(*status),
            _ => Err(error),
        },
    }
}

/// What stands behind `/set-password/` in a letter; lines that were too long for mail are joined first.
fn link(letter: &Path) -> Result<String> {
    let text = fs::read_to_string(letter)?.replace("=\r\n", "");
    let token = text.split_once("/set-password/").map(|(_, rest)| {
        rest.chars()
            .take_while(|sign| sign.is_ascii_alphanumeric() || "-_".contains(*sign))
            .collect()
    });
    Ok(token.ok_or_else(|| format!("there is no link in {}", letter.display()))?)
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
