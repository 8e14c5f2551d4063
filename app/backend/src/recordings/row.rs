//! From a row of the table to a row that people read.

use model::{
    facts::Direction,
    recording::{Flag, RecordingRow},
};

use super::{listed::Listed, marks::verdict};
use crate::{Error, company::Company};

/// The row as people read it, in the company's zone and way of writing numbers.
pub(super) fn shown(row: &Listed, company: &Company) -> Result<RecordingRow, Error> {
    let show = |number: &Option<String>| number.as_deref().map(|number| company.numbering.show(number));
    Ok(RecordingRow {
        id: row.id,
        call: row.call_id,
        direction: Direction::named(&row.direction)
            .ok_or_else(|| Error::internal(format!("recording {} has no direction", row.id)))?,
        start: company.calendar.stamp(row.started_at),
        extension: row.extension.clone(),
        person: row.person.clone(),
        number: show(&row.other_number),
        other_name: row.other_name.clone(),
        number_rung: show(&row.number_rung),
        call_ms: row.call_ms,
        tag: row.tag.clone(),
        flag: Flag::numbered(row.flag),
        verdict: verdict(row.score, row.waits),
    })
}
