//! Sparing SQLite to plan a question anew.

use sea_orm::{
    Value,
    sea_query::{Expr, Query, SimpleExpr},
};

/// A value that is not planned by. SQLite plans a question anew for each value of a column that an index has, since some occur more
/// often than others; where each occurs once that is in vain, and takes longer than the answer.
pub fn unseen(value: impl Into<Value>) -> SimpleExpr {
    let value = Query::select().expr(Expr::val(value)).to_owned();
    SimpleExpr::SubQuery(None, Box::new(value.into()))
}
