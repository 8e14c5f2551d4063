//! Choosing a password on a one-time link, the first one or one in place of a forgotten one (checklist 29).

use model::{account::Role, password::Policy};

use super::{add::role, ticket::Purpose};
use crate::{Backend, Error, error::Faults};

/// What the page behind a link may know before anything is chosen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Welcome {
    /// The address to sign in with.
    pub email: String,
    pub role: Role,
    /// Whether it is the first password.
    pub first: bool,
    pub policy: Policy,
}

/// What the form behind a link asks for. Cannot be printed: it holds passwords.
#[derive(Clone)]
pub struct Redeem {
    pub token: String,
    pub new: String,
    pub again: String,
}

impl Backend {
    /// Whom a link is for. Looking does not use it up.
    ///
    /// # Errors
    /// [`model::problem::Problem::LinkDead`].
    pub async fn look_at_link(&self, token: &str) -> Result<Welcome, Error> {
        let ticket = self.look(self.db(), token).await?;
        Ok(Welcome {
            role: role(&ticket.account.role)?,
            first: ticket.purpose == Purpose::Invitation,
            policy: self.company().await?.password.policy(),
            email: ticket.account.email,
        })
    }

    /// Chooses a password on a link, which is then used up. Signs nobody in.
    ///
    /// # Errors
    /// [`model::problem::Problem::LinkDead`], or what is wrong with the password: the link is good for another try then.
    pub async fn redeem(&self, asked: Redeem) -> Result<(), Error> {
        let ticket = self.look(self.db(), &asked.token).await?;
        let company = self.company().await?;
        let new = self
            .prepare_password(&company, &ticket.account, &asked.new, &asked.again, Faults::default())
            .await?;
        let transaction = self.writing().await?;
        let ticket = self.look(&transaction, &asked.token).await?;
        self.punch(&transaction, &ticket).await?;
        self.put_password(&transaction, ticket.account, new).await?;
        transaction.commit().await?;
        self.grants().forget_all();
        self.ring();
        Ok(())
    }
}
