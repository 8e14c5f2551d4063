//! The places where one is signed in: seeing them, and ending them.

use model::{account::Place, id::SessionId, problem::Problem};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{by_email, entity::session, new_password::end_sessions};
use crate::{Authority, Backend, Error, ManageAccounts, Viewer};

impl Backend {
    /// Where the viewer is signed in, the last used first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn sessions(&self, viewer: &Viewer) -> Result<Vec<Place>, Error> {
        let calendar = &viewer.company().calendar;
        let rows = session::Entity::find()
            .filter(session::COLUMN.account_id.eq(viewer.account()))
            .order_by_desc(session::COLUMN.seen_at)
            .all(self.db())
            .await?;
        let alive = rows.into_iter().filter(|row| self.is_alive(row));
        Ok(alive
            .map(|row| Place {
                own: row.id == viewer.session(),
                id: row.id,
                agent: row.agent,
                address: row.address,
                since: calendar.stamp(row.created_at),
                seen: calendar.stamp(row.seen_at),
                kept: row.kept,
            })
            .collect())
    }

    /// Ends one of the viewer's own sessions. Says whether there was such a one.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn end_session(&self, viewer: &Viewer, id: SessionId) -> Result<bool, Error> {
        let mut delete = session::Entity::delete_many().filter(session::COLUMN.id.eq(id));
        if !cut!("own-session") {
            delete = delete.filter(session::COLUMN.account_id.eq(viewer.account()));
        }
        let ended = delete.exec(self.db()).await?.rows_affected > 0;
        self.grants().forget_all();
        Ok(ended)
    }

    /// Ends every session of the viewer's, this one too.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn end_own_sessions(&self, viewer: &Viewer) -> Result<(), Error> {
        end_sessions(self.db(), viewer.account()).await?;
        self.grants().forget_all();
        Ok(())
    }

    /// Ends every session of the account with that address.
    ///
    /// # Errors
    /// [`model::problem::Problem::NotFound`].
    pub async fn end_sessions_of(&self, _: impl Authority<ManageAccounts>, email: &str) -> Result<(), Error> {
        let account = by_email(self.db(), email).await?.ok_or(Problem::NotFound)?;
        end_sessions(self.db(), account.id).await?;
        self.grants().forget_all();
        Ok(())
    }
}
