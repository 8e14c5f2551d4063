//! The outbox: what left, what waits and why, sending again, and a letter to try the way with.

use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::use_query_map;
use model::{
    letter::{Letter, LetterFault, LetterRow, News, Outbox, Progress},
    problem::Field,
};

use super::api::{SendAgain, SendTest, read_outbox};
use crate::{
    error::AppError,
    format,
    i18n::{Locale, t, t_string, td_string, use_i18n},
    routes::MeResource,
    ui::{Empty, ErrorSummary, Fault, Icon, Loading, Notice, TextField, done, problem, title, travel},
};

#[component]
pub fn OutboxPage() -> impl IntoView {
    let i18n = use_i18n();
    let (again, test) = (ServerAction::<SendAgain>::new(), ServerAction::<SendTest>::new());
    travel(test);
    let again_done = done(again);
    let test_done = done(test);
    let letters: Resource<Result<Outbox, AppError>> =
        Resource::new(move || (again_done.get(), test_done.get()), |_| read_outbox());
    let retry = Callback::new(move |()| letters.refetch());
    let me = expect_context::<MeResource>();
    let (problem_of_again, problem_of_test) = (problem(again), problem(test));
    let query = use_query_map();
    let tried = Memo::new(move |_| query.read().get("saved").is_some_and(|saved| saved == "test"));
    view! {
        <Title text=title(move || t_string!(i18n, outbox.title)) />
        <div class="head">
            <div>
                <h1 tabindex="-1">{t!(i18n, outbox.title)}</h1>
                <p class="lead">{t!(i18n, outbox.lead)}</p>
            </div>
            <div class="end">
                <button class="btn live" type="button" on:click=move |_| letters.refetch()>{t!(i18n, outbox.refresh)}</button>
            </div>
        </div>
        <Show when=move || tried.get()>
            <Notice state="ok" title=move || t_string!(i18n, outbox.test_sent)>
                {move || t_string!(i18n, outbox.test_sent_about)}
            </Notice>
        </Show>
        <ErrorSummary title=move || t_string!(i18n, outbox.test_failed) problem=problem_of_test />
        <Suspense>
            {move || Suspend::new(async move {
                let own = me.await.ok().flatten().map(|me| me.email).unwrap_or_default();
                view! {
                    <ActionForm action=test attr:class="searchbar" attr:novalidate="">
                        <TextField field=Field::Receiver problem=problem_of_test value=own />
                        <button class="btn">{t!(i18n, outbox.send_test)}</button>
                    </ActionForm>
                }
            })}
        </Suspense>
        <ErrorSummary title=move || t_string!(i18n, outbox.again_failed) problem=problem_of_again />
        <Transition fallback=|| view! { <Loading /> }>
            {move || Suspend::new(async move {
                match letters.await {
                    Ok(outbox) => view! { <Letters outbox again /> }.into_any(),
                    Err(error) => {
                        let title = move || t_string!(i18n, outbox.not_fetched);
                        view! { <Fault title problem=error.0 retry /> }.into_any()
                    }
                }
            })}
        </Transition>
    }
}

#[component]
fn Letters(outbox: Outbox, again: ServerAction<SendAgain>) -> impl IntoView {
    let i18n = use_i18n();
    let Outbox { letters, way, folder } = outbox;
    let about = move || {
        let locale = i18n.get_locale();
        if folder {
            td_string!(locale, outbox.way_folder, way = way.clone())
        } else {
            td_string!(locale, outbox.way_server, way = way.clone())
        }
    };
    let rows = if letters.is_empty() {
        view! {
            <Empty title=move || t_string!(i18n, outbox.none) why=move || t_string!(i18n, outbox.none_why)>
                <a class="btn" href="/configuration/people">{t!(i18n, people.title)}</a>
            </Empty>
        }
        .into_any()
    } else {
        view! {
            <div class="wide-table">
                <table class="table" data-plain data-fold>
                    <thead>
                        <tr>
                            <th scope="col">{t!(i18n, outbox.written)}</th>
                            <th scope="col">{t!(i18n, outbox.what)}</th>
                            <th scope="col">{t!(i18n, outbox.to)}</th>
                            <th scope="col">{t!(i18n, outbox.progress)}</th>
                            <th scope="col"><span class="vh">{t!(i18n, outbox.send_again)}</span></th>
                        </tr>
                    </thead>
                    <tbody>{letters.into_iter().map(|row| view! { <Row row again /> }).collect_view()}</tbody>
                </table>
            </div>
        }
        .into_any()
    };
    view! {
        <p class="muted small">{about}</p>
        {folder
            .then(|| {
                view! {
                    <Notice state="warn" title=move || t_string!(i18n, outbox.folder_only)>
                        {move || t_string!(i18n, outbox.folder_only_about)} " " <code>"HARK_SMTP_URL"</code> "."
                    </Notice>
                }
            })}
        {rows}
    }
}

#[component]
fn Row(row: LetterRow, again: ServerAction<SendAgain>) -> impl IntoView {
    let i18n = use_i18n();
    let (letter, written, progress, tries) = (row.letter, row.written, row.progress, row.tries);
    let state = match &progress {
        Progress::Sent { .. } => "ok",
        Progress::Waiting { .. } => "warn",
        Progress::GivenUp { .. } => "danger",
    };
    let stands = move || {
        let locale = i18n.get_locale();
        match &progress {
            Progress::Sent { at } => td_string!(locale, outbox.sent, when = format::short(locale, at)),
            Progress::Waiting { next } if tries > 0 => {
                td_string!(locale, outbox.retry, tries = tries, when = format::short(locale, next))
            }
            Progress::Waiting { .. } => td_string!(locale, outbox.waiting).to_owned(),
            Progress::GivenUp { at } => td_string!(locale, outbox.given_up, when = format::short(locale, at)),
        }
    };
    let (at, shown) = (written.rfc3339(), written);
    let to = row.to.clone();
    view! {
        <tr>
            <td><time datetime=at>{move || format::short(i18n.get_locale(), &shown)}</time></td>
            <th scope="row">{move || kind(i18n.get_locale(), &letter)}</th>
            <td>{row.to}</td>
            <td>
                <span class="state"><span class="dot" data-state=state></span>{stands}</span>
                {row.fault.map(|fault| view! { <Why fault /> })}
            </td>
            <td class="deed">
                <ActionForm action=again>
                    <input type="hidden" name="id" value=row.id.to_string() />
                    <button
                        class="btn"
                        data-size="s"
                        aria-label=move || td_string!(i18n.get_locale(), outbox.send_again_to, to = to.clone())
                    >
                        <Icon name="retry" />
                        <span class="wide">{t!(i18n, outbox.send_again)}</span>
                    </button>
                </ActionForm>
            </td>
        </tr>
    }
}

/// Why a letter was not taken: in our words, or in those of whoever refused it.
#[component]
fn Why(fault: LetterFault) -> impl IntoView {
    let i18n = use_i18n();
    match fault {
        LetterFault::Said(words) => view! { <p class="sub" lang="en">{words}</p> }.into_any(),
        LetterFault::Silent => view! { <p class="sub">{t!(i18n, outbox.fault_silent)}</p> }.into_any(),
        LetterFault::Closed => view! { <p class="sub">{t!(i18n, outbox.fault_closed)}</p> }.into_any(),
    }
}

fn kind(locale: Locale, letter: &Letter) -> &'static str {
    match letter {
        Letter::Invitation { .. } | Letter::Welcome { .. } => td_string!(locale, outbox.kind_invitation),
        Letter::OneTimePassword => td_string!(locale, outbox.kind_code),
        Letter::Reset => td_string!(locale, outbox.kind_reset),
        Letter::PasswordChanged => td_string!(locale, outbox.kind_changed),
        Letter::PasswordExpires { .. } => td_string!(locale, outbox.kind_expires),
        Letter::AccessChanged { .. } => td_string!(locale, outbox.kind_access),
        Letter::AddressChanged { .. } => td_string!(locale, outbox.kind_address),
        Letter::Share { .. } => td_string!(locale, outbox.kind_share),
        Letter::Evaluation { news, .. } => match news {
            News::Shown => td_string!(locale, outbox.kind_evaluation),
            News::Revised => td_string!(locale, outbox.kind_evaluation_revised),
            News::Answered => td_string!(locale, outbox.kind_evaluation_answered),
            News::Disputed | News::Unanswered => td_string!(locale, outbox.kind_evaluation_disputed),
        },
        Letter::Unanswered { .. } => td_string!(locale, outbox.kind_evaluation_disputed),
        Letter::Test => td_string!(locale, outbox.kind_test),
    }
}
