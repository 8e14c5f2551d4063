//! The table of this room.

use model::{
    id::{AccountId, LetterId},
    instant::Instant,
};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "letter")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: LetterId,
    /// The receiver; looked up by the address when the letter leaves where none.
    pub account_id: Option<AccountId>,
    pub email: String,
    /// [`model::letter::Letter`] as JSON. Holds no secret.
    pub body: String,
    pub locale: Option<String>,
    pub created_at: Instant,
    /// When someone asked for it to be sent again.
    pub again_at: Option<Instant>,
    pub due_at: Instant,
    pub leased_until: Instant,
    pub tries: i64,
    pub error: Option<String>,
    pub sent_at: Option<Instant>,
    pub given_up_at: Option<Instant>,
}

impl ActiveModelBehavior for ActiveModel {}
