//! The evaluation of a root: every vertex in order, for all instances of its module.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::sync::Arc;

use foldhash::{HashMap, HashMapExt, HashSet, HashSetExt};
use smol_str::SmolStr;
use source::{Level, Place, Problem, Span};

use super::bounds::steps;
use super::conditions::Guarded;
use super::configuration::Configuration;
use super::files::ModuleFiles;
use super::memory::{Gave, InModule, Memory, Remembering, Terms};
use super::order::{self, Item, Order, Vertex};
use super::repetition::Each;
use super::scope::ModuleScope;
use super::{Instance, InstanceKey, ModulePath, Options, Root};
use crate::evaluate::{Budget, Evaluated, EvaluationError};
use crate::module::{Module, Output, ResourceAddress};
use crate::provider::Versions;
use crate::syntax::Expression;
use crate::value::{Cause, Data, Marks, Origin, Step, StepRole, Type, Unknown, Value};

/// The most instances of modules and resources of one root.
const MOST_INSTANCES: usize = 500_000;

/// A root under evaluation.
pub(super) struct Evaluation<'a> {
    pub(super) options: &'a Options<'a>,
    pub(super) configuration: &'a Configuration,
    pub(super) modules: Vec<ModuleInstance>,
    /// The instances of each node, by index into `modules`.
    pub(super) of_node: Vec<Vec<usize>>,
    pub(super) files: ModuleFiles<'a>,
    pub(super) budget: Budget,
    instances: usize,
    pub(super) resources: Vec<Arc<Instance>>,
    /// The instances of resources that state conditions.
    pub(super) guarded: Vec<Guarded>,
    pub(super) problems: Vec<Problem>,
    pub(super) told: HashSet<(&'static str, Span)>,
    /// How often anything was reported, be it told or not.
    reports: usize,
    /// By the place of an expression, what is wrong with its references.
    pub(super) checked: RefCell<HashMap<Span, Option<EvaluationError>>>,
}

/// An instance of a module, and what was computed in it so far.
pub(super) struct ModuleInstance {
    pub(super) node: usize,
    pub(super) path: ModulePath,
    /// The instance that calls it, and `each` and `count` of the call.
    pub(super) caller: Option<(usize, Each)>,
    /// Why it is unknown whether it exists at all.
    pub(super) conditional: Option<Arc<Unknown>>,
    pub(super) variables: HashMap<SmolStr, Value>,
    pub(super) locals: HashMap<SmolStr, Value>,
    pub(super) outputs: HashMap<SmolStr, Value>,
    pub(super) resources: HashMap<ResourceAddress, Value>,
    /// The instances that each call has.
    pub(super) calls: HashMap<SmolStr, Calls>,
}

/// The instances of a call.
pub(super) struct Calls {
    pub(super) instances: Vec<(InstanceKey, usize)>,
    pub(super) unknown: Option<Arc<Unknown>>,
}

impl ModuleInstance {
    fn new(node: usize, path: ModulePath, module: &Module) -> Self {
        Self {
            node,
            path,
            caller: None,
            conditional: None,
            variables: HashMap::new(),
            locals: HashMap::new(),
            outputs: HashMap::new(),
            resources: HashMap::with_capacity(module.resources.len()),
            calls: HashMap::new(),
        }
    }
}

impl<'a> Evaluation<'a> {
    pub(super) fn new(options: &'a Options<'a>, configuration: &'a Configuration) -> Self {
        let mut of_node = vec![Vec::new(); configuration.nodes.len()];
        of_node[0].push(0);
        Self {
            options,
            configuration,
            modules: vec![ModuleInstance::new(
                0,
                ModulePath::default(),
                &configuration.nodes[0].module,
            )],
            of_node,
            files: ModuleFiles::new(options),
            budget: Budget::new(steps(configuration)),
            instances: 0,
            resources: Vec::new(),
            guarded: Vec::new(),
            problems: Vec::new(),
            told: HashSet::new(),
            reports: 0,
            checked: RefCell::default(),
        }
    }

    pub(super) fn run(mut self, memory: Option<&Memory>) -> Root {
        let terms = memory.and_then(|memory| {
            let terms = Terms::of(self.options, self.configuration)?;
            Some(Remembering::new(memory.take(&terms), terms))
        });
        let (known, order) = self.visit(terms);
        // Where steps run out, what is given depends on all that was evaluated before it.
        let is_cheap = self.budget.all_left() * 2 > steps(self.configuration);
        if let (Some(memory), Some(known), true) = (memory, known, is_cheap) {
            known
                .finish(order)
                .into_iter()
                .for_each(|known| memory.keep(known));
        }
        self.finish()
    }

    /// The values of expressions in the root module.
    pub(super) fn expressions(mut self, expressions: &[Expression]) -> Vec<Evaluated> {
        self.visit(None);
        let scope = self.scope(0, &Each::None);
        let values = expressions
            .iter()
            .map(|expression| scope.evaluate_given(expression));
        values.collect()
    }

    /// Evaluates everything, but for what is remembered. Of what goes in a circle nothing is.
    fn visit(&mut self, mut remembering: Option<Remembering>) -> (Option<Remembering>, Order) {
        let order = match &mut remembering {
            Some(remembering) => remembering.order(self.configuration),
            None => {
                let vertices = order::vertices(self.configuration).into_iter();
                let vertices = vertices.map(|(vertex, _)| vertex).collect();
                Order::of(self.configuration, vertices, None, |_| false)
            }
        };
        let cycles: Vec<Vec<Vertex>> = order.cycles().collect();
        for cycle in &cycles {
            self.report_cycle(cycle);
        }
        self.set_root_variables();
        let mut remembering = remembering.filter(|_| cycles.is_empty());
        let mut gave = vec![0..0; order.vertices.len()];
        for id in order.ids() {
            let start = self.resources.len();
            match &mut remembering {
                Some(remembering) => self.visit_again(remembering, &order, id),
                None => self.visit_one(&order.vertices[id].vertex),
            }
            gave[id] = start..self.resources.len();
        }
        // Vertices are numbered by address, so that there is little left to sort.
        let resources = gave.into_iter().flat_map(|gave| &self.resources[gave]);
        self.resources = resources.cloned().collect();
        (remembering, order)
    }

    fn visit_one(&mut self, vertex: &Vertex) {
        for instance in self.of_node[vertex.node].clone() {
            self.vertex(vertex, instance);
        }
    }

    fn visit_again(&mut self, remembering: &mut Remembering, order: &Order, id: usize) {
        let vertex = &order.vertices[id].vertex;
        let gave = remembering.again(order, id);
        if let Some(gave) = gave.filter(|gave| self.repeat(vertex, gave)) {
            return remembering.remember(id, false, Some(gave));
        }
        let before = (self.reports, self.guarded.len(), self.resources.len());
        let (steps, read) = (self.budget.all_left(), self.files.count());
        self.visit_one(vertex);
        let is_volatile = self.files.count() != read;
        let is_sound = (self.reports, self.guarded.len()) == (before.0, before.1);
        let gave = match &vertex.item {
            Item::Resource(address) if is_sound && !is_volatile => Some(Arc::new(Gave {
                in_modules: self.gave(vertex.node, address, before.2),
                steps: steps - self.budget.all_left(),
            })),
            _ => None,
        };
        remembering.remember(id, is_volatile, gave);
    }

    /// What a resource gave in each instance of its module, whose own instances stand behind `start`.
    fn gave(&self, node: usize, address: &ResourceAddress, start: usize) -> Vec<InModule> {
        let mut own = self.resources[start..].iter().peekable();
        let in_module = |index: &usize| {
            let module = &self.modules[*index];
            let instances = std::iter::from_fn(|| own.next_if(|one| one.module == module.path));
            InModule {
                module: module.path.clone(),
                instances: instances.cloned().collect(),
                whole: module.resources.get(address).cloned(),
            }
        };
        self.of_node[node].iter().map(in_module).collect()
    }

    /// Takes what a resource gave before, if its module has the same instances. Returns whether it has.
    fn repeat(&mut self, vertex: &Vertex, gave: &Gave) -> bool {
        let Item::Resource(address) = &vertex.item else {
            return false;
        };
        let indexes = &self.of_node[vertex.node];
        let paths = indexes.iter().map(|index| &self.modules[*index].path);
        if !paths.eq(gave.in_modules.iter().map(|one| &one.module)) {
            return false;
        }
        let count: usize = gave.in_modules.iter().map(|one| one.instances.len()).sum();
        if self.instances + count >= MOST_INSTANCES {
            return false;
        }
        self.instances += count;
        self.budget.take(gave.steps);
        for (index, one) in indexes.iter().zip(&gave.in_modules) {
            self.resources.extend_from_slice(&one.instances);
            if let Some(whole) = &one.whole {
                let resources = &mut self.modules[*index].resources;
                resources.insert(address.clone(), whole.clone());
            }
        }
        true
    }

    fn finish(mut self) -> Root {
        self.check_conditions();
        let declarations = self.declarations();
        let mut problems = std::mem::take(&mut self.problems);
        problems.extend(self.files.take_problems());
        let modules = self.configuration.modules();
        problems.extend(
            modules
                .iter()
                .flat_map(|module| module.problems.iter().cloned()),
        );
        problems.extend(self.configuration.problems.iter().cloned());
        let resources = std::mem::take(&mut self.resources);
        let mut resources = self.with_defaults(resources);
        resources.sort_by(|one, other| {
            (&one.module, &one.address, &one.key).cmp(&(&other.module, &other.address, &other.key))
        });
        let root = &mut self.modules[0];
        let mut outputs: Vec<(SmolStr, Value)> =
            std::mem::take(&mut root.outputs).into_iter().collect();
        outputs.sort_by(|one, other| one.0.cmp(&other.0));
        Root {
            modules,
            resources,
            declarations,
            outputs,
            problems,
            unread: Vec::new(),
            providers: Versions::default(),
        }
    }

    pub(super) fn module(&self, instance: usize) -> &'a Arc<Module> {
        &self.configuration.nodes[self.modules[instance].node].module
    }

    fn vertex(&mut self, vertex: &Vertex, instance: usize) {
        let module = Arc::clone(self.module(instance));
        match &vertex.item {
            Item::Variable(name) => {
                if let Some(value) = module
                    .variables
                    .get(name)
                    .and_then(|variable| self.variable(instance, variable))
                {
                    self.modules[instance].variables.insert(name.clone(), value);
                }
            }
            Item::Local(name) => {
                if let Some(local) = module.locals.get(name) {
                    let value = self.value(instance, &Each::None, &local.value);
                    self.modules[instance].locals.insert(name.clone(), value);
                }
            }
            Item::Output(name) => {
                let output = module.outputs.get(name);
                if let Some(value) = output.and_then(|output| self.output(instance, output)) {
                    self.modules[instance].outputs.insert(name.clone(), value);
                }
            }
            Item::Call(name) => self.call(instance, name, &module),
            Item::Resource(address) => {
                if let Some(resource) = module.resources.get(address) {
                    self.resource(instance, resource, &module);
                }
            }
        }
    }

    fn output(&mut self, instance: usize, output: &Output) -> Option<Value> {
        let expression = output.value.as_ref()?;
        let value = self.value(instance, &Each::None, expression);
        let role = StepRole::Output(output.name.text.clone());
        let origin = value.origin.through(Step {
            span: expression.span,
            role,
        });
        let value = value.at(origin);
        let is_root = self.modules[instance].caller.is_none();
        Some(match is_root {
            true => self.root_output(value, output, expression.span),
            // Terraform 1.11 does not mark what a module says is sensitive, only what already was.
            false => value,
        })
    }

    fn root_output(&mut self, value: Value, output: &Output, span: Span) -> Value {
        let sensitive = is_true(output.sensitive.as_ref());
        if value.deep_marks().sensitive && !sensitive {
            let message = format!(
                "output `{}` holds sensitive values without saying so",
                output.name.text
            );
            let problem = Problem::at(Level::Error, "sensitive-output", message, span);
            self.report(problem.with_help("add `sensitive = true`"));
        }
        value.marked(Marks {
            sensitive,
            ephemeral: false,
        })
    }

    /// The value of an expression in an instance of a module. Where it has none, a problem says why, and it is unknown.
    pub(super) fn value(&mut self, instance: usize, each: &Each, expression: &Expression) -> Value {
        let scope = self.scope(instance, each);
        let error = match scope.evaluate(expression, &[]) {
            Ok(value) => return value,
            Err(error) => error,
        };
        let rest = scope.evaluate_rest(expression, &[], &error);
        let failed = self.failed(&error, expression.span);
        rest.unwrap_or(failed)
    }

    pub(super) fn scope<'s>(&'s self, instance: usize, each: &'s Each) -> ModuleScope<'s> {
        ModuleScope {
            evaluation: self,
            instance,
            each,
            this: None,
        }
    }

    /// An unknown in place of a value that could not be computed.
    pub(super) fn failed(&mut self, error: &EvaluationError, span: Span) -> Value {
        self.report(error.problem());
        let unknown = Unknown::new(Type::Dynamic, Cause::Invalid, Some(error.span));
        Value::new(Data::Unknown(unknown.into()), Origin::new(span))
    }

    /// Keeps a problem, once for all instances that have it.
    pub(super) fn report(&mut self, problem: Problem) {
        self.reports += 1;
        let is_new = match problem.place {
            Place::Span(span) => self.told.insert((problem.code, span)),
            Place::Path(_) => true,
        };
        if is_new {
            self.problems.push(problem);
        }
    }

    fn call(&mut self, instance: usize, name: &SmolStr, module: &Module) {
        let Some(call) = module.calls.get(name) else {
            return;
        };
        let node = self.configuration.nodes[self.modules[instance].node]
            .children
            .get(name)
            .copied();
        let expansion = self.expansion(instance, &call.repetition);
        let unknown = expansion.unknown().cloned();
        let mut instances = Vec::new();
        for (key, each) in expansion.instances() {
            let Some(node) = node.filter(|_| self.admit(call.name.span)) else {
                break;
            };
            let path = self.modules[instance].path.child(name, key.clone());
            let called = &self.configuration.nodes[node].module;
            let mut child = ModuleInstance::new(node, path, called);
            child.caller = Some((instance, each));
            child.conditional = unknown
                .clone()
                .or_else(|| self.modules[instance].conditional.clone());
            let index = self.modules.len();
            self.modules.push(child);
            self.of_node[node].push(index);
            instances.push((key, index));
        }
        if let Some(node) = node {
            self.check_arguments(call, node);
            self.modules[instance]
                .calls
                .insert(name.clone(), Calls { instances, unknown });
        }
    }

    /// An argument that the module has no variable for.
    fn check_arguments(&mut self, call: &crate::module::Call, node: usize) {
        let configuration = self.configuration;
        let variables = &configuration.nodes[node].module.variables;
        for (name, argument) in &call.arguments {
            if !variables.contains_key(name) {
                let near = source::nearest(name, variables.keys().map(SmolStr::as_str));
                let problem = Problem::at(
                    Level::Error,
                    "unsupported-argument",
                    format!("the module has no variable `{name}`"),
                    argument.name.span,
                );
                self.report(match near {
                    Some(near) => problem.with_help(format!("did you mean `{near}`?")),
                    None => problem,
                });
            }
        }
    }

    /// Whether one more instance of anything may exist.
    pub(super) fn admit(&mut self, span: Span) -> bool {
        self.instances += 1;
        if self.instances == MOST_INSTANCES {
            let message = format!(
                "this root has more than {MOST_INSTANCES} instances; the others are left out"
            );
            self.report(Problem::at(
                Level::Error,
                "too-many-instances",
                message,
                span,
            ));
        }
        self.instances < MOST_INSTANCES
    }
}

pub(super) fn is_true(expression: Option<&Expression>) -> bool {
    let kind = expression.map(|expression| &expression.kind);
    matches!(kind, Some(crate::syntax::ExpressionKind::Bool(true)))
}

/// The parts of a block body by name, in one order.
pub(super) type Parts = BTreeMap<SmolStr, Value>;
