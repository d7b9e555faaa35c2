//! What is drawn at four sizes and in three themes, with its styles.
//!
//! `UPDATE_EXPECT=1 cargo test -p tui screens` writes the files anew; look at them before they are taken.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use expect_test::expect_file;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use ratatui::buffer::Buffer;
use ratatui::style::{Color, Modifier, Style};

use crate::draw::view;
use crate::message::Message;
use crate::state::tests::{Driver, SHOP};
use crate::theme::Theme;

const SIZES: [(u16, u16); 4] = [(40, 12), (80, 24), (120, 40), (200, 60)];

/// What is pressed before the screen is drawn, by what is shown then.
const VIEWS: [(&str, &str); 9] = [
    ("findings", ""),
    ("why", "enter"),
    ("posture", "1"),
    ("resources", "3"),
    ("resource", "3 j j j j enter"),
    ("privileges", "4"),
    ("coverage", "5"),
    ("palette", "?"),
    ("fix", "f"),
];

#[test]
fn screens_look_as_they_did() {
    for size in SIZES {
        for theme in Theme::ALL {
            let mut text = String::new();
            let most = if theme == Theme::Dark { VIEWS.len() } else { 2 };
            for (name, keys) in &VIEWS[..most] {
                let mut driver = Driver::new(&[("shop.yaml", SHOP)], size);
                driver.state.settings.theme = theme;
                driver.keys(keys);
                driver.pass(60_000);
                hide_time(&mut driver);
                let _ = writeln!(text, "── {name} ──");
                text.push_str(&told(&buffer(&driver)));
            }
            let file = format!("screens/{}x{}-{}.txt", size.0, size.1, theme.name());
            expect_file![file].assert_eq(&text);
        }
    }
}

#[test]
fn without_unicode_only_ascii_is_drawn() {
    for (name, keys) in VIEWS {
        let mut driver = Driver::new(&[("shop.yaml", SHOP)], (120, 40));
        driver.state.settings.glyphs = crate::glyphs::ASCII;
        driver.send(Message::Resized(120, 40));
        driver.keys(keys);
        let screen = driver.screen();
        let other: String = screen.chars().filter(|letter| !letter.is_ascii()).collect();
        assert_eq!(other, "", "{name}:\n{screen}");
    }
}

/// The time of the analysis is another each time.
fn hide_time(driver: &mut Driver) {
    if let Some(picture) = driver
        .state
        .picture
        .as_mut()
        .and_then(std::sync::Arc::get_mut)
    {
        picture.time = 0;
    } else if let Some(picture) = driver.state.picture.clone() {
        let same = crate::picture::Picture::new(
            picture.revision,
            picture.report.clone(),
            picture.survey.clone(),
            0,
        );
        driver.state.picture = Some(std::sync::Arc::new(same));
    }
}

fn buffer(driver: &Driver) -> Buffer {
    let (columns, lines) = driver.state.size;
    let mut terminal = Terminal::new(TestBackend::new(columns, lines)).expect("memory takes it");
    let drawn = terminal.draw(|frame| view(&driver.state, frame));
    drawn.expect("memory takes it").buffer.clone()
}

/// The text of a screen, then its styles: a letter for each, and what each is.
fn told(buffer: &Buffer) -> String {
    let width = usize::from(buffer.area.width);
    let mut letters: BTreeMap<String, char> = BTreeMap::new();
    let (mut text, mut styles) = (String::new(), String::new());
    for row in buffer.content.chunks(width) {
        let symbols: String = row.iter().map(ratatui::buffer::Cell::symbol).collect();
        let _ = writeln!(text, "{}", symbols.trim_end());
        let mut runs: Vec<(char, usize)> = Vec::new();
        for cell in row {
            let next = (b'a' + u8::try_from(letters.len()).unwrap_or(0)) as char;
            let letter = *letters.entry(style(cell.style())).or_insert(next);
            match runs.last_mut() {
                Some((last, length)) if *last == letter => *length += 1,
                _ => runs.push((letter, 1)),
            }
        }
        let runs: Vec<String> = runs
            .iter()
            .map(|(letter, length)| format!("{letter}{length}"))
            .collect();
        let _ = writeln!(styles, "{}", runs.join(" "));
    }
    let mut legend: Vec<(&char, &String)> = letters
        .iter()
        .map(|(style, letter)| (letter, style))
        .collect();
    legend.sort();
    for (letter, style) in legend {
        let _ = writeln!(styles, "{letter}: {style}");
    }
    format!("{text}\n{styles}\n")
}

fn style(style: Style) -> String {
    let color = |color: Option<Color>| match color {
        None | Some(Color::Reset) => "own".to_owned(),
        Some(color) => color.to_string(),
    };
    let names = [
        (Modifier::BOLD, " bold"),
        (Modifier::UNDERLINED, " underlined"),
        (Modifier::REVERSED, " reversed"),
    ];
    let modifiers = names
        .iter()
        .filter(|(one, _)| style.add_modifier.contains(*one));
    let modifiers: String = modifiers.map(|(_, name)| *name).collect();
    format!("{} on {}{modifiers}", color(style.fg), color(style.bg))
}
