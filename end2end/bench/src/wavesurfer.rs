//! wavesurfer.js beside the sound it plays: its page, itself, and the peaks that it can be given.

use std::{fs, path::Path};

use serde_json::json;

use crate::{Result, sounds::Sounds};

/// Peaks of each channel: as many as its own `exportPeaks` gives.
const PEAKS: usize = 8_000;
/// Bytes of a WAV head as sox writes it, and of the samples of both sides.
const HEAD: usize = 44;
const FRAME: usize = 4;

/// Lays it beside the sounds; gives the page's name there.
pub fn lay(sounds: &Sounds) -> Result<&'static str> {
    let folder = sounds.alaw().parent().ok_or("a sound lies in a folder")?;
    for from in [
        "end2end/bench/browser/wavesurfer.html",
        "end2end/node_modules/wavesurfer.js/dist/wavesurfer.esm.js",
    ] {
        let from = Path::new(from);
        fs::copy(from, folder.join(from.file_name().ok_or("a file has a name")?))?;
    }
    let pcm = fs::read(sounds.pcm16())?;
    let frames = pcm.get(HEAD..).ok_or("the sound is empty")?;
    let known = json!({ "peaks": [peaks(frames, 0), peaks(frames, 1)], "duration": 3_600 });
    fs::write(folder.join("peaks.json"), known.to_string())?;
    Ok("wavesurfer.html")
}

/// The loudest sample of each stretch of a channel, -1 to 1, in steps of a ten-thousandth.
fn peaks(frames: &[u8], channel: usize) -> Vec<f64> {
    let stretch = (frames.len() / FRAME / PEAKS).max(1) * FRAME;
    let loudest = |stretch: &[u8]| {
        let samples = stretch.chunks_exact(FRAME).map(|frame| {
            let at = channel * FRAME / 2;
            i16::from_le_bytes([frame[at], frame[at + 1]])
        });
        let loudest = samples.max_by_key(|sample| sample.unsigned_abs()).unwrap_or_default();
        (f64::from(loudest) / 3.2768).round() / 1e4
    };
    frames.chunks(stretch).take(PEAKS).map(loudest).collect()
}
