//! The server as clients meet it: messages over a pipe in memory.

mod lifecycle;
mod session;
mod sync;
