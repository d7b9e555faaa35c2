//! Colors by role. Every pair of a theme can be read: a test computes its contrast.

mod colors;
#[cfg(test)]
mod tests;

use ratatui::style::{Color, Modifier, Style};

use crate::text::Role;

/// Which colors are used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Theme {
    /// Light text on a dark ground.
    Dark,
    /// Dark text on a light ground.
    Light,
    /// The terminal's own colors: text and ground are its own, and only what is marked has one of the 16 as its ground.
    #[default]
    Sixteen,
    /// No color at all (`NO_COLOR`).
    Plain,
}

/// What a text stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Ground {
    /// The body.
    Base,
    /// The lines at the top and the bottom.
    Bar,
    /// The line of the cursor.
    Selected,
    /// What lies over the body.
    Overlay,
}

impl Theme {
    /// All themes with color, in the order in which they are switched.
    pub const ALL: [Self; 3] = [Self::Dark, Self::Light, Self::Sixteen];

    /// The name in the configuration.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Dark => "dark",
            Self::Light => "light",
            Self::Sixteen => "sixteen",
            Self::Plain => "plain",
        }
    }

    /// The theme of a name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        let mut all = Self::ALL.into_iter().chain([Self::Plain]);
        all.find(|theme| theme.name() == name)
    }

    /// The theme that follows.
    pub(crate) fn next(self) -> Self {
        match self {
            Self::Dark => Self::Light,
            Self::Light => Self::Sixteen,
            Self::Sixteen => Self::Plain,
            Self::Plain => Self::Dark,
        }
    }

    /// How a text of a role looks on a ground.
    pub(crate) fn style(self, role: Role, ground: Ground) -> Style {
        match self {
            Self::Dark => painted(&colors::DARK, role, ground),
            Self::Light => painted(&colors::LIGHT, role, ground),
            Self::Sixteen => sixteen(role, ground),
            Self::Plain => plain(role, ground),
        }
    }
}

fn painted(palette: &colors::Palette, role: Role, ground: Ground) -> Style {
    let rgb = |color: u32| {
        let [_, red, green, blue] = color.to_be_bytes();
        Color::Rgb(red, green, blue)
    };
    let style = Style::new()
        .fg(rgb(palette.text(role)))
        .bg(rgb(palette.ground(ground)));
    style.add_modifier(emphasis(role))
}

fn emphasis(role: Role) -> Modifier {
    match role {
        Role::Title | Role::Critical | Role::High | Role::Mark | Role::Changed => Modifier::BOLD,
        Role::Found => Modifier::BOLD.union(Modifier::UNDERLINED),
        _ => Modifier::empty(),
    }
}

/// Grounds of the 16 colors with black text on them; all else is left to the terminal, of which nobody knows the ground.
fn sixteen(role: Role, ground: Ground) -> Style {
    match colors::sixteen(role) {
        Some(color) => Style::new().fg(Color::Black).bg(color),
        None => plain(role, ground),
    }
}

fn plain(role: Role, ground: Ground) -> Style {
    let style = Style::new().add_modifier(emphasis(role));
    let style = match role {
        Role::Accent => style.add_modifier(Modifier::BOLD),
        Role::Bad => style.add_modifier(Modifier::UNDERLINED),
        _ => style,
    };
    match ground {
        Ground::Selected | Ground::Bar => style.add_modifier(Modifier::REVERSED),
        Ground::Base | Ground::Overlay => style,
    }
}
