//! What people write, and how much of it is taken. Lengths are in characters.

use super::Flaw;
use crate::text::is_unseen;

/// Of a form or a section.
pub const TITLE: usize = 100;
/// What is asked, or can be chosen.
pub const WORDS: usize = 300;
/// The ends of a scale, and what a number counts.
pub const LABEL: usize = 60;
/// What explains a question or an answer.
pub const HELP: usize = 1_000;
/// What a form begins with, or is said of an answer or an evaluation.
pub const LONG: usize = 4_000;

/// What is wrong with one line of text that may be empty.
pub fn line(text: &str, most: usize) -> Option<Flaw> {
    flaw(text, most, is_unseen)
}

/// What is wrong with one line of text that must not be empty.
pub fn needed_line(text: &str, most: usize) -> Option<Flaw> {
    if text.trim().is_empty() {
        Some(Flaw::Missing)
    } else {
        line(text, most)
    }
}

/// What is wrong with several lines of text that may be empty. What joins signs is taken: a family is written with it.
pub fn lines(text: &str, most: usize) -> Option<Flaw> {
    flaw(text, most, |sign| {
        is_unseen(sign) && !matches!(sign, '\n' | '\r' | '\t' | '\u{200c}' | '\u{200d}')
    })
}

fn flaw(text: &str, most: usize, refused: impl Fn(char) -> bool) -> Option<Flaw> {
    if text.chars().count() > most {
        Some(Flaw::TooLong { most })
    } else {
        text.chars().any(refused).then_some(Flaw::Characters)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_short_and_can_be_seen() {
        assert_eq!(line("", 5), None);
        assert_eq!(needed_line(" \t", 5), Some(Flaw::Missing));
        assert_eq!(needed_line("åäöéü", 5), None, "characters, not bytes");
        assert_eq!(line("åäöéüx", 5), Some(Flaw::TooLong { most: 5 }));
        assert_eq!(line("två\nrader", 20), Some(Flaw::Characters));
        assert_eq!(lines("två\r\nrader", 20), None);
        assert_eq!(lines("en familj 👩‍👧", 20), None);
        assert_eq!(lines("vänd\u{202e}om", 20), Some(Flaw::Characters));
        assert_eq!(lines("\0", 20), Some(Flaw::Characters));
    }
}
