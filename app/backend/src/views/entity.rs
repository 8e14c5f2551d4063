use model::{
    id::{AccountId, ViewId},
    instant::Instant,
};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "view")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ViewId,
    pub account_id: AccountId,
    pub name: String,
    /// The words of its address.
    pub query: String,
    pub columns: Option<String>,
    pub shared: bool,
    pub version: i64,
    pub changed_at: Instant,
}

impl ActiveModelBehavior for ActiveModel {}
