//! A number that lies outside every interval: it is taken, and one is told what it comes to.

use leptos::prelude::*;
use model::evaluation::{Kind, Question, Range, Value};

use super::Desk;
use crate::{
    format,
    i18n::{Locale, td_string, use_i18n},
    ui::Icon,
};

/// What is said of such a number, at its question and as soon as it is there.
#[component]
pub fn Outside(desk: Desk, question: Question) -> impl IntoView {
    let i18n = use_i18n();
    let id = outside_id(&question);
    let words = Memo::new(move |_| {
        let value = desk.value(question.key)?;
        outside(i18n.get_locale(), &question, &value)
    });
    let shown = move || {
        words
            .get()
            .map(|words| view! { <Icon name="alert" /><span>{words}</span> })
    };
    view! { <span class="unsure" id=id role="status">{shown}</span> }
}

/// Where it is said.
pub fn outside_id(question: &Question) -> String {
    format!("outside-{}", question.key)
}

/// What a number outside every interval comes to; none where it is within one.
pub fn outside(locale: Locale, question: &Question, value: &Value) -> Option<String> {
    if !question.is_outside(value) {
        return None;
    }
    let Kind::Number { unit, .. } = &question.kind else {
        return None;
    };
    let ranges = ranges(locale, &question.kind.ranges());
    let ranges = format!("{ranges} {unit}").trim_end().to_owned();
    Some(if question.fails(value) {
        td_string!(locale, evaluation.outside_fails, ranges = ranges)
    } else if question.weight > 0 {
        td_string!(locale, evaluation.outside_nothing, ranges = ranges)
    } else {
        td_string!(locale, evaluation.outside, ranges = ranges)
    })
}

/// Ranges of numbers: `0–30, 45`.
pub fn ranges(locale: Locale, ranges: &[Range]) -> String {
    let point = format::point(locale);
    let words = ranges.iter().map(|(from, to)| {
        if from == to {
            from.write(point)
        } else {
            format!("{}–{}", from.write(point), to.write(point))
        }
    });
    words.collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use model::evaluation::{Decimal, STARTER_SV, import};

    use super::*;

    #[test]
    fn a_number_outside_says_what_it_comes_to() {
        let form = import(STARTER_SV.as_bytes(), serde_json::from_slice, serde_json::from_slice).unwrap();
        let is_number = |it: &&Question| matches!(it.kind, Kind::Number { .. });
        let mut question = form.questions().find(is_number).unwrap().clone();
        let told = |question: &Question, hundredths| outside(Locale::sv, question, &Value::Number(Decimal(hundredths)));
        assert_eq!(told(&question, 12_000), None);
        let nothing = told(&question, 12_001).unwrap();
        assert!(
            nothing.contains("0 poäng") && nothing.contains("0–120 sekunder"),
            "{nothing}"
        );
        question.critical = true;
        assert!(told(&question, 12_001).unwrap().contains("underkänd"));
        (question.critical, question.weight) = (false, 0);
        assert!(!told(&question, 12_001).unwrap().contains("poäng"));
    }

    #[test]
    fn ranges_are_written_as_people_write_them() {
        let all = [(-50, 350), (400, 400)].map(|(from, to)| (Decimal(from), Decimal(to)));
        assert_eq!(ranges(Locale::sv, &all), "-0,5–3,5, 4");
        assert_eq!(ranges(Locale::en, &all), "-0.5–3.5, 4");
    }
}
