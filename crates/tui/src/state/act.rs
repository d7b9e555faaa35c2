//! What actions do.

use super::{Overlay, Palette, Prompt, PromptKind, State, SuppressForm, View};
use crate::keys::Action;
use crate::message::{Ask, Effect, Question, Tone, edit};

impl State {
    /// Does what an action does, or says why it can't.
    pub(crate) fn act(&mut self, action: Action) -> Vec<Effect> {
        if let Some(reason) = self.disabled(action) {
            self.tell(Tone::Bad, format!("{}: {reason}", action.entry().name));
            return Vec::new();
        }
        if self.moves(action) || self.shows(action) {
            return Vec::new();
        }
        match action {
            Action::Follow => self.follow(),
            Action::Quit => vec![Effect::Quit],
            Action::Suspend => vec![Effect::Suspend],
            Action::Redraw => vec![Effect::Redraw],
            Action::Mouse => {
                self.has_mouse = !self.has_mouse;
                let text = match self.has_mouse {
                    true => "the mouse works here; the terminal selects no text now",
                    false => "the mouse is the terminal's again",
                };
                self.tell(Tone::Plain, text);
                vec![Effect::Mouse(self.has_mouse)]
            }
            Action::Edit => self.edit(),
            Action::Fix => {
                let chosen = self.chosen();
                self.tell(Tone::Plain, "the fix is proven …");
                self.ask(Ask::Fix(chosen))
            }
            Action::Undo => self.undo(),
            Action::Rescan => {
                self.tell(Tone::Plain, "scanning again …");
                self.ask(Ask::Rescan)
            }
            Action::Yank => self.yank_text(),
            Action::YankJson => self.yank_json(),
            Action::YankCommand => self.yank_command(),
            _ => Vec::new(),
        }
    }

    /// The actions that move within or between pages. Returns whether this is one.
    fn moves(&mut self, action: Action) -> bool {
        let page = self.page_height();
        match action {
            Action::Down => self.step(1),
            Action::Up => self.step(-1),
            Action::HalfPageDown => self.step((page / 2).max(1)),
            Action::HalfPageUp => self.step(-(page / 2).max(1)),
            Action::PageDown => self.step(page),
            Action::PageUp => self.step(-page),
            Action::Top => self.step(isize::MIN),
            Action::Bottom => self.step(isize::MAX),
            Action::Left => self.left(),
            Action::Back => self.escape(),
            Action::HistoryBack => {
                self.go_back();
            }
            Action::HistoryForward => {
                self.go_forward();
            }
            Action::NextView => self.next_view(1),
            Action::PreviousView => self.next_view(View::TOP.len() - 1),
            Action::Posture => self.open(View::Posture),
            Action::Findings => self.open(View::Findings),
            Action::Resources => self.open(View::Resources),
            Action::Privileges => self.open(View::Privileges),
            Action::Coverage => self.open(View::Coverage),
            Action::Problems => self.open(View::Problems),
            _ => return false,
        }
        true
    }

    /// The actions that change what is shown. Returns whether this is one.
    fn shows(&mut self, action: Action) -> bool {
        match action {
            Action::Why => self.open_of_finding(|finding| View::Why(finding.fingerprint.clone())),
            Action::Explain => {
                self.open_of_finding(|finding| View::Check(finding.check.id.clone()));
            }
            Action::Describe => {
                let link = self.resource_here().and_then(|index| self.link_to(index));
                link.into_iter().for_each(|link| self.go(link));
            }
            Action::Filter => {
                let prompt = Prompt::new(PromptKind::Filter, &self.page.filter);
                self.overlay = Overlay::Prompt(self.completed(prompt));
            }
            Action::Command => {
                let prompt = Prompt::new(PromptKind::Command, "");
                self.overlay = Overlay::Prompt(self.completed(prompt));
            }
            Action::Palette => self.overlay = Overlay::Palette(Palette::new(self)),
            Action::Sort => self.sort(),
            Action::Pane => self.has_pane = !self.has_pane,
            Action::PaneDown => self.pane = self.pane.saturating_add(3).min(self.pane_end()),
            Action::PaneUp => self.pane = self.pane.saturating_sub(3),
            Action::Mark => self.mark(),
            Action::Unmark => self.marks.clear(),
            Action::Suppress => self.overlay = Overlay::Suppress(SuppressForm::default()),
            Action::Theme => {
                self.settings.theme = self.settings.theme.next();
                self.tell(Tone::Plain, format!("theme {}", self.settings.theme.name()));
            }
            _ => return false,
        }
        true
    }

    fn open_of_finding(&mut self, view: impl Fn(&analysis::Finding) -> View) {
        let view = self.finding().map(|(_, item)| view(item.finding));
        view.into_iter().for_each(|view| self.open(view));
    }

    fn sort(&mut self) {
        let here = self.here();
        self.sort = self.sort.next();
        self.rebuild_around(here);
        self.tell(Tone::Plain, format!("sorted by {}", self.sort.name()));
    }

    /// The last line that the text beside the list can begin with.
    fn pane_end(&self) -> usize {
        let Some(pane) = self.areas().pane else {
            return 0;
        };
        let rows = self.pane_rows(usize::from(pane.width.saturating_sub(1)));
        rows.len().saturating_sub(usize::from(pane.height))
    }

    fn mark(&mut self) {
        let Some((_, item)) = self.finding() else {
            return;
        };
        let fingerprint = item.finding.fingerprint.clone();
        if !self.marks.remove(&fingerprint) {
            self.marks.insert(fingerprint);
        }
        self.step(1);
    }

    /// Asks the analysis.
    pub(super) fn ask(&self, ask: Ask) -> Vec<Effect> {
        let revision = self.picture.as_ref().map_or(0, |picture| picture.revision);
        vec![Effect::Ask(Question { revision, ask })]
    }

    fn edit(&mut self) -> Vec<Effect> {
        let picture = self.picture.as_ref().zip(self.span_here());
        let effect = picture.map(|(picture, span)| edit(picture, span));
        effect.into_iter().collect()
    }

    /// Writes what stood in the files before the last change.
    fn undo(&mut self) -> Vec<Effect> {
        let Some(written) = self.undo.last() else {
            return Vec::new();
        };
        let back = written.changes.iter().map(|change| crate::message::Change {
            path: change.path.clone(),
            before: Some(change.after.as_str().into()),
            after: change.before.as_deref().unwrap_or_default().to_owned(),
        });
        let title = format!("undo: {}", written.title);
        self.ask(Ask::Write(back.collect(), title))
    }
}
