//! What the expressions of a plan's configuration refer to, as addresses of instances.

use std::cell::Cell;
use std::collections::BTreeSet;

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
use graph::NodeId;
use smol_str::SmolStr;

use super::address;
use super::configuration::Configuration;
use super::json::Json;
use crate::root::{InstanceKey, ModulePath};
use crate::value::Cause;

/// How many references of one file are followed, and blocks compared. A large plan has a hundredth of it.
const MOST: usize = 5_000_000;

/// How many expressions are followed from one, which also bounds how deep.
const MOST_FOLLOWED: usize = 200;

/// What references begin with that are none to resources.
const NO_RESOURCES: [&str; 8] = [
    "count",
    "each",
    "local",
    "module",
    "path",
    "self",
    "terraform",
    "var",
];

/// What resources there are to refer to.
pub(super) struct References<'a> {
    pub(super) json: Json<'a>,
    pub(super) configuration: Configuration,
    /// The keys of the instances of each resource, by its address without key.
    instances: HashMap<String, Vec<InstanceKey>>,
    left: Cell<usize>,
}

/// An attribute of an instance that an expression refers to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Referred {
    /// The address of the instance.
    pub(super) instance: SmolStr,
    /// The address of the attribute; that of the instance where it is referred to as a whole.
    pub(super) attribute: SmolStr,
}

/// Whose expression it is.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) module: &'a ModulePath,
    /// The key of the instance, which `count.index` and `each.key` give to what it refers to.
    pub(super) key: &'a InstanceKey,
    /// The expression that `each.value` is an element of.
    pub(super) for_each: Option<NodeId>,
}

impl<'a> References<'a> {
    pub(super) fn new(json: Json<'a>, addresses: &[address::Address]) -> Self {
        let mut instances: HashMap<String, Vec<InstanceKey>> = HashMap::new();
        for address in addresses {
            let resource = address.module.address(&address.resource.to_string());
            let keys = instances.entry(resource).or_default();
            keys.push(address.key.clone());
        }
        Self {
            configuration: Configuration::of(&json),
            json,
            instances,
            left: Cell::new(MOST),
        }
    }

    /// What an expression refers to, through variables of modules and their outputs.
    pub(super) fn of(&self, expression: NodeId, place: Place<'_>) -> Vec<Referred> {
        let mut found = BTreeSet::new();
        self.follow(expression, place, &mut HashSet::new(), &mut found);
        // An attribute tells more than the resource that has it, which is named behind it.
        let whole: Vec<Referred> = found.iter().cloned().collect();
        let is_told = |one: &Referred| {
            let mut others = whole.iter();
            one.instance == one.attribute
                && others.any(|other| other.instance == one.instance && other != one)
        };
        whole.iter().filter(|one| !is_told(one)).cloned().collect()
    }

    /// Why the value of an expression is unknown, which refers to these attributes; none where it refers to nothing.
    pub(super) fn cause(
        &self,
        expression: NodeId,
        referred: &[Referred],
        place: Place<'_>,
    ) -> Option<Cause> {
        if let Some(first) = referred.first() {
            return Some(Cause::Computed(first.attribute.clone()));
        }
        let first = self
            .json
            .items(self.json.get(expression, "references"))
            .next();
        let text = first.and_then(|first| self.json.tree.as_text(first))?;
        let is_of_resource = !NO_RESOURCES.contains(&first_name(text));
        Some(match is_of_resource {
            true => Cause::Computed(place.module.address(text).into()),
            false => Cause::Plan(text.clone()),
        })
    }

    /// Whether a number of further steps may be taken, of all that the file is worth.
    pub(super) fn spend(&self, steps: usize) -> bool {
        let left = self.left.get().checked_sub(steps);
        self.left.set(left.unwrap_or_default());
        left.is_some()
    }

    fn follow(
        &self,
        expression: NodeId,
        place: Place<'_>,
        seen: &mut HashSet<NodeId>,
        found: &mut BTreeSet<Referred>,
    ) {
        if seen.len() == MOST_FOLLOWED || !seen.insert(expression) {
            return;
        }
        for reference in self.json.items(self.json.get(expression, "references")) {
            let Some(text) = self.json.tree.as_text(reference) else {
                continue;
            };
            if !self.spend(1) {
                return;
            }
            if let Some(name) = text.strip_prefix("var.") {
                self.variable(first_name(name), place, seen, found);
            } else if text.starts_with("module.") {
                self.output(text, place, seen, found);
            } else if let Some(rest) = text.strip_prefix("each.value") {
                self.element(rest, place, seen, found);
            } else {
                found.extend(self.resource(text, place));
            }
        }
    }

    fn variable(
        &self,
        name: &str,
        place: Place<'_>,
        seen: &mut HashSet<NodeId>,
        found: &mut BTreeSet<Referred>,
    ) {
        let argument = self.configuration.argument(place.module, name);
        let caller = place.module.0.split_last();
        if let (Some(argument), Some(((call, key), caller))) = (argument, caller) {
            let module = &ModulePath(caller.to_vec());
            let place = Place {
                module,
                key,
                for_each: self.configuration.call_for_each(module, call),
            };
            self.follow(argument, place, seen, found);
        }
    }

    /// `each.value.id`, of which `rest` is what stands behind the value: an attribute of what is walked, where that is the
    /// instances of a resource.
    fn element(
        &self,
        rest: &str,
        place: Place<'_>,
        seen: &mut HashSet<NodeId>,
        found: &mut BTreeSet<Referred>,
    ) {
        let Some(for_each) = place.for_each else {
            return;
        };
        let outside = Place {
            for_each: None,
            ..place
        };
        let mut walked = BTreeSet::new();
        self.follow(for_each, outside, seen, &mut walked);
        // An expression that names several attributes of an element follows what is walked once for each.
        seen.remove(&for_each);
        found.extend(walked.into_iter().map(|mut one| {
            if one.attribute == one.instance {
                one.attribute = format!("{}{rest}", one.instance).into();
            }
            one
        }));
    }

    /// `module.a["x"].output`.
    fn output(
        &self,
        text: &str,
        place: Place<'_>,
        seen: &mut HashSet<NodeId>,
        found: &mut BTreeSet<Referred>,
    ) {
        let Some((relative, output)) = address::modules(text) else {
            return;
        };
        let module = ModulePath([&place.module.0[..], &relative.0[..]].concat());
        let output = self.configuration.output(&module, first_name(output));
        if let Some(output) = output {
            let place = Place {
                module: &module,
                key: &InstanceKey::None,
                for_each: None,
            };
            self.follow(output, place, seen, found);
        }
    }

    /// `aws_s3_bucket.logs["x"].id`.
    fn resource(&self, text: &str, place: Place<'_>) -> Option<Referred> {
        let (resource, rest) = resource_of(text)?;
        let resource = place.module.address(resource);
        let keys = self.instances.get(&resource)?;
        let same_key = || keys.iter().find(|key| *key == place.key);
        let (key, rest) = match address::key(rest)? {
            (InstanceKey::None, rest) if keys.len() == 1 => (keys[0].clone(), rest),
            (InstanceKey::None, rest) => (same_key()?.clone(), rest),
            (key, rest) => (key, rest),
        };
        let instance: SmolStr = format!("{resource}{key}").into();
        keys.contains(&key).then(|| Referred {
            attribute: format!("{instance}{rest}").into(),
            instance,
        })
    }
}

/// The first name of a traversal.
fn first_name(text: &str) -> &str {
    text.find(['.', '[']).map_or(text, |end| &text[..end])
}

/// The resource that a traversal begins with, and what stands behind it.
fn resource_of(text: &str) -> Option<(&str, &str)> {
    let ty = match text.strip_prefix("data.") {
        Some(rest) => "data.".len() + rest.find('.')? + 1,
        None => text.find('.')? + 1,
    };
    let end = ty + first_name(&text[ty..]).len();
    Some(text.split_at(end))
}
