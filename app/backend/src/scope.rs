//! Who may hear this.
//!
//! A [`Viewer`] exists only for someone who is signed in and through every stage of it. A [`Scope`] comes only from a
//! viewer, from a guest who has opened a link to one recording, or from the account that answers for such a link; and
//! whatever [`crate::recordings`] answers to a person begins with a select within one. What is out of scope is absent: the
//! same answer, byte for byte (checklist 10–12, 68, 118). Taking recordings in and removing the demo answer to nobody, and
//! touch only what they were handed.

use model::{
    account::{Me, Role},
    columns::Columns,
    id::{AccountId, PersonId, RecordingId, SessionId, UnitId, ViewId},
};
use sea_orm::{
    ColumnTrait, Condition, QueryFilter, Select,
    sea_query::{Expr, ExprTrait, IntoCondition},
};

use crate::{company::Company, db::beside, recordings::entity::recording};

/// Someone who is signed in, and what they may reach. Made by [`crate::account::visitor`] alone.
#[derive(Clone, Debug)]
pub struct Viewer {
    pub(crate) account: AccountId,
    pub(crate) session: SessionId,
    pub(crate) person: Option<PersonId>,
    pub(crate) name: String,
    pub(crate) email: String,
    pub(crate) role: Role,
    pub(crate) departments: Vec<UnitId>,
    pub(crate) company: Company,
    pub(crate) password_days: Option<u16>,
    pub(crate) locale: Option<String>,
    /// The columns of this account's lists.
    pub(crate) columns: Columns,
    /// The view with which this account begins, where it has chosen one.
    pub(crate) start_view: Option<ViewId>,
    /// Its address, where it is still there.
    pub(crate) start: Option<String>,
}

impl Viewer {
    /// What a page may know of this viewer.
    #[must_use]
    pub fn me(&self) -> Me {
        Me {
            id: self.account,
            name: self.name.clone(),
            email: self.email.clone(),
            role: self.role,
            company: self.company.name.clone(),
            downloads: self.may_download(),
            start: self.start.clone(),
            tags: self.may_tag(),
            shares: self.may_share(),
            password_days: self.password_days,
        }
    }

    /// The language this viewer has chosen, in whichever browser.
    #[must_use]
    pub fn locale(&self) -> Option<&str> {
        self.locale.as_deref()
    }

    /// The account this viewer signed in with.
    #[must_use]
    pub const fn account(&self) -> AccountId {
        self.account
    }

    /// Whether this viewer may take a sound along as a file (checklist 88, 118).
    #[must_use]
    pub fn may_download(&self) -> bool {
        downloads(self.role, &self.company)
    }

    /// Whether this viewer may set flags and tags (checklist 83, 118).
    #[must_use]
    pub fn may_tag(&self) -> bool {
        cut!("tag") || self.company.rights(self.role).tag
    }

    /// Whether this viewer may write comments (checklist 118).
    #[must_use]
    pub fn may_comment(&self) -> bool {
        cut!("comment") || self.company.rights(self.role).comment
    }

    /// Whether this viewer may evaluate (checklist 85, 118).
    #[must_use]
    pub fn may_evaluate(&self) -> bool {
        evaluates(self.role, &self.company)
    }

    /// Whether this viewer may send links to recordings (checklist 107, 118).
    #[must_use]
    pub fn may_share(&self) -> bool {
        shares(self.role, &self.company)
    }

    /// The columns of this viewer's lists.
    #[must_use]
    pub const fn columns(&self) -> &Columns {
        &self.columns
    }

    /// The session this viewer came with.
    #[must_use]
    pub const fn session(&self) -> SessionId {
        self.session
    }

    /// The company as this viewer's pages show it.
    #[must_use]
    pub const fn company(&self) -> &Company {
        &self.company
    }

    /// What this viewer may hear.
    #[must_use]
    pub fn scope(&self) -> Scope {
        Scope::of(self.role, self.person, self.departments.clone())
    }
}

/// Whether that role may take a sound along as a file.
pub(crate) fn downloads(role: Role, company: &Company) -> bool {
    cut!("download") || company.rights(role).download
}

/// Whether that role may evaluate.
pub(crate) fn evaluates(role: Role, company: &Company) -> bool {
    cut!("evaluate") || company.rights(role).evaluate
}

/// Whether that role may send links to recordings.
pub(crate) fn shares(role: Role, company: &Company) -> bool {
    cut!("share") || company.rights(role).share
}

/// Which recordings someone may reach.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Scope(Reach);

#[derive(Clone, Debug, PartialEq, Eq, Hash)]
enum Reach {
    Nothing,
    Own(PersonId),
    Departments(Vec<UnitId>),
    Company,
    /// What a link leads to.
    One(RecordingId),
}

impl Scope {
    /// What someone with that role hears.
    pub(crate) fn of(role: Role, person: Option<PersonId>, departments: Vec<UnitId>) -> Self {
        Self(match (role, person) {
            (Role::Super, _) => Reach::Company,
            (Role::Restricted, _) => Reach::Departments(departments),
            (Role::MyConsole, Some(person)) => Reach::Own(person),
            (Role::MyConsole, None) => Reach::Nothing,
        })
    }

    /// What a guest hears.
    pub(crate) const fn one(id: RecordingId) -> Self {
        Self(Reach::One(id))
    }

    /// Narrows a select to what may be reached. A restricted account without departments reaches nothing.
    pub(crate) fn within(&self, select: Select<recording::Entity>) -> Select<recording::Entity> {
        match self.condition() {
            Some(condition) => select.filter(condition),
            None => select,
        }
    }

    /// The same, where another way leads to the recordings ([`beside`]).
    pub(crate) fn beside(&self, select: Select<recording::Entity>) -> Select<recording::Entity> {
        match self.condition() {
            Some(condition) => select.filter(beside(condition)),
            None => select,
        }
    }

    /// Whether that is what several departments have: no index has it in the order of time.
    pub(crate) const fn is_several(&self) -> bool {
        matches!(&self.0, Reach::Departments(units) if units.len() > 1)
    }

    /// Whether that is what one person has.
    pub(crate) const fn is_own(&self) -> bool {
        matches!(self.0, Reach::Own(_))
    }

    /// What holds for every recording that may be reached; nothing where that is all of them.
    pub(crate) fn condition(&self) -> Option<Condition> {
        let none = || Condition::all().add(Expr::val(1).eq(Expr::val(2)));
        #[cfg_attr(
            not(any(test, feature = "testing")),
            expect(clippy::match_same_arms, reason = "outside of tests nothing is cut")
        )]
        let is_cut = match &self.0 {
            Reach::Company => false,
            Reach::Nothing => cut!("nothing"),
            Reach::Own(_) => cut!("own"),
            Reach::Departments(units) if units.is_empty() => cut!("no-departments"),
            Reach::Departments(_) => cut!("departments"),
            Reach::One(_) => cut!("guest"),
        };
        match &self.0 {
            _ if is_cut => None,
            Reach::Company => None,
            Reach::Nothing => Some(none()),
            Reach::Own(person) => Some(recording::COLUMN.person_id.eq(*person).into_condition()),
            Reach::One(id) => Some(recording::COLUMN.id.eq(*id).into_condition()),
            Reach::Departments(units) if units.is_empty() => Some(none()),
            Reach::Departments(units) => {
                let any = recording::COLUMN.department_id.is_in(units.iter().copied().map(Some));
                Some(any.into_condition())
            }
        }
    }
}

/// The one who sits at the machine's own command line, and the system's own tasks. No page can come by one: it is made
/// where commands are read, and passed on from there.
#[derive(Clone, Copy, Debug)]
pub struct Operator(());

impl Operator {
    /// The operator at the command line.
    #[must_use]
    pub const fn at_the_command_line() -> Self {
        Self(())
    }
}
