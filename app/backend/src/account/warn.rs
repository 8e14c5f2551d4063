//! Saying in good time that a password runs out: at 14, 7 and 1 days (checklist 24).

use model::letter::Letter;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, sea_query::Expr};

use super::{entity::account, usable, visitor::days_left};
use crate::{Backend, Error, Operator, mail};

const WARN_AT: [i16; 3] = [14, 7, 1];

impl Backend {
    /// Writes the letters that are due, once each, and forgets what nobody needs any more. Done every hour; doing it twice
    /// does no harm. Returns how many letters were written.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn look_after_accounts(&self, _: Operator) -> Result<usize, Error> {
        self.forget_attempts().await?;
        self.forget_uploads().await?;
        self.forget_tickets().await?;
        self.forget_links().await?;
        self.forget_letters().await?;
        let (company, now) = (self.company().await?, self.now());
        let Some(lasts) = company.password.policy().lasts_days else {
            return Ok(0);
        };
        let near = now.plus_ms((i64::from(WARN_AT[0]) - i64::from(lasts)) * 24 * 3_600_000);
        let rows = account::Entity::find()
            .filter(usable())
            .filter(account::COLUMN.password_at.lte(near))
            .all(self.db())
            .await?;
        let mut written = 0;
        for row in rows {
            let left = days_left(&row, &company, now).unwrap_or_default();
            // The nearest warning that is due; those that nobody was there to write are passed over.
            let due = WARN_AT
                .into_iter()
                .rev()
                .find(|days| left <= i64::from(*days))
                .filter(|_| left > 0);
            let Some(days) = due.filter(|days| row.warned_days == 0 || *days < row.warned_days) else {
                continue;
            };
            let transaction = self.writing().await?;
            let letter = Letter::PasswordExpires {
                days: u16::try_from(left).unwrap_or_default(),
            };
            mail::post(self, &transaction, row.id, &letter).await?;
            // Another process may have been quicker.
            let noted = account::Entity::update_many()
                .col_expr(account::Column::WarnedDays, Expr::val(days))
                .filter(account::COLUMN.id.eq(row.id))
                .filter(account::COLUMN.warned_days.eq(row.warned_days))
                .exec(&transaction)
                .await?;
            if noted.rows_affected == 1 {
                transaction.commit().await?;
                written += 1;
            }
        }
        if written > 0 {
            self.ring();
        }
        Ok(written)
    }
}
