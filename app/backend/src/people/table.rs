//! People as a table: what a file is read into, and what one is made of. CSV for machines, XLSX for people.

use std::io::{Cursor, Read};

use calamine::{Data, DataRef, Reader, Xlsx};
use encoding_rs::WINDOWS_1252;
use model::{
    people::PersonForm,
    problem::{Field, Invalid},
};
use rust_xlsxwriter::{Format, Workbook};

use crate::Error;

/// Rows taken from one file, and characters of a cell.
const MOST_ROWS: usize = 5_000;
const MOST_CELL: usize = 1_000;
/// Columns that are looked at, and bytes that a packed table may unpack to.
const MOST_COLUMNS: usize = 64;
const MOST_UNPACKED: u64 = 16 << 20;
/// What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection).
const FORMULA: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\0'];

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
/// [`Invalid::Form`] where it is neither, or has no column that anyone knows; [`Invalid::TooMany`].
pub fn read(bytes: &[u8]) -> Result<Vec<Line>, Invalid> {
    let rows = if bytes.starts_with(b"PK\x03\x04") {
        read_xlsx(bytes)?
    } else {
        read_csv(bytes)?
    };
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
    if bytes.contains(&0) {
        return Err(Invalid::Form);
    }
    let text = match std::str::from_utf8(bytes) {
        Ok(text) => text.into(),
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

/// Whether a part says that it holds more different texts than a table has cells: room is made for all that it says.
fn says_too_much(part: &[u8]) -> bool {
    const SAID: &[u8] = b"uniqueCount";
    part.windows(SAID.len())
        .enumerate()
        .filter(|(_, word)| *word == SAID)
        .any(|(at, _)| {
            let rest = part.get(at + SAID.len()..).unwrap_or_default().iter().copied();
            let digits = rest.skip_while(|sign| b" \t\r\n=\"'+".contains(sign));
            let number = digits.take_while(u8::is_ascii_digit).fold(0_usize, |number, digit| {
                number.saturating_mul(10).saturating_add(usize::from(digit - b'0'))
            });
            number > MOST_ROWS * MOST_COLUMNS
        })
}

/// Whether it is written so that what is looked for in its bytes is what a reader finds: UTF-8, and no sign that XML has no
/// place for (XML 1.0, 2.2).
fn is_plain_xml(part: &[u8]) -> bool {
    let controls = part.iter().any(|byte| *byte < b' ' && !b"\t\r\n".contains(byte));
    !controls && std::str::from_utf8(part).is_ok()
}

/// Reads the cells as they come: where a sheet says how large it is, it can say anything.
fn read_xlsx(bytes: &[u8]) -> Result<Vec<Vec<String>>, Invalid> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Invalid::Form)?;
    let (mut unpacked, mut part) = (0_u64, vec![]);
    for place in 0..archive.len() {
        // Counted by unpacking: what a file in it says of its own length need not be so.
        let mut file = archive.by_index(place).map_err(|_| Invalid::Form)?;
        let room = (MOST_UNPACKED + 1).saturating_sub(unpacked);
        part.clear();
        let read = (&mut file).take(room).read_to_end(&mut part);
        unpacked += read.map_err(|_| Invalid::Form)? as u64;
        if unpacked > MOST_UNPACKED || says_too_much(&part) {
            return Err(Invalid::TooMany { most: 5_000 });
        }
        let is_xml = file.name().is_ok_and(|name| name.ends_with(".xml"));
        if is_xml && !is_plain_xml(&part) {
            return Err(Invalid::Form);
        }
    }
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| Invalid::Form)?;
    let sheet = book.sheet_names().first().cloned().ok_or(Invalid::Form)?;
    let mut cells = book.worksheet_cells_reader(&sheet).map_err(|_| Invalid::Form)?;
    let mut rows: Vec<Vec<String>> = vec![];
    while let Some(cell) = cells.next_cell().map_err(|_| Invalid::Form)? {
        let (row, column) = cell.get_position();
        let (row, column) = (row as usize, column as usize);
        if row > MOST_ROWS {
            return Err(Invalid::TooMany { most: 5_000 });
        }
        if column >= MOST_COLUMNS {
            continue;
        }
        let text = match cell.get_value() {
            DataRef::Empty => continue,
            // A number that was meant as a text has no decimals.
            DataRef::Float(number) if number.fract() == 0.0 => format!("{number:.0}"),
            DataRef::Float(number) => number.to_string(),
            DataRef::Int(number) => number.to_string(),
            DataRef::Bool(yes) => yes.to_string(),
            DataRef::String(text) => text.clone(),
            DataRef::SharedString(text) => (*text).to_owned(),
            other => Data::from(other.clone()).to_string(),
        };
        if rows.len() <= row {
            rows.resize_with(row + 1, Vec::new);
        }
        if let Some(cells) = rows.get_mut(row) {
            if cells.len() <= column {
                cells.resize_with(column + 1, String::new);
            }
            if let Some(place) = cells.get_mut(column) {
                *place = text;
            }
        }
    }
    Ok(rows)
}

/// Writes a table as CSV: UTF-8, semicolons, and nothing that a spreadsheet would take for a formula.
///
/// # Errors
/// When a row cannot be written.
pub fn write_csv(rows: &[Vec<String>]) -> Result<Vec<u8>, Error> {
    let mut bytes = "\u{feff}".as_bytes().to_vec();
    {
        let mut writer = csv::WriterBuilder::new()
            .delimiter(b';')
            .terminator(csv::Terminator::CRLF)
            .from_writer(&mut bytes);
        for row in rows {
            writer
                .write_record(row.iter().map(|cell| harmless(cell)))
                .map_err(Error::internal)?;
        }
        writer.flush()?;
    }
    Ok(bytes)
}

/// A cell that no spreadsheet takes for a formula (OWASP, CSV injection).
fn harmless(cell: &str) -> String {
    if cell.starts_with(FORMULA) {
        format!("'{cell}")
    } else {
        cell.to_owned()
    }
}

/// Writes a table as XLSX, every cell a text.
///
/// # Errors
/// When it cannot be written.
pub fn write_xlsx(rows: &[Vec<String>]) -> Result<Vec<u8>, Error> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let (bold, text) = (Format::new().set_bold(), Format::new().set_num_format("@"));
    for (row, cells) in rows.iter().enumerate() {
        for (column, cell) in cells.iter().enumerate() {
            let (row, column) = (
                u32::try_from(row).map_err(Error::internal)?,
                u16::try_from(column).map_err(Error::internal)?,
            );
            let format = if row == 0 { &bold } else { &text };
            sheet
                .write_string_with_format(row, column, cell, format)
                .map_err(Error::internal)?;
        }
    }
    sheet.set_freeze_panes(1, 0).map_err(Error::internal)?;
    sheet.autofit();
    book.save_to_buffer().map_err(Error::internal)
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
        for bytes in [write_csv(&rows()).unwrap(), write_xlsx(&rows()).unwrap()] {
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
        let text = String::from_utf8(write_csv(&rows()).unwrap()).unwrap();
        assert!(text.contains("'+46709214080") && text.contains("'=HYPERLINK"), "{text}");
    }

    #[test]
    fn an_apostrophe_is_a_sign_of_a_name() {
        let rows = vec![vec!["last_name".to_owned()], vec!["'t Hooft".to_owned()]];
        for bytes in [write_csv(&rows).unwrap(), write_xlsx(&rows).unwrap()] {
            assert_eq!(read(&bytes).unwrap()[0].cell(Column::LastName), Some("'t Hooft"));
        }
    }

    #[test]
    fn a_book_that_says_it_is_endless_is_not_believed() {
        let mut book = Workbook::new();
        let sheet = book.add_worksheet();
        sheet.write_string(0, 0, "first_name").unwrap();
        sheet.write_string(1_048_575, 16_383, "x").unwrap();
        assert_eq!(
            read(&book.save_to_buffer().unwrap()),
            Err(Invalid::TooMany { most: 5_000 })
        );
    }

    /// The smallest book there is, its shared texts and its sheet as given.
    fn book(texts: &str, sheet: &str) -> Vec<u8> {
        use std::io::Write;

        let parts = [
            ("[Content_Types].xml", "<Types/>"),
            (
                "_rels/.rels",
                r#"<Relationships><Relationship Id="a" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
            ),
            (
                "xl/workbook.xml",
                r#"<workbook><sheets><sheet name="a" sheetId="1" r:id="b"/></sheets></workbook>"#,
            ),
            (
                "xl/_rels/workbook.xml.rels",
                r#"<Relationships><Relationship Id="b" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>"#,
            ),
            ("xl/sharedStrings.xml", texts),
            ("xl/worksheets/sheet1.xml", sheet),
        ];
        let mut archive = zip::ZipWriter::new(Cursor::new(vec![]));
        for (name, text) in parts {
            let options = zip::write::SimpleFileOptions::default();
            archive.start_file(name, options).unwrap();
            archive.write_all(text.as_bytes()).unwrap();
        }
        archive.finish().unwrap().into_inner()
    }

    fn sheet(place: &str) -> String {
        format!(r#"<worksheet><sheetData><row r="1"><c r="{place}" t="s"><v>0</v></c></row></sheetData></worksheet>"#)
    }

    #[test]
    fn a_book_may_say_of_itself_what_it_likes() {
        let texts = |count: &str| format!("<sst {count}><si><t>first_name</t></si></sst>");
        let sound = book(&texts(r#"uniqueCount="1""#), &sheet("A1"));
        assert_eq!(read(&sound), Ok(vec![]), "it is a book as it stands");
        for count in ["4294967295", "99999999999999999999999"] {
            let many = book(&texts(&format!("uniqueCount = '{count}'")), &sheet("A1"));
            assert_eq!(read(&many), Err(Invalid::TooMany { most: 5_000 }), "{count}");
        }
        let hidden = book(&texts("unique\u{1b}(JCount=\"4294967295\""), &sheet("A1"));
        assert_eq!(read(&hidden), Err(Invalid::Form));
        let far = std::panic::catch_unwind(|| read(&book(&texts(""), &sheet("A4294967296"))));
        assert!(!matches!(far, Ok(Ok(_))), "it has no such row");
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
        let long = format!("förnamn\n{}", "x\n".repeat(5_001));
        assert_eq!(read(long.as_bytes()), Err(Invalid::TooMany { most: 5_000 }));
    }
}
