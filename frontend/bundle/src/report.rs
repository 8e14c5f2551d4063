//! Says what was done, how long it took and what it weighs.

use std::fmt::Write as _;
use std::time::Instant;

use crate::site::Manifest;

/// Most that may travel before a page is fully alive, brotli, in bytes: 350 kB.
const BUDGET: u64 = 350_000;

/// A stopwatch that prints a line per step.
pub struct Steps {
    since: Instant,
}

impl Steps {
    pub fn start() -> Self {
        Self { since: Instant::now() }
    }

    /// Prints the step with the time since the one before.
    pub fn done(&mut self, what: &str) {
        println!("{:>7.1} s  {what}", self.since.elapsed().as_secs_f64());
        self.since = Instant::now();
    }
}

/// The weights, heaviest first, and a sentence when what a page loads is over the budget.
pub fn table(manifest: &Manifest) -> String {
    let mut rows: Vec<_> = manifest.iter().collect();
    rows.sort_by_key(|(_, entry)| std::cmp::Reverse(entry.bytes));
    let wide = rows.iter().map(|(name, _)| name.len()).max().unwrap_or_default();
    let mut text = format!("\n{:<wide$} {:>10} {:>10} {:>10}\n", "kB", "raw", "gzip", "brotli");
    for (name, entry) in rows {
        let (raw, gzip, brotli) = (
            kilo(Some(entry.bytes)),
            kilo(entry.gzip_bytes),
            kilo(entry.brotli_bytes),
        );
        // Writing to a String cannot fail.
        let _ = writeln!(text, "{name:<wide$} {raw:>10} {gzip:>10} {brotli:>10}");
    }
    let travels: u64 = ["hark_bg.wasm", "hark.js", "start.js", "main.css"]
        .iter()
        .filter_map(|name| manifest.get(*name))
        .map(|entry| entry.brotli_bytes.unwrap_or(entry.bytes))
        .sum();
    let (travels_kb, budget_kb) = (kilo(Some(travels)), kilo(Some(BUDGET)));
    let verdict = if travels > BUDGET { "OVER the" } else { "within the" };
    let _ = writeln!(
        text,
        "\nwasm, js and css: {travels_kb} kB brotli, {verdict} budget of {budget_kb} kB"
    );
    text
}

fn kilo(bytes: Option<u64>) -> String {
    bytes.map_or_else(|| "–".to_owned(), |b| format!("{}.{}", b / 1000, b % 1000 / 100))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::Entry;

    fn entry(bytes: u64, brotli_bytes: Option<u64>) -> Entry {
        Entry {
            path: String::new(),
            sha256: String::new(),
            bytes,
            brotli_bytes,
            gzip_bytes: None,
        }
    }

    #[test]
    fn the_heaviest_stands_first_and_the_budget_is_judged() {
        let mut manifest = Manifest::from([
            ("main.css".to_owned(), entry(20_000, Some(5_040))),
            ("hark_bg.wasm".to_owned(), entry(900_000, Some(300_000))),
        ]);
        let text = table(&manifest);
        assert!(text.find("hark_bg.wasm") < text.find("main.css"), "{text}");
        assert!(text.contains("305.0 kB brotli, within the budget"), "{text}");
        manifest.insert("hark.js".to_owned(), entry(60_000, None));
        assert!(table(&manifest).contains("365.0 kB brotli, OVER the budget"));
    }
}
