//! Where two levels are asked for together, or a level and a number that was rung, the index of the one knows the other; and that
//! of a department, by which most lists of supervisors go, knows the number too: rows are not fetched to look.

use sea_orm_migration::{MigrationName, MigrationTrait, SchemaManager, async_trait, sea_orm::DbErr, sea_query::Index};

use super::{columns::index, m20261126_search::FACTS};

pub struct Levels;

impl MigrationName for Levels {
    fn name(&self) -> &'static str {
        "m20261202_levels"
    }
}

#[async_trait::async_trait]
impl MigrationTrait for Levels {
    fn use_transaction(&self) -> Option<bool> {
        Some(true)
    }

    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let levels = ["cost_center_id", "office_id", "district_id"];
        for (name, first, beside) in [
            ("recording_rung", "rung_key", &[][..]),
            ("recording_cost_center", "cost_center_id", &[]),
            ("recording_office", "office_id", &[]),
            ("recording_district", "district_id", &[]),
            (
                "recording_of_department",
                "department_id",
                &["score", "shown_score", "waits", "rung_key"],
            ),
        ] {
            let others = FACTS.iter().chain(beside).chain(&levels).filter(|fact| **fact != first);
            let columns: Vec<&str> = [first].into_iter().chain(others.copied()).collect();
            let old = Index::drop().name(name).table("recording").to_owned();
            manager.drop_index(old).await?;
            manager.create_index(index(name, "recording", &columns, false)).await?;
        }
        Ok(())
    }
}
