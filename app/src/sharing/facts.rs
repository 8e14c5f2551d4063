//! What is told of a call to one who gets a link to it, in the order of the letter (checklist 111).

use model::recording::{Number, RecordingRow};

use crate::{
    format,
    i18n::{Locale, td_string},
    recordings::direction,
};

/// The names of the facts and what they are; a dash where there is nothing to tell. What is the company's own is told where the
/// sender has chosen so.
pub fn facts(locale: Locale, row: &RecordingRow, internal: bool) -> Vec<(&'static str, String)> {
    let number = |number: &Option<Number>| number.as_ref().map(|number| number.shown.clone());
    let or_none = |text: Option<String>| text.filter(|text| !text.is_empty()).unwrap_or_else(|| "–".to_owned());
    let called = number(&row.number).unwrap_or_else(|| td_string!(locale, recordings.withheld).to_owned());
    let evaluated = if row.evaluated {
        td_string!(locale, sharing.yes)
    } else {
        td_string!(locale, sharing.no)
    };
    let own = |name: &'static str, value: String| internal.then_some((name, value));
    [
        Some((
            td_string!(locale, recordings.direction),
            direction(locale, row.direction).1.to_owned(),
        )),
        Some((td_string!(locale, recordings.date), format::day(locale, &row.start))),
        Some((td_string!(locale, recordings.time), format::time(&row.start))),
        own(td_string!(locale, recordings.extension), row.extension.clone()),
        Some((td_string!(locale, recordings.user), or_none(row.person.clone()))),
        Some((td_string!(locale, sharing.number), called)),
        Some((td_string!(locale, recordings.ddi), or_none(number(&row.number_rung)))),
        // It is in the guide's letter, and no switch says it.
        Some((td_string!(locale, recordings.channel), or_none(None))),
        Some((td_string!(locale, sharing.call_time), format::full_length(row.call_ms))),
        own(td_string!(locale, recordings.call_tag), or_none(row.tag.clone())),
        own(td_string!(locale, recordings.evaluation), evaluated.to_owned()),
    ]
    .into_iter()
    .flatten()
    .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::samples;

    #[test]
    fn every_fact_of_the_letter_is_there_and_says_something() {
        let row = RecordingRow {
            number: None,
            number_rung: None,
            tag: None,
            ..samples::row(7, 1)
        };
        let told = facts(Locale::sv, &row, true);
        let names: Vec<&str> = told.iter().map(|(name, _)| *name).collect();
        assert_eq!(
            names,
            [
                "Riktning",
                "Datum",
                "Tid",
                "Anknytning",
                "Användare",
                "Nummer/samtals-ID",
                "Direktnummer (DDI)",
                "Kanal",
                "Samtalstid",
                "Samtalstagg",
                "Utvärdering"
            ]
        );
        assert!(told.iter().all(|(_, value)| !value.is_empty()));
        assert_eq!((&*told[5].1, &*told[6].1, &*told[10].1), ("Dolt nummer", "–", "Nej"));
        let own = ["Anknytning", "Samtalstagg", "Utvärdering"];
        let outward = facts(Locale::sv, &row, false).into_iter();
        let others = told.into_iter().filter(|(name, _)| !own.contains(name));
        assert_eq!(outward.collect::<Vec<_>>(), others.collect::<Vec<_>>());
    }
}
