//! Text that is searched in: one form in which upper and lower case are the same, on every database.

use sea_orm::sea_query::LikeExpr;

/// The form to keep and to search in: small letters, one blank between words. SQLite's own `lower` knows only ASCII.
#[must_use]
pub fn fold(text: &str) -> String {
    let small = text.to_lowercase();
    small.split_whitespace().collect::<Vec<_>>().join(" ")
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
    fn wildcards_are_signs_like_others() {
        assert_eq!(pattern("50%_|"), "%50|%|_||%");
    }
}
