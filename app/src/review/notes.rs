//! Samtalsanteckningar: call result, customer response, flag and tags (checklist 83, 86). What someone else saves in the
//! meantime stays, and is said.

use leptos::{form::ActionForm, prelude::*};
use model::{
    bulk::Deed,
    id::{OutcomeId, RecordingId},
    problem::Field,
    recording::Flag,
    review::{Note, Notes, Outcome, OutcomeKind, Review, Saved, Tags},
};

use super::{
    api::SaveNotes,
    drafts::{Draft, NoteDrafts},
    outcome::called,
};
use crate::{
    i18n::{Locale, t, t_string, td_string, use_i18n},
    recordings::{FlagIcon, Renewed, flag_name},
    ui::{Choice, ErrorSummary, Icon, Submit, problem},
    waking::in_turn,
};

/// What became of the form, for the line beside its buttons.
#[derive(Clone, Debug, Default, PartialEq)]
struct Told {
    saved: bool,
    news: Vec<Note>,
    disputed: Vec<Note>,
}

/// The form as it stands.
#[derive(Clone, Copy)]
struct Desk {
    draft: RwSignal<Draft>,
    told: RwSignal<Told>,
}

impl Desk {
    fn new(id: RecordingId, notes: Notes) -> Self {
        let fresh = Draft {
            typed: notes.tags.text(),
            base: notes.clone(),
            mine: notes,
        };
        let desk = Self {
            draft: RwSignal::new(fresh),
            told: RwSignal::new(Told::default()),
        };
        // The server knows of no drafts, and the browser begins with what the server has made.
        let drafts = NoteDrafts::here();
        Effect::new(move |before: Option<()>| {
            if before.is_none()
                && let Some(kept) = drafts.of(&id)
            {
                desk.draft.set(kept);
            }
            drafts.note(id, desk.draft.get());
        });
        desk
    }

    fn edit(self, change: impl FnOnce(&mut Draft)) {
        self.draft.update(change);
        self.told.update(|told| told.saved = false);
    }

    fn reset(self) {
        self.draft.update(|draft| {
            draft.mine = draft.base.clone();
            draft.typed = draft.base.tags.text();
        });
        self.told.set(Told::default());
    }

    /// Something was done to the recording elsewhere. What one is writing stays, and is merged when it is saved.
    fn renew(self, flag: Option<Flag>, tags: Tags) {
        let same = self
            .draft
            .with_untracked(|draft| draft.base != draft.mine || (draft.base.flag, &draft.base.tags) == (flag, &tags));
        if same {
            return;
        }
        self.draft.update(|draft| {
            draft.typed = tags.text();
            draft.base.flag = flag;
            draft.base.tags = tags;
            draft.mine = draft.base.clone();
        });
        self.told.set(Told::default());
    }

    fn take(self, saved: Saved) {
        let is_saved = saved.disputed.is_empty();
        self.draft.update(|draft| {
            draft.base = saved.notes.clone();
            if is_saved {
                draft.typed = saved.notes.tags.text();
                draft.mine = saved.notes;
            }
        });
        self.told.set(Told {
            saved: is_saved,
            news: saved.news,
            disputed: saved.disputed,
        });
    }
}

/// The form; what is said without buttons, where one may say nothing.
#[component]
pub fn NotesForm(review: Review, changed: Callback<()>) -> impl IntoView {
    let i18n = use_i18n();
    let Review {
        id,
        notes,
        outcomes,
        changeable,
        ..
    } = review;
    let desk = Desk::new(id, notes);
    let save = ServerAction::<SaveNotes>::new();
    Effect::new(move |_| {
        if let Some(Ok(saved)) = save.value().get() {
            desk.take(saved);
            changed.run(());
        }
    });
    let renewed = expect_context::<Renewed>();
    Effect::new(move |before: Option<()>| {
        // What was asked for before this form was made is no news to it.
        if let Some(now) = renewed.of(id).filter(|_| before.is_some()) {
            desk.renew(now.flag, Tags::read(&now.tag.unwrap_or_default()));
        }
    });
    let problem = problem(save);
    let names = StoredValue::new(outcomes.clone());
    let (results, responses): (Vec<_>, Vec<_>) = outcomes
        .into_iter()
        .partition(|outcome| outcome.kind == OutcomeKind::CallResult);
    let result = Chosen {
        field: Field::CallResult,
        of: Signal::derive(move || desk.draft.read().mine.result),
        choose: Callback::new(move |id| desk.edit(|draft| draft.mine.result = id)),
    };
    let response = Chosen {
        field: Field::CustomerResponse,
        of: Signal::derive(move || desk.draft.read().mine.response),
        choose: Callback::new(move |id| desk.edit(|draft| draft.mine.response = id)),
    };
    let buttons = changeable.then(|| {
        let differs = Memo::new(move |_| desk.draft.with(|draft| draft.mine != draft.base));
        let words = move || {
            let (told, draft) = (desk.told.read(), desk.draft.read());
            said(i18n.get_locale(), &told, &draft.base, &names.read_value())
        };
        view! {
            <div class="row-end full">
                <span class="told" role="status">{words}</span>
                <button class="btn live" type="button" disabled=move || !differs.get() on:click=move |_| desk.reset()>
                    {t!(i18n, review.reset)}
                </button>
                <Submit action=save>{t!(i18n, configuration.save)}</Submit>
            </div>
        }
    });
    let form = move || {
        view! {
            <ActionForm action=save attr:class="notes" attr:aria-label=move || t_string!(i18n, review.notes)>
                <input type="hidden" name="id" value=id.to_string() />
                <input type="hidden" name="base" value=move || word(&desk.draft.read().base) />
                <Select chosen=result outcomes=results changeable />
                <Select chosen=response outcomes=responses changeable />
                <Flags desk changeable />
                <TagField desk changeable />
                {buttons}
            </ActionForm>
        }
    };
    view! {
        <ErrorSummary title=move || t_string!(i18n, review.not_saved) problem />
        {in_turn(0, form)}
    }
}

/// None, or one of the flags: each has a shape and a name of its own.
#[component]
fn Flags(desk: Desk, changeable: bool) -> impl IntoView {
    let i18n = use_i18n();
    let flags = [None].into_iter().chain(Flag::ALL.map(Some)).map(move |flag| {
        let checked = move || desk.draft.read().mine.flag == flag;
        view! {
            <label>
                <input
                    type="radio"
                    name="flag"
                    value=flag.map_or("", Flag::name)
                    checked=untrack(checked)
                    prop:checked=checked
                    disabled=!changeable
                    on:change=move |_| desk.edit(|draft| draft.mine.flag = flag)
                />
                {flag.map(|flag| view! { <FlagIcon flag /> })}
                {move || flag.map_or_else(|| t_string!(i18n, review.no_flag), |_| flag_name(i18n.get_locale(), flag))}
            </label>
        }
    });
    view! {
        <fieldset class="field full">
            <legend class="label">{t!(i18n, review.flag)}</legend>
            <div class="choices">{flags.collect_view()}</div>
        </fieldset>
    }
}

#[component]
fn TagField(desk: Desk, changeable: bool) -> impl IntoView {
    let i18n = use_i18n();
    let typed = move || desk.draft.read().typed.clone();
    let write = move |event| {
        let typed = event_target_value(&event);
        desk.edit(|draft| {
            draft.mine.tags = Tags::read(&typed);
            draft.typed = typed;
        });
    };
    view! {
        <div class="field full">
            <label for="tag">{t!(i18n, recordings.call_tag)}</label>
            <input
                class="input"
                id="tag"
                name="tag"
                list="f-tags"
                maxlength=Deed::LONGEST_TAG.to_string()
                autocomplete="off"
                aria-describedby="tag-hint"
                value=untrack(typed)
                prop:value=typed
                readonly=!changeable
                on:input=write
            />
            <span class="hint" id="tag-hint">{t!(i18n, review.tags_hint)}</span>
        </div>
    }
}

/// A list and what is chosen of it.
#[derive(Clone, Copy)]
struct Chosen {
    field: Field,
    of: Signal<Option<OutcomeId>>,
    choose: Callback<Option<OutcomeId>>,
}

#[component]
fn Select(chosen: Chosen, outcomes: Vec<Outcome>, changeable: bool) -> impl IntoView {
    let i18n = use_i18n();
    let Chosen { field, of, choose } = chosen;
    let id = field.name();
    let options = outcomes.into_iter().map(move |outcome| {
        let value = outcome.id;
        let name = move || called(i18n.get_locale(), &outcome.called);
        let chosen = Signal::derive(move || of.get() == Some(value));
        view! { <Choice value=value.to_string() chosen>{name}</Choice> }
    });
    view! {
        <div class="field">
            <label for=id>{move || crate::ui::label(i18n.get_locale(), field)}</label>
            <span class="affix">
            <select
                class="select"
                id=id
                name=id
                disabled=!changeable
                on:change=move |event| choose.run(event_target_value(&event).parse().ok())
            >
                <Choice value="" chosen=Signal::derive(move || of.get().is_none())>"–"</Choice>
                {options.collect_view()}
            </select>
            <Icon name="chev" />
            </span>
        </div>
    }
}

/// Notes as a form carries them along.
fn word(notes: &Notes) -> String {
    serde_json::to_string(notes).unwrap_or_default()
}

fn note_name(locale: Locale, note: Note) -> &'static str {
    match note {
        Note::Result => td_string!(locale, review.call_result),
        Note::Response => td_string!(locale, review.customer_response),
        Note::Flag => td_string!(locale, review.flag),
        Note::Tags => td_string!(locale, recordings.call_tag),
    }
}

/// What notes have of that kind, in words.
fn note_value(locale: Locale, note: Note, notes: &Notes, names: &[Outcome]) -> String {
    let outcome = |id: Option<OutcomeId>| {
        let found = names.iter().find(|outcome| Some(outcome.id) == id);
        found.map_or_else(|| "–".to_owned(), |outcome| called(locale, &outcome.called))
    };
    match note {
        Note::Result => outcome(notes.result),
        Note::Response => outcome(notes.response),
        Note::Flag => flag_name(locale, notes.flag).to_owned(),
        Note::Tags if notes.tags.is_empty() => "–".to_owned(),
        Note::Tags => notes.tags.text(),
    }
}

/// What is said beside the buttons: that it is saved, and what someone else has changed meanwhile.
fn said(locale: Locale, told: &Told, base: &Notes, names: &[Outcome]) -> impl IntoView + use<> {
    let with_value = |note: &Note| {
        let value = note_value(locale, *note, base, names);
        format!("{}: {value}", note_name(locale, *note))
    };
    let list = |notes: &[Note]| notes.iter().map(with_value).collect::<Vec<_>>().join(", ");
    let saved = told
        .saved
        .then(|| view! { <span class="state"><Icon name="check" />{td_string!(locale, configuration.saved)}</span> });
    let news = (!told.news.is_empty() && told.disputed.is_empty())
        .then(|| td_string!(locale, review.news, what = list(&told.news)));
    let disputed =
        (!told.disputed.is_empty()).then(|| td_string!(locale, review.disputed, what = list(&told.disputed)));
    view! {
        {saved}
        {news.map(|words| view! { " " <span>{words}</span> })}
        {disputed.map(|words| view! { <span class="wrong"><Icon name="alert" />{words}</span> })}
    }
}
