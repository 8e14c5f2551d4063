//! Signs that no one can see.

/// Whether a sign shows nothing, or makes other text look like what it is not: controls, what turns the direction of
/// writing, and blanks without width (Unicode TR 36, visual spoofing).
#[must_use]
pub fn is_unseen(sign: char) -> bool {
    sign.is_control()
        || matches!(sign, '\u{ad}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{3164}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{fffe}' | '\u{ffff}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}')
}

/// Whether a text in JSON holds U+0000, as it stands or as JSON writes it. Not every database can keep one.
#[must_use]
pub fn json_has_nul(json: &[u8]) -> bool {
    let written = |(at, bytes): (usize, &[u8])| {
        // After an even number of backslashes it is one that begins something.
        let before = json.get(..at).unwrap_or_default().iter().rev();
        bytes == b"\\u0000" && before.take_while(|byte| **byte == b'\\').count().is_multiple_of(2)
    };
    json.contains(&0) || json.windows(6).enumerate().any(written)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_nul_is_found_however_it_is_written() {
        for (json, has) in [
            (r#"{"a":"\u0000"}"#, true),
            (r#"{"a":"\\\u0000"}"#, true),
            (r#"{"a":"\\u0000"}"#, false),
            (r#"{"a":"\u0001 50%00"}"#, false),
            ("{\"a\":\"\0\"}", true),
        ] {
            assert_eq!(json_has_nul(json.as_bytes()), has, "{json}");
        }
    }
}
