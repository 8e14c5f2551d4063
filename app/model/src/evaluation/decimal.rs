//! Numbers that people type.

use serde::{Deserialize, Serialize};

/// A number with two decimals, in hundredths: 3.5 is 350. An integer, so that what is equal is equal.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Decimal(pub i64);

impl Decimal {
    /// No number is larger, nor smaller than its negative: a thousand million.
    pub const MOST: Self = Self(100_000_000_000);

    /// Whether it is within what is taken.
    #[must_use]
    pub const fn is_sound(self) -> bool {
        self.0.unsigned_abs() <= Self::MOST.0.unsigned_abs()
    }

    /// A number as people type it: `3`, `3,5`, `-3.50`, `1 000`. None when it is no number, has more than two decimals or is
    /// too large.
    #[must_use]
    pub fn read(text: &str) -> Option<Self> {
        let text: String = text.chars().filter(|sign| !sign.is_whitespace()).collect();
        let (negative, plain) = match text.strip_prefix(['-', '\u{2212}']) {
            Some(rest) => (true, rest),
            None => (false, text.as_str()),
        };
        let (whole, part) = plain.split_once([',', '.']).unwrap_or((plain, "0"));
        let digits =
            |text: &str, most| (1..=most).contains(&text.len()) && text.bytes().all(|sign| sign.is_ascii_digit());
        if !digits(whole, 12) || !digits(part, 2) {
            return None;
        }
        let hundredths = whole.parse::<i64>().ok()? * 100 + format!("{part:0<2}").parse::<i64>().ok()?;
        let number = Self(if negative { -hundredths } else { hundredths });
        number.is_sound().then_some(number)
    }

    /// The number as people write it, with no more decimals than it needs: `3,5` with a comma.
    #[must_use]
    pub fn write(self, point: char) -> String {
        let (sign, size) = (if self.0 < 0 { "-" } else { "" }, self.0.unsigned_abs());
        match (size / 100, size % 100) {
            (whole, 0) => format!("{sign}{whole}"),
            (whole, part) if part % 10 == 0 => format!("{sign}{whole}{point}{}", part / 10),
            (whole, part) => format!("{sign}{whole}{point}{part:02}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_type_numbers_in_many_ways() {
        let table = [
            ("3", 300),
            (" 3,5 ", 350),
            ("3.05", 305),
            ("-0,5", -50),
            ("\u{2212}7", -700),
            ("1\u{a0}000", 100_000),
            ("1000000000", 100_000_000_000),
        ];
        for (text, hundredths) in table {
            assert_eq!(Decimal::read(text), Some(Decimal(hundredths)), "{text}");
        }
        for text in [
            "",
            "-",
            ",5",
            "5,",
            "3,555",
            "1,2,3",
            "1e3",
            "tre",
            "1000000000,01",
            "9999999999999",
            "٣",
            "+3",
        ] {
            assert_eq!(Decimal::read(text), None, "{text}");
        }
    }

    #[test]
    fn what_is_written_is_read_again() {
        for (hundredths, text) in [(300, "3"), (350, "3,5"), (305, "3,05"), (-50, "-0,5"), (0, "0")] {
            assert_eq!(Decimal(hundredths).write(','), text);
            assert_eq!(Decimal::read(text), Some(Decimal(hundredths)));
        }
        assert_eq!(Decimal(i64::MIN).write('.'), "-92233720368547758.08");
        assert!(!Decimal(i64::MIN).is_sound());
    }
}
