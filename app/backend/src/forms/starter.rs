//! The form that every company begins with, in its own language.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, ConnectionTrait, EntityTrait, IntoActiveModel};

use super::{
    FIRST,
    create::starter,
    entity::{form, form_version},
    evaluations, written,
};
use crate::Error;

/// Lets a company that speaks English begin with the English form, as long as nobody has touched the Swedish one.
pub(crate) async fn begin_in_english(db: &impl ConnectionTrait) -> Result<(), Error> {
    let row = form::Entity::find_by_id(FIRST).one(db).await?;
    let Some(row) = row.filter(|row| row.revision == 0 && row.version == 1) else {
        return Ok(());
    };
    if evaluations(db, FIRST).await? > 0 {
        return Ok(());
    }
    let body = written(&starter(true)?)?;
    let mut row = row.into_active_model();
    row.body = Set(body.clone());
    row.update(db).await?;
    if let Some(version) = form_version::Entity::find_by_id((FIRST, 1)).one(db).await? {
        let mut version = version.into_active_model();
        version.body = Set(body);
        version.update(db).await?;
    }
    Ok(())
}
