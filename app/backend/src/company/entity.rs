use model::instant::Instant;
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "company")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub name: String,
    pub zone: String,
    pub country: String,
    pub locale: String,
    pub setup_code: Option<String>,
    pub claimed_at: Option<Instant>,
}

impl ActiveModelBehavior for ActiveModel {}
