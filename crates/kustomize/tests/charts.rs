//! Charts of kustomizations are rendered by who builds them: what is asked for, and what becomes of the answer.

use std::path::Path;
use std::sync::Mutex;

use graph::NodeId;
use kustomize::{
    Build, ChartDocument, ChartRequest, Charts, NoCharts, Reader, RenderedChart, Written,
};
use source::{FileId, Memory, SourceFile, Sources};

/// Keeps requests, and gives one object for each.
#[derive(Default)]
struct Fake {
    requests: Mutex<Vec<ChartRequest>>,
}

impl Charts for Fake {
    fn render(&self, request: &ChartRequest) -> Option<RenderedChart> {
        let text = "apiVersion: v1\nkind: Service\nmetadata: {name: front}\n";
        let file = SourceFile::new(FileId(u32::MAX), "chart", text);
        let read = yaml::read(&file, &yaml::Options::default());
        self.requests
            .lock()
            .expect("no thread panics with it")
            .push(request.clone());
        let documents = read.documents.into_iter();
        let documents = documents.map(|document| ChartDocument {
            tree: document.tree,
            text: None,
            conditional: None,
        });
        Some(RenderedChart {
            documents: documents.collect(),
            ..RenderedChart::default()
        })
    }
}

fn build(kustomization: &str, charts: &dyn Charts) -> Build {
    let system = Memory::new([
        ("k/kustomization.yaml", kustomization),
        ("k/v.yaml", "a: 2\nb: 2\n"),
        ("k/w.yaml", ""),
        ("k/charts/app/Chart.yaml", "name: app\n"),
        ("k/charts/app/values.yaml", "a: 0\n"),
        ("k/charts/app-2.0/app/values.yaml", "a: 0\n"),
        ("k/home/app/values.yaml", "a: 0\n"),
        ("all/app/Chart.yaml", "name: app\n"),
    ]);
    let sources = Sources::default();
    Reader::new(&system, &sources, charts).build(Path::new("k"))
}

/// What is asked for, in a line.
fn shown(request: &ChartRequest) -> String {
    let text = |written: &Option<Written>| {
        let text = written.as_ref().map(|written| written.text.clone());
        text.unwrap_or_default()
    };
    let file = |file: &SourceFile| file.path.display().to_string();
    let values = request.values.as_ref().map(|values| {
        let children = values.children(NodeId::ROOT);
        let pairs = children.map(|child| {
            let node = values.node(child);
            let key = node.key.as_ref().map(|key| key.text.clone());
            format!("{}={:?}", key.unwrap_or_default(), node.data)
        });
        pairs.collect::<Vec<_>>().join(" ")
    });
    let additional: Vec<String> = request
        .additional_files
        .iter()
        .map(|one| file(one))
        .collect();
    format!(
        "{} {:?} {:?} {:?} {additional:?} {}",
        request.folder.display(),
        text(&request.release),
        text(&request.namespace),
        request.values_file.as_deref().map(file).unwrap_or_default(),
        values.unwrap_or_default(),
    )
}

#[track_caller]
fn check(kustomization: &str, expected: &str) {
    let fake = Fake::default();
    let build = build(kustomization, &fake);
    assert_eq!(build.problems, []);
    assert!(build.text().contains("name: p-front"), "{}", build.text());
    let requests = fake.requests.into_inner().expect("no thread panicked");
    let requests: Vec<String> = requests.iter().map(shown).collect();
    assert_eq!(requests, [expected]);
}

#[test]
fn charts_are_asked_for_with_their_folder_and_values() {
    check(
        "namePrefix: p-\nhelmCharts:\n- {name: app, releaseName: r, namespace: shop, valuesFile: v.yaml, additionalValuesFiles: [w.yaml]}\n",
        r#"k/charts/app "r" "shop" "k/v.yaml" ["k/w.yaml"] "#,
    );
    check(
        "namePrefix: p-\nhelmGlobals: {chartHome: ../all}\nhelmCharts:\n- {name: app, valuesFile: v.yaml, valuesInline: {a: 1}, valuesMerge: merge}\n",
        r#"all/app "" "" "k/v.yaml" [] a=Int(2) b=Int(2)"#,
    );
    check(
        "namePrefix: p-\nhelmCharts:\n- {name: app, valuesInline: {a: 1, c: {}}}\n",
        r#"k/charts/app "" "" "k/charts/app/values.yaml" [] a=Int(1) c=Map"#,
    );
    check(
        "namePrefix: p-\nhelmCharts:\n- {name: app, version: \"2.0\", repo: https://charts.example.org, valuesInline: {a: 1}, valuesMerge: replace}\n",
        r#"k/charts/app-2.0/app "" "" "" [] a=Int(1)"#,
    );
}

#[test]
fn older_fields_and_plugins_ask_as_well() {
    check(
        "namePrefix: p-\nhelmChartInflationGenerator:\n- {chartName: app, releaseName: r, chartHome: home, values: v.yaml}\n",
        r#"k/home/app "r" "" "k/v.yaml" [] "#,
    );
    check(
        "namePrefix: p-\ngenerators:\n- |-\n  apiVersion: builtin\n  kind: HelmChartInflationGenerator\n  metadata: {name: h}\n  name: app\n  releaseName: r\n",
        r#"k/charts/app "r" "" "k/charts/app/values.yaml" [] "#,
    );
}

/// Checks what is told where charts are not rendered, by code.
#[track_caller]
fn check_problem(kustomization: &str, charts: &dyn Charts, expected: &str) {
    let build = build(kustomization, charts);
    let codes: Vec<_> = build.problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, [expected]);
    assert!(build.text().contains("name: m"), "{}", build.text());
}

#[test]
fn charts_that_are_fetched_are_left_out() {
    let charts = Fake::default();
    check_problem(
        "helmCharts:\n- {name: none, repo: https://charts.example.org}\n- {name: app}\nconfigMapGenerator: [{name: m}]\n",
        &charts,
        "remote-resource",
    );
    assert_eq!(charts.requests.into_inner().expect("no panic").len(), 1);
}

#[test]
fn charts_that_nobody_renders_are_a_problem() {
    check_problem(
        "helmCharts: [{name: app}]\nconfigMapGenerator: [{name: m}]\n",
        &NoCharts,
        "kustomization-chart",
    );
}
