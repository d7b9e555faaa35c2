//! What is settled when the program begins.

use crate::glyphs::{ASCII, Glyphs, UNICODE};
use crate::keys::Bindings;
use crate::theme::Theme;

/// What is settled when the program begins.
#[derive(Clone, Debug)]
pub(crate) struct Settings {
    pub(crate) theme: Theme,
    pub(crate) glyphs: Glyphs,
    pub(crate) bindings: Bindings,
    pub(crate) has_mouse: bool,
    /// What is looked at, for people.
    pub(crate) label: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            theme: Theme::default(),
            glyphs: UNICODE,
            bindings: Bindings::default(),
            has_mouse: false,
            label: String::new(),
        }
    }
}

impl Settings {
    pub(crate) fn is_ascii(&self) -> bool {
        self.glyphs == ASCII
    }
}
