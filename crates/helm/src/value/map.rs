//! Maps, which all who hold them share.

use std::borrow::Borrow;
use std::cell::{Cell, OnceCell, RefCell};
use std::cmp::Ordering;
use std::collections::BTreeMap;
use std::rc::Rc;

use smol_str::SmolStr;

use super::release::release;
use super::{Data, MapType, Mark, Value};

/// A map: a reference to entries that all clones share, sorted by key. A nil map has no entries and takes none.
#[derive(Clone, Debug)]
pub struct Map {
    /// Its type.
    pub ty: &'static MapType,
    entries: Option<Rc<Shared>>,
}

/// What all clones of a map share.
#[derive(Debug)]
struct Shared {
    entries: RefCell<Entries>,
    /// What is told when an entry changes.
    watch: OnceCell<Watch>,
}

/// Whether something was changed.
#[derive(Clone, Debug, Default)]
pub struct Watch(Rc<Cell<bool>>);

impl Watch {
    /// Whether something that it watches was changed.
    #[must_use]
    pub fn is_changed(&self) -> bool {
        self.0.get()
    }
}

/// The entries of a map.
pub type Entries = BTreeMap<Key, Value>;

/// A key of a map, and where it was written.
#[derive(Clone, Debug, Default)]
pub struct Key {
    /// The key.
    pub text: SmolStr,
    /// Where it was written.
    pub mark: Mark,
}

impl Map {
    /// A map of these entries; of equal keys the last counts.
    #[must_use]
    pub fn new(ty: &'static MapType, entries: impl IntoIterator<Item = (Key, Value)>) -> Self {
        let entries = entries.into_iter().collect();
        Self {
            ty,
            entries: Some(Rc::new(Shared {
                entries: RefCell::new(entries),
                watch: OnceCell::new(),
            })),
        }
    }

    /// Watches the map and all maps in it.
    pub fn watch(&self, watch: &Watch) {
        let mut open = vec![Value::new(Data::Map(self.clone()))];
        while let Some(value) = open.pop() {
            match &value.data {
                Data::List(list) => open.extend_from_slice(list.items()),
                Data::Map(map) => {
                    let is_new = |shared: &Rc<Shared>| shared.watch.set(watch.clone()).is_ok();
                    if map.entries.as_ref().is_some_and(is_new) {
                        open.extend(map.entries().into_iter().map(|(_, value)| value));
                    }
                }
                _ => {}
            }
        }
    }

    /// The nil map of a type.
    #[must_use]
    pub fn nil(ty: &'static MapType) -> Self {
        Self { ty, entries: None }
    }

    /// Whether it is the nil map.
    #[must_use]
    pub fn is_nil(&self) -> bool {
        self.entries.is_none()
    }

    /// Whether both are the same map, not only equal ones.
    #[must_use]
    pub fn is_same(&self, other: &Self) -> bool {
        match (&self.entries, &other.entries) {
            (Some(one), Some(other)) => Rc::ptr_eq(one, other),
            _ => false,
        }
    }

    /// The value of a key.
    #[must_use]
    pub fn get(&self, key: &str) -> Option<Value> {
        self.read(|entries| entries.get(key).cloned())
    }

    /// Whether there is such a key.
    #[must_use]
    pub fn contains(&self, key: &str) -> bool {
        self.read(|entries| entries.contains_key(key))
    }

    /// Sets the value of a key for all who share the map, and says whether it could: a nil map takes nothing.
    pub fn set(&self, key: Key, value: Value) -> bool {
        if let Some(watch) = self.entries.as_ref().and_then(|all| all.watch.get()) {
            watch.0.set(true);
        }
        self.set_unwatched(key, value)
    }

    /// The same, told to nobody who watches.
    pub(crate) fn set_unwatched(&self, key: Key, value: Value) -> bool {
        let Some(shared) = &self.entries else {
            return false;
        };
        let mut entries = shared.entries.borrow_mut();
        // An entry that is there keeps its key otherwise, and with it the old place.
        entries.remove(&key);
        entries.insert(key, value);
        true
    }

    /// Removes a key for all who share the map, and returns its value.
    pub fn remove(&self, key: &str) -> Option<Value> {
        let shared = self.entries.as_ref()?;
        if let Some(watch) = shared.watch.get() {
            watch.0.set(true);
        }
        shared.entries.borrow_mut().remove(key)
    }

    /// The number of its entries.
    #[must_use]
    pub fn len(&self) -> usize {
        self.read(Entries::len)
    }

    /// Whether it has no entries.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// A copy of the entries as they are now, by key.
    #[must_use]
    pub fn entries(&self) -> Vec<(Key, Value)> {
        self.read(|entries| {
            let pairs = entries.iter();
            pairs
                .map(|(key, value)| (key.clone(), value.clone()))
                .collect()
        })
    }

    /// Another map with the same entries: their values are shared.
    #[must_use]
    pub fn shallow_copy(&self) -> Self {
        Self::new(self.ty, self.entries())
    }

    fn read<T>(&self, reader: impl FnOnce(&Entries) -> T) -> T {
        match &self.entries {
            Some(shared) => reader(&RefCell::borrow(&shared.entries)),
            None => reader(&Entries::new()),
        }
    }
}

impl Drop for Map {
    fn drop(&mut self) {
        if let Some(shared) = self.entries.as_mut().and_then(Rc::get_mut) {
            release(shared.entries.get_mut().values_mut());
        }
    }
}

impl Key {
    /// A key that was written at a place.
    #[must_use]
    pub fn marked(text: impl Into<SmolStr>, mark: Mark) -> Self {
        Self {
            text: text.into(),
            mark,
        }
    }
}

impl From<&str> for Key {
    fn from(text: &str) -> Self {
        Self::marked(text, Mark::default())
    }
}

impl Borrow<str> for Key {
    fn borrow(&self) -> &str {
        &self.text
    }
}

impl PartialEq for Key {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Key {}

impl PartialOrd for Key {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Key {
    fn cmp(&self, other: &Self) -> Ordering {
        self.text.cmp(&other.text)
    }
}
