//! A closer look at a sound in tiles: stretches of fixed beginnings and fixed bars, so that who moves about meets what has
//! been fetched. Pure.

use std::ops::Range;

use model::sound::{Bucket, Overview};

use super::zoom::Window;

/// Bars in a tile.
const BARS: i64 = 256;
/// So many tiles are kept; one is at most 1.5 kB, so that the memory of a page does not grow with a call.
const MOST: usize = 64;

/// Which tile: how many milliseconds a bar of it is, and the how many eth it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Key {
    pub bar_ms: i64,
    pub index: i64,
}

impl Key {
    /// The milliseconds of a sound that it shows.
    pub fn stretch(self, total: i64) -> Range<i64> {
        let from = self.index * self.bar_ms * BARS;
        from..(from + self.bar_ms * BARS).min(total)
    }

    /// How many bars it has: fewer where the sound ends.
    pub fn bars(self, total: i64) -> i64 {
        let stretch = self.stretch(total);
        (stretch.end - stretch.start + self.bar_ms - 1) / self.bar_ms
    }

    /// Where it is fetched.
    pub fn address(self, id: model::id::RecordingId, total: i64) -> String {
        let Range { start, end } = self.stretch(total);
        format!("/media/{id}/peaks?from={start}&to={end}&n={}", self.bars(total))
    }
}

/// How many milliseconds a bar is that suits a stretch drawn in so many bars: a power of two, and not wider than a drawn one.
/// None where the overview already shows as much.
fn bar_ms(window: Window, bars: u16) -> Option<i64> {
    let drawn = window.len() / i64::from(bars.max(1));
    let bar_ms = 1_i64 << drawn.max(1).ilog2();
    (bar_ms * i64::from(Overview::MOST) < window.total).then_some(bar_ms)
}

/// The tiles in sight.
pub fn in_sight(window: Window, bars: u16) -> Vec<Key> {
    let Some(bar_ms) = bar_ms(window, bars) else {
        return vec![];
    };
    let wide = bar_ms * BARS;
    let last = (window.to.min(window.total) - 1).max(window.from) / wide;
    (window.from / wide..=last).map(|index| Key { bar_ms, index }).collect()
}

/// What has been fetched, the longest unseen first.
#[derive(Debug, Default)]
pub struct Tiles(Vec<(Key, Overview)>);

impl Tiles {
    /// Keeps a tile, and lets go of the longest unseen.
    pub fn put(&mut self, key: Key, peaks: Overview) {
        self.0.retain(|(known, _)| *known != key);
        self.0.push((key, peaks));
        let over = self.0.len().saturating_sub(MOST);
        self.0.drain(..over);
    }

    /// Notes that these are seen. Returns those that are not here.
    pub fn see(&mut self, keys: &[Key]) -> Vec<Key> {
        // Stable: among the seen and among the unseen the order stays.
        self.0.sort_by_key(|(known, _)| keys.contains(known));
        keys.iter().copied().filter(|key| self.tile(*key).is_none()).collect()
    }

    fn tile(&self, key: Key) -> Option<&Overview> {
        self.0.iter().find(|(known, _)| *known == key).map(|(_, peaks)| peaks)
    }

    /// The bars under a stretch of milliseconds; none when a tile of them is not here.
    pub fn under(&self, channel: u8, window: Window, bars: u16, part: Range<f64>) -> Option<Vec<Bucket>> {
        let bar_ms = bar_ms(window, bars)?;
        let (first, end) = (floor(part.start) / bar_ms, floor(part.end - 1e-6) / bar_ms);
        (first..=end.max(first))
            .map(|bar| {
                let tile = self.tile(Key {
                    bar_ms,
                    index: bar / BARS,
                })?;
                let place = usize::try_from(bar % BARS).ok()?;
                let lane = tile.lane(channel);
                lane.get(place).or(lane.last()).copied()
            })
            .collect()
    }
}

#[expect(clippy::cast_possible_truncation, reason = "a cast from a float saturates")]
fn floor(ms: f64) -> i64 {
    ms.floor().max(0.0) as i64
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOURS: i64 = 2 * 3_600_000;

    fn window(from: i64, to: i64) -> Window {
        Window { from, to, total: HOURS }
    }

    #[test]
    fn the_whole_needs_none_and_a_closer_look_few() {
        assert_eq!(in_sight(Window::whole(HOURS), 400), []);
        let mut seen = Window::whole(HOURS);
        while seen.can_narrow() {
            seen = seen.narrowed(HOURS / 3);
            let keys = in_sight(seen, 400);
            assert!(keys.len() <= 5, "{seen:?} {keys:?}");
            for key in keys {
                assert!(key.bar_ms * 400 <= seen.len() && key.bar_ms.count_ones() == 1);
            }
        }
    }

    #[test]
    fn tiles_cover_what_is_in_sight_and_no_more() {
        let window = window(1_000_000, 1_225_000);
        let keys = in_sight(window, 400);
        assert!(keys[0].stretch(HOURS).contains(&window.from));
        assert!(keys[keys.len() - 1].stretch(HOURS).contains(&(window.to - 1)));
        assert!(
            keys.windows(2)
                .all(|two| two[0].stretch(HOURS).end == two[1].stretch(HOURS).start)
        );
    }

    #[test]
    fn who_moves_a_little_needs_little_more() {
        let window = window(1_000_000, 1_225_000);
        let (before, after) = (in_sight(window, 400), in_sight(window.moved(1_050_000), 400));
        assert!(after.iter().filter(|key| !before.contains(key)).count() <= 1);
    }

    #[test]
    fn the_last_tile_ends_with_the_sound() {
        let key = Key { bar_ms: 8, index: 1 };
        assert_eq!((key.stretch(2_100), key.bars(2_100)), (2_048..2_100, 7));
        assert_eq!(
            key.address(model::id::RecordingId(5), 2_100),
            "/media/5/peaks?from=2048&to=2100&n=7"
        );
    }

    #[test]
    fn so_many_are_kept_and_what_is_seen_stays() {
        let peaks = || Overview::new(1, vec![Bucket::default(); 256]).unwrap();
        let key = |index| Key { bar_ms: 16, index };
        let mut tiles = Tiles::default();
        for index in 0..200 {
            tiles.put(key(index), peaks());
            assert_eq!(tiles.see(&[key(0)]), []);
        }
        assert_eq!(tiles.0.len(), MOST);
        assert_eq!(tiles.see(&[key(0), key(1), key(199)]), [key(1)]);
    }

    #[test]
    fn bars_are_found_across_tiles_and_none_is_made_up() {
        let loud = |level: i16| Bucket::new(-level, level, f64::from(level));
        let tile = |level| Overview::new(1, vec![loud(level); 256]).unwrap();
        // 8 ms a bar: a tile is 2 048 ms.
        let window = window(0, 4_000);
        let mut tiles = Tiles::default();
        tiles.put(Key { bar_ms: 8, index: 0 }, tile(100));
        assert_eq!(tiles.under(0, window, 400, 0.0..16.0).unwrap().len(), 2);
        assert_eq!(tiles.under(0, window, 400, 2_040.0..2_056.0), None);
        tiles.put(Key { bar_ms: 8, index: 1 }, tile(9_000));
        assert_eq!(
            tiles.under(0, window, 400, 2_040.0..2_056.0),
            Some(vec![loud(100), loud(9_000)])
        );
    }
}
