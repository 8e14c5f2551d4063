//! How the tables came to look as they do: one dated file a change, adding and never taking away.

use sea_orm_migration::{MigrationTrait, MigratorTrait, async_trait};

mod columns;
mod m20261123_foundation;
mod m20261125_accounts;
mod m20261126_search;
mod m20261126_talk;
mod m20261127_deeds;
mod m20261128_review;
mod m20261129_evaluation;
mod m20261129_forms;
mod m20261129_links;
mod m20261129_places;
mod m20261129_rights;
mod m20261129_sharing;
mod m20261130_scores;
mod m20261130_sheets;
mod m20261201_receivers;
mod m20261202_levels;
mod m20261203_parts;
mod m20261204_words;
mod m20261205_numbers;

pub struct Migrations;

#[async_trait::async_trait]
impl MigratorTrait for Migrations {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        vec![
            Box::new(m20261123_foundation::Foundation),
            Box::new(m20261125_accounts::Accounts),
            Box::new(m20261126_search::Search),
            Box::new(m20261126_talk::Talk),
            Box::new(m20261127_deeds::Deeds),
            Box::new(m20261128_review::Review),
            Box::new(m20261129_evaluation::Evaluation),
            Box::new(m20261129_sharing::Sharing),
            Box::new(m20261129_links::Links),
            Box::new(m20261129_rights::Rights),
            Box::new(m20261129_forms::Forms),
            Box::new(m20261129_places::Places),
            Box::new(m20261130_sheets::Sheets),
            Box::new(m20261130_scores::Scores),
            Box::new(m20261201_receivers::Receivers),
            Box::new(m20261202_levels::Levels),
            Box::new(m20261203_parts::Parts),
            Box::new(m20261204_words::Words),
            Box::new(m20261205_numbers::Numbers),
        ]
    }
}
