//! Words that people write of a call, as they are kept.

use model::problem::{Field, Invalid};

use crate::{Error, db::text::is_unseen};

/// One line: blanks one wide, nothing unseen, not empty and not longer than so many characters.
pub(super) fn line(field: Field, text: &str, most: u32) -> Result<String, Error> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    checked(field, line, most)
}

/// Several lines, as they were written.
pub(super) fn lines(field: Field, text: &str, most: u32) -> Result<String, Error> {
    let text = text.replace("\r\n", "\n");
    checked(field, text.trim().to_owned(), most)
}

fn checked(field: Field, text: String, most: u32) -> Result<String, Error> {
    if text.is_empty() {
        return Err(Error::invalid(field, Invalid::Missing));
    }
    if text.chars().count() > most as usize {
        return Err(Error::invalid(field, Invalid::TooLong { most }));
    }
    if text.chars().any(|sign| !matches!(sign, '\n' | '\t') && is_unseen(sign)) {
        return Err(Error::invalid(field, Invalid::Characters));
    }
    Ok(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_kept_as_they_are_read() {
        assert_eq!(line(Field::Outcome, "  Ny   kund ", 60).unwrap(), "Ny kund");
        assert_eq!(lines(Field::Comment, " a\r\n\n b ", 60).unwrap(), "a\n\n b");
        for wrong in ["", " \n ", "12345678", "a\u{202e}b", "a\0"] {
            assert!(lines(Field::Comment, wrong, 7).is_err(), "{wrong:?}");
        }
    }
}
