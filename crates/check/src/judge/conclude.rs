//! Verdicts from the outputs of queries: places, messages and evidence.

use std::collections::HashSet;

use graph::Data;
use source::brief;

use super::item::Item;
use super::judging::Judging;
use super::subject::Member;
use crate::prefilter::{Datum, Prefilter};
use crate::run::{Outcomes, Stop, outcomes};
use crate::value::Value;
use crate::verdict::{Fail, FoundPlace, Judged, WhyUnknown};

/// The longest message, in characters: what it quotes from input has no limit.
const MESSAGE: usize = 1_000;

/// A found place and what the generator gave it from.
struct Output {
    item: Value,
    found: Value,
}

/// An output with its place.
struct Found {
    place: FoundPlace,
    /// What is the same in all runs that take different values for one unknown.
    choice: FoundPlace,
    output: Output,
}

/// The outputs of one run of a query, and its error.
#[derive(Default)]
pub(super) struct Outputs {
    found: Vec<Output>,
    pub(super) error: Option<String>,
}

impl<'a> Judging<'a> {
    /// Puts the runs of a query together: a place that every run found is a fail, one that only some found is unknown.
    pub(super) fn conclude(
        &self,
        outcomes: Outcomes<Outputs>,
        member: &'a Member,
        judged: &mut Judged,
    ) {
        let runs = outcomes.runs.into_iter();
        let runs: Vec<Vec<Found>> = runs.map(|run| self.found(run, judged)).collect();
        let everywhere = |one: &Found| {
            let mut runs = runs.iter();
            runs.all(|run| run.iter().any(|other| other.choice == one.choice))
        };
        if outcomes.tainted || runs.iter().flatten().any(|found| !everywhere(found)) {
            let causes = outcomes.causes.into_iter();
            judged.unknown.extend(causes.map(WhyUnknown::Value));
        }
        judged.unknown.dedup();
        if outcomes.tainted {
            return;
        }
        let mut told = HashSet::new();
        let first = runs.first().into_iter().flatten();
        for found in first.filter(|found| everywhere(found)) {
            let is_told = judged.fails.iter().any(|fail| fail.place == found.place);
            if told.insert(&found.choice) && !is_told {
                judged.fails.push(self.fail(found, &runs, member));
            }
        }
    }

    /// What a run found. Of one that was stopped nothing is known.
    fn found(&self, run: Result<Outputs, Stop>, judged: &mut Judged) -> Vec<Found> {
        let outputs = match run {
            Ok(outputs) => outputs,
            Err(stop) => {
                let text = stop.text().to_owned();
                judged.unknown.push(match stop {
                    Stop::Questions => WhyUnknown::TooMuch(text),
                    Stop::Fuel | Stop::Depth => WhyUnknown::Query(text),
                });
                return Vec::new();
            }
        };
        judged.unknown.extend(outputs.error.map(WhyUnknown::Query));
        let mut all = Vec::new();
        for output in outputs.found {
            match self.found_place(&output.found) {
                Ok(place) => all.push(Found {
                    choice: self.choice(&place),
                    place,
                    output,
                }),
                Err(error) => judged.unknown.push(WhyUnknown::Query(error)),
            }
        }
        all
    }

    /// Of a place in one of several values that an unknown may be, the unknown: it is found at different places in each of them.
    fn choice(&self, place: &FoundPlace) -> FoundPlace {
        let tree = &self.context.graph.resource(place.resource).tree;
        let above = std::iter::successors(tree.parent(place.node), |node| tree.parent(*node));
        let unknown = above.filter(|node| matches!(tree.node(*node).data, Data::Unknown(_)));
        unknown.last().map_or_else(
            || place.clone(),
            |node| FoundPlace {
                resource: place.resource,
                node,
                missing: Vec::new(),
            },
        )
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

    /// The fail at a place. What other runs found for other values of the same unknown explains it.
    fn fail(&self, found: &Found, runs: &[Vec<Found>], member: &'a Member) -> Fail {
        let Found { place, output, .. } = found;
        let graph = self.context.graph;
        let known = Datum::of_value(&output.item, graph).zip(Datum::of_value(&output.found, graph));
        let certain = |prefilter: Option<&'a Prefilter>| {
            let (item, found) = known.as_ref()?;
            self.certain(prefilter, item, found.clone())
        };
        let check = &self.judge.checks[member.check];
        let message = match certain(member.message.as_ref()) {
            Some(outputs) => outputs.first().map(|message| text(&message.value())),
            None => self.message(output, member),
        };
        let mut evidence: Vec<FoundPlace> =
            match (&check.evidence, certain(member.evidence.as_ref())) {
                (None, _) => Vec::new(),
                (Some(_), Some(outputs)) => {
                    let places = outputs.iter();
                    places
                        .filter_map(|place| evidence_place(&place.value()))
                        .collect()
                }
                (Some(_), None) => self.evidence(output, member),
            };
        if found.choice != *place {
            let others = runs.iter().flatten();
            let others =
                others.filter(|other| other.choice == found.choice && other.place != *place);
            evidence.extend(others.map(|other| other.place.clone()));
            evidence.sort();
            evidence.dedup();
        }
        Fail {
            place: place.clone(),
            message: message.unwrap_or_else(|| check.title.to_string()),
            evidence,
        }
    }

    fn message(&self, output: &Output, member: &Member) -> Option<String> {
        let texts = self.subject.texts(self.judge)?;
        let run = self.variables(member.check, output.found.clone());
        let message = outcomes(|| {
            texts
                .run(member.position, &run, output.item.clone())
                .next()
                .and_then(Result::ok)
        });
        let message = message.runs.into_iter().next()?.ok()?;
        message.map(|message| text(&message))
    }

    fn evidence(&self, output: &Output, member: &Member) -> Vec<FoundPlace> {
        let Some(texts) = self.subject.texts(self.judge) else {
            return Vec::new();
        };
        let run = self.variables(member.check, output.found.clone());
        let evidence = outcomes(|| {
            let outputs = texts.run(
                self.subject.checks.len() + member.position,
                &run,
                output.item.clone(),
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
    match value.as_text() {
        Some(text) => brief(text, MESSAGE).into_owned(),
        None => brief(&value.to_string(), MESSAGE).into_owned(),
    }
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
    /// Those of the prefilter.
    pub(super) fn of(found: &[Datum<'_>], item: &Item<'_>) -> Self {
        let output = |found: &Datum<'_>| Output::new(item.value(), found.value().into_owned());
        Self {
            found: found.iter().map(output).collect(),
            error: None,
        }
    }

    /// Takes outputs up to the first error.
    pub(super) fn extend(
        &mut self,
        outputs: impl Iterator<Item = Result<Value, String>>,
        item: &Value,
    ) {
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
