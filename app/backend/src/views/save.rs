//! Giving a list a name.

use model::{
    columns::Columns,
    id::{AccountId, ViewId},
    list::ListQuery,
    problem::{Field, Invalid},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, EntityTrait, PaginatorTrait, QueryFilter};

use super::{entity, kept};
use crate::{
    Backend, Error, Viewer,
    db::text::{fold, is_unseen},
};

/// The longest name, in characters.
const NAME: u32 = 60;
/// The most views of one account.
const MOST: u32 = 100;

impl Backend {
    /// Keeps what is looked at under a name.
    ///
    /// # Errors
    /// When the name cannot be taken, or the account has one of that name already, or too many.
    pub async fn save_view(
        &self,
        viewer: &Viewer,
        name: &str,
        query: &ListQuery,
        columns: Option<Columns>,
        shared: bool,
    ) -> Result<ViewId, Error> {
        let transaction = self.writing().await?;
        let name = checked(&transaction, viewer.account, name, None).await?;
        let id = ViewId(self.new_id()?);
        let row = entity::ActiveModel {
            id: Set(id),
            account_id: Set(viewer.account),
            name: Set(name),
            query: Set(kept(query)),
            columns: Set(columns.map(|columns| columns.word())),
            shared: Set(shared),
            version: Set(1),
            changed_at: Set(self.now()),
        };
        entity::Entity::insert(row).exec_without_returning(&transaction).await?;
        transaction.commit().await?;
        Ok(id)
    }
}

/// The name as it is kept; none that its account has given already.
pub(super) async fn checked(
    db: &impl ConnectionTrait,
    account: AccountId,
    name: &str,
    except: Option<ViewId>,
) -> Result<String, Error> {
    let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
    let wrong = |why| Err(Error::invalid(Field::View, why));
    if name.is_empty() {
        return wrong(Invalid::Missing);
    }
    if name.chars().count() > NAME as usize {
        return wrong(Invalid::TooLong { most: NAME });
    }
    if name.chars().any(is_unseen) {
        return wrong(Invalid::Characters);
    }
    let own = || entity::Entity::find().filter(entity::COLUMN.account_id.eq(account));
    if except.is_none() && own().count(db).await? >= u64::from(MOST) {
        return wrong(Invalid::TooMany { most: MOST });
    }
    let others = own().all(db).await?;
    if others
        .iter()
        .any(|other| Some(other.id) != except && fold(&other.name) == fold(&name))
    {
        return wrong(Invalid::Taken);
    }
    Ok(name)
}
