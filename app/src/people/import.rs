//! Reading many people from a file: first the file, then what would change, then the change.

use leptos::{form::ActionForm, prelude::*, server_fn::ServerFn};
use leptos_meta::Title;
use leptos_router::hooks::use_params_map;
use model::{
    people::{Change, Import, Planned},
    problem::Field,
};

use super::api::{ImportPeople, UploadPeople, plan_import};
use crate::{
    error::AppError,
    format,
    i18n::{Locale, t, t_string, td_string, use_i18n},
    ui::{ErrorSummary, Fault, Icon, Loading, Submit, label, problem, sent_back, title, travel},
};

/// The most lines that are shown; what is wrong is always shown.
const SHOWN: usize = 500;

#[component]
pub fn ImportPage() -> impl IntoView {
    let i18n = use_i18n();
    let problem = sent_back::<UploadPeople>();
    view! {
        <Title text=title(move || t_string!(i18n, import.title)) />
        <a class="btn back" data-kind="quiet" data-size="s" href="/configuration/people"><Icon name="prev" />{t!(i18n, people.title)}</a>
        <div class="head">
            <div>
                <h1 tabindex="-1">{t!(i18n, import.title)}</h1>
                <p class="lead">{t!(i18n, import.lead)}</p>
            </div>
        </div>
        <ErrorSummary title=move || t_string!(i18n, import.not_read) problem />
        // Sent by the browser itself, which shows how far it has come.
        <form class="form" method="post" action=UploadPeople::url() enctype="multipart/form-data">
            <div class="field">
                <label for="table">{t!(i18n, fields.table)}</label>
                <span class="hint" id="table-hint">{t!(i18n, import.file_hint)}</span>
                <input class="input" type="file" id="table" name="table" accept=".csv,.xlsx,.txt" required aria-describedby="table-hint" />
            </div>
            <div class="row-start"><button class="btn" data-kind="primary">{t!(i18n, import.read)}</button></div>
        </form>
        <section class="block">
            <header><h2>{t!(i18n, import.columns)}</h2></header>
            <p class="muted">{t!(i18n, import.columns_about)}</p>
            <p class="muted">{t!(i18n, import.known_by)}</p>
        </section>
        <section class="block">
            <header><h2>{t!(i18n, import.export)}</h2></header>
            <p class="muted">{t!(i18n, import.export_about)}</p>
            <div class="row-start">
                <a class="btn" href="/configuration/people.xlsx" download=""><Icon name="down" />"XLSX"</a>
                <a class="btn" href="/configuration/people.csv" download=""><Icon name="down" />"CSV"</a>
            </div>
        </section>
    }
}

#[component]
pub fn PlannedPage() -> impl IntoView {
    let i18n = use_i18n();
    let params = use_params_map();
    let id = Memo::new(move |_| {
        params
            .read()
            .get("id")
            .and_then(|id| id.parse::<i64>().ok())
            .unwrap_or_default()
    });
    let import = ServerAction::<ImportPeople>::new();
    travel(import);
    let plan: Resource<Result<Import, AppError>> = Resource::new(move || id.get(), plan_import);
    view! {
        <Title text=title(move || t_string!(i18n, import.plan)) />
        <a class="btn back" data-kind="quiet" data-size="s" href="/configuration/people/import"><Icon name="prev" />{t!(i18n, import.title)}</a>
        <div class="head"><h1 tabindex="-1">{t!(i18n, import.plan)}</h1></div>
        <Suspense fallback=|| view! { <Loading /> }>
            {move || Suspend::new(async move {
                match plan.await {
                    Ok(plan) => view! { <Plan plan import /> }.into_any(),
                    Err(error) => {
                        let title = move || t_string!(i18n, import.gone);
                        view! { <Fault title problem=error.0 /> }.into_any()
                    }
                }
            })}
        </Suspense>
    }
}

#[component]
fn Plan(plan: Import, import: ServerAction<ImportPeople>) -> impl IntoView {
    let i18n = use_i18n();
    let problem = problem(import);
    let (name, new, changed, same, wrong) = (plan.name.clone(), plan.new, plan.changed, plan.same, plan.wrong);
    let sum = move || {
        let locale = i18n.get_locale();
        let count = |number: u32| format::count(locale, number.into());
        td_string!(
            locale,
            import.sum,
            new = count(new),
            changed = count(changed),
            same = count(same),
            wrong = count(wrong)
        )
    };
    let nothing = new + changed == 0;
    // What is wrong first: it is what one must do something about.
    let (faults, rest): (Vec<Planned>, Vec<Planned>) = plan
        .lines
        .into_iter()
        .partition(|line| matches!(line.change, Change::Wrong(_)));
    let rest: Vec<Planned> = rest.into_iter().filter(|line| line.change != Change::None).collect();
    let more = rest.len().saturating_sub(SHOWN);
    let rows = faults
        .into_iter()
        .chain(rest.into_iter().take(SHOWN))
        .map(|line| view! { <Line line /> });
    view! {
        <p class="lead"><b>{name}</b> " · " {sum}</p>
        <ErrorSummary title=move || t_string!(i18n, import.not_done) problem />
        <div class="wide-table">
            <table class="table" data-plain data-lines>
                <thead>
                    <tr>
                        <th scope="col" class="r">{t!(i18n, import.line)}</th>
                        <th scope="col">{t!(i18n, people.name)}</th>
                        <th scope="col">{t!(i18n, import.what)}</th>
                    </tr>
                </thead>
                <tbody>{rows.collect_view()}</tbody>
            </table>
        </div>
        {(more > 0)
            .then(|| {
                let words = move || td_string!(i18n.get_locale(), import.more, count = format::count(i18n.get_locale(), more as u64));
                view! { <p class="muted small">{words}</p> }
            })}
        <ActionForm action=import attr:class="row-start">
            <input type="hidden" name="id" value=plan.id.to_string() />
            <input type="hidden" name="digest" value=plan.digest />
            <Submit action=import disabled=nothing>{t!(i18n, import.carry_out)}</Submit>
            <a class="btn" data-kind="quiet" href="/configuration/people">{t!(i18n, configuration.cancel)}</a>
            {nothing.then(|| view! { <span class="muted">{t!(i18n, import.nothing)}</span> })}
        </ActionForm>
    }
}

#[component]
fn Line(line: Planned) -> impl IntoView {
    let i18n = use_i18n();
    let state = match &line.change {
        Change::Add => "ok",
        Change::Edit(_) => "info",
        Change::None => "",
        Change::Wrong(_) => "danger",
    };
    let kind = {
        let change = line.change.clone();
        move || {
            let locale = i18n.get_locale();
            match change {
                Change::Add => td_string!(locale, import.kind_add),
                Change::Edit(_) => td_string!(locale, import.kind_edit),
                Change::None => td_string!(locale, import.kind_none),
                Change::Wrong(_) => td_string!(locale, import.kind_wrong),
            }
        }
    };
    let about = move || words(i18n.get_locale(), &line.change);
    view! {
        <tr>
            <td class="r">{line.line}</td>
            <th scope="row">{line.name}</th>
            <td><span class="badge" data-state=state>{kind}</span> " " {about}</td>
        </tr>
    }
}

/// What a line changes, or what is wrong with it, in a sentence.
fn words(locale: Locale, change: &Change) -> String {
    match change {
        Change::Add | Change::None => String::new(),
        Change::Edit(fields) => {
            let said = fields.iter().map(|(field, old, new)| {
                let (old, new) = (shown(locale, *field, old), shown(locale, *field, new));
                format!("{}: {old} → {new}", label(locale, *field))
            });
            said.collect::<Vec<_>>().join("; ")
        }
        Change::Wrong(wrong) => {
            let said = wrong
                .iter()
                .map(|wrong| format!("{}: {}", label(locale, wrong.field), crate::error::fault(locale, wrong)));
            said.collect::<Vec<_>>().join(" ")
        }
    }
}

fn shown(locale: Locale, field: Field, value: &str) -> String {
    match (field, value) {
        (Field::Recording | Field::Dashboard, "+") => td_string!(locale, import.yes).to_owned(),
        (Field::Recording | Field::Dashboard, _) => td_string!(locale, import.no).to_owned(),
        (_, "") => td_string!(locale, import.empty).to_owned(),
        (_, value) => td_string!(locale, import.quoted, value = value.to_owned()),
    }
}
