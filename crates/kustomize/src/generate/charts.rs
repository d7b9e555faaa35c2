//! Charts of `helmCharts`, which somebody else renders.

use std::path::PathBuf;

use graph::SmolStr;

use crate::accumulate::{Accumulator, Target};
use crate::build::Use;
use crate::charts::{ChartRequest, ValuesMerge};
use crate::kustomization::{Chart, ChartGlobals, Text};
use crate::load::{clean, is_remote};
use crate::node::from_tree;
use crate::resources::{Resource, objects};
use crate::transform::Note;

/// The folder of charts where none is named.
const HOME: &str = "charts";

impl Target<'_, '_> {
    /// Adds the objects of charts.
    pub(super) fn add_charts(&self, accumulator: &mut Accumulator) {
        for chart in &self.kustomization.charts {
            if let Some(request) = self.request(chart, self.kustomization.chart_globals.as_ref()) {
                self.add_chart(accumulator, chart, &request);
            }
        }
    }

    /// Adds the objects of one chart.
    pub(crate) fn add_chart(
        &self,
        accumulator: &mut Accumulator,
        chart: &Chart,
        request: &ChartRequest,
    ) {
        let Some(rendered) = self.context.reader.charts.render(request) else {
            let message = "the chart is not rendered, so its objects are left out";
            return self
                .context
                .error("kustomization-chart", message, chart.span);
        };
        self.context.tell_all(rendered.problems);
        let mut problems = Vec::new();
        let trees = rendered.objects.iter().map(from_tree).collect();
        let nodes = objects(trees, &mut problems);
        self.context.tell_all(problems);
        let note = Note::built_in("HelmChartInflationGenerator", &self.note_file_name());
        for node in nodes {
            let cost = self.context.bounds.values(node.size());
            if self
                .context
                .or_tell("kustomization-bounds", cost, chart.span)
                .is_none()
            {
                return;
            }
            let resource = Resource::new(node, &self.context.schema());
            self.absorb(accumulator, resource, &note, chart.span);
        }
    }

    /// What is asked of who renders charts.
    pub(crate) fn request(
        &self,
        chart: &Chart,
        globals: Option<&ChartGlobals>,
    ) -> Option<ChartRequest> {
        let error = |message: &str| {
            self.context
                .error("kustomization-chart", message, chart.span);
        };
        let Some(name) = &chart.name else {
            error("a chart needs a name");
            return None;
        };
        let merge = match chart
            .values_merge
            .as_ref()
            .map(|merge| merge.value.as_str())
        {
            None | Some("override") => ValuesMerge::Override,
            Some("replace") => ValuesMerge::Replace,
            Some("merge") => ValuesMerge::Merge,
            Some(_) => {
                error("`valuesMerge` is merge, override or replace");
                return None;
            }
        };
        let folder = self.chart_folder(chart, &name.value, globals);
        self.context.uses(&folder, Use::Chart, &self.root.file);
        let text = |text: &Option<Text>| text.as_ref().map(|text| text.value.clone());
        let texts = |texts: &[Text]| -> Vec<SmolStr> {
            texts.iter().map(|text| text.value.clone()).collect()
        };
        Some(ChartRequest {
            span: chart.span,
            folder,
            name: name.value.clone(),
            version: text(&chart.version),
            repository: text(&chart.repo),
            release: text(&chart.release_name),
            namespace: text(&chart.namespace),
            values_files: self.values_files(chart),
            values: chart.values_inline.clone(),
            values_merge: merge,
            includes_crds: chart.includes_crds,
            skips_hooks: chart.skips_hooks,
            skips_tests: chart.skips_tests,
            api_versions: texts(&chart.api_versions),
            kube_version: text(&chart.kube_version),
        })
    }

    /// The folder of a chart, which stands under its name, with its version behind that if it was fetched so.
    fn chart_folder(&self, chart: &Chart, name: &str, globals: Option<&ChartGlobals>) -> PathBuf {
        let home = globals.and_then(|globals| globals.home.as_ref());
        let home = home.map_or(HOME, |home| home.value.as_str());
        let home = clean(&self.root.path.join(home));
        let versioned = chart
            .version
            .as_ref()
            .map(|version| home.join(format!("{name}-{}", version.value)).join(name));
        let versioned = versioned.filter(|folder| self.context.reader.system.exists(folder));
        versioned.unwrap_or_else(|| home.join(name))
    }

    fn values_files(&self, chart: &Chart) -> Vec<PathBuf> {
        let files = chart
            .values_file
            .iter()
            .chain(&chart.additional_values_files);
        let paths = files.filter_map(|path| {
            if is_remote(&path.value) {
                self.context.remote(path);
                return None;
            }
            let file = clean(&self.root.path.join(path.value.as_str()));
            self.context.uses(&file, Use::Values, &self.root.file);
            Some(file)
        });
        paths.collect()
    }
}
