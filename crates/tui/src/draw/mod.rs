//! The state drawn on a screen: a function of the state alone.

mod bars;
mod overlays;
mod page;
#[cfg(test)]
mod tests;

use ratatui::Frame;
use ratatui::buffer::Buffer;
use ratatui::layout::Rect;

use crate::state::{Overlay, State};
use crate::text::{Role, Row};
use crate::theme::{Ground, Theme};

/// Draws the state.
pub(crate) fn view(state: &State, frame: &mut Frame<'_>) {
    let area = frame.area();
    let mut canvas = Canvas {
        buffer: frame.buffer_mut(),
        theme: state.settings.theme,
        more: state.settings.glyphs.more,
    };
    canvas.fill(area, Ground::Base);
    if area.width == 0 || area.height == 0 {
        return;
    }
    bars::header(state, &mut canvas);
    bars::trail(state, &mut canvas);
    page::draw(state, &mut canvas);
    let mut cursor = bars::status(state, &mut canvas);
    match &state.overlay {
        Overlay::None => {}
        Overlay::Prompt(prompt) => overlays::completions(state, prompt, &mut canvas),
        Overlay::Palette(palette) => cursor = overlays::palette(state, palette, &mut canvas),
        Overlay::Preview(preview, first) => overlays::preview(state, preview, *first, &mut canvas),
        Overlay::Suppress(form) => cursor = overlays::suppress(state, form, &mut canvas),
    }
    if let Some((x, y)) = cursor.filter(|(x, y)| area.contains((*x, *y).into())) {
        frame.set_cursor_position((x, y));
    }
}

/// Where the cursor of the terminal stands, if it is shown.
type Cursor = Option<(u16, u16)>;

/// What is drawn on.
struct Canvas<'a> {
    buffer: &'a mut Buffer,
    theme: Theme,
    more: &'static str,
}

impl Canvas<'_> {
    /// Fills a part of the screen with blanks.
    fn fill(&mut self, area: Rect, ground: Ground) {
        let area = area.intersection(self.buffer.area);
        let style = self.theme.style(Role::Text, ground);
        for y in area.top()..area.bottom() {
            for x in area.left()..area.right() {
                let cell = &mut self.buffer[(x, y)];
                cell.reset();
                cell.set_symbol(" ");
                cell.set_style(style);
            }
        }
    }

    /// Draws a line at the top of an area, cut to its width.
    fn row(&mut self, area: Rect, row: &Row, ground: Ground) {
        let area = area.intersection(self.buffer.area);
        if area.width == 0 || area.height == 0 {
            return;
        }
        let row = row.clone().cut(usize::from(area.width), self.more);
        let mut x = area.x;
        for piece in &row.0 {
            let style = self.theme.style(piece.role, ground);
            let room = usize::from(area.right().saturating_sub(x));
            let (next, _) = self.buffer.set_stringn(x, area.y, &piece.text, room, style);
            x = next;
        }
    }

    /// Draws a line on a ground that fills the area.
    fn line(&mut self, area: Rect, row: &Row, ground: Ground) {
        self.fill(
            Rect {
                height: 1.min(area.height),
                ..area
            },
            ground,
        );
        self.row(area, row, ground);
    }

    /// Draws lines below each other.
    fn rows<'r>(&mut self, area: Rect, rows: impl Iterator<Item = &'r Row>, ground: Ground) {
        for (y, row) in (area.top()..area.bottom()).zip(rows) {
            self.row(
                Rect {
                    y,
                    height: 1,
                    ..area
                },
                row,
                ground,
            );
        }
    }
}
