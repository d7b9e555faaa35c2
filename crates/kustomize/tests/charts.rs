//! Charts of kustomizations are rendered by who builds them: what is asked for, and what becomes of the answer.

use std::path::Path;
use std::sync::Mutex;

use kustomize::{Build, ChartRequest, Charts, NoCharts, Reader, RenderedChart};
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
        Some(RenderedChart {
            objects: read
                .documents
                .into_iter()
                .map(|document| document.tree)
                .collect(),
            problems: Vec::new(),
        })
    }
}

fn build(kustomization: &str, charts: &dyn Charts) -> Build {
    let system = Memory::new([
        ("k/kustomization.yaml", kustomization),
        ("k/charts/app-2.0/app/Chart.yaml", "name: app\n"),
    ]);
    let sources = Sources::default();
    Reader::new(&system, &sources, charts).build(Path::new("k"))
}

/// Checks what is asked for, in a line.
#[track_caller]
fn check(kustomization: &str, expected: &str) {
    let fake = Fake::default();
    let build = build(kustomization, &fake);
    assert_eq!(build.problems, []);
    assert!(build.text().contains("name: p-front"), "{}", build.text());
    let requests = fake.requests.into_inner().expect("no thread panicked");
    let shown = requests.iter().map(|request| {
        let values: Vec<_> = request
            .values_files
            .iter()
            .map(|file| file.display())
            .collect();
        format!(
            "{} {:?} {:?} {:?} {values:?} {:?} {}",
            request.folder.display(),
            request.release.as_deref().unwrap_or_default(),
            request.namespace.as_deref().unwrap_or_default(),
            request.version.as_deref().unwrap_or_default(),
            request.values_merge,
            request.values.is_some(),
        )
    });
    assert_eq!(shown.collect::<Vec<_>>(), [expected]);
}

#[test]
fn charts_are_asked_for_with_their_folder_and_values() {
    check(
        "namePrefix: p-\nhelmCharts:\n- {name: app, releaseName: r, namespace: shop, valuesFile: v.yaml, additionalValuesFiles: [w.yaml]}\n",
        r#"k/charts/app "r" "shop" "" ["k/v.yaml", "k/w.yaml"] Override false"#,
    );
    check(
        "namePrefix: p-\nhelmGlobals: {chartHome: ../all}\nhelmCharts:\n- {name: app, valuesInline: {a: 1}, valuesMerge: merge}\n",
        r#"all/app "" "" "" [] Merge true"#,
    );
    check(
        "namePrefix: p-\nhelmCharts:\n- {name: app, version: \"2.0\"}\n",
        r#"k/charts/app-2.0/app "" "" "2.0" [] Override false"#,
    );
}

#[test]
fn older_fields_and_plugins_ask_as_well() {
    check(
        "namePrefix: p-\nhelmChartInflationGenerator:\n- {chartName: app, releaseName: r, chartHome: home, values: v.yaml}\n",
        r#"k/home/app "r" "" "" ["k/v.yaml"] Override false"#,
    );
    check(
        "namePrefix: p-\ngenerators:\n- |-\n  apiVersion: builtin\n  kind: HelmChartInflationGenerator\n  metadata: {name: h}\n  name: app\n  releaseName: r\n",
        r#"k/charts/app "r" "" "" [] Override false"#,
    );
}

#[test]
fn charts_that_nobody_renders_are_a_problem() {
    let build = build("helmCharts: [{name: app}]\n", &NoCharts);
    let codes: Vec<_> = build.problems.iter().map(|problem| problem.code).collect();
    assert_eq!(codes, ["kustomization-chart"]);
}
