use std::io::Cursor;

use calamine::{Data, Reader, Xlsx};

use super::*;

fn row<T: From<String>>(cells: &[&str]) -> Vec<T> {
    cells.iter().map(|cell| T::from((*cell).to_owned())).collect()
}

#[test]
fn a_book_counts_with_days_and_lengths_and_leaves_texts_as_they_are() {
    let basin = Basin::default();
    let mut table = Table::new(
        basin.clone(),
        Sheet::Xlsx,
        b';',
        "Inspelningar",
        row(&["Nummer", "Tagg"]),
    )
    .unwrap();
    table.row(&row(&["0701740605", "=1+1 <&> \"å\""])).unwrap();
    table.row(&row(&["", " två\nrader\u{1}"])).unwrap();
    let day = Day::named("2026-03-01").unwrap();
    let measured = [
        Measure::Day(day),
        Measure::Length(90_061_900),
        Measure::Time(43_200),
        Measure::Percent(Tenths(829)),
    ];
    let measured = measured.map(|measure| Cell::measured("x".into(), Some(measure)));
    table.row(&measured).unwrap();
    table.end().unwrap();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(basin.take())).unwrap();
    assert_eq!(book.sheet_names(), ["Inspelningar"]);
    let cells = book.worksheet_range("Inspelningar").unwrap();
    let at = |row, column| cells.get_value((row, column)).cloned();
    let text = |text: &str| Some(Data::String(text.to_owned()));
    assert_eq!((at(0, 0), at(0, 1)), (text("Nummer"), text("Tagg")));
    assert_eq!((at(1, 0), at(1, 1)), (text("0701740605"), text("=1+1 <&> \"å\"")));
    assert_eq!(at(2, 1), text(" två\nrader\u{fffd}"));
    let measured = |column| match at(3, column) {
        Some(Data::DateTime(measured)) => measured,
        other => panic!("{other:?} is nothing to count with"),
    };
    let (day, length, time) = (measured(0), measured(1), measured(2));
    let ymd = day.to_ymd_hms_milli();
    assert_eq!((ymd.0, ymd.1, ymd.2), (2026, 3, 1));
    assert!(length.is_duration() && !time.is_duration());
    let seconds = (length.as_f64() * 86_400.0).round();
    assert!(
        (seconds - 90_061.0).abs() < 0.1,
        "a day, an hour, a minute, a second: {seconds}"
    );
    assert!((time.as_f64() - 0.5).abs() < 1e-9);
    assert_eq!(at(3, 3), Some(Data::Float(82.9)));
}

#[test]
fn columns_are_named_as_in_a_spreadsheet() {
    assert_eq!([0, 25, 26, 701, 702].map(letters), ["A", "Z", "AA", "ZZ", "AAA"]);
    assert_eq!(escaped("_x0041_ _x_"), "_x005F_x0041_ _x_");
}
