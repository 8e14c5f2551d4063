//! Signing in with e-mail and password (checklist 19, 20).

use std::net::IpAddr;

use model::{id::SessionId, instant::Instant, problem::Problem};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};

use super::{by_email, entity::session, limits::Subject};
use crate::{Backend, Error, Secret};

const HOUR: i64 = 3_600_000;
/// How long a session lasts: a working day, or thirty days for one who wants to stay (OWASP session management).
const LASTS_MS: i64 = 12 * HOUR;
const LASTS_KEPT_MS: i64 = 30 * 24 * HOUR;

/// What the sign-in page asks for. Cannot be printed: it holds a password.
#[derive(Clone, Default)]
pub struct SignIn {
    /// The address.
    pub email: String,
    /// The password.
    pub password: String,
    /// Whether to stay signed in on this device.
    pub keep: bool,
    /// What the browser calls itself, for the owner's list of sessions.
    pub agent: Option<String>,
    /// Where on the net it is.
    pub from: Option<IpAddr>,
    /// What it was given the last time someone signed in from it.
    pub device: Option<String>,
}

/// What a browser carries from now on.
pub struct Entry {
    /// The token; only its hash is kept here.
    pub token: Secret,
    /// Until when it is good.
    pub ends_at: Instant,
    /// Whether the browser is to keep it when it closes.
    pub kept: bool,
    /// By what the browser is known from now on; none where it was known before.
    pub device: Option<Secret>,
}

impl Backend {
    /// Signs someone in. Which of address and password was wrong is not said, and takes the same time.
    ///
    /// # Errors
    /// [`Problem::WrongCredentials`], [`Problem::Throttled`], [`Problem::Locked`] or [`Problem::Busy`].
    pub async fn sign_in(&self, asked: SignIn) -> Result<Entry, Error> {
        let account = by_email(self.db(), &asked.email).await?;
        // Asked whether there is such an account or not, so that both take the same time.
        let known = match &asked.device {
            Some(token) => self.known_device(token).await?,
            None => None,
        };
        let known = known.is_some_and(|owner| account.as_ref().is_some_and(|account| account.id == owner));
        let device = asked.device.as_ref().filter(|_| known);
        let place = asked.from.filter(|_| device.is_none()).map(Subject::address);
        if let Some(place) = &place {
            self.allowed(place).await?;
        }
        let tries = device.map_or_else(|| Subject::account(&asked.email), |token| Subject::device(token));
        self.count(&tries).await?;
        let now = self.now();
        let kept = account
            .as_ref()
            .filter(|account| account.given_until.is_none_or(|until| now < until))
            .and_then(|account| account.password.as_deref());
        let checked = self.hasher().check(&asked.password, kept).await;
        if checked.is_err() {
            self.uncount(&tries).await?;
        }
        let right = checked?;
        let Some(account) = account.filter(|account| right && account.active) else {
            if let Some(place) = &place {
                self.count(place).await?;
            }
            return Err(Problem::WrongCredentials.into());
        };
        let token = Secret::new(self.chance())?;
        let ends_at = now.plus_ms(if asked.keep { LASTS_KEPT_MS } else { LASTS_MS });
        let transaction = self.writing().await?;
        self.forgive(&transaction, &tries).await?;
        session::Entity::delete_many()
            .filter(session::COLUMN.ends_at.lte(now))
            .exec(&transaction)
            .await?;
        let row = session::ActiveModel {
            id: Set(SessionId(self.new_id()?)),
            token_hash: Set(token.hash()),
            account_id: Set(account.id),
            stage: Set("full".to_owned()),
            security_version: Set(account.security_version),
            kept: Set(asked.keep),
            created_at: Set(now),
            seen_at: Set(now),
            ends_at: Set(ends_at),
            agent: Set(asked.agent.map(|agent| agent.chars().take(200).collect())),
            address: Set(asked.from.map(|address| address.to_canonical().to_string())),
        };
        session::Entity::insert(row)
            .exec_without_returning(&transaction)
            .await?;
        let device = match device {
            Some(token) => {
                self.greet_device(&transaction, token).await?;
                None
            }
            None => Some(self.meet_device(&transaction, &account).await?),
        };
        let mut account = account.into_active_model();
        account.signed_in_at = Set(Some(now));
        account.update(&transaction).await?;
        transaction.commit().await?;
        Ok(Entry {
            token,
            ends_at,
            kept: asked.keep,
            device,
        })
    }
}
