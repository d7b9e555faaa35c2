//! The program: what happens goes to the state, and what the state wants is done.

use std::io::{IsTerminal as _, stdin, stdout};
use std::path::PathBuf;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::{Duration, Instant};

use analysis::Preferences;

use crate::clipboard::Clipboard;
use crate::editor::Opening;
use crate::error::Error;
use crate::glyphs::{ASCII, UNICODE};
use crate::keys::Bindings;
use crate::log::Log;
use crate::message::{Effect, Message, Tone};
use crate::state::{Settings, State};
use crate::terminal::{
    Answer, QUESTION, Screen, Signal, Waiting, give_back, give_back_on_faults, messages,
};
use crate::theme::Theme;
use crate::worker::{Job, Target, Teller, start};

/// How long the first frame waits for the terminal to tell its ground. Whatever is told later changes the colors then.
const PATIENCE: Duration = Duration::from_millis(100);

/// What is shown, and what the surroundings of the program say.
#[derive(Debug)]
pub struct Call {
    /// What is scanned.
    pub options: analysis::Options,
    /// The cluster that is read and followed.
    pub cluster: Option<cluster::Options>,
    /// What is looked at, for people.
    pub label: String,
    /// The theme where the user prefers none.
    pub theme: Theme,
    /// Whether the terminal is asked for its ground, which then decides between dark and light.
    pub asks_ground: bool,
    /// Whether only signs of ASCII are drawn where the user says nothing else.
    pub is_ascii: bool,
    /// What the user prefers.
    pub preferences: Preferences,
    /// The command of the user's editor.
    pub editor: Option<String>,
    /// Whether tmux stands between the program and the terminal.
    pub is_tmux: bool,
    /// The folder for the log and for what is copied.
    pub folder: Option<PathBuf>,
}

/// Shows the screen until the user leaves.
///
/// # Errors
/// When there is no terminal, or it refuses, or what the user prefers can't be followed.
pub fn run(call: Call) -> Result<(), Error> {
    if !stdin().is_terminal() || !stdout().is_terminal() {
        return Err(Error::NoTerminal);
    }
    let settings = settings(&call)?;
    let log = Log::new(call.folder.as_ref().map(|folder| folder.join("tui.log")));
    give_back_on_faults(log.clone());
    let waiting = Waiting::new()?;
    let (sender, inbox) = channel();
    let teller = Teller::new(sender, waiting.waker(), log);
    let directory = call.options.directory.clone();
    let asks_ground = call.asks_ground && call.preferences.theme.is_none();
    let screen = Screen::open(settings.has_mouse)?;
    let size = crossterm::terminal::size()?;
    let target = Target {
        options: call.options,
        cluster: call.cluster,
    };
    let jobs = start(target, teller);
    let mut program = Program {
        state: State::new(settings, size),
        screen,
        waiting,
        inbox,
        jobs,
        clipboard: Clipboard {
            is_tmux: call.is_tmux,
            file: call.folder.map(|folder| folder.join("copied.txt")),
        },
        editor: call.editor,
        directory,
        answer: Answer::default(),
        start: Instant::now(),
    };
    if asks_ground && program.ask_ground()? {
        return Ok(());
    }
    program.run()
}

fn settings(call: &Call) -> Result<Settings, Error> {
    let preferences = &call.preferences;
    let keys = preferences.keys.iter();
    let keys = keys
        .map(|(name, keys)| (name.clone(), keys.all()))
        .collect();
    let theme = match &preferences.theme {
        // Who wants no color has said so for all programs.
        Some(name) if call.theme != Theme::Plain => Theme::parse(name)
            .ok_or_else(|| Error::Preferences(format!("there is no theme `{name}`")))?,
        _ => call.theme,
    };
    let is_ascii = preferences.ascii.unwrap_or(call.is_ascii);
    Ok(Settings {
        theme,
        glyphs: if is_ascii { ASCII } else { UNICODE },
        bindings: Bindings::new(&keys).map_err(Error::Preferences)?,
        has_mouse: preferences.mouse,
        label: call.label.clone(),
    })
}

struct Program {
    state: State,
    screen: Screen,
    waiting: Waiting,
    inbox: Receiver<Message>,
    jobs: Sender<Job>,
    clipboard: Clipboard,
    editor: Option<String>,
    directory: PathBuf,
    answer: Answer,
    start: Instant,
}

impl Program {
    fn run(&mut self) -> Result<(), Error> {
        loop {
            self.screen.draw(&self.state)?;
            let now = self.now();
            let wakes = self
                .state
                .wakes()
                .map(|at| Duration::from_millis(at.saturating_sub(now)));
            self.waiting.wait(wakes)?;
            match self.waiting.signal() {
                Some(Signal::Gone) => return Ok(()),
                Some(Signal::End(signal)) => {
                    give_back();
                    Waiting::end(signal);
                    return Ok(());
                }
                Some(Signal::Stop) => self.screen.lend(Waiting::stop)?,
                None => {}
            }
            if self.hear()? {
                return Ok(());
            }
        }
    }

    /// Asks the terminal for its ground, and waits a little for the answer. Returns whether the user leaves.
    fn ask_ground(&mut self) -> Result<bool, Error> {
        self.screen.send(QUESTION)?;
        let before = self.state.settings.theme;
        while self.state.settings.theme == before && self.start.elapsed() < PATIENCE {
            let left = PATIENCE.saturating_sub(self.start.elapsed());
            self.waiting.wait(Some(left))?;
            if self.hear()? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Takes all that happened. Returns whether the user leaves.
    fn hear(&mut self) -> Result<bool, Error> {
        let mut all = self.answer.take_out(messages()?);
        if let Some(theme) = self.answer.theme() {
            self.state.settings.theme = theme;
        }
        all.extend(self.inbox.try_iter());
        all.extend(self.resized()?);
        all.push(Message::Passed);
        for message in all {
            if self.take(message)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// The time in milliseconds since the beginning.
    fn now(&self) -> u64 {
        u64::try_from(self.start.elapsed().as_millis()).unwrap_or(u64::MAX)
    }

    fn resized(&self) -> Result<Option<Message>, Error> {
        let (columns, lines) = crossterm::terminal::size()?;
        let is_same = self.state.size == (columns, lines);
        Ok((!is_same).then_some(Message::Resized(columns, lines)))
    }

    /// Takes a message, and does what follows. Returns whether the user leaves.
    fn take(&mut self, message: Message) -> Result<bool, Error> {
        let now = self.now();
        for effect in self.state.update(message, now) {
            match effect {
                Effect::Quit => return Ok(true),
                Effect::Ask(question) => {
                    if self.jobs.send(Job::Ask(question)).is_err() {
                        self.tell("the analysis is over: see why in the header");
                    }
                }
                Effect::Copy(text) => {
                    let (sequence, told) = self.clipboard.copy(&text);
                    sequence.map_or(Ok(()), |sequence| self.screen.send(&sequence))?;
                    self.state.update(told, now);
                }
                Effect::Edit { path, line, column } => self.edit(&path, line, column)?,
                Effect::Mouse(has_mouse) => self.screen.use_mouse(has_mouse)?,
                Effect::Redraw => self.screen.forget()?,
                Effect::Suspend => self.screen.lend(Waiting::stop)?,
            }
        }
        Ok(false)
    }

    fn tell(&mut self, text: &str) {
        let now = self.now();
        self.state
            .update(Message::Told(Tone::Bad, text.to_owned()), now);
    }

    /// Opens the editor, and looks at the files again when it ends.
    fn edit(&mut self, path: &std::path::Path, line: u32, column: u32) -> Result<(), Error> {
        let path = self.directory.join(path);
        let path = path.strip_prefix(".").map(PathBuf::from).unwrap_or(path);
        let editor = self.editor.as_deref().unwrap_or("vi");
        let Some(opening) = Opening::of(editor, &path, line, column) else {
            self.tell("$VISUAL and $EDITOR are empty");
            return Ok(());
        };
        if let Err(why) = self.screen.lend(|| opening.run())? {
            self.tell(&why);
        }
        // Where the thread is gone the header says so.
        let _ = self.jobs.send(Job::Scan);
        Ok(())
    }
}
