//! How fast a sound is played, in hundredths: 125 is one and a quarter. Pure.

use crate::i18n::Locale;

/// As it was spoken.
pub const PLAIN: u16 = 100;
/// What the menu offers.
pub const PRESETS: [u16; 8] = [50, 75, 100, 125, 150, 200, 250, 300];
pub const SLOWEST: u16 = 50;
pub const FASTEST: u16 = 300;
/// What a key changes it by.
const STEP: u16 = 25;

/// The next slower step.
pub const fn slower(speed: u16) -> u16 {
    within(speed.saturating_sub(1) / STEP * STEP)
}

/// The next faster step.
pub const fn faster(speed: u16) -> u16 {
    within((speed / STEP + 1) * STEP)
}

/// The nearest speed that can be played.
pub const fn within(speed: u16) -> u16 {
    if speed < SLOWEST {
        SLOWEST
    } else if speed > FASTEST {
        FASTEST
    } else {
        speed
    }
}

/// The speed as an audio element takes it.
pub fn factor(speed: u16) -> f64 {
    f64::from(speed) / 100.0
}

/// The speed as a field or a setting holds it, such as `1.25`; none when that is no speed.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "a cast from a float saturates"
)]
pub fn parse(text: &str) -> Option<u16> {
    let factor: f64 = text.parse().ok()?;
    factor.is_finite().then(|| within((factor * 100.0).round() as u16))
}

/// The number alone, as the language writes it: `1,25`.
pub fn number(locale: Locale, speed: u16) -> String {
    let number = factor(speed).to_string();
    match locale {
        Locale::sv => number.replace('.', ","),
        Locale::en => number,
    }
}

/// As it stands on a button: `1,25×`.
pub fn words(locale: Locale, speed: u16) -> String {
    format!("{}×", number(locale, speed))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_lead_from_one_end_to_the_other_and_stay_there() {
        let mut speed = SLOWEST;
        for expected in [75, 100, 125, 150, 175, 200, 225, 250, 275, 300, 300] {
            speed = faster(speed);
            assert_eq!(speed, expected);
        }
        assert_eq!((slower(300), slower(130), faster(130), slower(50)), (275, 125, 150, 50));
    }

    #[test]
    fn a_speed_is_read_and_written() {
        assert_eq!(
            (parse("1.25"), parse("0.1"), parse("99"), parse("x"), parse("NaN")),
            (Some(125), Some(50), Some(300), None, None)
        );
        assert_eq!(
            (words(Locale::sv, 125), words(Locale::en, 50), words(Locale::sv, 200)),
            ("1,25×".into(), "0.5×".into(), "2×".into())
        );
    }
}
