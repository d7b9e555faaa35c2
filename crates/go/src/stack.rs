//! Room for what calls itself as deep as values are nested: Go's stacks grow.

/// The bytes that one call may need, and how many are added where fewer are left.
const LEAST: usize = 128 << 10;
const ADDED: usize = 1 << 20;

/// Calls something with enough stack for it.
pub fn deeper<T>(call: impl FnOnce() -> T) -> T {
    stacker::maybe_grow(LEAST, ADDED, call)
}
