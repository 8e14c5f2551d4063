//! Sending links: one a receiver, each with a letter, all in one transaction.

use std::collections::BTreeSet;

use model::{
    history::{ShareDeed, What},
    id::{LetterId, PersonId, RecordingId, ShareId},
    instant::Instant,
    letter::Letter,
    problem::{Field, Invalid, Problem},
    sharing::{Beginning, LASTS_MS, LONGEST_MESSAGE, LONGEST_SUBJECT, MOST_AN_HOUR, MOST_RECEIVERS, Sent, receivers},
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
    QueryTrait, sea_query::Expr,
};

use super::{entity::share, living::is_closed};
use crate::{
    Backend, Error, Viewer,
    account::{check_email, email_key, entity::account},
    chance,
    db::text::is_unseen,
    error::Faults,
    history::Doer,
    mail,
    people::entity::person,
    recordings::{entity::recording, is_within, one_within},
};

const HOUR: i64 = 3_600_000;
/// Who sends the very same within so long has pressed twice.
const TWICE_MS: i64 = 10_000;
/// Groups of four signs of a passcode: 40 bits, of which nobody tries more than ten.
const GROUPS: usize = 2;

/// What someone sends.
#[derive(Clone, Debug)]
pub struct Sending {
    /// Addresses, separated as people separate them.
    pub receivers: String,
    pub subject: String,
    pub message: String,
    /// The language of the letter and of the page behind it.
    pub locale: String,
    /// Whether the receivers may download the sound.
    pub download: bool,
    /// Whether a passcode is asked for, which is told by another way.
    pub passcode: bool,
    /// Whether they are told what is the company's own: extension, tag, and whether the call is evaluated.
    pub internal: bool,
}

/// The same, checked.
struct Checked {
    receivers: Vec<String>,
    subject: String,
    message: Option<String>,
}

impl Sending {
    fn checked(&self, sender: &str) -> Result<Checked, Error> {
        let mut faults = Faults::default();
        let checked = Checked {
            receivers: faults.keep(Field::Receivers, addresses(&self.receivers, sender)),
            subject: faults.keep(Field::Subject, subject(&self.subject)),
            message: faults.keep(Field::Message, message(&self.message)),
        };
        faults.end()?;
        Ok(checked)
    }
}

/// The addresses, each once. A domain has a dot, or is that of the sender's own address: mail within a house may have none.
fn addresses(text: &str, sender: &str) -> Result<Vec<String>, Invalid> {
    let domain = |address: &str| address.rsplit('@').next().unwrap_or_default().to_lowercase();
    let reaches = |address: &String| {
        let domain_of = domain(address);
        let whole = domain_of.contains('.') && domain_of.split('.').all(|part| !part.is_empty());
        whole || domain_of == domain(sender)
    };
    let (mut found, mut seen) = (vec![], BTreeSet::new());
    for part in receivers(text) {
        // What the mail programs of the world could not read would wait in the outbox for ever.
        let readable = check_email(part)
            .ok()
            .filter(|address| address.parse::<lettre::Address>().is_ok() && reaches(address));
        let Some(address) = readable else {
            return Err(Invalid::NoAddress {
                text: part.chars().take(80).filter(|sign| !is_unseen(*sign)).collect(),
            });
        };
        if seen.insert(email_key(&address)) {
            found.push(address);
        }
    }
    match found.len() {
        0 => Err(Invalid::Missing),
        count if count > MOST_RECEIVERS as usize => Err(Invalid::TooMany { most: MOST_RECEIVERS }),
        _ => Ok(found),
    }
}

/// One line. A line break in it would begin another header, and is refused like all that nobody can see.
fn subject(text: &str) -> Result<String, Invalid> {
    let text = text.trim();
    if text.is_empty() {
        Err(Invalid::Missing)
    } else if text.chars().count() > LONGEST_SUBJECT as usize {
        Err(Invalid::TooLong { most: LONGEST_SUBJECT })
    } else if text.chars().any(is_unseen) {
        Err(Invalid::Characters)
    } else {
        Ok(text.to_owned())
    }
}

fn message(text: &str) -> Result<Option<String>, Invalid> {
    let text = text.replace("\r\n", "\n");
    let text = text.trim();
    if text.chars().count() > LONGEST_MESSAGE as usize {
        Err(Invalid::TooLong { most: LONGEST_MESSAGE })
    } else if text.chars().any(|sign| !matches!(sign, '\n' | '\t') && is_unseen(sign)) {
        Err(Invalid::Characters)
    } else {
        Ok((!text.is_empty()).then(|| text.to_owned()))
    }
}

/// A passcode in the form that is compared: people leave out what stands between its groups, and write it small.
pub(super) fn plain_code(text: &str) -> String {
    let signs = text.chars().filter(|sign| sign.is_alphanumeric());
    signs.take(64).collect::<String>().to_uppercase()
}

impl Backend {
    /// What the form begins with.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where the viewer may send nothing, or the recording is not within the viewer's scope.
    pub async fn begin_sending(&self, viewer: &Viewer, id: RecordingId) -> Result<Beginning, Error> {
        if !viewer.may_share() {
            return Err(Problem::NotFound.into());
        }
        let start: Option<Instant> = one_within(&viewer.scope(), id)
            .select_only()
            .column(recording::Column::StartedAt)
            .into_tuple()
            .one(self.db())
            .await?;
        let company = viewer.company();
        Ok(Beginning {
            start: company.calendar.stamp(start.ok_or(Problem::NotFound)?),
            locale: company.locale.clone(),
            downloads: viewer.may_download(),
            sent: None,
        })
    }

    /// Sends a link to each receiver. Its day begins now, also where the letter leaves later. Who has just been sent the very
    /// same has it already; a passcode that is asked for is then the one that is told now, since a browser in which a form was
    /// sent twice shows the last answer only.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where the viewer may send nothing, or the recording is not within the viewer's scope;
    /// [`Problem::Invalid`] with all that cannot be taken.
    pub async fn send_links(&self, viewer: &Viewer, id: RecordingId, sending: &Sending) -> Result<Sent, Error> {
        if !viewer.may_share() || !is_within(self.db(), &viewer.scope(), id).await? {
            return Err(Problem::NotFound.into());
        }
        let checked = sending.checked(&viewer.email)?;
        let (passcode, kept) = if sending.passcode {
            let code = chance::spoken_code(self.chance(), GROUPS)?;
            // Slow, so it is done before the transaction begins.
            let kept = self.hasher().hash(&plain_code(&code), self.chance()).await?;
            (Some(code), Some(kept))
        } else {
            (None, None)
        };
        let transaction = self.writing().await?;
        if !is_within(&transaction, &viewer.scope(), id).await? {
            return Err(Problem::NotFound.into());
        }
        let download = sending.download && viewer.may_download();
        let same = |row: &share::Model| {
            row.subject == checked.subject
                && row.message == checked.message
                && row.locale == sending.locale
                && row.download == download
                && row.internal == sending.internal
                && row.passcode_hash.is_some() == kept.is_some()
        };
        let mut before = self.just_sent(&transaction, viewer, id).await?;
        before.retain(|row| same(row) && checked.receivers.contains(&row.email));
        let is_anew = |email: &&String| before.iter().all(|row| row.email != **email);
        let anew: Vec<&String> = checked.receivers.iter().filter(is_anew).collect();
        self.has_room(&transaction, viewer, anew.len()).await?;
        if kept.is_some() {
            share::Entity::update_many()
                .col_expr(share::Column::PasscodeHash, Expr::val(kept.clone()))
                .filter(share::COLUMN.id.is_in(before.iter().map(|row| row.id)))
                .exec(&transaction)
                .await?;
        }
        let now = self.now();
        let until = now.plus_ms(LASTS_MS);
        for email in anew {
            let share = ShareId(self.new_id()?);
            let locale = Some(sending.locale.clone());
            let letter: LetterId = mail::post_to(self, &transaction, email, locale, &Letter::Share { share }).await?;
            let row = share::ActiveModel {
                id: Set(share),
                recording_id: Set(id),
                account_id: Set(Some(viewer.account())),
                sender: Set(viewer.name.clone()),
                email: Set(email.clone()),
                receiver_id: Set(receiver_of_own(&transaction, email, id).await?),
                locale: Set(sending.locale.clone()),
                subject: Set(checked.subject.clone()),
                message: Set(checked.message.clone()),
                download: Set(download),
                internal: Set(sending.internal),
                passcode_hash: Set(kept.clone()),
                tries: Set(0),
                letter_id: Set(letter),
                created_at: Set(now),
                until: Set(until),
                opened: Set(0),
                first_opened_at: Set(None),
                last_opened_at: Set(None),
                revoked_at: Set(None),
            };
            share::Entity::insert(row).exec_without_returning(&transaction).await?;
            let deed = ShareDeed::Sent {
                until: viewer.company().calendar.stamp(until),
                download,
                passcode: passcode.is_some(),
            };
            let what = What::Share {
                to: email.clone(),
                deed,
            };
            let doer = Doer {
                share: Some(share),
                ..self.doer(viewer)
            };
            self.chronicle(&transaction, &doer, [(id, what)], false).await?;
        }
        transaction.commit().await?;
        self.ring();
        Ok(Sent {
            receivers: u32::try_from(checked.receivers.len()).unwrap_or(u32::MAX),
            passcode,
        })
    }

    /// What the viewer has sent of a recording a moment ago, and nobody has closed.
    async fn just_sent(
        &self,
        db: &impl ConnectionTrait,
        viewer: &Viewer,
        id: RecordingId,
    ) -> Result<Vec<share::Model>, Error> {
        let mut sent = share::Entity::find()
            .filter(share::COLUMN.account_id.eq(viewer.account()))
            .filter(share::COLUMN.recording_id.eq(id))
            .filter(share::COLUMN.created_at.gt(self.now().plus_ms(-TWICE_MS)))
            .all(db)
            .await?;
        sent.retain(|row| !is_closed(row));
        Ok(sent)
    }

    /// Whether the viewer may send so many more within the hour.
    async fn has_room(&self, db: &impl ConnectionTrait, viewer: &Viewer, more: usize) -> Result<(), Error> {
        let sent = share::Entity::find()
            .filter(share::COLUMN.account_id.eq(viewer.account()))
            .filter(share::COLUMN.created_at.gt(self.now().plus_ms(-HOUR)))
            .count(db)
            .await?;
        if sent.saturating_add(more as u64) > u64::from(MOST_AN_HOUR) {
            return Err(Error::invalid(
                Field::Receivers,
                Invalid::TooManyAnHour { most: MOST_AN_HOUR },
            ));
        }
        Ok(())
    }
}

/// Who has that address, where the recording is of their own call.
async fn receiver_of_own(
    db: &impl ConnectionTrait,
    email: &str,
    recording: RecordingId,
) -> Result<Option<PersonId>, Error> {
    let key = email_key(email);
    let accounts = account::Entity::find()
        .filter(account::COLUMN.email_key.eq(&*key))
        .filter(account::COLUMN.person_id.is_not_null())
        .select_only()
        .column(account::Column::PersonId);
    let theirs = Condition::any()
        .add(person::COLUMN.email_key.eq(key))
        .add(person::COLUMN.id.in_subquery(accounts.into_query()));
    let people = person::Entity::find()
        .filter(theirs)
        .select_only()
        .column(person::Column::Id);
    let own: Option<Option<PersonId>> = recording::Entity::find_by_id(recording)
        .filter(recording::COLUMN.person_id.in_subquery(people.into_query()))
        .select_only()
        .column(recording::Column::PersonId)
        .into_tuple()
        .one(db)
        .await?;
    Ok(own.flatten())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_receiver_is_an_address_and_has_one_letter() {
        let addresses = |text: &str| addresses(text, "eva@huset");
        assert_eq!(addresses("a@x.se; A@X.se,b@x.se").unwrap(), ["a@x.se", "b@x.se"]);
        assert_eq!(addresses(" ; "), Err(Invalid::Missing));
        for wrong in [
            "kalle",
            "a@x.se, kalle",
            "<a@x.se>",
            "a@@x.se",
            "\"a b\"@x.se",
            "a@x",
            "a@x.",
            "a@.se",
        ] {
            assert!(matches!(addresses(wrong), Err(Invalid::NoAddress { .. })), "{wrong}");
        }
        assert_eq!(
            addresses("a@HUSET").unwrap(),
            ["a@HUSET"],
            "where the sender has theirs too"
        );
        let many: Vec<String> = (0..21).map(|number| format!("a{number}@x.se")).collect();
        assert_eq!(addresses(&many.join(" ")), Err(Invalid::TooMany { most: 20 }));
    }

    #[test]
    fn a_subject_is_one_line() {
        assert_eq!(subject(" Pelles inspelning ").unwrap(), "Pelles inspelning");
        assert_eq!(subject("a\r\nBcc: b@x.se"), Err(Invalid::Characters));
        assert_eq!(subject("\n"), Err(Invalid::Missing));
        assert_eq!(message("a\r\n\tb\n").unwrap().as_deref(), Some("a\n\tb"));
        assert_eq!(message("a\u{202e}b"), Err(Invalid::Characters));
    }

    #[test]
    fn a_passcode_is_the_same_however_it_is_written() {
        assert_eq!(plain_code(" abcd 2345 "), plain_code("ABCD-2345"));
    }
}
