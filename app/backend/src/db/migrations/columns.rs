//! The words in which the tables are written down, the same on both databases.

use sea_orm_migration::sea_query::{
    ColumnDef, ForeignKey, ForeignKeyAction, ForeignKeyCreateStatement, Index, IndexCreateStatement, Table,
    TableAlterStatement, TableCreateStatement,
};

pub fn table(name: &'static str) -> TableCreateStatement {
    Table::create().table(name).to_owned()
}

/// More columns for a table. One change a statement: SQLite takes no more.
pub fn add<const N: usize>(name: &'static str, columns: [ColumnDef; N]) -> Vec<TableAlterStatement> {
    columns
        .into_iter()
        .map(|mut column| Table::alter().table(name).add_column(&mut column).to_owned())
        .collect()
}

pub fn id() -> ColumnDef {
    ColumnDef::new("id").big_integer().not_null().primary_key().to_owned()
}

pub fn number(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().not_null().to_owned()
}

pub fn number_or_none(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).big_integer().to_owned()
}

pub fn small(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).small_integer().not_null().to_owned()
}

pub fn text(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().not_null().to_owned()
}

pub fn text_or_none(name: &'static str) -> ColumnDef {
    ColumnDef::new(name).text().to_owned()
}

pub fn yes_no(name: &'static str, default: bool) -> ColumnDef {
    ColumnDef::new(name).boolean().not_null().default(default).to_owned()
}

pub fn of(
    table: &'static str,
    column: &'static str,
    other: &'static str,
    on_delete: ForeignKeyAction,
) -> ForeignKeyCreateStatement {
    ForeignKey::create()
        .from(table, column)
        .to(other, "id")
        .on_delete(on_delete)
        .to_owned()
}

pub fn index(name: &'static str, table: &'static str, columns: &[&'static str], unique: bool) -> IndexCreateStatement {
    let mut index = Index::create().name(name).table(table).to_owned();
    for column in columns {
        index.col(*column);
    }
    if unique {
        index.unique();
    }
    index
}
