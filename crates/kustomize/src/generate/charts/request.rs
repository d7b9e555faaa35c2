//! What is asked of who renders charts.

use std::path::{Path, PathBuf};

use graph::{SmolStr, Tree};

use crate::accumulate::Target;
use crate::build::Use;
use crate::charts::{ChartRequest, Written};
use crate::kustomization::{Chart, ChartGlobals, Text};
use crate::load::clean;
use crate::node::{Data, Node, from_tree, tree};
use crate::patch::merged;
use crate::reader::Content;

/// The folder of charts where none is named.
const HOME: &str = "charts";

/// How values that are written in a kustomization are put together with those of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum ValuesMerge {
    /// They count where both have a value.
    Override,
    /// The file does not count.
    Replace,
    /// The file counts where both have a value.
    Merge,
}

impl ValuesMerge {
    fn of(chart: &Chart) -> Option<Self> {
        let merge = chart.values_merge.as_ref();
        match merge.map(|merge| merge.value.as_str()) {
            None | Some("override") => Some(Self::Override),
            Some("replace") => Some(Self::Replace),
            Some("merge") => Some(Self::Merge),
            Some(_) => None,
        }
    }
}

impl Target<'_, '_> {
    /// What is asked of who renders charts; nothing where kustomize would not ask, which is told.
    pub(crate) fn request(
        &self,
        chart: &Chart,
        globals: Option<&ChartGlobals>,
    ) -> Option<ChartRequest> {
        let Some(name) = &chart.name else {
            return self.refuse_chart(chart, "a chart needs a name");
        };
        let Some(merge) = ValuesMerge::of(chart) else {
            return self.refuse_chart(chart, "`valuesMerge` is merge, override or replace");
        };
        let additional = chart.additional_values_files.iter();
        let additional_files = additional.map(|path| self.values_file(path)?.file);
        let additional_files = additional_files.collect::<Option<Vec<_>>>()?;
        let path = chart_path(chart, &name.value, globals);
        let folder = self.chart_folder(chart, &path)?;
        let inline = chart.values_inline.clone();
        let inline = inline.filter(|inline| inline.first(graph::NodeId::ROOT).is_some());
        let first = match &chart.values_file {
            Some(file) => file.clone(),
            None => Text {
                value: path.join("values.yaml").to_string_lossy().as_ref().into(),
                span: name.span,
            },
        };
        let content = match (&inline, merge) {
            (Some(_), ValuesMerge::Replace) => None,
            _ => Some(self.values_file(&first)?),
        };
        let values = match (&inline, &content) {
            (Some(inline), Some(content)) => {
                Some(self.merged_values(chart, inline, content, merge)?)
            }
            (inline, _) => inline.clone(),
        };
        let values_file = content.and_then(|content| content.file);
        let written = |text: &Option<Text>| {
            text.as_ref().map(|text| Written {
                text: text.value.clone(),
                span: text.span,
            })
        };
        let texts = |texts: &[Text]| -> Vec<SmolStr> {
            texts.iter().map(|text| text.value.clone()).collect()
        };
        self.context.uses(&folder, Use::Chart, &self.root.file);
        Some(ChartRequest {
            span: chart.span,
            folder,
            release: written(&chart.release_name),
            name_template: written(&chart.name_template),
            namespace: written(&chart.namespace),
            values_file,
            inline,
            values,
            additional_files,
            includes_crds: chart.includes_crds,
            skips_hooks: chart.skips_hooks,
            skips_tests: chart.skips_tests,
            api_versions: texts(&chart.api_versions),
            kube_version: written(&chart.kube_version),
        })
    }

    fn refuse_chart<T>(&self, chart: &Chart, message: &str) -> Option<T> {
        let span = chart.name.as_ref().map_or(chart.span, |name| name.span);
        self.context.error("kustomization-chart", message, span);
        None
    }

    /// The folder of a chart, which nobody fetches.
    fn chart_folder(&self, chart: &Chart, path: &Path) -> Option<PathBuf> {
        let folder = self.context.real(&clean(&self.root.path.join(path)));
        let listed = self.context.reader.system.list(&folder);
        if listed.is_ok_and(|entries| !entries.is_empty()) {
            return Some(folder);
        }
        match &chart.repo {
            Some(repo) => {
                self.context.remote(repo);
                None
            }
            None => {
                let shown = path.display();
                let message =
                    format!("there is no chart at `{shown}`, and no repository that has it");
                self.refuse_chart(chart, &message)
            }
        }
    }

    /// A file of values, which is text.
    fn values_file(&self, path: &Text) -> Option<Content> {
        let content = self.context.load(&self.root, path, Use::Values);
        let content = content.map_err(|refused| self.context.tell(refused.problem()));
        let content = content.ok()?;
        self.context.as_text(content.clone(), path.span)?;
        Some(content)
    }

    /// The values of the kustomization with those of a file.
    fn merged_values(
        &self,
        chart: &Chart,
        inline: &Tree,
        content: &Content,
        merge: ValuesMerge,
    ) -> Option<Tree> {
        let file = content.file.clone()?;
        let read = content.values(&file);
        self.context.tell_all(read.problems.clone());
        let inline = from_tree(inline);
        let origin = inline.origin.clone();
        let nothing = || Node::new(Data::Map(Vec::new()), origin.clone());
        let written = read.documents.first().cloned().unwrap_or_else(nothing);
        let (under, above) = match merge {
            ValuesMerge::Merge => (inline, written),
            _ => (written, inline),
        };
        let (schema, bounds) = (self.context.schema(), &self.context.bounds);
        match merged(under, above, &schema, bounds) {
            Ok(values) => {
                let values = values.unwrap_or_else(nothing);
                Some(tree(&values, &self.context.unknowns))
            }
            Err(message) => self.refuse_chart(chart, &message),
        }
    }
}

/// The path of the folder of a chart: under its name, in a folder with its version if it is one that was fetched.
fn chart_path(chart: &Chart, name: &str, globals: Option<&ChartGlobals>) -> PathBuf {
    let home = globals.and_then(|globals| globals.home.as_ref());
    let home = Path::new(home.map_or(HOME, |home| home.value.as_str()));
    match (&chart.version, &chart.repo) {
        (Some(version), Some(_)) => home.join(format!("{name}-{}", version.value)).join(name),
        _ => home.join(name),
    }
}
