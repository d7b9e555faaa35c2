//! Verdicts from the outputs of queries: places, messages and evidence.

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
        let graph = self.context.graph;
        let known = Datum::of_value(item, graph).zip(Datum::of_value(found, graph));
        let certain = |prefilter: Option<&'a Prefilter>| {
            let (item, found) = known.as_ref()?;
            self.certain(prefilter, item, found.clone())
        };
        let check = &self.judge.checks[member.check];
        let message = match certain(member.message.as_ref()) {
            Some(outputs) => outputs.first().map(|message| text(&message.value())),
            None => self.message(item, found, member),
        };
        let evidence = match (&check.evidence, certain(member.evidence.as_ref())) {
            (None, _) => Vec::new(),
            (Some(_), Some(outputs)) => {
                let places = outputs.iter();
                places
                    .filter_map(|place| evidence_place(&place.value()))
                    .collect()
            }
            (Some(_), None) => self.evidence(item, found, member),
        };
        Fail {
            place,
            message: message.unwrap_or_else(|| check.title.to_string()),
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
