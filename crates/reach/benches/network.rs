//! How long it takes to find what is let through between all pairs of pods, and how much memory that needs: `cargo bench -p
//! reach --bench network`.
//!
//! Clusters of 1,000, 10,000 and 100,000 objects are generated, of which 30 in 100 are workloads and 5 are policies; those that
//! the network does not look at are left out. Each is measured in a process of its own, so that the peak memory is its own.
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

use graph::Graph;
use reach::network::{End, Network, Options, Traffic};
use source::{FileId, SourceFile};

fn main() -> Result<(), Box<dyn Error>> {
    let arguments: Vec<String> = env::args().skip(1).collect();
    if let [flag, objects] = &arguments[..]
        && flag == "--measure"
    {
        return measure(objects.parse()?);
    }
    println!(
        "objects  pods     policies  read       built      all pairs  classes  internet (each)  peak"
    );
    for objects in [1_000, 10_000, 100_000] {
        let mut child = Command::new(env::current_exe()?);
        child.args(["--measure", &objects.to_string()]);
        child.status()?;
    }
    Ok(())
}

fn measure(objects: usize) -> Result<(), Box<dyn Error>> {
    let (graph, read) = timed(|| graph(&manifests(objects)));
    let (network, built) = timed(|| Network::of(&graph, &Options::default()));
    let (allowed, pairs) = timed(|| allowed(&network));
    let pods = network.pods();
    let asked: Vec<End> = pods.iter().take(500).copied().map(End::Pod).collect();
    let (reached, internet) = timed(|| {
        let reached = asked
            .iter()
            .map(|pod| network.reaches(&End::Internet, pod, Traffic::Any).ports);
        reached.filter(|ports| !ports.is_empty()).count()
    });
    let classes = network.classes().count();
    let each = internet / u32::try_from(asked.len())?;
    println!(
        "{objects:7}  {:7}  {:8}  {read:9.1?}  {built:9.1?}  {pairs:9.1?}  {classes:7}  {each:15.1?}  {} MB  ({allowed} pairs of pods, {reached} reached)",
        pods.len(),
        objects / 20,
        peak()?
    );
    Ok(())
}

fn timed<T>(work: impl FnOnce() -> T) -> (T, Duration) {
    let start = Instant::now();
    let result = work();
    (result, start.elapsed())
}

/// How many pairs of pods may talk at some port.
fn allowed(network: &Network) -> usize {
    let mut count = 0;
    network.pairs(|pair| {
        if !pair.connections.is_denied() {
            count += network.size(pair.from) * network.size(pair.to);
        }
    });
    count
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

/// Of 100 objects: 2 Namespaces, 30 Deployments and 5 NetworkPolicies.
fn manifests(objects: usize) -> String {
    let mut text = String::new();
    let namespaces = objects / 50;
    for index in 0..namespaces {
        object(
            &mut text,
            "v1",
            "Namespace",
            &format!("{{name: n{index}, labels: {{team: t{}}}}}", index % 20),
            "",
        );
    }
    for index in 0..objects * 30 / 100 {
        workload(&mut text, index, index % namespaces);
    }
    for index in 0..objects / 20 {
        let spec = policy(index / namespaces, index);
        let metadata = format!("{{name: p{index}, namespace: n{}}}", index % namespaces);
        object(
            &mut text,
            "networking.k8s.io/v1",
            "NetworkPolicy",
            &metadata,
            &format!("spec: {spec}\n"),
        );
    }
    text
}

fn object(text: &mut String, version: &str, kind: &str, metadata: &str, rest: &str) {
    let _ = write!(
        text,
        "---\napiVersion: {version}\nkind: {kind}\nmetadata: {metadata}\n{rest}"
    );
}

fn workload(text: &mut String, index: usize, namespace: usize) {
    let labels = format!(
        "{{app: a{index}, tier: {}, release: r{}}}",
        ["web", "api", "db"][index % 3],
        index % 7
    );
    let host = if index.is_multiple_of(100) {
        "hostNetwork: true, "
    } else {
        ""
    };
    let spec = format!(
        "spec: {{template: {{metadata: {{labels: {labels}}}, spec: {{{host}containers: [{{name: c, image: i, ports: [{{name: http, containerPort: {}}}]}}]}}}}}}\n",
        8000 + index % 5
    );
    let metadata = format!("{{name: w{index}, namespace: n{namespace}}}");
    object(text, "apps/v1", "Deployment", &metadata, &spec);
}

/// What is usual: all is denied but for names and what belongs together, and some is let in.
fn policy(round: usize, index: usize) -> String {
    let dns = "{to: [{namespaceSelector: {}, podSelector: {matchLabels: {k8s-app: kube-dns}}}], ports: [{protocol: UDP, port: 53}]}";
    match (round, index % 4) {
        (0, 0 | 1) => format!("{{podSelector: {{}}, policyTypes: [Ingress, Egress], ingress: [{{from: [{{podSelector: {{}}}}]}}], egress: [{dns}, {{to: [{{podSelector: {{}}}}]}}]}}"),
        (0, 2) => "{podSelector: {matchLabels: {tier: db}}, ingress: [{from: [{podSelector: {matchLabels: {tier: api}}}], ports: [{port: 5432}]}]}".into(),
        (0, _) => format!("{{podSelector: {{}}, ingress: [{{from: [{{namespaceSelector: {{matchLabels: {{team: t{}}}}}}}]}}]}}", index % 20),
        (1, 0 | 1) => "{podSelector: {matchLabels: {tier: web}}, ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: n0}}, podSelector: {matchLabels: {tier: web}}}], ports: [{port: http}]}]}".into(),
        (1, _) => "{podSelector: {matchLabels: {tier: web}}, ingress: [{ports: [{port: http}]}]}".into(),
        _ => "{podSelector: {matchLabels: {tier: api}}, egress: [{to: [{ipBlock: {cidr: 0.0.0.0/0, except: [169.254.169.254/32]}}], ports: [{port: 443}]}]}".into(),
    }
}

/// The most memory that this process ever had, in MB.
fn peak() -> Result<usize, Box<dyn Error>> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes: usize = line.unwrap_or("0").trim().trim_end_matches(" kB").parse()?;
    Ok(kilobytes / 1_000)
}
