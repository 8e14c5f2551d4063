//! Text that is searched in: one form in which upper and lower case are the same, on every database.

pub use model::text::is_unseen;
use sea_orm::sea_query::LikeExpr;
use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

/// The form to keep and to search in: small letters, one blank between words. SQLite's own `lower` knows only ASCII.
#[must_use]
pub fn fold(text: &str) -> String {
    let small = text.to_lowercase();
    small.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The same without marks over and under its letters: `ostrom` for `öström`.
#[must_use]
pub fn plain(text: &str) -> String {
    text.nfd()
        .filter(|sign| !is_combining_mark(*sign))
        .map(|sign| match sign {
            'ø' => 'o',
            'æ' => 'a',
            other => other,
        })
        .collect()
}

/// A key that sorts as a Swedish reader expects, whatever order the database would choose: å, ä and ö come last.
#[must_use]
pub fn sort_key(text: &str) -> String {
    let folded = fold(text);
    let mut key = String::with_capacity(folded.len());
    for sign in folded.chars() {
        match sign {
            'å' => key.push_str("zz1"),
            'ä' | 'æ' => key.push_str("zz2"),
            'ö' | 'ø' => key.push_str("zz3"),
            'é' | 'è' | 'ê' | 'ë' => key.push('e'),
            'ü' => key.push('y'),
            other => key.push(other),
        }
    }
    key
}

/// A pattern that finds `text` anywhere, with nothing in it read as a wildcard.
#[must_use]
pub fn anywhere(text: &str) -> LikeExpr {
    LikeExpr::new(pattern(text)).escape('|')
}

fn pattern(text: &str) -> String {
    let mut pattern = String::with_capacity(text.len() + 2);
    pattern.push('%');
    for sign in fold(text).chars() {
        if matches!(sign, '%' | '_' | '|') {
            pattern.push('|');
        }
        pattern.push(sign);
    }
    pattern.push('%');
    pattern
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_and_blanks_do_not_matter() {
        assert_eq!(fold("  Åsa\tÖSTRÖM "), "åsa öström");
    }

    #[test]
    fn letters_lose_their_marks() {
        assert_eq!(plain("åsa öström é ø"), "asa ostrom e o");
    }

    #[test]
    fn the_swedish_alphabet_ends_with_three_letters() {
        let mut names = ["Örjan", "Ängla", "Åsa", "Zara", "Émile", "Eva"];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(names, ["Émile", "Eva", "Zara", "Åsa", "Ängla", "Örjan"]);
    }

    #[test]
    fn wildcards_are_signs_like_others() {
        assert_eq!(pattern("50%_|"), "%50|%|_||%");
    }
}
