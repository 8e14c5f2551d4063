//! The orders of a list, and places in them.

use model::list::{Column, Place, Sort};
use sea_orm::{
    Order, QueryFilter, QueryOrder, Select,
    sea_query::{Expr, ExprTrait},
};

use super::{
    Judged,
    entity::recording::{self, COLUMN},
    listed::Listed,
};

/// By what a list is sorted, and which way.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sorted {
    pub sort: Sort,
    /// How its viewer is told of evaluations, where that differs from how it is; no index has it then.
    pub judged: Option<Judged>,
}

impl Sorted {
    /// The newest first.
    pub fn newest() -> Self {
        Self {
            sort: Sort::default(),
            judged: None,
        }
    }

    /// The columns that say it beside the time.
    pub fn columns(self) -> Vec<recording::Column> {
        match self.judged {
            Some(_) => Judged::COLUMNS.to_vec(),
            None => key_of(self.sort.by).into_iter().collect(),
        }
    }
}

/// In that order, from a place on, which is said in a way that lets an index be entered at it, however deep it is.
pub(super) fn ordered(
    select: Select<recording::Entity>,
    Sorted { sort, judged }: Sorted,
    after: Option<&Place>,
) -> Select<recording::Entity> {
    let order = if sort.descending { Order::Desc } else { Order::Asc };
    let column = match judged {
        Some(judged) => Some(judged.score()),
        None => key_of(sort.by).map(Expr::col),
    };
    let Some(column) = column else {
        let select = match after {
            None => select,
            Some(place) if sort.descending => select.filter(COLUMN.moment.lt(place.moment)),
            Some(place) => select.filter(COLUMN.moment.gt(place.moment)),
        };
        return select.order_by(recording::Column::Moment, order);
    };
    let select = match after.and_then(|place| Some((place, value(sort.by, place.key.as_deref()?)?))) {
        None => select,
        Some((place, key)) => {
            let here = Expr::tuple([column.clone(), Expr::col(recording::Column::Moment)]);
            let there = Expr::tuple([Expr::value(key), Expr::val(place.moment)]);
            select.filter(if sort.descending {
                here.lt(there)
            } else {
                here.gt(there)
            })
        }
    };
    select
        .order_by(column, order.clone())
        .order_by(recording::Column::Moment, order)
}

/// By what the column is sorted; by time alone where none.
const fn key_of(by: Column) -> Option<recording::Column> {
    Some(match by {
        Column::Extension => recording::Column::Extension,
        Column::User => recording::Column::WhoKey,
        Column::Number => recording::Column::NumberKey,
        Column::DirectNumber => recording::Column::RungKey,
        Column::Length => recording::Column::CallMs,
        Column::Tag => recording::Column::TagKey,
        Column::Flag => recording::Column::Flag,
        Column::Evaluation => recording::Column::Score,
        Column::Date | Column::Time | Column::Direction | Column::Channel => return None,
    })
}

/// What a row has in the column by which it is sorted, as a place keeps it.
pub(super) fn key(by: Column, row: &Listed) -> Option<String> {
    Some(match by {
        Column::Extension => row.extension.clone(),
        Column::User => row.who_key.clone(),
        Column::Number => row.number_key.clone(),
        Column::DirectNumber => row.rung_key.clone(),
        Column::Length => row.call_ms.to_string(),
        Column::Tag => row.tag_key.clone(),
        Column::Flag => row.flag.to_string(),
        Column::Evaluation => row.score.to_string(),
        Column::Date | Column::Time | Column::Direction | Column::Channel => return None,
    })
}

fn value(by: Column, key: &str) -> Option<sea_orm::Value> {
    Some(match by {
        Column::Length => key.parse::<i64>().ok()?.into(),
        Column::Flag | Column::Evaluation => key.parse::<i16>().ok()?.into(),
        _ => key.into(),
    })
}
