//! Prints the rate at which a file is read into trees, beside the bare event rate of the parser in
//! the same run.

use std::fmt::Write as _;
use std::hint::black_box;
use std::io::Write as _;
use std::time::{Duration, Instant};

use granit_parser::Parser;
use source::{FileId, SourceFile};
use yaml::{Options, read};

const DOCUMENTS: usize = 6000;
const ROUNDS: usize = 7;

fn main() -> std::io::Result<()> {
    let file = SourceFile::new(FileId(0), "corpus.yaml", corpus(DOCUMENTS));
    let options = Options {
        max_nodes: usize::MAX,
        max_depth: 200,
        placeholder_tags: false,
    };
    let (mut events, mut reading) = (Duration::MAX, Duration::MAX);
    // Turn by turn, so that what else the machine does hits both alike; the best round is the least
    // disturbed.
    for _ in 0..ROUNDS {
        events = events.min(time(|| {
            Parser::new_from_str(&file.text)
                .filter(Result::is_ok)
                .count()
        }));
        reading = reading.min(time(|| read(&file, &options).documents.len()));
    }
    let megabytes = file.text.len() as f64 / 1e6;
    let rate = |time: Duration| megabytes / time.as_secs_f64();
    let mut out = std::io::stdout().lock();
    writeln!(out, "corpus: {megabytes:.1} MB in {DOCUMENTS} documents")?;
    writeln!(out, "events: {:.1} MB/s", rate(events))?;
    writeln!(out, "reading: {:.1} MB/s", rate(reading))?;
    writeln!(
        out,
        "ratio: {:.2} (at least 0.50 is wanted)",
        rate(reading) / rate(events)
    )
}

fn time<T>(work: impl Fn() -> T) -> Duration {
    let start = Instant::now();
    black_box(work());
    start.elapsed()
}

/// The generator of Park and Miller: the same corpus everywhere.
struct Random(u64);

impl Random {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0 * 48271 % 0x7fff_ffff;
        self.0 % bound
    }

    fn pick<'a>(&mut self, words: &[&'a str]) -> &'a str {
        words[self.below(words.len() as u64) as usize]
    }
}

fn corpus(documents: usize) -> String {
    let mut random = Random(20_260_101);
    let mut out = String::new();
    for number in 0..documents {
        match random.below(10) {
            0..6 => workload(&mut out, &mut random, number),
            6..8 => config(&mut out, &mut random, number),
            _ => service(&mut out, &mut random, number),
        }
    }
    out
}

fn head(out: &mut String, random: &mut Random, number: usize, kind: &str, version: &str) {
    let application = random.pick(&["shop", "billing", "search", "gateway", "mail"]);
    let team = random.pick(&["red", "green", "blue"]);
    let _ = write!(
        out,
        "---\n# The {application} of team {team}.\napiVersion: {version}\nkind: {kind}\nmetadata:\n  \
         name: {application}-{number}\n  namespace: team-{team}\n  labels:\n    \
         app.kubernetes.io/name: {application}\n    app.kubernetes.io/part-of: \"{team}\"\n"
    );
}

fn workload(out: &mut String, random: &mut Random, number: usize) {
    head(out, random, number, "Deployment", "apps/v1");
    let replicas = random.below(9) + 1;
    let _ = write!(
        out,
        "spec:\n  replicas: {replicas}\n  selector:\n    matchLabels: {{app: a{number}}}\n  template:\n    metadata:\n      \
         labels:\n        app: a{number}\n    spec:\n      serviceAccountName: runner\n      containers:\n"
    );
    for name in ["main", "proxy"] {
        container(out, random, name);
    }
}

fn container(out: &mut String, random: &mut Random, name: &str) {
    let image = random.pick(&[
        "registry.example.org/team/application",
        "nginx",
        "ghcr.io/example/tool",
    ]);
    let (major, port) = (random.below(20), 1024 + random.below(60000));
    let _ = write!(
        out,
        "      - name: {name}\n        image: {image}:{major}.{port}\n        ports:\n        - containerPort: {port}\n          \
         protocol: TCP\n        env:\n        - name: LOG_LEVEL\n          value: 'debug'  # for now\n        - name: PASSWORD\n          \
         valueFrom:\n            secretKeyRef:\n              name: credentials\n              key: password\n        \
         resources:\n          requests: {{cpu: 100m, memory: 128Mi}}\n          limits:\n            cpu: \"1\"\n            \
         memory: 512Mi\n        securityContext:\n          runAsNonRoot: true\n          allowPrivilegeEscalation: false\n          \
         capabilities:\n            drop:\n            - ALL\n        args: [\"--port={port}\", --verbose, '--mode=fast']\n"
    );
}

fn config(out: &mut String, random: &mut Random, number: usize) {
    head(out, random, number, "ConfigMap", "v1");
    let _ = write!(out, "data:\n  settings.ini: |\n");
    for _ in 0..random.below(20) + 4 {
        let _ = writeln!(
            out,
            "    key{} = value {}",
            random.below(1000),
            random.below(1_000_000)
        );
    }
    let _ = write!(
        out,
        "  enabled: \"true\"\n  greeting: \"Grüße\\tan alle\"\n"
    );
}

fn service(out: &mut String, random: &mut Random, number: usize) {
    head(out, random, number, "Service", "v1");
    let port = random.below(60000);
    let _ = write!(
        out,
        "spec:\n  selector:\n    app: a{number}\n  ports:\n  - name: http\n    port: {port}\n    targetPort: http\n  type: ClusterIP\n"
    );
}
