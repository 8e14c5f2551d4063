//! The player in Chromium: an hour's call beside wavesurfer.js, then seeking and looking closer in a call of two hours.

use std::path::Path;

use serde_json::json;

use crate::{
    Result,
    browser::Samples,
    figures::{Figure, Figures, Goal},
    hark::Hark,
    measuring::ROUNDS,
    nginx::Nginx,
    sounds::Sounds,
    wavesurfer,
};

const DECODING: &str = "wavesurfer.js, decoding";
const PEAKS: &str = "wavesurfer.js, given peaks";
/// What a seek may take in milliseconds.
const SEEK: f64 = 500.0;

/// The chapter.
pub fn player(program: &Path, sounds: &Sounds, figures: &mut Figures) -> Result<()> {
    let hark = Hark::start(program)?;
    hour(&hark, sounds, figures)?;
    two_hours(&hark, sounds, figures)?;
    hark.is_well()
}

/// Until it sounds, until one sees its wave, and what its tab holds.
fn hour(hark: &Hark, sounds: &Sounds, figures: &mut Figures) -> Result<()> {
    let nginx = Nginx::start(sounds.alaw())?;
    let pages = wavesurfer::lay(sounds)?;
    let (peer, least) = (nginx.beside(pages.wavesurfer), nginx.beside(pages.least));
    let page = page(hark, sounds.alaw())?;
    let samples = Samples::take(
        "hour",
        &json!({ "hark": hark.url, "cookie": hark.cookie, "page": page, "peer": peer, "least": least, "rounds": ROUNDS }),
    )?;
    let of = |arm: &str, what: &str| samples.median(&format!("{arm}/{what}"));
    // As soon as there is something to press, once the page is awake, and from a list that is at rest.
    for (arm, what) in [
        ("first", "sounds"),
        ("awake", "sounds"),
        ("row", "loaded"),
        ("least", "sounds"),
    ] {
        let wanted = if arm == "least" {
            Goal::None
        } else {
            Goal::AtLeast(15.0)
        };
        for (theirs, peer, goal) in [("decoding", DECODING, wanted), ("peaks", PEAKS, Goal::None)] {
            let value = of(arm, what)?;
            figures.add(Figure {
                name: format!("media/1h/sounds/{arm}/{theirs}"),
                value,
                unit: "ms",
                peer,
                ratio: Some(of(theirs, what)? / value),
                goal,
            });
        }
    }
    // The same over a line, where the peer's sound has to travel whole.
    figures.add(Figure {
        name: "media/1h/sounds/50-Mbit-line".to_owned(),
        value: of("line/awake", "sounds")?,
        unit: "ms",
        peer: DECODING,
        ratio: Some(of("line/decoding", "sounds")? / of("line/awake", "sounds")?),
        goal: Goal::AtLeast(15.0),
    });
    for (arm, goal) in [("awake", Goal::AtMost(0.7)), ("least", Goal::None)] {
        let value = of(arm, "painted")?;
        figures.add(Figure {
            name: format!("media/1h/wave-painted/{arm}"),
            value,
            unit: "ms",
            peer: PEAKS,
            ratio: Some(value / of("peaks", "painted")?),
            goal,
        });
    }
    // From a tab that is empty, and from a list that is open.
    for (name, ours, theirs, peer, goal) in [
        (
            "awake/decoding",
            "awake/grown",
            "decoding/grown",
            DECODING,
            Goal::AtMost(0.1),
        ),
        ("awake/peaks", "awake/grown", "peaks/grown", PEAKS, Goal::None),
        ("least/decoding", "least/grown", "decoding/grown", DECODING, Goal::None),
        ("row/decoding", "row/added", "told/added", DECODING, Goal::AtMost(0.1)),
    ] {
        let value = samples.median(ours)?;
        figures.add(Figure {
            name: format!("media/1h/memory-grown/{name}"),
            value,
            unit: "MiB",
            peer,
            ratio: Some(value / samples.median(theirs)?),
            goal,
        });
    }
    Ok(())
}

fn two_hours(hark: &Hark, sounds: &Sounds, figures: &mut Figures) -> Result<()> {
    let (page, short) = (page(hark, &sounds.long)?, page(hark, &sounds.five_minutes)?);
    let samples = Samples::take(
        "long",
        &json!({ "hark": hark.url, "cookie": hark.cookie, "page": page, "short": short, "rounds": ROUNDS }),
    )?;
    let seek = samples.percentile("seek", 95)?;
    figures.add(Figure {
        name: "media/2h/seek".to_owned(),
        value: seek,
        unit: "ms p95",
        peer: "500 ms",
        ratio: Some(seek / SEEK),
        goal: Goal::AtMost(1.0),
    });
    let held = samples.median("memory")?;
    figures.add(Figure {
        name: "media/2h/memory".to_owned(),
        value: held,
        unit: "MiB",
        peer: "a call of 5 min",
        ratio: Some(held / samples.median("memory/short")?),
        goal: Goal::AtMost(1.2),
    });
    for (name, unit, none_is_wanted) in [
        ("frames/walked", "frames", false),
        ("frames/dropped", "frames", true),
        ("frames/partial", "frames", false),
        ("frames/dropped-bare", "frames", false),
        ("frames/long-tasks", "over 50 ms", true),
        ("frames/longest-task", "ms", false),
        ("nearer/tiles", "tiles", false),
        ("nearer/bytes", "bytes", false),
        ("nearer/outside", "tiles", true),
    ] {
        let value = samples.median(name)?;
        figures.add(Figure {
            name: format!("media/2h/{name}"),
            value,
            unit,
            peer: if none_is_wanted { "none" } else { "" },
            ratio: none_is_wanted.then_some(value),
            goal: if none_is_wanted { Goal::AtMost(0.0) } else { Goal::None },
        });
    }
    Ok(())
}

/// Hands a sound over; gives the address of its page.
fn page(hark: &Hark, sound: &Path) -> Result<String> {
    Ok(hark.push(sound)?.replace("/media/", "/recordings/"))
}
