//! The document around every page.

use leptos::prelude::*;
use leptos_meta::MetaTags;

use crate::{i18n::Locale, routes::App};

/// Where the files lie that the build made, under names that hold their content's hash.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Assets {
    /// The style sheet.
    pub style: String,
    /// The module that wakes the page.
    pub start: String,
    /// The icons.
    pub icons: String,
    /// The still waves of empty and quiet pages.
    pub waves: String,
    /// The small picture in the browser's tab.
    pub favicon: String,
    /// The letters that every page is set in.
    pub letters: String,
}

/// What the first answer already must look like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Look {
    pub locale: Locale,
    pub theme: Option<&'static str>,
    pub density: Option<&'static str>,
}

/// The whole document.
#[must_use]
pub fn document(assets: Assets) -> impl IntoView {
    let look = look();
    let Assets {
        style,
        start,
        icons,
        waves,
        favicon,
        letters,
    } = assets;
    view! {
        <!DOCTYPE html>
        // The words' provider sets the language.
        <html data-theme=look.theme data-density=look.density data-downloads=downloads()>
            <head>
                <meta charset="utf-8" />
                <meta name="viewport" content="width=device-width, initial-scale=1" />
                <meta name="color-scheme" content="light dark" />
                <meta name="hark-icons" content=icons />
                <meta name="hark-waves" content=waves />
                <meta name="hark-company" content=company() />
                <link rel="icon" href=favicon />
                <link rel="stylesheet" href=style />
                // Asked for with the style sheet, and not when that has come: most often nothing is set in other letters first.
                <link as="font" rel="preload" type="font/woff2" crossorigin="" href=letters />
                // As soon as it is there: one who presses while the rest of the page comes is heard.
                <script type="module" async src=start></script>
                <MetaTags />
            </head>
            <body>
                <App />
            </body>
        </html>
    }
}

/// The language as HTML and `Intl` know it.
#[must_use]
pub const fn locale_tag(locale: Locale) -> &'static str {
    match locale {
        Locale::sv => "sv",
        Locale::en => "en",
    }
}

#[cfg(feature = "ssr")]
pub fn look() -> Look {
    use std::str::FromStr;
    let Some(visit) = crate::visit::present() else {
        return Look {
            locale: Locale::sv,
            theme: None,
            density: None,
        };
    };
    let preferences = visit.preferences;
    let of_account = match &visit.visitor {
        backend::account::Visitor::Signed(viewer) => viewer.locale().map(ToOwned::to_owned),
        _ => None,
    };
    let chosen = of_account.or(preferences.locale).unwrap_or(visit.company.locale);
    Look {
        locale: Locale::from_str(&chosen).unwrap_or(Locale::sv),
        theme: match preferences.theme.as_deref() {
            Some("light") => Some("light"),
            Some("dark") => Some("dark"),
            _ => None,
        },
        density: match preferences.density.as_deref() {
            Some("normal") => Some("normal"),
            Some("airy") => Some("airy"),
            _ => None,
        },
    }
}

#[cfg(not(feature = "ssr"))]
pub fn look() -> Look {
    use std::str::FromStr;
    let html = leptos::prelude::document().document_element();
    let attribute = |name: &str| html.as_ref().and_then(|html| html.get_attribute(name));
    Look {
        locale: attribute("lang")
            .and_then(|lang| Locale::from_str(&lang).ok())
            .unwrap_or(Locale::sv),
        theme: match attribute("data-theme").as_deref() {
            Some("light") => Some("light"),
            Some("dark") => Some("dark"),
            _ => None,
        },
        density: match attribute("data-density").as_deref() {
            Some("normal") => Some("normal"),
            Some("airy") => Some("airy"),
            _ => None,
        },
    }
}

/// `no` for one who may not take a sound along: the ways to it are not shown. What keeps it is the server.
#[cfg(feature = "ssr")]
fn downloads() -> Option<&'static str> {
    let visit = crate::visit::present()?;
    // On the page of a link the link decides.
    let may = match (&visit.guest, &visit.visitor) {
        (Some(guest), _) => guest.may_download(),
        (None, backend::account::Visitor::Signed(viewer)) => viewer.may_download(),
        (None, _) => true,
    };
    (!may).then_some("no")
}

/// Only the server writes the document.
#[cfg(not(feature = "ssr"))]
const fn downloads() -> Option<&'static str> {
    None
}

/// The company's name, which strangers may know too; empty while nobody has claimed the instance.
#[cfg(feature = "ssr")]
pub fn company() -> String {
    crate::visit::present()
        .map(|visit| visit.company)
        .filter(|company| company.claimed)
        .map(|company| company.name)
        .unwrap_or_default()
}

/// The company's name, which strangers may know too; empty while nobody has claimed the instance.
#[cfg(not(feature = "ssr"))]
pub fn company() -> String {
    crate::ui::named("hark-company")
}
