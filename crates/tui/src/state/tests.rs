//! The whole program without a terminal: keys go in, and what the screen says and what is done comes out. The analysis is the real
//! one, over files in memory.

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

#[test]
fn the_worst_finding_stands_first_with_its_text_beside() {
    let driver = shop();
    assert!(
        driver.here().contains("privileged-container"),
        "{}",
        driver.here()
    );
    let screen = driver.screen();
    assert!(
        screen.contains("14 │           privileged: true"),
        "{screen}"
    );
    assert!(screen.contains("What to do"), "{screen}");
}

#[test]
fn before_the_scan_is_done_something_is_shown() {
    let mut driver = Driver::waiting(&[("shop.yaml", SHOP)], (80, 24));
    assert!(driver.screen().contains("reading"));
    driver.send(Message::Stage("judging", 5, 10));
    assert!(driver.screen().contains("judging 50%"));
    driver.keys("enter w f / ? esc 1 2 3 4 5 6 q");
    assert_eq!(driver.effects, [Effect::Quit]);
}

#[test]
fn a_finding_leads_to_its_cause_and_on_to_what_it_is_linked_with() {
    let mut driver = shop();
    driver.keys("enter");
    let screen = driver.screen();
    assert!(screen.contains("this is what a person changes"), "{screen}");
    assert!(screen.contains("shop.yaml:14:23"), "{screen}");
    driver.to("runs as").keys("enter");
    assert_eq!(
        driver.state.trail(),
        ["Findings", "Why", "ServiceAccount/shop/web"]
    );
    driver.to("runs as").keys("enter");
    let trail = driver.state.trail();
    assert_eq!(
        trail.last().map(String::as_str),
        Some("Deployment/shop/web")
    );
    driver.keys("[ [");
    assert_eq!(driver.state.trail(), ["Findings", "Why"]);
    driver.keys("]");
    assert_eq!(driver.state.trail().len(), 3);
    driver.keys("esc esc");
    assert_eq!(driver.state.trail(), ["Findings"]);
}

#[test]
fn a_filter_narrows_while_it_is_typed() {
    let mut driver = shop();
    let all = driver.state.page.rows.len();
    driver.keys("/").text("sev>=crit");
    assert!(
        driver.screen().contains("there is no severity `crit`"),
        "{}",
        driver.screen()
    );
    driver.keys("tab");
    assert!(
        driver.screen().contains("/sev>=critical"),
        "{}",
        driver.screen()
    );
    let critical = driver.state.page.rows.len();
    assert!(0 < critical && critical < all, "{critical} of {all}");
    driver.keys("enter");
    assert_eq!(driver.state.page.filter, "sev>=critical");
    driver.keys("esc");
    assert_eq!(driver.state.page.rows.len(), all);
    driver.keys("/").text("kind:Role").keys("esc");
    assert_eq!(driver.state.page.rows.len(), all);
}

#[test]
fn the_cursor_stays_on_its_finding_when_others_come() {
    let mut driver = shop();
    driver.keys("j j j");
    let here = driver.here();
    let more = SHOP
        .replace("name: web", "name: also")
        .replace("reader", "also-reader");
    driver.system.set(Path::new("/w/a.yaml"), more.as_bytes());
    driver.scan();
    assert_eq!(driver.here(), here);
    assert!(driver.told().starts_with("findings: "), "{}", driver.told());
    assert!(driver.told().ends_with(" new"), "{}", driver.told());
    assert!(driver.screen().contains(" + "), "{}", driver.screen());
    driver.pass(60_000);
    assert!(driver.state.new.0.is_empty() && driver.state.wakes().is_none());
}

#[test]
fn a_fix_is_looked_at_written_and_undone() {
    let mut driver = shop();
    driver.to("privileged-container").keys("f");
    let screen = driver.screen();
    assert!(screen.contains("-           privileged: true"), "{screen}");
    assert!(screen.contains("+           privileged: false"), "{screen}");
    driver.keys("esc");
    assert_eq!(driver.file("shop.yaml"), SHOP);
    driver.keys("f enter");
    assert!(driver.file("shop.yaml").contains("privileged: false"));
    assert!(
        !driver.screen().contains("privileged-container"),
        "{}",
        driver.screen()
    );
    driver.keys("u");
    assert_eq!(driver.file("shop.yaml"), SHOP);
    assert!(
        driver.told().starts_with("undone") || driver.told().contains("new"),
        "{}",
        driver.told()
    );
}

#[test]
fn nothing_is_written_over_what_changed_meanwhile() {
    let mut driver = shop();
    driver.to("privileged-container").keys("f");
    let other = SHOP.replace("port: 80", "port: 81");
    driver
        .system
        .set(Path::new("/w/shop.yaml"), other.as_bytes());
    driver.keys("enter");
    assert_eq!(
        driver.told(),
        "shop.yaml changed meanwhile; nothing was written"
    );
    assert_eq!(driver.file("shop.yaml"), other);
}

#[test]
fn marked_findings_are_fixed_together() {
    let mut driver = shop();
    driver.to("privileged-container").keys("space");
    assert_eq!(driver.state.marks.len(), 1);
    driver.keys("space f");
    assert!(matches!(driver.state.overlay, Overlay::Preview(..)) || !driver.told().is_empty());
    driver.keys("esc U");
    assert!(driver.state.marks.is_empty());
}

#[test]
fn a_suppression_needs_a_reason_and_takes_a_last_day() {
    let files = [("shop.yaml", SHOP), ("scantling.yaml", "# ours\n")];
    let mut driver = Driver::new(&files, (120, 40));
    driver.to("privileged-container").keys("s enter");
    assert!(
        driver.screen().contains("without a reason"),
        "{}",
        driver.screen()
    );
    driver
        .text("it drives")
        .keys("enter")
        .text("soon")
        .keys("enter");
    assert!(
        driver.screen().contains("as 2027-01-31"),
        "{}",
        driver.screen()
    );
    driver.keys("ctrl-u").text("2999-01-31").keys("enter");
    assert!(
        driver.screen().contains("suppress 1 finding"),
        "{}",
        driver.screen()
    );
    assert!(
        driver.screen().contains("writes 1 file"),
        "{}",
        driver.screen()
    );
    driver.keys("enter");
    let written = driver.file("scantling.yaml");
    assert!(written.contains("until: \"2999-01-31\""), "{written}");
    assert!(
        !driver.screen().contains("privileged-container"),
        "{}",
        driver.screen()
    );
    driver.keys("/").text("suppressed").keys("enter");
    assert!(
        driver.here().contains("privileged-container"),
        "{}",
        driver.screen()
    );
    driver.keys("s");
    assert_eq!(driver.told(), "suppress: it is suppressed already");
}

#[test]
fn what_can_not_be_done_says_why() {
    let mut driver = shop();
    driver.keys("u");
    assert_eq!(driver.told(), "undo: nothing was written");
    driver.keys("[");
    assert_eq!(driver.told(), "history-back: there is no page before");
    driver.keys("1 g f");
    assert_eq!(driver.told(), "fix: the cursor is on no finding");
    driver.keys("F");
    assert_eq!(driver.told(), "F does nothing here; ? lists what does");
}

#[test]
fn the_palette_finds_and_runs() {
    let mut driver = shop();
    driver.keys("?");
    let screen = driver.screen();
    assert!(screen.contains("there is no page before"), "{screen}");
    driver.text("granted").keys("enter");
    assert_eq!(driver.state.page.view, View::Privileges);
    driver.keys("?").text("no such thing").keys("enter");
    assert_eq!(driver.state.page.view, View::Privileges);
}

#[test]
fn commands_are_completed_and_run() {
    let mut driver = shop();
    driver.keys(":").text("cov").keys("tab enter");
    assert_eq!(driver.state.page.view, View::Coverage);
    driver.keys(":").text("deployments shop").keys("enter");
    assert_eq!(driver.state.page.filter, "kind:Deployment ns:shop");
    assert!(driver.screen().contains("web"), "{}", driver.screen());
    driver
        .keys(":")
        .text("check privileged-container")
        .keys("enter");
    assert!(
        driver.screen().contains("Why it is bad"),
        "{}",
        driver.screen()
    );
    driver.keys(":").text("coverag").keys("enter");
    assert_eq!(
        driver.told(),
        "there is no command `coverag`; did you mean `coverage`?"
    );
    driver.keys(":").text("q").keys("enter");
    assert_eq!(driver.effects, [Effect::Quit]);
}

#[test]
fn the_tree_folds_and_leads_to_resources() {
    let mut driver = shop();
    driver.keys("3").to("ServiceAccount").keys("j enter");
    assert!(driver.screen().contains("Used by"), "{}", driver.screen());
    driver.keys("esc").to("shop  5").keys("enter");
    assert_eq!(driver.state.page.rows.len(), 2);
    driver.keys("enter h h");
    assert_eq!(driver.state.page.list.cursor, 0);
}

#[test]
fn privileges_are_told_as_they_are_written() {
    let mut driver = shop();
    driver.keys("4");
    let screen = driver.screen();
    assert!(screen.contains("Group staff  1 binding"), "{screen}");
    assert!(screen.contains("Role/reader in shop"), "{screen}");
    driver.to("ServiceAccount shop/web").keys("enter");
    let screen = driver.screen();
    assert!(
        screen.contains("get, list on configmaps, secrets"),
        "{screen}"
    );
    driver.to("is ServiceAccount/shop/web").keys("enter");
    assert!(driver.screen().contains("Used by"), "{}", driver.screen());
}

#[test]
fn posture_shows_the_formula_and_leads_to_findings() {
    let mut driver = shop();
    driver.keys("1");
    let screen = driver.screen();
    assert!(screen.contains("/ 5 resources"), "{screen}");
    driver.to("C critical").keys("enter");
    assert_eq!(driver.state.page.filter, "severity:critical");
    assert!(driver.here().contains("privileged-container"));
}

#[test]
fn what_is_copied_is_text_json_or_a_command() {
    let mut driver = shop();
    driver.to("privileged-container").keys("y Y ctrl-y");
    let copied: Vec<&str> = driver
        .effects
        .iter()
        .map(|effect| match effect {
            Effect::Copy(text) => text.as_str(),
            _ => "",
        })
        .collect();
    assert!(
        copied[0].starts_with("critical[privileged-container]: "),
        "{}",
        copied[0]
    );
    assert!(
        copied[1].contains("\"check\": \"privileged-container\""),
        "{}",
        copied[1]
    );
    assert_eq!(copied[2], "kubectl get deployment web -n shop -o yaml");
}

#[test]
fn an_editor_opens_at_the_line() {
    let mut driver = shop();
    driver.to("privileged-container").keys("e");
    let expected = Effect::Edit {
        path: "shop.yaml".into(),
        line: 14,
        column: 23,
    };
    assert_eq!(driver.effects, [expected]);
}

#[test]
fn names_from_input_do_no_harm() {
    let hostile = "apiVersion: v1\nkind: Pod\nmetadata: { name: \"a\\e[31mb\\u202e\", namespace: \"日本\" }\nspec: { containers: [{ name: \"\\t\\a\", image: a, securityContext: { privileged: true } }] }\n";
    let mut driver = Driver::new(&[("a.yaml", hostile)], (100, 30));
    for keys in ["", "enter", "d", "1", "3", "4", "5", "6", "?"] {
        driver.keys(keys);
        let screen = driver.screen();
        let is_harmful =
            |letter: char| letter != '\n' && (letter.is_control() || letter == '\u{202e}');
        assert!(!screen.contains(is_harmful), "{screen}");
    }
}

#[test]
fn keys_are_what_the_user_wants() {
    let mut driver = shop();
    let keys = BTreeMap::from([("findings".to_owned(), vec!["F".to_owned()])]);
    driver.state.settings.bindings = Bindings::new(&keys).expect("they are right");
    driver.keys("1 F");
    assert_eq!(driver.state.page.view, View::Findings);
    driver.keys("1 ?").text("show the findings");
    assert!(driver.screen().contains(" F "), "{}", driver.screen());
}

#[test]
fn the_mouse_chooses_and_opens() {
    let mut driver = shop();
    driver.keys("M");
    assert_eq!(driver.effects, [Effect::Mouse(true)]);
    let list = driver.state.areas().list;
    driver.send(Message::Clicked(3, list.y + 1));
    assert_eq!(driver.state.page.list.cursor, 1);
    driver.send(Message::Scrolled(-1));
    assert_eq!(driver.state.page.list.cursor, 0);
    driver.send(Message::Clicked(3, list.y));
    assert!(matches!(driver.state.page.view, View::Why(_)));
}

#[test]
fn a_lost_cluster_is_told() {
    let mut driver = shop();
    driver.send(Message::Context(Context {
        name: "kind-shop".to_owned(),
        version: "v1.34.0".to_owned(),
        is_live: true,
    }));
    assert!(
        driver
            .screen()
            .starts_with(" scantling  kind-shop v1.34.0 read-only"),
        "{}",
        driver.screen()
    );
    driver.send(Message::Trouble(Some("connection refused".to_owned())));
    driver.pass(60_000);
    let screen = driver.screen();
    assert!(
        screen.contains("lost since") && screen.contains("connection refused"),
        "{screen}"
    );
    driver.send(Message::Trouble(None));
    assert!(driver.screen().contains(" live "));
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
