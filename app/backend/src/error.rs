//! What can go wrong behind the wall. Absence is `Ok(None)`, never an error.

use model::problem::{Field, Invalid, Problem, Refusal, Wrong};

/// Why a verb did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Something the asker may know, as a code.
    #[error("{0:?}")]
    Problem(Problem),
    /// A recording was not taken; the one who brought it still has it.
    #[error("{0:?}")]
    Refused(Refusal),
    /// The database did not answer or did not agree.
    #[error("database: {0}")]
    Database(#[from] sea_orm::DbErr),
    /// The storage could not be read or written.
    #[error("storage: {0}")]
    Storage(#[from] std::io::Error),
    /// Our own fault.
    #[error("{0}")]
    Internal(Box<dyn std::error::Error + Send + Sync>),
}

impl Error {
    /// Our own fault, with its cause for the log.
    pub fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::Internal(cause.into())
    }

    /// A field holds what cannot be taken.
    #[must_use]
    pub fn invalid(field: Field, why: Invalid) -> Self {
        Self::Problem(Problem::invalid(field, why))
    }
}

/// What is wrong with a form, collected, so that all of it is said at once.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<Wrong>);

impl Faults {
    /// Notes that a field holds what cannot be taken.
    pub fn add(&mut self, field: Field, why: Invalid) {
        self.0.push(Wrong { field, why });
    }

    /// Takes what could be taken, and notes what could not.
    pub fn keep<T: Default>(&mut self, field: Field, read: Result<T, Invalid>) -> T {
        read.unwrap_or_else(|why| {
            self.add(field, why);
            T::default()
        })
    }

    /// Goes on only where nothing is wrong.
    pub fn end(self) -> Result<(), Error> {
        self.all().map_err(|wrong| Problem::Invalid(wrong).into())
    }

    /// The same, for one who goes on to the next line.
    pub fn all(self) -> Result<(), Vec<Wrong>> {
        if self.0.is_empty() { Ok(()) } else { Err(self.0) }
    }
}

impl From<Problem> for Error {
    fn from(problem: Problem) -> Self {
        Self::Problem(problem)
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(refusal)
    }
}

impl From<audio::Error> for Error {
    fn from(error: audio::Error) -> Self {
        match error {
            audio::Error::Sound(fault) => Refusal::Sound(fault).into(),
            audio::Error::Io(error) => error.into(),
        }
    }
}

/// Whether an insert or an update failed because someone has that key already.
#[must_use]
pub fn is_taken(error: &sea_orm::DbErr) -> bool {
    matches!(error.sql_err(), Some(sea_orm::SqlErr::UniqueConstraintViolation(_)))
}
