//! The language of an account: of its pages in every browser, and of its letters (checklist 31).

use sea_orm::{ActiveModelTrait, ActiveValue::Set};

use super::entity::account;
use crate::{Backend, Error, Viewer};

impl Backend {
    /// Notes the language that the viewer has chosen. Which there are is the pages' business.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn set_locale(&self, viewer: &Viewer, locale: &str) -> Result<(), Error> {
        let row = account::ActiveModel {
            id: Set(viewer.account()),
            locale: Set(Some(locale.to_owned())),
            ..Default::default()
        };
        row.update(self.db()).await?;
        Ok(())
    }
}
