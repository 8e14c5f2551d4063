//! The calls: when a company is at work, with people who call often and others who call once.

use model::{
    evaluation::{State, Tenths},
    facts::{Direction, Sides},
    id::{CallId, RecordingId},
    instant::Instant,
    people::Level,
    sound::{Bucket, Codec, Container, Layout, Overview},
};
use sea_orm::ActiveValue::Set;

use super::{
    Crowd,
    company::{LAST, Staff},
    dice::{Dice, by_then},
};
use crate::{
    company::Company,
    people::entity::person,
    recordings::{
        entity::{call, media, recording},
        keys::{CallWords, of_person, of_tag, set_call, set_clock},
        marks::{Marks, UNJUDGED},
        moment::moment,
    },
    testing::NOON,
};

const HOUR: i64 = 3_600_000;
const DAYS: i64 = 400;
/// How much is said in each hour of a weekday.
const HOURS: [f64; 24] = [
    0.01, 0.01, 0.01, 0.01, 0.01, 0.02, 0.05, 0.3, 0.9, 1.0, 1.0, 0.95, 0.7, 0.95, 1.0, 0.9, 0.7, 0.25, 0.12, 0.08,
    0.05, 0.03, 0.02, 0.01,
];
/// And of a Saturday or Sunday, for each of these.
const WEEKEND: f64 = 0.12;
/// Of so many calls comes one caller.
const CALLS_OF_A_CALLER: usize = 7;
const TAGS: [&str; 40] = [
    "Kampanj mars",
    "Reklamation",
    "Order",
    "Uppföljning",
    "Återköp 50 %",
    "VIP",
    "Ångrat köp",
    "Leverans",
    "Faktura",
    "Ny kund",
    "Uppsägning",
    "Beröm",
    "Klagomål",
    "Teknik",
    "Öppet ärende",
    "Avslutat ärende",
    "Fel nummer",
    "Språk",
    "Chef",
    "Utbildning",
    "Bra exempel",
    "Dåligt exempel",
    "Försening",
    "Pris",
    "Rabatt",
    "Avtal",
    "Bonus",
    "Retur",
    "Garanti",
    "Skada",
    "Polis",
    "Press",
    "Enkät",
    "Påminnelse",
    "Inkasso",
    "Hot",
    "Sekretess",
    "Test",
    "Övrigt",
    "Förfrågan",
];

/// Rows that go in together.
#[derive(Default)]
pub struct Rows {
    pub calls: Vec<call::ActiveModel>,
    pub recordings: Vec<recording::ActiveModel>,
    pub media: Vec<media::ActiveModel>,
}

/// Draws recordings in the order in which they began.
pub struct Calls<'a> {
    crowd: Crowd,
    dice: Dice,
    staff: &'a Staff,
    company: &'a Company,
    /// The hour that is being drawn, how much has been said before its end, and how much is said in all.
    hour: i64,
    said: f64,
    all: f64,
    drawn: usize,
    /// When the rest of this hour's calls begin, the last one first.
    starts: Vec<Instant>,
    last_id: i64,
}

/// One side of a call.
struct Side<'a> {
    call: CallId,
    person: &'a person::Model,
    start: Instant,
    ms: i64,
    direction: Direction,
    number: Option<String>,
    name: Option<String>,
    rung: Option<String>,
}

impl<'a> Calls<'a> {
    pub fn new(crowd: Crowd, dice: Dice, staff: &'a Staff, company: &'a Company) -> Self {
        let mut calls = Self {
            crowd,
            dice,
            staff,
            company,
            hour: 0,
            said: 0.0,
            all: 0.0,
            drawn: 0,
            starts: vec![],
            last_id: 0,
        };
        calls.all = (0..DAYS * 24).map(|hour| calls.said_in(hour)).sum();
        calls
    }

    /// The next ones, about so many; none when all are drawn.
    pub fn draw(&mut self, about: usize) -> Rows {
        let mut rows = Rows::default();
        while rows.recordings.len() < about
            && let Some(start) = self.next_start()
        {
            self.call(start, &mut rows);
        }
        rows
    }

    fn begin(hour: i64) -> Instant {
        NOON.plus_ms((hour - DAYS * 24) * HOUR)
    }

    fn said_in(&self, hour: i64) -> f64 {
        let stamp = self.company.calendar.stamp(Self::begin(hour));
        let day = if stamp.weekday > 5 { WEEKEND } else { 1.0 };
        day * HOURS[usize::try_from(stamp.time.0).unwrap()]
    }

    fn next_start(&mut self) -> Option<Instant> {
        while self.starts.is_empty() {
            if self.hour == DAYS * 24 {
                return None;
            }
            let begin = Self::begin(self.hour);
            self.said += self.said_in(self.hour);
            self.hour += 1;
            let so_far = by_then(self.crowd.recordings, self.said, self.all);
            let mut starts: Vec<_> = (self.drawn..so_far)
                .map(|_| begin.plus_ms(i64::try_from(self.dice.draw() % HOUR.unsigned_abs()).unwrap()))
                .collect();
            starts.sort_unstable_by(|a, b| b.cmp(a));
            self.drawn = self.drawn.max(so_far);
            self.starts = starts;
        }
        self.starts.pop()
    }

    fn call(&mut self, start: Instant, rows: &mut Rows) {
        let call = CallId(self.id(start));
        let ms = self.dice.length_ms();
        rows.calls.push(call::ActiveModel {
            id: Set(call),
            switch_id: Set(format!("crowd-{}", call.0)),
            created_at: Set(start.plus_ms(ms)),
        });
        let person = self.person();
        // Two of the company's own speak: each has a recording, and together they take the place of two.
        if self.dice.percent(4.2) && !self.starts.is_empty() {
            self.starts.pop();
            let other = self.person();
            for (person, other) in [(person, other), (other, person)] {
                let side = Side {
                    call,
                    person,
                    start,
                    ms,
                    direction: Direction::Internal,
                    number: other.extension.clone(),
                    name: Some(other.name()),
                    rung: None,
                };
                self.side(&side, rows);
                if person.id == other.id {
                    break;
                }
            }
            return;
        }
        let incoming = self.dice.percent(60.0);
        let rung = (incoming && self.dice.percent(75.0)).then(|| {
            let numbers = &self.staff.direct_numbers;
            numbers[self.dice.skewed(numbers.len(), 2.0)].clone()
        });
        let side = Side {
            call,
            person,
            start,
            ms,
            direction: if incoming {
                Direction::Incoming
            } else {
                Direction::Outgoing
            },
            number: self.number(),
            name: self.dice.percent(15.0).then(|| self.dice.of(&LAST).to_owned()),
            rung,
        };
        self.side(&side, rows);
    }

    fn person(&mut self) -> &'a person::Model {
        &self.staff.people[self.dice.skewed(self.staff.people.len(), 1.5)]
    }

    /// The other party's number.
    fn number(&mut self) -> Option<String> {
        if self.dice.percent(2.0) {
            return None;
        }
        if self.dice.percent(1.0) {
            return Some(self.dice.of(&["90510", "90200", "118118", "112"]).to_owned());
        }
        let callers = (self.crowd.recordings / CALLS_OF_A_CALLER).max(1);
        let caller = self.dice.skewed(callers, 2.5);
        Some(number(&mut Dice::new(
            self.crowd.seed ^ (caller as u64).rotate_left(32),
        )))
    }

    /// An id as [`crate::chance::Ids`] makes them.
    fn id(&mut self, at: Instant) -> i64 {
        let drawn = ((at.0 - crate::chance::EPOCH_MS) << 12) | i64::try_from(self.dice.draw() & 0xfff).unwrap();
        self.last_id = drawn.max(self.last_id + 1);
        self.last_id
    }

    fn side(&mut self, side: &Side<'_>, rows: &mut Rows) {
        let (id, person) = (RecordingId(self.id(side.start)), side.person);
        let extension = person.extension.clone().unwrap();
        let tag = self.dice.percent(12.0).then(|| TAGS[self.dice.skewed(TAGS.len(), 1.8)]);
        let (who_text, who_key) = of_person(Some(&person.name()), &extension);
        let (tag_text, tag_key) = of_tag(tag);
        let flag = if self.dice.percent(6.0) {
            1 + i16::try_from(self.dice.below(3)).unwrap()
        } else {
            0
        };
        let marks = if self.dice.percent(15.0) {
            judged(id)
        } else {
            Marks::default()
        };
        let mut row = recording::ActiveModel {
            id: Set(id),
            call_id: Set(side.call),
            extension: Set(extension.clone()),
            person_id: Set(Some(person.id)),
            district_id: Set(person.unit(Level::District)),
            department_id: Set(person.unit(Level::Department)),
            cost_center_id: Set(person.unit(Level::CostCenter)),
            office_id: Set(person.unit(Level::Office)),
            moment: Set(moment(side.start, id.0)),
            who_text: Set(who_text),
            who_key: Set(who_key),
            tag_text: Set(tag_text),
            tag_key: Set(tag_key),
            direction: Set(side.direction.name().to_owned()),
            started_at: Set(side.start),
            call_ms: Set(side.ms),
            audio_ms: Set(side.ms),
            other_number: Set(side.number.clone()),
            other_name: Set(side.name.clone()),
            number_rung: Set(side.rung.clone()),
            group_number: Set(None),
            consent: Set(None),
            sides: Set(Sides::RecordedOther.name().to_owned()),
            rule: Set("no-policy".to_owned()),
            tag: Set(tag.map(ToOwned::to_owned)),
            flag: Set(flag),
            evaluated: Set(marks.score > UNJUDGED),
            shown: Set(marks.shown_score > UNJUDGED),
            score: Set(marks.score),
            shown_score: Set(marks.shown_score),
            waits: Set(marks.waits),
            created_at: Set(side.start.plus_ms(side.ms)),
            ..Default::default()
        };
        set_clock(&mut row, &self.company.calendar.stamp(side.start));
        let words = CallWords {
            extension: &extension,
            name: side.name.as_deref(),
            number: side.number.as_deref(),
            rung: side.rung.as_deref(),
        };
        set_call(&mut row, &words, self.company.numbering);
        rows.recordings.push(row);
        if self.crowd.media {
            rows.media.push(silence(id, side.ms));
        }
    }
}

/// What was said of a recording that is evaluated. Not all of it is shown, so that who hears their own calls is told otherwise
/// of some.
fn judged(id: RecordingId) -> Marks {
    let drawn = id.0.unsigned_abs();
    let state = match drawn % 12 {
        0 | 3 | 6 | 9 => State::Done,
        1 => State::Disputed { disputes: 1 },
        2 | 4 => State::Shown { disputes: 0 },
        _ => State::Acknowledged { disputes: 0 },
    };
    let percent = Tenths(u32::try_from(drawn % 101).unwrap() * 10);
    Marks::default().with(state, Some(percent), drawn.is_multiple_of(17))
}

/// A number of someone outside.
fn number(dice: &mut Dice) -> String {
    match dice.below(100) {
        0..62 => format!("+467{}{}", dice.of(&["0", "2", "3", "6", "9"]), dice.digits(7)),
        62..80 => format!("+468{}", dice.digits(8)),
        80..87 => format!("+4611{}", dice.digits(6)),
        87..92 => format!("+4640{}", dice.digits(6)),
        92..95 => format!("+4613{}", dice.digits(6)),
        95..97 => format!("+4722{}", dice.digits(6)),
        97..99 => format!("+4533{}", dice.digits(6)),
        _ => format!("+35840{}", dice.digits(7)),
    }
}

/// What is kept of a sound, without the sound.
fn silence(recording_id: RecordingId, ms: i64) -> media::ActiveModel {
    let frames = ms.unsigned_abs() * 8;
    let layout = Layout {
        codec: Codec::Alaw,
        container: Container::Wav,
        channels: 2,
        rate: 8_000,
        frames,
        data_start: 44,
        data_len: frames * 2,
    };
    let overview = Overview::new(2, vec![Bucket::default(); 16]).unwrap();
    media::ActiveModel {
        recording_id: Set(recording_id),
        path: Set("crowd/silence.wav".to_owned()),
        sha256: Set("0".repeat(64)),
        bytes: Set(i64::try_from(frames * 2 + 44).unwrap()),
        layout: Set(serde_json::to_string(&layout).unwrap()),
        rendition_path: Set(None),
        rendition_layout: Set(None),
        overview: Set(overview.to_bytes()),
        talk: Set(None),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::phone::Numbering;

    #[test]
    fn numbers_are_those_of_subscribers() {
        let (mut dice, swedish) = (Dice::new(1), Numbering::of("SE"));
        for _ in 0..2_000 {
            let number = number(&mut dice);
            assert!(
                swedish.is_number(&number) && swedish.normalise(&number) == number,
                "{number}"
            );
        }
    }
}
