//! People as a table: what a file is read into, and what one is made of. CSV for machines, XLSX for people.

use encoding_rs::WINDOWS_1252;
use model::{
    people::PersonForm,
    problem::{Field, Invalid},
};

use super::{export::Sheet, xlsx::read_xlsx};
use crate::{
    Error,
    sheet::{Cell, Table},
};

/// Rows taken from one file, and characters of a cell.
pub(super) const MOST_ROWS: usize = 5_000;
const MOST_CELL: usize = 1_000;
/// Columns that are looked at.
pub(super) const MOST_COLUMNS: usize = 64;
/// What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection).
const FORMULA: [char; 11] = ['=', '+', '-', '@', '\t', '\r', '\0', '＝', '＋', '－', '＠'];

/// The columns, in the order in which they are written.
pub const COLUMNS: [Column; 14] = [
    Column::ExternalId,
    Column::FirstName,
    Column::LastName,
    Column::Email,
    Column::Title,
    Column::Extension,
    Column::Numbers,
    Column::RecordingActive,
    Column::DashboardActive,
    Column::District,
    Column::Department,
    Column::CostCenter,
    Column::Office,
    Column::Role,
];

/// A column of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    ExternalId,
    FirstName,
    LastName,
    Email,
    Title,
    Extension,
    Numbers,
    RecordingActive,
    DashboardActive,
    District,
    Department,
    CostCenter,
    Office,
    /// Written for readers; never read: a role is given where its consequences are shown.
    Role,
}

impl Column {
    /// Its name in every file, whatever language its heading is in.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::ExternalId => "external_id",
            Self::FirstName => "first_name",
            Self::LastName => "last_name",
            Self::Email => "email",
            Self::Title => "title",
            Self::Extension => "extension",
            Self::Numbers => "numbers",
            Self::RecordingActive => "recording_active",
            Self::DashboardActive => "dashboard_active",
            Self::District => "district",
            Self::Department => "department",
            Self::CostCenter => "cost_center",
            Self::Office => "office",
            Self::Role => "role",
        }
    }

    /// The column that a heading names, in Swedish, English or by its name; upper and lower case do not matter.
    #[must_use]
    pub fn named(heading: &str) -> Option<Self> {
        let heading = heading.trim().trim_start_matches('\u{feff}').to_lowercase();
        Some(match heading.as_str() {
            "external_id" | "externt id" | "external id" | "användarnamn" | "user name" => Self::ExternalId,
            "first_name" | "förnamn" | "first name" => Self::FirstName,
            "last_name" | "efternamn" | "last name" => Self::LastName,
            "email" | "e-post" | "e-mail" | "epost" | "e-postadress" | "e-mail address" => Self::Email,
            "title" | "titel" => Self::Title,
            "extension" | "anknytning" => Self::Extension,
            "numbers" | "nummer" | "number" | "primär linje" | "primary line" | "telefon" => Self::Numbers,
            "recording_active" | "spelas in" | "recorded" | "aktivera samtalsinspelning" => Self::RecordingActive,
            "dashboard_active" | "kontrollpanel" | "dashboard" => Self::DashboardActive,
            "district" | "distrikt" => Self::District,
            "department" | "avdelning" => Self::Department,
            "cost_center" | "kostnadsställe" | "cost centre" | "cost center" => Self::CostCenter,
            "office" | "kontor" => Self::Office,
            "role" | "roll" => Self::Role,
            _ => return None,
        })
    }
}

/// A row of a file, as far as the file speaks of a person: what it has no column for stays as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Line {
    /// Where it stands in the file; the heading is line 1.
    pub number: usize,
    pub external_id: Option<String>,
    pub cells: Vec<(usize, String)>,
}

impl Line {
    /// What stands in a column; none where the file has no such column.
    #[must_use]
    pub fn cell(&self, column: Column) -> Option<&str> {
        let place = COLUMNS.iter().position(|known| *known == column)?;
        self.cells
            .iter()
            .find(|(known, _)| *known == place)
            .map(|(_, text)| text.as_str())
    }

    /// The person as the file would have them, on top of how they are.
    pub(super) fn onto(&self, mut form: PersonForm) -> Result<PersonForm, (Field, Invalid)> {
        let text = |column, old: Option<String>| match self.cell(column) {
            Some(text) => Some(text.trim().to_owned()).filter(|text| !text.is_empty()),
            None => old,
        };
        let yes_no = |column, field, old: bool| match self.cell(column).map(str::trim) {
            None | Some("") => Ok(old),
            Some(word) => read_yes_no(word).ok_or((field, Invalid::YesNo)),
        };
        form.first_name = text(Column::FirstName, Some(form.first_name)).unwrap_or_default();
        form.last_name = text(Column::LastName, Some(form.last_name)).unwrap_or_default();
        form.email = text(Column::Email, form.email);
        form.title = text(Column::Title, form.title);
        form.extension = text(Column::Extension, form.extension);
        if let Some(numbers) = self.cell(Column::Numbers) {
            form.numbers = numbers
                .split([',', ';', '\n'])
                .map(|number| number.trim().to_owned())
                .collect();
        }
        form.recording_active = yes_no(Column::RecordingActive, Field::Recording, form.recording_active)?;
        form.dashboard_active = yes_no(Column::DashboardActive, Field::Dashboard, form.dashboard_active)?;
        form.district = text(Column::District, form.district);
        form.department = text(Column::Department, form.department);
        form.cost_center = text(Column::CostCenter, form.cost_center);
        form.office = text(Column::Office, form.office);
        Ok(form)
    }
}

fn read_yes_no(word: &str) -> Option<bool> {
    match word.trim().to_lowercase().as_str() {
        "ja" | "yes" | "true" | "1" | "x" | "på" | "on" | "sant" => Some(true),
        "nej" | "no" | "false" | "0" | "av" | "off" | "falskt" => Some(false),
        _ => None,
    }
}

/// Reads a file, whichever of the two it is. What its columns are is said by its first row.
///
/// # Errors
/// [`Invalid::Form`] where it is neither, or has no column that anyone knows; [`Invalid::TooMany`]; [`Invalid::Characters`]
/// where a cell holds U+0000, which not every database can keep.
pub fn read(bytes: &[u8]) -> Result<Vec<Line>, Invalid> {
    let rows = if bytes.starts_with(b"PK\x03\x04") {
        read_xlsx(bytes)?
    } else {
        read_csv(bytes)?
    };
    if rows.iter().flatten().any(|cell| cell.contains('\0')) {
        return Err(Invalid::Characters);
    }
    let mut rows = rows.into_iter();
    let heading = rows.next().ok_or(Invalid::Missing)?;
    let columns: Vec<Option<Column>> = heading.iter().map(|cell| Column::named(cell)).collect();
    if columns.iter().all(Option::is_none) {
        return Err(Invalid::Form);
    }
    let mut lines = vec![];
    for (place, row) in rows.enumerate() {
        if row.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        if lines.len() == MOST_ROWS {
            return Err(Invalid::TooMany { most: 5_000 });
        }
        let mut line = Line {
            number: place + 2,
            ..Line::default()
        };
        for (column, cell) in columns.iter().zip(row) {
            let Some(column) = column else { continue };
            if cell.chars().count() > MOST_CELL {
                return Err(Invalid::TooLong { most: 1_000 });
            }
            if *column == Column::ExternalId {
                line.external_id = Some(cell.trim().to_owned()).filter(|id| !id.is_empty());
            } else if let Some(place) = COLUMNS.iter().position(|known| known == column) {
                line.cells.push((place, cell));
            }
        }
        lines.push(line);
    }
    Ok(lines)
}

fn read_csv(bytes: &[u8]) -> Result<Vec<Vec<String>>, Invalid> {
    // Older spreadsheets write Windows' letters.
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
        // What is no text has them everywhere.
        Err(_) if bytes.contains(&0) => return Err(Invalid::Form),
        Err(_) => WINDOWS_1252.decode_without_bom_handling(bytes).0,
    };
    let first = text.lines().next().unwrap_or_default();
    let separator = [';', ',', '\t']
        .into_iter()
        .max_by_key(|sign| first.matches(*sign).count())
        .unwrap_or(';');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(u8::try_from(separator).unwrap_or(b';'))
        .from_reader(text.as_bytes());
    reader
        .records()
        .take(MOST_ROWS + 2)
        .map(|record| {
            let record = record.map_err(|_| Invalid::Form)?;
            Ok(record.iter().take(MOST_COLUMNS).map(plain).collect())
        })
        .collect()
}

/// A cell without what stands before a text so that it is no formula.
fn plain(cell: &str) -> String {
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(FORMULA) => rest.to_owned(),
        _ => cell.to_owned(),
    }
}

/// Writes a table whose first row is its headings, with nothing in it that a spreadsheet would take for a formula.
///
/// # Errors
/// When a row cannot be written.
pub fn write(sheet: Sheet, rows: &[Vec<String>]) -> Result<Vec<u8>, Error> {
    let (headings, rows) = rows
        .split_first()
        .map_or((vec![], rows), |(first, rest)| (first.clone(), rest));
    let mut table = Table::new(vec![], sheet, b';', "1", headings)?;
    for row in rows {
        let cells: Vec<Cell> = row.iter().cloned().map(Cell::from).collect();
        table.row(&cells)?;
    }
    table.end()
}

/// A cell that no spreadsheet takes for a formula (OWASP, CSV injection).
pub(crate) fn harmless(cell: &str) -> String {
    if cell.starts_with(FORMULA) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows() -> Vec<Vec<String>> {
        let row = |cells: &[&str]| cells.iter().map(|cell| (*cell).to_owned()).collect();
        vec![
            row(&["Förnamn", "Efternamn", "Nummer", "Spelas in", "Okänd"]),
            row(&["Åsa", "=HYPERLINK(\"x\")", "+46709214080; 90510", "nej", "?"]),
        ]
    }

    #[test]
    fn what_is_written_is_read_again() {
        for bytes in [Sheet::Csv, Sheet::Xlsx].map(|sheet| write(sheet, &rows()).unwrap()) {
            let lines = read(&bytes).unwrap();
            assert_eq!(lines.len(), 1);
            let form = lines[0].onto(PersonForm {
                title: Some("Chef".into()),
                recording_active: true,
                ..PersonForm::default()
            });
            let form = form.unwrap();
            assert_eq!(
                (form.first_name.as_str(), form.last_name.as_str()),
                ("Åsa", "=HYPERLINK(\"x\")")
            );
            assert_eq!(form.numbers, ["+46709214080", "90510"]);
            assert!(!form.recording_active);
            assert_eq!(form.title.as_deref(), Some("Chef"), "what has no column stays");
        }
    }

    #[test]
    fn a_spreadsheet_finds_no_formula() {
        let text = String::from_utf8(write(Sheet::Csv, &rows()).unwrap()).unwrap();
        assert!(text.contains("'+46709214080") && text.contains("'=HYPERLINK"), "{text}");
        let cell = |text: &str| vec![vec!["title".to_owned()], vec![text.to_owned()]];
        let text = String::from_utf8(write(Sheet::Csv, &cell("＝1+1")).unwrap()).unwrap();
        assert!(text.contains("'＝1+1"), "{text}");
        // Also where a spreadsheet takes the other sign for what stands between cells.
        let text = String::from_utf8(write(Sheet::Csv, &cell("x,=1+1")).unwrap()).unwrap();
        assert!(text.contains("\"x,=1+1\""), "{text}");
    }

    #[test]
    fn an_apostrophe_is_a_sign_of_a_name() {
        let rows = vec![vec!["last_name".to_owned()], vec!["'t Hooft".to_owned()]];
        for bytes in [Sheet::Csv, Sheet::Xlsx].map(|sheet| write(sheet, &rows).unwrap()) {
            assert_eq!(read(&bytes).unwrap()[0].cell(Column::LastName), Some("'t Hooft"));
        }
    }

    #[test]
    fn commas_tabs_and_old_letters_are_read_too() {
        let lines = read(b"first_name,extension\nPelle,a1\n\n,\nLisa,a2\n").unwrap();
        assert_eq!(lines.iter().map(|line| line.number).collect::<Vec<_>>(), [2, 4]);
        let latin = read(b"F\xf6rnamn\tAnknytning\n\xc5sa\x96\x80\ta3\n").unwrap();
        assert_eq!(latin[0].cell(Column::FirstName), Some("Åsa–€"));
    }

    #[test]
    fn what_is_no_table_is_refused() {
        assert_eq!(read(b""), Err(Invalid::Missing));
        assert_eq!(read(b"a;b\n1;2\n"), Err(Invalid::Form));
        assert_eq!(read(b"\x00\xff\xfe"), Err(Invalid::Form));
        assert_eq!(read(b"PK\x03\x04 not a book"), Err(Invalid::Form));
        assert_eq!(read(b"first_name\nTil\0da\n"), Err(Invalid::Characters));
        assert_eq!(read(b"first_name;a\0b\nTilda;x\n"), Err(Invalid::Characters));
        let long = format!("förnamn\n{}", "x\n".repeat(5_001));
        assert_eq!(read(long.as_bytes()), Err(Invalid::TooMany { most: 5_000 }));
    }
}
