//! One form: being built, looked at, in its versions, and whose calls it is for.

use leptos::{form::ActionForm, prelude::*};
use leptos_meta::Title;
use leptos_router::hooks::{use_params_map, use_query_map};
use model::{
    evaluation::Key,
    forms::{Built, Choosable},
    id::FormId,
    problem::Problem,
};

use super::{
    api::{BeginForm, PAGE, PublishForm, PutInPlace, RestoreVersion, TurnDraft, TurnForm, read_form},
    audience::ForWhom,
    builder::Builder,
    desk::{Desk, State},
    saved::{Saved, SavedNotice},
    versions::Versions,
    words,
};
use crate::{
    error::AppError,
    evaluation::Rehearsal,
    i18n::{t, t_string, td_string, use_i18n},
    ui::{Confirm, ErrorSummary, Fault, Icon, Loading, Notice, changing, done, problem, sent_back, title, travel},
};

/// The most faults that are told where one asks to publish.
const TOLD: usize = 5;

/// What of a form is looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Questions,
    Audience,
    Preview,
    Versions,
}

impl Part {
    const ALL: [Self; 4] = [Self::Questions, Self::Audience, Self::Preview, Self::Versions];

    const fn name(self) -> &'static str {
        match self {
            Self::Questions => "questions",
            Self::Audience => "audience",
            Self::Preview => "preview",
            Self::Versions => "versions",
        }
    }

    fn named(name: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|part| part.name() == name)
            .unwrap_or(Self::Questions)
    }
}

/// What is done with a form as a whole.
#[derive(Clone, Copy)]
struct Deeds {
    publish: ServerAction<PublishForm>,
    begin: ServerAction<BeginForm>,
    turn: ServerAction<TurnForm>,
    instead: ServerAction<PutInPlace>,
    restore: ServerAction<RestoreVersion>,
}

/// How it stands with a form, beside what it asks.
#[derive(Clone, Copy)]
struct Made {
    retired: bool,
    /// How many evaluations by it are finished, and how many are only begun.
    evaluations: u64,
    begun: u64,
}

/// The form that another changed meanwhile, and the revision of it that one is shown.
type Theirs = (FormId, i64);

#[component]
pub fn FormPage() -> impl IntoView {
    let i18n = use_i18n();
    let params = use_params_map();
    let id = Memo::new(move |_| params.read().get("id").and_then(|id| id.parse::<FormId>().ok()));
    let deeds = Deeds {
        publish: ServerAction::new(),
        begin: ServerAction::new(),
        turn: ServerAction::new(),
        instead: ServerAction::new(),
        restore: ServerAction::new(),
    };
    travel(deeds.publish);
    travel(deeds.begin);
    travel(deeds.turn);
    travel(deeds.instead);
    travel(deeds.restore);
    let (published, restored) = (done(deeds.publish), done(deeds.restore));
    let form: Resource<Result<(Built, Choosable), AppError>> = Resource::new(
        move || (id.get(), published.get(), restored.get()),
        |(id, ..)| async move { read_form(id.unwrap_or(FormId(0))).await },
    );
    let anew = Callback::new(move |()| form.refetch());
    let query = use_query_map();
    let of = Memo::new(move |_| query.read().get("instead").and_then(|of| of.parse::<FormId>().ok()));
    let tried = deeds.instead.version();
    let theirs: Resource<Option<Theirs>> = Resource::new(
        move || (of.get().filter(|of| Some(*of) != id.get()), tried.get()),
        |(of, _)| async move {
            let (built, _) = read_form(of?).await.ok()?;
            Some((built.id, built.revision))
        },
    );
    view! {
        <a class="btn back" data-kind="quiet" data-size="s" href=PAGE><Icon name="prev" />{t!(i18n, forms.title)}</a>
        <Transition fallback=|| view! { <Loading rows=8 /> }>
            {changing(move || Suspend::new(async move {
                match form.await {
                    Ok((built, _)) => view! { <Known built deeds anew theirs /> }.into_any(),
                    Err(AppError(problem)) => {
                        let why = move || t_string!(i18n, forms.not_fetched);
                        view! {
                            <Title text=title(move || t_string!(i18n, forms.title)) />
                            <div class="head"><h1 tabindex="-1">{t!(i18n, forms.title)}</h1></div>
                            <Fault title=why problem />
                        }
                            .into_any()
                    }
                }
            }))}
        </Transition>
    }
}

#[component]
fn Known(built: Built, deeds: Deeds, anew: Callback<()>, theirs: Resource<Option<Theirs>>) -> impl IntoView {
    let i18n = use_i18n();
    let query = use_query_map();
    let part = Memo::new(move |_| Part::named(&query.read().get("part").unwrap_or_default()));
    let open = query.with_untracked(|query| query.get("open").and_then(|key| key.parse::<Key>().ok()));
    let made = Made {
        retired: built.retired,
        evaluations: built.evaluations,
        begun: built.begun,
    };
    let desk = Desk::new(built, open);
    desk.wait_for(deeds.publish.pending());
    desk.wait_for(deeds.restore.pending());
    let id = desk.id;
    let brought = move || desk.brought.get() && !matches!(&*desk.state.read(), State::Kept(_));
    let shown = changing(move || match part.get() {
        Part::Questions => view! { <Builder desk anew /> }.into_any(),
        Part::Preview => {
            let form = desk.bench.with_untracked(|bench| bench.form.clone());
            view! { <Rehearsal form /> }.into_any()
        }
        Part::Versions => view! { <Versions desk restore=deeds.restore /> }.into_any(),
        Part::Audience => view! { <ForWhom desk /> }.into_any(),
    });
    let problems = [
        problem(deeds.publish),
        problem(deeds.turn),
        problem(deeds.begin),
        problem(deeds.instead),
        problem(deeds.restore),
        sent_back::<TurnDraft>(),
    ];
    let problem = Signal::derive(move || problems.into_iter().find_map(|problem| problem.get()));
    view! {
        <Head desk made part deeds />
        <SavedNotice what=Saved::Published />
        <SavedNotice what=Saved::Draft />
        <Show when=brought>
            <Notice state="warn" title=move || t_string!(i18n, forms.brought)>{move || t_string!(i18n, forms.brought_about)}</Notice>
        </Show>
        <Instead id theirs action=deeds.instead />
        <ErrorSummary title=move || t_string!(i18n, configuration.not_saved) problem />
        <Parts id part />
        {shown}
    }
}

/// Where this is what someone typed while another changed the form: which of the two holds is theirs to say, of what they have
/// been shown of the other.
#[component]
fn Instead(id: FormId, theirs: Resource<Option<Theirs>>, action: ServerAction<PutInPlace>) -> impl IntoView {
    let i18n = use_i18n();
    let problem = problem(action);
    let about = move || {
        if problem.get() == Some(Problem::Changed) {
            t_string!(i18n, forms.meanwhile_again)
        } else {
            t_string!(i18n, forms.meanwhile_about)
        }
    };
    let choice = move |(of, revision): Theirs| {
        view! {
            <Notice state="warn" title=move || t_string!(i18n, forms.meanwhile)>{about}</Notice>
            <div class="row-start">
                <ActionForm action>
                    <input type="hidden" name="kept" value=id.to_string() />
                    <input type="hidden" name="of" value=of.to_string() />
                    <input type="hidden" name="revision" value=revision.to_string() />
                    <button class="btn">{t!(i18n, forms.save_over)}</button>
                </ActionForm>
                <a class="btn" href=format!("{PAGE}/{of}")>{t!(i18n, forms.see_theirs)}</a>
            </div>
        }
    };
    view! { <Transition>{changing(move || Suspend::new(async move { theirs.await.map(choice) }))}</Transition> }
}

/// The parts, as links.
#[component]
fn Parts(id: FormId, part: Memo<Part>) -> impl IntoView {
    let i18n = use_i18n();
    let link = move |one: Part| {
        let words = move || match one {
            Part::Questions => t_string!(i18n, forms.questions),
            Part::Audience => t_string!(i18n, forms.for_whom),
            Part::Preview => t_string!(i18n, forms.preview),
            Part::Versions => t_string!(i18n, forms.versions),
        };
        let address = match one {
            Part::Questions => format!("{PAGE}/{id}"),
            other => format!("{PAGE}/{id}?part={}", other.name()),
        };
        view! { <a href=address aria-current=move || (part.get() == one).then_some("page")>{words}</a> }
    };
    view! { <nav class="tabs" aria-label=move || t_string!(i18n, forms.parts)>{Part::ALL.map(link).collect_view()}</nav> }
}

/// What the form is called, how it stands, and what can be done with all of it.
#[component]
fn Head(desk: Desk, made: Made, part: Memo<Part>, deeds: Deeds) -> impl IntoView {
    let i18n = use_i18n();
    let heading = Memo::new(move |_| desk.with(|form| form.title.clone()));
    let name = move || words::called(i18n.get_locale(), &heading.read());
    let differs = Memo::new(move |_| desk.differs());
    let version = desk.version;
    let state = move || {
        let locale = i18n.get_locale();
        match (version, differs.get()) {
            (0, _) => td_string!(locale, forms.state_draft).to_owned(),
            (version, false) => td_string!(locale, forms.state_in_use, version = version),
            (version, true) => td_string!(locale, forms.state_changed, version = version),
        }
    };
    let about = move || {
        let locale = i18n.get_locale();
        if !desk.faults.read().is_empty() {
            let faults = desk.faults.read();
            let first = faults.iter().take(TOLD);
            let said = first.map(|fault| desk.with(|form| words::told(locale, fault, Some(form))));
            let mut what = said.collect::<Vec<_>>().join(" ");
            if faults.len() > TOLD {
                what.push_str(" …");
            }
            td_string!(locale, forms.publish_faulty, what = what)
        } else if version == 0 {
            td_string!(locale, forms.publish_first).to_owned()
        } else if !differs.get() {
            td_string!(locale, forms.publish_none, version = version)
        } else if desk.renews() {
            td_string!(locale, forms.publish_new, version = version + 1)
        } else {
            td_string!(locale, forms.publish_same, version = version)
        }
    };
    let off = move || !desk.faults.read().is_empty() || !differs.get();
    let press = move |event: leptos::ev::MouseEvent| {
        event.prevent_default();
        desk.publish(deeds.publish);
    };
    let publish = move || {
        if part.get() == Part::Questions {
            // With what stands on the page.
            view! {
                <button class="btn" data-kind="primary" name="do" value="publish" disabled=off form="builder" on:click=press>
                    {t!(i18n, forms.publish)}
                </button>
            }
            .into_any()
        } else {
            view! {
                <ActionForm action=deeds.publish>
                    <input type="hidden" name="id" value=desk.id.to_string() />
                    <input type="hidden" name="revision" value=move || desk.revision.get() />
                    <button class="btn" data-kind="primary" disabled=off on:click=press>{t!(i18n, forms.publish)}</button>
                </ActionForm>
            }
            .into_any()
        }
    };
    view! {
        <Title text=title(name) />
        <div class="head">
            <div>
                <h1 tabindex="-1">{name}</h1>
                <p class="lead">
                    {state}
                    {made.retired.then(|| view! { " " <span class="badge">{t!(i18n, forms.retired)}</span> })}
                </p>
            </div>
            <div class="end">
                // Who asks to publish it is told all that it lacks.
                <div class="trying" on:click=move |_| desk.try_it()>
                    <Confirm id="publish" word=move || t_string!(i18n, forms.publish) about>{publish}</Confirm>
                </div>
                <Menu id=desk.id name=Signal::derive(name) made deeds />
            </div>
        </div>
    }
}

/// What one does more rarely.
#[component]
fn Menu(id: FormId, name: Signal<String>, made: Made, deeds: Deeds) -> impl IntoView {
    let i18n = use_i18n();
    let Made {
        retired,
        evaluations,
        begun,
    } = made;
    let fate = move |fate: &'static str, words: Signal<&'static str>| {
        view! {
            <ActionForm action=deeds.turn>
                <input type="hidden" name="id" value=id.to_string() />
                <input type="hidden" name="fate" value=fate />
                <button class="item">{move || words.get()}</button>
            </ActionForm>
        }
    };
    // What someone has begun to answer keeps its form, which then can only be retired.
    let away = move || {
        let about = move || {
            if begun == 0 {
                t_string!(i18n, forms.delete_about, name = name.get())
            } else {
                t_string!(i18n, forms.delete_begun, name = name.get())
            }
        };
        let (fate, kept) = if begun == 0 {
            ("delete", false)
        } else {
            ("retire", true)
        };
        view! {
            <Confirm id="delete" word=move || t_string!(i18n, forms.delete) about item="trash">
                <ActionForm action=deeds.turn>
                    <input type="hidden" name="id" value=id.to_string() />
                    <input type="hidden" name="fate" value=fate />
                    <button class="btn" data-kind="danger">
                        {move || if kept { t_string!(i18n, forms.retire) } else { t_string!(i18n, forms.delete) }}
                    </button>
                </ActionForm>
            </Confirm>
        }
    };
    view! {
        <button class="ib" type="button" popovertarget="form-menu" aria-label=move || t_string!(i18n, forms.more)><Icon name="menu" /></button>
        <div class="float" id="form-menu" popover="auto">
            <a class="item" href=format!("/evaluation-forms/{id}.json") rel="external" download=""><Icon name="down" />{t!(i18n, forms.export)}</a>
            <ActionForm action=deeds.begin>
                <input type="hidden" name="how" value="copy" />
                <input type="hidden" name="of" value=id.to_string() />
                <button class="item">{t!(i18n, forms.copy)}</button>
            </ActionForm>
            {if retired {
                fate("restore", Signal::derive(move || t_string!(i18n, forms.restore))).into_any()
            } else {
                fate("retire", Signal::derive(move || t_string!(i18n, forms.retire))).into_any()
            }}
            {(evaluations == 0 && (begun == 0 || !retired)).then(away)}
        </div>
    }
}
