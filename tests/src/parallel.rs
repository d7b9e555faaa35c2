//! Work on all processors, with the stacks that readers and queries expect.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

/// The stack of a worker, in bytes.
const STACK: usize = 8 << 20;

/// The results of `work` on each of `items`, in their order.
///
/// # Panics
/// When `work` panics, or no thread can be started.
pub fn map<T: Sync, R: Send>(items: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let worker = || {
        let take = || {
            let index = next.fetch_add(1, Ordering::Relaxed);
            items.get(index).map(|item| (index, work(item)))
        };
        std::iter::from_fn(take).collect::<Vec<_>>()
    };
    let count = thread::available_parallelism().map_or(1, usize::from);
    let mut results = thread::scope(|scope| {
        let start = |_| {
            thread::Builder::new()
                .stack_size(STACK)
                .spawn_scoped(scope, worker)
                .expect("a thread can be started")
        };
        let workers: Vec<_> = (0..count).map(start).collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().expect("no work panics"))
            .collect::<Vec<_>>()
    });
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}
