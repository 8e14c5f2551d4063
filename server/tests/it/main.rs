//! Black-box tests over the real router: real tables, real files, real sound.

#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::cast_possible_truncation,
    clippy::cast_possible_wrap,
    reason = "a test stops at what it did not expect, and its numbers are small"
)]

mod access;
mod account;
mod bulk;
mod command_line;
mod counts;
mod cuts;
mod durable;
mod evaluation;
mod files;
mod filter;
mod forms;
mod history;
mod hours;
mod house;
mod mail;
mod media;
mod outlet;
mod pages;
mod people;
mod races;
mod real_sound;
mod recordings;
mod review;
mod session;
mod sharing;
mod views;
mod watch;
