//! A letter as it travels: its head, and its name where it is laid into a folder.

use std::time::{Duration, SystemTime};

use base64::{Engine, engine::general_purpose::STANDARD};
use lettre::{
    Message,
    message::{
        Mailbox, MultiPart,
        header::{ContentTransferEncoding, HeaderName, HeaderValue},
    },
};

use super::{
    deliver::{Addressed, Post, Written},
    entity,
};

/// What begins a word that mail programs read as something else than it says (RFC 2047).
const ENCODED: &str = "=?";
/// So many bytes of a subject are one such word: it has 75 signs at most, and a line 76.
const WORD: usize = 39;

/// The letter.
pub(super) fn message(
    row: &entity::Model,
    post: &Post<'_>,
    addressed: &Addressed,
    written: Written,
) -> Result<Message, String> {
    let to: Mailbox = addressed
        .email
        .parse()
        .map_err(|error| format!("{}: {error}", addressed.email))?;
    let begun = row.again_at.unwrap_or(row.created_at).0;
    let at = Duration::from_millis(u64::try_from(begun).unwrap_or_default());
    let mut builder = Message::builder().from(post.from.clone()).to(to);
    if let Some(sender) = answered(addressed) {
        builder = builder.reply_to(sender);
    }
    builder
        .raw_header(subject(&written.subject))
        .message_id(Some(number(row, post, addressed)))
        .date(SystemTime::UNIX_EPOCH + at)
        .header(ContentTransferEncoding::QuotedPrintable)
        .raw_header(HeaderValue::new(
            HeaderName::new_from_ascii_str("Auto-Submitted"),
            "auto-generated".to_owned(),
        ))
        .multipart(MultiPart::alternative_plain_html(written.text, written.html))
        .map_err(|error| error.to_string())
}

/// By what mail programs know a letter. The same at every try, so that who gets it twice sees it once; but not where it holds
/// a secret, which is another one at every try: they would show the first and hide the one that is good.
fn number(row: &entity::Model, post: &Post<'_>, addressed: &Addressed) -> String {
    let (id, host) = (row.id, post.from.email.domain());
    let begun = row.again_at.unwrap_or(row.created_at).0;
    if addressed.until.is_some() {
        // Nobody takes it in hand twice for the same time.
        format!("<{id}.{begun}.{}@{host}>", row.leased_until.0)
    } else {
        format!("<{id}.{begun}@{host}>")
    }
}

/// Who is answered: whoever sends a recording.
fn answered(addressed: &Addressed) -> Option<Mailbox> {
    let call = addressed.call.as_ref()?;
    let name = Some(call.sender.clone()).filter(|name| !name.contains(ENCODED) && *name != call.reply_to);
    Some(Mailbox::new(name, call.reply_to.parse().ok()?))
}

/// What stands above it. Where something in it looks encoded already, all of it is: what a person has typed arrives as typed.
fn subject(words: &str) -> HeaderValue {
    let name = HeaderName::new_from_ascii_str("Subject");
    if !words.contains(ENCODED) {
        return HeaderValue::new(name, words.to_owned());
    }
    let mut parts = vec![String::new()];
    for sign in words.chars() {
        match parts.last_mut() {
            Some(last) if last.len() + sign.len_utf8() <= WORD => last.push(sign),
            _ => parts.push(sign.to_string()),
        }
    }
    let parts: Vec<String> = parts
        .iter()
        .map(|part| format!("=?utf-8?B?{}?=", STANDARD.encode(part)))
        .collect();
    HeaderValue::dangerous_new_pre_encoded(name, words.to_owned(), parts.join("\r\n "))
}

/// A file's name in the folder: when, what, to whom.
pub(super) fn file_name(row: &entity::Model, addressed: &Addressed) -> String {
    let stamp = &addressed.written;
    let ((year, month, day), (hour, minute, second)) = (stamp.date, stamp.time);
    let plain = |sign: char| {
        if sign.is_ascii_alphanumeric() || "@.-+".contains(sign) {
            sign
        } else {
            '_'
        }
    };
    let to: String = addressed.email.chars().take(80).map(plain).collect();
    format!(
        "{year:04}{month:02}{day:02}-{hour:02}{minute:02}{second:02}-{}-{to}-{}",
        addressed.letter.kind(),
        row.id
    )
}
