//! Signing out.

use sea_orm::EntityTrait;

use super::entity::session;
use crate::{Backend, Error, Viewer};

impl Backend {
    /// Ends the viewer's session: its token opens nothing from the next request on.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sign_out(&self, viewer: &Viewer) -> Result<(), Error> {
        session::Entity::delete_by_id(viewer.session()).exec(self.db()).await?;
        self.grants().forget_all();
        Ok(())
    }
}
