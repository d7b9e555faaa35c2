//! The state of the screen, and how it changes: `update` takes what happens and gives what is to be done. Nothing here knows a
//! terminal, a clock or a thread.

mod act;
mod areas;
mod commands;
mod disabled;
mod input;
mod list;
mod moves;
mod overlay;
mod page;
mod palette;
mod receive;
mod settings;
#[cfg(test)]
pub(crate) mod tests;
mod views;
mod yank;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use analysis::{About, Subject};

use crate::keys::Press;
use crate::message::{Ask, Context, Effect, Message, Question, Tone, Written};
use crate::picture::{Item, Picture, Sort};
use crate::text::{Role, Row};

pub(crate) use areas::{Areas, areas};
pub(crate) use input::Input;
pub(crate) use list::List;
pub(crate) use overlay::{Overlay, Prompt, PromptKind, SuppressForm};
pub(crate) use page::{Branch, BranchKind, Link, Named, Page, Rows, View};
pub(crate) use palette::Palette;
pub(crate) use settings::Settings;
pub(crate) use views::{detail, role, score};

/// How long something is told, in milliseconds.
const TELLING: u64 = 6_000;

/// How long changes are marked, in milliseconds.
const MARKING: u64 = 8_000;

/// The most pages that are remembered.
const HISTORY: usize = 100;

/// Something that is told for a while.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Toast {
    pub(crate) tone: Tone,
    pub(crate) text: String,
    until: u64,
}

/// What is done of an analysis: which stage, and so many steps of so many.
pub(crate) type Stage = (&'static str, usize, usize);

/// The state of the screen.
#[derive(Debug)]
pub(crate) struct State {
    pub(crate) settings: Settings,
    /// Columns and lines.
    pub(crate) size: (u16, u16),
    /// The time in milliseconds since the beginning.
    pub(crate) now: u64,
    pub(crate) picture: Option<Arc<Picture>>,
    pub(crate) stage: Option<Stage>,
    /// Why the analysis can't go on.
    pub(crate) failure: Option<String>,
    pub(crate) context: Option<Context>,
    /// Why the cluster can't be reached.
    pub(crate) trouble: Option<String>,
    pub(crate) page: Page,
    back: Vec<Page>,
    forward: Vec<Page>,
    /// The views with a key of their own, as they were left.
    left: BTreeMap<View, Page>,
    pub(crate) overlay: Overlay,
    pub(crate) toast: Option<Toast>,
    /// The fingerprints of the findings that are marked.
    pub(crate) marks: BTreeSet<String>,
    /// The fingerprints of the findings that are new, and until when that is shown.
    pub(crate) new: (BTreeSet<String>, u64),
    undo: Vec<Written>,
    about: Option<(u64, u32, Arc<About>)>,
    subjects: Option<(u64, Arc<Vec<Subject>>)>,
    /// Whether the text beside the list is shown, and its first line.
    pub(crate) has_pane: bool,
    pub(crate) pane: usize,
    pub(crate) sort: Sort,
    pub(crate) has_mouse: bool,
    /// Whether a key was pressed: until then the first findings stay in sight as they come.
    is_used: bool,
    /// What was asked and not answered, so that nothing is asked twice.
    asked: BTreeSet<(u64, Option<u32>)>,
}

impl State {
    pub(crate) fn new(settings: Settings, size: (u16, u16)) -> Self {
        Self {
            has_mouse: settings.has_mouse,
            settings,
            size,
            now: 0,
            picture: None,
            stage: None,
            failure: None,
            context: None,
            trouble: None,
            page: Page::new(View::Findings),
            back: Vec::new(),
            forward: Vec::new(),
            left: BTreeMap::new(),
            overlay: Overlay::None,
            toast: None,
            marks: BTreeSet::new(),
            new: (BTreeSet::new(), 0),
            undo: Vec::new(),
            about: None,
            subjects: None,
            has_pane: true,
            pane: 0,
            sort: Sort::default(),
            is_used: false,
            asked: BTreeSet::new(),
        }
    }

    /// Takes what happens at a time, and gives what is to be done.
    pub(crate) fn update(&mut self, message: Message, now: u64) -> Vec<Effect> {
        self.now = now;
        let mut effects = match message {
            Message::Pressed(press) => self.press(press),
            Message::Pasted(text) => self.paste(&text),
            Message::Resized(columns, lines) => {
                self.size = (columns, lines);
                self.rebuild();
                Vec::new()
            }
            Message::Clicked(column, line) => self.click(column, line),
            Message::Scrolled(by) => {
                self.scroll(by);
                Vec::new()
            }
            Message::Passed => Vec::new(),
            Message::Stage(name, done, all) => {
                self.stage = Some((name, done, all));
                Vec::new()
            }
            Message::Pictured(picture) => {
                self.take(picture);
                Vec::new()
            }
            Message::Answered(answer) => self.answered(answer),
            Message::Trouble(trouble) => {
                self.trouble = trouble;
                Vec::new()
            }
            Message::Context(context) => {
                self.context = Some(context);
                Vec::new()
            }
            Message::Failed(why) => {
                self.failure = Some(why);
                self.stage = None;
                Vec::new()
            }
            Message::Told(tone, text) => {
                self.tell(tone, text);
                Vec::new()
            }
        };
        self.forget_what_is_over();
        self.reveal();
        effects.extend(self.questions());
        effects
    }

    fn press(&mut self, press: Press) -> Vec<Effect> {
        self.is_used = true;
        if let Some(effects) = self.press_overlay(press) {
            return effects;
        }
        match self.settings.bindings.action(press) {
            Some(action) => self.act(action),
            None => {
                let hint = self.settings.bindings.hint(crate::keys::Action::Palette);
                self.tell(
                    Tone::Plain,
                    format!("{press} does nothing here; {hint} lists what does"),
                );
                Vec::new()
            }
        }
    }

    /// Tells something for a while.
    pub(crate) fn tell(&mut self, tone: Tone, text: impl Into<String>) {
        self.toast = Some(Toast {
            tone,
            text: text.into(),
            until: self.now + TELLING,
        });
    }

    fn forget_what_is_over(&mut self) {
        if self
            .toast
            .as_ref()
            .is_some_and(|toast| toast.until <= self.now)
        {
            self.toast = None;
        }
        if self.new.1 <= self.now {
            self.new.0.clear();
        }
    }

    /// When something changes although nothing happens, in milliseconds since the beginning.
    pub(crate) fn wakes(&self) -> Option<u64> {
        let toast = self.toast.as_ref().map(|toast| toast.until);
        let new = (!self.new.0.is_empty()).then_some(self.new.1);
        toast.into_iter().chain(new).min()
    }

    /// The lines of the page anew; the cursor stays where it is.
    pub(crate) fn rebuild(&mut self) {
        self.page.rows = views::rows(self, &self.page);
    }

    /// The lines of the page anew; the cursor stays on its line, wherever that went.
    fn rebuild_around(&mut self, name: Option<String>) {
        self.rebuild();
        let known = name.and_then(|name| views::position(self, &self.page, &name));
        if let Some(at) = known {
            let list = &mut self.page.list;
            // It stays at its height on the screen, too.
            list.offset = (list.offset + at).saturating_sub(list.cursor);
            list.cursor = at;
        }
    }

    /// What names the line of the cursor.
    fn here(&self) -> Option<String> {
        views::identity(self, &self.page, self.page.list.cursor)
    }

    fn reveal(&mut self) {
        let height = self.areas().list.height;
        let lines = self.page.rows.len();
        self.page.list.reveal(lines, usize::from(height));
    }

    /// Where what stands on the screen.
    pub(crate) fn areas(&self) -> Areas {
        areas(self)
    }

    /// How wide texts of pages are, in columns.
    pub(crate) fn text_width(&self) -> usize {
        usize::from(self.size.0).saturating_sub(2).min(120)
    }

    /// The finding that the cursor is on, or that the page is about.
    pub(crate) fn finding(&self) -> Option<(u32, Item<'_>)> {
        let picture = self.picture.as_ref()?;
        let index = match (&self.page.view, &self.page.rows) {
            (View::Findings, Rows::Findings(all)) => *all.get(self.page.list.cursor)?,
            (View::Why(fingerprint), _) => picture.find(fingerprint)?,
            (_, Rows::Lines(all)) => match &all.get(self.page.list.cursor)?.link {
                Some(Link::To(View::Why(fingerprint))) => picture.find(fingerprint)?,
                _ => return None,
            },
            _ => return None,
        };
        Some((index, picture.item(index)?))
    }

    /// The resource that the cursor is on, or that the page is about.
    pub(crate) fn resource_here(&self) -> Option<u32> {
        let picture = self.picture.as_ref()?;
        if let Rows::Tree(all) = &self.page.rows {
            return match all.get(self.page.list.cursor)?.kind {
                BranchKind::Resource(index) => Some(index),
                BranchKind::Group(..) => None,
            };
        }
        if let Rows::Lines(all) = &self.page.rows
            && let Some(Link::To(View::Resource(named))) = all
                .get(self.page.list.cursor)
                .and_then(|line| line.link.as_ref())
        {
            return self.resource(named);
        }
        match &self.page.view {
            View::Resource(named) => self.resource(named),
            _ => picture.resource_of(self.finding()?.0),
        }
    }

    /// The resource of a name, by its index in the survey.
    pub(crate) fn resource(&self, named: &Named) -> Option<u32> {
        let picture = self.picture.as_ref()?;
        let mut all = picture.resources_at(&named.address);
        all.find(|index| {
            picture.resource(*index).is_some_and(|one| {
                one.environment == named.environment && one.format == named.format
            })
        })
    }

    /// The link to a resource.
    pub(crate) fn link_to(&self, index: u32) -> Option<Link> {
        let one = self.picture.as_ref()?.resource(index)?;
        Some(Link::To(View::Resource(Named {
            address: one.address.clone(),
            environment: one.environment.clone(),
            format: one.format,
        })))
    }

    /// What is known of a resource, if that was answered.
    pub(crate) fn about_of(&self, index: u32) -> Option<&About> {
        let revision = self.picture.as_ref()?.revision;
        let known = self.about.as_ref();
        let known = known.filter(|(of, at, _)| (*of, *at) == (revision, index));
        known.map(|(.., about)| &**about)
    }

    /// Who is granted something, if that was answered.
    pub(crate) fn subjects(&self) -> Option<&[Subject]> {
        let revision = self.picture.as_ref()?.revision;
        let known = self.subjects.as_ref().filter(|(of, _)| *of == revision);
        known.map(|(_, subjects)| subjects.as_slice())
    }

    /// What the page needs to know and nobody asked yet.
    fn questions(&mut self) -> Vec<Effect> {
        let picture = self.picture.as_ref();
        let Some(picture) = picture.filter(|picture| !picture.is_early()) else {
            return Vec::new();
        };
        let revision = picture.revision;
        let ask = match &self.page.view {
            View::Privileges | View::Subject(..) if self.subjects().is_none() => Ask::Privileges,
            View::Resource(_) | View::Why(_) => {
                let index = match &self.page.view {
                    View::Resource(named) => self.resource(named),
                    _ => self
                        .finding()
                        .and_then(|(index, _)| picture.resource_of(index)),
                };
                match index.filter(|index| self.about_of(*index).is_none()) {
                    Some(index) => Ask::About(index),
                    None => return Vec::new(),
                }
            }
            _ => return Vec::new(),
        };
        let key = match &ask {
            Ask::About(index) => Some(*index),
            _ => None,
        };
        match self.asked.insert((revision, key)) {
            true => vec![Effect::Ask(Question { revision, ask })],
            false => Vec::new(),
        }
    }

    /// The text beside the list.
    pub(crate) fn pane_rows(&self, width: usize) -> Vec<Row> {
        let found = self.finding();
        match (&self.picture, found) {
            (Some(picture), Some((_, item))) => detail(self, picture, item, width),
            _ => vec![Row::of(Role::Dim, "Nothing is selected")],
        }
    }
}
