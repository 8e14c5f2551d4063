//! Telling SQLite which way not to go.

use sea_orm::Condition;
use sea_orm::sea_query::IntoCondition;

/// The same condition, said so that no index is entered by it. SQLite knows little of how often a value occurs, and with a
/// further index may go a way that passes over half of the table; a condition that is denied twice it only looks at.
/// PostgreSQL, which counts values, reads through it.
#[must_use]
pub fn beside(condition: impl IntoCondition) -> Condition {
    Condition::all()
        .not()
        .add(Condition::all().not().add(condition.into_condition()))
}

#[cfg(test)]
mod tests {
    use sea_orm::{DbBackend, EntityTrait, QueryFilter, QuerySelect, QueryTrait};

    use super::*;
    use crate::recordings::entity::recording;

    #[test]
    fn it_is_denied_twice() {
        let select = recording::Entity::find()
            .select_only()
            .column(recording::Column::Id)
            .filter(beside(recording::COLUMN.flag.eq(2_i16)));
        assert_eq!(
            select.build(DbBackend::Sqlite).to_string(),
            r#"SELECT "recording"."id" FROM "recording" WHERE NOT (NOT "recording"."flag" = 2)"#
        );
    }
}
