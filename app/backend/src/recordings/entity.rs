//! The tables of this room. What is written to them is written by [`crate::ingest`].

pub mod call {
    use model::{id::CallId, instant::Instant};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "call")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: CallId,
        pub switch_id: String,
        pub created_at: Instant,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod recording {
    use model::{
        id::{CallId, PersonId, RecordingId, UnitId},
        instant::Instant,
    };
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "recording")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: RecordingId,
        pub call_id: CallId,
        pub extension: String,
        pub person_id: Option<PersonId>,
        /// The person's department when the call came: who may hear it does not change when the person moves on.
        pub department_id: Option<UnitId>,
        pub direction: String,
        pub started_at: Instant,
        pub call_ms: i64,
        pub audio_ms: i64,
        pub other_number: Option<String>,
        pub other_name: Option<String>,
        pub number_rung: Option<String>,
        pub group_number: Option<String>,
        pub consent: Option<String>,
        pub sides: String,
        /// The rule that let it be recorded.
        pub rule: String,
        pub tag: Option<String>,
        pub flag: i16,
        pub evaluated: bool,
        pub created_at: Instant,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod media {
    use model::id::RecordingId;
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "media")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub recording_id: RecordingId,
        pub path: String,
        pub sha256: String,
        pub bytes: i64,
        /// [`model::sound::Layout`] of the original, as JSON.
        pub layout: String,
        /// Where the original can only be decoded from its beginning: the same sound as PCM, which can be entered
        /// anywhere.
        pub rendition_path: Option<String>,
        pub rendition_layout: Option<String>,
        pub overview: Vec<u8>,
        /// [`model::sound::Talk`], as JSON; none for what arrived before it was measured.
        pub talk: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
