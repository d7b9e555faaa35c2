//! What is generated: ConfigMaps, Secrets and charts.

use graph::{NodeId, Tree};
use source::Span;

use super::{Decoder, Fields, Pair, Text};

/// What a generator makes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum GeneratorKind {
    ConfigMap,
    Secret,
}

/// An entry of `configMapGenerator` or `secretGenerator`.
#[derive(Clone, Debug)]
pub(crate) struct Generator {
    pub(crate) span: Span,
    pub(crate) kind: GeneratorKind,
    pub(crate) name: Option<Text>,
    pub(crate) namespace: Option<Text>,
    pub(crate) behavior: Option<Text>,
    pub(crate) literals: Vec<Text>,
    pub(crate) files: Vec<Text>,
    pub(crate) envs: Vec<Text>,
    pub(crate) options: Option<GeneratorOptions>,
    /// The type of a Secret.
    pub(crate) secret_type: Option<Text>,
}

/// How what is generated looks.
#[derive(Clone, Debug, Default)]
pub(crate) struct GeneratorOptions {
    pub(crate) labels: Vec<Pair>,
    pub(crate) annotations: Vec<Pair>,
    pub(crate) disables_hash: bool,
    pub(crate) is_immutable: bool,
}

/// An entry of `helmCharts`.
#[derive(Clone, Debug)]
pub(crate) struct Chart {
    pub(crate) span: Span,
    pub(crate) name: Option<Text>,
    pub(crate) version: Option<Text>,
    pub(crate) repo: Option<Text>,
    pub(crate) release_name: Option<Text>,
    /// A template that makes the name of the release.
    pub(crate) name_template: Option<Text>,
    pub(crate) namespace: Option<Text>,
    pub(crate) values_file: Option<Text>,
    pub(crate) additional_values_files: Vec<Text>,
    /// Values that are written here.
    pub(crate) values_inline: Option<Tree>,
    /// How they are put together with those of the file: `override`, `replace` or `merge`.
    pub(crate) values_merge: Option<Text>,
    pub(crate) includes_crds: bool,
    pub(crate) skips_tests: bool,
    pub(crate) skips_hooks: bool,
    pub(crate) api_versions: Vec<Text>,
    pub(crate) kube_version: Option<Text>,
}

/// What all charts share.
#[derive(Clone, Debug, Default)]
pub(crate) struct ChartGlobals {
    /// The folder of the charts; `charts` where none is named.
    pub(crate) home: Option<Text>,
    pub(crate) config_home: Option<Text>,
}

impl ChartGlobals {
    pub(super) fn is_set(&self) -> bool {
        self.home.is_some() || self.config_home.is_some()
    }
}

pub(crate) fn read_generator(
    decoder: &mut Decoder<'_>,
    node: NodeId,
    kind: GeneratorKind,
) -> Generator {
    let mut fields = decoder.fields(node);
    let options = fields.take(decoder, "options");
    let mut envs = fields.texts(decoder, "envs");
    envs.extend(fields.filled(decoder, "env"));
    let generator = Generator {
        span: decoder.span(node),
        kind,
        name: fields.filled(decoder, "name"),
        namespace: fields.filled(decoder, "namespace"),
        behavior: fields.filled(decoder, "behavior"),
        literals: fields.texts(decoder, "literals"),
        files: fields.texts(decoder, "files"),
        envs,
        options: options.map(|node| read_options(decoder, node)),
        secret_type: match kind {
            GeneratorKind::Secret => fields.filled(decoder, "type"),
            GeneratorKind::ConfigMap => None,
        },
    };
    fields.finish(decoder);
    generator
}

pub(crate) fn read_options(decoder: &mut Decoder<'_>, node: NodeId) -> GeneratorOptions {
    let mut fields = decoder.fields(node);
    let options = GeneratorOptions {
        labels: fields.pairs(decoder, "labels"),
        annotations: fields.pairs(decoder, "annotations"),
        disables_hash: fields.flag(decoder, "disableNameSuffixHash"),
        is_immutable: fields.flag(decoder, "immutable"),
    };
    fields.finish(decoder);
    options
}

pub(crate) fn read_chart(decoder: &mut Decoder<'_>, node: NodeId) -> Chart {
    let mut fields = decoder.fields(node);
    let chart = Chart {
        span: decoder.span(node),
        name: fields.filled(decoder, "name"),
        version: fields.filled(decoder, "version"),
        repo: fields.filled(decoder, "repo"),
        release_name: fields.filled(decoder, "releaseName"),
        name_template: fields.filled(decoder, "nameTemplate"),
        namespace: fields.filled(decoder, "namespace"),
        values_file: fields.filled(decoder, "valuesFile"),
        additional_values_files: fields.texts(decoder, "additionalValuesFiles"),
        values_inline: fields
            .take(decoder, "valuesInline")
            .map(|node| decoder.tree.subtree(node)),
        values_merge: fields.filled(decoder, "valuesMerge"),
        includes_crds: fields.flag(decoder, "includeCRDs"),
        skips_tests: fields.flag(decoder, "skipTests"),
        skips_hooks: fields.flag(decoder, "skipHooks"),
        api_versions: fields.texts(decoder, "apiVersions"),
        kube_version: fields.filled(decoder, "kubeVersion"),
    };
    // It says what Helm tells beside what it renders.
    fields.take(decoder, "debug");
    fields.finish(decoder);
    chart
}

pub(crate) fn read_chart_globals(decoder: &mut Decoder<'_>, node: NodeId) -> ChartGlobals {
    let mut fields = decoder.fields(node);
    let globals = read_globals(decoder, &mut fields);
    fields.finish(decoder);
    globals
}

fn read_globals(decoder: &mut Decoder<'_>, fields: &mut Fields) -> ChartGlobals {
    ChartGlobals {
        home: fields.filled(decoder, "chartHome"),
        config_home: fields.filled(decoder, "configHome"),
    }
}

/// What all charts share, where it stands beside the fields of one.
pub(crate) fn read_chart_globals_of(decoder: &mut Decoder<'_>, node: NodeId) -> ChartGlobals {
    let mut fields = decoder.fields(node);
    read_globals(decoder, &mut fields)
}

/// An entry of `helmChartInflationGenerator`.
pub(crate) fn read_older_chart(decoder: &mut Decoder<'_>, node: NodeId) -> (Chart, ChartGlobals) {
    let mut fields = decoder.fields(node);
    let chart = Chart {
        span: decoder.span(node),
        name: fields.filled(decoder, "chartName"),
        version: fields.filled(decoder, "chartVersion"),
        repo: fields.filled(decoder, "chartRepoUrl"),
        release_name: fields.filled(decoder, "releaseName"),
        name_template: None,
        namespace: None,
        values_file: fields.filled(decoder, "values"),
        additional_values_files: Vec::new(),
        values_inline: fields
            .take(decoder, "valuesLocal")
            .map(|node| decoder.tree.subtree(node)),
        values_merge: fields.filled(decoder, "valuesMerge"),
        includes_crds: false,
        skips_tests: false,
        skips_hooks: false,
        api_versions: Vec::new(),
        kube_version: None,
    };
    let globals = ChartGlobals {
        home: fields.filled(decoder, "chartHome"),
        config_home: fields.filled(decoder, "helmHome"),
    };
    // Kustomize takes these and does nothing with them.
    for key in ["helmBin", "chartRepoName", "extraArgs", "releaseNamespace"] {
        fields.take(decoder, key);
    }
    fields.finish(decoder);
    (chart, globals)
}
