//! What names mean in an instance of a module.

use smol_str::SmolStr;
use source::Span;

use super::evaluation::{Calls, Evaluation};
use super::references::is_instance_key;
use super::repetition::{Each, Expansion};
use super::{InstanceKey, ModulePath};
use crate::evaluate::{Budget, EvaluationError, Hop, Reference, Scope};
use crate::functions::Files;
use crate::module::{Mode, Repetition, ResourceAddress};
use crate::value::{Cause, Data, Entries, Origin, Shape, Type, Unknown, Value};

/// What names mean in an instance of a module.
pub(super) struct ModuleScope<'a> {
    pub(super) evaluation: &'a Evaluation<'a>,
    pub(super) instance: usize,
    pub(super) each: &'a Each,
    /// `self`, where it means something.
    pub(super) this: Option<Value>,
}

type Resolved = Result<(Value, usize), EvaluationError>;

impl Scope for ModuleScope<'_> {
    fn resolve(&self, reference: &Reference<'_>) -> Resolved {
        let name = |index: usize| reference.steps.get(index).and_then(|step| step.name());
        match (reference.root, name(0)) {
            ("var", name) => self.declared(reference, name, "variable"),
            ("local", name) => self.declared(reference, name, "local"),
            ("module", Some(call)) => self.module(reference, call),
            ("each" | "count", part) => self.repeated(reference, part),
            ("path", part) => self.path(reference, part),
            ("terraform", part) => self.terraform(reference, part),
            ("tofu", Some(part)) => self.terraform(reference, Some(part)),
            ("self", _) => self.this(reference),
            ("template" | "lazy" | "arg", _) => Err(reserved(reference)),
            ("data", Some(ty)) => self.resource(reference, Mode::Data, ty, name(1), 2),
            ("ephemeral", Some(ty)) => self.resource(reference, Mode::Ephemeral, ty, name(1), 2),
            ("resource", Some(ty)) => self.resource(reference, Mode::Managed, ty, name(1), 2),
            (ty, first) => self.resource(reference, Mode::Managed, ty, first, 1),
        }
    }

    fn provider(&self, local: &str) -> Option<SmolStr> {
        match self.evaluation.module(self.instance).provider_source(local) {
            Some(source) => official(&source),
            None => Some(local.into()),
        }
    }

    fn files(&self) -> &dyn Files {
        &self.evaluation.files
    }

    fn budget(&self) -> &Budget {
        &self.evaluation.budget
    }
}

impl ModuleScope<'_> {
    fn module_instance(&self) -> &super::evaluation::ModuleInstance {
        &self.evaluation.modules[self.instance]
    }

    fn declared(
        &self,
        reference: &Reference<'_>,
        name: Option<&str>,
        what: &'static str,
    ) -> Resolved {
        let module = self.evaluation.module(self.instance);
        let instance = self.module_instance();
        let is_variable = what == "variable";
        let code = match is_variable {
            true => "reference-to-undeclared-input-variable",
            false => "reference-to-undeclared-local-value",
        };
        let Some(name) = name else {
            return Err(no_name(reference, code));
        };
        let (values, is_declared) = match is_variable {
            true => (&instance.variables, module.variables.contains_key(name)),
            false => (&instance.locals, module.locals.contains_key(name)),
        };
        match values.get(name) {
            Some(value) => Ok((value.clone(), 1)),
            None if is_declared => Ok((not_yet(reference.span), 1)),
            None => {
                let message = format!("no {what} `{name}` is declared in this module");
                Err(EvaluationError::new(code, message, reference.span))
            }
        }
    }

    fn resource(
        &self,
        reference: &Reference<'_>,
        mode: Mode,
        ty: &str,
        name: Option<&str>,
        taken: usize,
    ) -> Resolved {
        let Some(name) = name else {
            let message = format!("`{}` is not the name of anything here", reference.root);
            return Err(EvaluationError::new(
                "invalid-reference",
                message,
                reference.span,
            ));
        };
        let address = ResourceAddress {
            mode,
            ty: ty.into(),
            name: name.into(),
        };
        let module = self.evaluation.module(self.instance);
        let Some(resource) = module.resources.get(&address) else {
            let message = format!(
                "no {} `{ty}.{name}` is declared in this module",
                mode.keyword()
            );
            return Err(EvaluationError::new(
                "reference-to-undeclared-resource",
                message,
                reference.span,
            ));
        };
        check_instance_key(reference, taken, &resource.repetition)?;
        let value = self.module_instance().resources.get(&address).cloned();
        Ok((value.unwrap_or_else(|| not_yet(reference.span)), taken))
    }

    fn module(&self, reference: &Reference<'_>, call: &str) -> Resolved {
        let module = self.evaluation.module(self.instance);
        let Some(declared) = module.calls.get(call) else {
            let message = format!("no module `{call}` is called in this module");
            return Err(EvaluationError::new(
                "reference-to-undeclared-module",
                message,
                reference.span,
            ));
        };
        let calls = self.module_instance().calls.get(call);
        let value = match calls {
            Some(calls) => self.outputs(calls, declared.name.span, &declared.repetition),
            None => {
                let address = self
                    .module_instance()
                    .path
                    .child(&call.into(), InstanceKey::None);
                not_read(&address, declared.name.span)
            }
        };
        Ok((value, 1))
    }

    /// The outputs of all instances of a call.
    fn outputs(&self, calls: &Calls, span: Span, repetition: &Repetition) -> Value {
        let values: Vec<(InstanceKey, Value)> = calls
            .instances
            .iter()
            .map(|(key, index)| (key.clone(), self.outputs_of(*index, span)))
            .collect();
        let expansion = match (&calls.unknown, &repetition.for_each, &repetition.count) {
            (Some(unknown), for_each, _) => Expansion::Unknown {
                each: match for_each {
                    Some(_) => Each::Element {
                        key: not_yet(span),
                        value: not_yet(span),
                    },
                    None => Each::Count(not_yet(span)),
                },
                unknown: unknown.clone(),
            },
            (None, Some(_), _) => Expansion::ForEach(
                values
                    .iter()
                    .filter_map(|(key, value)| match key {
                        InstanceKey::Name(name) => Some((name.clone(), value.clone())),
                        _ => None,
                    })
                    .collect(),
            ),
            (None, None, Some(_)) => Expansion::Count {
                count: values.len(),
                origin: Origin::new(span),
            },
            (None, None, None) => Expansion::Single,
        };
        expansion.whole(values, span)
    }

    fn outputs_of(&self, index: usize, span: Span) -> Value {
        let instance = &self.evaluation.modules[index];
        let declared = &self.evaluation.module(index).outputs;
        let entries: Entries = declared
            .keys()
            .map(|name| {
                let value = instance.outputs.get(name).cloned();
                (name.clone(), value.unwrap_or_else(|| not_yet(span)))
            })
            .collect();
        Value::new(Data::Object(entries.into()), Origin::new(span))
    }

    fn repeated(&self, reference: &Reference<'_>, part: Option<&str>) -> Resolved {
        let value = match (self.each, reference.root, part) {
            (Each::Count(index), "count", Some("index")) => index,
            (Each::Element { key, .. }, "each", Some("key")) => key,
            (Each::Element { value, .. }, "each", Some("value")) => value,
            (_, "count", Some("index")) => {
                let code = "reference-to-count-in-non-counted-context";
                return Err(nothing_repeated(reference, "count", code));
            }
            (_, "each", Some("key")) => {
                let code = "reference-to-each-in-context-without-for-each";
                return Err(nothing_repeated(reference, "for_each", code));
            }
            (_, "each", Some("value")) => {
                let code = "each-value-cannot-be-used-in-this-context";
                return Err(nothing_repeated(reference, "for_each", code));
            }
            (_, "count", part) => {
                return Err(no_such_attribute(
                    reference,
                    part,
                    "invalid-count-attribute",
                ));
            }
            (_, _, part) => {
                return Err(no_such_attribute(reference, part, "invalid-each-attribute"));
            }
        };
        Ok((value.clone(), 1))
    }

    fn this(&self, reference: &Reference<'_>) -> Resolved {
        if let Some(value) = &self.this {
            return Ok((value.clone(), 0));
        }
        let message = "`self` has a meaning only in provisioners, connections and postconditions";
        let code = "invalid-self-reference";
        Err(EvaluationError::new(code, message, reference.span))
    }

    fn path(&self, reference: &Reference<'_>, part: Option<&str>) -> Resolved {
        let files = &self.evaluation.files;
        let text = match part {
            Some("module") => files.relative(&self.evaluation.module(self.instance).folder),
            Some("root") => ".".into(),
            Some("cwd") => files.base().to_string_lossy().into_owned(),
            part => return Err(no_such_attribute(reference, part, "invalid-path-attribute")),
        };
        Ok((
            Value::new(Data::string(text), Origin::new(reference.span)),
            1,
        ))
    }

    fn terraform(&self, reference: &Reference<'_>, part: Option<&str>) -> Resolved {
        let origin = Origin::new(reference.span);
        let value = match (part, self.evaluation.options.workspace) {
            (Some("workspace"), Some(name)) => Value::new(Data::string(name), origin),
            (Some("workspace"), None) => unknown(Type::String, Cause::Workspace, reference.span),
            (Some("applying"), _) => unknown(
                Type::Bool,
                Cause::Computed(SmolStr::new_static("terraform.applying")),
                reference.span,
            ),
            (part, _) => {
                let code = "invalid-terraform-attribute";
                return Err(no_such_attribute(reference, part, code));
            }
        };
        Ok((value, 1))
    }
}

/// The type in the source address of a provider of HashiCorp's, or of one that is built in.
fn official(source: &str) -> Option<SmolStr> {
    let names: Vec<&str> = source.split('/').collect();
    match names[..] {
        [name] | [.., "hashicorp" | "builtin", name] => Some(name.into()),
        _ => None,
    }
}

/// An index belongs to a block that is repeated, and to every reference to an attribute of its instances.
fn check_instance_key(
    reference: &Reference<'_>,
    taken: usize,
    repetition: &Repetition,
) -> Result<(), EvaluationError> {
    let Some(step) = reference.steps.get(taken) else {
        return Ok(());
    };
    let is_repeated = repetition.count.is_some() || repetition.for_each.is_some();
    let (code, message) = match (step, is_instance_key(step)) {
        (_, true) if !is_repeated => (
            "unexpected-resource-instance-key",
            "the block has neither `count` nor `for_each`, so its one instance has no index",
        ),
        (Hop::Attribute(_), false) if is_repeated => (
            "missing-resource-instance-key",
            "the block has `count` or `for_each`, so an index must say which instance is meant",
        ),
        _ => return Ok(()),
    };
    Err(EvaluationError::new(code, message, reference.span))
}

fn nothing_repeated(
    reference: &Reference<'_>,
    argument: &str,
    code: &'static str,
) -> EvaluationError {
    let root = reference.root;
    let message = format!("`{root}` has a meaning only in a block with `{argument}`");
    EvaluationError::new(code, message, reference.span)
}

fn no_such_attribute(
    reference: &Reference<'_>,
    part: Option<&str>,
    code: &'static str,
) -> EvaluationError {
    let Some(part) = part else {
        return no_name(reference, code);
    };
    let message = format!("`{}` has no attribute `{part}`", reference.root);
    EvaluationError::new(code, message, reference.span)
}

fn no_name(reference: &Reference<'_>, code: &'static str) -> EvaluationError {
    let message = format!("`{}` is no value itself; a name follows it", reference.root);
    EvaluationError::new(code, message, reference.span)
}

fn reserved(reference: &Reference<'_>) -> EvaluationError {
    let message = format!("Terraform keeps the name `{}` for itself", reference.root);
    EvaluationError::new("reserved-symbol-name", message, reference.span)
}

pub(super) fn unknown(ty: Type, cause: Cause, span: Span) -> Value {
    let mut unknown = Unknown::new(ty, cause, Some(span));
    unknown.known.not_null = true;
    Value::new(Data::Unknown(unknown.into()), Origin::new(span))
}

/// Something on a cycle, which a problem reports.
fn not_yet(span: Span) -> Value {
    let unknown = Unknown::new(Type::Dynamic, Cause::Invalid, Some(span));
    Value::new(Data::Unknown(unknown.into()), Origin::new(span))
}

/// The outputs of a module whose source is not in the input.
fn not_read(address: &ModulePath, span: Span) -> Value {
    let address: SmolStr = address.to_string().into();
    let mut unknown = Unknown::new(Type::Dynamic, Cause::Module(address.clone()), Some(span));
    unknown.known.not_null = true;
    unknown.shape = Some(Shape::Resource {
        entries: Entries::new().into(),
        address,
        schema: None,
    });
    Value::new(Data::Unknown(unknown.into()), Origin::new(span))
}
