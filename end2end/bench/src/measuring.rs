//! Processor time of commands, and what stands in the middle.

use std::{
    ffi::OsStr,
    path::Path,
    process::{Command, Stdio},
    time::Duration,
};

use nix::sys::resource::{UsageWho, getrusage};

use crate::Result;

/// Rounds in which every arm takes its turn.
pub const ROUNDS: usize = 5;

/// Milliseconds of processor time a command takes, system and user together, until it ends.
pub fn cpu_ms<S: AsRef<OsStr>>(program: &Path, arguments: &[S]) -> Result<f64> {
    let before = ended()?;
    let status = Command::new(program)
        .args(arguments)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .map_err(|error| format!("{}: {error}", program.display()))?;
    if !status.success() {
        return Err(format!("{} ended with {status}", program.display()).into());
    }
    Ok(ended()? - before)
}

/// What all children that have ended took.
fn ended() -> Result<f64> {
    let usage = getrusage(UsageWho::RUSAGE_CHILDREN)?;
    let mut total = Duration::ZERO;
    for time in [usage.user_time(), usage.system_time()] {
        total += Duration::from_secs(time.tv_sec().try_into()?) + Duration::from_micros(time.tv_usec().try_into()?);
    }
    Ok(total.as_secs_f64() * 1e3)
}

/// What stands in the middle.
pub fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    match (sorted.len() / 2, sorted.len() % 2) {
        (_, _) if sorted.is_empty() => f64::NAN,
        (middle, 1) => sorted[middle],
        (middle, _) => f64::midpoint(sorted[middle - 1], sorted[middle]),
    }
}

/// What so many of a hundred stay below.
pub fn percentile(values: &[f64], percent: usize) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1);
    sorted.get(last * percent / 100).copied().unwrap_or(f64::NAN)
}

/// The geometric mean.
pub fn mean(ratios: &[f64]) -> f64 {
    let count: f64 = ratios.iter().map(|_| 1.0).sum();
    ratios.iter().product::<f64>().powf(1.0 / count)
}
