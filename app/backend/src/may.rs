//! What someone may do to the house itself, as proofs that a verb asks for: without one it cannot be called.
//!
//! A page gets its proof from a [`Viewer`]; the one at the command line may do everything.

use std::marker::PhantomData;

use model::{account::Role, id::AccountId, problem::Problem};

use crate::{Error, Operator, Viewer};

/// A right, by its name.
pub trait Right: Send + Sync + 'static {
    /// Whether this viewer has it.
    fn of(viewer: &Viewer) -> bool;
}

/// Adding, changing and importing people (checklist 8–17).
#[derive(Debug)]
pub enum ManagePeople {}
/// Inviting, changing and removing accounts and their roles (checklist 115–117).
#[derive(Debug)]
pub enum ManageAccounts {}
/// What the company asks of everyone who signs in, and what it lets them do.
#[derive(Debug)]
pub enum ManageSettings {}
/// Looking after the letters that leave.
#[derive(Debug)]
pub enum ManageMail {}

macro_rules! of_super_users {
    ($($right:ident),+) => {$(
        impl Right for $right {
            fn of(viewer: &Viewer) -> bool {
                viewer.role == Role::Super
            }
        }
    )+};
}
of_super_users!(ManagePeople, ManageAccounts, ManageSettings, ManageMail);

/// The proof that someone may. Made by [`Viewer::may`] alone.
#[derive(Debug)]
pub struct May<R>(AccountId, PhantomData<R>);

impl<R> Clone for May<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for May<R> {}

impl Viewer {
    /// The proof that this viewer has a right.
    ///
    /// # Errors
    /// [`Problem::NotFound`]: to those without it, what it opens is not there.
    pub fn may<R: Right>(&self) -> Result<May<R>, Error> {
        if cut!("may") || R::of(self) {
            Ok(May(self.account, PhantomData))
        } else {
            Err(Problem::NotFound.into())
        }
    }
}

/// Someone who may: a viewer with the right, or the operator.
pub trait Authority<R>: Copy + Send + Sync + sealed::Sealed {
    /// Which account it is, where it is one.
    fn account(&self) -> Option<AccountId>;
}

impl<R: Right> Authority<R> for May<R> {
    fn account(&self) -> Option<AccountId> {
        Some(self.0)
    }
}

impl<R> Authority<R> for Operator {
    fn account(&self) -> Option<AccountId> {
        None
    }
}

mod sealed {
    pub trait Sealed {}
    impl<R> Sealed for super::May<R> {}
    impl Sealed for super::Operator {}
}
