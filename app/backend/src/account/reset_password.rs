//! Giving an account a new password from the command line. Its sessions end with the change, and the password only opens
//! the page on which another is chosen.

use model::problem::{Field, Problem};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};

use super::{
    add::GIVEN_LASTS_MS,
    by_email,
    new_password::{end_sessions, judge},
    ticket,
};
use crate::{Backend, Error, Operator, chance::spoken_code, error::Faults};

impl Backend {
    /// A password for someone who was given none; 80 bits, easily read aloud, with every class of sign the guide asks
    /// for (checklist 23).
    ///
    /// # Errors
    /// When the system has no randomness to give.
    pub fn new_password(&self) -> Result<String, Error> {
        Ok(format!("{}-a1", spoken_code(self.chance(), 4)?))
    }

    /// Sets the password of the account of that address, for a day: until its owner chooses another.
    ///
    /// # Errors
    /// [`Problem::NotFound`], or what is wrong with the password.
    pub async fn reset_password(&self, _: Operator, email: &str, password: &str) -> Result<(), Error> {
        let mut faults = Faults::default();
        for why in judge(&self.company().await?, password, &[email]) {
            faults.add(Field::Password, why);
        }
        faults.end()?;
        let hash = self.hasher().hash(password, self.chance()).await?;
        let transaction = self.writing().await?;
        let row = by_email(&transaction, email).await?.ok_or(Problem::NotFound)?;
        let (id, version, now) = (row.id, row.security_version + 1, self.now());
        self.remember_password(&transaction, &row).await?;
        let mut row = row.into_active_model();
        row.password = Set(Some(hash));
        row.password_at = Set(Some(now));
        row.given_until = Set(Some(now.plus_ms(GIVEN_LASTS_MS)));
        row.security_version = Set(version);
        row.update(&transaction).await?;
        end_sessions(&transaction, id).await?;
        ticket::void(&transaction, id, None).await?;
        self.forgive_owner(&transaction, id, email).await?;
        transaction.commit().await?;
        self.grants().forget_all();
        Ok(())
    }
}
