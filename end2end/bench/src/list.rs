//! Lists among a million recordings beside lists among ten thousand: what the database takes, and whole pages over HTTP.

use std::{
    path::Path,
    process::{Command, Stdio},
    thread,
    time::Instant,
};

use serde::Deserialize;

use crate::{
    Result,
    figures::{Figure, Figures, Goal},
    hark::{Hark, agent},
    measuring::{ROUNDS, percentile},
};

/// What a list may take in milliseconds, and a search for a part of a number, and a page over HTTP.
const LIST: f64 = 5.0;
const PART_OF_A_NUMBER: f64 = 10.0;
const PAGE: f64 = 25.0;
/// Rows of a full page.
const FULL: usize = 50;
/// Clients that ask for pages at once, and how often each does in a round.
const CLIENTS: usize = 16;
const PAGES: usize = 15;
/// Who hears everything in what the example makes.
const EMAIL: &str = "super@crowd.example";
const PASSWORD: &str = "Lingonkullens-folkmassa-2026!";
/// Pages that are asked for over HTTP. Today is a day on which nobody has called.
const ADDRESSES: [(&str, &str); 4] = [
    ("first", "/recordings?period=all"),
    ("red", "/recordings?period=all&flag=red"),
    ("hour", "/recordings?period=all&length-min=3600"),
    ("-length", "/recordings?period=all&sort=-length"),
];

/// What the example prints of a list: with ten thousand recordings, and with a million.
#[derive(Deserialize)]
struct Measured {
    name: String,
    arms: [Took; 2],
}

#[derive(Deserialize)]
struct Took {
    p95: f64,
    rows: usize,
}

/// The chapter.
pub fn list(program: &Path, lists: &Path, folder: &Path, server: Option<&str>, figures: &mut Figures) -> Result<()> {
    database(lists, folder, None, figures)?;
    match server {
        Some(_) => database(lists, folder, server, figures)?,
        None => println!("Not measured: lists on PostgreSQL (no server is named)."),
    }
    over_http(program, folder, figures)
}

fn database(lists: &Path, folder: &Path, server: Option<&str>, figures: &mut Figures) -> Result<()> {
    let kind = if server.is_some() { "postgres" } else { "sqlite" };
    let done = Command::new(lists)
        .arg(folder)
        .args(server)
        .stderr(Stdio::inherit())
        .output()?;
    if !done.status.success() {
        return Err(format!("{} ended with {}", lists.display(), done.status).into());
    }
    let measured: Vec<Measured> = serde_json::from_slice(&done.stdout)?;
    let took = |name: &str| measured.iter().find(|one| one.name == name).map(|one| one.arms[1].p95);
    for Measured {
        name,
        arms: [few, many],
    } in &measured
    {
        let plain = |size: &str, took: &Took| Figure::plain(format!("list/{size}/{kind}/{name}"), took.p95, "ms p95");
        figures.add(plain("10k", few));
        // Counting to the end is what a page does not wait for.
        if name.starts_with("total") {
            figures.add(plain("1M", many));
            continue;
        }
        let part = name.starts_with("number/") && name.ends_with("-digits");
        let (most, peer) = if part {
            (PART_OF_A_NUMBER, "10 ms")
        } else {
            (LIST, "5 ms")
        };
        figures.add(Figure {
            peer,
            ratio: Some(many.p95 / most),
            goal: Goal::AtMost(1.0),
            ..plain("1M", many)
        });
        if few.rows >= FULL && many.rows >= FULL {
            figures.add(Figure {
                name: format!("list/1M/{kind}/{name}/flat"),
                peer: "ten thousand recordings",
                ratio: Some(many.p95 / few.p95),
                goal: Goal::AtMost(2.0),
                ..plain("1M", many)
            });
        }
    }
    for (deep, first) in [
        ("deep/date", "first"),
        ("deep/-length", "sort/-length"),
        ("deep/number", "sort/number"),
    ] {
        if let (Some(deep_ms), Some(first_ms)) = (took(deep), took(first)) {
            figures.add(Figure {
                name: format!("list/1M/{kind}/{deep}/depth"),
                value: deep_ms,
                unit: "ms p95",
                peer: "the first page",
                ratio: Some(deep_ms / first_ms),
                goal: Goal::AtMost(1.2),
            });
        }
    }
    Ok(())
}

/// Whole pages, rendered and sent, to as many as ask at once.
fn over_http(program: &Path, folder: &Path, figures: &mut Figures) -> Result<()> {
    let arms = ["10000", "1000000"].map(|size| folder.join(format!("crowd-sqlite-{size}")));
    let arms = [
        Hark::over(program, &arms[0], EMAIL, PASSWORD)?,
        Hark::over(program, &arms[1], EMAIL, PASSWORD)?,
    ];
    for (name, address) in ADDRESSES {
        let mut took = [vec![], vec![]];
        for _ in 0..ROUNDS {
            for (hark, took) in arms.iter().zip(&mut took) {
                took.extend(asked_by_all(hark, address)?);
            }
        }
        let [few, many] = took.map(|took| percentile(&took, 95));
        let figure = |size: &str, value: f64| Figure::plain(format!("list/{size}/http/{name}"), value, "ms p95");
        figures.add(figure("10k", few));
        figures.add(Figure {
            peer: "25 ms",
            ratio: Some(many / PAGE),
            goal: Goal::AtMost(1.0),
            ..figure("1M", many)
        });
        figures.add(Figure {
            name: format!("list/1M/http/{name}/flat"),
            peer: "ten thousand recordings",
            ratio: Some(many / few),
            goal: Goal::AtMost(1.5),
            ..figure("1M", many)
        });
    }
    arms.iter().try_for_each(Hark::is_well)
}

/// How long each page took, in milliseconds.
fn asked_by_all(hark: &Hark, address: &str) -> Result<Vec<f64>> {
    let asked = || -> std::result::Result<Vec<f64>, String> {
        let agent = agent();
        let one = |_| {
            let began = Instant::now();
            let mut answer = hark.get(&agent, address).map_err(|error| error.to_string())?;
            let page = answer.body_mut().read_to_string().map_err(|error| error.to_string())?;
            if !page.contains("<table") {
                return Err(format!("{address} shows no list"));
            }
            Ok(began.elapsed().as_secs_f64() * 1e3)
        };
        (0..PAGES).map(one).collect()
    };
    thread::scope(|scope| {
        let clients: Vec<_> = (0..CLIENTS).map(|_| scope.spawn(asked)).collect();
        let mut took = vec![];
        for client in clients {
            took.extend(client.join().map_err(|_| "a client has panicked")??);
        }
        Ok(took)
    })
}
