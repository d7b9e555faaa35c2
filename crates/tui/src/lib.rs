//! The project and the cluster, drawn in a terminal: a state that what happens changes (`state`), and a function that draws it
//! (`draw`). The analysis runs in a thread of its own (`worker`).

mod clipboard;
mod code;
mod draw;
mod editor;
mod error;
mod glyphs;
mod headless;
mod keys;
mod log;
mod message;
mod picture;
mod run;
mod state;
mod terminal;
mod text;
mod theme;
mod worker;

pub use error::Error;
pub use headless::Headless;
pub use run::{Call, run};
pub use theme::Theme;
