//! Taking a list along: its sounds in one file, its rows as a table, or on paper (checklist 75, 88).

use std::time::Duration;

use leptos::{prelude::*, task::spawn_local};
use model::{bulk::PackProgress, filter::query_string};

use super::{
    deeds_api::{packed, stop_pack},
    page::List,
};
use crate::{
    format,
    i18n::{Locale, t, t_string, td_string, use_i18n},
    routes::MeResource,
    ui::{Icon, hide_popover},
};

/// How often one looks how far the file has come.
const OFTEN: Duration = Duration::from_millis(700);

/// So often one looks in vain before it is said that nothing comes.
const PATIENCE: u32 = 15;

/// The words of an address that say which recordings are meant.
pub type Meant = Signal<Vec<(&'static str, String)>>;

/// The button and its menu.
#[component]
pub fn Downloads(
    list: List,
    /// Tells one menu of a page from another.
    name: &'static str,
    meant: Meant,
    /// Whether this is of what is chosen, and not of the whole list.
    #[prop(optional)]
    chosen: bool,
) -> impl IntoView {
    let i18n = use_i18n();
    let words = move || {
        if chosen {
            t_string!(i18n, list.get_chosen)
        } else {
            t_string!(i18n, player.download)
        }
    };
    let columns = list.shown_columns();
    let menu = format!("take-{name}");
    let address = move |file: &str, more: &[(&'static str, String)]| {
        let mut words = meant.get();
        words.push((
            "columns",
            columns
                .read()
                .iter()
                .map(|wide| wide.column.name())
                .collect::<Vec<_>>()
                .join(","),
        ));
        words.extend(more.iter().cloned());
        format!("/recordings.{file}{}", query_string(&words))
    };
    let close = {
        let menu = menu.clone();
        move || hide_popover(&menu)
    };
    let (by_zip, by_xlsx, by_csv) = (close.clone(), close.clone(), close.clone());
    // Every file has a ticket of its own, by which one asks for it.
    let ticket = RwSignal::new(0_u32);
    let opened = Memo::new(move |_| list.seen.read().as_ref().map_or(0, |seen| seen.page.now.at.0));
    let word = move || format!("{name}-{}-{}", opened.get(), ticket.get());
    let me = expect_context::<MeResource>();
    let downloads = RwSignal::new(true);
    Effect::new(move |_| downloads.set(me.get().and_then(Result::ok).flatten().is_none_or(|me| me.downloads)));
    let pack = Callback::new(move |()| {
        list.pack.set(Some(untrack(word)));
        // Not before the browser has gone to the address with this one.
        request_animation_frame(move || {
            ticket.try_update(|ticket| *ticket += 1);
        });
        by_zip();
    });
    let sheet = move |_| by_xlsx();
    let csv = move |_| by_csv();
    let print = move |_| {
        close();
        if let Err(error) = window().print() {
            leptos::logging::warn!("the page cannot be printed: {error:?}");
        }
    };
    view! {
        <button
            class="btn"
            type="button"
            popovertarget=menu.clone()
            aria-label=words
        >
            <Icon name="down" />
            <span class=(!chosen).then_some("wide")>{words}</span>
        </button>
        <div class="float" id=menu popover="auto" data-up=chosen.then_some("")>
            <Show when=move || downloads.get()>
            <a
                class="item"
                download=""
                href=move || address("zip", &[("sheet", "xlsx".to_owned()), ("ticket", word())])
                rel="external"
                on:click=move |_| pack.run(())
            >
                <Icon name="headphones" />
                {t!(i18n, list.as_zip)}
            </a>
            </Show>
            <a class="item" download="" href=move || address("xlsx", &[]) rel="external" on:click=sheet>
                <Icon name="list" />
                {t!(i18n, list.as_xlsx)}
            </a>
            <a class="item" download="" href=move || address("csv", &[]) rel="external" on:click=csv>
                <Icon name="list" />
                {t!(i18n, list.as_csv)}
            </a>
            {(!chosen)
                .then(|| {
                    view! {
                        <button class="item live" type="button" on:click=print>
                            <Icon name="open" />
                            {t!(i18n, list.print)}
                        </button>
                    }
                })}
        </div>
    }
}

/// How far the file has come that is on its way, and a way to stop it.
#[component]
pub fn Pack(list: List) -> impl IntoView {
    let i18n = use_i18n();
    let progress = RwSignal::new(None::<PackProgress>);
    Effect::new(move |_| {
        let Some(ticket) = list.pack.get() else { return };
        progress.set(Some(PackProgress::default()));
        look(list, ticket, progress, 0);
    });
    let stop = move |_| {
        if let Some(ticket) = list.pack.get_untracked() {
            spawn_local(async move {
                if let Err(error) = stop_pack(ticket).await {
                    leptos::logging::warn!("the download is not stopped: {error}");
                }
            });
        }
    };
    let close = move |_| {
        list.pack.set(None);
        progress.set(None);
    };
    move || {
        let locale = i18n.get_locale();
        progress.get().map(|now| {
            let whole = now.ended && now.done + now.left_out >= now.total;
            view! {
                <div class="work" role="status">
                    {(!now.ended)
                        .then(|| {
                            view! {
                                <progress
                                    max=now.total.max(1).to_string()
                                    value=now.done.to_string()
                                    aria-label=td_string!(locale, list.packing)
                                ></progress>
                            }
                        })}
                    <span>{said(locale, now, whole)}</span>
                    {if now.ended {
                        view! {
                            <button class="ib" data-size="s" type="button" aria-label=td_string!(locale, shell.close) on:click=close>
                                <Icon name="x" />
                            </button>
                        }
                            .into_any()
                    } else {
                        view! {
                            <button class="btn" data-size="s" type="button" on:click=stop>{td_string!(locale, list.stop)}</button>
                        }
                            .into_any()
                    }}
                </div>
            }
        })
    }
}

fn said(locale: Locale, now: PackProgress, whole: bool) -> String {
    let count = |number| format::count(locale, number);
    let (done, total) = (count(now.done), count(now.total));
    if !now.ended {
        td_string!(locale, list.packed_of, done = done, total = total)
    } else if !whole {
        td_string!(locale, list.packed_stopped, done = done, total = total)
    } else if now.left_out > 0 {
        td_string!(locale, list.packed_without, done = done, left_out = count(now.left_out))
    } else {
        td_string!(locale, list.packed_all, done = done)
    }
}

/// Looks, and looks again until it has ended, or another file is on its way.
fn look(list: List, ticket: String, progress: RwSignal<Option<PackProgress>>, tries: u32) {
    spawn_local(async move {
        let now = packed(ticket.clone()).await;
        if list.pack.try_get_untracked().flatten().as_ref() != Some(&ticket) {
            return;
        }
        let tries = match now {
            Ok(Some(now)) => {
                progress.set(Some(now));
                if now.ended {
                    return;
                }
                0
            }
            // Until the server has begun there is nothing to tell; and where it does not begin, that is told.
            Ok(None) | Err(_) if tries < PATIENCE => tries + 1,
            Ok(None) | Err(_) => {
                progress.update(|progress| {
                    if let Some(progress) = progress {
                        (progress.ended, progress.total) = (true, progress.total.max(1));
                    }
                });
                return;
            }
        };
        set_timeout(move || look(list, ticket, progress, tries), OFTEN);
    });
}
