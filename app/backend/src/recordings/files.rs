//! What a list becomes outside of the house: a sheet of its facts (checklist 75), made as it is taken, page by page.

use std::sync::Arc;

use model::{
    bulk::Selection,
    list::{Column, Sort},
    problem::Problem,
    recording::RecordingRow,
};

use super::{
    outlet::{Halt, Lease, Outlet, Pieces},
    packs::Pack,
    row,
};
use crate::{
    Backend, Error, Viewer,
    people::Sheet,
    sheet::{Basin, Cell, Measure, Table},
};

/// What a file of recordings is to be.
#[derive(Clone, Debug)]
pub struct Order {
    /// Of which recordings.
    pub selection: Selection,
    /// In which order.
    pub sort: Sort,
    /// What its sheet says of each, in that order.
    pub columns: Vec<Column>,
    /// Which kind of sheet.
    pub sheet: Sheet,
    /// The asker's own word for it, to ask by how far it has come.
    pub ticket: Option<String>,
}

/// What a file says, in its reader's language.
pub trait Wording: Send + Sync + 'static {
    /// What stands above a column.
    fn heading(&self, column: Column) -> String;
    /// What stands in it.
    fn cell(&self, column: Column, row: &RecordingRow) -> String;
    /// What stands above the names of the sounds.
    fn file(&self) -> String;
    /// What stands there for one that cannot be read.
    fn unread(&self) -> String;
    /// What the sheet is called.
    fn sheet(&self) -> String;
    /// What stands between the cells of a CSV.
    fn separator(&self) -> u8;
}

impl Backend {
    /// A sheet of recordings for the viewer who carries this token.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where recordings are named, and none of them is within the viewer's scope; when the database
    /// does not answer.
    pub async fn sheet(&self, token: &str, viewer: Viewer, order: Order, words: impl Wording) -> Result<Pieces, Error> {
        let (mut outlet, pieces) = self.outlet(token, &viewer, &order, false).await?;
        let backend = self.clone();
        let alarm = outlet.alarm();
        let making = tokio::spawn(async move {
            let result = backend.write_sheet(&viewer, &order, words, &mut outlet).await;
            outlet.end(result).await;
        });
        alarm.over(making);
        Ok(pieces)
    }

    /// Counts what a file is to hold, and opens the way on which it leaves.
    pub(super) async fn outlet(
        &self,
        token: &str,
        viewer: &Viewer,
        order: &Order,
        takes: bool,
    ) -> Result<(Outlet, Pieces), Error> {
        let named = matches!(order.selection, Selection::Chosen(_));
        let place = self
            .packs()
            .place(viewer.account())
            .ok_or(Problem::Busy { retry_s: 30 })?;
        let total = if named || order.ticket.is_some() {
            self.pages(viewer, &order.selection, order.sort).await?.count().await?
        } else {
            0
        };
        if named && total == 0 {
            return Err(Problem::NotFound.into());
        }
        let pack = Arc::new(Pack::new(total, self.now()));
        if let Some(ticket) = &order.ticket {
            self.packs().add(viewer.account(), ticket, pack.clone());
        }
        Ok(Outlet::new(pack, Lease::new(self, token, viewer, takes), place))
    }

    async fn write_sheet(
        &self,
        viewer: &Viewer,
        order: &Order,
        words: impl Wording,
        outlet: &mut Outlet,
    ) -> Result<(), Halt> {
        let basin = Basin::default();
        let words = Arc::new(words);
        let headings = order.columns.iter().map(|column| words.heading(*column)).collect();
        let mut table = Table::new(basin.clone(), order.sheet, words.separator(), &words.sheet(), headings)?;
        let mut pages = self.pages(viewer, &order.selection, order.sort).await?;
        while let Some(rows) = pages.next().await? {
            let company = viewer.company();
            let rows: Vec<RecordingRow> = rows
                .iter()
                .map(|row| row::shown(row, company))
                .collect::<Result<_, _>>()?;
            let count = rows.len() as u64;
            let (columns, words) = (order.columns.clone(), words.clone());
            table = apart(move || {
                for row in &rows {
                    let cells: Vec<Cell> = columns.iter().map(|column| cell(&*words, *column, row)).collect();
                    table.row(&cells)?;
                }
                table.flush()?;
                Ok(table)
            })
            .await?;
            outlet.pack().add_done(count);
            outlet.send(basin.take()).await?;
        }
        table.end()?;
        outlet.send(basin.take()).await
    }
}

/// What stands in a column of a row.
pub(super) fn cell(words: &impl Wording, column: Column, row: &RecordingRow) -> Cell {
    Cell::measured(words.cell(column, row), measure(column, row))
}

/// What a book counts with there.
fn measure(column: Column, row: &RecordingRow) -> Option<Measure> {
    match column {
        Column::Date => Some(Measure::Day(row.start.day())),
        Column::Time => {
            let (hour, minute, second) = row.start.time;
            Some(Measure::Time(
                i32::from(hour) * 3_600 + i32::from(minute) * 60 + i32::from(second),
            ))
        }
        Column::Length => Some(Measure::Length(row.call_ms)),
        // What failed has come to no number.
        Column::Evaluation => row
            .verdict
            .filter(|verdict| !verdict.failed)
            .and_then(|verdict| verdict.percent)
            .map(Measure::Percent),
        _ => None,
    }
}

/// Does what takes a while on another thread.
pub(super) async fn apart<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, Error> + Send + 'static,
) -> Result<T, Error> {
    tokio::task::spawn_blocking(work).await.map_err(Error::internal)?
}

#[cfg(test)]
mod tests {
    use model::{
        evaluation::{Tenths, Verdict},
        facts::Direction,
        id::{CallId, RecordingId},
        instant::{Instant, Stamp},
    };

    use super::*;

    #[test]
    fn what_failed_is_no_number_to_count_with() {
        let judged = |failed| {
            let percent = Some(Tenths(0));
            let row = RecordingRow {
                id: RecordingId(1),
                call: CallId(1),
                direction: Direction::Incoming,
                start: Stamp {
                    at: Instant(0),
                    date: (2020, 3, 16),
                    time: (10, 7, 18),
                    weekday: 1,
                    offset: 60,
                },
                extension: "a1".into(),
                person: None,
                number: None,
                other_name: None,
                number_rung: None,
                call_ms: 0,
                tag: None,
                flag: None,
                verdict: Some(Verdict {
                    percent,
                    failed,
                    waits: None,
                }),
            };
            measure(Column::Evaluation, &row)
        };
        assert_eq!(judged(false), Some(Measure::Percent(Tenths(0))));
        assert_eq!(judged(true), None);
    }
}
