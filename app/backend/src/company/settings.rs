//! What the company asks of everyone who signs in, and what it lets them do. A change acts at once.

use model::{
    account::Rights,
    evaluation::Showing,
    password::Profile,
    problem::{Field, Invalid},
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set};

use super::{ONLY, entity, row};
use crate::{Authority, Backend, Error, ManageSettings, account};

/// The longest agreement taken, in characters.
const AGREEMENT: u32 = 20_000;

impl Backend {
    /// Chooses whose rules passwords follow, and how an invitation comes.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn set_sign_in(
        &self,
        _: impl Authority<ManageSettings>,
        password: Profile,
        two_letters: bool,
    ) -> Result<(), Error> {
        let row = entity::ActiveModel {
            id: Set(ONLY),
            password_profile: Set(password.name().to_owned()),
            two_letters: Set(two_letters),
            ..Default::default()
        };
        row.update(self.db()).await?;
        Ok(())
    }

    /// Chooses what a Restricted user may do besides listening.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn set_restricted_rights(&self, _: impl Authority<ManageSettings>, rights: Rights) -> Result<(), Error> {
        self.set_rights(entity::ActiveModel {
            restricted_rights: Set(serde_json::to_string(&rights).map_err(Error::internal)?),
            ..Default::default()
        })
        .await
    }

    /// Chooses what a My Console user may do with their own recordings besides listening.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn set_own_rights(&self, _: impl Authority<ManageSettings>, rights: Rights) -> Result<(), Error> {
        self.set_rights(entity::ActiveModel {
            own_rights: Set(serde_json::to_string(&rights).map_err(Error::internal)?),
            ..Default::default()
        })
        .await
    }

    /// Who is hearing something is asked anew what they may. Of disputes that nobody may answer any more those are told who
    /// answer for the company.
    async fn set_rights(&self, mut row: entity::ActiveModel) -> Result<(), Error> {
        row.id = Set(ONLY);
        let transaction = self.writing().await?;
        let disputes = self.answerable_by_anyone(&transaction).await?;
        row.update(&transaction).await?;
        self.tell_unanswered(&transaction, disputes).await?;
        transaction.commit().await?;
        self.grants().forget_all();
        self.ring();
        Ok(())
    }

    /// Chooses when evaluated people see what was said of them.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn set_showing(&self, _: impl Authority<ManageSettings>, showing: Showing) -> Result<(), Error> {
        let row = entity::ActiveModel {
            id: Set(ONLY),
            evaluation_showing: Set(showing.name().to_owned()),
            ..Default::default()
        };
        row.update(self.db()).await?;
        Ok(())
    }

    /// Gives the agreement other words; Hark's own when none. Everyone but its author is asked to accept the new version.
    /// The same words again are no new version.
    ///
    /// # Errors
    /// When they are too many.
    pub async fn set_agreement(&self, by: impl Authority<ManageSettings>, text: Option<String>) -> Result<(), Error> {
        // A form sends line ends as the mail of old did.
        let text = text
            .map(|text| text.replace("\r\n", "\n").trim().to_owned())
            .filter(|text| !text.is_empty());
        if text
            .as_ref()
            .is_some_and(|text| text.chars().count() > AGREEMENT as usize)
        {
            return Err(Error::invalid(Field::Agreement, Invalid::TooLong { most: AGREEMENT }));
        }
        let transaction = self.writing().await?;
        let now = row(&transaction).await?;
        if now.agreement_text != text {
            let version = now.agreement_version.saturating_add(1);
            let row = entity::ActiveModel {
                id: Set(ONLY),
                agreement_version: Set(version),
                agreement_text: Set(text),
                ..Default::default()
            };
            row.update(&transaction).await?;
            if let Some(author) = by.account() {
                account::agreed(&transaction, author, version, self.now()).await?;
            }
        }
        transaction.commit().await?;
        self.grants().forget_all();
        Ok(())
    }
}
