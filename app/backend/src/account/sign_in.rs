//! Signing in with e-mail and password (checklist 19, 20).

use model::{id::SessionId, instant::Instant, problem::Problem};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};

use super::{entity::session, set_role::by_email};
use crate::{Backend, Error, Secret};

const HOUR: i64 = 3_600_000;
/// How long a session lasts: a working day, or thirty days for one who wants to stay (OWASP session management).
pub(super) const LASTS_MS: i64 = 12 * HOUR;
pub(super) const LASTS_KEPT_MS: i64 = 30 * 24 * HOUR;

/// What the sign-in page asks for. Cannot be printed: it holds a password.
#[derive(Clone)]
pub struct SignIn {
    /// The address.
    pub email: String,
    /// The password.
    pub password: String,
    /// Whether to stay signed in on this device.
    pub keep: bool,
    /// What the browser calls itself, for the owner's list of sessions.
    pub agent: Option<String>,
}

/// What a browser carries from now on.
pub struct Entry {
    /// The token; only its hash is kept here.
    pub token: Secret,
    /// Until when it is good.
    pub ends_at: Instant,
    /// Whether the browser is to keep it when it closes.
    pub kept: bool,
}

impl Backend {
    /// Signs someone in. Which of address and password was wrong is not said, and takes the same time.
    ///
    /// # Errors
    /// [`Problem::WrongCredentials`] or [`Problem::Busy`].
    pub async fn sign_in(&self, asked: SignIn) -> Result<Entry, Error> {
        let account = by_email(self.db(), &asked.email).await?;
        let kept = account.as_ref().and_then(|account| account.password.as_deref());
        let right = self.hasher().check(&asked.password, kept).await?;
        let Some(account) = account.filter(|account| right && account.active) else {
            return Err(Problem::WrongCredentials.into());
        };
        let (now, token) = (self.now(), Secret::new(self.chance())?);
        session::Entity::delete_many()
            .filter(session::COLUMN.ends_at.lte(now))
            .exec(self.db())
            .await?;
        let ends_at = now.plus_ms(if asked.keep { LASTS_KEPT_MS } else { LASTS_MS });
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
        };
        session::Entity::insert(row).exec_without_returning(self.db()).await?;
        Ok(Entry {
            token,
            ends_at,
            kept: asked.keep,
        })
    }
}
