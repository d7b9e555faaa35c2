//! The server as clients meet it: messages over a pipe in memory.

mod actions;
mod clients;
mod hover;
mod lifecycle;
mod session;
mod sync;
