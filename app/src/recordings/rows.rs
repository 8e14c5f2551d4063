//! The rows of the list: who, when, with whom, and hearing it. Those of a page are one piece of HTML, made the same on
//! both sides and taken over as it stands (ADR 9); what moves in them is in [`super::paint`].

use std::sync::Arc;

use askama::Template;
use model::{
    columns::{Columns, Wide},
    facts::Direction,
    id::RecordingId,
    list::{Column, ListQuery},
    recording::RecordingRow,
};

use super::{query, table::class, words};
use crate::{
    format,
    i18n::{Locale, td_string},
};

/// What is one line of the list.
#[derive(Clone)]
pub struct Line {
    pub row: Arc<RecordingRow>,
    /// The one who was rung, where both sides of an internal call stand beside each other.
    pub rung: Option<Arc<RecordingRow>>,
    /// Whether it is one side of a conversation, shown where that is opened.
    pub side: bool,
}

impl Line {
    /// Which recordings it is of.
    pub fn ids(&self) -> Vec<RecordingId> {
        [Some(&self.row), self.rung.as_ref()]
            .into_iter()
            .flatten()
            .map(|row| row.id)
            .collect()
    }

    /// Whether what is open is in it: where both sides of a call are one line, either of them.
    pub fn is_open(&self, open: Option<RecordingId>) -> bool {
        open.is_some_and(|open| self.ids().contains(&open))
    }

    /// By what it is told from others when it is read aloud.
    pub fn name(&self) -> String {
        let time = format::time(&self.row.start);
        match &self.rung {
            Some(rung) => format!("{}, {} {time}", words::person(&self.row), words::person(rung)),
            None => format!("{} {time}", words::person(&self.row)),
        }
    }
}

/// An internal call is one conversation, where both of its recordings stand beside each other; both follow it.
pub fn together(rows: Vec<impl Into<Arc<RecordingRow>>>) -> Vec<Line> {
    let line = |row, rung, side| Line { row, rung, side };
    let mut lines = Vec::with_capacity(rows.len());
    let mut rows = rows.into_iter().map(Into::into).peekable();
    while let Some(row) = rows.next() {
        let pair = |other: &Arc<RecordingRow>| row.direction == Direction::Internal && other.call == row.call;
        let Some(other) = rows.next_if(pair) else {
            lines.push(line(row, None, false));
            continue;
        };
        // The one who rang knows what number was rung.
        let (ringing, rung) = if row.number_rung.is_some() && other.number_rung.is_none() {
            (other, row)
        } else {
            (row, other)
        };
        lines.push(line(ringing.clone(), Some(rung.clone()), false));
        lines.push(line(ringing, None, true));
        lines.push(line(rung, None, true));
    }
    lines
}

/// Lines as HTML, escaped by what makes it.
pub fn html(
    lines: &[Line],
    columns: &Columns,
    query: &ListQuery,
    open: Option<RecordingId>,
    locale: Locale,
    sprite: &str,
) -> Result<String, askama::Error> {
    let row = |line: &Line| Row::new(line, columns, query, open, locale);
    let rows = lines.iter().map(row).collect();
    Rows { rows, sprite }.render()
}

#[derive(Template)]
#[template(path = "rows.html")]
struct Rows<'a> {
    rows: Vec<Row>,
    sprite: &'a str,
}

struct Row {
    id: RecordingId,
    both: Option<RecordingId>,
    side: bool,
    open: bool,
    address: String,
    pick: String,
    unfold: Option<String>,
    cells: Vec<Cell>,
    play: String,
    /// What the arrow gives: the sound, or both of a conversation in one file.
    file: String,
    download: String,
}

struct Cell {
    class: &'static str,
    /// Whether someone has said how wide the column is.
    wide: bool,
    title: Option<String>,
    inside: Inside,
}

enum Inside {
    Words(String),
    Direction {
        symbol: &'static str,
        words: &'static str,
    },
    Time {
        stamp: String,
        words: String,
    },
    Person(String),
    Persons {
        ringing: String,
        verb: &'static str,
        rung: String,
    },
    Flag {
        name: &'static str,
        words: &'static str,
    },
    Verdict {
        /// What it came to; none where nothing counts.
        percent: Option<String>,
        evaluated: &'static str,
        /// What else there is to know: a sign, and its words.
        notes: Vec<(&'static str, &'static str)>,
    },
}

impl Row {
    fn new(line: &Line, columns: &Columns, query: &ListQuery, open: Option<RecordingId>, locale: Locale) -> Self {
        let (id, name) = (line.row.id, line.name());
        Self {
            id,
            both: line.rung.as_ref().map(|rung| rung.id),
            side: line.side,
            open: line.is_open(open),
            address: query::open(id, query),
            pick: td_string!(locale, list.pick, name = name.clone()),
            unfold: line
                .rung
                .as_ref()
                .map(|_| td_string!(locale, list.open_both, name = name.clone())),
            cells: columns.iter().map(|wide| Cell::new(line, wide, locale)).collect(),
            play: td_string!(locale, recordings.play, name = name.clone()),
            file: match &line.rung {
                None => format!("/media/{id}/download"),
                Some(rung) => format!("/recordings.zip?sheet=xlsx&id={id}&id={}", rung.id),
            },
            download: if line.rung.is_some() {
                td_string!(locale, list.get_both, name = name)
            } else {
                td_string!(locale, recordings.download, name = name)
            },
        }
    }
}

impl Cell {
    fn new(line: &Line, Wide { column, width }: Wide, locale: Locale) -> Self {
        let row = &line.row;
        // A conversation that is closed has what either of its sides has.
        let rung = line.rung.as_ref();
        let shown = |words: Option<String>| Inside::Words(words.unwrap_or_default());
        let (title, inside) = match column {
            Column::Direction => {
                let (symbol, words) = words::direction(locale, row.direction);
                (Some(words.to_owned()), Inside::Direction { symbol, words })
            }
            Column::Date => (None, Inside::Words(format::day(locale, &row.start))),
            Column::Time => {
                let (stamp, words) = (row.start.rfc3339(), format::time(&row.start));
                (None, Inside::Time { stamp, words })
            }
            Column::Extension => (None, Inside::Words(row.extension.clone())),
            Column::User => (None, person(line, locale)),
            Column::Number => {
                let number = row.number.as_ref().map(|number| number.shown.clone());
                let withheld = || td_string!(locale, recordings.withheld).to_owned();
                (row.other_name.clone(), Inside::Words(number.unwrap_or_else(withheld)))
            }
            Column::DirectNumber => (None, shown(row.number_rung.as_ref().map(|number| number.shown.clone()))),
            Column::Length => (None, Inside::Words(format::length(row.call_ms))),
            Column::Tag => {
                let tag = row.tag.clone().or_else(|| rung?.tag.clone());
                (tag.clone(), shown(tag))
            }
            Column::Flag => {
                let flag = row.flag.or_else(|| rung?.flag);
                let flag = flag.map(|flag| Inside::Flag {
                    name: flag.name(),
                    words: words::flag(locale, flag),
                });
                (None, flag.unwrap_or_else(|| shown(None)))
            }
            Column::Evaluation => match words::gravest(row.verdict, rung.and_then(|rung| rung.verdict)) {
                Some(verdict) => {
                    let inside = Inside::Verdict {
                        percent: verdict.percent.map(|percent| format::percent(locale, Some(percent))),
                        evaluated: td_string!(locale, recordings.evaluated),
                        notes: words::notes(locale, &verdict),
                    };
                    (Some(words::verdict(locale, &verdict)), inside)
                }
                None => (None, shown(None)),
            },
            Column::Channel => (None, shown(None)),
        };
        Self {
            class: class(column),
            wide: width.is_some(),
            title,
            inside,
        }
    }
}

fn person(line: &Line, locale: Locale) -> Inside {
    let name = words::person(&line.row);
    match &line.rung {
        Some(rung) => Inside::Persons {
            ringing: name,
            verb: words::verb(locale, line.row.direction),
            rung: words::person(rung),
        },
        None => Inside::Person(name),
    }
}

#[cfg(test)]
mod tests {
    use model::{
        evaluation::{Tenths, Verdict, Who},
        recording::{Flag, Number},
    };

    use super::*;
    use crate::samples;

    fn row(id: i64, call: i64) -> RecordingRow {
        RecordingRow {
            direction: Direction::Internal,
            ..samples::row(id, call)
        }
    }

    fn shown(lines: &[Line]) -> String {
        let query = ListQuery::default();
        html(
            lines,
            &Columns::default(),
            &query,
            Some(RecordingId(9)),
            Locale::sv,
            "/i.svg",
        )
        .unwrap()
    }

    #[test]
    fn both_sides_of_a_call_are_one_line_that_both_follow() {
        let rang = |row: RecordingRow| RecordingRow {
            number_rung: Some(Number {
                dial: "a7".into(),
                shown: "a7".into(),
            }),
            ..row
        };
        let lines = together(vec![rang(row(9, 1)), row(8, 1), row(7, 2), row(6, 3)]);
        let ids = |line: &Line| line.ids().iter().map(|id| id.0).collect::<Vec<_>>();
        let found: Vec<_> = lines.iter().map(|line| (ids(line), line.side)).collect();
        assert_eq!(
            found,
            [
                (vec![8, 9], false),
                (vec![8], true),
                (vec![9], true),
                (vec![7], false),
                (vec![6], false)
            ]
        );
        let html = shown(&lines);
        assert_eq!(html.matches("<tr ").count(), 5);
        assert!(html.contains(r#"class="both" data-id="8" data-ids="8 9""#), "{html}");
        assert_eq!(html.matches("/download").count(), 4, "{html}");
        let both = html.matches("/recordings.zip?sheet=xlsx&#38;id=8&#38;id=9").count();
        assert_eq!(both, 1, "a conversation has two sounds: {html}");
        assert!(html.contains(r#"data-id="9" data-side aria-current="true""#), "{html}");
        let folded = r#"data-id="8" data-ids="8 9" aria-current="true""#;
        assert!(
            html.contains(folded),
            "where it is folded, its conversation is marked: {html}"
        );
    }

    #[test]
    fn a_closed_conversation_has_what_either_side_has() {
        let marked = |row: RecordingRow| RecordingRow {
            tag: Some("Offert".into()),
            flag: Some(Flag::Blue),
            verdict: Some(Verdict::default()),
            ..row
        };
        // The one who was rung stands second.
        let html = shown(&together(vec![row(8, 1), marked(row(7, 1))]));
        let rows: Vec<_> = html.split("<tr ").skip(1).collect();
        let has = |row: &str| ["Offert", r#"data-c="blue""#, "class=\"state\""].map(|what| row.contains(what));
        assert_eq!(
            rows.iter().map(|row| has(row)).collect::<Vec<_>>(),
            [[true; 3], [false; 3], [true; 3]],
            "{html}"
        );
    }

    #[test]
    fn what_a_call_came_to_stands_in_words_and_not_in_colours_alone() {
        let judged = |verdict| {
            let row = RecordingRow { verdict, ..row(9, 1) };
            let columns = Columns::parse("user,evaluation").unwrap();
            let lines = together(vec![row]);
            html(&lines, &columns, &ListQuery::default(), None, Locale::sv, "/i.svg").unwrap()
        };
        let good = judged(Some(Verdict {
            percent: Some(Tenths(829)),
            ..Verdict::default()
        }));
        assert!(
            good.contains(">82,9\u{a0}%</span>") && !good.contains("i-alert"),
            "{good}"
        );
        let bad = judged(Some(Verdict {
            percent: Some(Tenths(0)),
            failed: true,
            waits: Some(Who::Evaluator),
        }));
        let title = "title=\"0\u{a0}%, underkänd, ifrågasatt, väntar på svar\"";
        // Each sign says what it means where one points at it: above the link that reaches over the row.
        let sign = "title=\"ifrågasatt, väntar på svar\"><svg";
        for said in [title, sign, "i-alert", "i-help", "underkänd</span>"] {
            assert!(bad.contains(said), "{bad}");
        }
        let uncounted = judged(Some(Verdict::default()));
        assert!(
            uncounted.contains("i-check") && uncounted.contains(">Utvärderad<"),
            "{uncounted}"
        );
        assert!(!judged(None).contains("class=\"state\""));
    }

    #[test]
    fn cells_know_that_their_column_is_measured() {
        let columns = Columns::parse("user,tag:300").unwrap();
        let lines = together(vec![row(9, 1)]);
        let html = html(&lines, &columns, &ListQuery::default(), None, Locale::sv, "/i.svg").unwrap();
        assert_eq!(html.matches("data-wide").count(), 1);
        assert!(html.contains(r#"class="tag" data-wide"#), "{html}");
    }

    #[test]
    fn what_people_have_written_is_words_and_never_html() {
        let bad = "\"><script>alert(1)</script>&'";
        let row = RecordingRow {
            extension: bad.into(),
            person: Some(bad.into()),
            other_name: Some(bad.into()),
            number: Some(Number {
                dial: bad.into(),
                shown: bad.into(),
            }),
            number_rung: Some(Number {
                dial: bad.into(),
                shown: bad.into(),
            }),
            tag: Some(bad.into()),
            flag: Some(Flag::Red),
            verdict: Some(Verdict::default()),
            ..row(9, 1)
        };
        let html = shown(&together(vec![row.clone(), row]));
        assert!(!html.contains("<script"), "{html}");
        assert!(!html.contains("\"\">"), "{html}");
        assert!(
            html.matches("&lt;script&gt;").count() + html.matches("&#60;script&#62;").count() > 20,
            "{html}"
        );
    }
}
