//! The whole program without a terminal: keys go in, and what the screen says and what is done comes out. The analysis is the real
//! one, over files in memory.

mod changes;
mod views;

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, channel};

use analysis::Options;
use ratatui::Terminal;
use ratatui::backend::TestBackend;
use source::{FileSystem as _, Limits, Memory};

use super::*;
use crate::draw::view;
use crate::keys::{Bindings, Code};
use crate::log::Log;
use crate::worker::{Job, Teller, Worker};

/// A Deployment with what it uses, and two that are bound to a role.
pub(crate) const SHOP: &str = "\
apiVersion: apps/v1
kind: Deployment
metadata: { name: web, namespace: shop }
spec:
  selector: { matchLabels: { app: web } }
  template:
    metadata: { labels: { app: web } }
    spec:
      serviceAccountName: web
      containers:
      - name: web
        image: registry.example.org/web:1.2
        securityContext:
          privileged: true
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: web, namespace: shop }
---
apiVersion: v1
kind: Service
metadata: { name: web, namespace: shop }
spec:
  selector: { app: web }
  ports: [{ port: 80 }]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata: { name: reader, namespace: shop }
rules:
- { apiGroups: [\"\"], resources: [configmaps, secrets], verbs: [get, list] }
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata: { name: reads, namespace: shop }
roleRef: { apiGroup: rbac.authorization.k8s.io, kind: Role, name: reader }
subjects:
- { kind: ServiceAccount, name: web, namespace: shop }
- { kind: Group, name: staff, apiGroup: rbac.authorization.k8s.io }
";

/// The program without a terminal.
pub(crate) struct Driver {
    pub(crate) state: State,
    pub(crate) system: Arc<Memory>,
    worker: Worker<Arc<Memory>>,
    inbox: Receiver<Message>,
    /// What was to be done, but for questions, which are answered at once.
    pub(crate) effects: Vec<Effect>,
    now: u64,
}

impl Driver {
    /// A program that has scanned files.
    pub(crate) fn new(files: &[(&str, &str)], size: (u16, u16)) -> Self {
        let mut driver = Self::waiting(files, size);
        driver.worker.take(Job::Scan);
        driver.hear();
        driver
    }

    /// A program that has scanned nothing yet.
    pub(crate) fn waiting(files: &[(&str, &str)], size: (u16, u16)) -> Self {
        let files = files
            .iter()
            .map(|(path, text)| (Path::new("/w").join(path), *text));
        let system = Arc::new(Memory::new(files));
        let (messages, inbox) = channel();
        let options = Options {
            paths: vec![".".into()],
            directory: "/w".into(),
            now: Some(1_800_000_000),
            ..Options::default()
        };
        let teller = Teller::new(messages, Arc::new(|| {}), Log::default());
        let settings = Settings {
            label: "shop".to_owned(),
            ..Settings::default()
        };
        Self {
            state: State::new(settings, size),
            worker: Worker::new(Arc::clone(&system), options, teller),
            system,
            inbox,
            effects: Vec::new(),
            now: 0,
        }
    }

    /// Takes what the analysis told.
    pub(crate) fn hear(&mut self) {
        while let Ok(message) = self.inbox.try_recv() {
            self.send(message);
        }
    }

    pub(crate) fn send(&mut self, message: Message) {
        self.now += 10;
        for effect in self.state.update(message, self.now) {
            match effect {
                Effect::Ask(question) => self.worker.take(Job::Ask(question)),
                other => self.effects.push(other),
            }
        }
        self.hear();
    }

    /// Scans again, as when files changed.
    pub(crate) fn scan(&mut self) {
        self.worker.take(Job::Scan);
        self.hear();
    }

    /// What is told of a scan, which nobody took yet.
    fn tells_of_a_scan(&mut self) -> Vec<Message> {
        self.worker.take(Job::Scan);
        self.inbox.try_iter().collect()
    }

    /// Time passes, in milliseconds.
    pub(crate) fn pass(&mut self, time: u64) {
        self.now += time;
        self.send(Message::Passed);
    }

    /// Presses keys by their names, separated by blanks.
    pub(crate) fn keys(&mut self, names: &str) -> &mut Self {
        for name in names.split_whitespace() {
            let press = Press::parse(name).expect(name);
            self.send(Message::Pressed(press));
        }
        self
    }

    /// Types a text.
    pub(crate) fn text(&mut self, text: &str) -> &mut Self {
        for letter in text.chars() {
            self.send(Message::Pressed(Press::letter(letter)));
        }
        self
    }

    /// The screen, without blanks at the ends of lines.
    pub(crate) fn screen(&self) -> String {
        let (columns, lines) = self.state.size;
        let backend = TestBackend::new(columns, lines);
        let mut terminal = Terminal::new(backend).expect("memory takes it");
        let drawn = terminal.draw(|frame| view(&self.state, frame));
        let buffer = drawn.expect("memory takes it").buffer.clone();
        let rows = buffer.content.chunks(usize::from(columns.max(1)));
        let rows = rows.map(|row| {
            let row: String = row.iter().map(ratatui::buffer::Cell::symbol).collect();
            row.trim_end().to_owned()
        });
        rows.collect::<Vec<String>>().join("\n")
    }

    /// The line of the cursor.
    pub(crate) fn here(&self) -> String {
        let areas = self.state.areas();
        let line = self.state.page.list.cursor - self.state.page.list.offset;
        let at = usize::from(areas.list.y) + line;
        let screen = self.screen();
        let width = usize::from(areas.list.width);
        let row: String = screen
            .lines()
            .nth(at)
            .unwrap_or_default()
            .chars()
            .take(width)
            .collect();
        row.trim().to_owned()
    }

    /// Goes to the line that has a text.
    pub(crate) fn to(&mut self, text: &str) -> &mut Self {
        self.keys("g");
        for _ in 0..self.state.page.rows.len() {
            if self.here().contains(text) {
                return self;
            }
            self.keys("j");
        }
        panic!("no line has `{text}`:\n{}", self.screen());
    }

    fn told(&self) -> &str {
        self.state
            .toast
            .as_ref()
            .map_or("", |toast| toast.text.as_str())
    }

    fn file(&self, path: &str) -> String {
        let bytes = self
            .system
            .read(&Path::new("/w").join(path), Limits::default());
        String::from_utf8(bytes.expect("it is there")).expect("it is text")
    }
}

pub(crate) fn shop() -> Driver {
    Driver::new(&[("shop.yaml", SHOP)], (120, 40))
}

/// Every key that is bound, and some that are not.
pub(crate) fn any_key(number: usize) -> Press {
    let entries = &crate::keys::ACTIONS;
    let names: Vec<&str> = entries
        .iter()
        .flat_map(|entry| entry.keys.split(' '))
        .collect();
    let letters = "abcdexyzXZ0789!\"*:,é日 >=-";
    let letters: Vec<char> = letters.chars().collect();
    match number % (names.len() + letters.len()) {
        at if at < names.len() => Press::parse(names[at]).unwrap_or(Press::plain(Code::Esc)),
        at => Press::letter(letters[at - names.len()]),
    }
}
