//! The tables of colors.

use ratatui::style::Color;

use super::Ground;
use crate::text::Role;

/// The colors of a theme as `0xRRGGBB`.
pub(crate) struct Palette {
    /// By the order of [`Role::ALL`].
    texts: [u32; Role::ALL.len()],
    /// Base, bar, selected, overlay.
    grounds: [u32; 4],
}

pub(crate) const DARK: Palette = Palette {
    texts: [
        0xdf_e3ea, 0xa9_b1bd, 0xff_ffff, 0x86_c8ff, 0xff_9ad8, 0xff_a196, 0xf2_cb6c, 0x84_dbe0,
        0xb4_c6dc, 0x97_dd9c, 0xff_a196, 0xff_d866, 0xff_d866, 0xff_ffff,
    ],
    grounds: [0x14_171c, 0x23_2933, 0x2c_3a4f, 0x1c_2129],
};

pub(crate) const LIGHT: Palette = Palette {
    texts: [
        0x1d_2127, 0x4b_5361, 0x00_0000, 0x0b_4e99, 0x8a_0b68, 0x9c_1717, 0x6a_4700, 0x0a_5460,
        0x3c_4a63, 0x1f_5b1f, 0x9c_1717, 0x6b_3d00, 0x6b_3d00, 0x00_0000,
    ],
    grounds: [0xff_ffff, 0xe8_ecf1, 0xd3_e2f6, 0xf5_f7fa],
};

impl Palette {
    pub(crate) fn text(&self, role: Role) -> u32 {
        let at = Role::ALL.iter().position(|one| *one == role);
        at.map_or(self.texts[0], |at| self.texts[at])
    }

    pub(crate) fn ground(&self, ground: Ground) -> u32 {
        self.grounds[match ground {
            Ground::Base => 0,
            Ground::Bar => 1,
            Ground::Selected => 2,
            Ground::Overlay => 3,
        }]
    }
}

/// The ground of a role among the 16 colors, on which black text stands.
pub(crate) fn sixteen(role: Role) -> Option<Color> {
    Some(match role {
        Role::Critical => Color::LightMagenta,
        Role::High => Color::LightRed,
        Role::Medium => Color::LightYellow,
        Role::Low => Color::LightCyan,
        Role::Mark | Role::Changed => Color::LightYellow,
        Role::Good => Color::LightGreen,
        Role::Bad => Color::LightRed,
        Role::Found => Color::LightYellow,
        Role::Text | Role::Dim | Role::Title | Role::Accent | Role::Info => return None,
    })
}
