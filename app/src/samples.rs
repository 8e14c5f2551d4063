//! A recording as tests show it.

use model::{
    facts::Direction,
    id::{CallId, RecordingId},
    instant::{Instant, Stamp},
    recording::RecordingRow,
};

/// One side of a call of which nothing is known but when and whose.
pub fn row(id: i64, call: i64) -> RecordingRow {
    RecordingRow {
        id: RecordingId(id),
        call: CallId(call),
        direction: Direction::Incoming,
        start: Stamp {
            at: Instant(0),
            date: (2020, 3, 16),
            time: (10, 7, 18),
            weekday: 1,
            offset: 60,
        },
        extension: format!("a{id}"),
        person: None,
        number: None,
        other_name: None,
        number_rung: None,
        call_ms: 0,
        tag: None,
        flag: None,
        verdict: None,
    }
}
