//! The compiled queries and texts of the checks of one subject.

use std::sync::OnceLock;

use smol_str::SmolStr;

use super::Judge;
use crate::message::expression;
use crate::prefilter::{Definitions, Prefilter};
use crate::program::{CompileError, Program};

/// The checks of one subject.
#[derive(Default)]
pub(super) struct Subject {
    /// As indexes into those of the judge.
    pub(super) checks: Vec<usize>,
    queries: OnceLock<Queries>,
    texts: OnceLock<Option<Program>>,
}

/// The queries of one subject: those that begin with the same generator run it once.
pub(super) struct Queries {
    pub(super) groups: Vec<Group>,
    /// The generators and the rests of queries.
    texts: Vec<SmolStr>,
    /// What the prefilter leaves undecided; compiled when there is something.
    program: OnceLock<Option<Program>>,
}

pub(super) struct Group {
    pub(super) head: Option<Head>,
    pub(super) members: Vec<Member>,
}

/// A generator.
pub(super) struct Head {
    text: SmolStr,
    /// The entry of the program.
    pub(super) entry: usize,
    pub(super) prefilter: Option<Prefilter>,
}

/// A check of a group.
pub(super) struct Member {
    /// As an index into those of the judge.
    pub(super) check: usize,
    /// The position among those of the subject.
    pub(super) position: usize,
    /// The entry of the program for the query without its generator.
    pub(super) entry: usize,
    pub(super) prefilter: Option<Prefilter>,
    pub(super) message: Option<Prefilter>,
    pub(super) evidence: Option<Prefilter>,
}

impl Subject {
    pub(super) fn queries(&self, judge: &Judge) -> &Queries {
        self.queries.get_or_init(|| {
            let definitions = Definitions::parse(&judge.library);
            let mut queries = Queries {
                groups: Vec::new(),
                texts: Vec::new(),
                program: OnceLock::new(),
            };
            for (position, check) in self.checks.iter().enumerate() {
                queries.add(judge, position, *check, &definitions);
            }
            queries
        })
    }

    /// The messages, and behind them the evidence, of all checks: compiled when the prefilter can't make one.
    pub(super) fn texts(&self, judge: &Judge) -> Option<&Program> {
        let texts = self.texts.get_or_init(|| {
            let checks = || self.checks.iter().map(|index| &judge.checks[*index]);
            let messages: Vec<String> = checks().map(|check| expression(&check.message)).collect();
            let evidence = checks().map(|check| {
                check
                    .evidence
                    .as_ref()
                    .map_or("empty", |(text, _)| text.as_str())
            });
            let texts: Vec<&str> = messages
                .iter()
                .map(String::as_str)
                .chain(evidence)
                .collect();
            compile(&judge.library, &texts)
        });
        texts.as_ref()
    }
}

impl Queries {
    fn add(&mut self, judge: &Judge, position: usize, index: usize, definitions: &Definitions<'_>) {
        let check = &judge.checks[index];
        let settings = &judge.settings[index];
        let prefilter = |text: &str| Prefilter::compile(text, definitions, settings);
        let group = self.group(check.query.head.as_ref(), &judge.library, prefilter);
        let member = Member {
            check: index,
            position,
            entry: self.entry(&check.query.rest),
            prefilter: prefilter(&check.query.rest),
            message: prefilter(&expression(&check.message)),
            evidence: check
                .evidence
                .as_ref()
                .and_then(|(text, _)| prefilter(text)),
        };
        self.groups[group].members.push(member);
    }

    /// The group of the checks that begin with a generator. Settings differ between checks, so that a generator that may use
    /// them is no one else's.
    fn group(
        &mut self,
        head: Option<&SmolStr>,
        library: &str,
        prefilter: impl Fn(&str) -> Option<Prefilter>,
    ) -> usize {
        let is_shared = head.is_none_or(|head| {
            ![head, library]
                .iter()
                .any(|text| text.contains("$settings"))
        });
        let mut groups = self.groups.iter();
        let known = groups.position(|group| group.head.as_ref().map(|head| &head.text) == head);
        known.filter(|_| is_shared).unwrap_or_else(|| {
            let head = head.map(|text| Head {
                text: text.clone(),
                entry: self.entry(text),
                prefilter: prefilter(text),
            });
            self.groups.push(Group {
                head,
                members: Vec::new(),
            });
            self.groups.len() - 1
        })
    }

    fn entry(&mut self, text: &SmolStr) -> usize {
        self.texts.push(text.clone());
        self.texts.len() - 1
    }

    pub(super) fn program(&self, judge: &Judge) -> Option<&Program> {
        let program = self.program.get_or_init(|| {
            let texts: Vec<&str> = self.texts.iter().map(SmolStr::as_str).collect();
            compile(&judge.library, &texts)
        });
        program.as_ref()
    }
}

/// Compiles queries together. One that calls something undefined fails when it runs and does not take the others with it.
fn compile(library: &str, queries: &[&str]) -> Option<Program> {
    let errors = match Program::compile(library, queries) {
        Ok(program) => return Some(program),
        Err(errors) => errors,
    };
    let replaced: Vec<(usize, String)> = errors
        .iter()
        .filter_map(|error| Some((error.query?, failing(error))))
        .collect();
    let mut queries = queries.to_vec();
    for (query, text) in &replaced {
        *queries.get_mut(*query)? = text;
    }
    Program::compile(library, &queries).ok()
}

fn failing(error: &CompileError) -> String {
    format!("error({})", serde_json::Value::from(error.message.as_str()))
}
