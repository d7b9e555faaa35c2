//! What lies over the page: a line that is typed, the palette, a change that is looked at before it is made.

use analysis::query::{Completion, completions};

use super::commands;
use super::{Input, Palette, State};
use crate::keys::{Action, Code, Press};
use crate::message::{Ask, Effect, Preview, Suppressing, Tone};

/// What lies over the page.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) enum Overlay {
    #[default]
    None,
    Prompt(Prompt),
    Palette(Palette),
    /// A change, and the first of its lines that is shown.
    Preview(Preview, usize),
    Suppress(SuppressForm),
}

/// What a line is typed for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum PromptKind {
    Filter,
    Command,
}

/// A line that is typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Prompt {
    pub(crate) kind: PromptKind,
    pub(crate) input: Input,
    /// What stood there before.
    before: String,
    pub(crate) completions: Vec<Completion>,
    /// The completion that is taken next, or was taken last.
    pub(crate) chosen: Option<usize>,
}

impl Prompt {
    pub(crate) fn new(kind: PromptKind, text: &str) -> Self {
        Self {
            kind,
            input: Input::new(text),
            before: text.to_owned(),
            completions: Vec::new(),
            chosen: None,
        }
    }
}

/// Why a finding is suppressed, and until when.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct SuppressForm {
    pub(crate) reason: Input,
    pub(crate) until: Input,
    /// Whether the second line is typed.
    pub(crate) is_until: bool,
    pub(crate) error: Option<String>,
}

impl State {
    /// Gives a key to what lies over the page. Nothing where nothing lies there.
    pub(super) fn press_overlay(&mut self, press: Press) -> Option<Vec<Effect>> {
        let overlay = std::mem::take(&mut self.overlay);
        let is_cancel = press.code == Code::Esc || press == control('c');
        match overlay {
            Overlay::None => None,
            Overlay::Prompt(prompt) => Some(match is_cancel {
                true => self.cancel(&prompt),
                false => self.press_prompt(prompt, press),
            }),
            _ if is_cancel => Some(Vec::new()),
            Overlay::Palette(palette) => Some(self.press_palette(palette, press)),
            Overlay::Preview(preview, first) => Some(self.press_preview(preview, first, press)),
            Overlay::Suppress(form) => Some(self.press_suppress(form, press)),
        }
    }

    /// A text was pasted.
    pub(super) fn paste(&mut self, text: &str) -> Vec<Effect> {
        match &mut self.overlay {
            Overlay::Prompt(prompt) => prompt.input.insert(text),
            Overlay::Palette(palette) => palette.input.insert(text),
            Overlay::Suppress(form) if form.is_until => form.until.insert(text),
            Overlay::Suppress(form) => form.reason.insert(text),
            Overlay::None | Overlay::Preview(..) => return Vec::new(),
        }
        match std::mem::take(&mut self.overlay) {
            Overlay::Prompt(prompt) => self.typed(prompt),
            Overlay::Palette(mut palette) => {
                palette.search(self);
                self.overlay = Overlay::Palette(palette);
            }
            other => self.overlay = other,
        }
        Vec::new()
    }

    fn cancel(&mut self, prompt: &Prompt) -> Vec<Effect> {
        if prompt.kind == PromptKind::Filter {
            let here = self.here();
            self.page.set_filter(&prompt.before);
            self.rebuild_around(here);
        }
        Vec::new()
    }

    fn press_prompt(&mut self, mut prompt: Prompt, press: Press) -> Vec<Effect> {
        match press.code {
            Code::Enter => return self.enter(prompt),
            Code::Tab | Code::Down => complete(&mut prompt, 1),
            Code::BackTab | Code::Up => complete(&mut prompt, -1),
            Code::Backspace if prompt.input.text.is_empty() => return self.cancel(&prompt),
            _ => {
                if prompt.input.press(press) {
                    self.typed(prompt);
                    return Vec::new();
                }
            }
        }
        self.apply(&prompt);
        self.overlay = Overlay::Prompt(prompt);
        Vec::new()
    }

    /// The line was changed by hand.
    fn typed(&mut self, prompt: Prompt) {
        self.apply(&prompt);
        self.overlay = Overlay::Prompt(self.completed(prompt));
    }

    /// Filters by what is typed so far.
    fn apply(&mut self, prompt: &Prompt) {
        if prompt.kind == PromptKind::Filter && self.page.filter != prompt.input.text {
            let here = self.here();
            self.page.set_filter(&prompt.input.text);
            if self.page.error.is_none() {
                self.rebuild_around(here);
            }
        }
    }

    fn enter(&mut self, prompt: Prompt) -> Vec<Effect> {
        match prompt.kind {
            PromptKind::Filter => {
                self.apply(&prompt);
                if self.page.error.is_some() {
                    self.overlay = Overlay::Prompt(prompt);
                }
                Vec::new()
            }
            PromptKind::Command => self.command(&prompt.input.text),
        }
    }

    /// The line with what it can go on with.
    pub(super) fn completed(&self, mut prompt: Prompt) -> Prompt {
        let Prompt { input, .. } = &prompt;
        let vocabulary = self.picture.as_ref().map(|picture| &picture.vocabulary);
        prompt.completions = match (prompt.kind, vocabulary) {
            (PromptKind::Command, _) => commands::completions(self, &input.text),
            (PromptKind::Filter, Some(vocabulary)) if self.page.has_query() => {
                completions(&input.text, input.cursor, vocabulary)
            }
            _ => Vec::new(),
        };
        prompt.chosen = None;
        prompt
    }

    fn press_palette(&mut self, mut palette: Palette, press: Press) -> Vec<Effect> {
        let lines = palette.found.len();
        match (press.code, press.has_control) {
            (Code::Enter, _) => {
                let action = palette.found.get(palette.list.cursor).copied();
                return action.map_or_else(Vec::new, |action| self.act(action));
            }
            (Code::Down, _) | (Code::Char('n'), true) => palette.list.step(1, lines),
            (Code::Up, _) | (Code::Char('p'), true) => palette.list.step(-1, lines),
            (Code::PageDown, _) => palette.list.step(10, lines),
            (Code::PageUp, _) => palette.list.step(-10, lines),
            _ => {
                if palette.input.press(press) {
                    palette.search(self);
                }
            }
        }
        self.overlay = Overlay::Palette(palette);
        Vec::new()
    }

    fn press_preview(&mut self, preview: Preview, first: usize, press: Press) -> Vec<Effect> {
        let last = preview.diff.len().saturating_sub(1);
        let page = usize::from(self.size.1 / 2);
        let first = match self.settings.bindings.action(press) {
            _ if matches!(press.code, Code::Enter | Code::Char('y')) => {
                self.tell(Tone::Plain, "writing …");
                return self.ask(Ask::Write(preview.changes, preview.title));
            }
            _ if matches!(press.code, Code::Char('n' | 'q')) => return Vec::new(),
            Some(Action::Down) => first.saturating_add(1),
            Some(Action::Up) => first.saturating_sub(1),
            Some(Action::HalfPageDown | Action::PageDown) => first.saturating_add(page),
            Some(Action::HalfPageUp | Action::PageUp) => first.saturating_sub(page),
            _ => first,
        };
        self.overlay = Overlay::Preview(preview, first.min(last));
        Vec::new()
    }

    fn press_suppress(&mut self, mut form: SuppressForm, press: Press) -> Vec<Effect> {
        match press.code {
            Code::Tab | Code::BackTab | Code::Down | Code::Up => form.is_until = !form.is_until,
            Code::Enter
                if !form.is_until
                    && form.until.text.is_empty()
                    && !form.reason.text.trim().is_empty() =>
            {
                form.is_until = true;
            }
            Code::Enter => return self.suppress(form),
            _ => {
                form.error = None;
                let input = if form.is_until {
                    &mut form.until
                } else {
                    &mut form.reason
                };
                input.press(press);
            }
        }
        self.overlay = Overlay::Suppress(form);
        Vec::new()
    }

    fn suppress(&mut self, mut form: SuppressForm) -> Vec<Effect> {
        let until = form.until.text.trim().to_owned();
        let date: Result<jiff::civil::Date, _> = until.parse();
        let error = match () {
            () if form.reason.text.trim().is_empty() => {
                Some("a suppression without a reason hides nothing")
            }
            () if !until.is_empty() && (date.is_err() || until.len() != 10) => {
                Some("the last day is written as 2027-01-31, or left out")
            }
            () => None,
        };
        if let Some(error) = error {
            form.error = Some(error.to_owned());
            self.overlay = Overlay::Suppress(form);
            return Vec::new();
        }
        let findings = self.chosen();
        self.tell(Tone::Plain, "the suppression is prepared …");
        self.ask(Ask::Suppress(Suppressing {
            findings,
            reason: form.reason.text.trim().to_owned(),
            until: (!until.is_empty()).then_some(until),
        }))
    }
}

fn control(letter: char) -> Press {
    Press {
        has_control: true,
        ..Press::plain(Code::Char(letter))
    }
}

/// Takes the next completion, or the one before.
fn complete(prompt: &mut Prompt, by: isize) {
    let number = prompt.completions.len();
    if number == 0 {
        return;
    }
    let next = match prompt.chosen {
        None if by > 0 => 0,
        None => number - 1,
        Some(chosen) => (chosen + number).saturating_add_signed(by) % number,
    };
    // The one that was taken last stands where it was put.
    let completion = prompt.completions[next].clone();
    let end = match prompt.chosen {
        Some(chosen) => completion.at.start + prompt.completions[chosen].text.len(),
        None => completion.at.end,
    };
    prompt
        .input
        .replace(completion.at.start..end, &completion.text);
    prompt.chosen = Some(next);
}
