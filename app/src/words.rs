//! Words for those who meet Hark outside its pages: at a command line, in a folder, over the API.

use backend::{people::Column, recordings::Wording};
use model::{
    facts::Direction,
    list,
    period::Day,
    problem::{Problem, Refusal, Wrong},
    recording::{Flag, RecordingRow},
    sound::{Chunk, Format, HeaderField, SoundFault},
};

pub use crate::i18n::Locale;
use crate::{error::invalid, i18n::td_string};

/// Why a recording was not taken, and what to do about it.
#[must_use]
pub fn refusal(locale: Locale, refusal: &Refusal) -> String {
    match refusal {
        Refusal::Sound(fault) => sound(locale, fault),
        Refusal::Facts { field, why } => {
            td_string!(locale, ingest.facts, field = field.name(), why = invalid(locale, why))
        }
        Refusal::Unreadable { detail } => td_string!(locale, ingest.unreadable, detail = detail.clone()),
        Refusal::Conflict => td_string!(locale, ingest.conflict).to_owned(),
        Refusal::NotRecorded { rule } => td_string!(locale, ingest.not_recorded, rule = rule.clone()),
        Refusal::TooLarge { most } => td_string!(locale, ingest.too_large, limit = size(*most)),
        Refusal::LongHead { most } => td_string!(locale, ingest.long_head, limit = size(*most)),
        Refusal::NameMismatch => td_string!(locale, ingest.name_mismatch).to_owned(),
        Refusal::Storage { detail } => td_string!(locale, ingest.storage, detail = detail.clone()),
    }
}

/// What a column of a table of people is called.
#[must_use]
pub fn column(locale: Locale, column: Column) -> String {
    use model::problem::Field;
    let field = match column {
        Column::ExternalId => Field::ExternalId,
        Column::FirstName => Field::FirstName,
        Column::LastName => Field::LastName,
        Column::Email => Field::Email,
        Column::Title => Field::Title,
        Column::Extension => Field::Extension,
        Column::Numbers => Field::Numbers,
        Column::RecordingActive => Field::Recording,
        Column::DashboardActive => Field::Dashboard,
        Column::District => Field::District,
        Column::Department => Field::Department,
        Column::CostCenter => Field::CostCenter,
        Column::Office => Field::Office,
        Column::Role => Field::Role,
    };
    crate::ui::label(locale, field).to_owned()
}

/// Yes or no.
#[must_use]
pub fn yes_no(locale: Locale, yes: bool) -> &'static str {
    if yes {
        td_string!(locale, import.yes)
    } else {
        td_string!(locale, import.no)
    }
}

/// What a table of people is called as a file.
#[must_use]
pub fn people_file(locale: Locale) -> String {
    td_string!(locale, people.title).to_lowercase()
}

/// What a file of recordings is called, without its end.
#[must_use]
pub fn recordings_file(locale: Locale, day: Day) -> String {
    td_string!(locale, list.archive, day = day.to_string())
}

/// A file of recordings in a language.
#[derive(Clone, Copy, Debug)]
pub struct File(pub Locale);

impl Wording for File {
    fn heading(&self, column: list::Column) -> String {
        let Self(locale) = *self;
        match column {
            list::Column::Direction => td_string!(locale, recordings.direction),
            list::Column::Date => td_string!(locale, recordings.date),
            list::Column::Time => td_string!(locale, recordings.time),
            list::Column::Extension => td_string!(locale, recordings.extension),
            list::Column::User => td_string!(locale, recordings.user),
            list::Column::Number => td_string!(locale, recordings.number),
            list::Column::DirectNumber => td_string!(locale, recordings.direct_number),
            list::Column::Channel => td_string!(locale, recordings.channel),
            list::Column::Length => td_string!(locale, recordings.length),
            list::Column::Tag => td_string!(locale, recordings.tag),
            list::Column::Flag => td_string!(locale, recordings.flag),
            list::Column::Evaluation => td_string!(locale, recordings.evaluation_percent),
        }
        .to_owned()
    }

    fn cell(&self, column: list::Column, row: &RecordingRow) -> String {
        let Self(locale) = *self;
        match column {
            list::Column::Direction => match row.direction {
                Direction::Incoming => td_string!(locale, recordings.incoming).to_owned(),
                Direction::Outgoing => td_string!(locale, recordings.outgoing).to_owned(),
                Direction::Internal => td_string!(locale, recordings.internal).to_owned(),
            },
            // As a machine sorts it, in every language.
            list::Column::Date => row.start.day().to_string(),
            list::Column::Time => crate::format::time(&row.start),
            list::Column::Extension => row.extension.clone(),
            list::Column::User => row.person.clone().unwrap_or_else(|| row.extension.clone()),
            list::Column::Number => row.number.as_ref().map_or_else(
                || td_string!(locale, recordings.withheld).to_owned(),
                |number| number.shown.clone(),
            ),
            list::Column::DirectNumber => row
                .number_rung
                .as_ref()
                .map(|number| number.shown.clone())
                .unwrap_or_default(),
            list::Column::Channel => String::new(),
            list::Column::Length => crate::format::full_length(row.call_ms),
            list::Column::Tag => row.tag.clone().unwrap_or_default(),
            list::Column::Flag => match row.flag {
                None => String::new(),
                Some(Flag::Green) => td_string!(locale, recordings.flag_green).to_owned(),
                Some(Flag::Blue) => td_string!(locale, recordings.flag_blue).to_owned(),
                Some(Flag::Red) => td_string!(locale, recordings.flag_red).to_owned(),
            },
            // A number that a sheet counts with; in words that it failed, and that it is evaluated where nothing counts.
            list::Column::Evaluation => match row.verdict.map(|verdict| (verdict.failed, verdict.percent)) {
                None => String::new(),
                Some((true, _)) => td_string!(locale, recordings.evaluation_failed).to_owned(),
                Some((false, None)) => td_string!(locale, recordings.evaluated).to_owned(),
                Some((false, Some(percent))) => percent.write(crate::format::point(locale)),
            },
        }
    }

    fn file(&self) -> String {
        td_string!(self.0, list.file).to_owned()
    }

    fn unread(&self) -> String {
        td_string!(self.0, list.unread).to_owned()
    }

    fn sheet(&self) -> String {
        td_string!(self.0, list.sheet).to_owned()
    }

    fn separator(&self) -> u8 {
        match self.0 {
            Locale::sv => b';',
            Locale::en => b',',
        }
    }
}

/// What came of an import.
#[must_use]
pub fn imported(locale: Locale, new: usize, already: usize, refused: usize) -> String {
    td_string!(locale, ingest.imported, new = new, already = already, refused = refused)
}

/// What went wrong, for the one at a command line.
#[must_use]
pub fn problem(locale: Locale, problem: &Problem) -> String {
    match problem {
        Problem::Invalid(wrong) => {
            let said = wrong
                .iter()
                .map(|Wrong { field, why }| format!("{}: {}", field.name(), invalid(locale, why)));
            said.collect::<Vec<_>>().join(" ")
        }
        Problem::NotFound => td_string!(locale, ingest.nothing).to_owned(),
        other => crate::error::in_words(locale, other),
    }
}

fn sound(locale: Locale, fault: &SoundFault) -> String {
    match *fault {
        SoundFault::NotSound => td_string!(locale, ingest.not_sound).to_owned(),
        SoundFault::Format { format } => td_string!(locale, ingest.format, format = format_name(format)),
        SoundFault::UnknownCodec { tag } => td_string!(locale, ingest.unknown_codec, tag = format!("{tag:#06x}")),
        SoundFault::NotOpus => td_string!(locale, ingest.not_opus).to_owned(),
        SoundFault::MpegLayer { layer } => td_string!(locale, ingest.mpeg_layer, layer = layer),
        SoundFault::Bits { bits } => td_string!(locale, ingest.bits, bits = bits),
        SoundFault::Channels { n } => td_string!(locale, ingest.channels, n = n),
        SoundFault::Rate { hz } => td_string!(locale, ingest.rate, hz = hz),
        SoundFault::MissingChunk { chunk: Chunk::Format } => td_string!(locale, ingest.missing_format).to_owned(),
        SoundFault::MissingChunk { chunk: Chunk::Data } => td_string!(locale, ingest.missing_data).to_owned(),
        SoundFault::LyingHeader { field } => td_string!(locale, ingest.lying_header, field = header_field(field)),
        SoundFault::Truncated { declared, found } => {
            td_string!(locale, ingest.truncated, declared = declared, found = found)
        }
        SoundFault::Unfinished => td_string!(locale, ingest.unfinished).to_owned(),
        SoundFault::Ragged { bytes, block } => td_string!(locale, ingest.ragged, bytes = bytes, block = block),
        SoundFault::Trailing { bytes } => td_string!(locale, ingest.trailing, bytes = bytes),
        SoundFault::Empty => td_string!(locale, ingest.empty).to_owned(),
        SoundFault::TooLong { limit_seconds } => td_string!(locale, ingest.too_long, hours = limit_seconds / 3600),
        SoundFault::TooLarge { limit_bytes } => td_string!(locale, ingest.too_large, limit = size(limit_bytes)),
        SoundFault::Inflation { limit } => td_string!(locale, ingest.inflation, limit = limit),
        SoundFault::Damaged { at_ms } => {
            td_string!(
                locale,
                ingest.damaged,
                at = crate::format::length(i64::try_from(at_ms).unwrap_or(i64::MAX))
            )
        }
    }
}

const fn format_name(format: Format) -> &'static str {
    match format {
        Format::Aac => "AAC",
        Format::Aiff => "AIFF",
        Format::Amr => "AMR",
        Format::Asf => "WMA",
        Format::Au => "AU",
        Format::Matroska => "Matroska/WebM",
        Format::Mp4 => "MP4",
        Format::Rf64 => "RF64",
    }
}

const fn header_field(field: HeaderField) -> &'static str {
    match field {
        HeaderField::RiffSize => "RIFF size",
        HeaderField::ChunkSize => "chunk size",
        HeaderField::Repeated => "repeated chunk",
        HeaderField::BitsPerSample => "bits per sample",
        HeaderField::BlockAlign => "block align",
        HeaderField::OpusHead => "OpusHead",
        HeaderField::Granule => "granule position",
        HeaderField::Id3 => "ID3",
        HeaderField::StreamInfo => "STREAMINFO",
        HeaderField::Frames => "frames",
    }
}

fn size(bytes: u64) -> String {
    if bytes >= 1 << 20 {
        format!("{} MiB", bytes >> 20)
    } else {
        format!("{} KiB", bytes >> 10)
    }
}

#[cfg(test)]
mod tests {
    use model::evaluation::{Tenths, Verdict};

    use super::*;
    use crate::samples;

    #[test]
    fn a_file_tells_what_failed_from_what_came_to_nothing() {
        let cell = |locale, verdict| {
            let row = RecordingRow {
                verdict,
                ..samples::row(1, 1)
            };
            File(locale).cell(list::Column::Evaluation, &row)
        };
        let said = |percent, failed| {
            Some(Verdict {
                percent,
                failed,
                waits: None,
            })
        };
        assert_eq!(cell(Locale::sv, None), "");
        assert_eq!(cell(Locale::sv, said(None, false)), "Utvärderad");
        assert_eq!(cell(Locale::sv, said(Some(Tenths(0)), false)), "0,0");
        assert_eq!(cell(Locale::sv, said(Some(Tenths(0)), true)), "underkänd");
        assert_eq!(cell(Locale::en, said(Some(Tenths(0)), true)), "failed");
    }
}
