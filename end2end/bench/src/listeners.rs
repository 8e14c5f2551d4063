//! Two hundred listeners, each moving about in a call of two hours: how long they wait for sound, and what the server holds.

use std::{
    io::Read,
    path::Path,
    thread,
    time::{Duration, Instant},
};

use crate::{
    Result,
    figures::{Figure, Figures, Goal},
    hark::{Hark, agent},
    measuring::percentile,
    sounds::Sounds,
};

const LISTENERS: u32 = 200;
/// How often each moves, and how long it listens in between.
const SEEKS: u32 = 30;
/// How far apart they land: a prime, so that they come everywhere.
const STRIDE: u64 = 61_803_397;
const LISTENS: Duration = Duration::from_secs(1);
/// What a browser takes at once before it plays.
const AHEAD: usize = 64 << 10;
const FIRST_BYTE_MS: f64 = 250.0;
const MEMORY_MIB: f64 = 300.0;

/// The chapter.
pub fn listeners(program: &Path, sounds: &Sounds, figures: &mut Figures) -> Result<()> {
    let hark = Hark::start(program)?;
    let (url, size) = (hark.push(&sounds.long)?, std::fs::metadata(&sounds.long)?.len());
    let listener = |number: u32| -> std::result::Result<Vec<f64>, String> {
        listen(&hark, &url, size, number).map_err(|error| error.to_string())
    };
    let took = thread::scope(|scope| -> Result<Vec<f64>> {
        let listeners: Vec<_> = (0..LISTENERS)
            .map(|number| scope.spawn(move || listener(number)))
            .collect();
        let mut took = vec![];
        for listener in listeners {
            took.extend(listener.join().map_err(|_| "a listener has panicked")??);
        }
        Ok(took)
    })?;
    let figure = |name: &str, value: f64, unit, peer, most: f64| Figure {
        name: format!("media/200-listeners/{name}"),
        value,
        unit,
        peer,
        ratio: Some(value / most),
        goal: Goal::AtMost(1.0),
    };
    figures.add(figure(
        "first-byte",
        percentile(&took, 99),
        "ms p99",
        "250 ms",
        FIRST_BYTE_MS,
    ));
    figures.add(figure(
        "memory",
        hark.peak_memory_mib()?,
        "MiB peak",
        "300 MiB",
        MEMORY_MIB,
    ));
    hark.is_well()
}

/// How long each seek waited for its first byte, in milliseconds. What follows is left in the line, as a browser does that
/// has enough for now.
#[expect(clippy::disallowed_methods, reason = "who listens waits")]
fn listen(hark: &Hark, url: &str, size: u64, number: u32) -> Result<Vec<f64>> {
    let agent = agent();
    let mut took = vec![];
    // They do not all move at the same moment.
    thread::sleep(LISTENS * number / LISTENERS);
    for seek in 0..SEEKS {
        let place = u64::from(number * SEEKS + seek) * STRIDE % size;
        let began = Instant::now();
        let mut answer = hark.range(&agent, url, &format!("bytes={place}-"))?;
        let mut sound = answer.body_mut().as_reader();
        sound.read_exact(&mut [0])?;
        took.push(began.elapsed().as_secs_f64() * 1e3);
        std::io::copy(&mut sound.take(AHEAD as u64), &mut std::io::sink())?;
        thread::sleep(LISTENS);
    }
    Ok(took)
}
