//! The terminal: it is taken over, drawn on, and given back whatever happens.

mod ground;
mod input;
#[cfg_attr(not(unix), path = "waiting_elsewhere.rs")]
mod waiting;

use std::io::{self, Stdout, Write as _, stdout};
use std::panic;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use crossterm::event::{
    DisableBracketedPaste, DisableMouseCapture, EnableBracketedPaste, EnableMouseCapture,
};
use crossterm::execute;
use crossterm::terminal::{
    EnterAlternateScreen, LeaveAlternateScreen, disable_raw_mode, enable_raw_mode,
};
use ratatui::Terminal;
use ratatui::backend::CrosstermBackend;

use crate::draw::view;
use crate::log::Log;
use crate::state::State;

pub(crate) use ground::{Answer, QUESTION};
pub(crate) use input::messages;
pub(crate) use waiting::{Signal, Waiting};

/// Whether the terminal is taken over now.
static IS_TAKEN: AtomicBool = AtomicBool::new(false);

/// The terminal, taken over until this is dropped.
pub(crate) struct Screen {
    terminal: Terminal<CrosstermBackend<Stdout>>,
    has_mouse: bool,
}

impl Screen {
    /// Takes the terminal over.
    ///
    /// # Errors
    /// When the terminal refuses.
    pub(crate) fn open(has_mouse: bool) -> io::Result<Self> {
        take(has_mouse)?;
        Ok(Self {
            terminal: Terminal::new(CrosstermBackend::new(stdout()))?,
            has_mouse,
        })
    }

    /// Draws the state.
    ///
    /// # Errors
    /// When the terminal refuses.
    pub(crate) fn draw(&mut self, state: &State) -> io::Result<()> {
        self.terminal.draw(|frame| view(state, frame))?;
        Ok(())
    }

    /// Uses the mouse, or leaves it to the terminal.
    ///
    /// # Errors
    /// When the terminal refuses.
    pub(crate) fn use_mouse(&mut self, has_mouse: bool) -> io::Result<()> {
        self.has_mouse = has_mouse;
        match has_mouse {
            true => execute!(stdout(), EnableMouseCapture),
            false => execute!(stdout(), DisableMouseCapture),
        }
    }

    /// Draws everything anew the next time.
    ///
    /// # Errors
    /// When the terminal refuses.
    pub(crate) fn forget(&mut self) -> io::Result<()> {
        self.terminal.clear()
    }

    /// Writes a sequence that is no text.
    ///
    /// # Errors
    /// When the terminal refuses.
    pub(crate) fn send(&mut self, sequence: &str) -> io::Result<()> {
        let mut out = stdout();
        out.write_all(sequence.as_bytes())?;
        out.flush()
    }

    /// Gives the terminal back while something else uses it.
    ///
    /// # Errors
    /// When the terminal refuses.
    pub(crate) fn lend<T>(&mut self, work: impl FnOnce() -> T) -> io::Result<T> {
        give_back();
        let done = work();
        take(self.has_mouse)?;
        self.terminal.clear()?;
        Ok(done)
    }
}

impl Drop for Screen {
    fn drop(&mut self) {
        give_back();
    }
}

fn take(has_mouse: bool) -> io::Result<()> {
    IS_TAKEN.store(true, Ordering::SeqCst);
    enable_raw_mode()?;
    execute!(stdout(), EnterAlternateScreen, EnableBracketedPaste)?;
    match has_mouse {
        true => execute!(stdout(), EnableMouseCapture),
        false => Ok(()),
    }
}

/// Gives the terminal back as it was.
pub(crate) fn give_back() {
    if IS_TAKEN.swap(false, Ordering::SeqCst) {
        // Each is tried whether or not those before it could be done.
        let _ = execute!(stdout(), DisableMouseCapture, DisableBracketedPaste);
        let _ = execute!(stdout(), LeaveAlternateScreen, crossterm::cursor::Show);
        let _ = disable_raw_mode();
    }
}

/// From now on a fault gives the terminal back before it is told; one of another thread is only noted.
pub(crate) fn give_back_on_faults(log: Log) {
    let main = thread::current().id();
    let usual = panic::take_hook();
    panic::set_hook(Box::new(move |fault| {
        log.add(&format!("a fault of this program: {fault}"));
        if thread::current().id() == main {
            give_back();
            usual(fault);
        }
    }));
}
