//! Judging resources: each check's query, over all answers to what it asks of unknown values.

use std::collections::HashMap;
use std::sync::{Arc, OnceLock};

use graph::{Graph, NodeId, ResourceId, SmolStr, Tree};
use jaq_core::Vars;

use crate::file::Check;
use crate::library::Library;
use crate::message::expression;
use crate::native::Context;
use crate::pod_security::Standards;
use crate::program::{CompileError, Program, Run};
use crate::run::{Outcomes, Stop, outcomes};
use crate::value::Value;
use crate::verdict::{Fail, FoundPlace, Judged, WhyUnknown};

/// What all resources of a run are judged against.
#[derive(Clone, Debug)]
pub struct Against {
    /// The minor version of Kubernetes 1.
    pub kubernetes_minor: u32,
    /// The present time in seconds since 1970.
    pub now: i64,
}

/// Checks, compiled by subject when the first resource of that subject is judged.
pub struct Judge {
    checks: Vec<Arc<Check>>,
    settings: Vec<Value>,
    library: String,
    against: Against,
    subjects: HashMap<SmolStr, Subject>,
    standards: Standards,
}

/// The checks of one subject.
struct Subject {
    checks: Vec<usize>,
    queries: OnceLock<Queries>,
    texts: OnceLock<Option<Program>>,
}

/// The compiled queries of one subject: those that begin with the same generator run it once.
struct Queries {
    program: Option<Program>,
    groups: Vec<Group>,
}

struct Group {
    /// The entry of the generator.
    head: Option<usize>,
    /// Position among the subject's checks, and the entry of the query's rest.
    members: Vec<(usize, usize)>,
}

/// A found place and what the generator gave it from.
struct Output {
    item: Value,
    found: Value,
}

/// The outputs of one run of a query, and its error.
struct Outputs {
    found: Vec<Output>,
    error: Option<String>,
}

impl Judge {
    /// A judge by some checks of a library. `settings` are the values that differ from a check's defaults, by its id.
    #[must_use]
    pub fn new(
        library: &Library,
        checks: Vec<Arc<Check>>,
        settings: &HashMap<SmolStr, (Arc<Tree>, NodeId)>,
        against: Against,
    ) -> Self {
        let mut subjects: HashMap<SmolStr, Subject> = HashMap::new();
        for (index, check) in checks.iter().enumerate() {
            for resource in &check.resources {
                let subject = subjects.entry(resource.clone()).or_insert_with(|| Subject {
                    checks: Vec::new(),
                    queries: OnceLock::new(),
                    texts: OnceLock::new(),
                });
                subject.checks.push(index);
            }
        }
        let settings = checks.iter().map(|check| effective_settings(check, settings.get(&check.id))).collect();
        let standards = Standards::new(&library.checks, library.definitions.clone());
        Self { checks, settings, library: library.definitions.clone(), against, subjects, standards }
    }

    /// The checks, by the indexes that verdicts name.
    #[must_use]
    pub fn checks(&self) -> &[Arc<Check>] {
        &self.checks
    }

    /// The verdicts of all checks that judge resources of this kind.
    #[must_use]
    pub fn judge(&self, graph: &Graph, id: ResourceId) -> Vec<Judged> {
        let resource = graph.resource(id);
        let root = Value::root(resource, id);
        let minor = self.against.kubernetes_minor;
        let context = Context { graph, kubernetes_minor: minor, standards: &self.standards };
        let mut verdicts = Vec::new();
        for (position, name) in resource.subjects.iter().enumerate() {
            let Some(subject) = self.subjects.get(name) else { continue };
            let judging = Judging { judge: self, subject, context, root: &root, id };
            let earlier = &resource.subjects[..position];
            judging.run(|check| !check.resources.iter().any(|name| earlier.contains(name)), &mut verdicts);
        }
        verdicts.sort_by_key(|judged| judged.check);
        verdicts
    }

    /// Compiles every check by itself and says which calls something undefined.
    #[must_use]
    pub fn undefined(&self) -> Vec<(usize, String)> {
        let compile = |index: usize| {
            let check = &self.checks[index];
            let message = expression(&check.message);
            let mut texts = vec![check.query.rest.as_str(), message.as_str()];
            texts.extend(check.query.head.as_deref());
            texts.extend(check.evidence.as_ref().map(|(text, _)| text.as_str()));
            Program::compile(&self.library, &texts).err()
        };
        let failed = (0..self.checks.len()).filter_map(|index| Some((index, compile(index)?)));
        failed.map(|(index, errors)| (index, first_message(&errors))).collect()
    }
}

fn first_message(errors: &[CompileError]) -> String {
    errors.first().map_or_else(|| "the query does not compile".to_owned(), |error| error.message.clone())
}

fn effective_settings(check: &Check, overrides: Option<&(Arc<Tree>, NodeId)>) -> Value {
    let defaults = check.settings.map_or(Value::object([]), |node| Value::constant(&check.tree, node));
    let overrides = overrides.map_or(Value::Null, |(tree, node)| Value::constant(tree, *node));
    // Both are maps: adding replaces the defaults key by key.
    (defaults.clone() + overrides).unwrap_or(defaults)
}

impl Subject {
    fn queries(&self, judge: &Judge) -> &Queries {
        self.queries.get_or_init(|| {
            let mut texts: Vec<&str> = Vec::new();
            let mut groups: Vec<(Option<&SmolStr>, Group)> = Vec::new();
            for (position, index) in self.checks.iter().enumerate() {
                let query = &judge.checks[*index].query;
                let known = groups.iter().position(|(head, _)| *head == query.head.as_ref());
                let group = known.unwrap_or_else(|| {
                    let head = query.head.as_ref().map(|head| {
                        texts.push(head);
                        texts.len() - 1
                    });
                    groups.push((query.head.as_ref(), Group { head, members: Vec::new() }));
                    groups.len() - 1
                });
                texts.push(&query.rest);
                groups[group].1.members.push((position, texts.len() - 1));
            }
            let program = Program::compile(&judge.library, &texts).ok();
            Queries { program, groups: groups.into_iter().map(|(_, group)| group).collect() }
        })
    }

    /// The messages, and behind them the evidence, of all checks: compiled when the first of them fails.
    fn texts(&self, judge: &Judge) -> Option<&Program> {
        let texts = self.texts.get_or_init(|| {
            let checks = || self.checks.iter().map(|index| &judge.checks[*index]);
            let messages: Vec<String> = checks().map(|check| expression(&check.message)).collect();
            let evidence = checks().map(|check| check.evidence.as_ref().map_or("empty", |(text, _)| text.as_str()));
            let texts: Vec<&str> = messages.iter().map(String::as_str).chain(evidence).collect();
            Program::compile(&judge.library, &texts).ok()
        });
        texts.as_ref()
    }
}

/// One resource before the checks of one subject.
struct Judging<'a> {
    judge: &'a Judge,
    subject: &'a Subject,
    context: Context<'a>,
    root: &'a Value,
    id: ResourceId,
}

impl<'a> Judging<'a> {
    fn run(&self, wanted: impl Fn(&Check) -> bool, verdicts: &mut Vec<Judged>) {
        let queries = self.subject.queries(self.judge);
        let Some(program) = &queries.program else { return };
        for group in &queries.groups {
            let checks = group.members.iter().map(|(position, entry)| (self.subject.checks[*position], *position, *entry));
            let members: Vec<(usize, usize, usize)> =
                checks.filter(|(check, _, _)| wanted(&self.judge.checks[*check])).collect();
            if members.is_empty() {
                continue;
            }
            let items = group.head.map(|head| self.items(program, head, members[0].0));
            verdicts.extend(members.into_iter().map(|(check, position, entry)| {
                let mut judged = Judged { check, fails: Vec::new(), unknown: Vec::new() };
                match &items {
                    None => self.judge_item(program, entry, (check, position), self.root, &mut judged),
                    Some(Ok(items)) => {
                        for item in items {
                            self.judge_item(program, entry, (check, position), item, &mut judged);
                        }
                    }
                    Some(Err(head)) => self.judge_whole(program, (*head, entry), (check, position), &mut judged),
                }
                judged
            }));
        }
    }

    /// The outputs of a generator; its entry where they depend on unknown values, so that it must run with each query.
    fn items(&self, program: &'a Program, head: usize, check: usize) -> Result<Vec<Value>, usize> {
        let run = self.variables(check, Value::Null);
        let mut outcomes = outcomes(|| program.run(head, &run, self.root.clone()).collect::<Result<Vec<Value>, String>>());
        match (outcomes.runs.pop(), outcomes.runs.is_empty(), outcomes.tainted) {
            (Some(Ok(Ok(items))), true, false) => Ok(items),
            _ => Err(head),
        }
    }

    fn variables(&self, check: usize, found: Value) -> Run<'a> {
        let version = format!("1.{}", self.context.kubernetes_minor);
        let now = isize::try_from(self.judge.against.now).unwrap_or(isize::MAX);
        let settings = self.judge.settings[check].clone();
        // The last variable is the innermost; the order is that of `program::VARIABLES`.
        let values = [self.root.clone(), settings, Value::from(version), Value::from(now), found];
        Run { context: self.context, variables: Vars::new(values) }
    }

    fn judge_item(&self, program: &Program, entry: usize, check: (usize, usize), item: &Value, judged: &mut Judged) {
        let run = self.variables(check.0, Value::Null);
        let outcomes = outcomes(|| {
            let mut outputs = Outputs { found: Vec::new(), error: None };
            outputs.extend(program.run(entry, &run, item.clone()), item);
            outputs
        });
        self.conclude(outcomes, check, judged);
    }

    fn judge_whole(&self, program: &Program, entries: (usize, usize), check: (usize, usize), judged: &mut Judged) {
        let run = self.variables(check.0, Value::Null);
        let outcomes = outcomes(|| {
            let mut outputs = Outputs { found: Vec::new(), error: None };
            for item in program.run(entries.0, &run, self.root.clone()) {
                match item {
                    Ok(item) => outputs.extend(program.run(entries.1, &run, item.clone()), &item),
                    Err(error) => {
                        outputs.error = Some(error);
                        break;
                    }
                }
            }
            outputs
        });
        self.conclude(outcomes, check, judged);
    }

    /// Puts the runs of a query together: a place that every run found is a fail, one that only some found is unknown.
    fn conclude(&self, outcomes: Outcomes<Outputs>, check: (usize, usize), judged: &mut Judged) {
        let mut first: Vec<(FoundPlace, Value, Value)> = Vec::new();
        let mut undecided = outcomes.tainted;
        let mut runs: Vec<Vec<FoundPlace>> = Vec::new();
        for (index, run) in outcomes.runs.into_iter().enumerate() {
            let outputs = match run {
                Ok(outputs) => outputs,
                Err(stop) => {
                    judged.unknown.push(WhyUnknown::Query(stop.text().to_owned()));
                    undecided |= stop == Stop::Questions;
                    continue;
                }
            };
            judged.unknown.extend(outputs.error.map(WhyUnknown::Query));
            let mut places = Vec::new();
            for output in outputs.found {
                match self.found_place(&output.found) {
                    Ok(place) => {
                        if index == 0 {
                            first.push((place.clone(), output.item, output.found));
                        }
                        places.push(place);
                    }
                    Err(error) => judged.unknown.push(WhyUnknown::Query(error)),
                }
            }
            runs.push(places);
        }
        let everywhere = |place: &FoundPlace| runs.iter().all(|places| places.contains(place));
        undecided |= runs.iter().flatten().any(|place| !everywhere(place));
        if undecided {
            judged.unknown.extend(outcomes.causes.into_iter().map(WhyUnknown::Value));
        }
        judged.unknown.dedup();
        if !outcomes.tainted {
            for (place, item, found) in first {
                if everywhere(&place) && !judged.fails.iter().any(|fail| fail.place == place) {
                    judged.fails.push(self.fail(place, &item, found, check));
                }
            }
        }
    }

    fn found_place(&self, value: &Value) -> Result<FoundPlace, String> {
        let place = value.place().ok_or("the query's output is a computed value and no place of the resource")?;
        if place.id != self.id {
            return Err("the query's output is a place of another resource".to_owned());
        }
        let missing = match value {
            Value::Missing(missing) => missing.keys.clone(),
            _ => Vec::new(),
        };
        Ok(FoundPlace { resource: place.id, node: place.node, missing })
    }

    fn fail(&self, place: FoundPlace, item: &Value, found: Value, (check, position): (usize, usize)) -> Fail {
        let title = self.judge.checks[check].title.to_string();
        let Some(texts) = self.subject.texts(self.judge) else {
            return Fail { place, message: title, evidence: Vec::new() };
        };
        let run = self.variables(check, found);
        let message = outcomes(|| match texts.run(position, &run, item.clone()).next() {
            Some(Ok(message)) => Some(message.as_text().map_or_else(|| message.to_string(), str::to_owned)),
            Some(Err(_)) | None => None,
        });
        let evidence = outcomes(|| {
            let outputs = texts.run(self.subject.checks.len() + position, &run, item.clone());
            outputs.filter_map(Result::ok).filter_map(|value| evidence_place(&value)).collect::<Vec<_>>()
        });
        let message = message.runs.into_iter().next().and_then(Result::ok).flatten();
        let evidence = evidence.runs.into_iter().next().and_then(Result::ok);
        Fail { place, message: message.unwrap_or(title), evidence: evidence.unwrap_or_default() }
    }
}

fn evidence_place(value: &Value) -> Option<FoundPlace> {
    let place = value.place()?;
    Some(FoundPlace { resource: place.id, node: place.node, missing: Vec::new() })
}

impl Outputs {
    /// Takes outputs up to the first error.
    fn extend(&mut self, outputs: impl Iterator<Item = Result<Value, String>>, item: &Value) {
        for output in outputs {
            match output {
                Ok(found) => self.found.push(Output { item: item.clone(), found }),
                Err(error) => {
                    self.error = Some(error);
                    return;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
