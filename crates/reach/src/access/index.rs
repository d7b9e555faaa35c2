//! Roles by name, rules by resource and bindings by subject.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use graph::Namespace;

use super::aggregate::number;
use super::binding::Binding;
use super::question::{Asked, What};
use super::role::{Role, Within};
use super::rule;
use super::subject::{self, Place, Who, Whom};
use super::symbols::{Symbol, Symbols};
use super::text::Text;

/// Roles by name.
#[derive(Debug, Default)]
pub(super) struct Names {
    by_name: HashMap<(Within, Symbol), Vec<u32>>,
    /// Roles in any known namespace.
    local: HashMap<Symbol, Vec<u32>>,
    /// Roles of which not the whole name is known.
    pub(super) open: Vec<u32>,
}

impl Names {
    pub(super) fn new(roles: &[Role], hidden: &HashSet<u32>) -> Self {
        let mut names = Self::default();
        for (index, role) in (0..).zip(roles) {
            match &role.name {
                Some(Text::Known(name)) if !hidden.contains(&index) => {
                    names.add(index, role.within, *name);
                }
                Some(Text::Open(_)) => names.open.push(index),
                _ => {}
            }
        }
        names
    }

    fn add(&mut self, index: u32, within: Within, name: Symbol) {
        self.by_name.entry((within, name)).or_default().push(index);
        if matches!(within, Within::Namespace(_)) {
            self.local.entry(name).or_default().push(index);
        }
    }

    pub(super) fn named(&self, within: Within, name: Symbol) -> &[u32] {
        self.by_name.get(&(within, name)).map_or(&[], Vec::as_slice)
    }

    pub(super) fn local(&self, name: Symbol) -> &[u32] {
        self.local.get(&name).map_or(&[], Vec::as_slice)
    }
}

/// The rules of all roles, those of one role together.
#[derive(Debug)]
pub(super) struct Rules {
    pub(super) all: Vec<rule::Written>,
    /// Rules by the resources that they name, each list ascending.
    by_resource: HashMap<Symbol, Vec<u32>>,
    /// Rules of which not all resources are known.
    open: Vec<u32>,
    with_paths: Vec<u32>,
}

/// Rules of one role that are looked at one by one.
const FEW: u32 = 16;

impl Rules {
    pub(super) fn new(all: Vec<rule::Written>) -> Self {
        let mut rules = Self {
            all: Vec::new(),
            by_resource: HashMap::new(),
            open: Vec::new(),
            with_paths: Vec::new(),
        };
        for (index, rule) in (0..).zip(&all) {
            for resource in rule.resources.known() {
                rules.by_resource.entry(*resource).or_default().push(index);
            }
            if rule.resources.is_open() {
                rules.open.push(index);
            }
            if !rule.paths.is_empty() {
                rules.with_paths.push(index);
            }
        }
        rules.all = all;
        rules
    }

    /// Those of the rules in a range that may allow an action, ascending.
    pub(super) fn candidates(&self, asked: &Asked, range: &Range<u32>) -> Vec<u32> {
        if range.len() <= FEW as usize {
            return range.clone().collect();
        }
        let mut candidates = Vec::new();
        for list in self.lists(asked) {
            let start = list.partition_point(|rule| *rule < range.start);
            let end = list.partition_point(|rule| *rule < range.end);
            candidates.extend_from_slice(&list[start..end]);
        }
        candidates.sort_unstable();
        candidates.dedup();
        candidates
    }

    /// Lists that hold all rules that may allow an action.
    fn lists(&self, asked: &Asked) -> Vec<&[u32]> {
        match &asked.what {
            What::Path(_) => vec![&self.with_paths],
            What::Resource { resources, .. } => {
                let symbols = resources.iter().filter_map(|word| word.symbol);
                let lists = symbols.filter_map(|symbol| self.by_resource.get(&symbol));
                let lists = lists.map(Vec::as_slice);
                lists.chain([self.open.as_slice()]).collect()
            }
        }
    }
}

/// A subject of a binding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Entry {
    pub(super) within: Within,
    pub(super) binding: u32,
    pub(super) subject: u32,
}

/// The subjects of all bindings. Lists are indexes into `entries`, and so are sorted by where the bindings apply.
#[derive(Debug, Default)]
pub(super) struct Subjects {
    pub(super) entries: Vec<Entry>,
    by_user: HashMap<Symbol, Vec<u32>>,
    by_group: HashMap<Symbol, Vec<u32>>,
    /// ServiceAccounts in namespaces that nobody wrote, by name.
    by_unset: HashMap<Symbol, Vec<u32>>,
    /// All others by name.
    by_account: HashMap<Symbol, Vec<u32>>,
    /// All groups.
    groups: Vec<u32>,
    /// What is not wholly known.
    open: Vec<u32>,
}

/// Where bindings apply to a request, and whether that is certain.
pub(super) struct Reach {
    pub(super) from: Within,
    pub(super) until: Within,
    pub(super) is_certain: bool,
}

impl Subjects {
    pub(super) fn new(symbols: &mut Symbols, bindings: &[Binding]) -> Self {
        let mut subjects = Self::default();
        for (binding, written) in (0..).zip(bindings) {
            let count = number(written.subjects.len());
            subjects.entries.extend((0..count).map(|subject| Entry {
                within: written.within,
                binding,
                subject,
            }));
        }
        subjects.entries.sort_unstable();
        for index in 0..number(subjects.entries.len()) {
            subjects.add(symbols, bindings, index);
        }
        subjects
    }

    fn add(&mut self, symbols: &mut Symbols, bindings: &[Binding], index: u32) {
        let entry = self.entries[index as usize];
        let whom = &bindings[entry.binding as usize].subjects[entry.subject as usize].whom;
        match whom {
            Whom::User(Text::Known(name)) => {
                self.by_user.entry(*name).or_default().push(index);
                if let Some(name) = whom.account_name(symbols) {
                    self.by_account.entry(name).or_default().push(index);
                }
            }
            Whom::Group(Text::Known(name)) => {
                self.by_group.entry(*name).or_default().push(index);
                self.groups.push(index);
            }
            Whom::Account {
                namespace: Place::Unset,
                name: Text::Known(name),
            } => self.by_unset.entry(*name).or_default().push(index),
            _ => self.open.push(index),
        }
    }

    /// Lists without common elements that hold every subject that may be someone.
    pub(super) fn lists<'a>(&'a self, symbols: &Symbols, who: &Who) -> Vec<&'a [u32]> {
        let find = |index: &'a HashMap<Symbol, Vec<u32>>, text: &str| {
            let list = symbols.find(text).and_then(|symbol| index.get(&symbol));
            list.map_or(&[][..], Vec::as_slice)
        };
        let mut lists = vec![self.open.as_slice()];
        if let Some(user) = &who.user {
            lists.push(find(&self.by_user, user));
            let name = subject::account(user).map(|(_, name)| name);
            lists.extend(name.map(|name| find(&self.by_unset, name)));
        }
        if let Some(name) = &who.unset {
            lists.extend([&self.by_unset, &self.by_account].map(|index| find(index, name)));
        }
        if who.is_open || who.unset.is_some() {
            lists.push(&self.groups);
        } else {
            lists.extend(who.groups.iter().map(|group| find(&self.by_group, group)));
        }
        lists
    }

    /// The part of a list whose bindings apply there.
    pub(super) fn part<'l>(&self, list: &'l [u32], reach: &Reach) -> &'l [u32] {
        let within = |index: &u32| self.entries[*index as usize].within;
        let start = list.partition_point(|index| within(index) < reach.from);
        let end = list.partition_point(|index| within(index) <= reach.until);
        &list[start..end]
    }
}

/// The last of all namespaces.
pub(super) const LAST: Within = Within::Namespace(Symbol::LAST);

impl Reach {
    /// Where bindings apply to a request in a namespace.
    pub(super) fn of(symbols: &Symbols, namespace: &Namespace) -> Vec<Self> {
        let reach = |from, until, is_certain| Self {
            from,
            until,
            is_certain,
        };
        let first = Within::Namespace(Symbol::FIRST);
        let cluster = reach(Within::Cluster, Within::Cluster, true);
        match namespace {
            Namespace::Cluster => vec![cluster],
            Namespace::Unset => vec![
                cluster,
                reach(Within::Unset, Within::Unset, true),
                reach(first, LAST, false),
            ],
            Namespace::Named(name) => {
                let mut all = vec![cluster, reach(Within::Unset, Within::Unset, false)];
                let own = symbols.find(name).map(Within::Namespace);
                all.extend(own.map(|own| reach(own, own, true)));
                all
            }
        }
    }

    /// Everywhere.
    pub(super) fn everywhere() -> Vec<Self> {
        vec![Self {
            from: Within::Cluster,
            until: LAST,
            is_certain: true,
        }]
    }
}
