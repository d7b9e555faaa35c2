//! Tests of all below the transport.

mod answers;
mod editor;
mod expected;
mod garbage;
mod parity;
mod step;
mod workspaces;
