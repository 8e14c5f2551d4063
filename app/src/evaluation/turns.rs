//! What the two have done since an evaluation was finished: the last of it in sight, what came before folded away.

use leptos::prelude::*;
use model::evaluation::{Step, Tenths, Turn};

use crate::{
    format,
    i18n::{Locale, t_string, td_string, use_i18n},
};

/// As many stand in sight where there are more than one would read.
const IN_SIGHT: usize = 2;
/// As many may be before any is folded away.
const FEW: usize = 3;

/// The steps, in their order; `whole` is what it comes to now.
#[component]
pub fn Turns(turns: Vec<Turn>, whole: Option<Tenths>) -> impl IntoView {
    let i18n = use_i18n();
    let mut early = with_results(turns, whole);
    let late = early.split_off(folded(early.len()));
    let said = |steps: Vec<(Turn, Option<Tenths>)>| {
        (!steps.is_empty()).then(|| {
            let steps = steps.into_iter().map(|(turn, after)| view! { <Said turn after /> });
            view! { <ol class="turns">{steps.collect_view()}</ol> }
        })
    };
    let count = early.len();
    let early = (count > 0).then(|| {
        view! {
            <details>
                <summary class="btn" data-kind="quiet" data-size="s">{move || t_string!(i18n, evaluation.earlier, count = count)}</summary>
                {said(early)}
            </details>
        }
    });
    view! {
        {early}
        {said(late)}
    }
}

/// How many of so many are folded away.
const fn folded(count: usize) -> usize {
    if count > FEW { count - IN_SIGHT } else { 0 }
}

/// Each step with what the evaluation came to after it, where it was changed: before the next change, or now.
fn with_results(turns: Vec<Turn>, whole: Option<Tenths>) -> Vec<(Turn, Option<Tenths>)> {
    let mut after = whole;
    let mut steps: Vec<_> = turns
        .into_iter()
        .rev()
        .map(|turn| {
            let came_to = after;
            if turn.step == Step::Revise {
                after = turn.before;
            }
            (turn, came_to)
        })
        .collect();
    steps.reverse();
    steps
}

/// What one of the two did.
#[component]
fn Said(turn: Turn, after: Option<Tenths>) -> impl IntoView {
    let i18n = use_i18n();
    let Turn { at, who, step, before } = turn;
    let did = {
        let step = step.clone();
        move || did(i18n.get_locale(), &step, before, after)
    };
    let words = match step {
        Step::Answer(words) | Step::Dispute(words) => Some(view! { <p class="said">{words}</p> }),
        _ => None,
    };
    let stamp = at.rfc3339();
    view! {
        <li>
            <p><b>{who}</b> " " {did} " " <time class="muted small" datetime=stamp>{move || format::short(i18n.get_locale(), &at)}</time></p>
            {words}
        </li>
    }
}

fn did(locale: Locale, step: &Step, before: Option<Tenths>, after: Option<Tenths>) -> String {
    let plain = match step {
        Step::Show => td_string!(locale, evaluation.did_show),
        Step::Revise if is_same(before, after) => td_string!(locale, evaluation.did_revise_same),
        Step::Revise => return td_string!(locale, evaluation.did_revise, from = format::percent(locale, before)),
        Step::Answer(_) => td_string!(locale, evaluation.did_answer),
        Step::Acknowledge => td_string!(locale, evaluation.did_acknowledge),
        Step::Dispute(_) => td_string!(locale, evaluation.did_dispute),
        Step::Finish => "",
    };
    plain.to_owned()
}

/// Whether both came to the same. At nothing one of them may have failed, and the other not.
pub fn is_same(before: Option<Tenths>, after: Option<Tenths>) -> bool {
    before == after && after != Some(Tenths(0))
}

#[cfg(test)]
mod tests {
    use model::instant::{Instant, Stamp};

    use super::*;

    fn turn(step: Step, before: Option<Tenths>) -> Turn {
        let at = Stamp {
            at: Instant(0),
            date: (2026, 11, 30),
            time: (8, 0, 0),
            weekday: 1,
            offset: 60,
        };
        Turn {
            at,
            who: "Eva".into(),
            step,
            before,
        }
    }

    #[test]
    fn a_change_is_told_with_what_it_changed() {
        let (none, all) = (Some(Tenths(0)), Some(Tenths(1000)));
        let turns = vec![
            turn(Step::Revise, all),
            turn(Step::Acknowledge, None),
            turn(Step::Revise, none),
        ];
        let after: Vec<_> = with_results(turns, all).into_iter().map(|(_, after)| after).collect();
        assert_eq!((after[0], after[2]), (none, all), "in their order");
        assert_eq!(
            did(Locale::sv, &Step::Revise, all, none),
            "ändrade utvärderingen (tidigare 100\u{a0}%)"
        );
        let same = did(Locale::sv, &Step::Revise, all, all);
        assert!(!same.contains('%'), "{same}");
        let unsure = did(Locale::sv, &Step::Revise, none, none);
        assert!(
            unsure.contains("tidigare 0"),
            "it may have failed before, or now: {unsure}"
        );
        assert_ne!(
            did(Locale::sv, &Step::Revise, None, none),
            same,
            "before, nothing counted"
        );
    }

    #[test]
    fn only_what_is_more_than_a_few_is_folded_away() {
        assert_eq!([0, 1, 3, 4, 9].map(folded), [0, 0, 0, 2, 7]);
    }
}
