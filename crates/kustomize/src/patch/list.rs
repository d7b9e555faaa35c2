//! Lists that are merged: elements go by their keys.

use std::collections::HashSet;

use graph::Role;
use smol_str::SmolStr;

use super::directive::{self, Directive};
use super::elements::{position, set_element, values_of};
use super::merge::{Merge, Merged, Pair, element};
use crate::node::{Data, Entry, Kind, Node, Style, protected};
use crate::tables::Place;

/// A list that is merged with another, or with itself.
struct Merging<'a, 'm> {
    merge: &'a Merge<'m>,
    elements: Option<Place<'a>>,
    older: Vec<Node>,
    /// The elements of the patch; none where it is the list itself.
    patch: Option<Vec<Node>>,
    is_own: bool,
}

impl Merge<'_> {
    pub(super) fn list(&self, pair: Pair, place: Option<Place<'_>>) -> Result<Merged, String> {
        let Some(keys) = place.and_then(Place::merge_keys) else {
            return Ok(match pair {
                Pair::Older(node) => Merged::Older(node),
                Pair::Patch(node) | Pair::Same(node) => Merged::Patch(node),
                Pair::Both(older, mut patch) => {
                    patch.origin = patch.origin.over(&older.origin, Role::Replaced);
                    Merged::Patch(patch)
                }
            });
        };
        let elements = place.and_then(Place::elements);
        match pair {
            Pair::Older(older) => self.merged(older, None, keys, elements).map(Merged::Older),
            // The directive of a list that is added is looked at for what it leaves of the list alone.
            Pair::Patch(patch) => self.own(patch, keys, elements).map(Merged::Patch),
            Pair::Same(mut patch) => match directive::take(&mut patch)? {
                Directive::Delete => Ok(Merged::Gone),
                _ => self.own(patch, keys, elements).map(Merged::Older),
            },
            Pair::Both(older, patch) if older.is_null() => {
                self.own(patch, keys, elements).map(Merged::Patch)
            }
            Pair::Both(_, patch) if patch.is_null() => Ok(Merged::Gone),
            Pair::Both(older, mut patch) => match directive::take(&mut patch)? {
                Directive::Delete => Ok(Merged::Gone),
                Directive::Replace => {
                    patch.origin = patch.origin.over(&older.origin, Role::Replaced);
                    self.own(patch, keys, elements).map(Merged::Patch)
                }
                Directive::Merge => self
                    .merged(older, Some(patch), keys, elements)
                    .map(Merged::Older),
            },
        }
    }

    /// A list of a patch, merged with itself.
    fn own(
        &self,
        patch: Node,
        keys: &[SmolStr],
        elements: Option<Place<'_>>,
    ) -> Result<Node, String> {
        self.elements(patch, None, true, keys, elements)
    }

    fn merged(
        &self,
        older: Node,
        patch: Option<Node>,
        keys: &[SmolStr],
        elements: Option<Place<'_>>,
    ) -> Result<Node, String> {
        self.elements(older, patch, false, keys, elements)
    }

    fn elements(
        &self,
        mut list: Node,
        patch: Option<Node>,
        is_own: bool,
        keys: &[SmolStr],
        elements: Option<Place<'_>>,
    ) -> Result<Node, String> {
        let Data::List(items) = &mut list.data else {
            return Ok(list);
        };
        let patch = patch.and_then(|patch| match patch.data {
            Data::List(items) => Some(items),
            _ => None,
        });
        let count = items.len() + patch.as_ref().map_or(0, Vec::len);
        self.bounds.steps(count.saturating_mul(count))?;
        let merging = Merging {
            merge: self,
            elements,
            older: std::mem::take(items),
            patch,
            is_own,
        };
        *items = merging.run(keys)?;
        Ok(list)
    }
}

impl Merging<'_, '_> {
    fn run(mut self, keys: &[SmolStr]) -> Result<Vec<Node>, String> {
        let scalar_keys = [SmolStr::default()];
        let (keys, mut values) = match keys {
            [] => (scalar_keys.as_slice(), self.scalars()),
            keys => (keys, self.values(keys)),
        };
        if keys.len() > 1 {
            unite(&mut values);
        }
        let used = used_keys(&values, keys.len());
        let mut added: Vec<Node> = Vec::new();
        let mut last_keys: Vec<SmolStr> = Vec::new();
        for of_element in &values {
            let (keys, of_element) = valid(&used, of_element, keys);
            last_keys.clone_from(&keys);
            let Some(value) = self.element(&keys, &of_element)? else {
                set_element(&mut self.older, None, &keys, &of_element)?;
                continue;
            };
            set_element(&mut added, Some(value), &keys, &of_element)?;
        }
        if values.is_empty() {
            return Ok(self.older);
        }
        append(added, self.older, &last_keys)
    }

    /// The values of the keys of all elements, each once; those of the patch come first.
    fn values(&self, keys: &[SmolStr]) -> Vec<Vec<SmolStr>> {
        let mut seen = HashSet::new();
        let items = self.patch.iter().flatten().chain(&self.older);
        let values = items.map(|item| values_of(item, keys));
        values
            .filter(|values| seen.insert(values.clone()))
            .collect()
    }

    fn scalars(&self) -> Vec<Vec<SmolStr>> {
        let mut seen = HashSet::new();
        let items = self.patch.iter().flatten().chain(&self.older);
        let values = items.map(|item| vec![item.text().clone()]);
        values
            .filter(|values| seen.insert(values.clone()))
            .collect()
    }

    /// Merges the elements with these values.
    fn element(&mut self, keys: &[SmolStr], values: &[SmolStr]) -> Result<Option<Node>, String> {
        let used = used_keys(&[values.to_vec()], keys.len());
        let (own_keys, own_values) = valid(&used, values, keys);
        let index = position(&self.older, &own_keys, &own_values);
        let patch = self.patch.as_deref().unwrap_or_default();
        let patch = position(patch, &own_keys, &own_values).map(|index| patch[index].clone());
        let older = index.map(|index| self.older[index].clone());
        let pair = match (older, patch) {
            (None, None) => return Ok(None),
            (Some(own), None) if self.is_own => Pair::Same(own),
            (Some(older), None) => Pair::Older(older),
            (None, Some(patch)) => Pair::Patch(patch),
            (Some(older), Some(patch)) => Pair::Both(older, patch),
        };
        let merged = self.merge.walk(pair, self.elements)?;
        let is_in_place = self.is_own || matches!(merged, Merged::Older(_));
        let Some(mut value) = merged.node() else {
            return Ok(None);
        };
        let is_empty_map = value.kind() == Kind::Map && value.is_empty();
        if value.is_null() || is_empty_map {
            return Ok(None);
        }
        complete(&mut value, keys, values);
        if let Some(index) = index.filter(|_| is_in_place) {
            self.older[index] = value.clone();
        }
        Ok(Some(value))
    }
}

/// Gives an element the keys that it lacks.
fn complete(value: &mut Node, keys: &[SmolStr], values: &[SmolStr]) {
    for (key, text) in keys.iter().zip(values) {
        if text.is_empty() {
            continue;
        }
        let origin = value.origin.clone();
        match &mut value.data {
            Data::Map(entries) if !entries.iter().any(|entry| entry.key == *key) => {
                entries.push(Entry {
                    key: key.clone(),
                    span: origin.span,
                    value: Node::scalar(protected(&element(text)), origin),
                });
            }
            // A scalar is set to its own text, which says what it is then.
            Data::Scalar(scalar) if scalar.style != Style::Quoted => *scalar = element(text),
            _ => {}
        }
    }
}

/// Takes values for the same that differ only in what one of them lacks.
fn unite(values: &mut [Vec<SmolStr>]) {
    for one in 0..values.len() {
        for other in 0..values.len() {
            if let Some(united) = united(&values[one], &values[other]) {
                values[one].clone_from(&united);
                values[other] = united;
            }
        }
    }
}

fn united(one: &[SmolStr], other: &[SmolStr]) -> Option<Vec<SmolStr>> {
    let mut has_common = false;
    let mut united = Vec::with_capacity(one.len());
    for (one, other) in one.iter().zip(other) {
        has_common |= one == other;
        united.push(match (one.as_str(), other.as_str()) {
            (text, same) if text == same => one.clone(),
            ("", _) => other.clone(),
            (_, "") => one.clone(),
            _ => return None,
        });
    }
    has_common.then_some(united)
}

/// Which of the keys any element has.
fn used_keys(values: &[Vec<SmolStr>], count: usize) -> Vec<bool> {
    let is_used = |index: usize| {
        values
            .iter()
            .any(|values| values.get(index).is_some_and(|value| !value.is_empty()))
    };
    (0..count).map(is_used).collect()
}

/// The keys that count, with their values.
fn valid(used: &[bool], values: &[SmolStr], keys: &[SmolStr]) -> (Vec<SmolStr>, Vec<SmolStr>) {
    if !used.contains(&true) {
        return (keys.to_vec(), values.to_vec());
    }
    let counts = |index: usize| used.get(index).copied().unwrap_or_default();
    let keys_left = keys.iter().enumerate().filter(|(index, _)| counts(*index));
    let values_left = values
        .iter()
        .enumerate()
        .filter(|(index, value)| !value.is_empty() || counts(*index));
    (
        keys_left.map(|(_, key)| key.clone()).collect(),
        values_left.map(|(_, value)| value.clone()).collect(),
    )
}

/// Puts the older elements behind the new ones, or in the place of those with the same keys.
fn append(mut added: Vec<Node>, older: Vec<Node>, keys: &[SmolStr]) -> Result<Vec<Node>, String> {
    let is_scalar = keys.first().is_none_or(SmolStr::is_empty);
    for item in older {
        if is_scalar {
            let text = item.text().clone();
            set_element(&mut added, Some(item), &[SmolStr::default()], &[text])?;
            continue;
        }
        let mut values = Vec::new();
        for key in keys {
            if !matches!(item.data, Data::Map(_)) && !item.is_null() {
                return Err("the elements of a merged list differ in what they are".to_owned());
            }
            match item.get(key) {
                Some(value) => values.push(value.text().clone()),
                None => added.push(item.clone()),
            }
        }
        if keys.len() > 1 {
            set_element(&mut added, None, keys, &values)?;
        }
        set_element(&mut added, Some(item), keys, &values)?;
    }
    Ok(added)
}
