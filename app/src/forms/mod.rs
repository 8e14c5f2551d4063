//! Evaluation forms: building them, their versions, and whose calls they are for (checklist 119, 124).

mod answers;
pub mod api;
mod audience;
mod bar;
mod builder;
mod condition;
mod desk;
mod field;
mod import;
mod lines;
mod list;
mod old;
mod page;
mod question;
mod saved;
mod unsaved;
mod versions;
mod words;

pub use api::PAGE;
pub use import::ImportFormPage;
pub use list::FormsPage;
pub use page::FormPage;
pub use unsaved::provide;
pub use words::import_fault;
