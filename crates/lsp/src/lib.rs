//! The project, spoken as LSP: what is wrong, in editors, while one types.
//!
//! Handlers of the protocol (`server`) only forward what they are told to one thread (`actor`), which alone changes what the
//! server knows (`state`). Another thread (`worker`) analyzes snapshots of it, and what it finds in a revision that is over is
//! not published. All below the handlers knows types of the protocol and nothing of its transport.

mod actions;
mod actor;
mod analyst;
mod capabilities;
mod client;
mod complete;
mod diagnostics;
mod disk;
mod document;
mod encoding;
mod event;
mod folders;
mod hover;
mod inlay;
mod ledger;
mod lens;
mod loading;
mod navigate;
mod outgoing;
mod parent;
mod patience;
mod places;
mod preview;
mod progress;
mod pull;
mod rendered;
mod serve;
mod server;
mod settings;
mod snapshot;
mod state;
#[cfg(test)]
mod tests;
mod texts;
mod types;
mod uri;
mod worker;

pub use serve::{Error, serve, serve_socket, serve_stdio};
