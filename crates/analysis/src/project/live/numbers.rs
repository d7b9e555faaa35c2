//! Objects by numbers that they keep while others come and go.

use std::collections::BTreeMap;
use std::sync::Arc;

use foldhash::{HashMap, HashSet, HashSetExt};
use smol_str::SmolStr;
use source::Problem;

use super::head::Head;
use super::step::Step;

/// What names an object, where that can be read.
pub(super) type Named = Arc<Result<Head, Problem>>;

/// Objects by numbers that they keep while others come and go.
#[derive(Default)]
pub(super) struct Numbers {
    /// The same as long as numbers are kept.
    pub(super) family: Arc<()>,
    /// By number; empty where the object is gone.
    texts: Vec<Arc<str>>,
    /// By number; of an object that is gone, what named it.
    named: Vec<Named>,
    /// The numbers of those that are there, in their order.
    pub(super) order: Vec<usize>,
    /// Where each stands in it, by number.
    places: Vec<usize>,
    by_uid: HashMap<SmolStr, usize>,
    /// What a controller manages, by the UID of that.
    managed: HashMap<SmolStr, Vec<usize>>,
    /// Whether several have one UID.
    has_doubles: bool,
}

/// Objects that changed, with what named them before: the same things, but for the images that they run.
pub(super) type Changed = BTreeMap<usize, Named>;

/// What happened to objects, by their numbers.
#[derive(Default)]
pub(super) struct Happened {
    pub(super) changed: Changed,
    pub(super) gone: Vec<usize>,
    pub(super) come: Vec<usize>,
}

impl Happened {
    /// All objects that something happened to.
    pub(super) fn all(&self) -> impl Iterator<Item = usize> {
        let others = self.gone.iter().chain(&self.come);
        self.changed.keys().chain(others).copied()
    }
}

impl Numbers {
    pub(super) fn of(texts: Vec<Arc<str>>, named: Vec<Named>) -> Self {
        let count = texts.len();
        let mut numbers = Self {
            texts,
            named,
            order: (0..count).collect(),
            ..Self::default()
        };
        (0..count).for_each(|number| numbers.note(number));
        numbers.find_places();
        numbers
    }

    /// How many numbers were given.
    pub(super) fn count(&self) -> usize {
        self.texts.len()
    }

    pub(super) fn text(&self, number: usize) -> &Arc<str> {
        &self.texts[number]
    }

    pub(super) fn named(&self, number: usize) -> &Named {
        &self.named[number]
    }

    /// What names an object, or named it, where that can be read.
    pub(super) fn head(&self, number: usize) -> Option<&Head> {
        (**self.named.get(number)?).as_ref().ok()
    }

    /// Where an object stands in the order of all.
    pub(super) fn place(&self, number: usize) -> usize {
        self.places[number]
    }

    /// The object with a UID.
    pub(super) fn with_uid(&self, uid: &str) -> Option<usize> {
        self.by_uid.get(uid).copied()
    }

    /// What an object controls.
    pub(super) fn managed_by(&self, number: usize) -> &[usize] {
        let head = self.head(number);
        head.map_or(&[], |head| self.managed_by_uid(&head.metadata.uid))
    }

    /// What an object with a UID controls, or would control.
    pub(super) fn managed_by_uid(&self, uid: &str) -> &[usize] {
        self.managed.get(uid).map_or(&[], Vec::as_slice)
    }

    /// Some objects, what these control, what that controls, and so on.
    pub(super) fn beneath(&self, numbers: impl Iterator<Item = usize>) -> HashSet<usize> {
        let mut open: Vec<usize> = numbers.collect();
        let mut found = HashSet::new();
        while let Some(number) = open.pop() {
            if found.insert(number) {
                open.extend(self.managed_by(number));
            }
        }
        found
    }

    /// Whether UIDs tell which objects came and which went.
    pub(super) fn can_follow(&self, step: &Step) -> bool {
        let gone: HashSet<usize> = step.gone.iter().copied().collect();
        let mut new: HashSet<&str> = HashSet::new();
        let heads = step
            .come
            .iter()
            .filter_map(|(_, named)| (**named).as_ref().ok());
        let mut uids = heads.map(|head| head.metadata.uid.as_str());
        let is_free = |uid: &str| self.with_uid(uid).is_none_or(|old| gone.contains(&old));
        step.gone.is_empty() && step.come.is_empty()
            || !self.has_doubles
                && uids.all(|uid| uid.is_empty() || is_free(uid) && new.insert(uid))
    }

    /// Follows what happened. `texts` are those of all objects now.
    pub(super) fn follow(&mut self, step: Step, texts: &[Arc<str>]) -> Happened {
        let mut happened = Happened::default();
        for (number, index, named) in step.changed {
            self.texts[number] = Arc::clone(&texts[index]);
            let old = std::mem::replace(&mut self.named[number], named);
            happened.changed.insert(number, old);
        }
        if step.gone.is_empty() && step.come.is_empty() {
            return happened;
        }
        for number in &step.gone {
            self.forget(*number);
        }
        let gone: HashSet<usize> = step.gone.iter().copied().collect();
        let kept = std::mem::take(&mut self.order).into_iter();
        let mut kept = kept.filter(|number| !gone.contains(number));
        let mut order = Vec::with_capacity(texts.len());
        for (index, named) in step.come {
            let before = index - order.len();
            order.extend(kept.by_ref().take(before));
            let number = self.texts.len();
            self.texts.push(Arc::clone(&texts[index]));
            self.named.push(named);
            self.note(number);
            order.push(number);
            happened.come.push(number);
        }
        order.extend(kept);
        self.order = order;
        self.find_places();
        happened.gone = step.gone;
        happened
    }

    fn note(&mut self, number: usize) {
        let Ok(head) = &*Arc::clone(&self.named[number]) else {
            return;
        };
        let uid = &head.metadata.uid;
        if !uid.is_empty() {
            self.has_doubles |= self.by_uid.insert(uid.clone(), number).is_some();
        }
        if let Some(owner) = head.controller().filter(|owner| !owner.uid.is_empty()) {
            let managed = self.managed.entry(owner.uid.clone()).or_default();
            managed.push(number);
        }
    }

    fn forget(&mut self, number: usize) {
        let named = Arc::clone(&self.named[number]);
        if let Ok(head) = &*named {
            self.by_uid.remove(&head.metadata.uid);
            let owner = head.controller().map(|owner| &owner.uid);
            if let Some(managed) = owner.and_then(|uid| self.managed.get_mut(uid)) {
                managed.retain(|one| *one != number);
            }
        }
        self.texts[number] = Arc::from("");
    }

    fn find_places(&mut self) {
        self.places.resize(self.texts.len(), 0);
        for (place, number) in self.order.iter().enumerate() {
            self.places[*number] = place;
        }
    }
}
