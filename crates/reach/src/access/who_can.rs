//! Who may do something.

use std::collections::BTreeMap;

use graph::Namespace;

use super::Access;
use super::answer::{Found, Holder};
use super::certainty::UNSET;
use super::index::{Entry, Reach};
use super::may::Judge;
use super::question::Action;
use super::role::Within;
use super::subject::{MASTERS, Subject};
use crate::truth::Truth;

impl Access {
    /// Who may do something: the subjects of bindings, sorted, and first what may be anyone. Whoever is in a group may do what
    /// the group may.
    #[must_use]
    pub fn who_can(&self, action: &Action) -> Vec<Holder> {
        let reaches = Reach::of(&self.symbols, action.namespace());
        let holders = self.holders(action, &reaches, |_| Namespace::Cluster);
        holders.into_iter().map(|(_, holder)| holder).collect()
    }

    /// Who may do something somewhere: in the whole cluster, and then in each namespace, whatever the namespace of the action.
    #[must_use]
    pub fn who_can_where(&self, action: &Action) -> Vec<(Namespace, Holder)> {
        let place = |within: Within| within.namespace(&self.symbols);
        self.holders(action, &Reach::everywhere(), place)
    }

    fn holders(
        &self,
        action: &Action,
        reaches: &[Reach],
        place: impl Fn(Within) -> Namespace,
    ) -> Vec<(Namespace, Holder)> {
        let mut judge = Judge::new(self, action);
        let mut holders: BTreeMap<(Namespace, Option<Subject>), Found> = BTreeMap::new();
        let masters = Some(Subject::Group(MASTERS.into()));
        let masters = (Namespace::Cluster, masters);
        holders.entry(masters).or_default().set_certain();
        for binding in self.granting(&mut judge) {
            let written = &self.bindings[binding as usize];
            let Some(reach) = reaches
                .iter()
                .find(|reach| (reach.from..=reach.until).contains(&written.within))
            else {
                continue;
            };
            for (subject, bound) in (0..).zip(&written.subjects) {
                let entry = Entry {
                    within: written.within,
                    binding,
                    subject,
                };
                let unset = (!reach.is_certain).then(|| UNSET.get());
                let is_meant = Truth::Yes.given(unset.as_ref()).given(bound.whom.cause());
                if let Some(grant) = judge.grant(entry, is_meant) {
                    let holder = bound.whom.subject(&self.symbols);
                    let key = (place(written.within), holder);
                    holders.entry(key).or_default().add(grant);
                }
            }
        }
        let holder = |((place, subject), found): ((Namespace, _), Found)| {
            let answer = found.answer();
            (place, Holder { subject, answer })
        };
        holders.into_iter().map(holder).collect()
    }

    /// The bindings whose roles may allow an action, ascending.
    fn granting(&self, judge: &mut Judge) -> Vec<u32> {
        let mut bindings = self.with_any_role.clone();
        for role in self.allowing(judge) {
            if !judge.role(role).verdict.is_no() {
                bindings.extend_from_slice(&self.by_role[role as usize]);
            }
        }
        bindings.sort_unstable();
        bindings.dedup();
        bindings
    }

    /// The roles that may allow an action.
    pub(super) fn allowing(&self, judge: &Judge) -> Vec<u32> {
        let all = 0..super::aggregate::number(self.rules.all.len());
        let mut roles = self.with_any_rule.clone();
        let mut last = None;
        for index in self.rules.candidates(judge.asked(), &all) {
            let rule = &self.rules.all[index as usize];
            let source = self.roles.partition_point(|role| role.rules.end <= index);
            if last != Some(source) && !rule.allows(judge.asked(), &self.symbols).is_no() {
                roles.extend_from_slice(&self.used_by[source]);
                last = Some(source);
            }
        }
        roles.sort_unstable();
        roles.dedup();
        roles
    }
}
