//! Which stretch of a sound a wave shows. Pure.

/// No stretch is shorter, in milliseconds.
const SHORTEST: i64 = 4_000;
/// After a leap the playhead stands so far into the new stretch, in percent.
const LEAD: i64 = 10;

/// A stretch of a sound, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub from: i64,
    pub to: i64,
    /// How long the whole sound is.
    pub total: i64,
}

impl Window {
    /// The whole sound.
    pub const fn whole(total: i64) -> Self {
        Self {
            from: 0,
            to: total,
            total,
        }
    }

    pub const fn len(self) -> i64 {
        self.to - self.from
    }

    pub const fn is_whole(self) -> bool {
        self.len() >= self.total
    }

    /// Whether half of it can still be shown.
    pub const fn can_narrow(self) -> bool {
        self.len() / 2 >= SHORTEST
    }

    /// Half of it, around a moment.
    #[must_use]
    pub fn narrowed(self, around: i64) -> Self {
        if self.can_narrow() {
            self.sized(self.len() / 2, around)
        } else {
            self
        }
    }

    /// Twice as much, around a moment; the whole at last.
    #[must_use]
    pub fn widened(self, around: i64) -> Self {
        if self.len() * 2 + SHORTEST / 2 >= self.total {
            Self::whole(self.total)
        } else {
            self.sized(self.len() * 2, around)
        }
    }

    /// The same length from another moment on.
    #[must_use]
    pub fn moved(self, from: i64) -> Self {
        let len = self.len();
        let from = from.min(self.total - len).max(0);
        Self {
            from,
            to: from + len,
            total: self.total,
        }
    }

    /// Where the stretch is to be when the playhead has gone from one moment to another: it turns the page when the
    /// playhead leaves it, and stays where a listener has moved it.
    #[must_use]
    pub fn following(self, before: i64, now: i64) -> Self {
        let sees = |ms| (self.from..=self.to).contains(&ms);
        if !self.is_whole() && sees(before) && !sees(now) {
            self.moved(now - self.len() * LEAD / 100)
        } else {
            self
        }
    }

    /// Where a moment stands in it, 0 to 1.
    #[expect(clippy::cast_precision_loss, reason = "no sound is so long")]
    pub fn place(self, ms: i64) -> f64 {
        ((ms - self.from) as f64 / self.len().max(1) as f64).clamp(0.0, 1.0)
    }

    /// Its share of the whole: where it begins and ends, 0 to 1.
    #[expect(clippy::cast_precision_loss, reason = "no sound is so long")]
    pub fn part(self) -> std::ops::Range<f64> {
        let total = self.total.max(1) as f64;
        self.from as f64 / total..self.to as f64 / total
    }

    fn sized(self, len: i64, around: i64) -> Self {
        Self {
            from: 0,
            to: len.min(self.total),
            total: self.total,
        }
        .moved(around - len / 2)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: Window = Window::whole(60_000);

    #[test]
    fn narrowing_keeps_the_moment_in_the_middle_and_ends_somewhere() {
        assert_eq!(
            MINUTE.narrowed(40_000),
            Window {
                from: 25_000,
                to: 55_000,
                total: 60_000
            }
        );
        assert_eq!(
            MINUTE.narrowed(59_000),
            Window {
                from: 30_000,
                to: 60_000,
                total: 60_000
            }
        );
        let mut window = MINUTE;
        for _ in 0..20 {
            window = window.narrowed(0);
        }
        assert_eq!((window.len(), window.can_narrow()), (7_500, false));
        assert!(!Window::whole(5_000).can_narrow());
    }

    #[test]
    fn widening_leads_back_to_the_whole() {
        let narrow = MINUTE.narrowed(10_000).narrowed(10_000);
        assert_eq!(narrow.len(), 15_000);
        assert_eq!(narrow.widened(10_000).len(), 30_000);
        assert!(narrow.widened(10_000).widened(10_000).is_whole());
    }

    #[test]
    fn the_page_turns_when_the_playhead_leaves_it() {
        let window = MINUTE.narrowed(15_000);
        assert_eq!((window.from, window.to), (0, 30_000));
        assert_eq!(window.following(29_000, 29_900), window);
        assert_eq!(window.following(29_990, 30_010).from, 27_010);
        assert_eq!(window.following(50_000, 51_000), window, "the listener looks elsewhere");
        assert_eq!(MINUTE.following(0, 70_000), MINUTE);
    }

    #[test]
    fn places_are_shares() {
        let window = MINUTE.moved(0).narrowed(45_000);
        assert!((window.place(45_000) - 0.5).abs() < 1e-9);
        assert_eq!((window.place(0), window.place(99_000)), (0.0, 1.0));
        assert_eq!(window.part(), 0.5..1.0);
    }
}
