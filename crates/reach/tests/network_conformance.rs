//! The connections that another analyzer finds in its own test cases. They are not part of this project: where the folder
//! beside the repository that holds them is absent, nothing is compared. `SCANTLING_SHARED` names another folder.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stderr,
    reason = "the test reads test data and no scanned input"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use graph::{Data, Graph, Namespace, NodeId, Resource};
use reach::network::{
    Block, ClassId, Connections, Direction, Network, Options, Pod, Ports, Protocol,
};
use source::{FileId, SourceFile};

/// Cases about networks of users beside that of the cluster, which are not looked at.
const WITH_OTHER_NETWORKS: [&str; 12] = [
    "nad_test_1",
    "nad_test_13",
    "nad_test_16",
    "nad_test_2",
    "nad_test_4",
    "nad_test_5",
    "udn_and_vms_test_1",
    "udn_and_vms_test_2",
    "udn_and_vms_test_4",
    "udn_test_2",
    "udn_test_4",
    "udn_with_ingress_controller",
];

fn cases() -> Option<PathBuf> {
    let shared = env::var_os("SCANTLING_SHARED").map(PathBuf::from);
    let beside = || Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../shared");
    let folder = shared
        .unwrap_or_else(beside)
        .join("data/corpora/netpol/netpol-analyzer");
    folder.exists().then_some(folder)
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .expect("test data is well-formed")
        .map(|entry| entry.expect("test data is well-formed").path())
        .collect();
    files.sort();
    files
}

fn graph(folder: &Path) -> Graph {
    let mut resources = Vec::new();
    for (id, path) in (0..).zip(files(folder)) {
        let text = fs::read_to_string(&path).expect("test data is well-formed");
        let file = SourceFile::new(FileId(id), &path, text);
        let documents = yaml::read(&file, &yaml::Options::default());
        let manifests = kubernetes::resources(documents, &file, &kubernetes::Options::default());
        resources.extend(manifests.resources);
    }
    for resource in &mut resources {
        if resource.namespace == Namespace::Unset {
            resource.namespace = Namespace::Named("default".into());
        }
        // The analyzer does not look at the network that a pod is on.
        if let Some(node) = resource.tree.at(NodeId::ROOT, &["spec", "hostNetwork"]) {
            resource.tree.set(node, Data::Bool(false));
        }
    }
    Graph::new(resources.into_iter().map(Arc::new).collect(), true)
}

/// What the analyzer calls the pods of a resource: its owner, where it has one.
fn name(resource: &Resource) -> String {
    let tree = &resource.tree;
    let owner = tree.at(NodeId::ROOT, &["metadata", "ownerReferences"]);
    let owner = owner.and_then(|list| tree.first(list));
    let text = |key| owner.and_then(|owner| tree.text(owner, key));
    let (kind, name) = match text("name") {
        Some(name) => (text("kind").unwrap_or(&resource.kind), name),
        None => (&resource.kind, &resource.name),
    };
    let namespace = resource.namespace.name().unwrap_or_default();
    format!("{namespace}/{name}[{kind}]")
}

/// A line of the expected output.
struct Line {
    from: String,
    to: String,
    ports: Ports,
}

fn lines(text: &str) -> Vec<Line> {
    let lines = text.lines().filter_map(|line| {
        let (from, rest) = line.split_once(" => ")?;
        let (to, ports) = rest.split_once(" : ")?;
        Some(Line {
            from: from.into(),
            to: to.into(),
            ports: ports_of(ports),
        })
    });
    lines.collect()
}

/// `TCP 80,443,UDP 1-65535`.
fn ports_of(text: &str) -> Ports {
    match text {
        "All Connections" => return Ports::all(),
        "No Connections" => return Ports::default(),
        _ => {}
    }
    let mut ports = Ports::default();
    let mut protocol = Protocol::Tcp;
    for word in text.split([',', ' ']) {
        if let Some(found) = Protocol::ALL.into_iter().find(|one| one.text() == word) {
            protocol = found;
            continue;
        }
        let (start, end) = word.split_once('-').unwrap_or((word, word));
        let range = Ports::of(
            protocol,
            start.parse().expect("test data is well-formed"),
            end.parse().expect("test data is well-formed"),
        );
        ports = ports.union(&range);
    }
    ports
}

fn block(text: &str) -> Option<Block> {
    let (first, last) = text.strip_suffix("[External]")?.split_once('-')?;
    Block::between(first.parse().ok()?, last.parse().ok()?)
}

/// Everything that is told apart, as `from => to` with the ports.
fn expected(lines: &[Line]) -> BTreeMap<(&str, &str), &Ports> {
    lines
        .iter()
        .map(|line| ((line.from.as_str(), line.to.as_str()), &line.ports))
        .collect()
}

/// The ports that are surely let through; nothing may be unknown.
fn allowed(connections: &Connections, what: &str, wrong: &mut Vec<String>) -> Ports {
    if !connections.unknown().is_empty() {
        wrong.push(format!("{what} is unknown"));
    }
    connections.allowed()
}

struct Case<'a> {
    network: Network,
    workloads: BTreeMap<String, BTreeSet<ClassId>>,
    lines: &'a [Line],
    wrong: Vec<String>,
}

impl Case<'_> {
    fn compare_pods(&mut self) -> usize {
        let expected = expected(self.lines);
        let none = Ports::default();
        for (from, sources) in &self.workloads {
            for (to, targets) in self.workloads.iter().filter(|(to, _)| *to != from) {
                let wanted = expected.get(&(from.as_str(), to.as_str())).copied();
                let what = format!("{from} => {to}");
                let mut found = Ports::default();
                for source in sources {
                    for target in targets {
                        let connections = self.network.connections(*source, *target);
                        found = found.union(&allowed(&connections, &what, &mut self.wrong));
                    }
                }
                if found != *wanted.unwrap_or(&none) {
                    self.wrong
                        .push(format!("{what}: {found:?}, expected {wanted:?}"));
                }
            }
        }
        self.workloads.len()
    }

    fn compare_addresses(&mut self) {
        for (workload, classes) in &self.workloads {
            for direction in Direction::ALL {
                let own = self.lines.iter().filter_map(|line| {
                    let (pods, outside) = match direction {
                        Direction::Ingress => (&line.to, &line.from),
                        Direction::Egress => (&line.from, &line.to),
                    };
                    (pods == workload).then_some((block(outside)?, &line.ports))
                });
                let own: BTreeMap<Block, &Ports> = own.collect();
                let [v4, _] = Block::all();
                let v4: Vec<Block> = cut(v4, own.keys());
                for class in classes {
                    for (part, connections) in self.network.outside(*class, direction, &v4) {
                        let what = format!("{direction:?} of {workload} with {part}");
                        let found = allowed(&connections, &what, &mut self.wrong);
                        // Expected blocks of one workload do not overlap.
                        let last = Block::between(part.first(), v4[v4.len() - 1].last())
                            .expect("test data is well-formed");
                        let wanted = own.range(..=last).next_back();
                        let wanted = wanted.filter(|(block, _)| block.contains(part.first()));
                        let wanted = wanted
                            .map(|(_, ports)| (*ports).clone())
                            .unwrap_or_default();
                        if found != wanted {
                            self.wrong
                                .push(format!("{what}: {found:?}, expected {wanted:?}"));
                        }
                    }
                }
            }
        }
    }
}

/// A block cut where others begin or end.
fn cut<'b>(block: Block, others: impl Iterator<Item = &'b Block>) -> Vec<Block> {
    let mut firsts: BTreeSet<u32> = BTreeSet::from([0]);
    for other in others {
        let (std::net::IpAddr::V4(first), std::net::IpAddr::V4(last)) =
            (other.first(), other.last())
        else {
            continue;
        };
        firsts.insert(first.to_bits());
        firsts.extend(last.to_bits().checked_add(1));
    }
    let firsts: Vec<u32> = firsts.into_iter().collect();
    let lasts = firsts[1..].iter().map(|first| first - 1).chain([u32::MAX]);
    let address = |bits: u32| std::net::IpAddr::V4(std::net::Ipv4Addr::from_bits(bits));
    let parts = firsts
        .iter()
        .zip(lasts)
        .filter_map(|(first, last)| Block::between(address(*first), address(last)));
    parts.filter(|part| block.contains(part.first())).collect()
}

fn compare(folder: &Path, lines: &[Line]) -> (usize, Vec<String>) {
    let graph = graph(folder);
    // To the analyzer blocks are of IPv4 only, and neither pods nor nodes are in them.
    let options = Options {
        blocks_mean_pods: Some(false),
        pod_networks: vec![Block::read("10.0.0.0/8").expect("test data is well-formed")],
        nodes: Some(Vec::new()),
        ..Options::default()
    };
    let network = Network::of(&graph, &options);
    let mut workloads: BTreeMap<String, BTreeSet<ClassId>> = BTreeMap::new();
    for pod in network.pods() {
        let Pod { resource, .. } = pod;
        let classes = workloads.entry(name(graph.resource(resource))).or_default();
        classes.extend(network.class(pod));
    }
    let mut case = Case {
        network,
        workloads,
        lines,
        wrong: Vec::new(),
    };
    let pods = case.compare_pods();
    case.compare_addresses();
    (pods, case.wrong)
}

#[test]
fn connections_are_those_of_another_analyzer() {
    let Some(folder) = cases() else {
        eprintln!("nothing is compared: the cases are not there");
        return;
    };
    let mut compared = 0;
    let mut wrong = Vec::new();
    for path in files(&folder.join("test_outputs/connlist")) {
        let name = path
            .file_name()
            .expect("test data is well-formed")
            .to_str()
            .expect("test data is well-formed");
        let Some(name) = name.strip_suffix("_connlist_output.txt") else {
            continue;
        };
        if WITH_OTHER_NETWORKS.contains(&name) {
            continue;
        }
        let text = fs::read_to_string(&path).expect("test data is well-formed");
        let (pods, found) = compare(&folder.join("tests").join(name), &lines(&text));
        assert!(pods > 0, "{name} has no pods");
        compared += 1;
        let count = found.len();
        wrong.extend(
            found
                .into_iter()
                .take(3)
                .map(|text| format!("{name} ({count}): {text}")),
        );
    }
    assert_eq!(compared, 40);
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
