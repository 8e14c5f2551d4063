//! Tables of people as XLSX: a book is read with care, since whoever made it can have it say anything.

use std::io::{Cursor, Read};

use calamine::{Data, DataRef, Reader, Xlsx};
use model::problem::Invalid;

use super::table::{MOST_COLUMNS, MOST_ROWS};

/// Bytes that a book may unpack to.
const MOST_UNPACKED: u64 = 16 << 20;

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
pub(super) fn read_xlsx(bytes: &[u8]) -> Result<Vec<Vec<String>>, Invalid> {
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

#[cfg(test)]
mod tests {
    use std::io::Write;

    use rust_xlsxwriter::Workbook;

    use super::{super::table::read, *};

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
        // However a sign that no text has is written, it does not come in.
        for (sign, why) in [
            ("&#0;", Invalid::Form),
            ("&#x0;", Invalid::Form),
            ("_x0000_", Invalid::Characters),
        ] {
            let nul = book(&format!("<sst><si><t>first_name{sign}</t></si></sst>"), &sheet("A1"));
            assert_eq!(read(&nul), Err(why), "{sign}");
        }
        let far = std::panic::catch_unwind(|| read(&book(&texts(""), &sheet("A4294967296"))));
        assert!(!matches!(far, Ok(Ok(_))), "it has no such row");
    }
}
