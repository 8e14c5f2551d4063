//! The views as links, with a star where what is looked at is no longer what was saved.

use leptos::prelude::*;
use model::{columns::Columns, filter::query_string, list::ListQuery, view::View};

use super::ViewsResource;
use crate::i18n::{t_string, use_i18n};

/// The links. Where the views cannot be had, the list can be used without.
#[component]
pub fn ViewLinks(
    views: ViewsResource,
    query: Memo<ListQuery>,
    /// The columns, where they have been changed since the view was opened.
    columns: RwSignal<Option<Columns>>,
) -> impl IntoView {
    view! {
        <Transition>
            {move || Suspend::new(async move {
                let views = views.await.unwrap_or_default();
                views.into_iter().map(|view| view! { <Link view query columns /> }).collect_view()
            })}
        </Transition>
    }
}

#[component]
fn Link(view: View, query: Memo<ListQuery>, columns: RwSignal<Option<Columns>>) -> impl IntoView {
    let i18n = use_i18n();
    let id = view.id;
    let address = format!("/recordings{}", query_string(&view.words()));
    let name = view.name.clone();
    let open = Memo::new(move |_| query.read().view == Some(id));
    let changed = Memo::new(move |_| open.get() && view.differs(&query.read(), columns.read().as_ref()));
    let star = move || {
        changed.get().then(|| {
            let words = move || t_string!(i18n, list.view_changed);
            view! { <span class="changed" title=words><span aria-hidden="true">"*"</span><span class="vh">{words}</span></span> }
        })
    };
    view! { <a href=address aria-current=move || open.get().then_some("page")>{name}{star}</a> }
}
