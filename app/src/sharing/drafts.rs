//! What has been typed into the form that sends links and is not sent yet, by its recording: who looks at another part and
//! comes back finds it as it was.

use leptos::{
    wasm_bindgen::JsCast,
    web_sys::{HtmlFormElement, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement},
};
use model::{id::RecordingId, problem::Field};

use crate::ui::Drafts;

/// Every draft of this tab: names and values, as the form would send them.
pub type LetterDrafts = Drafts<RecordingId, Vec<(String, String)>>;

/// Makes room for them. Once, around all pages.
pub fn provide() {
    LetterDrafts::provide();
}

/// Writes what was kept into a form. What the form begins with stays what resetting it comes back to.
pub fn write(words: &[(String, String)], form: &HtmlFormElement) {
    for name in [
        Field::Receivers.name(),
        Field::Subject.name(),
        Field::Message.name(),
        Field::Language.name(),
        "download",
        Field::Passcode.name(),
        "internal",
    ] {
        let kept = words.iter().find(|(other, _)| other == name);
        write_field(form, name, kept.map(|(_, value)| &**value));
    }
}

/// Writes one field; a tick that is not sent is none.
fn write_field(form: &HtmlFormElement, name: &str, value: Option<&str>) {
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
