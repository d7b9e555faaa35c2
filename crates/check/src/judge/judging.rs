//! One resource before the checks of one subject: generators, and queries on what they give.

use std::cell::Cell;

use jaq_core::Vars;
use smol_str::format_smolstr;

use super::Judge;
use super::conclude::{Outputs, symbolic};
use super::item::{Item, Items};
use super::subject::{Head, Member, Queries, Subject};
use crate::file::Check;
use crate::native::Context;
use crate::prefilter::{Asking, Datum, Decision, Globals, Prefilter};
use crate::program::{Program, Run};
use crate::run::{Outcomes, outcomes};
use crate::value::{Spot, Value};
use crate::verdict::{Judged, WhyUnknown};

/// One resource before the checks of one subject.
pub(super) struct Judging<'a> {
    pub(super) judge: &'a Judge,
    pub(super) subject: &'a Subject,
    pub(super) queries: &'a Queries,
    pub(super) context: Context<'a>,
    pub(super) root: Spot<'a>,
    /// By the prefilter, and by jq.
    pub(super) evaluations: Cell<[u64; 2]>,
}

/// The outputs of a generator, those that may not exist included; none where more than that depends on what is unknown.
fn most_items(outcomes: Outcomes<Result<Vec<Value>, String>>) -> Option<Vec<Value>> {
    let runs = outcomes.runs.into_iter();
    let mut runs: Vec<Vec<Value>> = runs.map(|run| run.ok()?.ok()).collect::<Option<_>>()?;
    // The last run gives all questions the answer yes.
    let most = runs.pop()?;
    let is_same = |(run, absent): (&Vec<Value>, &Vec<u64>)| {
        let there = most.iter().filter(|item| {
            let symbolic = item.place().map(|place| symbolic(place.spot()));
            !symbolic.is_some_and(|nodes| nodes.iter().any(|node| absent.contains(node)))
        });
        let node = |item: &Value| match item {
            Value::Node(place) => Some((place.id, place.node)),
            _ => None,
        };
        let there: Option<Vec<_>> = there.map(node).collect();
        let given: Option<Vec<_>> = run.iter().map(node).collect();
        there.is_some() && there == given
    };
    let is_certain = !outcomes.tainted && runs.iter().zip(&outcomes.absent).all(is_same);
    is_certain.then_some(most)
}

impl<'a> Judging<'a> {
    /// Judges by the checks that are wanted.
    pub(super) fn run(&self, wanted: impl Fn(&Check) -> bool, verdicts: &mut Vec<Judged>) {
        for group in &self.queries.groups {
            let wanted = |member: &&Member| wanted(&self.judge.checks[member.check]);
            let mut members = group.members.iter().filter(wanted).peekable();
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
        let root = Datum::Node(self.root);
        if let Some(items) = self.certain(head.prefilter.as_ref(), &root, Datum::NULL) {
            return Items::Each(items.into_iter().map(Item::known).collect());
        }
        let Some(program) = self.queries.program(self.judge) else {
            return Items::Undecided(head.entry);
        };
        let run = self.variables(check, Value::Null);
        let items = || program.run(head.entry, &run, self.root_value());
        let outcomes = outcomes(|| items().collect::<Result<Vec<Value>, String>>());
        match most_items(outcomes) {
            Some(items) => {
                let items = items.into_iter();
                Items::Each(
                    items
                        .map(|item| Item::of_value(item, self.context.graph))
                        .collect(),
                )
            }
            _ => Items::Undecided(head.entry),
        }
    }

    fn judge_item(&self, member: &'a Member, item: &Item<'a>, judged: &mut Judged) {
        match self.prefilter(member, item, Asking::Forbidden) {
            Decision::Outputs(found) => {
                self.count([1, 0]);
                // Most queries find nothing.
                if !found.is_empty() {
                    let outcomes = Outcomes::certain(Outputs::of(&found, item));
                    self.conclude(outcomes, member, judged);
                }
                return;
            }
            Decision::Questions => {
                if let Some(outcomes) = self.answers(member, item) {
                    self.count([1, 0]);
                    self.conclude(outcomes, member, judged);
                    return;
                }
            }
            Decision::Undecided => {}
        }
        self.count([0, 1]);
        self.judge_by_jq(member, item, judged);
    }

    fn prefilter(&self, member: &'a Member, item: &Item<'a>, asking: Asking) -> Decision<'a> {
        match item.datum() {
            Some(input) => self.decide(member.prefilter.as_ref(), input, Datum::NULL, asking),
            None => Decision::Undecided,
        }
    }

    fn decide(
        &self,
        prefilter: Option<&'a Prefilter>,
        input: &Datum<'a>,
        found: Datum<'a>,
        asking: Asking,
    ) -> Decision<'a> {
        let Some(prefilter) = prefilter.filter(|_| self.judge.use_prefilter) else {
            return Decision::Undecided;
        };
        let globals = Globals {
            resource: self.root,
            now: self.judge.against.now,
            found,
        };
        prefilter.decide(input, globals, self.context, asking)
    }

    /// The outputs of a filter, where the prefilter is certain of them.
    pub(super) fn certain(
        &self,
        prefilter: Option<&'a Prefilter>,
        input: &Datum<'a>,
        found: Datum<'a>,
    ) -> Option<Vec<Datum<'a>>> {
        match self.decide(prefilter, input, found, Asking::Forbidden) {
            Decision::Outputs(outputs) => Some(outputs),
            Decision::Questions | Decision::Undecided => None,
        }
    }

    /// What the prefilter finds for each combination of answers to its questions.
    fn answers(&self, member: &'a Member, item: &Item<'a>) -> Option<Outcomes<Outputs>> {
        let mut is_decided = true;
        let outcomes = outcomes(|| match self.prefilter(member, item, Asking::Allowed) {
            Decision::Outputs(found) => Outputs::of(&found, item),
            Decision::Questions | Decision::Undecided => {
                is_decided = false;
                Outputs::default()
            }
        });
        is_decided.then_some(outcomes)
    }

    fn judge_by_jq(&self, member: &'a Member, item: &Item<'a>, judged: &mut Judged) {
        let Some(program) = self.program(judged) else {
            return;
        };
        let run = self.variables(member.check, Value::Null);
        let outcomes = outcomes(|| {
            let mut outputs = Outputs::default();
            let found = program.run(member.entry, &run, item.value().clone());
            outputs.extend(found, item.value());
            outputs
        });
        self.conclude(outcomes, member, judged);
    }

    fn judge_whole(&self, head: usize, member: &'a Member, judged: &mut Judged) {
        self.count([0, 1]);
        let Some(program) = self.program(judged) else {
            return;
        };
        let run = self.variables(member.check, Value::Null);
        let outcomes = outcomes(|| {
            let mut outputs = Outputs::default();
            for item in program.run(head, &run, self.root_value()) {
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
        let why = "the definitions that queries share do not compile";
        let why = || WhyUnknown::Query(why.to_owned());
        if program.is_none() && !judged.unknown.contains(&why()) {
            judged.unknown.push(why());
        }
        program
    }

    /// The variables of a check for the engine of jq.
    pub(super) fn variables(&self, check: usize, found: Value) -> Run<'a> {
        let version = Value::Text(format_smolstr!("1.{}", self.context.kubernetes_minor));
        let now = isize::try_from(self.judge.against.now).unwrap_or(isize::MAX);
        let settings = self.judge.settings[check].clone();
        // The last variable is the innermost; the order is that of `program::VARIABLES`.
        let values = [
            self.root_value(),
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

    fn root_value(&self) -> Value {
        Value::Node(self.root.place())
    }

    fn count(&self, [prefilter, jq]: [u64; 2]) {
        let [by_prefilter, by_jq] = self.evaluations.get();
        self.evaluations.set([by_prefilter + prefilter, by_jq + jq]);
    }
}
