//! From a row of the table to a row that people read.

use std::collections::HashMap;

use model::{
    facts::Direction,
    id::PersonId,
    recording::{Flag, RecordingRow},
};
use sea_orm::ConnectionTrait;

use super::{listed::Listed, marks::verdict};
use crate::{Error, company::Company, people};

/// The names of the people in these rows: one question for a page.
pub(super) async fn names(db: &impl ConnectionTrait, rows: &[Listed]) -> Result<HashMap<PersonId, String>, Error> {
    people::names(db, rows.iter().filter_map(|row| row.person_id)).await
}

/// The row as people read it, in the company's zone and way of writing numbers.
pub(super) fn shown(row: &Listed, names: &HashMap<PersonId, String>, company: &Company) -> Result<RecordingRow, Error> {
    let show = |number: &Option<String>| number.as_deref().map(|number| company.numbering.show(number));
    Ok(RecordingRow {
        id: row.id,
        call: row.call_id,
        direction: Direction::named(&row.direction)
            .ok_or_else(|| Error::internal(format!("recording {} has no direction", row.id)))?,
        start: company.calendar.stamp(row.started_at),
        extension: row.extension.clone(),
        person: row.person_id.and_then(|id| names.get(&id).cloned()),
        number: show(&row.other_number),
        other_name: row.other_name.clone(),
        number_rung: show(&row.number_rung),
        call_ms: row.call_ms,
        tag: row.tag.clone(),
        flag: Flag::numbered(row.flag),
        verdict: verdict(row.score, row.waits),
    })
}
