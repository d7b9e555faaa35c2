//! All pairs of classes at once.

use std::collections::HashMap;

use super::evaluate::{Connections, Judged, Other};
use super::policy::{Applied, Direction, Peer, Rule};
use super::{ClassId, Network};
use crate::truth::{Truth, because};

/// What is let through between two classes of pods.
#[derive(Clone, Copy, Debug)]
pub struct Pair<'a> {
    /// Where traffic starts.
    pub from: ClassId,
    /// Where it ends.
    pub to: ClassId,
    /// The ports.
    pub connections: &'a Connections,
}

/// Connections that are told apart by numbers.
#[derive(Default)]
struct Interned {
    all: Vec<Connections>,
    ids: HashMap<Connections, u32>,
}

impl Interned {
    fn add(&mut self, connections: Connections) -> u32 {
        let next = super::endpoints::number(self.all.len());
        *self.ids.entry(connections).or_insert_with_key(|own| {
            self.all.push(own.clone());
            next
        })
    }
}

/// What the policies of some classes make of traffic with all others in one direction.
struct Row {
    /// With pods, and with those on the network of their node.
    usual: [u32; 2],
    /// With those for which it is another.
    special: Vec<(u32, u32)>,
}

/// What makes rows alike: the policies and whether they surely apply, those of plugins, the names of ports, and the network
/// that pods are on.
type Alike<'n> = (Vec<(u32, bool)>, &'n [u32], u32, usize);

/// What makes other ends alike to a row: the rules that are about them and whether these surely are, their names of ports, and
/// the network that they are on.
type Case = (Vec<(u32, bool)>, u32, u8);

/// The rows of one direction, and the one of each class.
struct Rows {
    rows: Vec<Row>,
    of: Vec<u32>,
}

impl Network {
    /// Calls for every pair of classes.
    pub fn pairs(&self, mut call: impl FnMut(Pair)) {
        let mut interned = Interned::default();
        let egress = self.rows(Direction::Egress, &mut interned);
        let ingress = self.rows(Direction::Ingress, &mut interned);
        let turned = turned(&ingress, self.classes.len());
        let mut combined: HashMap<(u32, u32), u32> = HashMap::new();
        let mut both = Interned::default();
        let mut sent = vec![0; self.classes.len()];
        let mut received = vec![0; ingress.rows.len()];
        for from in self.classes() {
            let row = &egress.rows[egress.of[from.0 as usize] as usize];
            for to in self.classes() {
                sent[to.0 as usize] = row.usual[self.sort(to)];
            }
            for (to, connections) in &row.special {
                sent[*to as usize] = *connections;
            }
            let sort = self.sort(from);
            for (row, own) in ingress.rows.iter().zip(&mut received) {
                *own = row.usual[sort];
            }
            for (row, connections) in &turned[from.0 as usize] {
                received[*row as usize] = *connections;
            }
            let mut last = None;
            for to in self.classes() {
                let one = sent[to.0 as usize];
                let other = received[ingress.of[to.0 as usize] as usize];
                let key = (one, other);
                let id = match last {
                    Some((found, id)) if found == key => id,
                    _ => *combined.entry(key).or_insert_with(|| {
                        let (one, other) =
                            (&interned.all[one as usize], &interned.all[other as usize]);
                        both.add(one.and(other))
                    }),
                };
                last = Some((key, id));
                call(Pair {
                    from,
                    to,
                    connections: &both.all[id as usize],
                });
            }
        }
    }

    /// Whether pods are on the network of their node, or may be, as an index of [`Row::usual`].
    fn sort(&self, class: ClassId) -> usize {
        usize::from(!self.classes[class.0 as usize].host.is_no())
    }

    /// Whether pods are on the network of their node, as a number.
    fn host_code(&self, class: ClassId) -> u8 {
        match self.classes[class.0 as usize].host {
            Truth::No => 0,
            Truth::Maybe(_) => 1,
            Truth::Yes => 2,
        }
    }

    /// The rows of all classes, computed once for those to which the same policies apply.
    fn rows(&self, direction: Direction, interned: &mut Interned) -> Rows {
        let mut rows = Vec::new();
        let mut ids: HashMap<Alike, u32> = HashMap::new();
        let of = self.classes().map(|class| {
            let own = &self.classes[class.0 as usize];
            let applied = &own.applied[direction as usize];
            let ports = match direction {
                Direction::Ingress => own.ports,
                Direction::Egress => 0,
            };
            let policies = applied.iter().map(|one| (one.policy, one.truth.is_yes()));
            let foreign = &own.foreign[direction as usize][..];
            let key = (policies.collect(), foreign, ports, self.sort(class));
            *ids.entry(key).or_insert_with(|| {
                rows.push(self.row(class, direction, interned));
                super::endpoints::number(rows.len() - 1)
            })
        });
        let of = of.collect();
        Rows { rows, of }
    }

    fn row(&self, class: ClassId, direction: Direction, interned: &mut Interned) -> Row {
        let applied = &self.classes[class.0 as usize].applied[direction as usize];
        let special = self.special(applied, direction);
        let mut known: HashMap<Case, u32> = HashMap::new();
        let mut judge = |other: ClassId, by_rule: &[(u32, bool)]| {
            let names = self.names(class, direction, Other::Class(other));
            let ports = self.classes[other.0 as usize].ports;
            let key = (by_rule.to_vec(), ports, self.host_code(other));
            *known.entry(key).or_insert_with(|| {
                let judged = Judged {
                    network: self,
                    matches: |id: u32, rule: &Rule| self.is_about_known(id, rule, other, by_rule),
                    names,
                };
                let found = judged.connections(applied, direction);
                interned.add(self.with_doubts(found, class, direction, Other::Class(other)))
            })
        };
        let mut usual = [0, 0];
        // Those of which the network is not known are special.
        for (host, own) in [Truth::No, Truth::Yes].iter().zip(&mut usual) {
            let is_example = |other: &ClassId| self.classes[other.0 as usize].host == *host;
            if let Some(example) = self.classes().find(is_example) {
                *own = judge(example, &[]);
            }
        }
        let special = special
            .into_iter()
            .map(|(other, by_rule)| (other, judge(ClassId(other), &by_rule)));
        Row {
            usual,
            special: special.collect(),
        }
    }

    /// The classes that are meant by selections of rules, with these rules, and whether they surely are. Where names of ports
    /// are open at the other end, and where that end may be on the network of its node, all are told apart.
    fn special(&self, applied: &[Applied], direction: Direction) -> Vec<(u32, Vec<(u32, bool)>)> {
        let mut found: HashMap<u32, Vec<(u32, bool)>> = HashMap::new();
        let mut has_names = false;
        for one in applied {
            let policy = &self.policies[one.policy as usize];
            for (id, rule) in self.rules(&policy.rules[direction as usize]) {
                has_names |= direction == Direction::Egress && !rule.ports.names.is_empty();
                for peer in rule.peers.iter().flatten() {
                    let Peer::Pods(selection) = peer else {
                        continue;
                    };
                    for (class, is_sure) in &self.means[*selection as usize] {
                        found.entry(*class).or_default().push((id, *is_sure));
                    }
                }
            }
        }
        for class in self.classes() {
            let own = &self.classes[class.0 as usize];
            if has_names || own.host.cause().is_some() {
                found.entry(class.0).or_default();
            }
        }
        let mut found: Vec<_> = found.into_iter().collect();
        for (_, rules) in &mut found {
            rules.sort_unstable_by_key(|(id, is_sure)| (*id, !is_sure));
            rules.dedup_by_key(|(id, _)| *id);
        }
        found.sort_unstable_by_key(|(class, _)| *class);
        found
    }

    /// Whether a rule is about the pods of a class, where it is known which rules select them.
    fn is_about_known(
        &self,
        id: u32,
        rule: &Rule,
        other: ClassId,
        by_rule: &[(u32, bool)],
    ) -> Truth {
        let Some(peers) = &rule.peers else {
            return Truth::Yes.given(rule.unknown.as_ref());
        };
        let selected = match by_rule.binary_search_by_key(&id, |(rule, _)| *rule) {
            Ok(index) if by_rule[index].1 => Truth::Yes,
            Ok(_) => Truth::Maybe(because("labels are not known")),
            Err(_) => Truth::No,
        };
        let others = peers.iter().filter(|peer| !matches!(peer, Peer::Pods(_)));
        let about = others
            .map(|peer| self.is_peer(peer, Other::Class(other)))
            .fold(selected, Truth::or);
        about.given(rule.unknown.as_ref())
    }
}

/// Special cases by the class that they are for, with the row that has them.
fn turned(rows: &Rows, classes: usize) -> Vec<Vec<(u32, u32)>> {
    let mut turned = vec![Vec::new(); classes];
    for (index, row) in (0..).zip(&rows.rows) {
        for (class, connections) in &row.special {
            turned[*class as usize].push((index, *connections));
        }
    }
    turned
}
