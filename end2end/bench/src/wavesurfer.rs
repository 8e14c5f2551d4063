//! wavesurfer.js beside the sound it plays: its page, itself, and the peaks that it can be given. And the least that a page can
//! be which shows and plays the same: nothing gets below what it takes in a browser.

use std::{fs, path::Path};

use serde_json::json;

use crate::{Result, sounds::Sounds};

/// Peaks of each channel: as many as its own `exportPeaks` gives.
const PEAKS: usize = 8_000;
/// Of so many bars is the wave of the least page.
const BARS: usize = 400;
/// Bytes of a WAV head as sox writes it, and of the samples of both sides.
const HEAD: usize = 44;
const FRAME: usize = 4;

/// The pages, by their names beside the sounds.
pub struct Pages {
    pub wavesurfer: &'static str,
    pub least: &'static str,
}

/// Lays them beside the sounds.
pub fn lay(sounds: &Sounds) -> Result<Pages> {
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
    let sides = [peaks(frames, 0), peaks(frames, 1)];
    fs::write(folder.join("least.html"), least(&sides))?;
    let known = json!({ "peaks": sides, "duration": 3_600 });
    fs::write(folder.join("peaks.json"), known.to_string())?;
    Ok(Pages {
        wavesurfer: "wavesurfer.html",
        least: "least.html",
    })
}

/// A picture and a sound that begins, and no more.
fn least(sides: &[Vec<f64>]) -> String {
    let lane = |(middle, peaks): (f64, &Vec<f64>)| {
        let bars = peaks.chunks(peaks.len() / BARS).enumerate().map(|(at, peaks)| {
            let high = peaks.iter().fold(0.0, |high: f64, peak| high.max(peak.abs())) * 20.0;
            format!("M{at} {:.1}v{:.1}", middle - high, high * 2.0)
        });
        format!("<path stroke=\"#4a7\" d=\"{}\"/>", bars.collect::<String>())
    };
    let lanes: String = [25.0, 75.0].into_iter().zip(sides).map(lane).collect();
    format!(
        "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><title>The least</title><link rel=\"icon\" href=\"data:,\">\
         <div class=\"detail\"><svg class=\"wave-svg\" width=\"1000\" height=\"100\" viewBox=\"0 0 {BARS} 100\">{lanes}</svg></div>\
         <audio src=\"alaw.wav\"></audio><script>document.querySelector(\"audio\").play()</script>"
    )
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
