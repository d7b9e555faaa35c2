//! Verdicts from the outputs of queries.

use std::collections::HashSet;

use graph::Data;

use super::item::Item;
use super::judging::Judging;
use super::subject::Member;
use crate::prefilter::Datum;
use crate::run::{Outcomes, Stop};
use crate::value::{Spot, Value};
use crate::verdict::{FoundPlace, Judged, WhyUnknown};
use crate::walk::ancestors;

/// A found place and what the generator gave it from.
pub(super) struct Output {
    pub(super) item: Value,
    pub(super) found: Value,
}

/// An output with its place.
pub(super) struct Found {
    pub(super) place: FoundPlace,
    /// What is the same in all runs that take different values for one unknown.
    pub(super) choice: FoundPlace,
    pub(super) output: Output,
}

/// The outputs of one run of a query, and its error.
#[derive(Default)]
pub(super) struct Outputs {
    found: Vec<Output>,
    pub(super) error: Option<String>,
}

impl<'a> Judging<'a> {
    /// Puts the runs of a query together: a place that every run found in which it exists is a fail, one that only some of them
    /// found is unknown.
    pub(super) fn conclude(
        &self,
        outcomes: Outcomes<Outputs>,
        member: &'a Member,
        judged: &mut Judged,
    ) {
        let runs = outcomes.runs.into_iter();
        let runs: Vec<Vec<Found>> = runs.map(|run| self.found(run, judged)).collect();
        let everywhere = |one: &Found| {
            let symbolic = self.symbolic(&one.place);
            let mut runs = runs.iter().zip(&outcomes.absent);
            runs.all(|(run, absent)| {
                let is_absent = symbolic.iter().any(|node| absent.contains(node));
                is_absent || run.iter().any(|other| other.choice == one.choice)
            })
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
        let all = runs.iter().flatten();
        for found in all.filter(|found| everywhere(found)) {
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

    /// The elements that a place is or stands in of which there may be none.
    fn symbolic(&self, place: &FoundPlace) -> Vec<u64> {
        let resource = self.context.graph.resource(place.resource);
        let spot = Spot {
            resource,
            id: place.resource,
            node: place.node,
        };
        symbolic(spot)
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
}

/// The elements that a place is or stands in of which there may be none.
pub(super) fn symbolic(spot: Spot<'_>) -> Vec<u64> {
    let above = ancestors(spot).filter(|node| spot.tree().is_symbolic(*node));
    above.map(|node| spot.at(node).identity()).collect()
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
