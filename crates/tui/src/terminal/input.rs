//! What the terminal tells, as messages.

use std::io;
use std::time::Duration;

use crossterm::event::{
    Event, KeyCode, KeyEvent, KeyEventKind, KeyModifiers, MouseButton, MouseEventKind, poll, read,
};

use crate::keys::{Code, Press};
use crate::message::Message;

/// All that the terminal has to tell now.
///
/// # Errors
/// When the terminal is gone.
pub(crate) fn messages() -> io::Result<Vec<Message>> {
    let mut all = Vec::new();
    while poll(Duration::ZERO)? {
        all.extend(message(read()?));
    }
    Ok(all)
}

fn message(event: Event) -> Option<Message> {
    match event {
        Event::Key(key) if key.kind != KeyEventKind::Release => press(key).map(Message::Pressed),
        Event::Paste(text) => Some(Message::Pasted(text)),
        Event::Resize(columns, lines) => Some(Message::Resized(columns, lines)),
        Event::Mouse(mouse) => match mouse.kind {
            MouseEventKind::Down(MouseButton::Left) => {
                Some(Message::Clicked(mouse.column, mouse.row))
            }
            MouseEventKind::ScrollDown => Some(Message::Scrolled(1)),
            MouseEventKind::ScrollUp => Some(Message::Scrolled(-1)),
            _ => None,
        },
        _ => None,
    }
}

fn press(key: KeyEvent) -> Option<Press> {
    let code = match key.code {
        KeyCode::Char(letter) => Code::Char(letter),
        KeyCode::Enter => Code::Enter,
        KeyCode::Esc => Code::Esc,
        KeyCode::Tab if key.modifiers.contains(KeyModifiers::SHIFT) => Code::BackTab,
        KeyCode::Tab => Code::Tab,
        KeyCode::BackTab => Code::BackTab,
        KeyCode::Backspace => Code::Backspace,
        KeyCode::Delete => Code::Delete,
        KeyCode::Up => Code::Up,
        KeyCode::Down => Code::Down,
        KeyCode::Left => Code::Left,
        KeyCode::Right => Code::Right,
        KeyCode::Home => Code::Home,
        KeyCode::End => Code::End,
        KeyCode::PageUp => Code::PageUp,
        KeyCode::PageDown => Code::PageDown,
        KeyCode::F(number) => Code::Function(number),
        _ => return None,
    };
    Some(Press {
        code,
        has_control: key.modifiers.contains(KeyModifiers::CONTROL),
        has_alt: key.modifiers.contains(KeyModifiers::ALT),
    })
}
