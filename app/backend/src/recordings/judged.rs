//! What a viewer is told of evaluations in lists and files: of their own calls only what was shown to them, as on the page of
//! the call ([`crate::evaluation`]).
//!
//! Where nothing is withheld a list goes along the index that knows what was evaluated. Where something is, no index has that
//! order: one's own calls are looked through, and a list of others' that is sorted by it is put in order as a whole.

use model::{evaluation::Showing, id::PersonId};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{Expr, ExprTrait, SimpleExpr},
};

use super::{
    asked::Way,
    entity::recording::{self, COLUMN, Column},
    listed::Listed,
};
use crate::{Error, Viewer, company::Company, db::beside};

/// Whom it is told otherwise.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Judged {
    /// Whose calls are one's own; none for one who has none.
    person: Option<PersonId>,
    /// Whether the company shows what was said of them.
    shows: bool,
}

impl Judged {
    /// As that viewer is told.
    pub fn to(viewer: &Viewer) -> Self {
        Self::to_person(viewer.person, viewer.company())
    }

    /// As that person is told; nobody in particular where none.
    pub fn to_person(person: Option<PersonId>, company: &Company) -> Self {
        Self {
            person: person.filter(|_| !cut!("evaluated")),
            shows: company.showing != Showing::Never,
        }
    }

    /// The row as it is told.
    pub(super) fn tell(self, row: Listed) -> Listed {
        let own = self.person.is_some() && row.person_id == self.person;
        Listed {
            evaluated: row.evaluated && (!own || (self.shows && row.shown)),
            ..row
        }
    }

    /// Whether there is any of which that person is told otherwise than it is.
    pub(super) async fn differs(self, db: &impl ConnectionTrait) -> Result<bool, Error> {
        let Some(person) = self.person else { return Ok(false) };
        let mut untold = Condition::all().add(COLUMN.evaluated.eq(true));
        if self.shows {
            untold = untold.add(COLUMN.shown.eq(false));
        }
        let one: Option<i64> = recording::Entity::find()
            .filter(COLUMN.person_id.eq(person))
            .filter(beside(untold))
            .select_only()
            .column(Column::Moment)
            .limit(1)
            .into_tuple()
            .one(db)
            .await?;
        Ok(one.is_some())
    }

    /// What is told of a recording where that differs.
    pub(super) fn told(self) -> SimpleExpr {
        Expr::col(Column::Evaluated).and(self.may_be_told())
    }

    fn may_be_told(self) -> SimpleExpr {
        let Some(person) = self.person else {
            return Expr::val(true);
        };
        let others = Expr::col(Column::PersonId)
            .is_null()
            .or(Expr::col(Column::PersonId).ne(person));
        if self.shows {
            others.or(Expr::col(Column::Shown))
        } else {
            others
        }
    }

    /// What a filter asks for that wants those which are evaluated, or those which are not.
    pub(super) fn asked(self, evaluated: bool, differs: bool) -> Vec<(Condition, Way)> {
        let all = |condition: SimpleExpr| Condition::all().add(condition);
        let is = (all(COLUMN.evaluated.eq(evaluated)), Way::Walk);
        match (differs, evaluated) {
            (false, _) => vec![is],
            (true, true) => vec![is, (all(self.may_be_told()), Way::None)],
            (true, false) => vec![(all(self.told().not()), Way::None)],
        }
    }

    /// The columns that say it.
    pub(super) const COLUMNS: [Column; 3] = [Column::Evaluated, Column::PersonId, Column::Shown];
}
