//! Points in time: one newtype in the database, one stamp on the wire.

use serde::{Deserialize, Serialize};

use crate::period::Day;

/// A point in time: milliseconds since 1970-01-01 UTC. Integers sort and compare alike in every database.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "db", derive(sea_orm::DeriveValueType))]
#[serde(transparent)]
pub struct Instant(pub i64);

impl Instant {
    /// This instant moved by a number of milliseconds; stops at the ends of time.
    #[must_use]
    pub const fn plus_ms(self, ms: i64) -> Self {
        Self(self.0.saturating_add(ms))
    }

    /// Milliseconds from `earlier` to this instant; negative when `earlier` is later.
    #[must_use]
    pub const fn since(self, earlier: Self) -> i64 {
        self.0.saturating_sub(earlier.0)
    }
}

/// A point in time as the company's clocks showed it, so that a browser needs no time zones of its own.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stamp {
    /// The instant itself.
    pub at: Instant,
    /// Year, month 1–12, day 1–31.
    pub date: (i16, i8, i8),
    /// Hour, minute, second.
    pub time: (i8, i8, i8),
    /// Weekday, Monday = 1.
    pub weekday: i8,
    /// Minutes east of UTC.
    pub offset: i16,
}

impl Stamp {
    /// The day those clocks showed.
    #[must_use]
    pub const fn day(&self) -> Day {
        let (year, month, day) = self.date;
        Day { year, month, day }
    }

    /// RFC 3339 with the offset, for `<time datetime>`.
    #[must_use]
    pub fn rfc3339(&self) -> String {
        let ((y, mo, d), (h, mi, s)) = (self.date, self.time);
        let (sign, off) = (if self.offset < 0 { '-' } else { '+' }, self.offset.abs());
        format!(
            "{y:04}-{mo:02}-{d:02}T{h:02}:{mi:02}:{s:02}{sign}{:02}:{:02}",
            off / 60,
            off % 60
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rfc3339_keeps_the_sign_of_a_half_hour_offset() {
        let stamp = Stamp {
            at: Instant(0),
            date: (2020, 3, 6),
            time: (9, 5, 1),
            weekday: 5,
            offset: -30,
        };
        assert_eq!(stamp.rfc3339(), "2020-03-06T09:05:01-00:30");
    }
}
