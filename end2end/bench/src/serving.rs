//! Ranges of an hour's call over HTTP, beside nginx with sendfile. Ours asks each time whether the listener may.

use std::process::Command;

use ureq::http::StatusCode;

use crate::{
    Result,
    figures::{Figure, Figures, Goal},
    hark::{Hark, agent},
    measuring::{ROUNDS, mean, median},
    nginx::Nginx,
    sounds::Sounds,
};

const SIZES: [u64; 4] = [16, 64, 256, 1024];
const NGINX: &str = "nginx, sendfile";

/// What wrk saw.
#[derive(Clone, Copy)]
struct Load {
    per_second: f64,
    p99_ms: f64,
}

/// The chapter.
pub fn serving(program: &std::path::Path, sounds: &Sounds, figures: &mut Figures) -> Result<()> {
    let hark = Hark::start(program)?;
    let nginx = Nginx::start(sounds.pcm16())?;
    let stored = hark.push(sounds.pcm16())?;
    let made = hark.push(sounds.alaw())?;
    let length = std::fs::metadata(sounds.pcm16())?.len();
    for url in [&stored, &made] {
        let answer = hark.range(&agent(), url, "bytes=1000-1999")?;
        if answer.status() != StatusCode::PARTIAL_CONTENT {
            return Err(format!("{url} answers {}", answer.status()).into());
        }
    }
    let (mut stored_ratios, mut made_ratios) = (vec![], vec![]);
    for size in SIZES {
        let mut loads = [const { vec![] }; 3];
        for _ in 0..ROUNDS {
            for (loads, url) in loads.iter_mut().zip([&nginx.url, &stored, &made]) {
                loads.push(load(url, size << 10, length, &hark.cookie)?);
            }
        }
        let [theirs, stored, made] = loads.map(|loads| Load {
            per_second: median(&loads.iter().map(|load| load.per_second).collect::<Vec<_>>()),
            p99_ms: median(&loads.iter().map(|load| load.p99_ms).collect::<Vec<_>>()),
        });
        for (kind, ours, ratios) in [
            ("stored", stored, &mut stored_ratios),
            ("virtual-pcm16", made, &mut made_ratios),
        ] {
            let ratio = ours.per_second / theirs.per_second;
            ratios.push(ratio);
            figures.add(Figure {
                name: format!("media/{kind}/{size}KiB"),
                value: ours.per_second,
                unit: "206/s",
                peer: NGINX,
                ratio: Some(ratio),
                goal: Goal::None,
            });
            // A packet that waits for an acknowledgement which the other side holds back costs 40 ms.
            figures.add(Figure {
                name: format!("media/{kind}/{size}KiB/p99"),
                value: ours.p99_ms,
                unit: "ms",
                peer: "nginx's p99, thrice, and 5 ms",
                ratio: Some(ours.p99_ms / (3.0 * theirs.p99_ms + 5.0)),
                goal: Goal::AtMost(1.0),
            });
        }
    }
    for (kind, ratios, goal) in [("stored", stored_ratios, 0.8), ("virtual-pcm16", made_ratios, 0.5)] {
        figures.add(Figure {
            name: format!("media/{kind}/16KiB-1MiB"),
            value: 100.0 * mean(&ratios),
            unit: "% (mean)",
            peer: NGINX,
            ratio: Some(mean(&ratios)),
            goal: Goal::AtLeast(goal),
        });
    }
    Ok(())
}

fn load(url: &str, size: u64, length: u64, cookie: &str) -> Result<Load> {
    let done = Command::new("wrk")
        .args([
            "-t1",
            "-c16",
            "-d2s",
            "--latency",
            "-s",
            "end2end/bench/ranges.lua",
            url,
        ])
        .env("SZ", size.to_string())
        .env("LEN", length.to_string())
        .env("COOKIE", cookie)
        .output()?;
    let said = String::from_utf8_lossy(&done.stdout);
    if said.contains("Non-2xx") || said.contains("Socket errors") {
        return Err(format!("{url} refused some of the requests:\n{said}").into());
    }
    let after = |label: &str| {
        let rest = said.split_once(label)?.1;
        rest.split_whitespace().next().map(str::to_owned)
    };
    let read = || {
        let per_second = after("Requests/sec:")?.parse().ok()?;
        let p99_ms = milliseconds(&after(" 99%")?)?;
        Some(Load { per_second, p99_ms })
    };
    read().ok_or_else(|| format!("wrk said something else:\n{said}").into())
}

/// wrk writes `812.00us`, `1.38ms`, `1.02s`.
fn milliseconds(text: &str) -> Option<f64> {
    for (unit, times) in [("us", 1e-3), ("ms", 1.0), ("s", 1e3)] {
        if let Some(number) = text.strip_suffix(unit).and_then(|number| number.parse::<f64>().ok()) {
            return Some(number * times);
        }
    }
    None
}
