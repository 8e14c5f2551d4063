//! What plays. One sound for the whole house: it goes on while one moves between pages, and every control speaks to it.

mod bars;
mod browser;
mod clock;
mod drawing;
mod element;
mod fault;
mod keys;
mod place;
mod play;
mod remember;
mod row;
mod ruler;
mod speed;
mod state;
mod tabs;
mod track;
mod transport;
mod tuning;
mod volume;
mod wave;
mod zoom;

pub use fault::PlayerFault;
pub use keys::is_free;
pub use row::PlayerRow;
pub use state::{Player, player, provide};
pub use track::Track;
pub use transport::Transport;
pub use wave::Wave;
