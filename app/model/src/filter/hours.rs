//! Hours of the day.

use serde::{Deserialize, Serialize};

/// Hours of a day, in minutes since its midnight: from the first on, and before the other. Where the other is not later,
/// they reach over midnight.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Hours {
    pub from: u16,
    pub to: u16,
}

impl Hours {
    /// A day's end, in minutes.
    pub const DAY: u16 = 24 * 60;

    /// A time of the day such as `08:30`, in minutes; `24:00` is its end. Also `8.30` and `8`.
    #[must_use]
    pub fn minute(text: &str) -> Option<u16> {
        let (hour, minute) = text.trim().split_once([':', '.']).unwrap_or((text.trim(), "00"));
        let digits = |text: &str| !text.is_empty() && text.len() <= 2 && text.bytes().all(|sign| sign.is_ascii_digit());
        if !digits(hour) || !digits(minute) {
            return None;
        }
        let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
        let at = hour * 60 + minute;
        (minute < 60 && at <= Self::DAY).then_some(at)
    }

    /// Minutes as a time of the day: `08:30`.
    #[must_use]
    pub fn word(minute: u16) -> String {
        format!("{:02}:{:02}", minute / 60, minute % 60)
    }

    /// The hours between two times; what is not said is the day's beginning or its end. None when nothing is said, or
    /// something that is no time, or the two are the same.
    #[must_use]
    pub fn read(from: Option<&str>, to: Option<&str>) -> Option<Self> {
        if from.is_none() && to.is_none() {
            return None;
        }
        let hours = Self {
            from: from.map_or(Some(0), Self::minute)? % Self::DAY,
            to: to.map_or(Some(Self::DAY), Self::minute)?,
        };
        (hours.from != hours.to).then_some(hours)
    }
}
