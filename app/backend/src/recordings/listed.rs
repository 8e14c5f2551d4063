//! What a list needs of a recording: half of its columns, and none that is only searched in.

use model::{
    id::{CallId, PersonId, RecordingId},
    instant::Instant,
};
use sea_orm::{DerivePartialModel, sea_query::Expr};

use super::entity::recording;
use crate::people::name_of;

/// A recording as a list reads it.
#[derive(Clone, Debug, PartialEq, Eq, DerivePartialModel)]
#[sea_orm(entity = "recording::Entity")]
pub(super) struct Listed {
    pub id: RecordingId,
    pub call_id: CallId,
    pub extension: String,
    pub person_id: Option<PersonId>,
    /// What the person is called.
    #[sea_orm(from_expr = "name_of(Expr::col((recording::Entity, recording::Column::PersonId)))")]
    pub person: Option<String>,
    pub direction: String,
    pub started_at: Instant,
    pub call_ms: i64,
    pub other_number: Option<String>,
    pub other_name: Option<String>,
    pub number_rung: Option<String>,
    pub tag: Option<String>,
    pub flag: i16,
    pub score: i16,
    pub shown_score: i16,
    pub waits: i16,
    pub moment: i64,
    pub number_key: String,
    pub rung_key: String,
    pub who_key: String,
    pub tag_key: String,
}
