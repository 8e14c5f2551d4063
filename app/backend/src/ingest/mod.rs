//! How a recorded call comes in, whichever door it takes: facts, decision, store, peaks, visible.

mod decide;
mod facts;
mod receive;
mod take;
mod template;

pub use decide::Decision;
pub use take::Taken;
pub use template::{NameTemplate, TemplateError};
