//! The tables of this room.

pub mod event {
    use model::{
        id::{AccountId, EventId, RecordingId, ShareId},
        instant::Instant,
    };
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "event")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: EventId,
        pub recording_id: RecordingId,
        pub account_id: Option<AccountId>,
        /// The link of which or by which it was done.
        pub share_id: Option<ShareId>,
        /// As they were called then.
        pub who: String,
        pub at: Instant,
        /// [`model::history::What`] as JSON.
        pub what: String,
        /// Whether only the one who did it is told.
        pub private: bool,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod listening {
    use model::{
        id::{AccountId, EventId, RecordingId, ShareId},
        instant::Instant,
    };
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "listening")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: EventId,
        pub recording_id: RecordingId,
        pub account_id: Option<AccountId>,
        /// The link by which one listened who has no account.
        pub share_id: Option<ShareId>,
        pub who: String,
        pub since: Instant,
        pub until: Instant,
        /// Of the sound, in milliseconds.
        pub heard_ms: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
