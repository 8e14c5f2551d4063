//! A moment of a sound as people write it, in a field or in an address. Pure.

/// Nobody asks for a later moment, in milliseconds: a hundred hours.
const LATEST: i64 = 360_000_000;

/// What was written, in milliseconds: `83`, `1:23`, `1:02:03`, `1m23s`, with tenths or without.
pub fn parse(text: &str) -> Option<i64> {
    let text = text.trim().replace(',', ".").to_lowercase();
    let ms = if text.contains(['h', 'm', 's']) {
        with_units(&text)?
    } else {
        with_colons(&text)?
    };
    (0..=LATEST).contains(&ms).then_some(ms)
}

/// As an address says it: whole seconds.
pub fn word(ms: i64) -> String {
    (ms.max(0) / 1000).to_string()
}

/// `1:02:03`: only the first part may pass 59, and only the last has tenths.
fn with_colons(text: &str) -> Option<i64> {
    let parts: Vec<&str> = text.split(':').collect();
    let (last, before) = parts.split_last().filter(|(_, before)| before.len() <= 2)?;
    let mut ms = seconds(last)?;
    if !before.is_empty() && ms >= 60_000 {
        return None;
    }
    let mut worth = 60_000;
    for (place, part) in before.iter().rev().enumerate() {
        let number = whole(part)?;
        if place + 1 < before.len() && number >= 60 {
            return None;
        }
        ms += number * worth;
        worth *= 60;
    }
    Some(ms)
}

/// `1h2m3s`, each at most once and in this order.
fn with_units(text: &str) -> Option<i64> {
    let (mut rest, mut ms) = (text, 0);
    for (unit, worth) in [('h', 3_600_000), ('m', 60_000)] {
        if let Some((number, after)) = rest.split_once(unit) {
            ms += whole(number)? * worth;
            rest = after;
        }
    }
    match rest.strip_suffix('s') {
        Some(number) => Some(ms + seconds(number)?),
        None => rest.is_empty().then_some(ms),
    }
}

fn whole(text: &str) -> Option<i64> {
    let digits = !text.is_empty() && text.len() <= 6 && text.bytes().all(|byte| byte.is_ascii_digit());
    digits.then(|| text.parse().ok()).flatten()
}

/// Seconds with at most three decimals, in milliseconds.
fn seconds(text: &str) -> Option<i64> {
    let (before, after) = text.split_once('.').unwrap_or((text, "0"));
    if after.len() > 3 {
        return None;
    }
    Some(whole(before)? * 1000 + whole(&format!("{after:0<3}"))?)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_is_written_in_many_ways() {
        for (text, ms) in [
            ("83", 83_000),
            ("0", 0),
            ("1:23", 83_000),
            ("01:05", 65_000),
            ("90:00", 5_400_000),
            ("1:02:03", 3_723_000),
            ("1m23s", 83_000),
            ("2h", 7_200_000),
            ("1H2M", 3_720_000),
            ("83s", 83_000),
            (" 1:23,5 ", 83_500),
            ("12.25", 12_250),
        ] {
            assert_eq!(parse(text), Some(ms), "{text}");
        }
    }

    #[test]
    fn what_is_no_moment_is_none() {
        for text in [
            "",
            "x",
            "-5",
            "1:60",
            "1:2:3:4",
            "1:99:00",
            ":",
            "5:",
            "1s2m",
            "mm",
            "1e9",
            "12.3456",
            "99999999999",
            "1m2",
        ] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    #[test]
    fn an_address_says_whole_seconds_and_reads_its_own() {
        assert_eq!((word(83_999), word(-1)), ("83".into(), "0".into()));
        assert_eq!(parse(&word(7_199_999)), Some(7_199_000));
    }
}
