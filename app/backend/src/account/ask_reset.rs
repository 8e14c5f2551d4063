//! Asking for a letter with which a forgotten password is replaced (checklist 29).

use std::net::IpAddr;

use model::{
    letter::Letter,
    problem::{Field, Problem},
};

use super::{add::check_email, limits::Subject};
use crate::{Backend, Error, mail};

impl Backend {
    /// Writes the letter, if there is an account to write to. Whether there is one shows in nothing: the address is kept
    /// as it was given, and looked up only when the letter leaves.
    ///
    /// # Errors
    /// When the address is none, or [`Problem::Throttled`].
    pub async fn ask_reset(&self, email: &str, from: Option<IpAddr>) -> Result<(), Error> {
        let email = check_email(email).map_err(|why| Error::invalid(Field::Email, why))?;
        if let Some(from) = from {
            self.count(&Subject::asked_from(from)).await?;
        }
        match self.count(&Subject::asked_to(&email)).await {
            Ok(()) => {}
            // The mailbox has its letters already; who asks is told the same as ever.
            Err(Error::Problem(Problem::Throttled { .. })) => return Ok(()),
            Err(error) => return Err(error),
        }
        let transaction = self.writing().await?;
        mail::post_to(self, &transaction, &email, None, &Letter::Reset).await?;
        transaction.commit().await?;
        self.ring();
        Ok(())
    }
}
