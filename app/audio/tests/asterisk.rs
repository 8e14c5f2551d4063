//! Real telephone recordings: every prompt of Asterisk, as linear samples and as GSM.
//!
//! Each is taken in and decoded, and its length, its every sample and its loudness are compared with what sox says.

#![expect(clippy::unwrap_used, reason = "a test that cannot go on stops")]

mod support;

use std::{
    fs,
    path::{Path, PathBuf},
};

use model::sound::{Codec, SoundFault};
use support::{decoded, intake, naive, prompts, run, samples, skipped, without_sox};

/// Files that sox is given at once.
const BATCH: usize = 100;

/// Samples of each file as sox says; of GSM, which has no header to say it, as its size does.
fn lengths(batch: &[PathBuf], extension: &str) -> Vec<usize> {
    if extension == "gsm" {
        let size = |path: &PathBuf| usize::try_from(fs::metadata(path).unwrap().len()).unwrap();
        return batch.iter().map(|path| size(path) / 33 * 160).collect();
    }
    let said = run(
        "soxi",
        [Path::new("-s")].into_iter().chain(batch.iter().map(PathBuf::as_path)),
    );
    String::from_utf8(said)
        .unwrap()
        .split_whitespace()
        .map(|n| n.parse().unwrap())
        .collect()
}

fn compare(extension: &str, codec: Codec) {
    if without_sox() || skipped("ASTERISK") {
        return;
    }
    let mut seen = 0;
    for batch in prompts(extension).chunks(BATCH) {
        let lengths = lengths(batch, extension);
        let output = ["-t", "s16", "-"].map(Path::new);
        let all = samples(&run("sox", batch.iter().map(PathBuf::as_path).chain(output)));
        let mut rest = &all[..];
        for (path, length) in batch.iter().zip(lengths) {
            let name = path.display();
            let (expected, later) = rest.split_at(length);
            rest = later;
            let file = fs::read(path).unwrap();
            if length == 0 {
                let fault = intake(&file).unwrap_err().fault();
                assert_eq!(fault, Some(SoundFault::Empty), "{name}");
                continue;
            }
            let measured = intake(&file).unwrap();
            assert_eq!(
                (measured.layout.codec, measured.layout.channels, measured.layout.rate),
                (codec, 1, 8000),
                "{name}"
            );
            assert_eq!(measured.layout.frames, length as u64, "{name}");
            assert_eq!(measured.overview, naive(1, expected), "{name}");
            assert!(decoded(&file).unwrap().1 == expected, "{name}");
            seen += 1;
        }
        assert!(rest.is_empty());
    }
    assert!(seen > 500, "{seen} prompts taken");
}

#[test]
fn every_wav_prompt() {
    compare("wav", Codec::Pcm16);
}

#[test]
fn every_gsm_prompt() {
    compare("gsm", Codec::Gsm);
}
