//! Giving an account a new password from the command line. Its sessions end with the change.

use model::problem::Problem;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

use super::set_role::by_email;
use crate::{Backend, Error, Operator, chance::spoken_code};

impl Backend {
    /// A password for someone who was given none; 80 bits, easily read aloud, with every class of sign the guide asks
    /// for (checklist 23).
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn new_password(&self) -> Result<String, Error> {
        Ok(format!("{}-a1", spoken_code(self.chance(), 4)?))
    }

    /// Sets the password of the account of that address.
    ///
    /// # Errors
    /// [`Problem::NotFound`], or what is wrong with the password.
    pub async fn reset_password(&self, _: Operator, email: &str, password: &str) -> Result<(), Error> {
        let hash = self.hasher().hash(password, self.chance()).await?;
        let transaction = self.writing().await?;
        let row = by_email(&transaction, email).await?.ok_or(Problem::NotFound)?;
        let version = row.security_version + 1;
        let mut row = row.into_active_model();
        row.password = Set(Some(hash));
        row.security_version = Set(version);
        row.update(&transaction).await?;
        transaction.commit().await?;
        self.grants().forget_all();
        Ok(())
    }
}
