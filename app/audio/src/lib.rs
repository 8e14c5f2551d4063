//! Recorded sound: bytes in, bytes out. No database, no clock, no network, no runtime.
//!
//! A sound arrives through [`Intake`], is looked at through its overview and [`window`], and is played through
//! [`VirtualWav`], or, where it must be decoded from its beginning, through the file that [`decode_to_wav`] makes.
//! What it is and why it may be refused is told in the words of [`model::sound`].

mod decode;
mod error;
mod g711;
mod gsm;
mod intake;
mod limits;
mod meter;
mod rendition;
mod riff;
mod sniff;
mod survey;
mod talk;
mod tally;
mod virtual_wav;
mod window;

/// Bytes of a file that are best read and pushed at once. Larger pieces fall out of the processor's second cache before the
/// hash and the tallies have seen them: with 256 KiB the same work takes twice the time.
pub const PIECE: usize = 64 << 10;

pub use decode::Source;
pub use error::Error;
pub use intake::{Intake, Measured};
pub use limits::Limits;
pub use rendition::decode_to_wav;
pub use survey::{Survey, Surveyed};
pub use virtual_wav::{VirtualWav, WrongLength, wav_header};
pub use window::window;
