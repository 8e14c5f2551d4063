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
        /// Whether someone else has evaluated it, and whether the evaluated person has been shown any of that.
        pub evaluated: bool,
        pub shown: bool,
        /// What that came to, for all and for the evaluated person, and whose step it is ([`crate::recordings::marks`]).
        pub score: i16,
        pub shown_score: i16,
        pub waits: i16,
        pub created_at: Instant,
        /// Where it stands in time ([`crate::recordings::moment`]).
        pub moment: i64,
        /// The company's clock when the call began: minutes since midnight, Monday = 1, days since 1970.
        pub minute: i16,
        pub weekday: i16,
        pub civil_day: i64,
        /// The person's other levels when the call came.
        pub district_id: Option<UnitId>,
        pub cost_center_id: Option<UnitId>,
        pub office_id: Option<UnitId>,
        /// What it is compared and sorted by.
        pub number_key: String,
        pub rung_key: String,
        pub who_key: String,
        pub tag_key: String,
        /// What it is searched in.
        pub who_text: String,
        pub call_text: String,
        pub tag_text: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// One change to many recordings, carried out piece by piece.
pub mod change {
    use model::{
        id::{AccountId, ChangeId, RecordingId},
        instant::Instant,
    };
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "change")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: ChangeId,
        pub account_id: AccountId,
        /// [`model::bulk::Deed`] as JSON.
        pub deed: String,
        pub count: i64,
        pub created_at: Instant,
        /// Whether it is being undone, or has been.
        pub undone: bool,
        /// The last recording that has been looked at on the way that is under way; none at its beginning.
        pub reached: Option<RecordingId>,
        /// What has come of that way so far ([`model::bulk::Progress`]).
        pub done: i64,
        pub changed: i64,
        pub left_alone: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

/// A recording of such a change, and what it had before.
pub mod changed {
    use model::id::{ChangeId, RecordingId};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "changed")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub change_id: ChangeId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub recording_id: RecordingId,
        /// 0 not yet, 1 done, 2 undone or left as it was, 3 left alone, 4 done and changed by hand since.
        pub state: i16,
        /// What it had before.
        pub flag: Option<i16>,
        pub tag: Option<String>,
        /// What is done later lies at a higher one.
        pub place: i64,
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
