//! The post: takes what is due out of the outbox and hands it over, again and again until it is taken.

use std::time::Duration;

use lettre::message::Mailbox;
use model::{
    address::SHARED,
    id::LetterId,
    instant::{Instant, Stamp},
    letter::{Letter, LetterFault},
};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, sea_query::Expr,
};

use super::{
    Way, entity,
    message::{file_name, message},
};
use crate::{
    Backend, Error, Operator, Secret,
    account::{
        self,
        entity::account as accounts,
        ticket::{self, Purpose},
    },
    company::Company,
    people,
    sharing::SharedCall,
};

const MINUTE: i64 = 60_000;
const HOUR: i64 = 60 * MINUTE;
/// Between two tries; the last of them again and again.
const WAITS: [i64; 7] = [
    MINUTE,
    2 * MINUTE,
    4 * MINUTE,
    8 * MINUTE,
    15 * MINUTE,
    30 * MINUTE,
    HOUR,
];
/// After so long a letter is given up.
const GIVES_UP_AFTER: i64 = 72 * HOUR;
/// As long as one who has taken a letter in hand may need for it.
const LEASE: i64 = 2 * MINUTE;
/// Letters taken in hand at a time.
const AT_ONCE: u64 = 20;
/// What was sent is shown for so long.
const KEPT: i64 = 90 * 24 * HOUR;

/// A letter with all that its words need.
#[derive(Clone)]
pub struct Addressed {
    pub letter: Letter,
    /// The receiver's language; the company's when nobody has chosen.
    pub locale: String,
    pub company: String,
    /// The receiver's address, and first name where there is one.
    pub email: String,
    pub first_name: Option<String>,
    /// The address people use, without a slash at its end.
    pub url: String,
    /// Where the letter's button leads. Holds the secret, where the letter has one.
    pub link: String,
    /// A one-time password.
    pub code: Option<String>,
    /// Until when link or password is good.
    pub until: Option<Stamp>,
    /// When the letter was written.
    pub written: Stamp,
    /// What a link to a recording leads to, and who sends it.
    pub call: Option<Box<SharedCall>>,
}

/// A letter in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub subject: String,
    pub text: String,
    pub html: String,
}

/// Who puts letters into words.
pub trait Stationery: Send + Sync {
    /// Puts a letter into words.
    fn write(&self, letter: &Addressed) -> Written;
}

/// How letters leave, and in whose name.
pub struct Post<'a> {
    pub way: &'a Way,
    pub from: &'a Mailbox,
    pub stationery: &'a dyn Stationery,
    pub url: &'a str,
}

impl Backend {
    /// Waits until a letter is written, and no longer than that.
    pub async fn mail_rings(&self, at_most: Duration) {
        // Whether it rang or the time was over: it is looked after either way.
        let _ = tokio::time::timeout(at_most, self.0.mail.notified()).await;
    }

    /// Hands over what is due. Returns how many letters were taken from us.
    ///
    /// # Errors
    /// When the database does not answer. What the mail server says is noted with the letter.
    pub async fn deliver(&self, _: Operator, post: &Post<'_>) -> Result<usize, Error> {
        let now = self.now();
        let due: Vec<LetterId> = entity::Entity::find()
            .filter(waiting(now))
            .order_by_asc(entity::COLUMN.due_at)
            .limit(AT_ONCE)
            .select_only()
            .column(entity::Column::Id)
            .into_tuple()
            .all(self.db())
            .await?;
        let mut sent = 0;
        for id in due {
            let Some(letter) = self.take_in_hand(id).await? else {
                continue;
            };
            match self.hand_over(letter, post).await {
                Ok(taken) => sent += usize::from(taken),
                // One that fails on our side waits for its next try like any other, and the next letter is not its fault.
                Err(error) => {
                    tracing::error!(%error, %id, "a letter could not be handed over");
                    self.note_fault(id, &error.to_string()).await?;
                }
            }
        }
        Ok(sent)
    }

    /// Forgets the letters that were done with long ago.
    pub(crate) async fn forget_letters(&self) -> Result<(), Error> {
        let long_ago = self.now().plus_ms(-KEPT);
        entity::Entity::delete_many()
            .filter(
                Condition::any()
                    .add(entity::COLUMN.sent_at.lt(long_ago))
                    .add(entity::COLUMN.given_up_at.lt(long_ago)),
            )
            .exec(self.db())
            .await?;
        Ok(())
    }

    /// Takes a letter in hand, so that nobody else hands it over too.
    async fn take_in_hand(&self, id: LetterId) -> Result<Option<entity::Model>, Error> {
        let now = self.now();
        let taken = entity::Entity::update_many()
            .col_expr(entity::Column::LeasedUntil, Expr::val(now.plus_ms(LEASE).0))
            .filter(entity::COLUMN.id.eq(id))
            .filter(waiting(now))
            .exec(self.db())
            .await?;
        if taken.rows_affected == 0 {
            return Ok(None);
        }
        Ok(entity::Entity::find_by_id(id).one(self.db()).await?)
    }

    async fn hand_over(&self, row: entity::Model, post: &Post<'_>) -> Result<bool, Error> {
        let letter: Letter = serde_json::from_str(&row.body).map_err(Error::internal)?;
        let company = self.company().await?;
        let Some(addressed) = self.address(&row, letter, &company, post).await? else {
            // Nobody has that address, or the reason for the letter is gone.
            entity::Entity::delete_by_id(row.id).exec(self.db()).await?;
            return Ok(false);
        };
        let written = post.stationery.write(&addressed);
        let name = file_name(&row, &addressed);
        let sent = match message(&row, post, &addressed, written) {
            Ok(message) => post.way.send(&name, message).await.map_err(|fault| fault.0),
            Err(words) => Err(LetterFault::Said(words)),
        };
        let ok = sent.is_ok();
        self.note(row, sent.err()).await?;
        Ok(ok)
    }

    async fn note_fault(&self, id: LetterId, words: &str) -> Result<(), Error> {
        match entity::Entity::find_by_id(id).one(self.db()).await? {
            Some(row) => self.note(row, Some(LetterFault::Said(words.to_owned()))).await,
            None => Ok(()),
        }
    }

    /// Writes down what came of a try.
    async fn note(&self, row: entity::Model, fault: Option<LetterFault>) -> Result<(), Error> {
        let (now, tries) = (self.now(), row.tries + 1);
        let over = now.since(row.again_at.unwrap_or(row.created_at)) >= GIVES_UP_AFTER;
        let mut row = row.into_active_model();
        row.tries = Set(tries);
        row.leased_until = Set(Instant(0));
        row.error = Set(fault.as_ref().map(|fault| fault.word().chars().take(500).collect()));
        match fault {
            None => row.sent_at = Set(Some(now)),
            Some(fault) => {
                tracing::warn!(fault = fault.word(), tries, "a letter was not taken");
                if over {
                    row.given_up_at = Set(Some(now));
                } else {
                    let wait = usize::try_from(tries - 1).ok().and_then(|place| WAITS.get(place));
                    row.due_at = Set(now.plus_ms(*wait.unwrap_or(&HOUR)));
                }
            }
        }
        match row.update(self.db()).await {
            // Its account was removed in between.
            Ok(_) | Err(sea_orm::DbErr::RecordNotUpdated) => Ok(()),
            Err(error) => Err(error.into()),
        }
    }

    /// Finds out all that the letter's words need; makes its secret, if it has one. None where it is not to be sent.
    async fn address(
        &self,
        row: &entity::Model,
        letter: Letter,
        company: &Company,
        post: &Post<'_>,
    ) -> Result<Option<Addressed>, Error> {
        let account = match row.account_id {
            Some(id) => account::by_id(self.db(), id).await?,
            None => account::by_email(self.db(), &row.email).await?,
        };
        let stamp = |at| company.calendar.stamp(at);
        let mut addressed = Addressed {
            locale: company.locale.clone(),
            company: company.name.clone(),
            email: row.email.clone(),
            first_name: None,
            url: post.url.to_owned(),
            link: format!("{}/signin", post.url),
            code: None,
            until: None,
            written: stamp(row.created_at),
            call: None,
            letter,
        };
        if let Letter::Share { share } = addressed.letter {
            let Some(link) = self.enclose_share(share, company).await? else {
                return Ok(None);
            };
            addressed.locale = link.locale;
            addressed.link = format!("{}{SHARED}/{}", post.url, link.secret.reveal());
            addressed.until = Some(stamp(link.until));
            addressed.call = Some(Box::new(link.call));
            return Ok(Some(addressed));
        }
        if let Letter::Test | Letter::AddressChanged { .. } = addressed.letter {
            if let Some(locale) = &row.locale {
                addressed.locale.clone_from(locale);
            }
            return Ok(Some(addressed));
        }
        let turned_off = matches!(addressed.letter, Letter::AccessChanged { role: None });
        let Some(account) = account.filter(|account| account.active || turned_off) else {
            return Ok(None);
        };
        if let Some(locale) = &account.locale {
            addressed.locale.clone_from(locale);
        }
        addressed.email.clone_from(&account.email);
        let person = match account.person_id {
            Some(id) => people::by_id(self.db(), id).await?,
            None => None,
        };
        addressed.first_name = person.map(|person| person.first_name).filter(|name| !name.is_empty());
        match &addressed.letter {
            Letter::Invitation { .. } | Letter::Reset => {
                let purpose = if addressed.letter == Letter::Reset {
                    Purpose::Reset
                } else {
                    Purpose::Invitation
                };
                let (secret, until) = self.enclose_link(&account, purpose).await?;
                addressed.link = format!("{}/set-password/{}", post.url, secret.reveal());
                addressed.until = Some(stamp(until));
            }
            // Who has chosen a password by now needs none that was given.
            Letter::OneTimePassword if account.has_own_password() => return Ok(None),
            Letter::OneTimePassword => {
                let Some((code, until)) = self.enclose_password(&account).await? else {
                    return Ok(None);
                };
                addressed.code = Some(code);
                addressed.until = Some(stamp(until));
            }
            Letter::PasswordExpires { .. } => addressed.link = format!("{}/account", post.url),
            Letter::Evaluation { recording, .. } => {
                addressed.link = format!("{}/recordings/{recording}?period=all&part=evaluate", post.url);
            }
            Letter::Unanswered { .. } => {
                addressed.link = format!("{}/recordings?period=all&evaluated=waiting", post.url);
            }
            _ => {}
        }
        Ok(Some(addressed))
    }

    async fn enclose_link(&self, account: &accounts::Model, purpose: Purpose) -> Result<(Secret, Instant), Error> {
        let transaction = self.writing().await?;
        let (secret, until) = ticket::issue(self, &transaction, account, purpose).await?;
        if purpose == Purpose::Invitation {
            let mut account = account.clone().into_active_model();
            account.invited_until = Set(Some(until));
            account.update(&transaction).await?;
        }
        transaction.commit().await?;
        Ok((secret, until))
    }

    /// A password that was never anyone's, good for a day and for one page. None where the account has changed while it was
    /// made.
    async fn enclose_password(&self, read: &accounts::Model) -> Result<Option<(String, Instant)>, Error> {
        let code = self.new_password()?;
        let hash = self.hasher().hash(&code, self.chance()).await?;
        let transaction = self.writing().await?;
        let account = account::by_id(&transaction, read.id).await?;
        let Some(account) = account.filter(|account| account.security_version == read.security_version) else {
            return Ok(None);
        };
        let (now, version) = (self.now(), account.security_version + 1);
        let until = now.plus_ms(account::GIVEN_LASTS_MS);
        let mut account = account.into_active_model();
        account.password = Set(Some(hash));
        account.password_at = Set(Some(now));
        account.given_until = Set(Some(until));
        account.invited_until = Set(Some(until));
        account.security_version = Set(version);
        account.update(&transaction).await?;
        transaction.commit().await?;
        self.grants().forget_all();
        Ok(Some((code, until)))
    }
}

/// What is due and in nobody's hands.
fn waiting(now: Instant) -> Condition {
    Condition::all()
        .add(entity::COLUMN.sent_at.is_null())
        .add(entity::COLUMN.given_up_at.is_null())
        .add(entity::COLUMN.due_at.lte(now))
        .add(entity::COLUMN.leased_until.lte(now))
}
