//! What is done with what is chosen: a flag, a tag, a file. Piece by piece, so that one sees how far it has come, can stop
//! it, and can take it back.

mod earlier;
mod said;
mod work;

use leptos::{ev::KeyboardEvent, prelude::*};
use model::{bulk::Deed, recording::Flag};

use self::{
    earlier::{Earlier, EarlierButton},
    work::{Bulk, Working},
};
use super::{
    criteria::flag_name,
    download::{Downloads, Pack},
    flag::FlagIcon,
    focus,
    page::List,
};
use crate::{
    format,
    i18n::{t, t_string, td_string, use_i18n},
    player::is_free,
    routes::MeResource,
    ui::{Icon, hide_popover},
};

/// The bar: there while something is chosen.
#[component]
pub fn BulkBar(list: List) -> impl IntoView {
    let i18n = use_i18n();
    let bulk = Bulk::new(list);
    let me = expect_context::<MeResource>();
    let tags = RwSignal::new(false);
    Effect::new(move |_| tags.set(me.get().and_then(Result::ok).flatten().is_some_and(|me| me.tags)));
    let total = list.found();
    // None where all are chosen and nobody knows yet how many that is.
    let count = Memo::new(move |_| match total.get() {
        None if list.selected.is_all() => None,
        total => Some(list.selected.count(total.unwrap_or_default())),
    });
    let shown = Memo::new(move |_| count.get() != Some(0));
    // What can be undone is asked for when it may be wanted.
    Effect::new(move |_| {
        if shown.get() && tags.get() {
            bulk.look_back();
        }
    });
    let clear = move |_| {
        list.selected.clear();
        // The bar goes with what was chosen; where one chose is where one goes on.
        request_animation_frame(focus::to_list);
    };
    // Back to where one chose; what lies open is closed first.
    let leave = |event: KeyboardEvent| {
        if event.key() == "Escape" && is_free(&event) {
            event.prevent_default();
            focus::to_list();
        }
    };
    focus::catch(move || {
        bulk.track();
        count.track();
    });
    view! {
        <div class="doing">
            <Show when=move || shown.get()>
                <div class="bulk" role="region" aria-label=move || t_string!(i18n, list.chosen) on:keydown=leave>
                    <Count list count total />
                    <Show when=move || tags.get()><Deeds bulk /></Show>
                    <span class="end">
                        <Downloads list name="chosen" meant=meant(list) chosen=true />
                        <button class="btn" data-kind="quiet" data-size="s" type="button" on:click=clear>
                            {t!(i18n, list.clear)}
                        </button>
                    </span>
                </div>
            </Show>
            <Working bulk />
        </div>
        <Earlier bulk />
        <Pack list />
    }
}

/// `12 valda`, and a way to all that is found.
#[component]
fn Count(list: List, count: Memo<Option<u64>>, total: Memo<Option<u64>>) -> impl IntoView {
    let i18n = use_i18n();
    let all = move || match (count.get(), total.get()) {
        (None, _) => true,
        (Some(count), total) => total.is_some_and(|total| count >= total),
    };
    view! {
        <span role="status">
            {move || {
                let locale = i18n.get_locale();
                match count.get() {
                    Some(1) => td_string!(locale, list.chosen_one).to_owned(),
                    Some(count) => td_string!(locale, list.chosen_count, count = format::count(locale, count)),
                    None => td_string!(locale, list.chosen_all).to_owned(),
                }
            }}
        </span>
        <Show when=move || !all()>
            <button class="btn" data-kind="quiet" data-size="s" type="button" on:click=move |_| list.selected.set_all()>
                {move || {
                    let locale = i18n.get_locale();
                    let count = total.get().map(|total| format::count(locale, total)).unwrap_or_default();
                    td_string!(locale, list.choose_all, count = count).trim_end().to_owned()
                }}
            </button>
        </Show>
    }
}

/// Which recordings are meant, as the words of an address.
fn meant(list: List) -> Signal<Vec<(&'static str, String)>> {
    Signal::derive(move || {
        let name = if list.selected.is_all() { "except" } else { "id" };
        let mut words = if list.selected.is_all() {
            list.query.get().first().words()
        } else {
            vec![("sort", list.query.read().sort.word())]
        };
        words.extend(list.selected.named().into_iter().map(|id| (name, id.to_string())));
        words
    })
}

/// Flags and tags.
#[component]
fn Deeds(bulk: Bulk) -> impl IntoView {
    let i18n = use_i18n();
    let flags = Flag::ALL.map(Some).into_iter().chain([None]).map(move |flag| {
        let press = move |_| {
            hide_popover("bulk-flag");
            bulk.begin(Deed::Flag(flag));
        };
        view! {
            <button class="item" type="button" on:click=press>
                {flag.map(|flag| view! { <FlagIcon flag /> })}
                {move || flag_name(i18n.get_locale(), flag)}
            </button>
        }
    });
    // What is under way is not disturbed, and the buttons keep their places and the focus meanwhile.
    let (busy, free) = (
        move || bulk.busy.get().then_some("true"),
        move |menu: &'static str| (!bulk.busy.get()).then_some(menu),
    );
    let tag = RwSignal::new(String::new());
    let send = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        hide_popover("bulk-tag");
        let words = tag.get_untracked().trim().to_owned();
        bulk.begin(Deed::Tag((!words.is_empty()).then_some(words)));
    };
    view! {
        <button class="btn" data-size="s" type="button" popovertarget=move || free("bulk-flag") aria-disabled=busy>
            {t!(i18n, list.set_flag)}
            <Icon name="chev" />
        </button>
        <div class="float" id="bulk-flag" popover="auto" data-up="">{flags.collect_view()}</div>
        <button class="btn" data-size="s" type="button" popovertarget=move || free("bulk-tag") aria-disabled=busy>
            {t!(i18n, list.set_tag)}
            <Icon name="chev" />
        </button>
        <div class="float" id="bulk-tag" popover="auto" data-up="">
            <form class="form" on:submit=send>
                <div class="field">
                    <label for="bulk-tag-words">{t!(i18n, recordings.call_tag)}</label>
                    <input
                        class="input"
                        id="bulk-tag-words"
                        list="f-tags"
                        maxlength=Deed::LONGEST_TAG.to_string()
                        autocomplete="off"
                        autofocus
                        aria-describedby="bulk-tag-hint"
                        prop:value=move || tag.get()
                        on:input=move |event| tag.set(event_target_value(&event))
                    />
                    <span class="hint" id="bulk-tag-hint">{t!(i18n, list.tag_hint)}</span>
                </div>
                <div class="row-end">
                    <button class="btn" data-kind="primary">{t!(i18n, list.set_tag)}</button>
                </div>
            </form>
        </div>
        <Show when=move || !bulk.is_told()><EarlierButton bulk /></Show>
    }
}
