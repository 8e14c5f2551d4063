//! The tables of this room.

/// A link, for one receiver.
pub mod share {
    use model::{
        id::{AccountId, LetterId, PersonId, RecordingId, ShareId},
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
        /// Who receives it, where it is their own call.
        pub receiver_id: Option<PersonId>,
        pub locale: String,
        pub subject: String,
        pub message: Option<String>,
        pub download: bool,
        /// Whether it tells what is the company's own: extension, tag, and whether the call is evaluated.
        pub internal: bool,
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

/// What opens a link: made when its letter leaves, anew each time that it does. None is dead before its link, since nobody
/// knows which of them has arrived.
pub mod secret {
    use model::id::ShareId;
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "share_secret")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub token_hash: String,
        pub share_id: ShareId,
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
