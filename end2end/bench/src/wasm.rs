//! The browser's half as it is shipped: its weight, its start in two browsers, and Lighthouse on a telephone.

use std::path::Path;

use serde_json::json;

use crate::{
    Result,
    browser::Samples,
    figures::{Figure, Figures, Goal},
    hark::Hark,
    measuring::{ROUNDS, median},
};

/// What Lighthouse is to give, 0 to 1.
const SCORE: f64 = 0.95;

/// The chapter.
pub fn wasm(program: &Path, figures: &mut Figures) -> Result<()> {
    let hark = Hark::start(program)?;
    let argument = json!({ "hark": hark.url, "cookie": hark.cookie, "rounds": ROUNDS });
    let samples = Samples::take("wasm", &argument)?;
    for (file, bytes) in samples.below("brotli/") {
        figures.add(Figure::plain(format!("wasm/brotli/{file}"), median(bytes) / 1e3, "kB"));
    }
    for (page, ms) in samples.below("start/") {
        figures.add(Figure::plain(format!("wasm/start/{page}"), median(ms), "ms"));
    }
    for (browser, complaints) in samples.below("console/") {
        let complaints = complaints.iter().sum();
        figures.add(Figure {
            peer: "none",
            ratio: Some(complaints),
            goal: Goal::AtMost(0.0),
            ..Figure::plain(format!("wasm/complaints/{browser}"), complaints, "messages")
        });
    }
    for (what, values) in samples.below("lighthouse/") {
        let (name, value) = (format!("wasm/lighthouse/{what}"), median(values));
        figures.add(match what.rsplit('/').next() {
            Some("score") => Figure {
                peer: "all it gives",
                ratio: Some(value),
                goal: Goal::AtLeast(SCORE),
                ..Figure::plain(name, value, "of 1")
            },
            Some("cls") => Figure::plain(name, value, "shift"),
            _ => Figure::plain(name, value, "ms"),
        });
    }
    hark.is_well()
}
