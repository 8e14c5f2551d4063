//! A table as a file, written row by row: what is written is handed on, and nothing of it is held. CSV for machines, XLSX
//! for people; every cell is a text, but for days, lengths and percentages, which a book can sort and sum.

use std::{
    fmt::Write as _,
    io::{self, Write},
};

use model::{evaluation::Tenths, period::Day};
use zip::{
    ZipWriter,
    write::{SimpleFileOptions, StreamWriter},
};

use crate::{
    Error,
    people::{Sheet, harmless},
};

/// The rows of a sheet that every reader takes, with its headings. A table that is longer goes on in another sheet.
const MOST_ROWS: u32 = 1_048_576;

/// What stands in a cell.
#[derive(Clone, Debug)]
pub struct Cell {
    text: String,
    measured: Option<Measure>,
}

/// What a book counts with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// In milliseconds; books show whole seconds.
    Length(i64),
    Day(Day),
    /// Since midnight, in seconds.
    Time(i32),
    /// In tenths.
    Percent(Tenths),
}

impl From<String> for Cell {
    fn from(text: String) -> Self {
        Self { text, measured: None }
    }
}

impl Cell {
    /// A text that is also something to count with.
    pub const fn measured(text: String, measured: Option<Measure>) -> Self {
        Self { text, measured }
    }
}

impl Measure {
    /// Its place in [`STYLES`], and the number: what is a time is told in days, since the last day of 1899 by which books count,
    /// or of a length.
    fn number(self) -> (u8, f64) {
        const DAY_S: f64 = 86_400.0;
        match self {
            #[expect(clippy::cast_precision_loss, reason = "a call has not 2^53 seconds")]
            Self::Length(ms) => (LENGTH, (ms / 1_000) as f64 / DAY_S),
            Self::Day(day) => (DAY, f64::from(day.number() - FIRST.number())),
            Self::Time(seconds) => (TIME, f64::from(seconds) / DAY_S),
            Self::Percent(Tenths(tenths)) => (NUMBER, f64::from(tenths) / 10.0),
        }
    }
}

/// The day that books call 0 (ECMA-376 part 1, 18.17.4.1; right from March 1900 on).
const FIRST: Day = Day {
    year: 1899,
    month: 12,
    day: 30,
};

/// A table that is being written.
pub struct Table<W: Write>(Kind<W>);

enum Kind<W: Write> {
    Csv(Box<csv::Writer<W>>),
    Xlsx(Box<Book<W>>),
}

impl<W: Write> Table<W> {
    /// A table with these headings. `separator` stands between the cells of a CSV; `name` is what the sheet is called.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn new(mut out: W, sheet: Sheet, separator: u8, name: &str, headings: Vec<String>) -> Result<Self, Error> {
        Ok(Self(match sheet {
            Sheet::Csv => {
                out.write_all("\u{feff}".as_bytes())?;
                let mut writer = csv::WriterBuilder::new()
                    .delimiter(separator)
                    .terminator(csv::Terminator::CRLF)
                    // One who reads it with another sign between its cells finds each of them whole all the same.
                    .quote_style(csv::QuoteStyle::Always)
                    .from_writer(out);
                writer.write_record(&headings).map_err(Error::internal)?;
                Kind::Csv(Box::new(writer))
            }
            Sheet::Xlsx => Kind::Xlsx(Box::new(Book::new(out, name, headings)?)),
        }))
    }

    /// One more row.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn row(&mut self, cells: &[Cell]) -> Result<(), Error> {
        match &mut self.0 {
            Kind::Csv(writer) => writer
                .write_record(cells.iter().map(|cell| harmless(&cell.text)))
                .map_err(Error::internal),
            Kind::Xlsx(book) => book.row(cells),
        }
    }

    /// Hands on what has been written so far, as far as the kind of file lets it.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn flush(&mut self) -> Result<(), Error> {
        match &mut self.0 {
            Kind::Csv(writer) => Ok(writer.flush()?),
            Kind::Xlsx(_) => Ok(()),
        }
    }

    /// Writes the end.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn end(self) -> Result<W, Error> {
        match self.0 {
            Kind::Csv(writer) => writer.into_inner().map_err(|error| Error::Storage(error.into_error())),
            Kind::Xlsx(book) => book.end(),
        }
    }
}

/// A book whose sheets come first, since how many they are is known at the end.
struct Book<W: Write> {
    zip: ZipWriter<StreamWriter<W>>,
    name: String,
    headings: Vec<Cell>,
    sheets: u32,
    rows: u32,
    text: String,
}

impl<W: Write> Book<W> {
    fn new(out: W, name: &str, headings: Vec<String>) -> Result<Self, Error> {
        let mut book = Self {
            zip: ZipWriter::new_stream(out),
            name: name.to_owned(),
            headings: headings.into_iter().map(Cell::from).collect(),
            sheets: 0,
            rows: 0,
            text: String::new(),
        };
        book.sheet()?;
        Ok(book)
    }

    fn part(&mut self, name: &str) -> Result<(), Error> {
        self.zip
            .start_file(name, SimpleFileOptions::default())
            .map_err(Error::internal)
    }

    /// Begins a sheet: its headings stay in sight.
    fn sheet(&mut self) -> Result<(), Error> {
        self.sheets += 1;
        self.rows = 0;
        self.part(&format!("xl/worksheets/sheet{}.xml", self.sheets))?;
        let columns = self.headings.len();
        write!(
            self.zip,
            r#"{HEAD}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0"><pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><cols><col min="1" max="{columns}" width="18" customWidth="1"/></cols><sheetData>"#
        )?;
        let headings = std::mem::take(&mut self.headings);
        let written = self.write(&headings, HEADING);
        self.headings = headings;
        written
    }

    fn row(&mut self, cells: &[Cell]) -> Result<(), Error> {
        if self.rows == MOST_ROWS {
            self.zip.write_all(SHEET_END)?;
            self.sheet()?;
        }
        self.write(cells, CELL)
    }

    fn write(&mut self, cells: &[Cell], style: u8) -> Result<(), Error> {
        self.rows += 1;
        let row = self.rows;
        self.text.clear();
        write!(self.text, r#"<row r="{row}">"#).map_err(Error::internal)?;
        for (place, cell) in cells.iter().enumerate().filter(|(_, cell)| !cell.text.is_empty()) {
            let column = letters(place);
            match cell.measured.map(Measure::number) {
                Some((style, number)) => write!(self.text, r#"<c r="{column}{row}" s="{style}"><v>{number}</v></c>"#),
                None => write!(
                    self.text,
                    r#"<c r="{column}{row}" s="{style}" t="inlineStr"><is><t xml:space="preserve">{}</t></is></c>"#,
                    escaped(&cell.text)
                ),
            }
            .map_err(Error::internal)?;
        }
        self.text.push_str("</row>");
        self.zip.write_all(self.text.as_bytes())?;
        Ok(())
    }

    fn end(mut self) -> Result<W, Error> {
        self.zip.write_all(SHEET_END)?;
        let (mut types, mut sheets, mut links) = (String::new(), String::new(), String::new());
        for number in 1..=self.sheets {
            // A sheet's name is 31 characters at most.
            let name: String = self.name.chars().take(24).collect();
            let name = if number == 1 { name } else { format!("{name} {number}") };
            let name = escaped(&name);
            write!(
                types,
                r#"<Override PartName="/xl/worksheets/sheet{number}.xml" ContentType="{SHEETML}.worksheet+xml"/>"#
            )
            .and_then(|()| write!(sheets, r#"<sheet name="{name}" sheetId="{number}" r:id="r{number}"/>"#))
            .and_then(|()| {
                write!(
                    links,
                    r#"<Relationship Id="r{number}" Type="{LINK}/worksheet" Target="worksheets/sheet{number}.xml"/>"#
                )
            })
            .map_err(Error::internal)?;
        }
        let parts = [
            (
                "xl/workbook.xml",
                format!(r#"{HEAD}<workbook xmlns="{MAIN}" xmlns:r="{LINK}"><sheets>{sheets}</sheets></workbook>"#),
            ),
            (
                "xl/_rels/workbook.xml.rels",
                format!(
                    r#"{HEAD}<Relationships xmlns="{LINKS}">{links}<Relationship Id="s" Type="{LINK}/styles" Target="styles.xml"/></Relationships>"#
                ),
            ),
            (
                "xl/styles.xml",
                format!(r#"{HEAD}<styleSheet xmlns="{MAIN}">{STYLES}</styleSheet>"#),
            ),
            (
                "_rels/.rels",
                format!(
                    r#"{HEAD}<Relationships xmlns="{LINKS}"><Relationship Id="b" Type="{LINK}/officeDocument" Target="xl/workbook.xml"/></Relationships>"#
                ),
            ),
            (
                "[Content_Types].xml",
                format!(
                    r#"{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{SHEETML}.sheet.main+xml"/><Override PartName="/xl/styles.xml" ContentType="{SHEETML}.styles+xml"/>{types}</Types>"#
                ),
            ),
        ];
        for (name, text) in parts {
            self.part(name)?;
            self.zip.write_all(text.as_bytes())?;
        }
        Ok(self.zip.finish().map_err(Error::internal)?.into_inner())
    }
}

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8" standalone="yes"?>"#;
const MAIN: &str = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
const LINK: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const LINKS: &str = "http://schemas.openxmlformats.org/package/2006/relationships";
const SHEETML: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml";
const SHEET_END: &[u8] = b"</sheetData></worksheet>";
/// Numbers as they are, texts that stay texts, headings that are bold, and what is counted with: their places in [`STYLES`].
const NUMBER: u8 = 0;
const CELL: u8 = 1;
const HEADING: u8 = 2;
const LENGTH: u8 = 3;
const DAY: u8 = 4;
const TIME: u8 = 5;
const STYLES: &str = r#"<numFmts count="2"><numFmt numFmtId="164" formatCode="[hh]:mm:ss"/><numFmt numFmtId="165" formatCode="yyyy\-mm\-dd"/></numFmts><fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="6"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/><xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="165" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="21" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles>"#;

/// The letters of a column: A to Z, then AA.
fn letters(mut place: usize) -> String {
    let mut letters = String::new();
    loop {
        let letter = u8::try_from(place % 26).map_or('?', |place| char::from(b'A' + place));
        letters.insert(0, letter);
        if place < 26 {
            return letters;
        }
        place = place / 26 - 1;
    }
}

/// A text as XML has it. What XML has no place for becomes the sign for that, and what a spreadsheet would read as one of
/// its own escapes (`_x0041_`) is escaped itself.
fn escaped(text: &str) -> String {
    let mut xml = String::with_capacity(text.len());
    for (place, sign) in text.char_indices() {
        match sign {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            '_' if is_escape(text.get(place..).unwrap_or_default()) => xml.push_str("_x005F_"),
            '\t' | '\n' => xml.push(sign),
            sign if sign.is_control() || matches!(sign, '\u{fffe}' | '\u{ffff}') => xml.push('\u{fffd}'),
            sign => xml.push(sign),
        }
    }
    xml
}

fn is_escape(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.starts_with(b"_x")
        && bytes.get(6) == Some(&b'_')
        && bytes
            .get(2..6)
            .is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit))
}

/// Takes bytes in until someone fetches them.
#[derive(Clone, Debug, Default)]
pub struct Basin(std::sync::Arc<std::sync::Mutex<Vec<u8>>>);

impl Basin {
    /// What has come since the last time.
    #[must_use]
    pub fn take(&self) -> Vec<u8> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner))
    }
}

impl Write for Basin {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let mut held = self.0.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
        held.extend(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[cfg(test)]
mod tests;
