//! The server as clients meet it: messages over a pipe in memory.

mod actions;
mod lifecycle;
mod session;
mod sync;
