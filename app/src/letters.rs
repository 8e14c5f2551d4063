//! Hark's letters in words: one layout for all of them, as text and as HTML, in the receiver's language.

use std::str::FromStr;

use askama::Template;
use backend::mail::{Addressed, Stationery, Written};
use model::letter::{Letter, News};

use crate::{
    document::locale_tag,
    format,
    i18n::{Locale, td_string},
    sharing::facts,
    shell::role_name,
};

/// What a letter says, before it is laid out.
#[derive(Default)]
struct Said {
    subject: String,
    /// What stands above it; its subject where none.
    heading: Option<String>,
    paragraphs: Vec<String>,
    code: Option<String>,
    /// What is told of a call.
    facts: Vec<(&'static str, String)>,
    /// What the button says, and where it leads.
    button: Option<(String, String)>,
    /// Who writes, and what they write, line by line.
    message: Option<(String, Vec<String>)>,
    notes: Vec<String>,
}

#[derive(Template)]
#[template(path = "letter.txt", escape = "none")]
struct Text<'a> {
    greeting: &'a str,
    paragraphs: &'a [String],
    code: Option<&'a str>,
    facts: &'a [(&'static str, String)],
    message: Option<&'a (String, Vec<String>)>,
    button: Option<(&'a str, &'a str)>,
    notes: &'a [String],
    closing: &'a str,
    foot: &'a str,
}

#[derive(Template)]
#[template(path = "letter.html")]
struct Html<'a> {
    lang: &'a str,
    heading: &'a str,
    greeting: &'a str,
    paragraphs: &'a [String],
    code: Option<&'a str>,
    facts: &'a [(&'static str, String)],
    message: Option<&'a (String, Vec<String>)>,
    button: Option<(&'a str, &'a str)>,
    notes: &'a [String],
    closing: &'a str,
    foot: &'a str,
}

/// The house's own letter paper.
#[derive(Clone, Copy, Debug, Default)]
pub struct Paper;

impl Stationery for Paper {
    fn write(&self, letter: &Addressed) -> Written {
        let locale = Locale::from_str(&letter.locale).unwrap_or(Locale::sv);
        let said = say(locale, letter);
        let greeting = match &letter.first_name {
            Some(name) => td_string!(locale, letters.hello, name = name.clone()),
            None => td_string!(locale, letters.hello_nobody).to_owned(),
        };
        let closing = td_string!(locale, letters.closing, company = letter.company.clone());
        let (company, url) = (letter.company.clone(), letter.url.clone());
        let foot = if letter.call.is_some() {
            td_string!(locale, letters.foot_answered, company = company, url = url)
        } else {
            td_string!(locale, letters.foot, company = company, url = url)
        };
        let button = said.button.as_ref().map(|(word, link)| (word.as_str(), link.as_str()));
        let text = Text {
            greeting: &greeting,
            paragraphs: &said.paragraphs,
            code: said.code.as_deref(),
            facts: &said.facts,
            message: said.message.as_ref(),
            button,
            notes: &said.notes,
            closing: &closing,
            foot: &foot,
        };
        let html = Html {
            lang: locale_tag(locale),
            heading: said.heading.as_deref().unwrap_or(&said.subject),
            greeting: &greeting,
            paragraphs: &said.paragraphs,
            code: said.code.as_deref(),
            facts: &said.facts,
            message: said.message.as_ref(),
            button,
            notes: &said.notes,
            closing: &closing,
            foot: &foot,
        };
        // Rendering only fails where a value cannot be written, and all of these are text.
        Written {
            text: text.render().unwrap_or_default(),
            html: html.render().unwrap_or_default(),
            subject: said.subject,
        }
    }
}

#[expect(clippy::too_many_lines, reason = "one arm a letter")]
fn say(locale: Locale, letter: &Addressed) -> Said {
    let company = || letter.company.clone();
    let until = || {
        letter
            .until
            .as_ref()
            .map(|until| format::full(locale, until))
            .unwrap_or_default()
    };
    let (sign_in, link) = (
        || td_string!(locale, letters.sign_in).to_owned(),
        || letter.link.clone(),
    );
    match &letter.letter {
        Letter::Invitation { role } => Said {
            subject: td_string!(locale, letters.invitation, company = company()),
            paragraphs: vec![
                td_string!(
                    locale,
                    letters.invitation_1,
                    company = company(),
                    role = role_name(locale, *role)
                ),
                td_string!(locale, letters.invitation_2, email = letter.email.clone()),
            ],
            button: Some((td_string!(locale, letters.choose).to_owned(), link())),
            notes: vec![td_string!(locale, letters.link_until, until = until())],
            ..Said::default()
        },
        Letter::Welcome { role } => Said {
            subject: td_string!(locale, letters.invitation, company = company()),
            paragraphs: vec![
                td_string!(
                    locale,
                    letters.invitation_1,
                    company = company(),
                    role = role_name(locale, *role)
                ),
                td_string!(locale, letters.welcome_2, email = letter.email.clone()),
            ],
            button: Some((sign_in(), link())),
            ..Said::default()
        },
        Letter::OneTimePassword => Said {
            subject: td_string!(locale, letters.code).to_owned(),
            paragraphs: vec![td_string!(locale, letters.code_1).to_owned()],
            code: letter.code.clone(),
            button: Some((sign_in(), link())),
            notes: vec![td_string!(locale, letters.code_until, until = until())],
            ..Said::default()
        },
        Letter::Reset => Said {
            subject: td_string!(locale, letters.reset).to_owned(),
            paragraphs: vec![td_string!(locale, letters.reset_1, email = letter.email.clone())],
            button: Some((td_string!(locale, letters.choose).to_owned(), link())),
            notes: vec![
                td_string!(locale, letters.link_until, until = until()),
                td_string!(locale, letters.reset_ignore).to_owned(),
            ],
            ..Said::default()
        },
        Letter::PasswordChanged => Said {
            subject: td_string!(locale, letters.changed).to_owned(),
            paragraphs: vec![td_string!(
                locale,
                letters.changed_1,
                email = letter.email.clone(),
                when = format::full(locale, &letter.written)
            )],
            notes: vec![td_string!(locale, letters.changed_alarm).to_owned()],
            ..Said::default()
        },
        Letter::PasswordExpires { days } => Said {
            subject: if *days == 1 {
                td_string!(locale, letters.expires_day).to_owned()
            } else {
                td_string!(locale, letters.expires, days = *days)
            },
            paragraphs: vec![td_string!(locale, letters.expires_1).to_owned()],
            button: Some((td_string!(locale, letters.change).to_owned(), link())),
            ..Said::default()
        },
        Letter::AccessChanged { role: Some(role) } => Said {
            subject: td_string!(locale, letters.access).to_owned(),
            paragraphs: vec![td_string!(locale, letters.access_1, role = role_name(locale, *role))],
            button: Some((sign_in(), link())),
            notes: vec![td_string!(locale, letters.access_ask).to_owned()],
            ..Said::default()
        },
        Letter::AccessChanged { role: None } => Said {
            subject: td_string!(locale, letters.off).to_owned(),
            paragraphs: vec![td_string!(locale, letters.off_1, company = company())],
            notes: vec![td_string!(locale, letters.access_ask).to_owned()],
            ..Said::default()
        },
        Letter::AddressChanged { to } => Said {
            subject: td_string!(locale, letters.address).to_owned(),
            paragraphs: vec![td_string!(
                locale,
                letters.address_1,
                company = company(),
                email = to.clone()
            )],
            notes: vec![td_string!(locale, letters.access_ask).to_owned()],
            ..Said::default()
        },
        Letter::Share { .. } => share(locale, letter),
        Letter::Evaluation { news, .. } => {
            let open = td_string!(locale, letters.evaluation_open).to_owned();
            evaluation(locale, evaluation_news(locale, *news), (open, link()))
        }
        Letter::Unanswered { count } => {
            let subject = td_string!(locale, letters.evaluations_unanswered, count = *count);
            let words = (subject, td_string!(locale, letters.evaluations_unanswered_1));
            let open = td_string!(locale, letters.evaluations_open).to_owned();
            evaluation(locale, words, (open, link()))
        }
        Letter::Test => Said {
            subject: td_string!(locale, letters.test).to_owned(),
            paragraphs: vec![td_string!(locale, letters.test_1).to_owned()],
            ..Said::default()
        },
    }
}

/// What has become of an evaluation: the subject, and what is said of it.
fn evaluation_news(locale: Locale, news: News) -> (String, &'static str) {
    let (subject, about) = match news {
        News::Shown => (
            td_string!(locale, letters.evaluation_shown),
            td_string!(locale, letters.evaluation_shown_1),
        ),
        News::Revised => (
            td_string!(locale, letters.evaluation_revised),
            td_string!(locale, letters.evaluation_revised_1),
        ),
        News::Answered => (
            td_string!(locale, letters.evaluation_answered),
            td_string!(locale, letters.evaluation_answered_1),
        ),
        News::Disputed => (
            td_string!(locale, letters.evaluation_disputed),
            td_string!(locale, letters.evaluation_disputed_1),
        ),
        News::Unanswered => (
            td_string!(locale, letters.evaluation_unanswered),
            td_string!(locale, letters.evaluation_unanswered_1),
        ),
    };
    (subject.to_owned(), about)
}

/// That there is an evaluation to read or to answer. What it says is read by one who has signed in.
fn evaluation(locale: Locale, (subject, about): (String, &'static str), button: (String, String)) -> Said {
    Said {
        subject,
        paragraphs: vec![about.to_owned()],
        button: Some(button),
        notes: vec![td_string!(locale, letters.evaluation_sign_in).to_owned()],
        ..Said::default()
    }
}

/// A link to a recording, with the facts of the call (checklist 109–112). Whoever sends it has chosen the subject.
fn share(locale: Locale, letter: &Addressed) -> Said {
    let Some(call) = &letter.call else {
        return Said::default();
    };
    let until = letter.until.as_ref().map(|until| format::full(locale, until));
    let mut notes = vec![td_string!(locale, sharing.until, until = until.unwrap_or_default())];
    if call.passcode {
        notes.push(td_string!(locale, sharing.letter_passcode).to_owned());
    }
    notes.push(td_string!(locale, sharing.letter_help).to_owned());
    notes.push(td_string!(locale, sharing.letter_thanks).to_owned());
    let sender = call.sender.clone();
    let message = match &call.message {
        Some(message) => (
            td_string!(locale, sharing.letter_says, name = sender),
            message.lines().map(ToOwned::to_owned).collect(),
        ),
        None => (td_string!(locale, sharing.letter_from, name = sender), vec![]),
    };
    Said {
        subject: call.subject.clone(),
        heading: Some(td_string!(locale, sharing.letter_heading).to_owned()),
        paragraphs: vec![td_string!(locale, sharing.letter_text).to_owned()],
        facts: facts(locale, &call.row, call.internal),
        message: Some(message),
        button: Some((td_string!(locale, sharing.letter_play).to_owned(), letter.link.clone())),
        notes,
        ..Said::default()
    }
}
