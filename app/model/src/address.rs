//! Addresses of our own pages.

use crate::account::Step;

/// The address itself where it stays inside, else the start page: a path that begins with one slash, holds nothing but
/// printable ASCII, and cannot be read as another host's (`//host`, `/\host`).
#[must_use]
pub fn inside(address: &str) -> &str {
    let mut signs = address.bytes();
    let rooted = signs.next() == Some(b'/') && !matches!(signs.next(), Some(b'/' | b'\\'));
    let plain = address
        .bytes()
        .all(|sign| (0x21..0x7f).contains(&sign) && sign != b'\\');
    if rooted && plain { address } else { "/" }
}

/// A text as the value of a query: all but the plainest signs escaped.
#[must_use]
pub fn encode(text: &str) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte);
    text.bytes()
        .map(|byte| {
            if plain(byte) {
                char::from(byte).to_string()
            } else {
                format!("%{byte:02X}")
            }
        })
        .collect()
}

/// Whether a page stands at the gate, before one is inside: signing in and what is owed before anything else.
#[must_use]
pub fn is_gate(path: &str) -> bool {
    is_open(path)
        || [Step::Password, Step::Agreement]
            .iter()
            .any(|step| step.address() == path)
}

/// Whether a page is open to those who are not signed in.
#[must_use]
pub fn is_open(path: &str) -> bool {
    ["/signin", "/setup", "/forgot"].contains(&path) || path.starts_with("/set-password/") || is_shared(path)
}

/// The page of a recording for one who has opened a link to it, without an account.
pub const SHARED: &str = "/shared";

/// Whether a page is one of those behind a link to a recording, which whoever comes may open.
#[must_use]
pub fn is_shared(path: &str) -> bool {
    path.strip_prefix(SHARED)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn our_own_pages_stay() {
        for own in ["/", "/recordings/7?period=last-7", "/x#y"] {
            assert_eq!(inside(own), own);
        }
    }

    #[test]
    fn a_link_to_a_recording_is_open_and_its_neighbours_are_not() {
        for (path, open) in [
            ("/shared", true),
            ("/shared/x", true),
            ("/sharedx", false),
            ("/recordings", false),
        ] {
            assert_eq!((is_shared(path), is_open(path)), (open, open), "{path}");
        }
    }

    #[test]
    fn everything_else_is_the_start_page() {
        for foreign in [
            "",
            "//evil.example",
            "/\\evil.example",
            "https://evil.example",
            "/a\r\nX: y",
            "/å",
            "/a b",
            "javascript:x",
            "/a\\b",
        ] {
            assert_eq!(inside(foreign), "/", "{foreign:?}");
        }
    }
}
