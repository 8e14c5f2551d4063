//! The table with all its columns (checklist 70). The roles are said aloud because narrow pages show it as no table.

use leptos::prelude::*;
use model::{period::Period, recording::RecordingRow};

use super::{page::List, query, row::Row};
use crate::{
    i18n::{t, t_string, use_i18n},
    ui::Icon,
};

/// The rows of a page.
#[component]
pub fn Table(list: List, rows: Vec<RecordingRow>, period: Period) -> impl IntoView {
    let i18n = use_i18n();
    // All of one day: a narrow page leaves the date out.
    let day = period.is_one_day().then_some("");
    let rows = rows
        .into_iter()
        .map(|row| view! { <Row list row /> }.into_any())
        .collect_view();
    view! {
        <table class="table calls" role="table" data-day=day aria-label=move || t_string!(i18n, recordings.calls)>
            <thead role="rowgroup">
                <tr role="row">
                    <th role="columnheader" scope="col" class="dir"><span class="word">{t!(i18n, recordings.direction)}</span></th>
                    <th role="columnheader" scope="col" class="date" aria-sort="descending">
                        <a href=move || query::list(&list.query.get().first())>
                            {t!(i18n, recordings.date)} <Icon name="sort" size="s" />
                        </a>
                    </th>
                    <th role="columnheader" scope="col" class="time">{t!(i18n, recordings.time)}</th>
                    <th role="columnheader" scope="col" class="ext">{t!(i18n, recordings.extension)}</th>
                    <th role="columnheader" scope="col" class="who">{t!(i18n, recordings.user)}</th>
                    <th role="columnheader" scope="col" class="number">{t!(i18n, recordings.number)}</th>
                    <th role="columnheader" scope="col" class="ddi">
                        <abbr title=move || t_string!(i18n, recordings.ddi)>{t!(i18n, recordings.direct_number)}</abbr>
                    </th>
                    <th role="columnheader" scope="col" class="channel">{t!(i18n, recordings.channel)}</th>
                    <th role="columnheader" scope="col" class="len r">
                        <abbr title=move || t_string!(i18n, recordings.call_length)>{t!(i18n, recordings.length)}</abbr>
                    </th>
                    <th role="columnheader" scope="col" class="tag">
                        <abbr title=move || t_string!(i18n, recordings.call_tag)>{t!(i18n, recordings.tag)}</abbr>
                    </th>
                    <th role="columnheader" scope="col" class="flags">{t!(i18n, recordings.flag)}</th>
                    <th role="columnheader" scope="col" class="eval">{t!(i18n, recordings.evaluation)}</th>
                    <th role="columnheader" scope="col" class="play"><span class="vh">{t!(i18n, player.play)}</span></th>
                    <th role="columnheader" scope="col" class="get"><span class="vh">{t!(i18n, player.download)}</span></th>
                </tr>
            </thead>
            <tbody role="rowgroup">{rows}</tbody>
        </table>
    }
}
