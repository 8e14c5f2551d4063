//! The tables of this room.

pub mod unit {
    use model::id::UnitId;
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "unit")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: UnitId,
        pub level: i16,
        pub name: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod person {
    use model::{
        id::{PersonId, UnitId},
        instant::Instant,
    };
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "person")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: PersonId,
        pub first_name: String,
        pub last_name: String,
        pub email: Option<String>,
        /// The address in the form in which two ways of writing it are the same.
        pub email_key: Option<String>,
        pub title: Option<String>,
        pub extension: Option<String>,
        pub recording_active: bool,
        pub district_id: Option<UnitId>,
        pub department_id: Option<UnitId>,
        pub cost_center_id: Option<UnitId>,
        pub office_id: Option<UnitId>,
        /// How a directory knows the person.
        pub external_id: Option<String>,
        /// Everything a search may find the person by, folded.
        pub search_text: String,
        /// The name as it is sorted.
        pub sort_text: String,
        pub dashboard_active: bool,
        /// Grows with each change.
        pub version: i64,
        /// When the person left the company; the recordings keep their name.
        pub left_at: Option<Instant>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod person_number {
    use model::id::PersonId;
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "person_number")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub number: String,
        pub person_id: PersonId,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod answer_group {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "answer_group")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i64,
        pub number: String,
        pub name: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod direct_number {
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "direct_number")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i64,
        pub number: String,
        pub name: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod upload {
    use model::{id::AccountId, instant::Instant};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "upload")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i64,
        pub account_id: AccountId,
        pub name: String,
        /// The lines of the file, as JSON.
        pub rows: String,
        pub created_at: Instant,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
