//! How an account stands: invited, active or off, and what can be done about it.

use leptos::{form::ActionForm, prelude::*};
use model::{account::Status, people::AccountRow};

use super::{
    StatusMark,
    api::{Invite, Turn},
};
use crate::{
    format,
    i18n::{t, t_string, td_string, use_i18n},
    ui::{ErrorSummary, done, problem},
};

/// A line on how it stands, with its deeds.
#[component]
pub fn AccountState(
    row: AccountRow,
    /// Grows when something was done, so that what is shown is fetched anew.
    changed: RwSignal<u32>,
) -> impl IntoView {
    let i18n = use_i18n();
    let (invite, turn) = (ServerAction::<Invite>::new(), ServerAction::<Turn>::new());
    let invite_done = done(invite);
    let turn_done = done(turn);
    let done = move || invite_done.get() + turn_done.get();
    Effect::new(move |before: Option<usize>| {
        let now = done();
        if before.is_some_and(|before| before != now) {
            changed.update(|count| *count += 1);
        }
        now
    });
    let (problem_of_invite, problem_of_turn) = (problem(invite), problem(turn));
    let problem = Signal::derive(move || problem_of_invite.get().or_else(|| problem_of_turn.get()));
    let (id, status, seen, until) = (row.id, row.status, row.last_seen, row.invited_until);
    let about = move || {
        let locale = i18n.get_locale();
        match (status, &seen, &until) {
            (Status::Invited, _, Some(until)) => {
                td_string!(locale, roles.invited_until, until = format::short(locale, until))
            }
            (Status::Invited, _, None) => td_string!(locale, roles.invited_soon).to_owned(),
            (_, Some(seen), _) => td_string!(locale, roles.last_seen, when = format::short(locale, seen)),
            (_, None, _) => td_string!(locale, roles.never_seen).to_owned(),
        }
    };
    let on = status == Status::Off;
    view! {
        <ErrorSummary title=move || t_string!(i18n, configuration.not_saved) problem />
        <div class="account-state">
            <p>
                <StatusMark status />
                " · "
                <span class="muted small">{about}</span>
            </p>
            <div class="row-start">
                {(status == Status::Invited)
                    .then(|| {
                        view! {
                            <ActionForm action=invite>
                                <input type="hidden" name="id" value=id.to_string() />
                                <button class="btn" data-size="s">{t!(i18n, roles.invite_again)}</button>
                            </ActionForm>
                        }
                    })}
                <ActionForm action=turn>
                    <input type="hidden" name="id" value=id.to_string() />
                    <input type="hidden" name="on" value=on.to_string() />
                    <button class="btn" data-size="s">
                        {move || if on { t_string!(i18n, roles.turn_on) } else { t_string!(i18n, roles.turn_off) }}
                    </button>
                </ActionForm>
            </div>
        </div>
    }
}
