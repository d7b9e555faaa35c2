//! How long access takes to compute, and how much memory it needs: `cargo bench -p reach`.
//!
//! Clusters of 1,000, 10,000 and 100,000 objects are generated, of which 22 in 100 are about access, as in real ones; the last
//! one is about nothing else. Each is measured in a process of its own, so that the peak memory is its own.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark reads its memory and prints its figures"
)]

use std::error::Error;
use std::fmt::Write as _;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};
use std::{env, fs};

use graph::{Graph, Namespace};
use kubernetes::Version;
use reach::{Access, Action, Asker, Escalations, Options};
use source::{FileId, SourceFile};

/// How many of 100 objects are about access in a real cluster.
const REAL: usize = 22;

/// What is asked who can do it.
const ACTIONS: [(&str, &str, &str); 10] = [
    ("get", "", "secrets"),
    ("list", "", "secrets"),
    ("create", "", "pods"),
    ("create", "", "pods/exec"),
    ("create", "", "serviceaccounts/token"),
    ("patch", "apps", "deployments"),
    ("impersonate", "", "users"),
    ("bind", "rbac.authorization.k8s.io", "clusterroles"),
    ("get", "", "nodes/proxy"),
    ("update", "example.org", "widgets/status"),
];

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let [flag, objects, share] = &arguments[..]
        && flag == "--measure"
    {
        return measure(objects.parse()?, share.parse()?);
    }
    println!(
        "objects  about access  read       built      access of all  who can (each)  escalations  built again  peak"
    );
    for (objects, share) in [
        (1_000, REAL),
        (10_000, REAL),
        (100_000, REAL),
        (100_000, 100),
    ] {
        let mut child = Command::new(env::current_exe()?);
        child.args(["--measure", &objects.to_string(), &share.to_string()]);
        child.status()?;
    }
    Ok(())
}

fn measure(objects: usize, share: usize) -> Result<(), Box<dyn Error>> {
    let (graph, read) = timed(|| graph(&manifests(objects * share / 100)));
    let (access, built) = timed(|| Access::of(&graph, &Options::default()));
    let (rules, all) = timed(|| all(&access));
    let (holders, who) = timed(|| who(&access));
    let (edges, escalations) = timed(|| edges(&access));
    let (_, again) = timed(|| Access::of(&graph, &Options::default()));
    let each = who / u32::try_from(ACTIONS.len())?;
    println!(
        "{objects:7}  {:12}  {read:9.1?}  {built:9.1?}  {all:13.1?}  {each:14.1?}  {escalations:11.1?}  {again:11.1?}  {} MB  ({rules} rules, {holders} holders, {edges} edges)",
        graph.len(),
        peak()?
    );
    Ok(())
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}

/// The number of rules that all subjects have.
fn all(access: &Access) -> usize {
    let mut rules = 0;
    for subject in access.subjects() {
        for holding in access.can(&Asker::from(subject)) {
            let role = holding
                .role
                .map(|role| access.rules(role, &holding.scope).count());
            rules += role.unwrap_or_default();
        }
    }
    rules
}

/// The number of things that all subjects may gain.
fn edges(access: &Access) -> usize {
    let escalations = Escalations::of(access, Version::NEWEST);
    let subjects = access.subjects().into_iter();
    let edges = subjects.map(|subject| escalations.from(&Asker::from(subject)).len());
    edges.sum()
}

/// The number of holders of all actions, in one namespace.
fn who(access: &Access) -> usize {
    let holders = ACTIONS.iter().map(|(verb, group, resource)| {
        let action = Action::on(verb, group, resource).within(Namespace::Named("n7".into()));
        access.who_can(&action).len()
    });
    holders.sum()
}

fn graph(text: &str) -> Graph {
    let file = SourceFile::new(FileId(0), "cluster.yaml", text);
    let bounds = yaml::Options {
        max_nodes: 100_000_000,
        ..yaml::Options::default()
    };
    let documents = yaml::read(&file, &bounds);
    let manifests = kubernetes::resources(documents, &file, &kubernetes::Options::default());
    let resources = manifests.resources.into_iter().map(Arc::new);
    Graph::new(resources.collect(), true)
}

/// Of 22 objects: 6 ServiceAccounts, 5 Roles, 7 RoleBindings, 2 ClusterRoles and 2 ClusterRoleBindings; 20 namespaces for 1,000.
fn manifests(count: usize) -> String {
    let namespaces = (count / 50).max(8);
    let mut text = String::new();
    for index in 0..count {
        let namespace = index / 22 % namespaces;
        match index % 22 {
            0..6 => object(
                &mut text,
                "v1",
                "ServiceAccount",
                index,
                Some(namespace),
                "",
            ),
            6..11 => role(&mut text, "Role", index, Some(namespace)),
            11..18 => binding(&mut text, index, Some(namespace)),
            18..20 => role(&mut text, "ClusterRole", index, None),
            _ => binding(&mut text, index, None),
        }
    }
    text
}

fn object(
    text: &mut String,
    version: &str,
    kind: &str,
    index: usize,
    namespace: Option<usize>,
    rest: &str,
) {
    let namespace = namespace.map_or(String::new(), |namespace| {
        format!(", namespace: n{namespace}")
    });
    let _ = write!(
        text,
        "---\napiVersion: {version}\nkind: {kind}\nmetadata: {{name: o{index}{namespace}}}\n{rest}"
    );
}

fn role(text: &mut String, kind: &str, index: usize, namespace: Option<usize>) {
    let mut rules = String::from("rules:\n");
    for rule in 0..4 + index % 5 {
        let resource = [
            "pods",
            "secrets",
            "configmaps",
            "widgets",
            "deployments",
            "pods/log",
            "leases",
        ][(index + rule) % 7];
        let group = ["''", "apps", "example.org", "coordination.k8s.io"][(index + rule) % 4];
        let _ = writeln!(
            rules,
            "- apiGroups: [{group}]\n  resources: [{resource}, {resource}/status, things{}]\n  verbs: [get, list, watch, patch]",
            index % 100
        );
    }
    object(
        text,
        "rbac.authorization.k8s.io/v1",
        kind,
        index,
        namespace,
        &rules,
    );
}

fn binding(text: &mut String, index: usize, namespace: Option<usize>) {
    let group = index / 22 * 22;
    let (kind, role) = match namespace {
        Some(_) if !index.is_multiple_of(3) => ("Role", group + 6 + index % 5),
        _ => ("ClusterRole", group + 18 + index % 2),
    };
    let subject = match index % 10 {
        0 => format!("{{kind: User, name: u{}}}", index % 500),
        1 => format!("{{kind: Group, name: g{}}}", index % 50),
        _ => format!(
            "{{kind: ServiceAccount, name: o{}, namespace: n{}}}",
            group + index % 6,
            namespace.unwrap_or_default()
        ),
    };
    let rest = format!("roleRef: {{kind: {kind}, name: o{role}}}\nsubjects: [{subject}]\n");
    let kind = if namespace.is_some() {
        "RoleBinding"
    } else {
        "ClusterRoleBinding"
    };
    object(
        text,
        "rbac.authorization.k8s.io/v1",
        kind,
        index,
        namespace,
        &rest,
    );
}

/// The most memory that this process ever had, in MB.
fn peak() -> Result<usize, Box<dyn Error>> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes: usize = line.unwrap_or("0").trim().trim_end_matches(" kB").parse()?;
    Ok(kilobytes / 1_000)
}
