//! Who may come in, and as what.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

use crate::id::AccountId;

/// What an account may reach (checklist 10–12, 118). A person without an account has no role.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Role {
    /// Hears own recordings.
    MyConsole,
    /// Hears every recording of chosen departments, changes no settings.
    Restricted,
    /// Hears everything and changes every setting.
    Super,
}

impl Role {
    /// Every role, narrowest first.
    pub const ALL: [Self; 3] = [Self::MyConsole, Self::Restricted, Self::Super];

    /// The role's name in the database and on the command line.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::MyConsole => "MyConsole",
            Self::Restricted => "Restricted",
            Self::Super => "Super",
        }
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

impl FromStr for Role {
    type Err = ();
    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL
            .into_iter()
            .find(|role| role.name().eq_ignore_ascii_case(text))
            .ok_or(())
    }
}

/// What a page may know of the one who looks at it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Me {
    /// The account.
    pub id: AccountId,
    /// First and last name, or the e-mail address where the account belongs to no person.
    pub name: String,
    /// The address one signs in with.
    pub email: String,
    /// What the account may reach.
    pub role: Role,
    /// The company's name, for the page's title.
    pub company: String,
}
