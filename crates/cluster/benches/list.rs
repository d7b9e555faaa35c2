//! How long all objects of a real server take, beside `kubectl get -o json` of the same kinds, in turn:
//! `tests/cluster/list.sh` starts a server, fills it and runs this.
#![expect(clippy::print_stdout, reason = "the benchmark tells its figures")]
#![expect(
    clippy::disallowed_methods,
    reason = "the benchmark reads what the system says of its load"
)]

use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use cluster::Options;
use kubernetes::snapshot::{Kind, Snapshot};

/// How often each is measured.
const TURNS: usize = 5;

fn variable(name: &str) -> PathBuf {
    let value = std::env::var_os(name);
    value.map_or_else(
        || panic!("{name} is not set; tests/cluster/list.sh sets it"),
        PathBuf::from,
    )
}

fn main() {
    let kubeconfig = variable("SCANTLING_CLUSTER").join("kubeconfig");
    let options = Options {
        kubeconfig: Some(kubeconfig.clone()),
        ..Options::default()
    };
    let read = || cluster::read(&options, &()).expect("the server is there");
    let snapshot: Snapshot = read();
    let kinds = snapshot.kinds.iter().filter(|kind| kind.is_complete());
    let kinds: Vec<String> = kinds.map(Kind::name).collect();
    let kubectl = || {
        let mut command = Command::new(variable("SCANTLING_CLUSTER_PROGRAM"));
        command.arg("kubectl").arg("--kubeconfig").arg(&kubeconfig);
        command.args(["get", "-A", "-o", "json", &kinds.join(",")]);
        let status = command.stdout(Stdio::null()).status();
        assert!(status.expect("kubectl starts").success());
    };
    let load = std::fs::read_to_string("/proc/loadavg").expect("the system tells its load");
    println!(
        "{} objects of {} kinds, load {}",
        snapshot.objects.len(),
        kinds.len(),
        load.trim()
    );
    let mut times: Vec<(Duration, Duration)> = Vec::new();
    for _ in 0..TURNS {
        let start = Instant::now();
        read();
        let own = start.elapsed();
        kubectl();
        times.push((own, start.elapsed() - own));
    }
    let own = times.iter().map(|time| time.0).min().unwrap_or_default();
    let other = times.iter().map(|time| time.1).min().unwrap_or_default();
    println!(
        "own {own:?}, kubectl {other:?}: {:.2} times",
        own.as_secs_f64() / other.as_secs_f64()
    );
}
