//! What a root gave when it was evaluated last, taken again where it depends on nothing that changed.
//!
//! The id of a file stands for its text, so what stands at the same place says the same. What an item gives follows from what it
//! says, from what it refers to and from the instances of its module, which the call of that gives: where all of these are the
//! same, so is the item. Instances of resources are the bulk of a root, and those of resources that are the same are the same
//! objects; all else is evaluated again.

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use foldhash::HashMap;
use smol_str::SmolStr;
use source::{FileId, Span};

use super::configuration::Configuration;
use super::order::{self, Item, Order, Vertex};
use super::{Given, Instance, ModulePath, Options};
use crate::value::Value;

/// What a root gave when it was evaluated last.
#[derive(Debug, Default)]
pub struct Memory(Mutex<Option<Known>>);

/// What is known of an evaluation.
#[derive(Debug)]
pub(super) struct Known {
    terms: Terms,
    order: Order,
    /// By the numbers of the vertices.
    items: Vec<Remembered>,
}

/// What everything in a root may depend on.
#[derive(Debug, PartialEq)]
pub(super) struct Terms {
    inputs: Vec<(Option<SmolStr>, FileId, bool)>,
    workspace: Option<String>,
    /// The calls, by their callers.
    calls: Vec<(PathBuf, Option<(usize, SmolStr)>)>,
    /// The blocks of settings and providers.
    blocks: Vec<Span>,
}

/// What is remembered of an item.
#[derive(Debug)]
pub(super) struct Remembered {
    says: Says,
    /// Whether it depends on more, such as files.
    is_volatile: bool,
    gave: Option<Arc<Gave>>,
}

/// Where an item is written: of a variable, also what is passed for it.
type Says = (Span, Option<Span>);

/// What a resource gave without anything being wrong.
#[derive(Debug)]
pub(super) struct Gave {
    pub(super) in_modules: Vec<InModule>,
    /// What that cost.
    pub(super) steps: u64,
}

/// What a resource gave in an instance of its module.
#[derive(Debug)]
pub(super) struct InModule {
    pub(super) module: ModulePath,
    pub(super) instances: Vec<Arc<Instance>>,
    /// What references to it see.
    pub(super) whole: Option<Value>,
}

impl Memory {
    /// Takes what is known out, where that was under the same terms.
    pub(super) fn take(&self, terms: &Terms) -> Option<Known> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).take();
        known.filter(|known| known.terms == *terms)
    }

    pub(super) fn keep(&self, known: Known) {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(known);
    }
}

impl Terms {
    /// The terms of an evaluation; nothing where blocks were merged, which no longer say what stands at their places.
    pub(super) fn of(options: &Options<'_>, configuration: &Configuration) -> Option<Self> {
        let modules = || configuration.nodes.iter().map(|node| &node.module);
        if modules().any(|module| module.is_merged) {
            return None;
        }
        let inputs = options.inputs.iter().map(|given| match given {
            Given::File { file, named } => (None, file.id, *named),
            Given::Text { name, file } => (Some(name.clone()), file.id, true),
        });
        let nodes = configuration.nodes.iter();
        let blocks = modules().flat_map(|module| module.settings.iter().chain(&module.providers));
        Some(Self {
            inputs: inputs.collect(),
            workspace: options.workspace.map(str::to_owned),
            calls: nodes
                .map(|node| (node.module.folder.clone(), node.parent.clone()))
                .collect(),
            blocks: blocks.map(|block| block.span).collect(),
        })
    }
}

/// An evaluation that remembers the last one.
pub(super) struct Remembering {
    before: Option<Known>,
    terms: Terms,
    /// What the vertices say, by their numbers.
    says: Vec<Says>,
    /// The numbers that the vertices had before, where they are others now.
    numbers: Option<HashMap<Vertex, usize>>,
    /// The vertices that say what they said, and refer to nothing that changed.
    same: Vec<bool>,
    now: Vec<Option<Remembered>>,
}

impl Remembering {
    pub(super) fn new(before: Option<Known>, terms: Terms) -> Self {
        Self {
            before,
            terms,
            says: Vec::new(),
            numbers: None,
            same: Vec::new(),
            now: Vec::new(),
        }
    }

    /// The order of the vertices. Under the same terms, what a vertex refers to follows from what it says.
    pub(super) fn order(&mut self, configuration: &Configuration) -> Order {
        let before = self.before.as_ref();
        let vertices = order::vertices(configuration);
        let says = vertices.iter();
        self.says = says
            .map(|(vertex, written)| (*written, passed(configuration, vertex)))
            .collect();
        let order = Order::of(
            configuration,
            vertices.into_iter().map(|(vertex, _)| vertex).collect(),
            before.map(|before| &before.order),
            |id| {
                let known = before.and_then(|before| before.items.get(id));
                known.is_some_and(|known| known.says == self.says[id])
            },
        );
        self.same = vec![false; order.vertices.len()];
        self.now.resize_with(order.vertices.len(), || None);
        let moved = before.filter(|before| !before.order.is_like(&order));
        self.numbers = moved.map(|before| {
            let vertices = before.order.vertices.iter().enumerate();
            vertices
                .map(|(number, one)| (one.vertex.clone(), number))
                .collect()
        });
        order
    }

    /// What a resource gave before, where it gives that again. Vertices must be asked for in their order.
    pub(super) fn again(&mut self, order: &Order, id: usize) -> Option<Arc<Gave>> {
        let before = self.before.as_ref()?;
        let (own, edges) = (&order.vertices[id], order.edges(id));
        let number = match &self.numbers {
            Some(numbers) => *numbers.get(&own.vertex)?,
            None => id,
        };
        let (known, old) = (&before.items[number], &before.order.vertices[number]);
        let has_same_needs = Arc::ptr_eq(own, old) || own.needs == old.needs;
        // What is not there must not have been there.
        let is_new = |need: &Vertex| {
            self.numbers
                .as_ref()
                .is_some_and(|all| all.contains_key(need))
        };
        let holds = known.says == self.says[id]
            && !known.is_volatile
            && has_same_needs
            && edges.iter().all(|need| self.same[*need])
            && (self.numbers.is_none() || self.missing(order, id).all(|need| !is_new(need)));
        if !holds {
            return None;
        }
        let gave = known.gave.clone();
        self.same[id] = true;
        gave
    }

    /// What a vertex refers to and is not there.
    fn missing<'o>(&self, order: &'o Order, id: usize) -> impl Iterator<Item = &'o Vertex> {
        let edges = order.edges(id);
        let is_there = |need: &&Vertex| {
            edges
                .iter()
                .any(|edge| order.vertices[*edge].vertex == **need)
        };
        order.vertices[id]
            .needs
            .iter()
            .filter(move |need| !is_there(need))
    }

    /// Remembers a vertex, and what it gave where that is a resource.
    pub(super) fn remember(&mut self, id: usize, is_volatile: bool, gave: Option<Arc<Gave>>) {
        self.now[id] = Some(Remembered {
            says: self.says[id],
            is_volatile,
            gave,
        });
    }

    /// What is known then; nothing where a vertex was passed over.
    pub(super) fn finish(self, order: Order) -> Option<Known> {
        Some(Known {
            terms: self.terms,
            order,
            items: self.now.into_iter().collect::<Option<_>>()?,
        })
    }
}

/// Of a variable, the call that passes a value for it: where it stands, and what it passes.
fn passed(configuration: &Configuration, vertex: &Vertex) -> Option<Span> {
    let Item::Variable(name) = &vertex.item else {
        return None;
    };
    let (parent, call) = configuration.nodes[vertex.node].parent.as_ref()?;
    let call = configuration.nodes[*parent].module.calls.get(call)?;
    let argument = call.arguments.get(name);
    Some(argument.map_or(call.block.span, |argument| argument.value.span))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use foldhash::HashSet;
    use source::{Memory as Files, Sources};

    use super::*;
    use crate::module::{self, Modules};
    use crate::root::{Root, evaluate, evaluate_again};

    const FILES: [(&str, &str); 4] = [
        (
            "r/main.tf",
            "variable \"name\" {\n  default = \"n\"\n}\nlocals {\n  size = 2\n  text = file(\"text\")\n}\nmodule \"m\" {\n  source = \"./m\"\n  given = local.size\n}\n",
        ),
        (
            "r/more.tf",
            "resource \"t\" \"a\" {\n  x = var.name\n}\nresource \"t\" \"b\" {\n  count = local.size\n  y = t.a.x\n}\nresource \"t\" \"c\" {\n  z = local.text\n}\nresource \"t\" \"d\" {\n  w = module.m.out\n}\nresource \"t\" \"e\" {\n  v = t.f.id\n}\n",
        ),
        (
            "r/m/main.tf",
            "variable \"given\" {}\nresource \"t\" \"inner\" {\n  g = var.given\n}\noutput \"out\" {\n  value = t.inner.g\n}\n",
        ),
        ("r/text", "one"),
    ];

    struct Project {
        system: Files,
        sources: Sources,
        known: module::Known,
        memory: Memory,
    }

    impl Project {
        fn new() -> Self {
            Self {
                system: Files::new(FILES),
                sources: Sources::default(),
                known: module::Known::default(),
                memory: Memory::default(),
            }
        }

        fn root(&self, memory: Option<&Memory>) -> Root {
            let shown = |path: &Path| path.to_path_buf();
            let modules = Modules::new(&self.system, &self.sources, &shown);
            let modules = modules.knowing(memory.map(|_| &self.known));
            let options = Options {
                modules: &modules,
                folder: Path::new("r"),
                boundary: Path::new("r"),
                inputs: &[],
                workspace: None,
            };
            match memory {
                Some(memory) => evaluate_again(&options, Some(memory)),
                None => evaluate(&options),
            }
        }

        /// The names of resources that are other objects after a text was replaced by another. What is given must be what a new
        /// evaluation gives.
        #[track_caller]
        fn changed_by(&self, path: &str, old: &str, new: &str) -> String {
            let before = self.root(Some(&self.memory));
            let path = &Path::new("r").join(path);
            let text = self.system.get(path).unwrap();
            let text = String::from_utf8(text.to_vec()).unwrap().replace(old, new);
            self.system.set(path, text.as_bytes());
            let after = self.root(Some(&self.memory));
            let told = |root: &Root| format!("{:#?} {:?}", root.resources, root.problems);
            assert_eq!(told(&after), told(&self.root(None)));
            let same: HashSet<_> = before.resources.iter().map(Arc::as_ptr).collect();
            let changed = after.resources.iter();
            let changed = changed.filter(|one| !same.contains(&Arc::as_ptr(one)));
            let names: Vec<_> = changed.map(|one| one.address.name.as_str()).collect();
            names.join(" ")
        }
    }

    #[test]
    fn only_what_depends_on_a_change_is_evaluated_again() {
        let project = Project::new();
        let changed = |path, old, new| project.changed_by(path, old, new);
        // A resource of which something is wrong, and one that depends on a file, are evaluated each time.
        assert_eq!(changed("m/main.tf", "x", "x"), "c e");
        assert_eq!(changed("text", "one", "two"), "c e");
        assert_eq!(
            changed("m/main.tf", "var.given", "var.given + 1"),
            "c d e inner"
        );
        assert_eq!(changed("main.tf", "2", "3"), "a b b b c d e inner");
        // What stands behind a change stands elsewhere.
        assert_eq!(changed("more.tf", "module.m.out", "1"), "a b b b c d e");
        assert_eq!(changed("more.tf", "t.f.id", "2"), "a b b b c d e");
        assert_eq!(changed("more.tf", "v = 2", "v = 2"), "c");
    }
}
