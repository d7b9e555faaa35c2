//! Tests of all below the transport.

mod editor;
mod expected;
mod parity;
