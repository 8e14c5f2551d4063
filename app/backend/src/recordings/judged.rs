//! What a viewer is told of evaluations in lists and files: of their own calls only what was shown to them, as on the page of
//! the call ([`crate::evaluation`]).
//!
//! Where nothing is withheld a list goes along the index that knows what was evaluated and what it came to. Where something is,
//! no index knows both: one's own calls are looked through beside those of others.

use std::ops::RangeInclusive;

use model::{
    evaluation::Showing,
    filter::{Evaluated, Filter},
    id::PersonId,
};
use sea_orm::{
    ColumnTrait, Condition, ConnectionTrait, EntityTrait, QueryFilter, QuerySelect,
    sea_query::{CaseStatement, Expr, ExprTrait, SimpleExpr},
};

use super::{
    asked::Way,
    entity::recording::{self, COLUMN, Column},
    listed::Listed,
    marks::{FAILED, NOBODYS, TO_ANSWER, TO_READ, UNJUDGED},
};
use crate::{Backend, Error, Viewer, company::Company, db::beside};

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
        let score = match (own, self.shows) {
            (false, _) => row.score,
            (true, true) => row.shown_score,
            (true, false) => UNJUDGED,
        };
        // Nobody waits for one who is shown nothing, and for nobody; whose call it is can be known later.
        let waits = match row.waits {
            TO_READ if self.shows && row.person_id.is_some() => TO_READ,
            TO_ANSWER if self.shows || !own => TO_ANSWER,
            _ => NOBODYS,
        };
        Listed { score, waits, ..row }
    }

    /// Whether there is any of which that person is told otherwise than it is.
    pub(super) async fn differs(self, db: &impl ConnectionTrait) -> Result<bool, Error> {
        let Some(person) = self.person else { return Ok(false) };
        let mut untold = Condition::all().add(COLUMN.evaluated.eq(true));
        if self.shows {
            untold = untold.add(Expr::col(Column::ShownScore).ne(Expr::col(Column::Score)));
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

    /// What is told of what a recording came to, where that differs.
    pub(super) fn score(self) -> SimpleExpr {
        let Some(person) = self.person else {
            return Expr::col(Column::Score);
        };
        let own = if self.shows {
            Expr::col(Column::ShownScore)
        } else {
            Expr::val(UNJUDGED)
        };
        CaseStatement::new()
            .case(Expr::col(Column::PersonId).eq(person), own)
            .finally(Expr::col(Column::Score))
            .into()
    }

    /// Whether it is told that a recording is evaluated, where it is.
    fn may_be_told(self) -> SimpleExpr {
        if self.person.is_none() {
            Expr::val(true)
        } else if self.shows {
            self.others().or(Expr::col(Column::Shown))
        } else {
            self.others()
        }
    }

    /// Whether it is somebody else's call.
    pub(super) fn others(self) -> SimpleExpr {
        match self.person {
            Some(own) => Column::PersonId.is_null().or(Column::PersonId.ne(own)),
            None => Expr::val(true),
        }
    }

    /// Whether it is one's own call, said so that an index can be entered by it.
    pub(super) fn own(self) -> SimpleExpr {
        match self.person {
            Some(own) => Column::PersonId.eq(own),
            None => Expr::val(false),
        }
    }

    /// What a filter asks for that wants what is evaluated and of which this holds too.
    fn evaluated(self, this: SimpleExpr, differs: bool) -> Vec<(Condition, Way)> {
        let mut asked = vec![(Condition::all().add(this), Way::Walk)];
        if differs {
            asked.push((Condition::all().add(self.may_be_told()), Way::None));
        }
        asked
    }

    /// And one that wants what is not.
    fn not_evaluated(self, differs: bool) -> (Condition, Way) {
        if differs {
            let told = Expr::col(Column::Evaluated).and(self.may_be_told());
            (Condition::all().add(told.not()), Way::None)
        } else {
            (Condition::all().add(COLUMN.evaluated.eq(false)), Way::Walk)
        }
    }

    /// What a filter asks for that wants what came to this.
    fn came_to(self, scores: RangeInclusive<i16>, differs: bool) -> (Condition, Way) {
        let (from, to) = scores.into_inner();
        let between = |column: Column| {
            if from == to {
                column.eq(from)
            } else {
                column.between(from, to)
            }
        };
        if !differs {
            let way = if from == to { Way::Walk } else { Way::Anytime };
            return (Condition::all().add(between(Column::Score)), way);
        }
        let mut any = Condition::any().add(between(Column::Score).and(self.others()));
        if self.shows {
            any = any.add(between(Column::ShownScore).and(self.own()));
        }
        (any, Way::Several)
    }

    /// The columns that say what it came to.
    pub(super) const COLUMNS: [Column; 3] = [Column::Score, Column::PersonId, Column::ShownScore];
}

impl Backend {
    /// What a filter asks for of evaluations.
    pub(super) async fn ask_judged(&self, viewer: &Viewer, filter: &Filter) -> Result<Vec<(Condition, Way)>, Error> {
        let judged = Judged::to(viewer);
        let scored = filter.worst.is_some() || filter.best.is_some();
        let asks = scored || filter.evaluated.is_some();
        let differs = asks && judged.differs(self.db()).await?;
        let mut asked = match filter.evaluated {
            None => vec![],
            Some(Evaluated::Waiting) => match self.waiting_for(viewer).await? {
                Some(waits) => vec![(waits, Way::Several)],
                None => vec![(Condition::all().add(Expr::val(1).eq(Expr::val(2))), Way::None)],
            },
            Some(Evaluated::Yes) => judged.evaluated(COLUMN.evaluated.eq(true), differs),
            Some(Evaluated::No) => vec![judged.not_evaluated(differs)],
            Some(Evaluated::Failed) => vec![judged.came_to(FAILED..=FAILED, differs)],
            Some(Evaluated::Disputed) => judged.evaluated(COLUMN.waits.eq(TO_ANSWER), differs),
        };
        if scored {
            // What failed came to nothing.
            let least = filter.worst.filter(|worst| *worst > 0);
            let least = least.map_or(FAILED, |worst| i16::from(worst) * 10);
            let most = i16::from(filter.best.unwrap_or(100)) * 10;
            asked.push(judged.came_to(least..=most, differs));
        }
        Ok(asked)
    }
}
