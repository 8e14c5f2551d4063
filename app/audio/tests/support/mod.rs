//! What the tests with real sound share, those over HTTP too.

#![expect(dead_code, reason = "each test file uses a part of it")]
#![expect(clippy::panic, clippy::expect_used, reason = "a test that cannot go on says why")]

use std::{
    env, fs,
    io::Cursor,
    path::{Path, PathBuf},
    process::Command,
};

use audio::{Error, Intake, Limits, Measured, decode_to_wav};
use model::sound::{Bucket, Layout, Overview};

/// Whether to leave something out: `HARK_SKIP_` and its name, set to 1. What is missing without that is a failure.
#[expect(
    clippy::disallowed_methods,
    reason = "asks how the tests are run, no setting of the product"
)]
pub fn skipped(name: &str) -> bool {
    let skipped = env::var_os(format!("HARK_SKIP_{name}")).is_some_and(|value| value == "1");
    if skipped {
        eprintln!("not tested, since HARK_SKIP_{name}=1");
    }
    skipped
}

/// Whether to leave out what needs sox.
pub fn without_sox() -> bool {
    if skipped("SOX") {
        return true;
    }
    let found = Command::new("sox")
        .arg("--version")
        .output()
        .is_ok_and(|output| output.status.success());
    assert!(
        found,
        "sox is not installed: run `apt-get install sox libsox-fmt-all`, or set HARK_SKIP_SOX=1 to leave out what needs it"
    );
    false
}

/// Real telephone recordings: the files of that kind in Asterisk's English voices, in order.
pub fn prompts(extension: &str) -> Vec<PathBuf> {
    fn gather(folder: &Path, extension: &str, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let path = entry.path();
            if path.is_dir() {
                gather(&path, extension, found);
            } else if path.extension().is_some_and(|e| e == extension) {
                found.push(path);
            }
        }
    }
    let mut found = vec![];
    for voice in fs::read_dir("/usr/share/asterisk/sounds")
        .into_iter()
        .flatten()
        .flatten()
    {
        if voice.file_name().to_string_lossy().starts_with("en") {
            gather(&voice.path(), extension, &mut found);
        }
    }
    found.sort();
    assert!(
        found.len() > 500,
        "{} prompts found: run `apt-get install asterisk-core-sounds-en-{extension}`, or set HARK_SKIP_ASTERISK=1",
        found.len()
    );
    found
}

/// Runs a program and gives what it prints.
pub fn run<S: AsRef<std::ffi::OsStr>>(program: &str, arguments: impl IntoIterator<Item = S>) -> Vec<u8> {
    let output = Command::new(program).args(arguments).output();
    let output = output.unwrap_or_else(|error| panic!("{program} cannot be run: {error}"));
    assert!(
        output.status.success(),
        "{program}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout
}

/// Runs sox in a folder with arguments divided by spaces.
pub fn sox(folder: &Path, arguments: &str) -> Vec<u8> {
    let output = Command::new("sox")
        .current_dir(folder)
        .arg("-D")
        .args(arguments.split_whitespace())
        .output();
    let output = output.unwrap_or_else(|error| panic!("sox cannot be run: {error}"));
    assert!(
        output.status.success(),
        "sox {arguments}: {}",
        String::from_utf8_lossy(&output.stderr)
    );
    output.stdout
}

/// The file of that name beside the tests.
pub fn fixture(name: &str) -> Vec<u8> {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR"))
        .join("tests/fixtures")
        .join(name);
    fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// Takes a file in, in pieces that end where `piece` says.
pub fn intake_by(file: &[u8], mut piece: impl FnMut() -> usize) -> Result<Measured, Error> {
    let mut intake = Intake::new(Limits::default());
    let mut rest = file;
    while !rest.is_empty() {
        let (now, later) = rest.split_at(piece().clamp(1, rest.len()));
        intake.push(now)?;
        rest = later;
    }
    intake.finish(&mut Cursor::new(file))
}

/// Takes a file in at once.
pub fn intake(file: &[u8]) -> Result<Measured, Error> {
    intake_by(file, || usize::MAX)
}

/// The samples of a file that must be decoded from its beginning, and where its rendition has them.
pub fn decoded(file: &[u8]) -> Result<(Layout, Vec<i16>), Error> {
    let mut wav = vec![];
    let layout = decode_to_wav(&mut Cursor::new(file), &mut wav, &Limits::default())?;
    assert_eq!(wav.len() as u64, layout.data_start + layout.data_len);
    let again = intake(&wav).expect("a rendition is a sound");
    assert_eq!(again.layout, layout);
    Ok((layout, samples(&wav[44..])))
}

/// Samples of 16 bits, little-endian.
pub fn samples(bytes: &[u8]) -> Vec<i16> {
    bytes
        .as_chunks::<2>()
        .0
        .iter()
        .map(|&word| i16::from_le_bytes(word))
        .collect()
}

/// The overview of samples as its documentation defines it.
pub fn naive(channels: u8, samples: &[i16]) -> Overview {
    let width = usize::from(channels);
    let len = samples.len() / width;
    let n = len.min(800);
    let mut buckets = vec![];
    for channel in 0..width {
        for i in 0..n {
            let span = i * len / n..(i + 1) * len / n;
            let of = |frame: usize| samples[frame * width + channel];
            let squares: i64 = span.clone().map(|frame| i64::from(of(frame)).pow(2)).sum();
            #[expect(clippy::cast_precision_loss, reason = "far below 2^52 here")]
            let rms = (squares as f64 / span.len() as f64).sqrt();
            let low = span.clone().map(of).min().unwrap_or_default();
            let high = span.map(of).max().unwrap_or_default();
            buckets.push(Bucket::new(low, high, rms));
        }
    }
    Overview::new(channels, buckets).expect("one or two channels")
}

/// Numbers without pattern, the same in every run.
pub struct Noise(u64);

impl Noise {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    pub fn next(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d)
    }

    /// Less than `end`.
    pub fn below(&mut self, end: usize) -> usize {
        usize::try_from(self.next() % end.max(1) as u64).unwrap_or(0)
    }

    pub fn byte(&mut self) -> u8 {
        self.next().to_le_bytes()[3]
    }
}

/// A WAV file: the description, the sound, nothing else.
pub fn wav(tag: u16, channels: u16, rate: u32, bits: u16, sound: &[u8]) -> Vec<u8> {
    let gsm = tag == 0x31;
    let align = if gsm { 65 } else { channels * bits / 8 };
    let mut format = [tag, channels].map(u16::to_le_bytes).concat();
    format.extend([rate, rate * u32::from(align)].map(u32::to_le_bytes).concat());
    format.extend([align, bits].map(u16::to_le_bytes).concat());
    if gsm {
        format.extend([2, 0, 0x40, 1]);
    }
    let mut body = b"WAVE".to_vec();
    for (name, chunk) in [(b"fmt ", &format[..]), (b"data", sound)] {
        body.extend(name);
        body.extend(u32::try_from(chunk.len()).expect("small").to_le_bytes());
        body.extend(chunk);
        body.resize(body.len().next_multiple_of(2), 0);
    }
    let mut file = b"RIFF".to_vec();
    file.extend(u32::try_from(body.len()).expect("small").to_le_bytes());
    file.extend(body);
    file
}
