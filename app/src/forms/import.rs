//! Beginning a form with a file.

use leptos::{prelude::*, server_fn::ServerFn};
use leptos_meta::Title;

use super::api::{ImportForm, PAGE};
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::{ErrorSummary, Icon, sent_back, title},
};

#[component]
pub fn ImportFormPage() -> impl IntoView {
    let i18n = use_i18n();
    let problem = sent_back::<ImportForm>();
    view! {
        <Title text=title(move || t_string!(i18n, forms.import_title)) />
        <a class="btn back" data-kind="quiet" data-size="s" href=PAGE><Icon name="prev" />{t!(i18n, forms.title)}</a>
        <div class="head">
            <div>
                <h1 tabindex="-1">{t!(i18n, forms.import_title)}</h1>
                <p class="lead">{t!(i18n, forms.import_lead)}</p>
            </div>
        </div>
        <ErrorSummary title=move || t_string!(i18n, forms.not_imported) problem />
        // Sent by the browser itself, which shows how far it has come.
        <form class="form" method="post" action=ImportForm::url() enctype="multipart/form-data">
            <div class="field">
                <label for="table">{t!(i18n, fields.table)}</label>
                <span class="hint" id="table-hint">{t!(i18n, forms.file_hint)}</span>
                <input
                    class="input"
                    type="file"
                    id="table"
                    name="table"
                    accept=".json,application/json"
                    required
                    aria-describedby="table-hint"
                />
            </div>
            <div class="row-start"><button class="btn" data-kind="primary">{t!(i18n, forms.import)}</button></div>
        </form>
    }
}
