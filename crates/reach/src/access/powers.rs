//! Which of many things someone may do, decided for all roles at once.

use std::collections::{BTreeMap, BTreeSet};

use graph::{Namespace, SmolStr};

use super::Access;
use super::answer::Answer;
use super::can::RoleKey;
use super::index::{Entry, Reach};
use super::may::Judge;
use super::question::{Action, Asked};
use super::role::Within;
use super::subject::{Asker, Who};
use super::text::Text;
use crate::truth::Truth;

/// Something that can be done: with the object of the action's name, or with any object.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Power {
    pub(crate) action: Action,
    pub(crate) on_any: bool,
}

impl Power {
    fn asked(&self, access: &Access) -> Asked {
        let asked = Asked::new(&self.action, &access.symbols);
        if self.on_any { asked.on_any() } else { asked }
    }
}

/// Which powers are had, by their numbers.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Held {
    certain: Bits,
    possible: Bits,
}

/// A set of small numbers.
type Bits = Vec<u64>;

/// What every role of an access has of some powers.
#[derive(Debug)]
pub(crate) struct Powers {
    count: usize,
    roles: Vec<Held>,
}

impl Powers {
    /// What a role has.
    pub(crate) fn role(&self, role: RoleKey) -> &Held {
        &self.roles[role.0 as usize]
    }

    /// How many powers there are.
    pub(crate) fn count(&self) -> usize {
        self.count
    }

    /// Decides for each role.
    pub(crate) fn of(access: &Access, powers: &[Power]) -> Self {
        let mut roles = vec![Held::none(powers.len()); access.roles.len()];
        for (number, power) in powers.iter().enumerate() {
            let mut judge = Judge::of(access, power.asked(access));
            for role in access.allowing(&judge) {
                let verdict = judge.role(role).verdict;
                roles[role as usize].add(number, &verdict);
            }
        }
        Self {
            count: powers.len(),
            roles,
        }
    }
}

impl Held {
    pub(crate) fn none(count: usize) -> Self {
        let bits = vec![0; count.div_ceil(64)];
        Self {
            certain: bits.clone(),
            possible: bits,
        }
    }

    /// Every power.
    pub(crate) fn every(count: usize) -> Self {
        Self::all(count, &Truth::Yes)
    }

    /// The powers that another has too.
    pub(crate) fn within(&self, other: &Self) -> Self {
        let mut own = self.clone();
        merge(&mut own.certain, &other.certain, |own, other| own & other);
        merge(&mut own.possible, &other.possible, |own, other| own & other);
        own
    }

    /// Whether another has nothing that this lacks.
    pub(crate) fn has_all(&self, other: &Self) -> bool {
        let has =
            |own: &Bits, other: &Bits| own.iter().zip(other).all(|(own, other)| other & !own == 0);
        has(&self.certain, &other.certain) && has(&self.possible, &other.possible)
    }

    /// Whether there is none.
    pub(crate) fn is_empty(&self) -> bool {
        self.possible.iter().all(|word| *word == 0)
    }

    /// Adds a power for sure.
    pub(crate) fn set(&mut self, number: usize) {
        self.add(number, &Truth::Yes);
    }

    fn all(count: usize, verdict: &Truth) -> Self {
        let mut all = Self::none(count);
        for number in 0..count {
            all.add(number, verdict);
        }
        all
    }

    fn add(&mut self, number: usize, verdict: &Truth) {
        let (word, bit) = (number / 64, 1 << (number % 64));
        if !verdict.is_no() {
            self.possible[word] |= bit;
        }
        if *verdict == Truth::Yes {
            self.certain[word] |= bit;
        }
    }

    /// Whether a power is had.
    pub(crate) fn has(&self, number: usize) -> super::Verdict {
        let has = |bits: &Bits| bits[number / 64] & 1 << (number % 64) != 0;
        match (has(&self.certain), has(&self.possible)) {
            (true, _) => super::Verdict::Yes,
            (false, true) => super::Verdict::Unknown,
            (false, false) => super::Verdict::No,
        }
    }

    /// Adds what another has.
    pub(crate) fn join(&mut self, other: &Self) {
        merge(&mut self.certain, &other.certain, |own, other| own | other);
        merge(&mut self.possible, &other.possible, |own, other| {
            own | other
        });
    }

    fn doubt(&mut self) {
        self.certain.fill(0);
    }
}

fn merge(bits: &mut Bits, others: &Bits, join: impl Fn(u64, u64) -> u64) {
    for (own, other) in bits.iter_mut().zip(others) {
        *own = join(*own, *other);
    }
}

impl Access {
    /// What someone has of some powers, by where bindings give it. [`Namespace::Cluster`] is always there, and holds for all
    /// namespaces.
    pub(crate) fn held(&self, asker: &Asker, powers: &Powers) -> BTreeMap<Namespace, Held> {
        let who = Who::new(asker);
        let mut held = BTreeMap::from([(Within::Cluster, Held::none(powers.count))]);
        if who.is_master() {
            held.insert(Within::Cluster, Held::all(powers.count, &Truth::Yes));
        }
        for (entry, is_meant) in self.applied(&who, &Reach::everywhere()) {
            let given = self.powers_given(entry, &is_meant, powers);
            let here = held
                .entry(entry.within)
                .or_insert_with(|| Held::none(powers.count));
            here.join(&given);
        }
        let named = held
            .into_iter()
            .map(|(within, held)| (within.namespace(&self.symbols), held));
        named.collect()
    }

    /// What a binding gives.
    fn powers_given(&self, entry: Entry, is_meant: &Truth, powers: &Powers) -> Held {
        let resolved = &self.resolved[entry.binding as usize];
        let mut roles = resolved
            .roles
            .iter()
            .map(|role| &powers.roles[*role as usize]);
        let mut given = roles
            .next()
            .cloned()
            .unwrap_or_else(|| Held::none(powers.count));
        for role in roles {
            // Of several roles with one name only one exists.
            merge(&mut given.certain, &role.certain, |own, other| own & other);
            merge(&mut given.possible, &role.possible, |own, other| {
                own | other
            });
        }
        let is_certain = *is_meant == Truth::Yes
            && resolved.maybe.is_none()
            && self.bindings[entry.binding as usize].unknown.is_none();
        if !is_certain {
            given.doubt();
        }
        if let Some(cause) = &resolved.any {
            given.join(&Held::all(powers.count, &Truth::Maybe(cause.clone())));
        }
        given
    }

    /// The names of the objects on which someone has a power, perhaps; `None` where it is had on all, or where not all names are
    /// known.
    pub(crate) fn names(
        &self,
        asker: &Asker,
        power: &Power,
        namespace: &Namespace,
    ) -> Option<BTreeSet<SmolStr>> {
        let asked = power.asked(self);
        let reaches = Reach::of(&self.symbols, namespace);
        let mut names = BTreeSet::new();
        for (entry, _) in self.applied(&Who::new(asker), &reaches) {
            let resolved = &self.resolved[entry.binding as usize];
            if resolved.any.is_some() {
                return None;
            }
            for role in &resolved.roles {
                names.extend(self.names_in(*role, &asked)?);
            }
        }
        Some(names)
    }

    /// The names on which a role has a power.
    pub(crate) fn names_of(&self, role: RoleKey, power: &Power) -> Option<BTreeSet<SmolStr>> {
        let names = self.names_in(role.0, &power.asked(self))?;
        Some(names.into_iter().collect())
    }

    /// The roles whose names are known, with where they live.
    pub(crate) fn named_roles(&self) -> impl Iterator<Item = (Namespace, SmolStr, RoleKey)> {
        (0..).zip(&self.roles).filter_map(|(index, role)| {
            let name = role.name.as_ref().and_then(Text::known)?;
            let place = role.within.namespace(&self.symbols);
            Some((place, self.symbols.text(name).clone(), RoleKey(index)))
        })
    }

    /// Whether a role lives in a namespace.
    pub(crate) fn is_local(&self, role: RoleKey) -> bool {
        self.roles[role.0 as usize].within != Within::Cluster
    }

    /// The same of a role.
    fn names_in(&self, role: u32, asked: &Asked) -> Option<Vec<SmolStr>> {
        let effective = &self.effective[role as usize];
        if effective.rest.is_some() {
            return None;
        }
        let mut names = Vec::new();
        for (source, _) in &effective.sources {
            let range = &self.roles[*source as usize].rules;
            for index in self.rules.candidates(asked, range) {
                let rule = &self.rules.all[index as usize];
                if rule.allows(asked, &self.symbols).is_no() {
                    continue;
                }
                if rule.names.is_empty() || rule.names.is_open() {
                    return None;
                }
                let known = rule.names.known().iter();
                names.extend(known.map(|name| self.symbols.text(*name).clone()));
            }
        }
        Some(names)
    }

    /// By which bindings someone has a power in a namespace.
    pub(crate) fn why(&self, asker: &Asker, power: &Power, namespace: &Namespace) -> Answer {
        self.answer(asker, power.asked(self), namespace)
    }
}
