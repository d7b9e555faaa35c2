//! The fields of a kustomization.

use graph::{NodeId, SmolStr, Tree};
use source::{Level, Problem, Span};

use super::{
    Chart, ChartGlobals, Decoder, Fields, Generator, GeneratorKind, GeneratorOptions, Image, Label,
    Pair, Patch, Replacement, Replica, Text, Var, generators, legacy, read_chart_globals,
    read_generator, read_image, read_inline, read_patch, read_replica, transformers,
};

/// The names that a file with a kustomization may have.
pub(crate) const FILE_NAMES: [&str; 3] =
    ["kustomization.yaml", "kustomization.yml", "Kustomization"];

const API_VERSION: &str = "kustomize.config.k8s.io/v1beta1";
const COMPONENT_API_VERSION: &str = "kustomize.config.k8s.io/v1alpha1";

/// Whether a kustomization stands for itself or changes those that use it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Kind {
    #[default]
    Kustomization,
    Component,
}

/// In which order objects are printed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum SortOrder {
    /// That in which they were read.
    Fifo,
    /// By kind.
    Legacy,
}

/// How objects are sorted.
#[derive(Clone, Debug)]
pub(crate) struct SortOptions {
    pub(crate) order: SortOrder,
    /// The kinds that come first and last; none for the usual ones.
    pub(crate) kinds: Option<(Vec<SmolStr>, Vec<SmolStr>)>,
}

/// A kustomization.
#[derive(Clone, Debug)]
pub(crate) struct Kustomization {
    /// All of it.
    pub(crate) span: Span,
    pub(crate) kind: Kind,
    pub(crate) openapi: Vec<(Text, Text)>,
    pub(crate) name_prefix: Option<Text>,
    pub(crate) name_suffix: Option<Text>,
    pub(crate) namespace: Option<Text>,
    pub(crate) common_labels: Vec<Pair>,
    pub(crate) labels: Vec<Label>,
    pub(crate) common_annotations: Vec<Pair>,
    pub(crate) patches_strategic_merge: Vec<Text>,
    pub(crate) patches_json6902: Vec<Patch>,
    pub(crate) patches: Vec<Patch>,
    pub(crate) images: Vec<Image>,
    pub(crate) replacements: Vec<Replacement>,
    pub(crate) replicas: Vec<Replica>,
    pub(crate) vars: Vec<Var>,
    pub(crate) sort_options: Option<SortOptions>,
    pub(crate) resources: Vec<Text>,
    pub(crate) components: Vec<Text>,
    pub(crate) crds: Vec<Text>,
    pub(crate) config_maps: Vec<Generator>,
    pub(crate) secrets: Vec<Generator>,
    pub(crate) charts: Vec<Chart>,
    pub(crate) chart_globals: Option<ChartGlobals>,
    pub(crate) generator_options: Option<GeneratorOptions>,
    pub(crate) configurations: Vec<Text>,
    pub(crate) generators: Vec<Text>,
    pub(crate) transformers: Vec<Text>,
    pub(crate) validators: Vec<Text>,
    pub(crate) build_metadata: Vec<Text>,
    /// Whether it asks for anything at all.
    pub(crate) is_empty: bool,
}

/// Reads a kustomization.
pub(crate) fn read(tree: &Tree) -> (Kustomization, Vec<Problem>) {
    let mut decoder = Decoder::new(tree);
    let kustomization = fields(&mut decoder);
    (kustomization, decoder.problems)
}

fn fields(decoder: &mut Decoder<'_>) -> Kustomization {
    let mut fields = decoder.fields(NodeId::ROOT);
    let f = &mut fields;
    let kind = head(decoder, f);
    let is_empty = f.is_all_read(decoder);
    if let Some(metadata) = f.take(decoder, "metadata") {
        read_metadata(decoder, metadata);
    }
    let mut kustomization = Kustomization {
        span: decoder.span(NodeId::ROOT),
        kind,
        is_empty,
        openapi: f.pairs(decoder, "openapi"),
        name_prefix: f.filled(decoder, "namePrefix"),
        name_suffix: f.filled(decoder, "nameSuffix"),
        namespace: f.filled(decoder, "namespace"),
        common_labels: f.pairs(decoder, "commonLabels"),
        labels: f.each(decoder, "labels", transformers::read_label),
        common_annotations: f.pairs(decoder, "commonAnnotations"),
        patches_strategic_merge: f.texts(decoder, "patchesStrategicMerge"),
        patches_json6902: f.each(decoder, "patchesJson6902", read_patch),
        patches: f.each(decoder, "patches", read_patch),
        images: f.each(decoder, "images", read_image),
        replacements: f.each(decoder, "replacements", read_inline),
        replicas: f.each(decoder, "replicas", read_replica),
        vars: f.each(decoder, "vars", transformers::read_var),
        sort_options: f
            .take(decoder, "sortOptions")
            .and_then(|node| sort_options(decoder, node)),
        resources: f.texts(decoder, "resources"),
        components: f.texts(decoder, "components"),
        crds: f.texts(decoder, "crds"),
        config_maps: generators(decoder, f, "configMapGenerator", GeneratorKind::ConfigMap),
        secrets: generators(decoder, f, "secretGenerator", GeneratorKind::Secret),
        charts: f.each(decoder, "helmCharts", generators::read_chart),
        chart_globals: f
            .take(decoder, "helmGlobals")
            .map(|node| read_chart_globals(decoder, node)),
        generator_options: f
            .take(decoder, "generatorOptions")
            .map(|node| generators::read_options(decoder, node)),
        configurations: f.texts(decoder, "configurations"),
        generators: f.texts(decoder, "generators"),
        transformers: f.texts(decoder, "transformers"),
        validators: f.texts(decoder, "validators"),
        build_metadata: f.texts(decoder, "buildMetadata"),
    };
    legacy::read(decoder, f, &mut kustomization);
    check_metadata(decoder, &kustomization.build_metadata);
    fields.finish(decoder);
    kustomization
}

fn generators(
    decoder: &mut Decoder<'_>,
    fields: &mut Fields,
    key: &'static str,
    kind: GeneratorKind,
) -> Vec<Generator> {
    fields.each(decoder, key, |decoder, node| {
        read_generator(decoder, node, kind)
    })
}

/// Reads the version and the kind.
fn head(decoder: &mut Decoder<'_>, fields: &mut Fields) -> Kind {
    let version = fields.filled(decoder, "apiVersion");
    let kind = match fields.filled(decoder, "kind") {
        Some(kind) if kind.value == "Component" => Kind::Component,
        Some(kind) if kind.value != "Kustomization" => {
            decoder.problem("the kind is Kustomization or Component", kind.span);
            Kind::Kustomization
        }
        _ => Kind::Kustomization,
    };
    let expected = match kind {
        Kind::Kustomization => API_VERSION,
        Kind::Component => COMPONENT_API_VERSION,
    };
    if let Some(version) = version.filter(|version| version.value != expected) {
        decoder.problem(format!("the version is {expected}"), version.span);
    }
    kind
}

fn read_metadata(decoder: &mut Decoder<'_>, node: NodeId) {
    let mut fields = decoder.fields(node);
    for key in ["name", "namespace"] {
        fields.text(decoder, key);
    }
    for key in ["labels", "annotations"] {
        fields.pairs(decoder, key);
    }
    fields.finish(decoder);
}

fn check_metadata(decoder: &mut Decoder<'_>, options: &[Text]) {
    for option in options {
        let known = [
            "originAnnotations",
            "transformerAnnotations",
            "managedByLabel",
        ];
        if !known.contains(&option.value.as_str()) {
            let message = format!("the options are {}", known.join(", "));
            let problem = Problem::at(Level::Warning, "kustomization-field", message, option.span);
            decoder.problems.push(problem);
        }
    }
}

fn sort_options(decoder: &mut Decoder<'_>, node: NodeId) -> Option<SortOptions> {
    let mut fields = decoder.fields(node);
    let order = fields.text(decoder, "order");
    let kinds = fields.take(decoder, "legacySortOptions").map(|node| {
        let mut fields = decoder.fields(node);
        let mut kinds = |key| -> Vec<SmolStr> {
            let texts = fields.texts(decoder, key).into_iter();
            texts.map(|text| text.value).collect()
        };
        let kinds = (kinds("orderFirst"), kinds("orderLast"));
        fields.finish(decoder);
        kinds
    });
    fields.finish(decoder);
    let span = decoder.span(node);
    let place = order.as_ref().map_or(span, |order| order.span);
    let order = match order.as_ref().map(|order| order.value.as_str()) {
        Some("fifo") => SortOrder::Fifo,
        Some("legacy") => SortOrder::Legacy,
        _ => {
            decoder.problem("the order is fifo or legacy", place);
            return None;
        }
    };
    if order == SortOrder::Fifo && kinds.is_some() {
        decoder.problem("the order fifo takes no legacySortOptions", span);
    }
    Some(SortOptions { order, kinds })
}
