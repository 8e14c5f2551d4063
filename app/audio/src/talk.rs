//! Who speaks when: from the loudness of short windows, which the one pass sums up beside the overview.
//!
//! A window is speech when it is louder than a threshold of its own lane. The threshold stands above the lane's own noise,
//! and below its own loud parts, so that a quiet line and a noisy one are judged alike. Speech is what is loud: music
//! on hold and a ringing tone count too.

use model::sound::Talk;

/// How long a window is, in milliseconds, before it is rounded up to what the tallies take at once.
const WINDOW_MS: u64 = 64;
/// Frames the tallies take at once without a rest.
const WHOLE: u64 = 32;
/// Windows of a lane at most: a byte for each is all that is kept. A longer sound, of more than two hours, has longer windows.
const MOST: u64 = 1 << 17;

/// Levels are eighths of a doubling of the energy: 0.376 decibels.
const LEVELS: usize = 256;
/// Below this nothing is speech, however silent the line: 50 decibels below full scale.
const LEAST: u8 = 107;
/// So far above its noise a lane must be: 9 decibels.
const ABOVE_NOISE: u8 = 24;
/// But not nearer to its loud parts than this: 15 decibels. Who speaks all the time leaves no noise to be seen ...
const BELOW_LOUD: u8 = 40;
/// ... unless all is so quiet that it may be the noise itself: 35 decibels below full scale.
const SURELY: u8 = 147;

/// A pause within speech that is shorter is part of it.
const BRIDGED_MS: u64 = 320;
/// What is loud for a shorter time is a click.
const CLICK_MS: u64 = 128;
/// A silence that is worth a leap.
const SILENCE_MS: u64 = 1_000;
/// Who is interrupted has spoken for so long, without a pause, ...
const SPOKEN_MS: u64 = 1_000;
/// ... both then speak at once for so long, ...
const BOTH_MS: u64 = 500;
/// ... and who interrupts goes on for so long. Less is an "mm" in between.
const GOES_ON_MS: u64 = 1_000;

/// Collects the loudness of window after window, a byte for each.
#[derive(Debug)]
pub struct Listener {
    rate: u32,
    /// Frames of a window.
    window: u64,
    levels: [Vec<u8>; 2],
}

impl Listener {
    /// Of a sound whose length is known.
    pub fn new(rate: u32, frames: u64) -> Self {
        let mut window = (u64::from(rate) * WINDOW_MS / 1000).next_multiple_of(WHOLE).max(WHOLE);
        while frames / window > MOST {
            window *= 2;
        }
        Self {
            rate,
            window,
            levels: [vec![], vec![]],
        }
    }

    /// Frames of a window.
    pub const fn window(&self) -> u64 {
        self.window
    }

    /// Takes the mean squares of a window, in samples of 16 bits.
    pub fn hear(&mut self, means: impl IntoIterator<Item = u64>) {
        for (lane, mean) in self.levels.iter_mut().zip(means) {
            lane.push(level(mean));
        }
    }

    /// What has been heard of so many frames.
    pub fn finish(self, channels: u8, frames: u64) -> Talk {
        let ms = |windows: u64| windows.saturating_mul(self.window).saturating_mul(1000) / u64::from(self.rate.max(1));
        let windows = |ms: u64| (ms * u64::from(self.rate)).div_ceil(1000 * self.window);
        let long = |run: &Run, least: u64| run.len() >= windows(least);
        let lanes: Vec<Vec<Run>> = self
            .levels
            .iter()
            .take(channels.into())
            .map(|levels| speech(levels, windows(BRIDGED_MS), windows(CLICK_MS)))
            .collect();

        let total = self.levels[0].len() as u64;
        let silent = gaps(&union(&lanes), total);
        let length = frames.saturating_mul(1000) / u64::from(self.rate.max(1));
        let whole = |runs: &[Run]| -> u32 {
            let ms = runs
                .iter()
                .map(|run| ms(run.end).min(length) - ms(run.start).min(length));
            short(ms.sum())
        };
        let mut silences: Vec<Run> = silent.iter().filter(|run| long(run, SILENCE_MS)).copied().collect();
        silences.sort_by_key(|run| std::cmp::Reverse(run.len()));
        silences.truncate(Talk::MOST);
        silences.sort_by_key(|run| run.start);

        let interruptions = match &lanes[..] {
            [one, two] => {
                let rule = [SPOKEN_MS, BOTH_MS, GOES_ON_MS].map(windows);
                vec![interruptions(one, two, rule), interruptions(two, one, rule)]
            }
            _ => vec![],
        };
        Talk {
            speech_ms: lanes.iter().map(|lane| whole(lane)).collect(),
            silent_ms: whole(&silent),
            interruptions,
            silences: silences
                .iter()
                .map(|run| (short(ms(run.start)), short(ms(run.end).min(length))))
                .collect(),
        }
    }
}

/// Windows that follow each other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Run {
    start: u64,
    end: u64,
}

impl Run {
    const fn len(&self) -> u64 {
        self.end - self.start
    }
}

/// Eight times the logarithm of two, with straight lines between its whole numbers.
fn level(mean: u64) -> u8 {
    let Some(whole) = mean.checked_ilog2() else { return 0 };
    let eighths = (mean << 3 >> whole) & 7;
    u8::try_from(u64::from(whole * 8) + eighths).unwrap_or(u8::MAX)
}

/// Where a lane speaks: louder than its threshold, short pauses bridged, clicks left out.
fn speech(levels: &[u8], bridged: u64, click: u64) -> Vec<Run> {
    let threshold = threshold(levels);
    let mut runs: Vec<Run> = vec![];
    for (at, _) in (0..).zip(levels).filter(|(_, level)| **level >= threshold) {
        match runs.last_mut() {
            Some(run) if run.end == at => run.end = at + 1,
            _ => runs.push(Run { start: at, end: at + 1 }),
        }
    }
    runs.retain(|run| run.len() >= click);
    joined(runs, bridged)
}

/// How loud a lane must be for it to be speech.
fn threshold(levels: &[u8]) -> u8 {
    let mut counts = [0_usize; LEVELS];
    for level in levels {
        counts[usize::from(*level)] += 1;
    }
    // The level that so many in a hundred windows do not pass.
    let percentile = |percent: usize| {
        let mut below = levels.len() * percent / 100;
        let found = (0..=u8::MAX).find(|level| {
            let here = counts[usize::from(*level)];
            let is_it = below < here;
            below = below.saturating_sub(here);
            is_it
        });
        found.unwrap_or_default()
    };
    let (noise, loud) = (percentile(10), percentile(95));
    noise
        .saturating_add(ABOVE_NOISE)
        .min(loud.saturating_sub(BELOW_LOUD).max(SURELY))
        .max(LEAST)
}

/// Runs in order, with those joined that lie so near to each other.
fn joined(runs: Vec<Run>, near: u64) -> Vec<Run> {
    let mut joined: Vec<Run> = vec![];
    for run in runs {
        match joined.last_mut() {
            Some(last) if run.start <= last.end.saturating_add(near) => last.end = last.end.max(run.end),
            _ => joined.push(run),
        }
    }
    joined
}

/// Where any lane speaks.
fn union(lanes: &[Vec<Run>]) -> Vec<Run> {
    let mut all: Vec<Run> = lanes.iter().flatten().copied().collect();
    all.sort_by_key(|run| run.start);
    joined(all, 0)
}

/// What lies between runs.
fn gaps(runs: &[Run], total: u64) -> Vec<Run> {
    let starts = std::iter::once(0).chain(runs.iter().map(|run| run.end));
    let ends = runs.iter().map(|run| run.start).chain([total]);
    let gaps = starts.zip(ends).map(|(start, end)| Run { start, end });
    gaps.filter(|gap| gap.start < gap.end).collect()
}

/// How often `mine` begins in the middle of `theirs`, by the rule: they have spoken, both speak, mine goes on.
fn interruptions(mine: &[Run], theirs: &[Run], [spoken, both, goes_on]: [u64; 3]) -> u32 {
    let mut theirs = theirs.iter().peekable();
    let mut count = 0;
    for run in mine {
        while theirs.next_if(|their| their.end <= run.start).is_some() {}
        let interrupts = theirs.peek().is_some_and(|their| {
            their.start + spoken <= run.start && run.end.min(their.end) - run.start >= both && run.len() >= goes_on
        });
        count += u32::from(interrupts);
    }
    count
}

fn short(ms: u64) -> u32 {
    u32::try_from(ms).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOUD: u64 = 2_000 * 2_000;
    const NOISE: u64 = 30 * 30;

    /// Of stretches of so many windows of 64 ms, loud or not, in each lane.
    fn talk(lanes: &[&[(usize, bool)]]) -> Talk {
        let frames = lanes[0].iter().map(|(windows, _)| *windows as u64).sum::<u64>() * 512;
        let mut listener = Listener::new(8_000, frames);
        assert_eq!(listener.window(), 512);
        let lanes: Vec<Vec<u64>> = lanes
            .iter()
            .map(|lane| {
                lane.iter()
                    .flat_map(|(windows, loud)| vec![if *loud { LOUD } else { NOISE }; *windows])
                    .collect()
            })
            .collect();
        for at in 0..lanes[0].len() {
            listener.hear(lanes.iter().map(|lane| lane[at]));
        }
        listener.finish(u8::try_from(lanes.len()).unwrap(), frames)
    }

    #[test]
    fn levels_rise_with_the_energy_and_end_in_a_byte() {
        assert_eq!((level(0), level(1), level(2), level(3), level(4)), (0, 0, 8, 12, 16));
        assert_eq!(level(1 << 30), 240);
        assert_eq!(level(u64::MAX), u8::MAX);
        // 50 decibels below full scale.
        assert_eq!(level(1 << 30).saturating_sub(LEAST), 133);
    }

    #[test]
    fn each_speaker_has_their_share_and_silence_is_what_nobody_has() {
        let talk = talk(&[
            &[(100, true), (100, false), (100, false)],
            &[(100, false), (100, true), (100, false)],
        ]);
        assert_eq!(talk.speech_ms, [6_400, 6_400]);
        assert_eq!((talk.silent_ms, &talk.silences[..]), (6_400, &[(12_800, 19_200)][..]));
        assert_eq!(talk.interruptions, [0, 0]);
    }

    #[test]
    fn a_short_pause_is_part_of_speech_and_a_click_is_none() {
        let talk = talk(&[&[
            (50, true),
            (4, false),
            (50, true),
            (200, false),
            (1, true),
            (200, false),
        ]]);
        assert_eq!(talk.speech_ms, [104 * 64]);
        assert_eq!(talk.silences, [(104 * 64, 505 * 64)]);
        assert!(talk.interruptions.is_empty());
    }

    #[test]
    fn silences_of_a_second_and_more_are_kept_and_shorter_are_not() {
        let talk = talk(&[&[(50, true), (15, false), (50, true), (16, false), (50, true)]]);
        assert_eq!(talk.silences, [(115 * 64, 131 * 64)]);
        assert_eq!(talk.silent_ms, 31 * 64);
    }

    #[test]
    fn one_interrupts_who_has_spoken_and_goes_on() {
        // The second begins while the first speaks, both speak, and the second goes on.
        let lanes = |begins: usize, lasts: usize| {
            talk(&[
                &[(100, true), (200, false)],
                &[(begins, false), (lasts, true), (300 - begins - lasts, false)],
            ])
        };
        assert_eq!(lanes(50, 100).interruptions, [0, 1]);
        assert_eq!(lanes(50, 8).interruptions, [0, 0], "an mm in between");
        assert_eq!(lanes(5, 100).interruptions, [0, 0], "both began at once");
        assert_eq!(lanes(97, 100).interruptions, [0, 0], "the first was just ending");
    }

    #[test]
    fn who_speaks_all_the_time_is_heard_and_a_dead_line_is_silent() {
        assert_eq!(talk(&[&[(300, true)]]).silent_ms, 0);
        let dead = talk(&[&[(300, false)]]);
        assert_eq!((dead.silent_ms, &dead.silences[..]), (300 * 64, &[(0, 300 * 64)][..]));
        assert_eq!(Listener::new(8_000, 0).finish(1, 0).silent_ms, 0);
    }

    #[test]
    fn a_noisy_line_is_judged_by_its_own_noise() {
        let mut listener = Listener::new(8_000, 512 * 200);
        for at in 0..200 {
            // Noise that would be speech on a good line, and speech 20 decibels above it.
            listener.hear([if at < 100 { 200 * 200 } else { LOUD }]);
        }
        let talk = listener.finish(1, 512 * 200);
        assert_eq!(talk.speech_ms, [6_400]);
        let mut listener = Listener::new(8_000, 512 * 200);
        for _ in 0..200 {
            listener.hear([200 * 200]);
        }
        assert_eq!(listener.finish(1, 512 * 200).speech_ms, [0], "noise alone");
    }

    #[test]
    fn the_longest_silences_are_kept_in_order() {
        let mut stretches = vec![];
        for at in 0..Talk::MOST + 5 {
            stretches.extend([(10, true), (20 + at % 7, false)]);
        }
        let talk = talk(&[&stretches]);
        assert_eq!(talk.silences.len(), Talk::MOST);
        assert!(talk.silences.is_sorted());
        assert!(
            talk.silences
                .iter()
                .filter(|(start, end)| end - start == 20 * 64)
                .count()
                < 290
        );
    }

    #[test]
    fn a_day_of_sound_is_kept_in_little() {
        let frames = 24 * 3_600 * 48_000;
        let listener = Listener::new(48_000, frames);
        assert!(frames / listener.window() <= MOST);
        assert_eq!(Listener::new(44_100, 44_100).window() % WHOLE, 0);
    }
}
