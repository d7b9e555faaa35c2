//! Whether someone may do something.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use graph::Namespace;

use super::Access;
use super::answer::{Answer, Found, Grant, Origin};
use super::certainty::{DUPLICATE, UNSET};
use super::index::{Entry, Reach};
use super::question::{Action, Asked};
use super::subject::{Asker, Who};
use crate::truth::Truth;

/// Decides for one action which roles and bindings allow it.
pub(super) struct Judge<'a> {
    access: &'a Access,
    asked: Asked,
    /// Many bindings give one role.
    roles: HashMap<u32, Allowed>,
}

/// Whether a role allows an action, and by which rules.
#[derive(Clone, Debug)]
pub(super) struct Allowed {
    pub(super) verdict: Truth,
    rules: Arc<[Origin]>,
}

impl Access {
    /// Whether someone may do something.
    #[must_use]
    pub fn may(&self, asker: &Asker, action: &Action) -> Answer {
        self.answer(asker, Asked::new(action, &self.symbols), action.namespace())
    }

    /// Whether someone may do what is asked in a namespace.
    pub(super) fn answer(&self, asker: &Asker, asked: Asked, namespace: &Namespace) -> Answer {
        let who = Who::new(asker);
        let mut judge = Judge::of(self, asked);
        let mut found = Found::default();
        if who.is_master() {
            found.set_certain();
        }
        let reaches = Reach::of(&self.symbols, namespace);
        for (entry, is_meant) in self.applied(&who, &reaches) {
            if let Some(grant) = judge.grant(entry, is_meant) {
                found.add(grant);
            }
        }
        found.answer()
    }

    /// The bindings that apply to someone there, each with its first subject that surely is meant, else the first that may be.
    pub(super) fn applied(&self, who: &Who, reaches: &[Reach]) -> Vec<(Entry, Truth)> {
        let mut applied: BTreeMap<u32, (Entry, Truth)> = BTreeMap::new();
        for list in self.subjects.lists(&self.symbols, who) {
            for reach in reaches {
                for index in self.subjects.part(list, reach) {
                    let entry = self.subjects.entries[*index as usize];
                    let whom = &self.bindings[entry.binding as usize].subjects
                        [entry.subject as usize]
                        .whom;
                    let unset = (!reach.is_certain).then(|| UNSET.get());
                    let is_meant = whom.is(who, &self.symbols).given(unset.as_ref());
                    let found = applied.get(&entry.binding);
                    let is_better = found
                        .is_none_or(|(_, found)| is_meant == Truth::Yes && *found != Truth::Yes);
                    if !is_meant.is_no() && is_better {
                        applied.insert(entry.binding, (entry, is_meant));
                    }
                }
            }
        }
        applied.into_values().collect()
    }
}

impl<'a> Judge<'a> {
    pub(super) fn new(access: &'a Access, action: &Action) -> Self {
        Self::of(access, Asked::new(action, &access.symbols))
    }

    pub(super) fn of(access: &'a Access, asked: Asked) -> Self {
        Self {
            access,
            asked,
            roles: HashMap::new(),
        }
    }

    pub(super) fn asked(&self) -> &Asked {
        &self.asked
    }

    /// What a subject of a binding gets from it towards the action, if anything.
    pub(super) fn grant(&mut self, entry: Entry, is_meant: Truth) -> Option<Grant> {
        let access = self.access;
        let binding = &access.bindings[entry.binding as usize];
        let (verdict, role) = self.given(entry.binding);
        let verdict = verdict.given(binding.unknown.as_ref()).and(is_meant);
        if verdict.is_no() {
            return None;
        }
        let at = binding.subjects[entry.subject as usize].at;
        let rules = role.and_then(|role| Some(Arc::clone(&self.roles.get(&role)?.rules)));
        Some(Grant {
            binding: Origin::whole(binding.source),
            subject: Origin::of(binding.source, at),
            role: role.map(|role| Origin::whole(access.roles[role as usize].source)),
            rules: rules.unwrap_or_default(),
            unknown: verdict.cause().cloned(),
        })
    }

    /// Whether the role of a binding allows the action, and which of several with its name.
    fn given(&mut self, binding: u32) -> (Truth, Option<u32>) {
        let resolved = &self.access.resolved[binding as usize];
        let mut verdict = Truth::No;
        let mut first = None;
        let mut is_in_all = true;
        for role in &resolved.roles {
            let allowed = self.role(*role).verdict;
            is_in_all &= allowed == Truth::Yes;
            if !allowed.is_no() {
                first.get_or_insert(*role);
            }
            verdict = verdict.or(allowed);
        }
        // Of several roles with one name only one can exist, so what is certain must be in all.
        if !is_in_all && verdict == Truth::Yes {
            verdict = Truth::Maybe(DUPLICATE.get());
        }
        verdict = verdict.given(resolved.maybe.as_ref());
        let any = resolved
            .any
            .as_ref()
            .map(|cause| Truth::Maybe(Arc::clone(cause)));
        (verdict.or(any.unwrap_or(Truth::No)), first)
    }

    /// Whether a role allows the action.
    pub(super) fn role(&mut self, role: u32) -> Allowed {
        if let Some(known) = self.roles.get(&role) {
            return known.clone();
        }
        let allowed = self.allowed(role);
        self.roles.insert(role, allowed.clone());
        allowed
    }

    fn allowed(&self, role: u32) -> Allowed {
        let access = self.access;
        let effective = &access.effective[role as usize];
        let mut verdict = Truth::No;
        let mut rules = Vec::new();
        for (source, unknown) in &effective.sources {
            let source = &access.roles[*source as usize];
            for index in access.rules.candidates(&self.asked, &source.rules) {
                let rule = &access.rules.all[index as usize];
                let allows = rule
                    .allows(&self.asked, &access.symbols)
                    .given(unknown.as_ref());
                if !allows.is_no() && rules.len() < Grant::MOST_RULES {
                    rules.push(Origin::of(source.source, rule.at));
                }
                verdict = verdict.or(allows);
            }
        }
        let rest = effective
            .rest
            .as_ref()
            .map(|cause| Truth::Maybe(Arc::clone(cause)));
        let verdict = verdict.or(rest.unwrap_or(Truth::No));
        Allowed {
            verdict: verdict.given(access.roles[role as usize].unknown.as_ref()),
            rules: rules.into(),
        }
    }
}
