//! What a list becomes as a file (checklist 75, 88): a sheet of its facts, or an archive of its sounds. Asked for with the
//! words that the list's own address has, so that a link beside the list is all it takes.

use app::words::{self, Locale};
use axum::{
    body::Body,
    extract::{RawQuery, State},
    http::{HeaderMap, HeaderValue, header},
    response::Response,
};
use backend::{
    Error, Viewer,
    people::Sheet,
    recordings::{Order, Pieces},
};
use futures_util::stream;
use model::{
    bulk::Selection,
    columns::Columns,
    id::RecordingId,
    list::{Column, ListQuery},
};

use crate::{media::disposition, people, problem::fault, serve::Hark, visit::signed};

/// `GET /recordings.csv`: a sheet. Beside the words of a list: `columns=` names the columns and their order, `id=`, as often as
/// needed, says that only these are meant, `except=` that these are not, and `ticket=` is the asker's own word for it.
pub async fn csv(State(hark): State<Hark>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    answer(&hark, query.as_deref(), &headers, Kind::Sheet(Sheet::Csv)).await
}

/// `GET /recordings.xlsx`: the same as a book.
pub async fn xlsx(State(hark): State<Hark>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    answer(&hark, query.as_deref(), &headers, Kind::Sheet(Sheet::Xlsx)).await
}

/// `GET /recordings.zip`: the sounds themselves and a sheet of them; `sheet=xlsx` makes that one a book.
pub async fn zip(State(hark): State<Hark>, RawQuery(query): RawQuery, headers: HeaderMap) -> Response {
    answer(&hark, query.as_deref(), &headers, Kind::Archive).await
}

#[derive(Clone, Copy)]
enum Kind {
    Sheet(Sheet),
    Archive,
}

async fn answer(hark: &Hark, query: Option<&str>, headers: &HeaderMap, kind: Kind) -> Response {
    match begin(hark, query.unwrap_or_default(), headers, kind).await {
        Ok(response) => response,
        Err(error) => fault(&error),
    }
}

async fn begin(hark: &Hark, query: &str, headers: &HeaderMap, kind: Kind) -> Result<Response, Error> {
    let (viewer, locale) = signed(hark, headers).await?;
    let token = app::session_token(headers, hark.secure).unwrap_or_default();
    let mut order = order(query, viewer.columns());
    let day = viewer.company().calendar.stamp(hark.backend.now()).day();
    let (pieces, kind, end) = match kind {
        Kind::Sheet(sheet) => {
            order.sheet = sheet;
            let (kind, end) = people::kind(sheet);
            (sheet_of(hark, token, viewer, order, locale).await?, kind, end)
        }
        Kind::Archive => {
            let pack = hark.backend.pack(token, viewer, order, words::File(locale));
            (pack.await?, "application/zip", "zip")
        }
    };
    let mut response = Response::new(Body::from_stream(stream::unfold(pieces, |mut pieces| async move {
        pieces.recv().await.map(|piece| (piece, pieces))
    })));
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("private, no-store"));
    let name = format!("{}.{end}", words::recordings_file(locale, day));
    if let Ok(value) = HeaderValue::from_str(&disposition(&name)) {
        headers.insert(header::CONTENT_DISPOSITION, value);
    }
    Ok(response)
}

async fn sheet_of(hark: &Hark, token: &str, viewer: Viewer, order: Order, locale: Locale) -> Result<Pieces, Error> {
    hark.backend.sheet(token, viewer, order, words::File(locale)).await
}

/// What the words of an address ask for, in the asker's usual columns unless they name others. What they say wrongly is as
/// if it were not said.
fn order(query: &str, usual: &Columns) -> Order {
    let words: Vec<(String, String)> = url::form_urlencoded::parse(query.as_bytes()).into_owned().collect();
    let list = ListQuery::read(words.iter().map(|(name, value)| (&**name, &**value))).first();
    let named = |name: &str| -> Vec<RecordingId> {
        let values = words.iter().filter(|(of, _)| of == name);
        values
            .filter_map(|(_, value)| value.parse().ok())
            .take(Selection::MOST)
            .collect()
    };
    let said = |name: &str| {
        words
            .iter()
            .rfind(|(of, _)| of == name)
            .map(|(_, value)| value.as_str())
    };
    let mut columns: Vec<Column> = vec![];
    for column in said("columns").unwrap_or_default().split(',').filter_map(Column::named) {
        if !columns.contains(&column) {
            columns.push(column);
        }
    }
    if columns.is_empty() {
        columns.extend(usual.iter().map(|wide| wide.column));
    }
    Order {
        sort: list.sort,
        // Who names recordings means these and no others, even where no name can be read.
        selection: if words.iter().any(|(name, _)| name == "id") {
            Selection::Chosen(named("id"))
        } else {
            Selection::Found {
                query: Box::new(list),
                except: named("except"),
            }
        },
        columns,
        sheet: if said("sheet") == Some("xlsx") {
            Sheet::Xlsx
        } else {
            Sheet::Csv
        },
        ticket: said("ticket").map(ToOwned::to_owned),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_says_what_a_file_is_to_hold() {
        let asked = |query| order(query, &Columns::parse("user,tag").unwrap());
        let said =
            asked("tag=Kampanj&sort=-length&columns=tag,date,tag,colour&except=7&sheet=xlsx&ticket=t-1&after=5~5");
        let Selection::Found { query, except } = said.selection else {
            panic!("nothing is named")
        };
        assert_eq!((query.filter.tag.as_deref(), query.after), (Some("Kampanj"), None));
        assert_eq!(except, [RecordingId(7)]);
        assert_eq!((said.sort.by, said.sort.descending), (Column::Length, true));
        assert_eq!(said.columns, [Column::Tag, Column::Date]);
        assert_eq!((said.sheet, said.ticket.as_deref()), (Sheet::Xlsx, Some("t-1")));
        assert_eq!(asked("columns=").columns, [Column::User, Column::Tag]);
        assert_eq!(
            asked("id=8&id=x&id=9").selection,
            Selection::Chosen(vec![RecordingId(8), RecordingId(9)])
        );
        assert_eq!(asked("id=x").selection, Selection::Chosen(vec![]));
    }
}
