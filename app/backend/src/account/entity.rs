//! The tables of this room.

pub mod account {
    use model::{
        id::{AccountId, PersonId, ViewId},
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
        /// Grows with every change that must end what is signed in.
        pub security_version: i64,
        pub created_at: Instant,
        /// When the password was chosen; at the account's beginning when none.
        pub password_at: Option<Instant>,
        /// Until when a password that someone else gave is good. It opens the page on which another is chosen.
        pub given_until: Option<Instant>,
        /// Which version of the licence agreement was accepted; 0 is none.
        pub agreed_version: i16,
        pub agreed_at: Option<Instant>,
        /// The last warning that the password runs out, by its days; 0 is none.
        pub warned_days: i16,
        pub signed_in_at: Option<Instant>,
        /// Until when the link of the last invitation is good.
        pub invited_until: Option<Instant>,
        /// [`model::columns::Columns`] as a word; all of them when none.
        pub list_columns: Option<String>,
        /// The view that opens first.
        pub start_view_id: Option<ViewId>,
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
        pub address: Option<String>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod ticket {
    use model::{id::AccountId, instant::Instant};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "ticket")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub token_hash: String,
        pub account_id: AccountId,
        pub purpose: String,
        pub security_version: i64,
        pub created_at: Instant,
        pub expires_at: Instant,
        pub used_at: Option<Instant>,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod earlier_password {
    use model::id::AccountId;
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "earlier_password")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub id: i64,
        pub account_id: AccountId,
        pub password: String,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod attempt {
    use model::instant::Instant;
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "attempt")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub subject: String,
        pub failures: i64,
        pub last_at: Instant,
    }

    impl ActiveModelBehavior for ActiveModel {}
}

pub mod device {
    use model::{id::AccountId, instant::Instant};
    use sea_orm::entity::prelude::*;

    #[sea_orm::model]
    #[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
    #[sea_orm(table_name = "device")]
    pub struct Model {
        #[sea_orm(primary_key, auto_increment = false)]
        pub token_hash: String,
        pub account_id: AccountId,
        pub seen_at: Instant,
    }

    impl ActiveModelBehavior for ActiveModel {}
}
