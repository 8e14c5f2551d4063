//! What a form was in each of its versions.

use leptos::{form::ActionForm, prelude::*};
use leptos_router::hooks::use_query_map;
use model::{forms::VersionRow, id::FormId};

use super::{
    api::{PAGE, RestoreVersion, read_versions},
    desk::Desk,
    old::OldForm,
};
use crate::{
    error::AppError,
    format,
    i18n::{t, t_string, td_string, use_i18n},
    ui::{Confirm, Fault, Icon, Loading},
};

#[component]
pub fn Versions(desk: Desk, restore: ServerAction<RestoreVersion>) -> impl IntoView {
    let i18n = use_i18n();
    let id = desk.id;
    let query = use_query_map();
    let open = Memo::new(move |_| {
        query
            .read()
            .get("version")
            .and_then(|version| version.parse::<i64>().ok())
    });
    let versions = Resource::new(move || open.get(), move |open| read_versions(id, open));
    view! {
        <Transition fallback=|| view! { <Loading rows=3 /> }>
            {move || Suspend::new(async move {
                match versions.await {
                    Ok((rows, _)) if rows.is_empty() => view! { <p class="muted">{t!(i18n, forms.no_versions)}</p> }.into_any(),
                    Ok((rows, old)) => {
                        let version = open.get_untracked();
                        let heading = move || version.map(|version| td_string!(i18n.get_locale(), forms.version_of, version = version));
                        let deed = version.map(|version| view! { <Restore desk version restore /> });
                        let old = old
                            .map(|form| {
                                view! { <section class="block"><header><h2>{heading}</h2>{deed}</header><OldForm form /></section> }
                            });
                        view! { <Table id rows open />{old} }.into_any()
                    }
                    Err(AppError(problem)) => {
                        let title = move || t_string!(i18n, forms.not_fetched);
                        view! { <Fault title problem /> }.into_any()
                    }
                }
            })}
        </Transition>
    }
}

/// Makes the version what is being worked on.
#[component]
fn Restore(desk: Desk, version: i64, restore: ServerAction<RestoreVersion>) -> impl IntoView {
    let i18n = use_i18n();
    let press = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        desk.restore(version, restore);
    };
    view! {
        <Confirm
            id="restore-version"
            word=move || t_string!(i18n, forms.restore_version)
            about=move || t_string!(i18n, forms.restore_about, version = version)
        >
            <ActionForm action=restore>
                <input type="hidden" name="id" value=desk.id.to_string() />
                <input type="hidden" name="revision" value=move || desk.revision.get() />
                <input type="hidden" name="version" value=version.to_string() />
                <button class="btn" data-kind="primary" on:click=press>{t!(i18n, forms.restore_version)}</button>
            </ActionForm>
        </Confirm>
    }
}

#[component]
fn Table(id: FormId, rows: Vec<VersionRow>, open: Memo<Option<i64>>) -> impl IntoView {
    let i18n = use_i18n();
    let line = move |row: VersionRow| {
        let version = row.version;
        let when = {
            let published = row.published.clone();
            move || {
                let locale = i18n.get_locale();
                published.as_ref().map_or_else(
                    || td_string!(locale, forms.came_with_hark).to_owned(),
                    |stamp| format::short(locale, stamp),
                )
            }
        };
        let made = move || format::count(i18n.get_locale(), row.evaluations);
        let export = Signal::derive(move || t_string!(i18n, forms.export_version, version = version));
        view! {
            <tr>
                <th scope="row">
                    <a href=format!("{PAGE}/{id}?part=versions&version={version}") aria-current=move || (open.get() == Some(version)).then_some("true")>
                        {move || td_string!(i18n.get_locale(), forms.version_of, version = version)}
                    </a>
                </th>
                <td>{when}</td>
                <td>{row.by}</td>
                <td class="r">{made}</td>
                <td class="deed">
                    <a class="ib" href=format!("/evaluation-forms/{id}.json?version={version}") rel="external" download="" aria-label=export>
                        <Icon name="down" />
                    </a>
                </td>
            </tr>
        }
    };
    view! {
        <div class="wide-table">
            <table class="table" data-plain data-fold>
                <thead>
                    <tr>
                        <th scope="col">{t!(i18n, forms.version)}</th>
                        <th scope="col">{t!(i18n, forms.published)}</th>
                        <th scope="col">{t!(i18n, forms.published_by)}</th>
                        <th scope="col" class="r">{t!(i18n, forms.evaluations)}</th>
                        <th scope="col" class="deed">{t!(i18n, forms.export)}</th>
                    </tr>
                </thead>
                <tbody>{rows.into_iter().map(line).collect_view()}</tbody>
            </table>
        </div>
    }
}
