//! The words both sides of the wall share: what a browser may know of people, calls and recordings.
//!
//! Serde only: no input or output, no clock, no database. Everything here compiles for the browser and for the server.

pub mod account;
pub mod address;
pub mod bulk;
pub mod columns;
pub mod evaluation;
pub mod facts;
pub mod filter;
pub mod forms;
pub mod history;
pub mod hours;
pub mod id;
pub mod imprint;
pub mod instant;
pub mod letter;
pub mod list;
pub mod password;
pub mod people;
pub mod period;
pub mod problem;
pub mod recording;
pub mod review;
pub mod sharing;
pub mod sound;
pub mod text;
pub mod view;
