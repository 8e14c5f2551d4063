//! What is acknowledged is on the disk, in the order that survives a power cut: seen from below, in the calls that the
//! process makes of the system.

use std::{fs, ops::Range, path::Path, process::Command};

use crate::{house::alaw, real_sound::support::skipped};

/// A call of the system: what was asked, and the lines of the trace between which it was answered.
#[derive(Debug)]
struct Call {
    what: String,
    lines: Range<usize>,
}

/// Reads what `strace -f -y` has written. A call that others come between stands on two lines.
fn read(trace: &str) -> Vec<Call> {
    let lines: Vec<(&str, &str)> = trace.lines().filter_map(|line| line.split_once(' ')).collect();
    let begun = lines
        .iter()
        .enumerate()
        .filter(|(_, (_, said))| !said.trim().starts_with("<..."));
    begun
        .map(|(at, (task, said))| {
            let later = lines[at + 1..].iter().position(|(other, _)| other == task);
            let end = if said.contains("<unfinished ...>") {
                later.map_or(lines.len(), |n| at + 1 + n)
            } else {
                at
            };
            Call {
                what: said.trim().to_owned(),
                lines: at..end,
            }
        })
        .collect()
}

#[test]
fn nothing_is_told_before_it_is_on_the_disk() {
    if skipped("STRACE") {
        return;
    }
    let folder = tempfile::tempdir().unwrap();
    let (data, trace) = (folder.path().join("data"), folder.path().join("trace"));
    fs::write(folder.path().join("call.wav"), alaw()).unwrap();
    let hark = |program: &mut Command, words: &[&str]| {
        let done = program
            .arg("--data-dir")
            .arg(&data)
            .args(words)
            .current_dir(folder.path())
            .env_remove("HARK_DATABASE_URL")
            .output()
            .expect("strace is missing: apt-get install strace, or set HARK_SKIP_STRACE=1");
        assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
        String::from_utf8(done.stdout).unwrap()
    };
    let binary = Path::new(env!("CARGO_BIN_EXE_hark"));
    // The tables are made in advance, so that what follows is one recording alone.
    hark(&mut Command::new(binary), &["user", "list"]);
    let mut traced = Command::new("strace");
    traced.args([
        "-f",
        "-y",
        "-qq",
        "-s",
        "64",
        "-e",
        "trace=write,pwrite64,fsync,fdatasync,rename,renameat,renameat2",
    ]);
    traced.arg("-o").arg(&trace).arg(binary);
    let id = hark(
        &mut traced,
        &[
            "push",
            "call.wav",
            "--call-id",
            "c-1",
            "--direction",
            "incoming",
            "--start",
            "2026-11-20T10:00:00",
            "--extension",
            "a1",
        ],
    );
    let calls = read(&fs::read_to_string(&trace).unwrap());
    // Each step is the first of its kind after the one before it; sound comes in pieces, of which the last counts.
    let mut steps: Vec<(&str, Range<usize>)> = vec![];
    let mut step = |name, verbs: &[&str], place: &str| {
        let begun = |call: &&Call| {
            verbs.iter().any(|verb| call.what.starts_with(&format!("{verb}("))) && call.what.contains(place)
        };
        let found = match steps.last() {
            None => calls.iter().rfind(begun),
            Some((_, before)) => calls.iter().filter(|call| call.lines.start > before.end).find(begun),
        };
        let found = found.unwrap_or_else(|| panic!("it is not so that {name}: after {steps:?} in {calls:#?}"));
        steps.push((name, found.lines.clone()));
    };
    let synced = ["fsync", "fdatasync"];
    step("the sound is written", &["write"], "/data/incoming/");
    step("the sound is on the disk", &synced, "/data/incoming/");
    step("it gets its name", &["rename", "renameat", "renameat2"], "/data/media/");
    step("its name is on the disk", &synced, "/data/media/");
    step("the rows are written", &["pwrite64"], "/hark.db-wal");
    step("the rows are on the disk", &synced, "/hark.db-wal");
    step("it is told", &["write"], id.trim());
    let told = calls
        .iter()
        .filter(|call| call.what.contains(id.trim()) && call.what.starts_with("write(1<"));
    assert_eq!(told.count(), 1, "told once, at the end: {calls:#?}");
}
