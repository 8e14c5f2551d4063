//! What became of what one wrote, said once it is gone: that it is saved, and who sees it now, or that it is thrown away.

use leptos::prelude::*;
use model::{
    evaluation::{Sheet, State},
    id::EvaluationId,
};

use crate::{
    i18n::{td_string, use_i18n},
    ui::{Icon, focus_first},
};

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Became {
    /// And who sees it.
    Saved(Option<String>),
    /// Nothing was altered in it, and whether it is disputed still.
    Held {
        disputed: bool,
    },
    Thrown,
    /// What one said to the other has left.
    Replied,
}

/// What is being written.
#[derive(Clone, Debug, Default)]
struct Written {
    /// What it takes the place of.
    revises: Option<EvaluationId>,
    /// Who sees it once it is saved.
    seen_by: Option<String>,
}

/// How what one wrote last has ended.
#[derive(Clone, Copy)]
pub struct Ending {
    became: RwSignal<Option<Became>>,
    written: StoredValue<Written>,
    /// Whether one goes on to what is saved, as soon as it is there.
    goes_on: StoredValue<bool>,
}

impl Ending {
    /// Nothing has ended.
    pub fn none() -> Self {
        Self {
            became: RwSignal::new(None),
            written: StoredValue::new(Written::default()),
            goes_on: StoredValue::new(false),
        }
    }

    /// Notes what is written now, if anything is. Whoever has just saved something goes on to that: `newest` where it took no
    /// other's place.
    pub fn begin(self, sheet: Option<&Sheet>, seen_by: Option<String>, newest: Option<EvaluationId>) {
        let revises = sheet.and_then(|sheet| sheet.by.revises);
        let now = Written { revises, seen_by };
        let before = self.written.try_update_value(|written| std::mem::replace(written, now));
        let card = before.and_then(|written| written.revises).or(newest);
        let Some(card) = card.filter(|_| sheet.is_none()) else {
            return;
        };
        Effect::new(move |_| {
            if self.goes_on.try_update_value(std::mem::take) == Some(true) {
                request_animation_frame(move || focus_first(&[&format!("#judged-{card}")]));
            }
        });
    }

    /// It is saved; where nothing was altered, how it stands as before.
    pub fn saved(self, held: Option<State>) {
        let became = match held {
            Some(state) => Became::Held {
                disputed: matches!(state, State::Disputed { .. }),
            },
            None => Became::Saved(self.written.with_value(|written| written.seen_by.clone())),
        };
        self.became.set(Some(became));
        self.goes_on.set_value(true);
    }

    /// It is thrown away.
    pub fn thrown(self) {
        self.became.set(Some(Became::Thrown));
    }

    /// What one said to the other has left.
    pub fn replied(self) {
        self.became.set(Some(Became::Replied));
    }

    /// Something else has been done since.
    pub fn clear(self) {
        self.became.set(None);
        self.goes_on.set_value(false);
    }
}

/// It, in words.
#[component]
pub fn Ended(ending: Ending) -> impl IntoView {
    let i18n = use_i18n();
    let words = move || {
        let locale = i18n.get_locale();
        let words = match ending.became.get()? {
            Became::Replied => td_string!(locale, evaluation.is_replied).to_owned(),
            Became::Thrown => td_string!(locale, evaluation.is_thrown).to_owned(),
            Became::Held { disputed: false } => td_string!(locale, evaluation.is_held).to_owned(),
            Became::Held { disputed: true } => td_string!(locale, evaluation.is_held_disputed).to_owned(),
            Became::Saved(None) => td_string!(locale, evaluation.is_saved).to_owned(),
            Became::Saved(Some(name)) => td_string!(locale, evaluation.is_saved_seen, name = name),
        };
        Some(view! { <Icon name="check" size="s" />{words} })
    };
    view! { <p class="became small" role="status">{words}</p> }
}
