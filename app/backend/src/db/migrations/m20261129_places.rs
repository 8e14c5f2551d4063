//! In which order changes of many recordings were done to each, so that one is undone out of order.

use sea_orm_migration::{
    MigrationName, MigrationTrait, SchemaManager, async_trait,
    sea_orm::{ConnectionTrait, DbErr},
    sea_query::{Expr, ExprTrait, Query},
};

use super::columns::{add, number};

pub struct Places;

/// What has become of a recording of a change.
const DONE: i16 = 1;
const UNDONE: i16 = 2;

impl MigrationName for Places {
    fn name(&self) -> &'static str {
        "m20261129_places"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Places {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        for column in add("changed", [number("place").default(0).to_owned()]) {
            manager.alter_table(column).await?;
        }
        // Those that are there were done in the order in which they were begun, as far as anyone knows.
        let as_begun = Query::update()
            .table("changed")
            .value("place", Expr::col("change_id"))
            .to_owned();
        manager.get_connection().execute(&as_begun).await?;
        Self::undo(manager).await
    }
}

impl Places {
    /// What an undoing passed by, since it had had the same before, was never said to be undone: now it would lie over earlier
    /// changes. What an undoing has not reached yet is done still.
    async fn undo(manager: &SchemaManager<'_>) -> Result<(), DbErr> {
        let reached = Query::select()
            .expr(Expr::val(1))
            .from("change")
            .and_where(Expr::col(("change", "id")).equals(("changed", "change_id")))
            .and_where(Expr::col(("change", "undone")).eq(true))
            .and_where(Expr::col(("change", "reached")).gte(Expr::col(("changed", "recording_id"))))
            .to_owned();
        let passed_by = Query::update()
            .table("changed")
            .value("state", UNDONE)
            .and_where(Expr::col("state").eq(DONE))
            .and_where(Expr::exists(reached))
            .to_owned();
        manager.execute(passed_by).await
    }
}

#[cfg(test)]
mod tests {
    use model::{
        bulk::{Deed, Selection},
        id::{ChangeId, RecordingId},
        recording::Flag,
    };
    use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

    use super::*;
    use crate::{
        recordings::entity::{changed, recording},
        testing::{
            Fixture,
            crowd::{Crowd, SUPER, viewer},
        },
    };

    #[tokio::test(flavor = "multi_thread")]
    async fn what_was_undone_before_lies_over_nothing() {
        let fixture = Fixture::new().await;
        let backend = &fixture.backend;
        Crowd::of(3).fill(backend).await;
        let db = backend.db();
        let manager = SchemaManager::new(db);
        let unmarked = Query::update().table("recording").value("flag", 0_i16).to_owned();
        manager.execute(unmarked).await.unwrap();
        let rows = recording::Entity::find().order_by_asc(recording::COLUMN.id);
        let rows = rows.all(db).await.unwrap();
        let ids: Vec<RecordingId> = rows.iter().map(|row| row.id).take(3).collect();
        let eva = viewer(backend, SUPER).await;
        let (red, all) = (Deed::Flag(Some(Flag::Red)), Selection::Chosen(ids.clone()));
        let mut begun = vec![];
        for _ in 0..2 {
            let change = backend.start_change(&eva, &all, red.clone()).await.unwrap();
            begun.push(backend.carry_on(&eva, change.id).await.unwrap().id);
        }
        // The second found red what it made red, which once was said to be done. Its undoing passed by the first two of them, and
        // was stopped.
        let as_once = Query::update()
            .table("changed")
            .value("state", DONE)
            .and_where(Expr::col("change_id").eq(begun[1].0))
            .to_owned();
        manager.execute(as_once).await.unwrap();
        let stopped = Query::update()
            .table("change")
            .value("undone", true)
            .value("reached", ids[1].0)
            .and_where(Expr::col("id").eq(begun[1].0))
            .to_owned();
        manager.execute(stopped).await.unwrap();
        Places::undo(&manager).await.unwrap();
        let states = async |id: ChangeId| {
            let rows = changed::Entity::find().filter(changed::COLUMN.change_id.eq(id));
            let rows = rows.order_by_asc(changed::COLUMN.recording_id).all(db).await.unwrap();
            rows.iter().map(|row| row.state).collect::<Vec<_>>()
        };
        assert_eq!(states(begun[0]).await, [DONE; 3]);
        assert_eq!(states(begun[1]).await, [UNDONE, UNDONE, DONE]);
        let undone = backend.undo(&eva, begun[0]).await.unwrap();
        assert_eq!((undone.changed, undone.left_alone), (2, 1));
    }
}
