//! Tests of all below the transport.

mod answers;
mod editor;
mod expected;
mod parity;
