//! What is told of a call to one who gets a link to it, in the order of the letter (checklist 111).

use model::recording::{Number, RecordingRow};

use crate::{
    format,
    i18n::{Locale, td_string},
    recordings::direction,
};

/// The names of the facts and what they are; what there is nothing to tell of has no line, as channels, of which no switch says
/// anything. What is the company's own is told where the sender has chosen so.
pub fn facts(locale: Locale, row: &RecordingRow, internal: bool) -> Vec<(&'static str, String)> {
    let number = |number: &Option<Number>| number.as_ref().map(|number| number.shown.clone());
    let called = number(&row.number).unwrap_or_else(|| td_string!(locale, recordings.withheld).to_owned());
    let evaluated = if row.verdict.is_some() {
        td_string!(locale, sharing.yes)
    } else {
        td_string!(locale, sharing.no)
    };
    let own = |value: Option<String>| value.filter(|_| internal);
    [
        (
            td_string!(locale, recordings.direction),
            Some(direction(locale, row.direction).1.to_owned()),
        ),
        (
            td_string!(locale, recordings.date),
            Some(format::day(locale, &row.start)),
        ),
        (td_string!(locale, recordings.time), Some(format::time(&row.start))),
        (
            td_string!(locale, recordings.extension),
            own(Some(row.extension.clone())),
        ),
        (td_string!(locale, recordings.user), row.person.clone()),
        (td_string!(locale, sharing.number), Some(called)),
        (td_string!(locale, recordings.ddi), number(&row.number_rung)),
        (
            td_string!(locale, sharing.call_time),
            Some(format::full_length(row.call_ms)),
        ),
        (td_string!(locale, recordings.call_tag), own(row.tag.clone())),
        (
            td_string!(locale, recordings.evaluation),
            own(Some(evaluated.to_owned())),
        ),
    ]
    .into_iter()
    .filter_map(|(name, value)| Some((name, value.filter(|value| !value.is_empty())?)))
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    fn names(row: &RecordingRow, internal: bool) -> Vec<&'static str> {
        let told = facts(Locale::sv, row, internal).into_iter();
        told.map(|(name, _)| name).collect()
    }

    #[test]
    fn what_is_known_is_told_in_the_order_of_the_letter() {
        let number = |shown: &str| {
            Some(Number {
                dial: shown.into(),
                shown: shown.into(),
            })
        };
        let row = RecordingRow {
            person: Some("Pelle Persson".into()),
            number: number("070-174 06 05"),
            number_rung: number("08-465 004 01"),
            tag: Some("Retur".into()),
            ..samples::row(7, 1)
        };
        let outward = [
            "Riktning",
            "Datum",
            "Tid",
            "Användare",
            "Nummer/samtals-ID",
            "Direktnummer (DDI)",
            "Samtalstid",
        ];
        assert_eq!(names(&row, false), outward);
        let mut all = names(&row, true);
        let own = ["Anknytning", "Samtalstagg", "Utvärdering"];
        assert_eq!((all[3], all[8], all[9]), (own[0], own[1], own[2]));
        all.retain(|name| !own.contains(name));
        assert_eq!(all, outward);
    }

    #[test]
    fn what_is_not_known_has_no_line() {
        // As it leaves the house.
        let outward = RecordingRow {
            extension: String::new(),
            ..samples::row(7, 1)
        };
        assert_eq!(
            names(&outward, false),
            ["Riktning", "Datum", "Tid", "Nummer/samtals-ID", "Samtalstid"]
        );
        let row = samples::row(7, 1);
        let told = facts(Locale::sv, &row, true);
        let names: Vec<&str> = told.iter().map(|(name, _)| *name).collect();
        assert_eq!(
            names,
            [
                "Riktning",
                "Datum",
                "Tid",
                "Anknytning",
                "Nummer/samtals-ID",
                "Samtalstid",
                "Utvärdering"
            ]
        );
        assert_eq!((&*told[4].1, &*told[6].1), ("Dolt nummer", "Nej"));
    }
}
