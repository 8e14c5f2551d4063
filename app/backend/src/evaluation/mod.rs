//! Judging calls by a form, and what the judged person says to it (checklist 85).

pub(crate) mod entity;
