//! The configuration that a plan repeats: which attributes it sets, and what its expressions refer to.

use foldhash::HashMap;
use graph::NodeId;
use smol_str::SmolStr;

use super::json::Json;
use crate::module::ResourceAddress;
use crate::root::ModulePath;

/// The configuration in a plan; empty in a state. Modules go by the names of the calls that lead to them.
#[derive(Default)]
pub(super) struct Configuration(HashMap<Named, NodeId>);

/// Something that stands in a module.
#[derive(PartialEq, Eq, Hash)]
struct Named {
    module: Vec<SmolStr>,
    what: What,
    name: SmolStr,
}

#[derive(PartialEq, Eq, Hash)]
enum What {
    /// The expressions of a resource, by its address in the module.
    Resource,
    /// The argument that the caller gives.
    Argument,
    /// The expression of an output.
    Output,
    /// What a resource, by its address in the module, is repeated for.
    Repetition,
    /// What a call is repeated for.
    RepeatedCall,
}

impl Configuration {
    pub(super) fn of(json: &Json<'_>) -> Self {
        let mut configuration = Self::default();
        let root = json.at(NodeId::ROOT, &["configuration", "root_module"]);
        let mut open: Vec<(Vec<SmolStr>, NodeId)> =
            root.map(|root| (Vec::new(), root)).into_iter().collect();
        while let Some((path, module)) = open.pop() {
            for resource in json.items(json.get(module, "resources")) {
                let expressions = json.get(resource, "expressions");
                let for_each = json.get(resource, "for_each_expression");
                if let Some(address) = json.text(resource, "address") {
                    configuration.insert(&path, What::Resource, address, expressions);
                    configuration.insert(&path, What::Repetition, address, for_each);
                }
            }
            for (name, output) in json.entries(json.get(module, "outputs")) {
                let expression = json.get(output, "expression");
                configuration.insert(&path, What::Output, name, expression);
            }
            for (name, call) in json.entries(json.get(module, "module_calls")) {
                let for_each = json.get(call, "for_each_expression");
                configuration.insert(&path, What::RepeatedCall, name, for_each);
                let path = [&path[..], std::slice::from_ref(name)].concat();
                for (name, argument) in json.entries(json.get(call, "expressions")) {
                    configuration.insert(&path, What::Argument, name, Some(argument));
                }
                open.extend(json.get(call, "module").map(|inner| (path, inner)));
            }
        }
        configuration
    }

    fn insert(&mut self, module: &[SmolStr], what: What, name: &SmolStr, node: Option<NodeId>) {
        if let Some(node) = node {
            let (module, name) = (module.to_vec(), name.clone());
            self.0.insert(Named { module, what, name }, node);
        }
    }

    fn get(&self, module: &ModulePath, what: What, name: SmolStr) -> Option<NodeId> {
        let module = module.0.iter().map(|(name, _)| name.clone()).collect();
        self.0.get(&Named { module, what, name }).copied()
    }

    /// The expressions of the attributes that a resource sets.
    pub(super) fn expressions(
        &self,
        module: &ModulePath,
        resource: &ResourceAddress,
    ) -> Option<NodeId> {
        self.get(module, What::Resource, resource.to_string().into())
    }

    /// The expression whose elements a resource is repeated for.
    pub(super) fn for_each(
        &self,
        module: &ModulePath,
        resource: &ResourceAddress,
    ) -> Option<NodeId> {
        self.get(module, What::Repetition, resource.to_string().into())
    }

    /// The expression whose elements a call of a module is repeated for.
    pub(super) fn call_for_each(&self, module: &ModulePath, call: &str) -> Option<NodeId> {
        self.get(module, What::RepeatedCall, call.into())
    }

    /// The argument that the caller of a module gives it.
    pub(super) fn argument(&self, module: &ModulePath, variable: &str) -> Option<NodeId> {
        self.get(module, What::Argument, variable.into())
    }

    /// The expression of an output of a module.
    pub(super) fn output(&self, module: &ModulePath, output: &str) -> Option<NodeId> {
        self.get(module, What::Output, output.into())
    }
}
