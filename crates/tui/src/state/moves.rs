//! Moving within a page and from page to page.

use std::mem;

use super::{BranchKind, HISTORY, Link, Overlay, Page, Rows, State, View};
use crate::message::{Effect, Tone};

impl State {
    /// Moves the cursor by so many lines.
    pub(super) fn step(&mut self, by: isize) {
        let lines = self.page.rows.len();
        self.page.list.step(by, lines);
        self.pane = 0;
    }

    /// So many lines are a page.
    pub(super) fn page_height(&self) -> isize {
        isize::try_from(self.areas().list.height)
            .unwrap_or(1)
            .max(1)
    }

    /// Opens a page; that before can be gone back to.
    pub(super) fn open(&mut self, view: View) {
        if view == self.page.view {
            return;
        }
        let known = self.left.get(&view).cloned();
        let page = known.unwrap_or_else(|| Page::new(view));
        let before = mem::replace(&mut self.page, page);
        self.leave(&before);
        self.back.push(before);
        if self.back.len() > HISTORY {
            self.back.remove(0);
        }
        self.forward.clear();
        self.arrived();
    }

    /// Opens a page with a filter.
    pub(super) fn open_filtered(&mut self, view: View, filter: &str) {
        let is_here = view == self.page.view;
        self.open(view);
        if is_here || self.page.filter != filter {
            self.page.list = super::List::default();
        }
        self.page.set_filter(filter);
        self.rebuild();
    }

    fn leave(&mut self, page: &Page) {
        if page.view.is_top() {
            self.left.insert(page.view.clone(), page.clone());
        }
    }

    /// Goes to the page before. Returns whether there was one.
    pub(super) fn go_back(&mut self) -> bool {
        let Some(page) = self.back.pop() else {
            return false;
        };
        let after = mem::replace(&mut self.page, page);
        self.leave(&after);
        self.forward.push(after);
        self.arrived();
        true
    }

    /// Goes to the page from which somebody went back.
    pub(super) fn go_forward(&mut self) -> bool {
        let Some(page) = self.forward.pop() else {
            return false;
        };
        let before = mem::replace(&mut self.page, page);
        self.leave(&before);
        self.back.push(before);
        self.arrived();
        true
    }

    fn arrived(&mut self) {
        self.pane = 0;
        self.overlay = Overlay::None;
        self.rebuild();
    }

    /// The titles of the pages on the way to this one, from the view with a key of its own on.
    pub(crate) fn trail(&self) -> Vec<String> {
        let mut titles = vec![self.page.view.title()];
        if self.page.view.is_top() {
            return titles;
        }
        for page in self.back.iter().rev() {
            titles.push(page.view.title());
            if page.view.is_top() {
                break;
            }
        }
        titles.reverse();
        titles
    }

    /// Goes to the next view, or to the one before.
    pub(super) fn next_view(&mut self, by: usize) {
        let here = self.trail();
        let top = View::TOP
            .iter()
            .position(|view| Some(&view.title()) == here.first());
        let next = (top.unwrap_or_default() + by) % View::TOP.len();
        self.open(View::TOP[next].clone());
    }

    /// Opens what the cursor is on.
    pub(super) fn follow(&mut self) -> Vec<Effect> {
        let at = self.page.list.cursor;
        match &self.page.rows {
            Rows::Findings(_) => {
                let found = self.finding();
                let fingerprint = found.map(|(_, item)| item.finding.fingerprint.clone());
                if let Some(fingerprint) = fingerprint {
                    self.open(View::Why(fingerprint));
                }
            }
            Rows::Tree(all) => match all.get(at).map(|branch| branch.kind.clone()) {
                Some(BranchKind::Resource(index)) => {
                    if let Some(link) = self.link_to(index) {
                        self.go(link);
                    }
                }
                Some(BranchKind::Group(..)) => self.fold(at),
                None => {}
            },
            Rows::Lines(all) => {
                let line = all.get(at).cloned();
                match line.as_ref().and_then(|line| line.link.clone()) {
                    Some(link) => self.go(link),
                    None if line.is_some_and(|line| line.span.is_some()) => {
                        let key = self.settings.bindings.hint(crate::keys::Action::Edit);
                        self.tell(Tone::Plain, format!("{key} edits this place"));
                    }
                    None => self.tell(Tone::Plain, "this line leads nowhere"),
                }
            }
        }
        Vec::new()
    }

    pub(super) fn go(&mut self, link: Link) {
        match link {
            Link::To(view) => self.open(view),
            Link::Filtered(view, filter) => self.open_filtered(view, &filter),
        }
    }

    /// Folds or unfolds the group of a line.
    fn fold(&mut self, at: usize) {
        let Rows::Tree(all) = &self.page.rows else {
            return;
        };
        if let Some(branch) = all.get(at) {
            let key = branch.key.clone();
            if !self.page.folded.remove(&key) {
                self.page.folded.insert(key);
            }
            self.rebuild();
        }
    }

    /// Folds the group around the line, or goes back.
    pub(super) fn left(&mut self) {
        let at = self.page.list.cursor;
        if let Rows::Tree(all) = &self.page.rows {
            let here = all.get(at);
            if let Some(BranchKind::Group(_, true)) = here.map(|branch| &branch.kind) {
                return self.fold(at);
            }
            let depth = here.map_or(0, |branch| branch.depth);
            let above = all[..at.min(all.len())]
                .iter()
                .rposition(|one| one.depth < depth);
            if let Some(above) = above {
                self.page.list.cursor = above;
                return;
            }
        }
        if !self.page.view.is_top() {
            self.go_back();
        }
    }

    /// Takes the filter away, else goes back.
    pub(super) fn escape(&mut self) {
        if !self.page.filter.is_empty() {
            let here = self.here();
            self.page.set_filter("");
            self.rebuild_around(here);
        } else if !self.go_back() {
            let key = self.settings.bindings.hint(crate::keys::Action::Quit);
            self.tell(Tone::Plain, format!("this is the first page; {key} quits"));
        }
    }

    /// The mouse was pressed: the line is chosen, and opened if it was.
    pub(super) fn click(&mut self, column: u16, line: u16) -> Vec<Effect> {
        let list = self.areas().list;
        if self.overlay != Overlay::None || !list.contains((column, line).into()) {
            return Vec::new();
        }
        let at = self.page.list.offset + usize::from(line - list.y);
        if at >= self.page.rows.len() {
            return Vec::new();
        }
        match self.page.list.cursor == at {
            true => self.follow(),
            false => {
                self.page.list.cursor = at;
                self.pane = 0;
                Vec::new()
            }
        }
    }

    /// The wheel was turned.
    pub(super) fn scroll(&mut self, by: i32) {
        self.step(isize::try_from(by).unwrap_or_default() * 3);
    }
}
