//! Signing out.

use sea_orm::EntityTrait;

use super::{Newcomer, entity::session};
use crate::{Backend, Error, Viewer};

impl Backend {
    /// Ends the viewer's session: its token opens nothing from the next request on.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sign_out(&self, viewer: &Viewer) -> Result<(), Error> {
        self.end(viewer.session()).await
    }

    /// The same for someone who would not do what was owed.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn turn_away(&self, newcomer: &Newcomer) -> Result<(), Error> {
        self.end(newcomer.session()).await
    }

    async fn end(&self, id: model::id::SessionId) -> Result<(), Error> {
        session::Entity::delete_by_id(id).exec(self.db()).await?;
        self.grants().forget_all();
        Ok(())
    }
}
