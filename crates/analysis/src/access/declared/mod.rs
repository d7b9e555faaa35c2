//! What the pods of an account are declared to ask of the API server, as far as their commands say so.

mod kubectl;
mod requests;
mod script;

use std::collections::{BTreeMap, BTreeSet};

use graph::{Container, Data, LinkKind, Namespace, NodeId, Resource, ResourceId, SmolStr, Tree};
use reach::{Action, Origin, Subject};

use super::world::World;
use kubectl::Kubectl;
use script::{Command, Word};

/// Shells, whose argument behind `-c` is a script.
const SHELLS: [&str; 5] = ["sh", "bash", "ash", "dash", "zsh"];

/// Programs of which is known that they ask nothing of the API server.
const QUIET: &str = "
: [ [[ awk base64 basename break cat cd continue cp cut date dirname echo env exit export false find grep gzip head
hostname id jq kill local ls md5sum mkdir mktemp mv printf pwd read return rm sed seq set sha256sum shift sleep sort tail tar
tee test touch tr trap true umask uname uniq unset wait wc which whoami yq
createdb mysql mysqladmin mysqldump pg_dump pg_dumpall pg_isready pg_restore psql redis-cli mongodump aws gsutil rclone restic
";

/// What pods of an account are declared to need.
#[derive(Debug, Default)]
pub(super) struct Declared {
    /// What they ask, each with the containers that do.
    pub(super) actions: BTreeMap<Action, BTreeSet<Origin>>,
    /// What can't be known, and where.
    pub(super) unknown: BTreeSet<(Origin, String)>,
    /// How many containers were looked at.
    pub(super) containers: usize,
}

/// What the pods that run as somebody are declared to need.
pub(super) fn declared(world: &World<'_>, subject: &Subject) -> Declared {
    let mut declared = Declared::default();
    let Subject::Account { namespace, name } = subject else {
        return declared;
    };
    let kubectl = Kubectl {
        resources: &world.resources,
        namespace,
    };
    for (id, resource) in world.graph.resources() {
        let own = resource.environment.as_ref();
        let counts = own.is_none() || own == world.environment.as_ref();
        if !counts || resource.namespace != *namespace || !runs_as(world, id, name) {
            continue;
        }
        let pods = resource.facts.pods.iter();
        for container in pods.flat_map(|pod| &pod.containers) {
            declared.add(&kubectl, id, resource, container);
        }
    }
    declared
}

/// Whether the pods of an object run as an account of its namespace.
fn runs_as(world: &World<'_>, id: ResourceId, account: &SmolStr) -> bool {
    let links = world.graph.links_from(id).iter();
    let mut accounts = links.filter(|link| link.kind == LinkKind::RunsAs);
    accounts
        .next()
        .map_or(account == "default", |link| link.reference.name == *account)
}

impl Declared {
    fn add(
        &mut self,
        kubectl: &Kubectl<'_>,
        id: ResourceId,
        resource: &Resource,
        container: &Container,
    ) {
        self.containers += 1;
        let origin = Origin::Written {
            resource: id,
            node: container.node,
        };
        let commands = match commands(&resource.tree, container.node) {
            Ok(commands) => commands,
            Err(why) => {
                self.unknown.insert((origin, why));
                return;
            }
        };
        for command in commands {
            match needs(kubectl, &command) {
                Ok(actions) => {
                    for action in actions {
                        self.actions.entry(action).or_default().insert(origin);
                    }
                }
                Err(why) => {
                    self.unknown.insert((origin, why));
                }
            }
        }
    }
}

/// What a command asks of the API server, or why that can't be known.
fn needs(kubectl: &Kubectl<'_>, command: &Command) -> Result<BTreeSet<Action>, String> {
    let program = match command.first() {
        None => return Ok(BTreeSet::new()),
        Some(Word::Known(program)) => program.rsplit('/').next().unwrap_or_default(),
        Some(Word::Unknown) => {
            return Err("what a program asks whose name is computed".to_owned());
        }
    };
    match program {
        "kubectl" => kubectl.needs(&command[1..]),
        _ if QUIET.split_whitespace().any(|quiet| quiet == program) => Ok(BTreeSet::new()),
        _ => Err(format!("what `{program}` asks")),
    }
}

/// The commands that a container runs, or why they are not known.
fn commands(tree: &Tree, container: NodeId) -> Result<Vec<Command>, String> {
    let command = words(tree, tree.get(container, "command"))?;
    let arguments = words(tree, tree.get(container, "args"))?;
    let image = tree.text(container, "image").map(SmolStr::as_str);
    let image = image.unwrap_or("an image that is not known");
    let all: Command = match command.is_empty() {
        false => command.into_iter().chain(arguments).collect(),
        true if is_kubectl(image) => std::iter::once(Word::Known("kubectl".into()))
            .chain(arguments)
            .collect(),
        true => return Err(format!("what the program of {image} asks")),
    };
    let program = all.first().and_then(Word::known).unwrap_or_default();
    let program = program.rsplit('/').next().unwrap_or_default();
    if !SHELLS.contains(&program) {
        return Ok(vec![all]);
    }
    let flag = all.iter().position(|word| {
        word.known()
            .is_some_and(|word| word.starts_with('-') && word.ends_with('c'))
    });
    match flag.and_then(|flag| all.get(flag + 1)) {
        Some(Word::Known(script)) => script::commands(script),
        Some(Word::Unknown) => Err("what a script asks that is computed".to_owned()),
        None => Err("what a script asks that is in a file".to_owned()),
    }
}

/// Images whose program is kubectl are called so.
fn is_kubectl(image: &str) -> bool {
    let name = image.rsplit('/').next().unwrap_or_default();
    name.split([':', '@']).next() == Some("kubectl")
}

/// The words of a list.
fn words(tree: &Tree, list: Option<NodeId>) -> Result<Command, String> {
    let Some(list) = list else {
        return Ok(Command::new());
    };
    let word = |node: NodeId| match tree.as_text(node) {
        // The kubelet puts the values of variables there.
        Some(text) if text.contains("$(") && !text.contains(char::is_whitespace) => Word::Unknown,
        Some(text) => Word::Known(text.clone()),
        None => Word::Unknown,
    };
    match tree.node(list).data {
        Data::List => Ok(tree.children(list).map(word).collect()),
        Data::Null => Ok(Command::new()),
        _ => Err("what a command asks that is computed".to_owned()),
    }
}

/// A namespace that a word names.
fn named(word: &Word) -> Result<Namespace, String> {
    match word {
        Word::Known(name) => Ok(Namespace::Named(name.clone())),
        Word::Unknown => Err("what `kubectl` asks in a namespace that is computed".to_owned()),
    }
}
