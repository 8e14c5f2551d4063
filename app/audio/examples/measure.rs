//! Measures sounds and prints a line for each. What the benchmarks run.
//!
//! `measure [--read|--peaks|--hash-peaks|--render|--decode] FILE...`: merely read the file; layout and overview; both
//! and the hash (the default); the whole virtual WAV, thrown away; the whole rendition, thrown away.

use std::{
    env,
    error::Error,
    fmt::Write as _,
    fs::File,
    io::{self, Read, Write, stdout},
    os::unix::fs::FileExt,
    path::Path,
    process::ExitCode,
};

use audio::{Intake, Limits, PIECE, Survey, VirtualWav, decode_to_wav};
use model::sound::Layout;

fn main() -> ExitCode {
    let mut mode = "--hash-peaks".to_owned();
    let mut failed = false;
    let mut piece = vec![0; PIECE];
    for argument in env::args().skip(1) {
        if argument.starts_with("--") {
            mode = argument;
            continue;
        }
        let line = measure(&mode, Path::new(&argument), &mut piece);
        failed |= line.is_err();
        let line = line.unwrap_or_else(|error| format!("{error:?}"));
        if writeln!(stdout(), "{argument}: {line}").is_err() {
            return ExitCode::FAILURE;
        }
    }
    if failed { ExitCode::FAILURE } else { ExitCode::SUCCESS }
}

fn measure(mode: &str, path: &Path, piece: &mut [u8]) -> Result<String, Box<dyn Error>> {
    let mut file = File::open(path)?;
    match mode {
        "--read" => {
            let mut bytes = 0;
            pieces(&mut file, piece, |piece| {
                bytes += piece.len();
                Ok(())
            })?;
            Ok(format!("{bytes} bytes"))
        }
        "--peaks" => {
            let mut survey = Survey::new(Limits::default());
            pieces(&mut file, piece, |piece| Ok(survey.push(piece)?))?;
            let found = survey.finish(&mut file)?;
            Ok(format!("{} {} buckets", told(&found.layout), found.overview.count()))
        }
        "--hash-peaks" => {
            let mut intake = Intake::new(Limits::default());
            pieces(&mut file, piece, |piece| Ok(intake.push(piece)?))?;
            let measured = intake.finish(&mut file)?;
            let hash = hexadecimal(measured.sha256);
            Ok(format!(
                "{} {} buckets {hash}",
                told(&measured.layout),
                measured.overview.count()
            ))
        }
        "--render" => render(&mut file, piece),
        "--decode" => {
            let layout = decode_to_wav(&mut file, &mut io::sink(), &Limits::default())?;
            Ok(told(&layout))
        }
        other => Err(format!("unknown mode {other}").into()),
    }
}

/// In hexadecimal.
fn hexadecimal(hash: [u8; 32]) -> String {
    hash.iter().fold(String::new(), |mut text, byte| {
        // Writing to a string never fails.
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// All of a file in pieces.
fn pieces(
    file: &mut File,
    piece: &mut [u8],
    mut take: impl FnMut(&[u8]) -> Result<(), audio::Error>,
) -> Result<(), audio::Error> {
    loop {
        match file.read(piece)? {
            0 => return Ok(()),
            bytes => take(&piece[..bytes])?,
        }
    }
}

fn render(file: &mut File, piece: &mut [u8]) -> Result<String, Box<dyn Error>> {
    let mut survey = Survey::new(Limits::default());
    pieces(file, piece, |piece| Ok(survey.push(piece)?))?;
    let layout = survey.finish(file)?.layout;
    let wav = VirtualWav::new(&layout).ok_or("must be decoded from its beginning")?;
    let mut out = Vec::new();
    let mut at = 0;
    while at < wav.bytes() {
        let range = at..(at + PIECE as u64).min(wav.bytes());
        let source = wav.source(&range);
        let bytes = &mut piece[..usize::try_from(source.end - source.start)?];
        file.read_exact_at(bytes, source.start)?;
        out.clear();
        wav.render(&range, bytes, &mut out)?;
        at = range.end;
    }
    Ok(format!("{} {at} bytes", told(&layout)))
}

fn told(layout: &Layout) -> String {
    let Layout {
        codec,
        channels,
        rate,
        frames,
        ..
    } = layout;
    format!(
        "{} {channels}x{rate} {frames} frames {} ms",
        codec.as_str(),
        layout.duration_ms()
    )
}
