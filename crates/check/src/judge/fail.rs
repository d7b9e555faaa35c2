//! What a fail says: its message and its evidence.

use source::brief;

use super::conclude::{Found, Output};
use super::judging::Judging;
use super::subject::Member;
use crate::prefilter::{Datum, Prefilter};
use crate::run::{Outcomes, outcomes};
use crate::value::Value;
use crate::verdict::{Fail, FoundPlace};

/// The longest message, in characters: what it quotes from input has no limit.
const MESSAGE: usize = 1_000;

impl<'a> Judging<'a> {
    /// The fail at a place. What other runs found for other values of the same unknown explains it.
    pub(super) fn fail(&self, found: &Found, runs: &[Vec<Found>], member: &'a Member) -> Fail {
        let Found { place, output, .. } = found;
        let graph = self.context.graph;
        let known = Datum::of_value(&output.item, graph).zip(Datum::of_value(&output.found, graph));
        let certain = |prefilter: Option<&'a Prefilter>| {
            let (item, found) = known.as_ref()?;
            self.certain(prefilter, item, found.clone())
        };
        let mut faults = Vec::new();
        let message = match certain(member.message.as_ref()) {
            Some(outputs) => Ok(outputs.first().map(|message| text(&message.value()))),
            None => self.message(output, member),
        };
        let message = message.unwrap_or_else(|error| {
            faults.push(format!("the message fails: {error}"));
            None
        });
        let check = &self.judge.checks[member.check];
        let evidence = match (&check.evidence, certain(member.evidence.as_ref())) {
            (None, _) => Vec::new(),
            (Some(_), Some(outputs)) => {
                let values = outputs.iter().map(|output| output.value().into_owned());
                values.map(Ok).collect()
            }
            (Some(_), None) => self.evidence(output, member),
        };
        let mut evidence = places(evidence, &mut faults);
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
            faults,
        }
    }

    fn message(&self, output: &Output, member: &Member) -> Result<Option<String>, String> {
        let Some(texts) = self.subject.texts(self.judge) else {
            return Ok(None);
        };
        let run = self.variables(member.check, output.found.clone());
        let messages = outcomes(|| {
            let mut messages = texts.run(member.position, &run, output.item.clone());
            messages.next().transpose()
        });
        let message = first(messages)??;
        Ok(message.map(|message| text(&message)))
    }

    fn evidence(&self, output: &Output, member: &Member) -> Vec<Result<Value, String>> {
        let Some(texts) = self.subject.texts(self.judge) else {
            return Vec::new();
        };
        let run = self.variables(member.check, output.found.clone());
        let position = self.subject.checks.len() + member.position;
        let evidence = outcomes(|| {
            let outputs = texts.run(position, &run, output.item.clone());
            outputs.collect()
        });
        first(evidence).unwrap_or_else(|error| vec![Err(error)])
    }
}

/// The outcome of the first run: what explains a fail decides nothing, so one is enough.
fn first<T>(outcomes: Outcomes<T>) -> Result<T, String> {
    let mut runs = outcomes.runs.into_iter();
    let run = runs.next().ok_or("the query did not run")?;
    run.map_err(|stop| stop.text().to_owned())
}

fn text(value: &Value) -> String {
    match value.as_text() {
        Some(text) => brief(text, MESSAGE).into_owned(),
        None => brief(&value.to_string(), MESSAGE).into_owned(),
    }
}

/// The places of evidence, and what of it is no place.
fn places(evidence: Vec<Result<Value, String>>, faults: &mut Vec<String>) -> Vec<FoundPlace> {
    let mut places = Vec::new();
    for value in evidence {
        match value.as_ref().map(Value::place) {
            Ok(Some(place)) => places.push(FoundPlace {
                resource: place.id,
                node: place.node,
                missing: Vec::new(),
            }),
            Ok(None) => {
                let fault = "an output of the evidence is a computed value and no place";
                faults.push(fault.to_owned());
            }
            Err(error) => faults.push(format!("the evidence fails: {error}")),
        }
    }
    places
}
