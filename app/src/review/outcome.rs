//! What a value is called, in the reader's language.

use model::review::{Called, Starter};

use crate::i18n::{Locale, td_string};

/// The name of a value.
pub fn called(locale: Locale, called: &Called) -> String {
    let starter = match called {
        Called::Own(name) => return name.clone(),
        Called::Starter(starter) => starter,
    };
    match starter {
        Starter::Undefined => td_string!(locale, review.undefined),
        Starter::FollowUp => td_string!(locale, review.follow_up),
        Starter::Complaint => td_string!(locale, review.complaint),
        Starter::SalesLead => td_string!(locale, review.sales_lead),
        Starter::NonSalesCall => td_string!(locale, review.non_sales_call),
        Starter::Satisfied => td_string!(locale, review.satisfied),
        Starter::Dissatisfied => td_string!(locale, review.dissatisfied),
    }
    .to_owned()
}
