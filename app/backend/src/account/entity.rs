//! The tables of this room.

pub mod account {
    use model::{
        id::{AccountId, PersonId},
        instant::Instant,
    };
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "account")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: AccountId,
        pub person_id: Option<PersonId>,
        pub email: String,
        pub email_key: String,
        pub password: Option<String>,
        pub role: String,
        pub active: bool,
        pub locale: Option<String>,
        pub security_version: i64,
        pub created_at: Instant,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod account_department {
    use model::id::{AccountId, UnitId};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "account_department")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub account_id: AccountId,
        #[sea_orm(primary_key, auto_increment = false)]
        pub unit_id: UnitId,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod session {
    use model::{
        id::{AccountId, SessionId},
        instant::Instant,
    };
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "session")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: SessionId,
        pub token_hash: String,
        pub account_id: AccountId,
        /// How far the one who signs in has come; only `full` makes a viewer.
        pub stage: String,
        pub security_version: i64,
        pub kept: bool,
        pub created_at: Instant,
        pub seen_at: Instant,
        pub ends_at: Instant,
        pub agent: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
