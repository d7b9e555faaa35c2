//! Clusters of any size, the same ones for the same seed: pods that share templates as those of `ReplicaSets` do, and what stands
//! around them in clusters that people use.

mod objects;
mod workloads;

use std::sync::Arc;

use kubernetes::snapshot::{About, Kind, Outcome, Snapshot};
use serde_json::Value;

use objects::{CONFIGURATION, Named};

/// Numbers that look like chance (`SplitMix64`, <https://prng.di.unimi.it/splitmix64.c>).
pub(crate) struct Chance(pub(crate) u64);

impl Chance {
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below another.
    pub(crate) fn below(&mut self, end: u64) -> u64 {
        self.next() % end
    }

    /// One of so many times.
    pub(crate) fn once_in(&mut self, number: u64) -> bool {
        self.below(number) == 0
    }

    pub(crate) fn one<'a, T: ?Sized>(&mut self, of: &[&'a T]) -> &'a T {
        let index = self.next() % of.len() as u64;
        of[usize::try_from(index).unwrap_or(0)]
    }

    /// As UIDs and digests are written, with so many letters.
    pub(crate) fn letters(&mut self, number: usize) -> String {
        let letter = |_| char::from_digit((self.next() % 16) as u32, 16).unwrap_or('0');
        (0..number).map(letter).collect()
    }
}

/// A cluster of so many objects, of which a tenth are pods.
pub(crate) fn generate(number: usize, seed: u64) -> Snapshot {
    let mut chance = Chance(seed);
    let mut objects = Vec::with_capacity(number);
    let namespaces = (number / 200).max(2);
    for namespace in 0..namespaces {
        objects.push(objects::namespace(namespace, &mut chance));
    }
    for node in 0..(number / 200).max(1) {
        objects.push(objects::node(node, &mut chance));
    }
    let mut pods = 0;
    while pods < number / 10 {
        let namespace = objects::namespace_name(chance.below(namespaces as u64));
        let made = workloads::application(&namespace, number / 200, &mut chance);
        pods += made.iter().filter(|object| object["kind"] == "Pod").count();
        objects.extend(made);
    }
    let mut index = 0;
    while objects.len() < number {
        let named = Named {
            namespace: objects::namespace_name(chance.below(namespaces as u64)),
            name: format!("{}-{index}", chance.one(&objects::WORDS)),
        };
        objects.push(CONFIGURATION[index % CONFIGURATION.len()](
            &named,
            &mut chance,
        ));
        index += 1;
    }
    snapshot(objects)
}

/// The objects as they are read: ordered by kind, and each kind named.
fn snapshot(objects: Vec<Value>) -> Snapshot {
    let mut rows: Vec<(Kind, String)> = objects
        .into_iter()
        .map(|object| (kind(&object), object.to_string()))
        .collect();
    rows.sort();
    let mut snapshot = Snapshot {
        about: About {
            context: "generated".to_owned(),
            version: "v1.37.2".to_owned(),
            ..About::default()
        },
        ..Snapshot::default()
    };
    for (kind, object) in rows {
        match snapshot
            .kinds
            .last_mut()
            .filter(|last| last.resource == kind.resource)
        {
            Some(last) => last.objects += 1,
            None => snapshot.kinds.push(Kind { objects: 1, ..kind }),
        }
        snapshot.objects.push(Arc::from(object));
    }
    snapshot
}

fn kind(object: &Value) -> Kind {
    let text = |key: &str| object[key].as_str().unwrap_or_default();
    let (group, version) = text("apiVersion")
        .split_once('/')
        .unwrap_or(("", text("apiVersion")));
    let lower = text("kind").to_lowercase();
    Kind {
        group: group.to_owned(),
        version: version.to_owned(),
        resource: match lower.as_str() {
            name if name.ends_with('s') => format!("{name}es"),
            name if name.ends_with('y') => format!("{}ies", name.trim_end_matches('y')),
            name => format!("{name}s"),
        },
        kind: text("kind").to_owned(),
        namespaced: !object["metadata"]["namespace"].is_null(),
        outcome: Outcome::Read,
        objects: 0,
    }
}
