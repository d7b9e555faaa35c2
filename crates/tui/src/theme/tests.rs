//! Every pair of a theme can be read.

use super::*;

/// The least contrast of text (WCAG 2.2, success criterion 1.4.3).
const LEAST: f64 = 4.5;

/// What xterm shows for the 16 colors, of which the themes use these.
const XTERM: [(Color, u32); 6] = [
    (Color::Black, 0x00_0000),
    (Color::LightRed, 0xff_0000),
    (Color::LightGreen, 0x00_ff00),
    (Color::LightYellow, 0xff_ff00),
    (Color::LightMagenta, 0xff_00ff),
    (Color::LightCyan, 0x00_ffff),
];

fn luminance(color: u32) -> f64 {
    let [_, red, green, blue] = color.to_be_bytes();
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        match part <= 0.04045 {
            true => part / 12.92,
            false => ((part + 0.055) / 1.055).powf(2.4),
        }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

fn contrast(one: u32, other: u32) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn number(color: Color) -> Option<u32> {
    match color {
        Color::Rgb(red, green, blue) => Some(u32::from_be_bytes([0, red, green, blue])),
        known => {
            let mut all = XTERM.iter();
            all.find(|(color, _)| *color == known)
                .map(|(_, number)| *number)
        }
    }
}

#[test]
fn every_pair_has_enough_contrast() {
    let grounds = [Ground::Base, Ground::Bar, Ground::Selected, Ground::Overlay];
    for theme in Theme::ALL {
        for role in Role::ALL {
            for ground in grounds {
                let style = theme.style(role, ground);
                let (Some(text), Some(below)) = (style.fg, style.bg) else {
                    let is_left = style.fg.is_none() && style.bg.is_none();
                    assert!(is_left, "{theme:?} {role:?}: one color without the other");
                    continue;
                };
                let known = (number(text), number(below));
                let (Some(text), Some(below)) = known else {
                    panic!("{theme:?} {role:?}: a color of which nothing is known");
                };
                let contrast = contrast(text, below);
                assert!(
                    contrast >= LEAST,
                    "{theme:?} {role:?} {ground:?}: {contrast:.2}"
                );
            }
        }
    }
}

#[test]
fn without_color_nothing_has_one() {
    for role in Role::ALL {
        let style = Theme::Plain.style(role, Ground::Selected);
        assert_eq!((style.fg, style.bg), (None, None));
    }
}

#[test]
fn themes_have_names() {
    for theme in Theme::ALL.into_iter().chain([Theme::Plain]) {
        assert_eq!(Theme::parse(theme.name()), Some(theme));
    }
    assert_eq!(Theme::parse("blue"), None);
}
