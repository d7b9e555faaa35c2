//! The server as clients meet it: messages over a pipe in memory.

mod actions;
mod choices;
mod clients;
mod gate;
mod hover;
mod lifecycle;
mod manners;
mod navigate;
mod pull;
mod robust;
mod session;
mod sync;
mod understand;
mod unsaved;
