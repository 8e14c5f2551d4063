//! What a listener has chosen, kept in the browser: speed and volume. Not mute: who comes next would hear nothing.

use leptos::{prelude::*, web_sys::Storage};

use super::speed;

/// The choices.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choices {
    /// In hundredths.
    pub speed: u16,
    /// In percent.
    pub volume: u16,
}

impl Default for Choices {
    fn default() -> Self {
        Self {
            speed: speed::PLAIN,
            volume: 100,
        }
    }
}

const KEY: &str = "hark-player";

impl Choices {
    /// As one word: `125 80`.
    fn word(self) -> String {
        format!("{} {}", self.speed, self.volume)
    }

    /// What such a word says; what it does not say, or says wrongly, is as it is at first.
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
        }
    }
}

/// What was chosen before. Only in a browser.
pub fn recall() -> Choices {
    storage()
        .and_then(|storage| storage.get_item(KEY).ok().flatten())
        .map_or_else(Choices::default, |word| Choices::parse(&word))
}

/// Keeps what is chosen. A browser that keeps nothing does no harm: the choice holds as long as the page does.
pub fn keep(choices: Choices) {
    if let Some(storage) = storage()
        && storage.set_item(KEY, &choices.word()).is_err()
    {
        leptos::logging::warn!("the chosen speed and volume could not be kept");
    }
}

fn storage() -> Option<Storage> {
    window().local_storage().ok().flatten()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn choices_survive_the_browser() {
        let choices = Choices { speed: 125, volume: 80 };
        assert_eq!(Choices::parse(&choices.word()), choices);
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
            }
        );
    }
}
