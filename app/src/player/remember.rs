//! What a listener has chosen, kept in the browser: speed, volume, and whether silence is skipped. Not mute: who comes next
//! would hear nothing.

use super::speed;
use crate::ui;

/// The choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choices {
    /// In hundredths.
    pub speed: u16,
    /// In percent.
    pub volume: u16,
    /// Whether silence is skipped.
    pub skips: bool,
}

impl Default for Choices {
    fn default() -> Self {
        Self {
            speed: speed::PLAIN,
            volume: 100,
            skips: false,
        }
    }
}

const NAME: &str = "hark-player";
const SKIPS: &str = "skip";

impl Choices {
    /// As one line: `125 80 skip`.
    fn word(self) -> String {
        let skips = if self.skips { SKIPS } else { "" };
        format!("{} {} {skips}", self.speed, self.volume)
    }

    /// What such a line says; what it does not say, or says wrongly, is as it is at first.
    fn parse(word: &str) -> Self {
        let mut parts = word.split(' ');
        let plain = Self::default();
        Self {
            speed: parts
                .next()
                .and_then(|part| part.parse().ok())
                .map_or(plain.speed, speed::within),
            volume: parts
                .next()
                .and_then(|part| part.parse().ok())
                .map_or(plain.volume, |volume: u16| volume.min(100)),
            skips: parts.next() == Some(SKIPS),
        }
    }
}

/// What was chosen before. Only in a browser.
pub fn recall() -> Choices {
    ui::kept(NAME).map_or_else(Choices::default, |word| Choices::parse(&word))
}

/// Keeps what is chosen.
pub fn keep(choices: Choices) {
    ui::keep(NAME, &choices.word());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_survive_the_browser() {
        for skips in [true, false] {
            let choices = Choices {
                speed: 125,
                volume: 80,
                skips,
            };
            assert_eq!(Choices::parse(&choices.word()), choices);
        }
    }

    #[test]
    fn nonsense_is_as_at_first() {
        assert_eq!(Choices::parse(""), Choices::default());
        assert_eq!(Choices::parse("x y z"), Choices::default());
        assert_eq!(
            Choices::parse("9999 900 on"),
            Choices {
                speed: 300,
                volume: 100,
                skips: false,
            }
        );
    }
}
