//! `aws_iam_policy_document`.
//!
//! Source: <https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document>.

use std::collections::BTreeMap;
use std::sync::Arc;

use smol_str::SmolStr;

use super::{entry, json};
use crate::functions::decode_json;
use crate::value::{Data, Entries, Origin, Shape, Type, Unknown, Value, keyed};

/// The attributes that the data source computes.
pub(super) fn document(arguments: &Entries, origin: &Origin) -> Entries {
    let policy = policy(arguments, origin);
    Entries::from([
        entry("json", json::encoded(policy.clone(), true)),
        entry("minified_json", json::encoded(policy, false)),
    ])
}

/// Statements, as far as they are known, and what any further one is like.
#[derive(Default)]
struct Statements {
    known: Vec<Value>,
    rest: Option<(Value, Arc<Unknown>)>,
}

fn policy(arguments: &Entries, origin: &Origin) -> Value {
    let mut statements = Statements::default();
    for source in documents(arguments, "source_policy_documents", "source_json") {
        statements.merge_document(&source);
    }
    let mut own = Statements::default();
    own.read(arguments.get("statement"));
    for statement in own.known {
        statements.merge(statement);
    }
    statements.rest = statements.rest.or(own.rest);
    for over in documents(arguments, "override_policy_documents", "override_json") {
        statements.merge_document(&over);
    }
    let version = set(arguments.get("version")).cloned();
    let version = version.unwrap_or_else(|| Value::new(Data::string("2012-10-17"), origin.clone()));
    let id = set(arguments.get("policy_id")).map(|id| entry("Id", id.clone()));
    let entries = [
        entry("Version", version),
        entry("Statement", statements.value(origin)),
    ];
    let entries: Entries = entries.into_iter().chain(id).collect();
    Value::new(Data::Object(entries.into()), origin.clone())
}

/// A value that is there and not null.
fn set(value: Option<&Value>) -> Option<&Value> {
    value.filter(|value| !value.is_null() && value.as_str() != Some(""))
}

/// The documents that an argument lists, and the one of its older form.
fn documents(arguments: &Entries, list: &str, single: &str) -> Vec<Value> {
    let listed = set(arguments.get(list))
        .into_iter()
        .flat_map(|list| match list.as_items() {
            Some(items) => items.iter().map(|item| item.within(list)).collect(),
            None => vec![list.clone()],
        });
    set(arguments.get(single))
        .cloned()
        .into_iter()
        .chain(listed)
        .collect()
}

impl Statements {
    /// Takes the statements of another document, as text.
    fn merge_document(&mut self, text: &Value) {
        let decoded = decode_json(text);
        let Some(decoded) = decoded else {
            if let Some(unknown) = text.unknown() {
                self.rest
                    .get_or_insert_with(|| (text.clone(), Arc::clone(unknown)));
            }
            return;
        };
        let Some(statement) = decoded
            .as_entries()
            .and_then(|entries| entries.get("Statement"))
        else {
            return;
        };
        let statement = statement.within(&decoded);
        match (statement.as_items(), statement.unknown()) {
            (Some(items), _) => {
                for item in items.iter() {
                    self.merge(item.within(&statement));
                }
            }
            (None, Some(unknown)) => {
                if let Some(Shape::Items { items, .. }) = &unknown.shape {
                    for item in items.iter() {
                        self.merge(item.within(&statement));
                    }
                }
                self.rest
                    .get_or_insert_with(|| (statement.clone(), Arc::clone(unknown)));
            }
            (None, None) => self.merge(statement),
        }
    }

    /// A statement takes the place of the one with the same `Sid`.
    fn merge(&mut self, statement: Value) {
        let sid = |statement: &Value| -> Option<SmolStr> {
            let sid = statement.as_entries()?.get("Sid")?.as_str()?;
            (!sid.is_empty()).then(|| sid.into())
        };
        let own = sid(&statement);
        let same = own.and_then(|own| {
            self.known
                .iter_mut()
                .find(|other| sid(other) == Some(own.clone()))
        });
        match same {
            Some(same) => *same = statement,
            None => self.known.push(statement),
        }
    }

    /// The `statement` blocks.
    fn read(&mut self, blocks: Option<&Value>) {
        let Some(blocks) = blocks else { return };
        if let Some(items) = blocks.as_items() {
            self.known
                .extend(items.iter().map(|item| statement(&item.within(blocks))));
        }
        if let Some(unknown) = blocks.unknown() {
            if let Some(Shape::Items { items, rest }) = &unknown.shape {
                self.known.extend(items.iter().map(statement));
                self.rest = Some((statement(rest), Arc::clone(unknown)));
            } else {
                self.rest = Some((blocks.clone(), Arc::clone(unknown)));
            }
        }
    }

    fn value(self, origin: &Origin) -> Value {
        let items: Arc<[Value]> = self.known.into();
        let data = match self.rest {
            None => Data::Tuple(items),
            Some((rest, because)) => {
                let mut unknown = Unknown::new(Type::Dynamic, because.cause.clone(), because.place);
                unknown.known.not_null = true;
                unknown.shape = Some(Shape::Items {
                    items,
                    rest: rest.into(),
                });
                Data::Unknown(unknown.into())
            }
        };
        Value::new(data, origin.clone())
    }
}

/// A block as a statement of the policy language.
fn statement(block: &Value) -> Value {
    let Some(arguments) = block.as_entries() else {
        return block.clone();
    };
    let mut entries = Entries::new();
    if let Some(sid) = set(arguments.get("sid")) {
        entries.extend([entry("Sid", sid.clone())]);
    }
    let effect = set(arguments.get("effect")).cloned();
    let effect = effect.unwrap_or_else(|| Value::new(Data::string("Allow"), block.origin.clone()));
    entries.extend([entry("Effect", effect)]);
    for (argument, member) in [
        ("actions", "Action"),
        ("not_actions", "NotAction"),
        ("resources", "Resource"),
        ("not_resources", "NotResource"),
    ] {
        let value = set(arguments.get(argument)).and_then(one_or_many);
        entries.extend(value.map(|value| entry(member, value)));
    }
    for (argument, member) in [
        ("principals", "Principal"),
        ("not_principals", "NotPrincipal"),
    ] {
        let value = set(arguments.get(argument)).and_then(principals);
        entries.extend(value.map(|value| entry(member, value)));
    }
    let condition = set(arguments.get("condition")).and_then(conditions);
    entries.extend(condition.map(|value| entry("Condition", value)));
    Value::new(Data::Object(entries.into()), block.origin.clone())
}

/// One string by itself, several as a list from the last to the first; `&{` stands for `${` of the policy language.
fn one_or_many(list: &Value) -> Option<Value> {
    let Some(items) = list.as_items() else {
        return Some(list.clone());
    };
    let mut items: Vec<Value> = items
        .iter()
        .map(|item| with_variables(&item.within(list)))
        .collect();
    match items.len() {
        0 => None,
        1 => items.pop(),
        _ => {
            items.sort_by(|one, other| other.as_str().cmp(&one.as_str()));
            Some(Value::new(Data::Tuple(items.into()), list.origin.clone()))
        }
    }
}

fn with_variables(value: &Value) -> Value {
    match value.as_str() {
        Some(text) if text.contains("&{") => {
            let text = Data::string(text.replace("&{", "${"));
            Value::new(text, value.origin.clone()).marked(value.marks)
        }
        _ => value.clone(),
    }
}

/// `{ "AWS": [...] }`; everyone is `"*"`.
fn principals(blocks: &Value) -> Option<Value> {
    let Some(items) = blocks.as_items() else {
        return Some(blocks.clone());
    };
    let mut by_type: Vec<(SmolStr, Vec<Value>)> = Vec::new();
    for block in items.iter() {
        let arguments = block.as_entries()?;
        let Some(ty) = arguments.get("type").and_then(Value::as_str) else {
            return Some(block.clone());
        };
        let identifiers = arguments.get("identifiers")?;
        let Some(listed) = identifiers.as_items() else {
            return Some(identifiers.clone());
        };
        let listed = listed
            .iter()
            .map(|item| with_variables(&item.within(identifiers)));
        match by_type.iter_mut().find(|(other, _)| other == ty) {
            Some((_, all)) => all.extend(listed),
            None => by_type.push((ty.into(), listed.collect())),
        }
    }
    if let [(ty, identifiers)] = by_type.as_slice()
        && let [only] = identifiers.as_slice()
        && ty == "*"
        && only.as_str() == Some("*")
    {
        return Some(only.clone());
    }
    let entries: Entries = by_type
        .into_iter()
        .filter_map(|(ty, identifiers)| {
            let list = Value::new(Data::Tuple(identifiers.into()), blocks.origin.clone());
            Some((ty, one_or_many(&list)?))
        })
        .collect();
    (!entries.is_empty()).then(|| Value::new(Data::Object(entries.into()), blocks.origin.clone()))
}

/// `{ test: { variable: values } }`.
fn conditions(blocks: &Value) -> Option<Value> {
    let Some(items) = blocks.as_items() else {
        return Some(blocks.clone());
    };
    let mut tests = BTreeMap::<SmolStr, Variables>::new();
    for block in items.iter() {
        let arguments = block.as_entries()?;
        let variable = arguments.get("variable")?;
        let Some(test) = arguments.get("test").and_then(Value::as_str) else {
            return Some(block.clone());
        };
        let values = one_or_many(arguments.get("values")?)?;
        let variables = tests.entry(test.into()).or_default();
        if variables.add(variable, values).is_none() {
            return Some(block.clone());
        }
    }
    let entries: Entries = tests
        .into_iter()
        .map(|(test, variables)| (test, variables.object(&blocks.origin)))
        .collect();
    let object = || Value::new(Data::Object(entries.clone().into()), blocks.origin.clone());
    (!entries.is_empty()).then(object)
}

/// The variables of a test, with their values.
#[derive(Default)]
struct Variables {
    entries: Entries,
    /// Why one of them is partly unknown.
    unknown: Option<Arc<Unknown>>,
}

impl Variables {
    /// Adds one; nothing where it is wholly unknown.
    fn add(&mut self, variable: &Value, values: Value) -> Option<()> {
        if let Some(variable) = variable.as_str() {
            self.entries.insert(variable.into(), values);
            return Some(());
        }
        keyed::insert(&mut self.entries, &keyed::partly_known(variable)?, values);
        self.unknown = self.unknown.take().or(variable.unknown().cloned());
        Some(())
    }

    fn object(self, origin: &Origin) -> Value {
        let entries = Arc::new(self.entries);
        let data = match self.unknown {
            None => Data::Object(entries),
            Some(because) => {
                let cause = because.cause.clone();
                let mut unknown = Unknown::new(Type::Dynamic, cause, because.place);
                unknown.shape = Some(Shape::Keyed(entries));
                Data::Unknown(unknown.into())
            }
        };
        Value::new(data, origin.clone())
    }
}
