//! The part of the form about what listeners have said of a call.

use leptos::prelude::*;
use model::{
    filter::{Criterion, Evaluated, Filter},
    recording::Flag,
};

use super::{
    super::{
        chips::word,
        fields::{Line, Ticked},
    },
    ChoicesResource, part,
};
use crate::{
    i18n::{t, t_string, use_i18n},
    recordings::{criteria, flag::FlagIcon, page::List},
};

/// What listeners have said of it, and how many at most (95, 102–104).
#[component]
pub fn Review(list: List, choices: ChoicesResource) -> impl IntoView {
    let i18n = use_i18n();
    let flags = [None].into_iter().chain(Flag::ALL.map(Some)).map(move |flag| {
        let checked = part(list, move |filter| filter.flags.contains(&flag));
        view! {
            <Ticked name="flag" value=flag.map_or("none", Flag::name) checked>
                {flag.map(|flag| view! { <FlagIcon flag /> })}
                {move || criteria::flag_name(i18n.get_locale(), flag)}
            </Ticked>
        }
    });
    let evaluated = [None].into_iter().chain(Evaluated::ALL.map(Some)).map(move |it| {
        let checked = part(list, move |filter| filter.evaluated == it);
        let words = move || match it {
            None => t_string!(i18n, filter.any),
            Some(it) => criteria::evaluated(i18n.get_locale(), it),
        };
        view! { <Ticked name="evaluated" value=it.map_or("", Evaluated::name) checked round=true>{words}</Ticked> }
    });
    let score = move |of: fn(&Filter) -> Option<u8>| {
        part(list, move |filter| {
            of(filter).map(|percent| percent.to_string()).unwrap_or_default()
        })
    };
    view! {
        <fieldset>
            <legend>{t!(i18n, filter.review)}</legend>
            <div data-criterion=word(Criterion::Tag)>
                <Line name="tag" list="f-tags" value=part(list, |filter| filter.tag.clone().unwrap_or_default()) label=Signal::derive(move || t_string!(i18n, recordings.call_tag)) hint=Signal::derive(move || t_string!(i18n, filter.tag_hint)) />
                <Transition>
                    {move || Suspend::new(async move {
                        let tags = choices.await.unwrap_or_default().tags.into_iter();
                        let options = tags.map(|tag| view! { <option value=tag></option> });
                        view! { <datalist id="f-tags">{options.collect_view()}</datalist> }
                    })}
                </Transition>
            </div>
            <div role="group" aria-labelledby="f-flag" data-criterion=word(Criterion::Flag)>
                <span class="label" id="f-flag">{t!(i18n, recordings.flag)}</span>
                <div class="ticks">{flags.collect_view()}</div>
            </div>
            <div role="group" aria-labelledby="f-evaluated" data-criterion=word(Criterion::Evaluated)>
                <span class="label" id="f-evaluated">{t!(i18n, recordings.evaluation)}</span>
                <div class="ticks">{evaluated.collect_view()}</div>
            </div>
            <div role="group" aria-labelledby="f-score" data-criterion=word(Criterion::Score)>
                <span class="label" id="f-score">{t!(i18n, filter.score_long)}</span>
                <span class="hint" id="f-score-hint">{t!(i18n, filter.score_hint)}</span>
                <div class="grid2">
                    <Line name="score-min" mode="numeric" described="f-score-hint" value=score(|filter| filter.worst) label=Signal::derive(move || t_string!(i18n, filter.score_min)) />
                    <Line name="score-max" mode="numeric" described="f-score-hint" value=score(|filter| filter.best) label=Signal::derive(move || t_string!(i18n, filter.score_max)) />
                </div>
            </div>
            <div data-criterion=word(Criterion::Limit)>
                <Line name="limit" mode="numeric" value=part(list, |filter| filter.limit.to_string()) label=Signal::derive(move || t_string!(i18n, filter.limit_long)) hint=Signal::derive(move || t_string!(i18n, filter.limit_hint)) />
            </div>
        </fieldset>
    }
}
