//! The tables of this room.

/// A link, for one receiver.
pub mod share {
    use model::{
        id::{AccountId, LetterId, RecordingId, ShareId},
        instant::Instant,
    };
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "share")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ShareId,
        pub recording_id: RecordingId,
        /// Who answers for it; nobody any longer when none.
        pub account_id: Option<AccountId>,
        /// As they were called then.
        pub sender: String,
        pub email: String,
        pub locale: String,
        pub subject: String,
        pub message: Option<String>,
        pub download: bool,
        /// None until the letter leaves.
        pub token_hash: Option<String>,
        pub passcode_hash: Option<String>,
        /// Wrong passcodes.
        pub tries: i64,
        pub letter_id: LetterId,
        pub created_at: Instant,
        pub until: Instant,
        pub opened: i64,
        pub first_opened_at: Option<Instant>,
        pub last_opened_at: Option<Instant>,
        pub revoked_at: Option<Instant>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A browser in which a link has been opened.
pub mod visit {
    use model::{id::ShareId, instant::Instant};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "share_visit")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub token_hash: String,
        pub share_id: ShareId,
        pub opened_at: Instant,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
