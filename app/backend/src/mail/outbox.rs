//! Looking after the letters: what left, what waits and why, sending one again, and a letter that proves the way.

use model::{
    id::LetterId,
    instant::Instant,
    letter::{Letter, LetterFault, LetterRow, Outbox, Progress},
    problem::{Field, Problem},
};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};

use super::{Way, entity, post};
use crate::{Authority, Backend, Error, ManageMail, account};

/// The newest that are shown.
const SHOWN: u64 = 200;

impl Backend {
    /// The newest letters.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn outbox(&self, _: impl Authority<ManageMail>, way: &Way) -> Result<Outbox, Error> {
        let calendar = self.company().await?.calendar;
        let rows = entity::Entity::find()
            .order_by_desc(entity::COLUMN.id)
            .limit(SHOWN)
            .all(self.db())
            .await?;
        let mut letters = vec![];
        for row in rows {
            let letter = match serde_json::from_str(&row.body) {
                Ok(letter) => letter,
                Err(error) => {
                    tracing::error!(%error, id = %row.id, "a letter cannot be read");
                    continue;
                }
            };
            letters.push(LetterRow {
                id: row.id,
                letter,
                to: row.email,
                written: calendar.stamp(row.created_at),
                progress: match (row.sent_at, row.given_up_at) {
                    (Some(at), _) => Progress::Sent { at: calendar.stamp(at) },
                    (None, Some(at)) => Progress::GivenUp { at: calendar.stamp(at) },
                    (None, None) => Progress::Waiting {
                        next: calendar.stamp(row.due_at),
                    },
                },
                tries: u32::try_from(row.tries).unwrap_or_default(),
                fault: row.error.as_deref().map(LetterFault::read),
            });
        }
        Ok(Outbox {
            letters,
            way: way.to_string(),
            folder: matches!(way, Way::Folder(_)),
        })
    }

    /// Sends a letter again: at once if it waits or was given up, anew if it was sent. Its secret is a new one.
    ///
    /// # Errors
    /// [`Problem::NotFound`]; [`Problem::Changed`] where it is just being handed over.
    pub async fn send_again(&self, _: impl Authority<ManageMail>, id: LetterId) -> Result<(), Error> {
        let now = self.now();
        let done = entity::Entity::update_many()
            .col_expr(entity::Column::DueAt, Expr::val(now.0))
            .col_expr(entity::Column::AgainAt, Expr::val(now.0))
            .col_expr(entity::Column::Tries, Expr::val(0))
            .col_expr(entity::Column::SentAt, Expr::val(Option::<i64>::None))
            .col_expr(entity::Column::GivenUpAt, Expr::val(Option::<i64>::None))
            .filter(entity::COLUMN.id.eq(id))
            .filter(entity::COLUMN.leased_until.lte(Instant(now.0)))
            .exec(self.db())
            .await?;
        if done.rows_affected == 0 {
            let there = entity::Entity::find_by_id(id).one(self.db()).await?.is_some();
            return Err(if there { Problem::Changed } else { Problem::NotFound }.into());
        }
        self.ring();
        Ok(())
    }

    /// Writes a letter that says nothing but that letters arrive.
    ///
    /// # Errors
    /// When the address is none.
    pub async fn post_test(&self, _: impl Authority<ManageMail>, to: &str, locale: &str) -> Result<(), Error> {
        let to = account::check_email(to).map_err(|why| Error::invalid(Field::Receiver, why))?;
        post::post_to(self, self.db(), &to, Some(locale.to_owned()), &Letter::Test).await?;
        self.ring();
        Ok(())
    }
}
