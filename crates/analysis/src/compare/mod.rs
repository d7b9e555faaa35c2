//! What is different between two values, as the API of Kubernetes compares them.

mod list;
mod scalar;
mod view;

#[cfg(test)]
mod tests;

use graph::{Segment, SmolStr};

use list::pairs;
use scalar::{is_like_absence, same};

pub(crate) use view::{Shape, TreeView, View};

/// A place at which two values are different. A value that only one of them has is the smallest that the other lacks: of lists
/// an item, of maps a key.
#[derive(Clone, Debug)]
pub(crate) struct Difference<A, B> {
    pub(crate) path: Vec<Segment>,
    pub(crate) one: Option<A>,
    pub(crate) other: Option<B>,
}

/// What is different between two values.
///
/// What is unknown is not different from anything. Neither are values that the API leaves out from those that are not there,
/// quantities of one size, and numbers from their texts. Items of lists are told apart by their merge keys, and else have no
/// order, but for the words of a command.
pub(crate) fn differences<'v, A: View<'v>, B: View<'v>>(one: A, other: B) -> Vec<Difference<A, B>> {
    let mut comparison = Comparison {
        path: Vec::new(),
        holder: one,
        found: Vec::new(),
    };
    comparison.both(one, other);
    comparison.found
}

struct Comparison<A, B> {
    path: Vec<Segment>,
    holder: A,
    found: Vec<Difference<A, B>>,
}

impl<'v, A: View<'v>, B: View<'v>> Comparison<A, B> {
    fn both(&mut self, one: A, other: B) {
        let around = std::mem::replace(&mut self.holder, one);
        match (one.shape(), other.shape()) {
            (Shape::Unknown, _) | (_, Shape::Unknown) => {}
            (Shape::Map(one), Shape::Map(other)) => self.maps(&one, &other),
            (Shape::List(one), Shape::List(other)) => self.lists(&one, &other),
            (Shape::Map(one), Shape::Null) => self.maps(&one, &[]),
            (Shape::Null, Shape::Map(other)) => self.maps(&[], &other),
            (Shape::List(one), Shape::Null) => self.lists(&one, &[]),
            (Shape::Null, Shape::List(other)) => self.lists(&[], &other),
            (own, theirs) if same(&self.path, &own, &theirs) => {}
            _ => self.add(Some(one), Some(other)),
        }
        self.holder = around;
    }

    fn maps(&mut self, one: &[(&'v str, A)], other: &[(&'v str, B)]) {
        let is_open = self.holder.is_open();
        for (key, own) in one {
            let theirs = other.iter().find(|(name, _)| name == key);
            self.at(Segment::Key(SmolStr::new(key)), |comparison| {
                comparison.entry(Some(*own), theirs.map(|(_, theirs)| *theirs));
            });
        }
        let is_new = |key: &str| !is_open && !one.iter().any(|(name, _)| *name == key);
        for (key, theirs) in other.iter().filter(|(key, _)| is_new(key)) {
            self.at(Segment::Key(SmolStr::new(key)), |comparison| {
                comparison.entry(None, Some(*theirs));
            });
        }
    }

    fn lists(&mut self, one: &[A], other: &[B]) {
        let is_open = self.holder.is_open();
        let list = match self.path.last() {
            Some(Segment::Key(key)) => key.clone(),
            _ => SmolStr::default(),
        };
        for (segment, own, theirs) in pairs(&list, one, other) {
            if own.is_none() && is_open {
                continue;
            }
            self.at(segment, |comparison| match (own, theirs) {
                (Some(own), Some(theirs)) => comparison.both(own, theirs),
                (Some(own), None) if own.is_unknown() => {}
                (own, theirs) => comparison.add(own, theirs),
            });
        }
    }

    /// The values of a key, of which one may be missing.
    fn entry(&mut self, one: Option<A>, other: Option<B>) {
        match (one, other) {
            (Some(one), Some(other)) => self.both(one, other),
            (Some(one), None) => self.only_one(one),
            (None, Some(other)) => self.only_other(other),
            (None, None) => {}
        }
    }

    fn only_one(&mut self, one: A) {
        let around = std::mem::replace(&mut self.holder, one);
        match one.shape() {
            Shape::Map(entries) => self.maps(&entries, &[]),
            Shape::List(items) => self.lists(&items, &[]),
            shape if is_like_absence(&self.path, &shape) => {}
            _ => self.add(Some(one), None),
        }
        self.holder = around;
    }

    fn only_other(&mut self, other: B) {
        match other.shape() {
            Shape::Map(entries) => self.maps(&[], &entries),
            Shape::List(items) => self.lists(&[], &items),
            shape if is_like_absence(&self.path, &shape) => {}
            _ => self.add(None, Some(other)),
        }
    }

    fn at(&mut self, segment: Segment, work: impl FnOnce(&mut Self)) {
        self.path.push(segment);
        work(self);
        self.path.pop();
    }

    fn add(&mut self, one: Option<A>, other: Option<B>) {
        self.found.push(Difference {
            path: self.path.clone(),
            one,
            other,
        });
    }
}
