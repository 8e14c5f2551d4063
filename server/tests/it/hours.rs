//! Office hours as they are written down.

use axum::http::StatusCode;
use model::problem::{Field, Invalid, Problem};

use crate::house::{FORM, House, form};

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_read_of_office_hours_is_named() {
    let house = House::with_people().await;
    let eva = house.sign_in("eva@hark.test").await;
    let line = |text: &str| Problem::invalid(Field::OwnDays, Invalid::NoLine { text: text.into() });
    let saturday = || Problem::invalid(Field::Hours, Invalid::NoHours { weekday: 6 });
    for (from, to, days, why) in [
        ("10", "9", "", saturday()),
        ("åtta", "17", "", saturday()),
        ("10", "14", "2026-12-24\nhej", line("hej")),
        ("10", "14", "2026-12-24 17-8", line("2026-12-24 17-8")),
    ] {
        let fields = [("from[5]", from), ("to[5]", to), ("own_days", days)];
        let others = (0..5).flat_map(|day| [(format!("from[{day}]"), "8"), (format!("to[{day}]"), "17")]);
        let others: Vec<_> = others.collect();
        let fields: Vec<(&str, &str)> = others
            .iter()
            .map(|(name, time)| (&**name, *time))
            .chain(fields)
            .collect();
        let answer = house
            .call("/fn/configuration/set-hours", Some(&eva), FORM, form(&fields))
            .await;
        assert_eq!(answer.status, StatusCode::UNPROCESSABLE_ENTITY, "{}", answer.text());
        assert_eq!(serde_json::from_slice::<Problem>(&answer.body).unwrap(), why);
    }
}
