//! The table of this room.

use model::{
    id::{AccountId, EvaluationId, FormId, RecordingId},
    instant::Instant,
};
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "evaluation")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: EvaluationId,
    pub recording_id: RecordingId,
    pub form_id: FormId,
    pub version: i64,
    pub account_id: Option<AccountId>,
    /// As they were called then.
    pub evaluator: String,
    /// Whether the evaluated person says it of themselves.
    pub own: bool,
    /// [`model::evaluation::Answers`] as JSON, as they are being written; none where nothing is.
    pub draft: Option<String>,
    /// Who writes it, where it is not the evaluator.
    pub reviser_id: Option<AccountId>,
    /// What others were writing before them, as JSON.
    pub set_aside: String,
    /// What holds; none before it is finished.
    pub answers: Option<String>,
    /// [`model::evaluation::State`] as JSON.
    pub state: String,
    /// What was said between the two, in its order, as JSON.
    pub turns: String,
    /// In tenths; none where nothing counts.
    pub percent: Option<i64>,
    pub failed: bool,
    pub changed_at: Instant,
    pub done_at: Option<Instant>,
}

impl ActiveModelBehavior for ActiveModel {}
