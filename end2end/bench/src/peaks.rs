//! What it costs to hear how a call looks: processor time beside ffmpeg's for the same decoding, and beside openssl's for
//! the same hash.

use std::path::{Path, PathBuf};

use crate::{
    Result,
    figures::{Figure, Figures, Goal},
    measuring::{ROUNDS, cpu_ms, median},
    sounds::Sounds,
    tools::program,
};

const DECODE: &str = "ffmpeg -f null -";

/// The chapter.
pub fn peaks(measure: &Path, sounds: &Sounds, figures: &mut Figures) -> Result<()> {
    for (codec, path) in &sounds.stereo {
        against_ffmpeg(measure, &format!("peaks/{codec}/stereo-1h"), path, 3.0, figures)?;
    }
    against_ffmpeg(measure, "peaks/alaw/mono-1h", &sounds.mono, 5.0, figures)?;
    many(measure, &sounds.minutes, figures)?;
    for (codec, path) in &sounds.stereo {
        against_openssl(measure, codec, path, figures)?;
    }
    Ok(())
}

fn ours(measure: &Path, mode: &str, path: &Path) -> Result<f64> {
    cpu_ms(measure, &[mode.as_ref(), path.as_os_str()])
}

fn decode(path: &Path) -> Result<f64> {
    let path = path.as_os_str();
    let quiet = ["-hide_banner", "-loglevel", "error", "-nostdin", "-i"].map(AsRef::as_ref);
    let arguments: Vec<_> = quiet
        .into_iter()
        .chain([path])
        .chain(["-f", "null", "-"].map(AsRef::as_ref))
        .collect();
    cpu_ms(&program("ffmpeg"), &arguments)
}

fn against_ffmpeg(measure: &Path, name: &str, path: &Path, goal: f64, figures: &mut Figures) -> Result<()> {
    let (mut us, mut them) = (vec![], vec![]);
    for _ in 0..ROUNDS {
        them.push(decode(path)?);
        us.push(ours(measure, "--peaks", path)?);
    }
    figures.add(Figure {
        name: name.to_owned(),
        value: median(&us),
        unit: "ms CPU",
        peer: DECODE,
        ratio: Some(median(&them) / median(&us)),
        goal: Goal::AtLeast(goal),
    });
    Ok(())
}

fn many(measure: &Path, paths: &[PathBuf], figures: &mut Figures) -> Result<()> {
    let (mut us, mut them) = (vec![], vec![]);
    for _ in 0..3 {
        them.push(paths.iter().map(|path| decode(path)).sum::<Result<f64>>()?);
        let arguments: Vec<_> = ["--peaks".as_ref()]
            .into_iter()
            .chain(paths.iter().map(|path| path.as_os_str()))
            .collect();
        us.push(cpu_ms(measure, &arguments)?);
    }
    figures.add(Figure {
        name: "peaks/alaw/300x1min".to_owned(),
        value: median(&us),
        unit: "ms CPU",
        peer: "ffmpeg, a process each",
        ratio: Some(median(&them) / median(&us)),
        goal: Goal::AtLeast(15.0),
    });
    Ok(())
}

fn against_openssl(measure: &Path, codec: &str, path: &Path, figures: &mut Figures) -> Result<()> {
    let (mut us, mut them, mut read) = (vec![], vec![], vec![]);
    for _ in 0..ROUNDS {
        them.push(cpu_ms(
            &program("openssl"),
            &["dgst".as_ref(), "-sha256".as_ref(), path.as_os_str()],
        )?);
        us.push(ours(measure, "--hash-peaks", path)?);
        read.push(ours(measure, "--read", path)?);
    }
    figures.add(Figure {
        name: format!("hash+peaks/{codec}/stereo-1h"),
        value: median(&us),
        unit: "ms CPU",
        peer: "openssl dgst -sha256",
        ratio: Some(median(&us) / median(&them)),
        goal: Goal::AtMost(1.6),
    });
    figures.add(Figure {
        name: format!("read/{codec}/stereo-1h"),
        value: median(&read),
        unit: "ms CPU",
        peer: "openssl dgst -sha256",
        ratio: Some(median(&read) / median(&them)),
        goal: Goal::None,
    });
    Ok(())
}
