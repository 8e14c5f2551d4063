//! Telephone numbers: one form to keep and to compare, one to show.

use std::sync::LazyLock;

use model::recording::Number;
use moka::sync::Cache;
use phonenumber::{Mode, country};

/// Numbers as they are shown, by country and number: a list shows the same ones again and again, and reading one is slow.
static SHOWN: LazyLock<Cache<(country::Id, String), String>> = LazyLock::new(|| Cache::new(20_000));

/// How numbers are written in the company's country.
#[derive(Clone, Copy, Debug)]
pub struct Numbering(country::Id);

impl Numbering {
    /// The numbering of an ISO country code such as `SE`; Sweden's where there is no such country.
    #[must_use]
    pub fn of(country: &str) -> Self {
        Self(country.parse().unwrap_or(country::Id::SE))
    }

    /// The form to keep: E.164 for a valid number however it was written, else the words of the switch (`90510`,
    /// `a166947070`). Extensions look like numbers to a lenient reader, so what holds letters is never one.
    #[must_use]
    pub fn normalise(self, raw: &str) -> String {
        let raw = raw.trim();
        self.parse(raw)
            .map_or_else(|| raw.to_owned(), |number| number.format().mode(Mode::E164).to_string())
    }

    /// Whether it is a whole number of a subscriber, and not a part of one or another word.
    #[must_use]
    pub fn is_number(self, raw: &str) -> bool {
        self.parse(raw.trim()).is_some()
    }

    /// A kept number as people in the company's country write it: `070-921 40 80`, `+47 22 41 90 10`.
    #[must_use]
    pub fn show(self, kept: &str) -> Number {
        let write = || {
            self.parse(kept).map_or_else(
                || kept.to_owned(),
                |number| {
                    let domestic = number.country().id() == Some(self.0);
                    let mode = if domestic { Mode::National } else { Mode::International };
                    number.format().mode(mode).to_string()
                },
            )
        };
        Number {
            dial: kept.to_owned(),
            shown: SHOWN.get_with((self.0, kept.to_owned()), write),
        }
    }

    fn parse(self, raw: &str) -> Option<phonenumber::PhoneNumber> {
        let plausible = raw.len() >= 5 && raw.chars().all(|c| c.is_ascii_digit() || "+ ()./-".contains(c));
        if !plausible {
            return None;
        }
        let digits = raw
            .strip_prefix("00")
            .map_or_else(|| raw.to_owned(), |rest| format!("+{rest}"));
        // A short number such as 90510 is nobody's subscriber number, although a lenient reader makes it one.
        if !digits.starts_with(['+', '0']) {
            return None;
        }
        phonenumber::parse(Some(self.0), digits)
            .ok()
            .filter(phonenumber::is_valid)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_way_of_writing_is_one_number() {
        let swedish = Numbering::of("SE");
        for way in [
            "0709214080",
            "+46709214080",
            "070-921 40 80",
            "0046 709 21 40 80",
            " 070 921 40 80 ",
        ] {
            assert_eq!(swedish.normalise(way), "+46709214080", "{way}");
        }
    }

    #[test]
    fn what_is_no_subscriber_number_stays_as_it_is() {
        let swedish = Numbering::of("SE");
        for word in [
            "a166947070",
            "90510",
            "112",
            "anonymous",
            "+4670xxxxxxx",
            "",
            "sip:lisa",
        ] {
            assert_eq!(swedish.normalise(word), word);
            assert_eq!(swedish.show(word).shown, word);
        }
    }

    #[test]
    fn shown_as_people_here_write_it() {
        let swedish = Numbering::of("SE");
        assert_eq!(swedish.show("+46709214080").shown, "070-921 40 80");
        assert_eq!(swedish.show("+46850512345").shown, "08-505 123 45");
        assert_eq!(swedish.show("+4722419010").shown, "+47 22 41 90 10");
        assert_eq!(Numbering::of("NO").show("+46709214080").shown, "+46 70 921 40 80");
    }
}
