//! Until the first byte of sound is there: of a call of two hours beside one of twenty seconds.

use std::{io::Read, path::Path, time::Instant};

use ureq::Agent;

use crate::{
    Result,
    figures::{Figure, Figures, Goal},
    hark::{Hark, agent},
    measuring::median,
    sounds::Sounds,
};

const TRIES: usize = 300;

/// The chapter.
pub fn first_byte(program: &Path, sounds: &Sounds, figures: &mut Figures) -> Result<()> {
    let hark = Hark::start(program)?;
    let (long, short) = (hark.push(&sounds.long)?, hark.push(&sounds.short)?);
    let agent = agent();
    // As a browser begins, and as it goes on after a seek to the middle.
    let middle = std::fs::metadata(&sounds.long)?.len();
    let half = std::fs::metadata(&sounds.short)?.len();
    for (name, of_long, of_short) in [
        ("start", "bytes=0-".to_owned(), "bytes=0-".to_owned()),
        ("seek", format!("bytes={middle}-"), format!("bytes={half}-")),
    ] {
        let (mut us, mut them) = (vec![], vec![]);
        for _ in 0..TRIES {
            them.push(until_first(&hark, &agent, &short, &of_short)?);
            us.push(until_first(&hark, &agent, &long, &of_long)?);
        }
        figures.add(Figure {
            name: format!("media/first-byte/2h/{name}"),
            value: median(&us),
            unit: "ms",
            peer: "a call of 20 s",
            ratio: Some(median(&us) / median(&them)),
            goal: Goal::AtMost(1.2),
        });
    }
    Ok(())
}

fn until_first(hark: &Hark, agent: &Agent, url: &str, range: &str) -> Result<f64> {
    let began = Instant::now();
    let mut answer = hark.range(agent, url, range)?;
    answer.body_mut().as_reader().read_exact(&mut [0])?;
    Ok(began.elapsed().as_secs_f64() * 1e3)
}
