//! From a token to a person: the only door to a [`Viewer`].

use model::{
    account::{Role, Step},
    columns::Columns,
    id::{AccountId, SessionId, UnitId},
    instant::Instant,
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, FromQueryResult, IdenStatic, IntoActiveModel, QueryFilter, QuerySelect,
    QueryTrait, SelectA, SelectB,
    sea_query::{Expr, ExprTrait},
};

use super::{
    add::role,
    entity::{account, account_department, session},
};
use crate::{
    Backend, Error, Viewer, chance,
    company::{self, Company},
    db::unseen,
    people,
};

/// How long a session may rest before it is over, and how often its last use is written down.
const IDLE_MS: i64 = 30 * 60_000;
const IDLE_KEPT_MS: i64 = 7 * 24 * 3_600_000;
const SEEN_EVERY_MS: i64 = 60_000;
/// From so many days before the password runs out the pages say so.
const WARN_DAYS: i64 = 14;

/// Someone who comes with a request.
#[derive(Clone, Debug)]
pub enum Visitor {
    /// Not signed in.
    Nobody,
    /// Signed in, and owes something before anything else opens: no viewer yet.
    Newcomer(Box<Newcomer>),
    /// Signed in, and through every stage of it.
    Signed(Box<Viewer>),
}

/// Someone who has the right password and owes a step.
#[derive(Clone, Debug)]
pub struct Newcomer {
    account: AccountId,
    session: SessionId,
    kept: bool,
    step: Step,
    given: bool,
}

impl Newcomer {
    /// What is owed.
    #[must_use]
    pub const fn step(&self) -> Step {
        self.step
    }

    /// Whether the password is one that someone gave; else it is one that has run out, where a password is owed.
    #[must_use]
    pub const fn given(&self) -> bool {
        self.given
    }

    /// Whether the browser is to keep the session when it closes.
    #[must_use]
    pub const fn kept(&self) -> bool {
        self.kept
    }

    pub(super) const fn account(&self) -> AccountId {
        self.account
    }

    pub(super) const fn session(&self) -> SessionId {
        self.session
    }
}

const DAY_MS: i64 = 24 * 3_600_000;

/// What an account owes before anything else opens to it.
fn owes(account: &account::Model, company: &Company, now: Instant) -> Option<Step> {
    if account.given_until.is_some() || days_left(account, company, now).is_some_and(|days| days <= 0) {
        (!cut!("password-step")).then_some(Step::Password)
    } else if account.agreed_version < company.agreement.version {
        (!cut!("agreement-step")).then_some(Step::Agreement)
    } else {
        None
    }
}

/// Whole days until the password runs out (checklist 24); none where it never does.
pub(super) fn days_left(account: &account::Model, company: &Company, now: Instant) -> Option<i64> {
    let lasts = i64::from(company.password.policy().lasts_days?) * DAY_MS;
    let ends = account.password_at.unwrap_or(account.created_at).plus_ms(lasts);
    Some(ends.since(now).div_euclid(DAY_MS) + i64::from(ends.since(now).rem_euclid(DAY_MS) > 0))
}

impl Backend {
    /// Who carries this token, and the company they come to.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn visitor(&self, token: Option<&str>) -> Result<(Company, Visitor), Error> {
        let found = match token.filter(|token| token.len() == chance::SECRET_SIGNS) {
            Some(token) => self.carried(token).await?,
            None => None,
        };
        let Some((session, account, company)) = found else {
            return Ok((self.company().await?, Visitor::Nobody));
        };
        let current = cut!("ended") || (account.active && account.security_version == session.security_version);
        let visitor = if current && self.is_alive(&session) {
            self.known(session, account, company.clone()).await?
        } else {
            Visitor::Nobody
        };
        Ok((company, visitor))
    }

    /// Session, account and company: one question, since it comes before all others.
    async fn carried(&self, token: &str) -> Result<Option<(session::Model, account::Model, Company)>, Error> {
        let mut asked = session::Entity::find()
            .filter(Expr::col((session::Entity, session::Column::TokenHash)).eq(unseen(chance::hash(token))))
            .select_also(account::Entity);
        let asked = QueryTrait::query(&mut asked);
        let whose = Expr::col((session::Entity, session::Column::AccountId));
        asked.inner_join(account::Entity, whose.equals((account::Entity, account::Column::Id)));
        company::along(asked);
        let Some(row) = self.db().query_one(asked).await? else {
            return Ok(None);
        };
        let session = session::Model::from_query_result(&row, SelectA.as_str())?;
        let account = account::Model::from_query_result(&row, SelectB.as_str())?;
        Ok(Some((session, account, company::read_along(&row)?)))
    }

    async fn known(
        &self,
        session: session::Model,
        account: account::Model,
        company: Company,
    ) -> Result<Visitor, Error> {
        if let Some(step) = owes(&account, &company, self.now()) {
            let newcomer = Newcomer {
                given: account.given_until.is_some(),
                account: account.id,
                session: session.id,
                kept: session.kept,
                step,
            };
            self.note_use(session).await;
            return Ok(Visitor::Newcomer(Box::new(newcomer)));
        }
        let role = role(&account.role)?;
        let departments = if role == Role::Restricted {
            self.departments_of(self.db(), &account).await?
        } else {
            vec![]
        };
        let person = match account.person_id {
            Some(id) => people::by_id(self.db(), id).await?,
            None => None,
        };
        let left = days_left(&account, &company, self.now());
        let mut viewer = Viewer {
            start_view: account.start_view_id,
            password_days: left
                .filter(|days| *days <= WARN_DAYS)
                .and_then(|days| days.try_into().ok()),
            locale: account.locale.clone(),
            columns: account
                .list_columns
                .as_deref()
                .and_then(Columns::parse)
                .unwrap_or_default(),
            account: account.id,
            session: session.id,
            person: person.as_ref().map(|person| person.id),
            name: person.map_or_else(|| account.email.clone(), |person| person.name()),
            email: account.email,
            role,
            departments,
            company,
            start: None,
        };
        if let Some(start) = viewer.start_view {
            viewer.start = self.start_of(&viewer, start).await?;
        }
        self.note_use(session).await;
        Ok(Visitor::Signed(Box::new(viewer)))
    }

    pub(super) fn is_alive(&self, session: &session::Model) -> bool {
        let (now, idle) = (self.now(), if session.kept { IDLE_KEPT_MS } else { IDLE_MS });
        session.stage == "full" && now < session.ends_at && now.since(session.seen_at) < idle
    }

    pub(super) async fn departments_of(
        &self,
        db: &impl ConnectionTrait,
        account: &account::Model,
    ) -> Result<Vec<UnitId>, Error> {
        Ok(account_department::Entity::find()
            .filter(account_department::COLUMN.account_id.eq(account.id))
            .select_only()
            .column(account_department::Column::UnitId)
            .into_tuple()
            .all(db)
            .await?)
    }

    /// Writes down that the session is in use. Nobody is kept out because that fails: a full disk is just when someone
    /// must get in.
    async fn note_use(&self, session: session::Model) {
        let now = self.now();
        if now.since(session.seen_at) < SEEN_EVERY_MS {
            return;
        }
        let mut session = session.into_active_model();
        session.seen_at = Set(now);
        match session.update(self.db()).await {
            // Signed out by another request while this one was under way.
            Ok(_) | Err(sea_orm::DbErr::RecordNotUpdated) => {}
            Err(error) => tracing::error!(%error, "the last use of a session could not be written down"),
        }
    }
}
