//! Opening a link. Looking at it opens nothing: mail programs look at every link, and some run what the page brings. Only the
//! press of its button does, and that browser is a guest from then on.

use model::{
    history::{ShareDeed, What},
    problem::{Field, Invalid, Problem},
    sharing::{Closed, MOST_TRIES},
};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait},
};

use super::{
    entity::{share, visit},
    living::Living,
    send::plain_code,
};
use crate::{Backend, Error, Secret, history::Doer};

/// In so many browsers at a time; the one that has waited longest opens it again.
const BROWSERS: u64 = 20;
/// So often a link is opened in its day, and no more: each time is written down.
const OPENINGS: i64 = 500;

/// A link that has just been opened.
pub struct Opening {
    /// What the browser carries from now on.
    pub token: Secret,
    /// For how long, in milliseconds.
    pub lasts_ms: i64,
}

impl Backend {
    /// What the page behind a link may know before it is opened.
    ///
    /// # Errors
    /// [`Problem::LinkDead`].
    pub async fn look_at_share(&self, token: &str) -> Result<Closed, Error> {
        let Living { share, .. } = self.living_link(self.db(), token).await?.ok_or(Problem::LinkDead)?;
        let left = i64::from(MOST_TRIES) - share.tries;
        Ok(Closed {
            tries_left: share
                .passcode_hash
                .is_some()
                .then(|| left.try_into().unwrap_or_default()),
        })
    }

    /// The language of a link's receiver; none where the link is dead.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn language_of_link(&self, token: &str) -> Result<Option<String>, Error> {
        Ok(self
            .living_link(self.db(), token)
            .await?
            .map(|living| living.share.locale))
    }

    /// Opens a link.
    ///
    /// # Errors
    /// [`Problem::LinkDead`]; [`Problem::Invalid`] where the passcode is missing or wrong.
    pub async fn open_link(&self, token: &str, passcode: &str) -> Result<Opening, Error> {
        let Living { share, .. } = self.living_link(self.db(), token).await?.ok_or(Problem::LinkDead)?;
        if let Some(kept) = &share.passcode_hash
            && !cut!("share-passcode")
        {
            self.try_passcode(&share, kept, passcode).await?;
        }
        let guest = Secret::new(self.chance())?;
        let transaction = self.writing().await?;
        // Whoever closed it in the meantime has closed it.
        let Living { share, .. } = self
            .living_link(&transaction, token)
            .await?
            .filter(|living| living.share.opened < OPENINGS)
            .ok_or(Problem::LinkDead)?;
        let now = self.now();
        let row = visit::ActiveModel {
            token_hash: Set(guest.hash()),
            share_id: Set(share.id),
            opened_at: Set(now),
        };
        visit::Entity::insert(row).exec_without_returning(&transaction).await?;
        leave_room(&transaction, &share).await?;
        let doer = Doer {
            account: None,
            share: Some(share.id),
            who: &share.email,
            at: now,
        };
        let what = What::Share {
            to: share.email.clone(),
            deed: ShareDeed::Opened,
        };
        self.chronicle(&transaction, &doer, [(share.recording_id, what)], false)
            .await?;
        let (opened, first, until) = (share.opened + 1, share.first_opened_at.unwrap_or(now), share.until);
        let mut row = share.into_active_model();
        row.opened = Set(opened);
        row.first_opened_at = Set(Some(first));
        row.last_opened_at = Set(Some(now));
        row.update(&transaction).await?;
        transaction.commit().await?;
        Ok(Opening {
            token: guest,
            lasts_ms: until.since(now),
        })
    }

    /// Compares a passcode. A try is counted before it is made, so that many at once are not more than one after the other;
    /// a right one is taken back.
    async fn try_passcode(&self, share: &share::Model, kept: &str, passcode: &str) -> Result<(), Error> {
        let asked = plain_code(passcode);
        if asked.is_empty() {
            return Err(Error::invalid(Field::Passcode, Invalid::Missing));
        }
        let mut counted = share::Entity::update_many()
            .col_expr(share::Column::Tries, Expr::col(share::Column::Tries).add(1))
            .filter(share::COLUMN.id.eq(share.id));
        if !cut!("share-tries") {
            counted = counted.filter(share::COLUMN.tries.lt(i64::from(MOST_TRIES)));
        }
        if counted.exec(self.db()).await?.rows_affected == 0 {
            return Err(Problem::LinkDead.into());
        }
        let (backend, id, kept) = (self.clone(), share.id, kept.to_owned());
        // Also where whoever asks hangs up: a right one that is not taken back would close the link.
        let compared = tokio::spawn(async move {
            let right = backend.hasher().check(&asked, Some(&kept)).await;
            // One that could not be compared was no try either.
            if !matches!(right, Ok(false)) {
                share::Entity::update_many()
                    .col_expr(share::Column::Tries, Expr::col(share::Column::Tries).sub(1))
                    .filter(share::COLUMN.id.eq(id))
                    .exec(backend.db())
                    .await?;
            }
            right
        });
        if compared.await.map_err(Error::internal)?? {
            return Ok(());
        }
        // The last of them closes it, also where it is open.
        if share.tries + 1 >= i64::from(MOST_TRIES) {
            self.grants().forget_all();
        }
        Err(Error::invalid(Field::Passcode, Invalid::Wrong))
    }
}

/// Lets go of the browsers that opened it longest ago.
async fn leave_room(db: &impl ConnectionTrait, share: &share::Model) -> Result<(), Error> {
    let kept: Vec<String> = visit::Entity::find()
        .filter(visit::COLUMN.share_id.eq(share.id))
        .order_by_desc(visit::COLUMN.opened_at)
        .limit(BROWSERS)
        .select_only()
        .column(visit::Column::TokenHash)
        .into_tuple()
        .all(db)
        .await?;
    visit::Entity::delete_many()
        .filter(visit::COLUMN.share_id.eq(share.id))
        .filter(visit::COLUMN.token_hash.is_not_in(kept))
        .exec(db)
        .await?;
    Ok(())
}
