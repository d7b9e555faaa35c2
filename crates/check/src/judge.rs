//! Judging resources: each check's query, over all answers to what it asks of unknown values.

mod item;
mod subject;
#[cfg(test)]
mod tests;
use std::cell::Cell;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use graph::{Graph, NodeId, ResourceId, SmolStr, Tree};
use jaq_core::Vars;
use smol_str::format_smolstr;

use self::item::{Item, Items};
use self::subject::{Head, Member, Queries, Subject};
use crate::file::Check;
use crate::library::Library;
use crate::message::expression;
use crate::native::Context;
use crate::pod_security::Standards;
use crate::prefilter::{Datum, Globals, Prefilter};
use crate::program::{CompileError, Program, Run};
use crate::run::{Outcomes, Stop, outcomes};
use crate::value::{Spot, Value};
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
    use_prefilter: bool,
    evaluations: [AtomicU64; 2],
}

/// How often a query was decided for an output of its generator, and by whom.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evaluations {
    /// By the prefilter.
    pub prefilter: u64,
    /// By the engine of jq.
    pub jq: u64,
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
                subjects
                    .entry(resource.clone())
                    .or_default()
                    .checks
                    .push(index);
            }
        }
        let settings = checks
            .iter()
            .map(|check| effective_settings(check, settings.get(&check.id)))
            .collect();
        let standards = Standards::new(&library.checks, library.definitions.clone());
        let library = library.definitions.clone();
        let evaluations = [AtomicU64::new(0), AtomicU64::new(0)];
        Self {
            checks,
            settings,
            library,
            against,
            subjects,
            standards,
            use_prefilter: true,
            evaluations,
        }
    }

    /// The same without the prefilter, to compare the two.
    #[must_use]
    pub fn by_jq_alone(self) -> Self {
        Self {
            use_prefilter: false,
            ..self
        }
    }

    /// What was evaluated so far.
    #[must_use]
    pub fn evaluations(&self) -> Evaluations {
        let [prefilter, jq] = &self.evaluations;
        Evaluations {
            prefilter: prefilter.load(Ordering::Relaxed),
            jq: jq.load(Ordering::Relaxed),
        }
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
        let root = Spot {
            resource,
            id,
            node: NodeId::ROOT,
        };
        let minor = self.against.kubernetes_minor;
        let context = Context {
            graph,
            kubernetes_minor: minor,
            standards: &self.standards,
        };
        let mut verdicts = Vec::new();
        for (position, name) in resource.subjects.iter().enumerate() {
            let Some(subject) = self.subjects.get(name) else {
                continue;
            };
            let queries = subject.queries(self);
            let judging = Judging {
                judge: self,
                subject,
                queries,
                context,
                root,
                evaluations: Cell::default(),
            };
            let earlier = &resource.subjects[..position];
            judging.run(
                |check| !check.resources.iter().any(|name| earlier.contains(name)),
                &mut verdicts,
            );
            let counts = self.evaluations.iter().zip(judging.evaluations.get());
            for (total, count) in counts {
                total.fetch_add(count, Ordering::Relaxed);
            }
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
        failed
            .map(|(index, errors)| (index, first_message(&errors)))
            .collect()
    }
}

fn first_message(errors: &[CompileError]) -> String {
    errors.first().map_or_else(
        || "the query does not compile".to_owned(),
        |error| error.message.clone(),
    )
}

fn effective_settings(check: &Check, overrides: Option<&(Arc<Tree>, NodeId)>) -> Value {
    let defaults = check
        .settings
        .map_or(Value::object([]), |node| Value::constant(&check.tree, node));
    let overrides = overrides.map_or(Value::Null, |(tree, node)| Value::constant(tree, *node));
    // Both are maps: adding replaces the defaults key by key.
    (defaults.clone() + overrides).unwrap_or(defaults)
}

/// One resource before the checks of one subject.
struct Judging<'a> {
    judge: &'a Judge,
    subject: &'a Subject,
    queries: &'a Queries,
    context: Context<'a>,
    root: Spot<'a>,
    /// By the prefilter, and by jq.
    evaluations: Cell<[u64; 2]>,
}

impl<'a> Judging<'a> {
    fn run(&self, wanted: impl Fn(&Check) -> bool, verdicts: &mut Vec<Judged>) {
        for group in &self.queries.groups {
            let mut members = group
                .members
                .iter()
                .filter(|member| wanted(&self.judge.checks[member.check]))
                .peekable();
            let Some(first) = members.peek() else {
                continue;
            };
            let items = match &group.head {
                Some(head) => self.items(head, first.check),
                None => Items::root(self.root),
            };
            verdicts.extend(members.map(|member| self.judge_member(member, &items)));
        }
    }

    fn judge_member(&self, member: &'a Member, items: &Items<'a>) -> Judged {
        let mut judged = Judged {
            check: member.check,
            fails: Vec::new(),
            unknown: Vec::new(),
        };
        match items {
            Items::Each(items) => {
                for item in items {
                    self.judge_item(member, item, &mut judged);
                }
            }
            Items::Undecided(head) => self.judge_whole(*head, member, &mut judged),
        }
        judged
    }

    /// The outputs of a generator, unless they depend on unknown values, so that it must run with each query.
    fn items(&self, head: &'a Head, check: usize) -> Items<'a> {
        if let Some(items) = self.native(
            head.prefilter.as_ref(),
            check,
            &Datum::Node(self.root),
            Datum::NULL,
        ) {
            return Items::Each(items.into_iter().map(Item::known).collect());
        }
        let Some(program) = self.queries.program(self.judge) else {
            return Items::Undecided(head.entry);
        };
        let run = self.variables(check, Value::Null);
        let root = || Value::Node(self.root.place());
        let mut outcomes = outcomes(|| {
            program
                .run(head.entry, &run, root())
                .collect::<Result<Vec<Value>, String>>()
        });
        match (
            outcomes.runs.pop(),
            outcomes.runs.is_empty(),
            outcomes.tainted,
        ) {
            (Some(Ok(Ok(items))), true, false) => Items::Each(
                items
                    .into_iter()
                    .map(|item| Item::of_value(item, self.context.graph))
                    .collect(),
            ),
            _ => Items::Undecided(head.entry),
        }
    }

    /// The outputs of a query, where they are certain without jq.
    fn native(
        &self,
        prefilter: Option<&'a Prefilter>,
        check: usize,
        input: &Datum<'a>,
        found: Datum<'a>,
    ) -> Option<Vec<Datum<'a>>> {
        let settings = &self.judge.settings[check];
        let globals = Globals {
            resource: self.root,
            settings,
            now: self.judge.against.now,
            found,
        };
        prefilter
            .filter(|_| self.judge.use_prefilter)?
            .outputs(input, globals, self.context)
    }

    fn variables(&self, check: usize, found: Value) -> Run<'a> {
        let version = Value::Text(format_smolstr!("1.{}", self.context.kubernetes_minor));
        let now = isize::try_from(self.judge.against.now).unwrap_or(isize::MAX);
        let settings = self.judge.settings[check].clone();
        // The last variable is the innermost; the order is that of `program::VARIABLES`.
        let values = [
            Value::Node(self.root.place()),
            settings,
            version,
            Value::from(now),
            found,
        ];
        Run {
            context: self.context,
            variables: Vars::new(values),
        }
    }

    fn judge_item(&self, member: &'a Member, item: &Item<'a>, judged: &mut Judged) {
        let input = item.datum();
        let found = input.and_then(|input| {
            self.native(member.prefilter.as_ref(), member.check, input, Datum::NULL)
        });
        self.count(found.is_some());
        if let Some(found) = found {
            if !found.is_empty() {
                let found = found
                    .iter()
                    .map(|found| Output::new(item.value(), found.value().into_owned()));
                self.conclude(
                    Outcomes::certain(Outputs {
                        found: found.collect(),
                        error: None,
                    }),
                    member,
                    judged,
                );
            }
            return;
        }
        let Some(program) = self.program(judged) else {
            return;
        };
        let run = self.variables(member.check, Value::Null);
        let outcomes = outcomes(|| {
            let mut outputs = Outputs {
                found: Vec::new(),
                error: None,
            };
            outputs.extend(
                program.run(member.entry, &run, item.value().clone()),
                item.value(),
            );
            outputs
        });
        self.conclude(outcomes, member, judged);
    }

    fn count(&self, by_prefilter: bool) {
        let [prefilter, jq] = self.evaluations.get();
        self.evaluations.set(if by_prefilter {
            [prefilter + 1, jq]
        } else {
            [prefilter, jq + 1]
        });
    }

    fn judge_whole(&self, head: usize, member: &'a Member, judged: &mut Judged) {
        self.count(false);
        let Some(program) = self.program(judged) else {
            return;
        };
        let run = self.variables(member.check, Value::Null);
        let outcomes = outcomes(|| {
            let mut outputs = Outputs {
                found: Vec::new(),
                error: None,
            };
            for item in program.run(head, &run, Value::Node(self.root.place())) {
                match item {
                    Ok(item) => {
                        outputs.extend(program.run(member.entry, &run, item.clone()), &item);
                    }
                    Err(error) => {
                        outputs.error = Some(error);
                        break;
                    }
                }
            }
            outputs
        });
        self.conclude(outcomes, member, judged);
    }

    /// The program of jq's engine; a verdict that needs it is unknown where it does not compile.
    fn program(&self, judged: &mut Judged) -> Option<&'a Program> {
        let program = self.queries.program(self.judge);
        if program.is_none() {
            let why = WhyUnknown::Query(
                "the definitions that the query shares with others do not compile".to_owned(),
            );
            if !judged.unknown.contains(&why) {
                judged.unknown.push(why);
            }
        }
        program
    }

    /// Puts the runs of a query together: a place that every run found is a fail, one that only some found is unknown.
    fn conclude(&self, outcomes: Outcomes<Outputs>, member: &'a Member, judged: &mut Judged) {
        let mut first: Vec<(FoundPlace, Value, Value)> = Vec::new();
        let mut undecided = outcomes.tainted;
        let mut runs: Vec<Vec<FoundPlace>> = Vec::new();
        for (index, run) in outcomes.runs.into_iter().enumerate() {
            let outputs = match run {
                Ok(outputs) => outputs,
                Err(stop) => {
                    judged
                        .unknown
                        .push(WhyUnknown::Query(stop.text().to_owned()));
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
            judged
                .unknown
                .extend(outcomes.causes.into_iter().map(WhyUnknown::Value));
        }
        judged.unknown.dedup();
        if !outcomes.tainted {
            for (place, item, found) in first {
                if everywhere(&place) && !judged.fails.iter().any(|fail| fail.place == place) {
                    judged.fails.push(self.fail(place, &item, &found, member));
                }
            }
        }
    }

    fn found_place(&self, value: &Value) -> Result<FoundPlace, String> {
        let place = value
            .place()
            .ok_or("the query's output is a computed value and no place of the resource")?;
        if place.id != self.root.id {
            return Err("the query's output is a place of another resource".to_owned());
        }
        let missing = match value {
            Value::Missing(missing) => missing.keys.clone(),
            _ => Vec::new(),
        };
        Ok(FoundPlace {
            resource: place.id,
            node: place.node,
            missing,
        })
    }

    fn fail(&self, place: FoundPlace, item: &Value, found: &Value, member: &'a Member) -> Fail {
        let known = Datum::of_value(item, self.context.graph)
            .zip(Datum::of_value(found, self.context.graph));
        let native = |prefilter: Option<&'a Prefilter>| {
            let (item, found) = known.as_ref()?;
            self.native(prefilter, member.check, item, found.clone())
        };
        let message = match native(member.message.as_ref()) {
            Some(outputs) => outputs.first().map(|message| text(&message.value())),
            None => self.message(item, found, member),
        };
        let evidence = match &self.judge.checks[member.check].evidence {
            None => Vec::new(),
            Some(_) => match native(member.evidence.as_ref()) {
                Some(outputs) => outputs
                    .iter()
                    .filter_map(|place| evidence_place(&place.value()))
                    .collect(),
                None => self.evidence(item, found, member),
            },
        };
        let message = message.unwrap_or_else(|| self.judge.checks[member.check].title.to_string());
        Fail {
            place,
            message,
            evidence,
        }
    }

    fn message(&self, item: &Value, found: &Value, member: &Member) -> Option<String> {
        let texts = self.subject.texts(self.judge)?;
        let run = self.variables(member.check, found.clone());
        let message = outcomes(|| {
            texts
                .run(member.position, &run, item.clone())
                .next()
                .and_then(Result::ok)
        });
        let message = message.runs.into_iter().next()?.ok()?;
        message.map(|message| text(&message))
    }

    fn evidence(&self, item: &Value, found: &Value, member: &Member) -> Vec<FoundPlace> {
        let Some(texts) = self.subject.texts(self.judge) else {
            return Vec::new();
        };
        let run = self.variables(member.check, found.clone());
        let evidence = outcomes(|| {
            let outputs = texts.run(
                self.subject.checks.len() + member.position,
                &run,
                item.clone(),
            );
            outputs
                .filter_map(Result::ok)
                .filter_map(|value| evidence_place(&value))
                .collect()
        });
        evidence
            .runs
            .into_iter()
            .next()
            .and_then(Result::ok)
            .unwrap_or_default()
    }
}

fn text(value: &Value) -> String {
    value
        .as_text()
        .map_or_else(|| value.to_string(), str::to_owned)
}

fn evidence_place(value: &Value) -> Option<FoundPlace> {
    let place = value.place()?;
    Some(FoundPlace {
        resource: place.id,
        node: place.node,
        missing: Vec::new(),
    })
}

impl Output {
    fn new(item: &Value, found: Value) -> Self {
        Self {
            item: item.clone(),
            found,
        }
    }
}

impl Outputs {
    /// Takes outputs up to the first error.
    fn extend(&mut self, outputs: impl Iterator<Item = Result<Value, String>>, item: &Value) {
        for output in outputs {
            match output {
                Ok(found) => self.found.push(Output::new(item, found)),
                Err(error) => {
                    self.error = Some(error);
                    return;
                }
            }
        }
    }
}
