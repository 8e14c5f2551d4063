//! Utvärderingsfrågor: every form, and how one begins another.

use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;
use model::forms::FormRow;

use super::{
    api::{BeginForm, MoveForm, PAGE, TurnForm, read_forms},
    words,
};
use crate::{
    error::AppError,
    evaluation::ShowingForm,
    format,
    i18n::{t, t_string, td_string, use_i18n},
    ui::{Confirm, Empty, ErrorSummary, Fault, Icon, Loading, done, focus_first, problem, title, travel},
};

#[component]
pub fn FormsPage() -> impl IntoView {
    let i18n = use_i18n();
    let (begin, turn) = (ServerAction::<BeginForm>::new(), ServerAction::<TurnForm>::new());
    let shift = ServerAction::<MoveForm>::new();
    travel(begin);
    let (turned, shifted) = (done(turn), done(shift));
    // Who moves a form goes on moving it, also where the list is made anew.
    let moved = StoredValue::new(None::<MoveForm>);
    Effect::new(move |_| {
        if let Some(input) = shift.input().get() {
            moved.set_value(Some(input));
        }
    });
    let forms = Resource::new(move || (turned.get(), shifted.get()), |_| read_forms());
    let (not_begun, not_turned, not_shifted) = (problem(begin), problem(turn), problem(shift));
    // What was not moved takes no focus, whatever makes the list anew.
    Effect::new(move |_| {
        if not_shifted.get().is_some() {
            moved.set_value(None);
        }
    });
    view! {
        <Title text=title(move || t_string!(i18n, forms.title)) />
        <div class="head">
            <div>
                <h1 tabindex="-1">{t!(i18n, forms.title)}</h1>
                <p class="lead">{t!(i18n, forms.lead)}</p>
            </div>
            <div class="end"><Beginnings begin /></div>
        </div>
        <ErrorSummary title=move || t_string!(i18n, configuration.not_saved) problem=not_begun />
        <ErrorSummary title=move || t_string!(i18n, configuration.not_saved) problem=not_turned />
        <ErrorSummary title=move || t_string!(i18n, configuration.not_saved) problem=not_shifted />
        <Transition fallback=|| view! { <Loading rows=3 /> }>
            {move || Suspend::new(async move {
                match forms.await {
                    Ok(forms) if forms.is_empty() => {
                        view! {
                            <Empty title=move || t_string!(i18n, forms.none) why=move || t_string!(i18n, forms.none_why)>
                                <Beginnings begin />
                            </Empty>
                        }
                            .into_any()
                    }
                    Ok(forms) => view! { <Table forms turn shift moved /> }.into_any(),
                    Err(AppError(problem)) => {
                        let title = move || t_string!(i18n, forms.not_fetched);
                        let retry = Callback::new(move |()| forms.refetch());
                        view! { <Fault title problem retry /> }.into_any()
                    }
                }
            })}
        </Transition>
        <ShowingForm />
    }
}

/// The ways to begin a form.
#[component]
fn Beginnings(begin: ServerAction<BeginForm>) -> impl IntoView {
    let i18n = use_i18n();
    view! {
        <a class="btn" href=format!("{PAGE}/import")>{t!(i18n, forms.import)}</a>
        <ActionForm action=begin>
            <input type="hidden" name="how" value="starter" />
            <button class="btn">{t!(i18n, forms.from_starter)}</button>
        </ActionForm>
        <ActionForm action=begin>
            <input type="hidden" name="how" value="empty" />
            <button class="btn" data-kind="primary"><Icon name="plus" />{t!(i18n, forms.begin)}</button>
        </ActionForm>
    }
}

#[component]
fn Table(
    forms: Vec<FormRow>,
    turn: ServerAction<TurnForm>,
    shift: ServerAction<MoveForm>,
    /// What was moved last.
    moved: StoredValue<Option<MoveForm>>,
) -> impl IntoView {
    let i18n = use_i18n();
    Effect::new(move |_| {
        if let Some(MoveForm { id, way }) = moved.try_update_value(Option::take).flatten() {
            let other = if way == "up" { "down" } else { "up" };
            let buttons = [way.as_str(), other].map(|way| format!("#{way}-{id}:not(:disabled)"));
            request_animation_frame(move || focus_first(&buttons.each_ref().map(String::as_str)));
        }
    });
    let retired: Vec<bool> = forms.iter().map(|form| form.retired).collect();
    let rows = forms.into_iter().enumerate().map(|(at, form)| {
        // Beside others that are in use, or are not, as it is.
        let alike = |other: Option<usize>| other.and_then(|other| retired.get(other)) == Some(&form.retired);
        let ends = [("up", !alike(at.checked_sub(1))), ("down", !alike(at.checked_add(1)))];
        view! { <Row form turn shift ends /> }
    });
    view! {
        <div class="wide-table forms">
            <table class="table" data-plain data-lines data-fold>
                <thead>
                    <tr>
                        <th scope="col">{t!(i18n, forms.description)}</th>
                        <th scope="col">{t!(i18n, forms.version)}</th>
                        <th scope="col">{t!(i18n, forms.for_whom)}</th>
                        <th scope="col" class="r">{t!(i18n, forms.questions)}</th>
                        <th scope="col" class="r">{t!(i18n, forms.evaluations)}</th>
                        <th scope="col" class="deed">{t!(i18n, forms.change)}</th>
                        <th scope="col" class="deed">{t!(i18n, forms.delete)}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
    }
}

#[component]
fn Row(
    form: FormRow,
    turn: ServerAction<TurnForm>,
    shift: ServerAction<MoveForm>,
    /// The ways it can be moved, and whether there is nothing that way.
    ends: [(&'static str, bool); 2],
) -> impl IntoView {
    let i18n = use_i18n();
    let FormRow {
        id,
        title,
        version,
        changed,
        audience,
        questions,
        evaluations,
        begun,
        retired,
    } = form;
    let address = format!("{PAGE}/{id}");
    let title = StoredValue::new(title);
    let name = move || words::called(i18n.get_locale(), &title.read_value());
    let state = move || {
        let locale = i18n.get_locale();
        match (version, changed) {
            (0, _) => td_string!(locale, forms.draft).to_owned(),
            (version, false) => td_string!(locale, forms.version_of, version = version),
            (version, true) => td_string!(locale, forms.version_changed, version = version),
        }
    };
    // Under its heading a number says enough; where the headings are folded away it says what it counts.
    let both = move |short: Signal<String>, long: Signal<String>| {
        view! { <span class="unfolded">{move || short.get()}</span> <span class="folded">{move || long.get()}</span> }
    };
    let number = Signal::derive(move || {
        let locale = i18n.get_locale();
        match (version, changed) {
            (0, _) => td_string!(locale, forms.draft).to_owned(),
            (version, false) => version.to_string(),
            (version, true) => td_string!(locale, forms.number_changed, version = version),
        }
    });
    let counted = Signal::derive(move || format::count(i18n.get_locale(), questions.into()));
    let judged = Signal::derive(move || format::count(i18n.get_locale(), evaluations));
    let whom = move || {
        if audience.is_empty() {
            t_string!(i18n, forms.everybody).to_owned()
        } else {
            audience.join(", ")
        }
    };
    let questions = move || {
        let locale = i18n.get_locale();
        match questions {
            1 => td_string!(locale, forms.questions_once).to_owned(),
            questions => td_string!(
                locale,
                forms.questions_count,
                count = format::count(locale, questions.into())
            ),
        }
    };
    let made = move || {
        let locale = i18n.get_locale();
        match evaluations {
            1 => td_string!(locale, forms.evaluations_once).to_owned(),
            made => td_string!(locale, forms.evaluations_count, count = format::count(locale, made)),
        }
    };
    let change = Signal::derive(move || t_string!(i18n, forms.change_named, name = name()));
    let export = Signal::derive(move || t_string!(i18n, forms.export_named, name = name()));
    let moves = ends.map(|(way, end)| {
        let label = move || {
            if way == "up" {
                t_string!(i18n, forms.up, name = name())
            } else {
                t_string!(i18n, forms.down, name = name())
            }
        };
        let icon = if way == "up" { "chev-up" } else { "chev" };
        view! {
            <ActionForm action=shift>
                <input type="hidden" name="id" value=id.to_string() />
                <input type="hidden" name="way" value=way />
                <button class="ib" id=format!("{way}-{id}") aria-label=label disabled=end><Icon name=icon /></button>
            </ActionForm>
        }
    });
    let fate = move |fate: &'static str| {
        view! {
            <input type="hidden" name="id" value=id.to_string() />
            <input type="hidden" name="fate" value=fate />
        }
    };
    let away = if retired {
        view! {
            <ActionForm action=turn>
                {fate("restore")}
                <button class="btn" data-size="s">{t!(i18n, forms.restore)}</button>
            </ActionForm>
        }
        .into_any()
    } else if evaluations > 0 || begun > 0 {
        let label = Signal::derive(move || t_string!(i18n, forms.retire_named, name = name()));
        let about = move || {
            if evaluations > 0 {
                t_string!(i18n, forms.retire_about, name = name())
            } else {
                t_string!(i18n, forms.delete_begun, name = name())
            }
        };
        view! {
            <Confirm id=format!("away-{id}") word=move || t_string!(i18n, forms.retire) about icon="trash" label>
                <ActionForm action=turn>{fate("retire")}<button class="btn" data-kind="danger">{t!(i18n, forms.retire)}</button></ActionForm>
            </Confirm>
        }
        .into_any()
    } else {
        let label = Signal::derive(move || t_string!(i18n, forms.delete_named, name = name()));
        let about = move || t_string!(i18n, forms.delete_about, name = name());
        view! {
            <Confirm id=format!("away-{id}") word=move || t_string!(i18n, forms.delete) about icon="trash" label>
                <ActionForm action=turn>{fate("retire")}<button class="btn">{t!(i18n, forms.retire)}</button></ActionForm>
                <ActionForm action=turn>{fate("delete")}<button class="btn" data-kind="danger">{t!(i18n, forms.delete)}</button></ActionForm>
            </Confirm>
        }
        .into_any()
    };
    view! {
        <tr data-retired=retired.then_some("")>
            <th scope="row">
                <a href=address.clone()>{name}</a>
                {retired.then(|| view! { " " <span class="badge">{t!(i18n, forms.retired)}</span> })}
            </th>
            <td>{both(number, Signal::derive(state))}</td>
            <td>{whom}</td>
            <td class="r">{both(counted, Signal::derive(questions))}</td>
            <td class="r">{both(judged, Signal::derive(made))}</td>
            <td class="deed">
                <span class="deeds">
                    {moves.into_iter().collect_view()}
                    <a class="ib" href=format!("/evaluation-forms/{id}.json") rel="external" download="" aria-label=export><Icon name="down" /></a>
                    <a class="ib" href=address aria-label=change><Icon name="pen" /></a>
                </span>
            </td>
            <td class="deed">{away}</td>
        </tr>
    }
}
