//! Who may come in, and as what.

use serde::{Deserialize, Serialize};
use std::{fmt, str::FromStr};

use crate::{
    id::{AccountId, SessionId},
    instant::Stamp,
};

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

/// What someone who is signed in owes before anything else opens, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Step {
    /// A password of one's own: the present one was given by someone, or has run out (checklist 22, 24).
    Password,
    /// The licence agreement (checklist 28).
    Agreement,
}

impl Step {
    /// The page on which it is done.
    #[must_use]
    pub const fn address(self) -> &'static str {
        match self {
            Self::Password => "/new-password",
            Self::Agreement => "/agreement",
        }
    }
}

/// Whether an account opens anything (checklist 115).
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Invited, and has no password yet.
    Invited,
    /// May sign in.
    Active,
    /// Turned off; may not sign in.
    Off,
}

impl Status {
    /// Every status.
    pub const ALL: [Self; 3] = [Self::Active, Self::Invited, Self::Off];

    /// The status's name in an address.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Invited => "invited",
            Self::Active => "active",
            Self::Off => "off",
        }
    }

    /// The status of that name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|status| status.name() == name)
    }
}

/// What a role may do besides listening; the company's choice. All off is where Restricted begins (checklist 118).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Rights {
    pub comment: bool,
    pub tag: bool,
    pub evaluate: bool,
    pub download: bool,
    pub share: bool,
}

impl Rights {
    /// What one has who answers for the company.
    pub const ALL: Self = Self {
        comment: true,
        tag: true,
        evaluate: true,
        download: true,
        share: true,
    };
    /// Where My Console begins: what goes with a recording of one's own, but for judging oneself (checklist 83, 88, 107).
    pub const OF_OWN: Self = Self {
        evaluate: false,
        ..Self::ALL
    };
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
    /// Whether the sound may be taken along as a file.
    pub downloads: bool,
    /// The address of the list to begin with, where one has been chosen.
    pub start: Option<String>,
    /// Whether flags and tags may be set.
    pub tags: bool,
    /// Whether links to recordings may be sent.
    pub shares: bool,
    /// In how many days the password runs out, once that is near (checklist 24).
    pub password_days: Option<u16>,
}

/// One place where an account is signed in, as its owner sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub id: SessionId,
    /// What the browser calls itself.
    pub agent: Option<String>,
    /// Where on the net it signed in from.
    pub address: Option<String>,
    pub since: Stamp,
    pub seen: Stamp,
    /// Whether it outlives the browser.
    pub kept: bool,
    /// Whether it is the one that asks.
    pub own: bool,
}
