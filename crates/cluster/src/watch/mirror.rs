//! What is known of a cluster now, and what of it was not told yet.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use kubernetes::snapshot::{About, Kind, Outcome, Snapshot};

use super::{Change, What};
use crate::list::{Read, now};
use crate::question::Object;

/// The group of a kind and its name in paths.
pub(super) type Name = (String, String);

/// What is known of a cluster now.
pub(super) struct Mirror {
    about: About,
    kinds: BTreeMap<Name, Held>,
    /// What changed since it was told: the kind and the place of each object, and whether it was there then.
    changed: BTreeMap<(Name, String), bool>,
    /// Whether something else changed.
    is_other: bool,
}

struct Held {
    kind: Kind,
    /// By their places.
    objects: BTreeMap<String, Own>,
}

struct Own {
    uid: String,
    text: Arc<str>,
}

pub(super) fn name(kind: &Kind) -> Name {
    (kind.group.clone(), kind.resource.clone())
}

impl Mirror {
    pub(super) fn new(read: &Read) -> Self {
        let mut mirror = Self {
            about: read.about.clone(),
            kinds: BTreeMap::new(),
            changed: BTreeMap::new(),
            is_other: false,
        };
        for one in &read.kinds {
            mirror.set_kind(&one.kind);
            let objects = one.list.iter().flat_map(|list| &list.objects);
            objects.for_each(|object| mirror.put(&one.kind, object.clone()));
        }
        mirror.changed.clear();
        mirror.is_other = false;
        mirror
    }

    /// Whether something was not told yet.
    pub(super) fn is_changed(&self) -> bool {
        self.is_other || !self.changed.is_empty()
    }

    pub(super) fn set_version(&mut self, version: String) {
        self.is_other |= self.about.version != version;
        self.about.version = version;
    }

    /// Whether a kind was read.
    pub(super) fn has(&self, kind: &Kind) -> bool {
        let held = self.kinds.get(&name(kind));
        held.is_some_and(|held| held.kind.is_complete())
    }

    /// Says what became of a kind, which may be new.
    pub(super) fn set_kind(&mut self, kind: &Kind) {
        let held = self.kinds.entry(name(kind)).or_insert_with(|| {
            self.is_other = true;
            Held {
                kind: kind.clone(),
                objects: BTreeMap::new(),
            }
        });
        self.is_other |= held.kind.outcome != kind.outcome || held.kind.version != kind.version;
        held.kind = kind.clone();
    }

    /// Says what became of a kind that was read before.
    pub(super) fn set_outcome(&mut self, kind: &Kind, outcome: Outcome) {
        self.set_kind(&Kind {
            outcome,
            ..kind.clone()
        });
    }

    /// Forgets the other kinds and their objects.
    pub(super) fn retain_kinds(&mut self, is_there: impl Fn(&Name) -> bool) {
        let over = self.kinds.extract_if(.., |name, _| !is_there(name));
        for (name, held) in over.collect::<Vec<_>>() {
            self.is_other = true;
            for place in held.objects.into_keys() {
                self.note(name.clone(), place, true);
            }
        }
    }

    /// There is an object, or it became another.
    pub(super) fn put(&mut self, kind: &Kind, object: Object) {
        let name = name(kind);
        let Some(held) = self.kinds.get_mut(&name) else {
            return;
        };
        let old = held.objects.get(&object.place);
        if old.is_some_and(|old| old.text == object.text) {
            return;
        }
        let own = Own {
            uid: object.uid,
            text: object.text,
        };
        let was_there = held.objects.insert(object.place.clone(), own).is_some();
        self.note(name, object.place, was_there);
    }

    /// An object is no more.
    pub(super) fn remove(&mut self, kind: &Kind, place: &str) {
        let name = name(kind);
        let held = self.kinds.get_mut(&name);
        if held.is_some_and(|held| held.objects.remove(place).is_some()) {
            self.note(name, place.to_owned(), true);
        }
    }

    /// These are all objects of a kind, and there are no others.
    pub(super) fn replace(&mut self, kind: &Kind, objects: Vec<Object>) {
        let places: HashSet<&str> = objects.iter().map(|one| one.place.as_str()).collect();
        let held = self.kinds.get(&name(kind));
        let held = held.into_iter().flat_map(|held| held.objects.keys());
        let gone = held.filter(|place| !places.contains(place.as_str()));
        let gone: Vec<String> = gone.cloned().collect();
        for place in gone {
            self.remove(kind, &place);
        }
        for object in objects {
            self.put(kind, object);
        }
    }

    /// The first change since something was told says whether the object was there.
    fn note(&mut self, name: Name, place: String, was_there: bool) {
        self.changed.entry((name, place)).or_insert(was_there);
    }

    /// What changed since it was told, by kind and place. It is told now.
    pub(super) fn take_changes(&mut self) -> Vec<Change> {
        self.is_other = false;
        self.about.taken = now();
        let changed = std::mem::take(&mut self.changed).into_iter();
        let changes = changed.filter_map(|((name, place), was_there)| {
            let held = self.kinds.get(&name);
            let is_there = held.is_some_and(|held| held.objects.contains_key(&place));
            let what = match (was_there, is_there) {
                (false, true) => What::Added,
                (true, true) => What::Changed,
                (true, false) => What::Deleted,
                (false, false) => return None,
            };
            let (namespace, own) = place.split_once('/').unwrap_or(("", &place));
            Some(Change {
                what,
                group: name.0,
                resource: name.1,
                namespace: namespace.to_owned(),
                name: own.to_owned(),
            })
        });
        changes.collect()
    }

    /// All that is known: each object once, though some stand in two groups, as the same kind.
    pub(super) fn snapshot(&self) -> Snapshot {
        let mut known = HashSet::new();
        let mut groups: HashMap<&str, usize> = HashMap::new();
        for held in self.kinds.values() {
            *groups.entry(&held.kind.kind).or_default() += 1;
        }
        let mut snapshot = Snapshot {
            about: self.about.clone(),
            ..Snapshot::default()
        };
        for held in self.kinds.values() {
            let is_single = groups.get(held.kind.kind.as_str()) == Some(&1);
            let own = held.objects.values();
            let own =
                own.filter(|one| is_single || one.uid.is_empty() || known.insert(one.uid.as_str()));
            let before = snapshot.objects.len();
            snapshot
                .objects
                .extend(own.map(|one| Arc::clone(&one.text)));
            snapshot.kinds.push(Kind {
                objects: snapshot.objects.len() - before,
                ..held.kind.clone()
            });
        }
        snapshot
    }
}
