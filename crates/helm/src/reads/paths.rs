//! Sets of paths in values.

use std::collections::BTreeMap;

use smol_str::SmolStr;

/// One step of a path in values.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Step {
    /// A key of a map.
    Key(SmolStr),
    /// Any key of a map, or any element of a list.
    Any,
}

/// A path in the values of the chart on top.
pub(super) type Path = Vec<Step>;

/// A set of paths.
#[derive(Clone, Debug, Default)]
pub struct Paths {
    /// Whether the value at this path is in the set.
    is_in: bool,
    /// Whether all below it is, too.
    is_whole: bool,
    keys: BTreeMap<SmolStr, Self>,
    any: Option<Box<Self>>,
}

impl Paths {
    /// Adds the value at a path.
    pub(super) fn add(&mut self, path: &[Step]) {
        self.at(path).is_in = true;
    }

    /// Adds the value at a path with all below it.
    pub(super) fn add_whole(&mut self, path: &[Step]) {
        self.at(path).is_whole = true;
    }

    fn at(&mut self, path: &[Step]) -> &mut Self {
        path.iter().fold(self, |paths, step| match step {
            Step::Key(key) => paths.keys.entry(key.clone()).or_default(),
            Step::Any => paths.any.get_or_insert_default(),
        })
    }

    /// Whether the value at a path is in the set, or anything below it.
    #[must_use]
    pub fn touches(&self, path: &[SmolStr]) -> bool {
        if self.is_whole {
            return true;
        }
        let Some((first, rest)) = path.split_first() else {
            return self.is_in || self.any.is_some() || !self.keys.is_empty();
        };
        let any = self.any.as_deref();
        let inner = self.keys.get(first).into_iter().chain(any);
        inner.into_iter().any(|inner| inner.touches(rest))
    }

    /// Whether just the value at a path is in the set.
    #[must_use]
    pub fn contains(&self, path: &[SmolStr]) -> bool {
        let Some((first, rest)) = path.split_first() else {
            return self.is_in;
        };
        let any = self.any.as_deref();
        let inner = self.keys.get(first).into_iter().chain(any);
        inner.into_iter().any(|inner| inner.contains(rest))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> Path {
        let step = |name| match name {
            "*" => Step::Any,
            key => Step::Key(SmolStr::new(key)),
        };
        text.split('.').map(step).collect()
    }

    #[test]
    fn what_is_below_and_above_a_path_is_told_apart() {
        let mut paths = Paths::default();
        paths.add(&path("image.tag"));
        paths.add(&path("hosts.*.name"));
        paths.add_whole(&path("resources"));
        for (text, touched, contained) in [
            ("image", true, false),
            ("image.tag", true, true),
            ("image.tag.x", false, false),
            ("image.name", false, false),
            ("hosts.0", true, false),
            ("hosts.0.name", true, true),
            ("hosts.0.path", false, false),
            ("resources.limits.cpu", true, false),
        ] {
            let keys: Vec<SmolStr> = text.split('.').map(SmolStr::new).collect();
            assert_eq!(paths.touches(&keys), touched, "{text}");
            assert_eq!(paths.contains(&keys), contained, "{text}");
        }
    }
}
