//! How long the shortest paths of all starts to all sinks take, and how much memory they need: `cargo bench -p reach --bench paths`.
//!
//! Clusters of 1,000, 10,000 and 100,000 objects are generated: in 100 there are 6 ServiceAccounts, 9 Roles, 7 bindings and 30
//! workloads; the rest is about neither. Each is measured in a process of its own, so that the peak memory is its own.
#![expect(
    clippy::disallowed_methods,
    clippy::print_stdout,
    reason = "a benchmark reads its memory and prints its figures"
)]

use std::collections::BTreeMap;
use std::error::Error;
use std::fmt::Write as _;
use std::process::Command;
use std::sync::Arc;
use std::time::{Duration, Instant};
use std::{env, fs};

use graph::Graph;
use kubernetes::Version;
use reach::{Party, PathOptions, Paths};
use source::{FileId, SourceFile};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let [flag, objects] = &arguments[..]
        && flag == "--measure"
    {
        return measure(objects.parse()?);
    }
    println!("objects  starts  built      all starts and sinks  one start  peak");
    for objects in [1_000, 10_000, 100_000] {
        let mut child = Command::new(env::current_exe()?);
        child.args(["--measure", &objects.to_string()]);
        child.status()?;
    }
    Ok(())
}

fn measure(objects: usize) -> Result<(), Box<dyn Error>> {
    let graph = graph(&manifests(objects));
    let options = PathOptions {
        version: Version::NEWEST,
        is_declared: true,
        ..PathOptions::default()
    };
    let (mut paths, built) = timed(|| Paths::of(&graph, &options));
    let starts: Vec<Party> = paths
        .parties()
        .filter(|party| is_start(party))
        .cloned()
        .collect();
    let (reached, all) = timed(|| {
        let mut reached: BTreeMap<&str, usize> = BTreeMap::new();
        for start in &starts {
            for (sink, _) in paths.distances(start, &is_sink) {
                *reached.entry(sink.class()).or_default() += 1;
            }
        }
        reached
    });
    let (_, one) = timed(|| paths.shortest(&starts[..1], &is_sink));
    println!(
        "{objects:7}  {:6}  {built:9.1?}  {all:20.1?}  {one:9.1?}  {} MB  {reached:?}",
        starts.len(),
        peak()?
    );
    Ok(())
}

fn is_start(party: &Party) -> bool {
    matches!(party, Party::Pods { .. } | Party::Subject(_))
}

fn is_sink(party: &Party) -> bool {
    matches!(
        party,
        Party::Everything | Party::AnyNode | Party::Node | Party::ControlPlane | Party::Secrets(_)
    )
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
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
    let mut graph = Graph::new(resources.collect(), true);
    kubernetes::link(&mut graph);
    graph
}

/// Objects in namespaces of 250; one namespace in eight lets privileged pods in.
fn manifests(count: usize) -> String {
    let mut text = String::new();
    for index in 0..count {
        let namespace = index / 250;
        let place = format!("namespace: n{namespace}");
        let rbac = "rbac.authorization.k8s.io/v1";
        let account = index / 100 * 6 + index % 6;
        let _ = match index % 100 {
            0 if index % 250 == 0 => {
                let level = if namespace % 8 == 0 {
                    "privileged"
                } else {
                    "restricted"
                };
                writeln!(
                    text,
                    "---\napiVersion: v1\nkind: Namespace\nmetadata: {{name: n{namespace}, labels: {{pod-security.kubernetes.io/enforce: {level}}}}}"
                )
            }
            1..7 => writeln!(
                text,
                "---\napiVersion: v1\nkind: ServiceAccount\nmetadata: {{name: a{}, {place}}}",
                index % 100 % 6
            ),
            7..14 => writeln!(
                text,
                "---\napiVersion: {rbac}\nkind: Role\nmetadata: {{name: r{index}, {place}}}\n{}",
                rules(index)
            ),
            14..16 => writeln!(
                text,
                "---\napiVersion: {rbac}\nkind: ClusterRole\nmetadata: {{name: r{index}}}\n{}",
                rules(index)
            ),
            16..22 => writeln!(
                text,
                "---\napiVersion: {rbac}\nkind: RoleBinding\nmetadata: {{name: b{index}, {place}}}\nroleRef: {{kind: Role, name: r{}}}\nsubjects: [{{kind: ServiceAccount, name: a{}}}]",
                index - 9,
                account % 6
            ),
            22 => writeln!(
                text,
                "---\napiVersion: {rbac}\nkind: ClusterRoleBinding\nmetadata: {{name: b{index}}}\nroleRef: {{kind: ClusterRole, name: {}}}\nsubjects: [{{kind: ServiceAccount, name: a{}, {place}}}]",
                if index % 2_000 == 22 {
                    "cluster-admin".to_owned()
                } else {
                    format!("r{}", index - 7)
                },
                index / 100 % 6
            ),
            23..53 => writeln!(
                text,
                "---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: d{index}, {place}}}\nspec: {{template: {{spec: {{serviceAccountName: a{}, containers: [{{name: c, image: i{}}}]}}}}}}",
                index % 6,
                if index % 400 == 23 {
                    ", securityContext: {privileged: true}"
                } else {
                    ""
                }
            ),
            _ => writeln!(
                text,
                "---\napiVersion: v1\nkind: ConfigMap\nmetadata: {{name: c{index}, {place}}}"
            ),
        };
    }
    text
}

/// What real roles have: most read, some create pods, read Secrets or make tokens.
fn rules(index: usize) -> String {
    let rare = match index / 7 % 12 {
        0 => "- {apiGroups: [''], resources: [secrets], verbs: [get, list]}\n",
        1 => "- {apiGroups: [apps], resources: [deployments], verbs: [create, patch]}\n",
        2 => {
            "- {apiGroups: [''], resources: [serviceaccounts/token], verbs: [create], resourceNames: [a1]}\n"
        }
        3 => "- {apiGroups: [''], resources: [pods/exec], verbs: [create]}\n",
        4 => {
            "- {apiGroups: [rbac.authorization.k8s.io], resources: [rolebindings], verbs: [create]}\n"
        }
        _ => "",
    };
    format!(
        "rules:\n- {{apiGroups: [''], resources: [configmaps, services, endpoints], verbs: [get, list, watch]}}\n- {{apiGroups: [example.org], resources: [things{}], verbs: ['*']}}\n{rare}",
        index % 100
    )
}

/// The most memory that this process ever had, in MB.
fn peak() -> Result<usize, Box<dyn Error>> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes: usize = line.unwrap_or("0").trim().trim_end_matches(" kB").parse()?;
    Ok(kilobytes / 1_000)
}
