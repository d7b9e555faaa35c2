//! What calls of functions cost, in steps of evaluation: what they look at, and what they make.

use crate::value::{Data, Made, Shape, Value};

/// How many bytes of text make a step.
pub(super) const BYTES: u64 = 16;
/// How many nodes of an argument make a step: most functions look at each, some only at a few.
const NODES_SEEN: u64 = 4;
/// How many steps a node of a result is, which takes as much memory as they take time.
const STEPS_MADE: u64 = 4;
/// How deep results are counted: what lies deeper is shared with the arguments, or was read from their text.
const DEEPEST_MADE: usize = 2;

/// What it costs to look at the arguments of a call; no more than `most`, as counting costs time too.
pub(super) fn of_arguments(arguments: &[Value], most: u64) -> u64 {
    let mut count = Count {
        left: most.saturating_mul(NODES_SEEN),
        ..Count::default()
    };
    for argument in arguments {
        count.take(argument, usize::MAX);
    }
    count.nodes / NODES_SEEN + count.bytes / BYTES
}

/// What it costs to make the result of a call; no more than about `most`.
pub(crate) fn of_result(result: &Value, most: u64) -> u64 {
    let mut count = Count {
        left: most,
        ..Count::default()
    };
    count.take(result, DEEPEST_MADE);
    count.nodes.saturating_mul(STEPS_MADE) + count.bytes / BYTES
}

#[derive(Default)]
struct Count {
    nodes: u64,
    bytes: u64,
    /// How many nodes may still be visited.
    left: u64,
}

impl Count {
    fn take(&mut self, value: &Value, deepest: usize) {
        let Some(left) = self.left.checked_sub(1) else {
            return;
        };
        self.left = left;
        self.nodes += 1 + pieces(value);
        self.bytes += value.as_str().map_or(0, |text| text.len() as u64);
        if let Some(deepest) = deepest.checked_sub(1) {
            value.parts().for_each(|part| self.take(part, deepest));
        }
    }
}

/// How many pieces a string is made of.
fn pieces(value: &Value) -> u64 {
    let pieces = match &value.data {
        Data::String(text) => match text.made.as_deref() {
            Some(Made::Pieces(pieces)) => pieces.len(),
            _ => 0,
        },
        Data::Unknown(unknown) => match &unknown.shape {
            Some(Shape::Text(pieces)) => pieces.len(),
            _ => 0,
        },
        _ => 0,
    };
    pieces as u64
}

#[cfg(test)]
mod tests {
    use super::{of_arguments, of_result};
    use crate::value::testing::{string, tuple};

    #[test]
    fn nodes_and_text_are_counted_and_no_more_than_is_left() {
        let text = string(&"x".repeat(160));
        let row = || tuple([(); 39].map(|()| string("")));
        let table = tuple([(); 40].map(|()| row()));
        assert_eq!(of_arguments(std::slice::from_ref(&text), 1000), 10);
        assert_eq!(of_result(&text, 1000), 14);
        assert_eq!(of_arguments(std::slice::from_ref(&table), 1000), 1601 / 4);
        assert_eq!(of_arguments(&[table.clone(), text], 100), 100);
        assert_eq!(of_result(&table, 1_000_000), 4 * 1601);
        assert_eq!(of_result(&tuple([tuple([row()])]), 1000), 4 * 3);
    }
}
