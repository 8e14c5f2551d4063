//! Vyer: lists under a name, beside the heading of the list, and what one does with the one that is open.

pub mod api;
mod menu;
mod nav;

pub use menu::ViewMenu;
use model::view::View;
pub use nav::ViewLinks;

use crate::error::AppError;
use leptos::prelude::Resource;

/// The views that someone finds.
pub type ViewsResource = Resource<Result<Vec<View>, AppError>>;
