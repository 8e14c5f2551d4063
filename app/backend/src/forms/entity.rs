//! The tables of this room.

pub mod form {
    use model::{id::FormId, instant::Instant};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "form")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: FormId,
        /// [`model::evaluation::Form`] as JSON, as it is being worked on.
        pub body: String,
        /// The version that is in use; 0 before the first.
        pub version: i64,
        /// Counts the changes, so that two who change it at once notice.
        pub revision: i64,
        /// Whose calls it is for, as JSON lists of [`model::id::UnitId`] and of group numbers; for all where both are empty.
        pub departments: String,
        pub groups: String,
        pub changed_at: Instant,
        pub retired_at: Option<Instant>,
        /// As JSON, beside which form this one was begun, and what was known of that one: [`model::forms::Used`]; none else.
        pub base: Option<String>,
        /// What came of pages that had gone, the latest last, by [`model::forms::arrival`], as a JSON list.
        pub arrived: String,
        /// Where it stands among the others; of two that stand at one place the older comes first.
        pub place: i64,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod form_version {
    use model::{id::FormId, instant::Instant};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "form_version")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub form_id: FormId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub version: i64,
        pub body: String,
        pub published_at: Instant,
        /// As they were called then; none for what came with Hark.
        pub published_by: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
