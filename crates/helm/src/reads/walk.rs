//! A walk of templates in which every branch is taken.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::sync::Arc;

use smol_str::SmolStr;

use super::parts::Parts;
use super::paths::{Path, Paths, Step};
use super::seen::{PartId, Seen};
use crate::template::{Branch, BranchKind, Call, Node, Pipeline, Template};
use go::deeper;

/// The most steps of one walk: templates that need more are told to be too involved.
const STEPS: usize = 1_000_000;

/// How often the body of a loop is walked while its variables still change.
const TURNS: usize = 3;

/// How deep templates may call each other.
const DEEPEST: usize = 200;

/// One walk of all templates of a chart and of those in it.
pub(super) struct Walk {
    pub(super) parts: Parts,
    /// The templates that can be called, by name. Of several, each may be the one that counts.
    pub(super) templates: BTreeMap<SmolStr, Vec<Arc<Template>>>,
    /// What is read.
    pub(super) read: Paths,
    /// What is printed as it is.
    pub(super) printed: BTreeSet<Path>,
    /// What texts that are templates themselves may see as `.`.
    pub(super) dots: BTreeSet<Seen>,
    /// Texts of templates that `tpl` takes.
    pub(super) texts: BTreeSet<SmolStr>,
    /// The templates that were walked, and with which `.`.
    walked: HashSet<(usize, Seen)>,
    steps: usize,
    depth: usize,
}

/// A template that is walked: its variables, the newest last.
pub(super) struct Frame {
    pub(super) variables: Vec<(SmolStr, Seen)>,
}

impl Walk {
    pub(super) fn new(parts: Parts) -> Self {
        Self {
            parts,
            templates: BTreeMap::new(),
            read: Paths::default(),
            printed: BTreeSet::new(),
            dots: BTreeSet::new(),
            texts: BTreeSet::new(),
            walked: HashSet::new(),
            steps: 0,
            depth: 0,
        }
    }

    /// Whether the templates need more steps than were taken.
    pub(super) fn is_lost(&self) -> bool {
        self.steps >= STEPS || self.parts.are_too_many
    }

    /// Counts a step, and says whether there may be one.
    pub(super) fn step(&mut self) -> bool {
        self.steps = self.steps.saturating_add(1).min(STEPS);
        self.steps < STEPS
    }

    /// Adds a template that can be called.
    pub(super) fn define(&mut self, template: Arc<Template>) {
        let known = self.templates.entry(template.name.clone()).or_default();
        known.push(template);
    }

    /// Gives up.
    pub(super) fn stop(&mut self) {
        self.steps = STEPS;
    }

    /// Walks a template with this `.`, once.
    pub(super) fn template(&mut self, template: &Arc<Template>, dot: &Seen) {
        let id = Arc::as_ptr(template) as usize;
        if !self.walked.insert((id, dot.clone())) {
            return;
        }
        if self.depth >= DEEPEST {
            return self.stop();
        }
        self.depth += 1;
        let mut frame = Frame {
            variables: vec![("$".into(), dot.clone())],
        };
        deeper(|| self.nodes(&mut frame, dot, &template.nodes));
        self.depth -= 1;
    }

    /// Walks the templates of these names; all that there are where the names can't be told.
    pub(super) fn call(&mut self, names: Option<&BTreeSet<SmolStr>>, dot: &Seen) {
        let called: Vec<Arc<Template>> = match names {
            Some(names) => {
                let found = names.iter().filter_map(|name| self.templates.get(name));
                found.flatten().cloned().collect()
            }
            None => self.templates.values().flatten().cloned().collect(),
        };
        for template in called {
            self.template(&template, dot);
        }
    }

    fn nodes(&mut self, frame: &mut Frame, dot: &Seen, nodes: &[Node]) {
        for node in nodes {
            if !self.step() {
                return;
            }
            match node {
                Node::Text(_) | Node::Break | Node::Continue => {}
                Node::Action(action) => {
                    let value = self.pipeline(frame, dot, &action.pipeline);
                    if action.pipeline.variables.is_empty() {
                        self.print(&value);
                    }
                }
                Node::Branch(branch) => self.branch(frame, dot, branch),
                Node::Template(call) => self.template_call(frame, dot, call),
            }
        }
    }

    fn template_call(&mut self, frame: &mut Frame, dot: &Seen, call: &Call) {
        let pipeline = call.pipeline.as_ref();
        let inner = pipeline.map(|pipeline| self.pipeline(frame, dot, pipeline));
        let names = BTreeSet::from([call.name.clone()]);
        self.call(Some(&names), &inner.unwrap_or_else(Seen::other));
    }

    fn branch(&mut self, frame: &mut Frame, dot: &Seen, branch: &Branch) {
        let known = frame.variables.len();
        let value = self.pipeline(frame, dot, &branch.pipeline);
        deeper(|| match branch.kind {
            BranchKind::If => self.nodes(frame, dot, &branch.body),
            BranchKind::With => self.nodes(frame, &value, &branch.body),
            BranchKind::Range => self.turns(frame, &value, branch),
        });
        deeper(|| self.nodes(frame, dot, &branch.otherwise));
        frame.variables.truncate(known);
    }

    /// The body of a loop, until what variables may be changes no more.
    fn turns(&mut self, frame: &mut Frame, value: &Seen, branch: &Branch) {
        let element = self.elements(value);
        bind(frame, &branch.pipeline, &element);
        let known = frame.variables.len();
        for _ in 0..TURNS {
            let before = frame.variables.clone();
            self.nodes(frame, &element, &branch.body);
            frame.variables.truncate(known);
            if frame.variables == before {
                return;
            }
        }
        for index in 0..frame.variables.len() {
            let value = frame.variables[index].1.clone();
            self.escape(&value);
        }
    }

    /// What stands in a value, under any key.
    pub(super) fn elements(&mut self, value: &Seen) -> Seen {
        let elements = value.entry(&Step::Any);
        self.touch(&elements);
        for part in &value.tops {
            self.read_all(*part);
        }
        elements
    }

    /// Reads what a value may be, but nothing below it.
    pub(super) fn touch(&mut self, value: &Seen) {
        for path in &value.paths {
            for source in self.parts.sources(path) {
                self.read.add(&source);
            }
        }
    }

    /// Reads all of what a value may be: it goes where nobody follows it.
    pub(super) fn escape(&mut self, value: &Seen) {
        for path in &value.paths {
            for source in self.parts.sources(path) {
                self.read.add_whole(&source);
            }
        }
        for part in &value.tops {
            self.read_all(*part);
        }
        let inner = value.entries.values().chain(value.rest.as_deref());
        inner.for_each(|inner| self.escape(inner));
    }

    fn read_all(&mut self, part: PartId) {
        let prefix = self.parts.all[part].prefix.clone();
        self.read.add_whole(&prefix);
        if !prefix.is_empty() {
            self.read.add_whole(&[Step::Key("global".into())]);
        }
    }

    /// Reads what a value may be, and writes it.
    pub(super) fn print(&mut self, value: &Seen) {
        self.escape(value);
        self.printed.extend(value.paths.iter().cloned());
    }
}

/// Gives the variables of a loop what one turn is about. With two variables the key comes first.
fn bind(frame: &mut Frame, pipeline: &Pipeline, element: &Seen) {
    let values = match pipeline.variables.len() {
        1 => vec![element.clone()],
        _ => vec![Seen::other(), element.clone()],
    };
    for (name, value) in pipeline.variables.iter().zip(values) {
        let mut newest_first = frame.variables.iter_mut().rev();
        if let Some((_, old)) = newest_first.find(|(known, _)| known == name) {
            *old = value;
        }
    }
}
