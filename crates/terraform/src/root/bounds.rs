//! What evaluation may cost, and how large and how deep the value of an expression may be: values that contain each other twice are bombs, and what is
//! deep takes stack wherever it is walked.

use foldhash::{HashMap, HashMapExt};
use source::Span;

use super::configuration::Configuration;
use crate::evaluate::{Budget, Evaluated, EvaluationError};
use crate::value::{Shape, TextPiece, Unknown, Value};

/// What a root may cost to evaluate, whatever it declares. What a step makes may need a hundred bytes.
const STEPS: u64 = 20_000_000;

/// What each block that is evaluated may cost beside that. A large estate needs a twentieth of it.
const STEPS_OF_BLOCK: u64 = 20_000;

/// What no root may cost more than.
const MOST_STEPS: u64 = 200_000_000;

/// What one expression may cost.
pub(super) const STEPS_OF_ONE: u64 = 10_000_000;

/// The most nodes of one value.
const MOST_NODES: usize = 1_000_000;
/// The most levels of one value, with what is known of its unknown parts.
const MOST_LEVELS: usize = 128;

/// How many nodes are walked for a step of evaluation.
const NODES_OF_A_STEP: u64 = 4;

/// What a root may cost to evaluate.
pub(super) fn steps(configuration: &Configuration) -> u64 {
    let modules = configuration.nodes.iter().map(|node| &node.module);
    let blocks: usize = modules
        .map(|module| module.resources.len() + module.calls.len())
        .sum();
    let blocks = u64::try_from(blocks).unwrap_or(u64::MAX);
    STEPS_OF_BLOCK
        .saturating_mul(blocks)
        .saturating_add(STEPS)
        .min(MOST_STEPS)
}

/// The value, if it is no larger and no deeper than it may be, and if there are steps left to see that.
pub(super) fn bounded(value: Value, span: Span, budget: &Budget) -> Evaluated {
    let paid = budget.left().saturating_mul(NODES_OF_A_STEP);
    let most = usize::try_from(paid).map_or(MOST_NODES, |paid| paid.min(MOST_NODES));
    let mut walk = Walk {
        left: most,
        seen: HashMap::new(),
    };
    let walked = walk.take(&value, 0);
    budget.spend((most - walk.left) as u64 / NODES_OF_A_STEP);
    let (code, message) = match walked {
        Ok(()) => return Ok(value),
        Err(Excess::Nodes) if most < MOST_NODES => {
            return Err(EvaluationError::too_expensive(span));
        }
        Err(Excess::Nodes) => (
            "value-too-large",
            format!("this value has more than {MOST_NODES} parts"),
        ),
        Err(Excess::Levels) => (
            "value-too-deep",
            format!("this value is nested deeper than {MOST_LEVELS} levels"),
        ),
    };
    Err(EvaluationError::new(code, message, span))
}

enum Excess {
    Nodes,
    Levels,
}

struct Walk {
    /// How many nodes there may still be. What is known of unknown nodes is not counted.
    left: usize,
    /// The unknowns that were walked, each with the deepest level that it was met at.
    seen: HashMap<*const Unknown, usize>,
}

impl Walk {
    fn take(&mut self, value: &Value, level: usize) -> Result<(), Excess> {
        self.left = self.left.checked_sub(1).ok_or(Excess::Nodes)?;
        if level > MOST_LEVELS {
            return Err(Excess::Levels);
        }
        for part in value.parts() {
            self.take(part, level + 1)?;
        }
        match value.unknown() {
            Some(unknown) => self.take_unknown(unknown, level),
            None => Ok(()),
        }
    }

    fn take_unknown(&mut self, unknown: &Unknown, level: usize) -> Result<(), Excess> {
        let Some(shape) = &unknown.shape else {
            return Ok(());
        };
        let deepest = self.seen.entry(std::ptr::from_ref(unknown)).or_default();
        if *deepest > level {
            return Ok(());
        }
        *deepest = level + 1;
        let left = self.left;
        for part in parts(shape) {
            self.take(part, level + 1)?;
        }
        self.left = left;
        Ok(())
    }
}

/// The values that tell what is known of an unknown one.
fn parts(shape: &Shape) -> Box<dyn Iterator<Item = &Value> + '_> {
    match shape {
        Shape::OneOf(values) => Box::new(values.iter()),
        Shape::Resource { entries, .. } | Shape::Keyed(entries) => Box::new(entries.values()),
        Shape::Text(pieces) => Box::new(pieces.iter().filter_map(|piece| match piece {
            TextPiece::Unknown(value) => Some(value),
            TextPiece::Known { .. } => None,
        })),
        Shape::Json(value) | Shape::Yaml(value) | Shape::Base64(value) | Shape::Gzip(value) => {
            Box::new(std::iter::once(value.as_ref()))
        }
        Shape::Items { items, rest } => Box::new(items.iter().chain([rest.as_ref()])),
        Shape::Entries { entries, rest } => Box::new(entries.values().chain([rest.as_ref()])),
    }
}
