//! What someone has finished: the score, the answers, and what the two have said to each other since.

use leptos::{form::ActionForm, prelude::*};
use model::{
    evaluation::{Evaluation, Move, Question, State, Step, score},
    id::EvaluationId,
    instant::Stamp,
    problem::{Field, Problem},
};

use super::{
    Desk, Replies,
    api::MoveOn,
    outside::outside,
    question::{help_of, value_words},
    sheet::points,
    turns::Turns,
    why::Moment,
};
use crate::{
    format,
    i18n::{Locale, t, t_string, td_string, use_i18n},
    ui::{Area, Confirm, ErrorSummary, Icon, Submit, Wrong, fault, typed, write_next},
};

/// A finished evaluation, and what one can do with it.
#[component]
pub fn Finished(
    evaluation: Evaluation,
    desk: Desk,
    act: ServerAction<MoveOn>,
    problem: Signal<Option<Problem>>,
    /// The one that was acted upon last.
    acted: Signal<Option<EvaluationId>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let Evaluation {
        id,
        version,
        form,
        answers,
        evaluator,
        own,
        state,
        done,
        turns,
        moves,
    } = evaluation;
    let total = score(&form, &answers);
    let failed = total.is_failed();
    let whole = total.percent;
    let percent = move || format::percent(i18n.get_locale(), whole);
    // What was changed after it was shown says so.
    let changed = turns.iter().rev().find(|turn| turn.step == Step::Revise);
    let changed = changed.map(|turn| (turn.at.clone(), turn.who.clone()));
    let seen = turns.len();
    let mine = Signal::derive(move || problem.get().filter(|_| acted.get() == Some(id)));
    // What is wrong with words is said at them, where they can still be said.
    let replies = moves.iter().any(|it| matches!(it, Move::Dispute | Move::Answer));
    let of_words = fault(mine, Field::Reply);
    let elsewhere = Signal::derive(move || mine.get().filter(|_| !replies || of_words.read().is_none()));
    let title = format!("judged-{id}");
    let labelled = title.clone();
    let answered = form
        .asked(&answers)
        .into_iter()
        .map(|asked| (asked.section, asked.question.clone(), asked.value.cloned()))
        .collect::<Vec<_>>();
    let sections = form.sections.iter().enumerate().map(|(place, section)| {
        let score = total.sections.get(place).cloned();
        let got = move || score.as_ref().and_then(|score| points(i18n.get_locale(), score));
        let lines = answered.iter().filter(|(section, ..)| *section == place);
        let lines = lines.map(|(_, question, value)| {
            let answer = answers.0.get(&question.key).cloned().unwrap_or_default();
            let (question, value) = (question.clone(), value.clone());
            view! { <Line desk question value remark=answer.remark places=answer.evidence_ms /> }
        });
        view! {
            <header class="part"><h4>{section.title.clone()}</h4> " " <span class="muted small num">{got}</span></header>
            <dl class="answers">{lines.collect::<Vec<_>>()}</dl>
        }
    });
    let sections = sections.collect::<Vec<_>>();
    let moves = moves
        .into_iter()
        .map(|it| view! { <Button id it seen act problem=mine /> });
    view! {
        <article class="judged" aria-labelledby=labelled>
            <header>
                <h3 id=title tabindex="-1">{form.title.clone()} " " <small class="muted">{t!(i18n, evaluation.version, version = move || version)}</small></h3>
                <ByWhom evaluator own done changed />
                <b class="num">{percent}</b>
                {failed
                    .then(|| {
                        view! { <span class="badge" data-state="danger"><Icon name="alert" size="s" />{t!(i18n, evaluation.failed)}</span> }
                    })}
                {(!own).then(|| view! { <Where state /> })}
            </header>
            <details>
                <summary class="btn" data-kind="quiet" data-size="s">{t!(i18n, evaluation.show_answers)}</summary>
                {sections}
            </details>
            <Turns turns whole />
            <ErrorSummary title=move || t_string!(i18n, evaluation.not_done) problem=elsewhere />
            <div class="moves">{moves.collect_view()}</div>
        </article>
    }
}

/// Who said it and when; of what was changed, who changed it and when that was.
#[component]
fn ByWhom(evaluator: String, own: bool, done: Stamp, changed: Option<(Stamp, String)>) -> impl IntoView {
    let i18n = use_i18n();
    let is_changed = changed.is_some();
    let about = move || {
        let locale = i18n.get_locale();
        let who = if own {
            td_string!(locale, evaluation.by_self, name = evaluator.clone())
        } else {
            evaluator.clone()
        };
        if is_changed {
            who
        } else {
            format!("{who}, {}", format::short(locale, &done))
        }
    };
    let changed = changed.map(|(at, who)| {
        let words = move || {
            let locale = i18n.get_locale();
            let when = format::short(locale, &at);
            td_string!(locale, evaluation.changed_by, when = when, who = who.clone())
        };
        view! { <span class="badge" data-state="info">{words}</span> }
    });
    view! {
        <span class="muted small">{about}</span>
        {changed}
    }
}

/// How far the exchange has come.
#[component]
fn Where(state: State) -> impl IntoView {
    let i18n = use_i18n();
    let (kind, word): (_, fn(Locale) -> &'static str) = match state {
        State::Draft | State::Done => ("info", |l| td_string!(l, evaluation.state_done)),
        State::Shown { .. } => ("info", |l| td_string!(l, evaluation.state_shown)),
        State::Disputed { .. } => ("warn", |l| td_string!(l, evaluation.state_disputed)),
        State::Acknowledged { .. } => ("ok", |l| td_string!(l, evaluation.state_acknowledged)),
    };
    view! { <span class="badge" data-state=kind>{move || word(i18n.get_locale())}</span> }
}

/// A question and what was answered.
#[component]
fn Line(
    desk: Desk,
    question: Question,
    value: Option<model::evaluation::Value>,
    remark: String,
    places: Vec<u64>,
) -> impl IntoView {
    let i18n = use_i18n();
    let help = value.as_ref().and_then(|value| help_of(&question, value));
    let critical = question.critical;
    let fails = value.as_ref().is_some_and(|value| question.fails(value));
    let asked = question.words.clone();
    let unsure = {
        let (question, value) = (question.clone(), value.clone());
        move || {
            let words = outside(i18n.get_locale(), &question, value.as_ref()?)?;
            Some(view! { <span class="unsure"><Icon name="alert" />{words}</span> })
        }
    };
    let words = move || {
        let locale = i18n.get_locale();
        value.as_ref().map_or_else(
            || td_string!(locale, evaluation.unanswered).to_owned(),
            |value| value_words(locale, &question, value),
        )
    };
    let places = places.into_iter().map(|at_ms| view! { <Moment desk at_ms /> " " });
    view! {
        <div>
            <dt>
                {asked}
                {critical.then(|| view! { " " <span class="badge" data-state="danger">{t!(i18n, evaluation.critical)}</span> })}
            </dt>
            <dd>
                <span class:wrong=fails>{fails.then(|| view! { <Icon name="alert" /> })} <b class="said">{words}</b></span>
                {help.map(|help| view! { <span class="muted small">{help}</span> })}
                {unsure}
                {(!remark.is_empty()).then(|| view! { <span class="said">{remark}</span> })}
                <span>{places.collect_view()}</span>
            </dd>
        </div>
    }
}

/// What one can do, with its words where it takes any.
#[component]
fn Button(
    id: EvaluationId,
    it: Move,
    /// How many steps stand above.
    seen: usize,
    act: ServerAction<MoveOn>,
    /// What went wrong with what was done last.
    problem: Signal<Option<Problem>>,
) -> impl IntoView {
    let i18n = use_i18n();
    let word: fn(Locale) -> &'static str = match it {
        Move::Show => |l| td_string!(l, evaluation.show),
        Move::Revise => |l| td_string!(l, evaluation.revise),
        Move::Answer => |l| td_string!(l, evaluation.answer),
        Move::Acknowledge => |l| td_string!(l, evaluation.acknowledge),
        Move::Dispute => |l| td_string!(l, evaluation.dispute),
        Move::Remove => |l| td_string!(l, evaluation.remove),
    };
    let label = move || word(i18n.get_locale());
    match it {
        Move::Answer | Move::Dispute => {
            view! { <Reply id it seen act problem label=Signal::derive(label) /> }.into_any()
        }
        Move::Remove => view! {
            <Confirm id=format!("remove-{id}") word=label about=move || t_string!(i18n, evaluation.remove_about)>
                <ActionForm action=act>
                    <Which id it seen />
                    <button class="btn" data-kind="danger">{label}</button>
                </ActionForm>
            </Confirm>
        }
        .into_any(),
        _ => view! {
            <ActionForm action=act>
                <Which id it seen />
                <button class="btn" data-kind={(it == Move::Acknowledge).then_some("primary")}>{label}</button>
            </ActionForm>
        }
        .into_any(),
    }
}

/// Which step of which evaluation a form takes, and what one has seen of it.
#[component]
fn Which(id: EvaluationId, it: Move, seen: usize) -> impl IntoView {
    view! {
        <input type="hidden" name="id" value=id.to_string() />
        <input type="hidden" name="step" value=it.name() />
        <input type="hidden" name="seen" value=seen.to_string() />
    }
}

/// Words to the other one, folded away until one has something to say.
#[component]
fn Reply(
    id: EvaluationId,
    it: Move,
    seen: usize,
    act: ServerAction<MoveOn>,
    problem: Signal<Option<Problem>>,
    label: Signal<&'static str>,
) -> impl IntoView {
    let i18n = use_i18n();
    let area = format!("reply-{}-{id}", it.name());
    let hint: fn(Locale) -> &'static str = if it == Move::Dispute {
        |l| td_string!(l, evaluation.dispute_hint)
    } else {
        |l| td_string!(l, evaluation.answer_hint)
    };
    let replies = Replies::here();
    let fault = fault(problem, Field::Reply);
    // What was sent in vain from a page on which nothing wakes comes back with it.
    let sent_back = untrack(|| problem.read().is_some())
        .then(|| typed(Field::Reply))
        .flatten();
    let back = sent_back.is_some();
    let begun = replies.of(&id).or(sent_back).unwrap_or_default();
    let begun = StoredValue::new(begun);
    let open = Memo::new(move |_| begun.with_value(|begun| !begun.is_empty()) || fault.read().is_some());
    let (opened, missed, whose) = (area.clone(), area.clone(), area.clone());
    Effect::new(move |_| {
        if fault.read().is_some() {
            write_next(missed.clone());
        }
    });
    let described = {
        let wrong = format!("{area}-wrong");
        move || fault.read().as_ref().map(|_| wrong.clone())
    };
    view! {
        <details open=move || open.get()>
            <summary class="btn" on:click=move |_| write_next(opened.clone())>{move || label.get()}</summary>
            <ActionForm action=act attr:class="form">
                <Which id it seen />
                <div class="field">
                    <label for=area.clone()>{move || hint(i18n.get_locale())}</label>
                    <Area
                        id=area
                        name=Field::Reply.name()
                        value=Signal::derive(move || begun.get_value())
                        most=State::LONGEST_REPLY
                        back
                        write=move |words| replies.keep(id, words)
                        described=Signal::derive(described)
                        wrong=Signal::derive(move || fault.read().is_some())
                    />
                    <Wrong id=whose fault />
                </div>
                <div class="row-start"><Submit action=act>{t!(i18n, evaluation.send)}</Submit></div>
            </ActionForm>
        </details>
    }
}
