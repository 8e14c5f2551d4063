use model::instant::Instant;
use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "company")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i64,
    pub name: String,
    pub zone: String,
    pub country: String,
    pub locale: String,
    pub setup_code: Option<String>,
    pub claimed_at: Option<Instant>,
    pub password_profile: String,
    /// Whether an invitation comes as two letters, the second with a one-time password.
    pub two_letters: bool,
    /// [`model::account::Rights`] as JSON.
    pub restricted_rights: String,
    /// [`model::account::Rights`] as JSON.
    pub own_rights: String,
    pub agreement_version: i16,
    /// The company's own agreement; Hark's own words when none.
    pub agreement_text: Option<String>,
    /// The zone in which the clocks of all recordings were looked at.
    pub stamped_zone: Option<String>,
    /// [`model::hours::OfficeHours`] as JSON; the usual ones when none.
    pub office_hours: Option<String>,
    /// [`model::evaluation::Showing`] by its name.
    pub evaluation_showing: String,
}

impl ActiveModelBehavior for ActiveModel {}
