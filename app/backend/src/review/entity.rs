//! The tables of this room.

pub mod outcome {
    use model::{id::OutcomeId, instant::Instant};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "outcome")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: OutcomeId,
        pub kind: i16,
        /// [`model::review::Called`] as JSON.
        pub called: String,
        pub place: i64,
        pub retired_at: Option<Instant>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// The two notes that no list shows. Flag and tags stand with the recording itself.
pub mod review {
    use model::{
        id::{OutcomeId, RecordingId},
        instant::Instant,
    };
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "review")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub recording_id: RecordingId,
        pub result_id: Option<OutcomeId>,
        pub response_id: Option<OutcomeId>,
        pub changed_at: Instant,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod comment {
    use model::{
        id::{AccountId, CommentId, RecordingId},
        instant::Instant,
    };
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "comment")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: CommentId,
        pub recording_id: RecordingId,
        pub account_id: Option<AccountId>,
        /// As they were called then.
        pub author: String,
        pub at_ms: Option<i64>,
        pub text: String,
        pub private: bool,
        pub written_at: Instant,
        pub changed_at: Option<Instant>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
