//! What has been typed into the form that sends links and is not sent yet, by its recording: who looks at another part and
//! comes back finds it as it was.

use std::collections::HashMap;

use leptos::{
    prelude::*,
    wasm_bindgen::JsCast,
    web_sys::{HtmlFormElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement},
};
use model::{id::RecordingId, problem::Field};

use crate::ui::form_words;

/// Every draft of this tab: names and values, as the form would send them.
#[derive(Clone, Copy)]
pub struct Drafts(StoredValue<HashMap<RecordingId, Vec<(String, String)>>>);

/// Makes room for them. Once, around all pages.
pub fn provide() {
    provide_context(Drafts(StoredValue::new(HashMap::new())));
}

impl Drafts {
    /// Keeps what a form says.
    pub fn keep(self, id: RecordingId, form: &HtmlFormElement) {
        let words = form_words(form);
        self.0.update_value(|drafts| {
            drafts.insert(id, words);
        });
    }

    /// Forgets it: it was sent, or is not wanted.
    pub fn forget(self, id: RecordingId) {
        self.0.update_value(|drafts| {
            drafts.remove(&id);
        });
    }

    /// Writes what was kept into a form. What the form begins with stays what resetting it comes back to.
    pub fn write(self, id: RecordingId, form: &HtmlFormElement) {
        let Some(words) = self.0.with_value(|drafts| drafts.get(&id).cloned()) else {
            return;
        };
        for name in [
            Field::Receivers.name(),
            Field::Subject.name(),
            Field::Message.name(),
            Field::Language.name(),
            "download",
            Field::Passcode.name(),
        ] {
            let kept = words.iter().find(|(other, _)| other == name);
            write(form, name, kept.map(|(_, value)| &**value));
        }
    }
}

/// Writes one field; a tick that is not sent is none.
fn write(form: &HtmlFormElement, name: &str, value: Option<&str>) {
    let Ok(Some(field)) = form.query_selector(&format!("[name=\"{name}\"]")) else {
        return;
    };
    if let Some(input) = field.dyn_ref::<HtmlInputElement>() {
        if input.type_() == "checkbox" {
            input.set_checked(value.is_some());
        } else {
            input.set_value(value.unwrap_or_default());
        }
    } else if let Some(area) = field.dyn_ref::<HtmlTextAreaElement>() {
        area.set_value(value.unwrap_or_default());
    } else if let (Some(select), Some(value)) = (field.dyn_ref::<HtmlSelectElement>(), value) {
        select.set_value(value);
    }
}
