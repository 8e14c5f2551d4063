//! Watches: builds on every save and starts the server again.
//!
//! A look at every file's time, four times a second: a few hundred files cost a millisecond, on every file system.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::time::{Duration, Instant, SystemTime};

use anyhow::{Context, Result};
use rustix::process::{Pid, Signal, kill_process};

use crate::locate::House;

const LOOK_EVERY: Duration = Duration::from_millis(250);
/// How long the server may take to end what it is doing.
const PATIENCE: Duration = Duration::from_secs(5);

/// What a save is seen by: the times of all watched files.
type Times = BTreeMap<PathBuf, SystemTime>;

/// Never ends by itself. A build that fails leaves the server running and waits for the next save.
pub fn watch(house: &House, command: &[String]) -> Result<()> {
    let mut server: Option<Child> = None;
    loop {
        let seen = times(house)?;
        match crate::build(house, false).and_then(|()| crate::compile::server(house)) {
            Ok(true) => {
                if let Some(old) = server.take() {
                    stop(old)?;
                }
                server = start(command)?;
            }
            Ok(false) => println!("The server does not compile; what ran before goes on."),
            Err(why) => println!("bundle: {why:#}"),
        }
        println!("Watching app, frontend, public, server and style; save a file to build again.");
        wait_for_change(house, &seen)?;
    }
}

/// Returns when a file differs from what was seen, and the saving has come to rest.
fn wait_for_change(house: &House, seen: &Times) -> Result<()> {
    let mut now = times(house)?;
    while now == *seen {
        pause();
        now = times(house)?;
    }
    loop {
        pause();
        let later = times(house)?;
        if later == now {
            return Ok(());
        }
        now = later;
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "a tool of one thread that waits for people, not the server"
)]
fn pause() {
    std::thread::sleep(LOOK_EVERY);
}

fn times(house: &House) -> Result<Times> {
    let mut times = Times::new();
    for part in [
        "app",
        "frontend/src",
        "public",
        "server",
        "style",
        "Cargo.lock",
        "Cargo.toml",
        "frontend/Cargo.toml",
    ] {
        add_times(&house.root.join(part), &mut times).with_context(|| format!("{part} cannot be watched"))?;
    }
    Ok(times)
}

fn add_times(path: &Path, times: &mut Times) -> std::io::Result<()> {
    // A file may vanish while an editor replaces it: that is a change, not an error.
    let Ok(about) = std::fs::metadata(path) else {
        return Ok(());
    };
    if about.is_dir() {
        for entry in std::fs::read_dir(path)? {
            add_times(&entry?.path(), times)?;
        }
    } else {
        times.insert(path.to_owned(), about.modified()?);
    }
    Ok(())
}

fn start(command: &[String]) -> Result<Option<Child>> {
    let Some((program, arguments)) = command.split_first() else {
        return Ok(None);
    };
    let child = Command::new(program).args(arguments).spawn();
    child
        .map(Some)
        .with_context(|| format!("{program} could not be started"))
}

/// Asks the server to end, and ends it when it does not.
fn stop(mut server: Child) -> Result<()> {
    if let Some(pid) = i32::try_from(server.id()).ok().and_then(Pid::from_raw) {
        // It may have ended by itself: then there is nobody to ask.
        let _ = kill_process(pid, Signal::TERM);
    }
    let asked = Instant::now();
    while server.try_wait()?.is_none() {
        if asked.elapsed() > PATIENCE {
            server.kill()?;
        }
        pause();
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_saved_a_new_and_a_removed_file_are_seen() {
        let root = tempfile::tempdir().unwrap();
        std::fs::create_dir(root.path().join("style")).unwrap();
        let file = root.path().join("style/main.css");
        let house = House {
            root: root.path().to_owned(),
            target: root.path().join("target"),
        };
        let none = times(&house).unwrap();
        std::fs::write(&file, "a{}").unwrap();
        let one = times(&house).unwrap();
        assert_ne!(none, one);
        let opened = std::fs::File::options().write(true).open(&file).unwrap();
        opened.set_modified(SystemTime::UNIX_EPOCH).unwrap();
        assert_ne!(one, times(&house).unwrap());
        std::fs::remove_file(&file).unwrap();
        assert_eq!(none, times(&house).unwrap());
    }

    #[test]
    fn a_server_that_listens_to_nobody_is_ended() {
        let deaf = start(&["sleep".to_owned(), "1000".to_owned()]).unwrap().unwrap();
        let pid = deaf.id();
        stop(deaf).unwrap();
        assert!(!Path::new(&format!("/proc/{pid}")).exists());
    }
}
