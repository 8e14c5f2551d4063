//! Evaluation forms: building them, their versions, and whose calls they are for (checklist 119, 124).

pub(crate) mod entity;
