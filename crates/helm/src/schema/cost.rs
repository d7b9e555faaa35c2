//! What checking values against a schema costs. The library that does it follows each reference each time it meets one: forty
//! definitions that refer to the next one twice are a million millions of them.

use std::collections::HashMap;

use serde_json::Value as Json;

/// The most schemas that are looked at, each time that one is counted.
const MOST: u64 = 2_000_000;

/// How deep schemas may refer to each other, and values stand in each other.
const DEEPEST: usize = 200;

/// Whether a schema is made and values are checked against it in bounded time and memory. References that the library would
/// understand in one way are counted in all ways in which they could be understood.
pub(super) fn is_bounded(schema: &Json, values: &Json) -> bool {
    let mut resources = vec![schema];
    find_named(schema, &mut resources);
    let mut cost = Cost {
        resources,
        made: HashMap::new(),
        checked: HashMap::new(),
    };
    let made = cost.make(schema, 0);
    let checked = cost.check(schema, values, 0);
    made.zip(checked)
        .is_some_and(|(made, checked)| made.max(checked) <= MOST)
}

/// A node, by where it is in memory: nodes stay where they are while they are counted.
type Address = *const Json;

struct Cost<'a> {
    /// The schema, and the schemas in it that have names of their own.
    resources: Vec<&'a Json>,
    /// What making a schema costs.
    made: HashMap<Address, u64>,
    /// What checking a value against a schema costs.
    checked: HashMap<(Address, Address), u64>,
}

impl<'a> Cost<'a> {
    /// The number of schemas that one is made of; none if they stand too deep in each other. What refers to itself is made
    /// once.
    fn make(&mut self, schema: &'a Json, depth: usize) -> Option<u64> {
        let address = std::ptr::from_ref(schema);
        if let Some(cost) = self.made.get(&address) {
            return Some(*cost);
        }
        if depth > DEEPEST {
            return None;
        }
        self.made.insert(address, 0);
        let mut cost = 1_u64;
        for part in parts(schema).chain(self.referred(schema)) {
            cost = cost.saturating_add(self.make(part, depth + 1)?);
        }
        self.made.insert(address, cost);
        Some(cost)
    }

    /// The number of times that a schema is compared with a value; none if they stand too deep in each other.
    fn check(&mut self, schema: &'a Json, value: &'a Json, depth: usize) -> Option<u64> {
        let addresses = (std::ptr::from_ref(schema), std::ptr::from_ref(value));
        if let Some(cost) = self.checked.get(&addresses) {
            return Some(*cost);
        }
        if depth > DEEPEST || self.checked.len() as u64 > MOST {
            return None;
        }
        self.checked.insert(addresses, 0);
        let mut cost = 1_u64;
        let mut add = |more: Option<u64>| {
            cost = cost.saturating_add(more?);
            Some(())
        };
        for referred in self.referred(schema) {
            add(self.check(referred, value, depth + 1))?;
        }
        for (keyword, part) in schema.as_object().into_iter().flatten() {
            for (schema, value) in compared(keyword, part, value) {
                add(self.check(schema, value, depth + 1))?;
            }
        }
        // To know what is left, the library looks at everything again.
        let looks_twice = ["unevaluatedItems", "unevaluatedProperties"];
        if looks_twice
            .iter()
            .any(|keyword| schema.get(keyword).is_some())
        {
            cost = cost.saturating_mul(2);
        }
        self.checked.insert(addresses, cost);
        Some(cost)
    }

    /// The schemas that a schema may refer to.
    fn referred(&self, schema: &Json) -> Vec<&'a Json> {
        let keywords = ["$ref", "$dynamicRef", "$recursiveRef"];
        let references = keywords
            .iter()
            .filter_map(|keyword| schema.get(keyword)?.as_str());
        references
            .flat_map(|reference| self.named(reference))
            .collect()
    }

    fn named(&self, reference: &str) -> Vec<&'a Json> {
        let (base, fragment) = reference.split_once('#').unwrap_or((reference, ""));
        let pointer = fragment.replace("%25", "%").replace("%24", "$");
        let resources = self.resources.iter().filter(|resource| {
            let names = ["$id", "id"].iter().filter_map(|name| resource.get(name));
            base.is_empty() || names.into_iter().any(|name| is_named(name, base))
        });
        let is_anchor = !fragment.is_empty() && !fragment.starts_with('/');
        if is_anchor {
            let anchors = self.resources.iter().filter(|resource| {
                let names = ["$anchor", "$dynamicAnchor", "$id", "id"].iter();
                let mut names = names.filter_map(|name| resource.get(name)?.as_str());
                names.any(|name| name.trim_start_matches('#') == fragment)
            });
            return anchors.copied().collect();
        }
        resources
            .filter_map(|resource| resource.pointer(&pointer))
            .collect()
    }
}

/// Whether a name ends as a reference does.
fn is_named(name: &Json, base: &str) -> bool {
    let last = |text: &str| {
        text.trim_end_matches('#')
            .rsplit('/')
            .next()
            .map(str::to_owned)
    };
    name.as_str().is_some_and(|name| last(name) == last(base))
}

/// Everything that stands in a value directly.
fn parts(value: &Json) -> impl Iterator<Item = &Json> {
    let items = value.as_array().into_iter().flatten();
    let entries = value.as_object().into_iter().flatten();
    items.chain(entries.map(|(_, part)| part))
}

/// What a keyword of a schema compares with a value, or with what is in it.
fn compared<'a>(keyword: &str, part: &'a Json, value: &'a Json) -> Vec<(&'a Json, &'a Json)> {
    match keyword {
        "allOf" | "anyOf" | "oneOf" | "dependentSchemas" | "dependencies" => {
            parts(part).map(|schema| (schema, value)).collect()
        }
        "not" | "if" | "then" | "else" => vec![(part, value)],
        "properties" => {
            let entries = part.as_object().into_iter().flatten();
            entries
                .filter_map(|(name, schema)| Some((schema, value.get(name)?)))
                .collect()
        }
        "enum" | "const" | "default" | "examples" | "required" | "$defs" | "definitions" => {
            Vec::new()
        }
        _ => {
            let schemas = parts(part).filter(|part| part.is_object()).chain([part]);
            let schemas = schemas.filter(|schema| schema.is_object());
            schemas
                .flat_map(|schema| parts(value).map(move |item| (schema, item)))
                .collect()
        }
    }
}

/// The schemas in a schema that have names of their own.
fn find_named<'a>(schema: &'a Json, found: &mut Vec<&'a Json>) {
    for part in parts(schema) {
        let names = ["$id", "id", "$anchor", "$dynamicAnchor"];
        let mut names = names.iter().filter_map(|name| part.get(name));
        if names.any(Json::is_string) {
            found.push(part);
        }
        find_named(part, found);
    }
}
