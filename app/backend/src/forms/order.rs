//! The order of the forms: in it they are listed, and of those that fit a call equally well the first is offered first.

use model::{id::FormId, instant::Instant, problem::Problem};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};

use super::entity::form;
use crate::{Backend, Error, ManageSettings, May};

impl Backend {
    /// Lets a form change places with the one before it, or after it, among those that are in use or those that are not. At an
    /// end it stays where it is.
    ///
    /// # Errors
    /// [`Problem::NotFound`] where there is none.
    pub async fn move_form(&self, _: May<ManageSettings>, id: FormId, up: bool) -> Result<(), Error> {
        let transaction = self.writing().await?;
        let rows: Vec<(FormId, i64, Option<Instant>)> = form::Entity::find()
            .select_only()
            .column(form::Column::Id)
            .column(form::Column::Place)
            .column(form::Column::RetiredAt)
            .order_by_asc(form::COLUMN.place)
            .order_by_asc(form::COLUMN.id)
            .into_tuple()
            .all(&transaction)
            .await?;
        let at = rows.iter().position(|(of, ..)| *of == id).ok_or(Problem::NotFound)?;
        let retired: Vec<bool> = rows.iter().map(|(.., retired)| retired.is_some()).collect();
        let alike = |other: &usize| retired.get(*other) == retired.get(at);
        let mut others = (0..rows.len()).filter(alike);
        let other = if up {
            others.take_while(|other| *other < at).last()
        } else {
            others.find(|other| *other > at)
        };
        let mut order: Vec<FormId> = rows.iter().map(|(id, ..)| *id).collect();
        if let Some(other) = other {
            order.swap(at, other);
        }
        for (place, id) in (1..).zip(order) {
            let before = rows.iter().find(|(of, ..)| *of == id).map(|(_, place, _)| *place);
            if before != Some(place) {
                form::Entity::update_many()
                    .col_expr(form::Column::Place, Expr::val(place))
                    .filter(form::COLUMN.id.eq(id))
                    .exec(&transaction)
                    .await?;
            }
        }
        Ok(transaction.commit().await?)
    }
}
