//! Closing a link before its day is over: whoever sent it, or one who answers for the company.

use model::{
    account::Role,
    history::{ShareDeed, What},
    id::ShareId,
    problem::Problem,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, Select};

use super::entity::share;
use crate::{Backend, Error, Viewer, history::Doer, recordings::is_within};

/// Those links among others that the viewer sees, and may close.
pub(super) fn theirs(viewer: &Viewer, links: Select<share::Entity>) -> Select<share::Entity> {
    if viewer.role == Role::Super || cut!("share-own") {
        links
    } else {
        links.filter(share::COLUMN.account_id.eq(viewer.account()))
    }
}

impl Backend {
    /// Closes a link. One that is dead already stays as it is.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where it is not there for the viewer.
    pub async fn close_link(&self, viewer: &Viewer, id: ShareId) -> Result<(), Error> {
        let transaction = self.writing().await?;
        let row = theirs(viewer, share::Entity::find_by_id(id)).one(&transaction).await?;
        let row = row.ok_or(Problem::NotFound)?;
        if !viewer.may_share() || !is_within(&transaction, &viewer.scope(), row.recording_id).await? {
            return Err(Problem::NotFound.into());
        }
        if row.revoked_at.is_some() || self.now() >= row.until {
            return Ok(());
        }
        let what = What::Share {
            to: row.email.clone(),
            deed: ShareDeed::Revoked,
        };
        let doer = Doer {
            share: Some(id),
            ..self.doer(viewer)
        };
        self.chronicle(&transaction, &doer, [(row.recording_id, what)], false)
            .await?;
        let mut row = row.into_active_model();
        row.revoked_at = Set(Some(self.now()));
        row.update(&transaction).await?;
        transaction.commit().await?;
        self.grants().forget_all();
        Ok(())
    }
}
