//! Which columns the list has, in which order, and how wide: a change holds at once, and is kept with the account.

use leptos::{ev::Event, html::Button, prelude::*, web_sys::HtmlInputElement};
use model::{
    columns::{Columns, Wide},
    list::Column,
};

use super::{page::List, table::short_name};
use crate::{
    api::SetColumns,
    i18n::{t, t_string, use_i18n},
    ui::Icon,
    waking::ready_in_turn,
};

/// The panel's name on the page.
const PANEL: &str = "columns";
/// What tells how widths are written.
const HINT: &str = "columns-widths";

/// The button and its panel.
#[component]
pub fn ColumnsButton(list: List) -> impl IntoView {
    let i18n = use_i18n();
    let store = ServerAction::<SetColumns>::new();
    let failed = move || store.value().get().is_some_and(|stored| stored.is_err());
    let change = Callback::new(move |columns: Option<Columns>| {
        list.columns.set(Some(columns.clone().unwrap_or_default()));
        // A view has its own, and is saved as a whole.
        if list.query.read_untracked().view.is_some() {
            return;
        }
        store.dispatch(SetColumns {
            columns: columns.map(|columns| columns.word()),
        });
    });
    view! {
        <button
            class="btn live"
            data-kind="quiet"
            type="button"
            popovertarget=PANEL
            aria-label=move || t_string!(i18n, list.columns)
        >
            <Icon name="cols" />
            <span class="wide">{t!(i18n, list.columns)}</span>
        </button>
        <div class="float columns" id=PANEL popover="auto" role="dialog" aria-label=move || t_string!(i18n, list.columns)>
            <Transition>
                {move || Suspend::new(async move {
                    let kept = list.shown.await.ok().map(|shown| shown.page.columns).unwrap_or_default();
                    let now = Memo::new(move |_| list.columns.get().unwrap_or_else(|| kept.clone()));
                    let all_that_counts = move || ("columns", i18n.get_locale_untracked(), now.get_untracked());
                    ready_in_turn(0, all_that_counts, move || view! { <Lines now change /> })
                })}
            </Transition>
            <Show when=failed>
                <p class="wrong" role="alert"><Icon name="alert" />{t!(i18n, list.columns_not_kept)}</p>
            </Show>
            <div class="row-end">
                <span class="hint" id=HINT>{t!(i18n, list.widths)}</span>
                <button class="btn" data-size="s" type="button" on:click=move |_| change.run(None)>
                    {t!(i18n, list.columns_reset)}
                </button>
            </div>
        </div>
    }
}

/// Shown columns in their order, then the others.
#[component]
fn Lines(now: Memo<Columns>, change: Callback<Option<Columns>>) -> impl IntoView {
    let order = move || {
        let columns = now.get();
        let hidden = Column::ALL.into_iter().filter(|column| !columns.has(*column));
        columns.iter().map(|wide| wide.column).chain(hidden).collect::<Vec<_>>()
    };
    view! {
        <ul>
            <For each=order key=|column| *column let:column>
                <Line column now change />
            </For>
        </ul>
    }
}

#[component]
fn Line(column: Column, now: Memo<Columns>, change: Callback<Option<Columns>>) -> impl IntoView {
    let i18n = use_i18n();
    let name = move || short_name(i18n.get_locale(), column);
    let place = Memo::new(move |_| now.read().iter().position(|wide| wide.column == column));
    let first = Memo::new(move |_| place.get() == Some(0));
    let last = Memo::new(move |_| place.get() == now.read().iter().count().checked_sub(1));
    let hidden = Memo::new(move |_| place.get().is_none());
    let width = Memo::new(move |_| {
        let of = |wide: Wide| wide.width.filter(|_| wide.column == column);
        now.read().iter().find_map(of)
    });
    let with = move |act: &dyn Fn(&mut Columns)| {
        let mut columns = now.get_untracked();
        act(&mut columns);
        change.run(Some(columns));
    };
    let show = move |event: Event| {
        let shown = event_target_checked(&event);
        with(&|columns| columns.show(column, shown));
    };
    let measure = move |event: Event| {
        let (field, kept): (HtmlInputElement, _) = (event_target(&event), width.get_untracked());
        let wanted = written(&field, kept);
        if wanted != kept {
            with(&|columns| columns.measure(column, wanted));
        }
        // What holds stands there, also where nothing was changed.
        field.set_value(&word(width.get_untracked()));
    };
    view! {
        <li>
            <label class="check">
                <input
                    type="checkbox"
                    prop:checked=move || !hidden.get()
                    disabled=column == Column::User
                    on:change=show
                />
                {name}
            </label>
            <input
                class="input"
                type="number"
                min=Columns::WIDTHS.start().to_string()
                max=Columns::WIDTHS.end().to_string()
                step="10"
                placeholder=move || t_string!(i18n, list.width_auto)
                aria-label=move || t_string!(i18n, list.width_of, name = name())
                aria-describedby=HINT
                prop:value=move || word(width.get())
                disabled=hidden
                on:change=measure
            />
            <Shift
                icon="chev-up"
                label=Signal::derive(move || t_string!(i18n, list.earlier, name = name()))
                hidden
                ended=first
                on_press=Callback::new(move |()| with(&|columns| columns.shift(column, false)))
            />
            <Shift
                icon="chev"
                label=Signal::derive(move || t_string!(i18n, list.later, name = name()))
                hidden
                ended=last
                on_press=Callback::new(move |()| with(&|columns| columns.shift(column, true)))
            />
        </li>
    }
}

/// Moves a column one place. At the end the button stays and keeps the focus: who moves with the keyboard goes back from there.
#[component]
fn Shift(
    icon: &'static str,
    label: Signal<String>,
    /// Whether the column is not shown, and has no place.
    hidden: Memo<bool>,
    /// Whether it stands where it would be moved to.
    ended: Memo<bool>,
    on_press: Callback<()>,
) -> impl IntoView {
    let button = NodeRef::<Button>::new();
    let press = move |_| {
        if ended.get_untracked() {
            return;
        }
        on_press.run(());
        // Its whole line is put elsewhere, and what is put elsewhere loses the focus.
        request_animation_frame(move || {
            if let Some(button) = button.try_get_untracked().flatten()
                && let Err(error) = button.focus()
            {
                leptos::logging::warn!("the focus could not be kept: {error:?}");
            }
        });
    };
    view! {
        <button
            class="ib"
            data-size="s"
            type="button"
            node_ref=button
            aria-label=label
            disabled=hidden
            aria-disabled=move || ended.get().then_some("true")
            on:click=press
        >
            <Icon name=icon />
        </button>
    }
}

/// A width as it stands in its field.
fn word(width: Option<u16>) -> String {
    width.map(|width| width.to_string()).unwrap_or_default()
}

/// The width that someone has written; what holds where that is none. An empty field leaves it to the column.
fn written(field: &HtmlInputElement, kept: Option<u16>) -> Option<u16> {
    let words = field.value();
    // A field with letters in it says that it is empty; only the browser knows better.
    if words.is_empty() && !field.matches(":invalid").unwrap_or_default() {
        return None;
    }
    words.parse().map_or(kept, |width| Some(nearest(width)))
}

/// The width of those there are that is nearest.
fn nearest(width: i64) -> u16 {
    let (least, most) = (*Columns::WIDTHS.start(), *Columns::WIDTHS.end());
    u16::try_from(width.max(least.into())).unwrap_or(most).min(most)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_width_is_out_of_reach() {
        let widths = [i64::MIN, -5, 39, 40, 180, 800, 801, 99_999, i64::MAX];
        assert_eq!(widths.map(nearest), [40, 40, 40, 40, 180, 800, 800, 800, 800]);
    }
}
