//! What a browser may prefer: language, appearance, row spacing. Real forms, so that they work before the page is awake;
//! once it is, a choice holds at once and is stored beside.

use std::str::FromStr;

use leptos::{ev::MouseEvent, prelude::*, server_fn::ServerFn};
use leptos_i18n::I18nContext;
use leptos_router::hooks::use_location;

use crate::{
    api::SetPreference,
    document::{Look, locale_tag, look},
    i18n::{Locale, t, t_string, use_i18n},
    ui::{Icon, hide_popover},
};

/// The choices that hold now, and their way to the server.
#[derive(Clone, Copy)]
pub struct Choices {
    look: RwSignal<Look>,
    store: ServerAction<SetPreference>,
}

impl Choices {
    pub fn new() -> Self {
        Self {
            look: RwSignal::new(look()),
            store: ServerAction::new(),
        }
    }

    /// How the page looks now.
    pub fn look(self) -> Look {
        self.look.get_untracked()
    }

    /// Lets a choice hold at once, and stores it.
    fn choose(self, i18n: I18nContext<Locale>, name: &'static str, value: &'static str) {
        match name {
            "theme" => {
                let theme = (value != "system").then_some(value);
                self.look.update(|look| look.theme = theme);
                set_on_html("data-theme", theme);
            }
            "density" => {
                let density = (value != "tight").then_some(value);
                self.look.update(|look| look.density = density);
                set_on_html("data-density", density);
            }
            _ => {
                if let Ok(locale) = Locale::from_str(value) {
                    i18n.set_locale(locale);
                }
            }
        }
        self.store.dispatch(SetPreference {
            name: name.to_owned(),
            value: value.to_owned(),
            back: None,
        });
    }

    fn chosen(self, i18n: I18nContext<Locale>, name: &str) -> &'static str {
        match name {
            "theme" => self.look.get().theme.unwrap_or("system"),
            "density" => self.look.get().density.unwrap_or("tight"),
            _ => locale_tag(i18n.get_locale()),
        }
    }
}

fn set_on_html(name: &str, value: Option<&str>) {
    let Some(html) = document().document_element() else {
        return;
    };
    let set = match value {
        Some(value) => html.set_attribute(name, value),
        None => html.remove_attribute(name),
    };
    if let Err(error) = set {
        leptos::logging::warn!("{name} is not set: {error:?}");
    }
}

/// A language in its own words.
pub const fn own_name(locale: Locale) -> &'static str {
    match locale {
        Locale::sv => "Svenska",
        Locale::en => "English",
    }
}

/// A form that sets one preference and comes back to this page; the children are its buttons.
#[component]
fn ChoiceForm(name: &'static str, #[prop(optional)] class: Option<&'static str>, children: Children) -> impl IntoView {
    let location = use_location();
    let back = move || {
        let search = location.search.get();
        let mark = if search.is_empty() { "" } else { "?" };
        format!("{}{mark}{search}", location.pathname.get())
    };
    view! {
        <form class=class method="post" action=SetPreference::url()>
            <input type="hidden" name="name" value=name />
            <input type="hidden" name="back" value=back />
            {children()}
        </form>
    }
}

/// The languages, each in its own words.
#[component]
pub fn Languages(
    /// The floating menu they stand in; closed when one is chosen.
    menu: &'static str,
) -> impl IntoView {
    let i18n = use_i18n();
    let choices = expect_context::<Choices>();
    let items = <Locale as leptos_i18n::Locale>::get_all().iter().map(move |locale| {
        let tag = locale_tag(*locale);
        let current = move || (choices.chosen(i18n, "locale") == tag).then_some("true");
        let choose = move |event: MouseEvent| {
            event.prevent_default();
            choices.choose(i18n, "locale", tag);
            hide_popover(menu);
        };
        view! {
            <button class="item" name="value" value=tag lang=tag aria-current=current on:click=choose>
                {own_name(*locale)}
            </button>
        }
    });
    view! {
        <h2>{t!(i18n, shell.language)}</h2>
        <ChoiceForm name="locale">{items.collect_view()}</ChoiceForm>
    }
}

/// One of a row of choices.
#[component]
fn Choice(
    name: &'static str,
    value: &'static str,
    #[prop(optional)] icon: Option<&'static str>,
    children: Children,
) -> impl IntoView {
    let i18n = use_i18n();
    let choices = expect_context::<Choices>();
    let pressed = move || (choices.chosen(i18n, name) == value).to_string();
    let choose = move |event: MouseEvent| {
        event.prevent_default();
        choices.choose(i18n, name, value);
    };
    view! {
        <button name="value" value=value aria-pressed=pressed on:click=choose>
            {icon.map(|icon| view! { <Icon name=icon /> })}
            {children()}
        </button>
    }
}

/// Appearance and row spacing.
#[component]
pub fn Appearance() -> impl IntoView {
    let i18n = use_i18n();
    let choices = expect_context::<Choices>();
    let failed = move || choices.store.value().get().is_some_and(|stored| stored.is_err());
    view! {
        <h2>{t!(i18n, shell.appearance)}</h2>
        <ChoiceForm name="theme" class="choices">
            <Choice name="theme" value="light" icon="sun">{t!(i18n, shell.light)}</Choice>
            <Choice name="theme" value="dark" icon="moon">{t!(i18n, shell.dark)}</Choice>
            <Choice name="theme" value="system" icon="monitor">{t!(i18n, shell.system)}</Choice>
        </ChoiceForm>
        <h2>{t!(i18n, shell.density)}</h2>
        <ChoiceForm name="density" class="choices">
            <Choice name="density" value="tight">{t!(i18n, shell.tight)}</Choice>
            <Choice name="density" value="normal">{t!(i18n, shell.normal)}</Choice>
            <Choice name="density" value="airy">{t!(i18n, shell.airy)}</Choice>
        </ChoiceForm>
        <Show when=failed>
            <p class="wrong" role="alert">
                <Icon name="alert" />
                {move || t_string!(i18n, shell.not_kept)}
            </p>
        </Show>
    }
}
