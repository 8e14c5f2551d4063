//! The columns of an account's lists.

use model::columns::Columns;
use sea_orm::{ActiveModelTrait, ActiveValue::Set};

use super::entity::account;
use crate::{Backend, Error, Viewer};

impl Backend {
    /// Chooses the columns of the viewer's lists; all of them when none.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn set_columns(&self, viewer: &Viewer, columns: Option<Columns>) -> Result<(), Error> {
        let row = account::ActiveModel {
            id: Set(viewer.account),
            list_columns: Set(columns.map(|columns| columns.word())),
            ..Default::default()
        };
        row.update(self.db()).await?;
        Ok(())
    }
}
