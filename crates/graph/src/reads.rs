//! Which resources of a graph somebody looks at.

use std::cell::{Cell, RefCell};

use crate::ResourceId;

thread_local! {
    static IS_RECORDING: Cell<bool> = const { Cell::new(false) };
    static SEEN: RefCell<Vec<ResourceId>> = const { RefCell::new(Vec::new()) };
}

/// The result of work of this thread, and the resources of graphs that it looked at, or at whose links, sorted. What is recorded
/// within what is recorded is not told to the outer one.
pub fn recorded<T>(work: impl FnOnce() -> T) -> (T, Vec<ResourceId>) {
    SEEN.with_borrow_mut(Vec::clear);
    IS_RECORDING.set(true);
    let result = work();
    IS_RECORDING.set(false);
    let mut seen = SEEN.with_borrow_mut(std::mem::take);
    seen.sort_unstable();
    seen.dedup();
    (result, seen)
}

pub(crate) fn note(id: ResourceId) {
    if IS_RECORDING.get() {
        SEEN.with_borrow_mut(|seen| {
            if seen.last() != Some(&id) {
                seen.push(id);
            }
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_looked_at_while_recording_is_told() {
        note(ResourceId(1));
        let (result, seen) = recorded(|| {
            [3, 2, 2, 3].into_iter().map(ResourceId).for_each(note);
            "done"
        });
        note(ResourceId(4));
        assert_eq!((result, seen), ("done", vec![ResourceId(2), ResourceId(3)]));
        assert_eq!(recorded(|| ()).1, []);
    }
}
