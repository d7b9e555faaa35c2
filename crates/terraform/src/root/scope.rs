//! What names mean in an instance of a module.

use smol_str::SmolStr;
use source::Span;

use super::evaluation::{Calls, Evaluation};
use super::repetition::{Each, Expansion};
use super::{InstanceKey, ModulePath};
use crate::evaluate::{Budget, EvaluationError, Reference, Scope};
use crate::functions::Files;
use crate::module::{Mode, ResourceAddress};
use crate::value::{Cause, Data, Entries, Origin, Shape, Type, Unknown, Value};

/// What names mean in an instance of a module.
pub(super) struct ModuleScope<'a> {
    pub(super) evaluation: &'a Evaluation<'a>,
    pub(super) instance: usize,
    pub(super) each: &'a Each,
    /// `self`, where the expression stands in a resource that is evaluated.
    pub(super) this: Option<&'a Value>,
}

type Resolved = Result<(Value, usize), EvaluationError>;

impl Scope for ModuleScope<'_> {
    fn resolve(&self, reference: &Reference<'_>) -> Resolved {
        let name = |index: usize| reference.steps.get(index).and_then(|step| step.name());
        match (reference.root, name(0)) {
            ("var", Some(name)) => self.declared(reference, name, "variable"),
            ("local", Some(name)) => self.declared(reference, name, "local"),
            ("module", Some(call)) => self.module(reference, call),
            ("each" | "count", Some(part)) => self.repeated(reference, part),
            ("path", Some(part)) => self.path(reference, part),
            ("terraform" | "tofu", Some(part)) => self.terraform(reference, part),
            ("self", _) => self.this(reference),
            ("data", Some(ty)) => self.resource(reference, Mode::Data, ty, name(1), 2),
            ("ephemeral", Some(ty)) => self.resource(reference, Mode::Ephemeral, ty, name(1), 2),
            ("resource", Some(ty)) => self.resource(reference, Mode::Managed, ty, name(1), 2),
            (ty, first) => self.resource(reference, Mode::Managed, ty, first, 1),
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

    fn declared(&self, reference: &Reference<'_>, name: &str, what: &'static str) -> Resolved {
        let module = self.evaluation.module(self.instance);
        let instance = self.module_instance();
        let (values, is_declared, code): (_, _, &'static str) = match what {
            "variable" => (
                &instance.variables,
                module.variables.contains_key(name),
                "reference-to-undeclared-input-variable",
            ),
            _ => (
                &instance.locals,
                module.locals.contains_key(name),
                "reference-to-undeclared-local-value",
            ),
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
        match self.module_instance().resources.get(&address) {
            Some(value) => Ok((value.clone(), taken)),
            None if module.resources.contains_key(&address) => Ok((not_yet(reference.span), taken)),
            None => {
                let message = format!(
                    "no {} `{ty}.{name}` is declared in this module",
                    mode.keyword()
                );
                Err(EvaluationError::new(
                    "reference-to-undeclared-resource",
                    message,
                    reference.span,
                ))
            }
        }
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
    fn outputs(&self, calls: &Calls, span: Span, repetition: &crate::module::Repetition) -> Value {
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

    fn repeated(&self, reference: &Reference<'_>, part: &str) -> Resolved {
        let value = match (self.each, reference.root, part) {
            (Each::Count(index), "count", "index") => index,
            (Each::Element { key, .. }, "each", "key") => key,
            (Each::Element { value, .. }, "each", "value") => value,
            (_, "count", "index") => return Err(nothing_repeated(reference, "count")),
            (_, "each", "key" | "value") => return Err(nothing_repeated(reference, "for_each")),
            (_, root, part) => {
                let message = format!("`{root}` has no attribute `{part}`");
                return Err(EvaluationError::new(
                    "invalid-each-attribute",
                    message,
                    reference.span,
                ));
            }
        };
        Ok((value.clone(), 1))
    }

    fn this(&self, reference: &Reference<'_>) -> Resolved {
        match self.this {
            Some(value) => Ok((value.clone(), 0)),
            None => Ok((not_yet(reference.span), 0)),
        }
    }

    fn path(&self, reference: &Reference<'_>, part: &str) -> Resolved {
        let files = &self.evaluation.files;
        let text = match part {
            "module" => files.relative(&self.evaluation.module(self.instance).folder),
            "root" => ".".into(),
            "cwd" => files.base().to_string_lossy().into_owned(),
            _ => {
                let message = format!("`path` has no attribute `{part}`");
                return Err(EvaluationError::new(
                    "invalid-path-attribute",
                    message,
                    reference.span,
                ));
            }
        };
        Ok((
            Value::new(Data::string(text), Origin::new(reference.span)),
            1,
        ))
    }

    fn terraform(&self, reference: &Reference<'_>, part: &str) -> Resolved {
        let origin = Origin::new(reference.span);
        let value = match (part, self.evaluation.options.workspace) {
            ("workspace", Some(name)) => Value::new(Data::string(name), origin),
            ("workspace", None) => unknown(Type::String, Cause::Workspace, reference.span),
            ("applying", _) => unknown(
                Type::Bool,
                Cause::Computed(SmolStr::new_static("terraform.applying")),
                reference.span,
            ),
            _ => {
                let message = format!("`terraform` has no attribute `{part}`");
                return Err(EvaluationError::new(
                    "invalid-terraform-attribute",
                    message,
                    reference.span,
                ));
            }
        };
        Ok((value, 1))
    }
}

fn nothing_repeated(reference: &Reference<'_>, argument: &str) -> EvaluationError {
    let root = reference.root;
    let message = format!("`{root}` has a meaning only in a block with `{argument}`");
    let code = if root == "count" {
        "reference-to-count-in-non-counted-context"
    } else {
        "reference-to-each-in-context-without-for-each"
    };
    EvaluationError::new(code, message, reference.span)
}

fn unknown(ty: Type, cause: Cause, span: Span) -> Value {
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
    });
    Value::new(Data::Unknown(unknown.into()), Origin::new(span))
}
