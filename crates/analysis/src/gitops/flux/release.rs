//! Releases of Helm that Flux makes.

use std::sync::Arc;

use ::helm::render::Written;
use ::helm::set::Form;
use graph::{Data, NodeId, Piece, SmolStr, Tree};
use source::{FileSystem as _, Span};

use super::Deployed;
use super::values::{Entry, Referred, unknown};
use crate::gitops::deployment::{ChartOptions, Deployment, Given, How, Parameter, Values};
use crate::gitops::field::{flag, items, text};
use crate::gitops::text as texts;
use crate::helm::{CHART_FILE, passages, written};

impl Deployed<'_> {
    /// What a release deploys.
    pub(super) fn release(&mut self) -> Option<Deployment> {
        let spec = self.spec();
        if let Some(node) = self.tree.get(spec, "chartRef") {
            return self.not_rendered(node, "its chart is kept by another object (`chartRef`)");
        }
        let chart = self.tree.at(spec, &["chart", "spec"])?;
        let source = self.tree.get(chart, "sourceRef").unwrap_or(chart);
        let Some(path) = self.text(chart, "chart") else {
            return self.not_rendered(chart, "its chart can't be known");
        };
        let folder = self.folder(source, path)?;
        let system = self.finder.confined(&self.place.boundary);
        if !system.exists(&folder.join(CHART_FILE)) {
            return self.not_rendered(chart, "no chart stands at this path in the tree");
        }
        if let Some(node) = self.tree.get(spec, "postRenderers") {
            let message = "what its post renderers change is not in the graph";
            self.warn(message, self.tree.node(node).span);
        }
        let options = self.chart_options(spec, chart);
        Some(self.deployment(folder, How::Chart(Box::new(options))))
    }

    fn chart_options(&mut self, spec: NodeId, chart: NodeId) -> ChartOptions {
        let mut options = ChartOptions {
            name: self.release_name(spec),
            namespace: self.release_namespace(spec),
            defaults: Vec::new(),
            values: Vec::new(),
            parameters: Vec::new(),
            passages: passages([self.tree]),
            open: None,
            skips_crds: false,
            apis: Vec::new(),
            secrets: Vec::new(),
        };
        self.add_files(chart, &mut options);
        let references: Vec<NodeId> = items(self.tree, spec, "valuesFrom").collect();
        for reference in references {
            self.add_reference(reference, &mut options);
        }
        if let Some(values) = self.tree.get(spec, "values") {
            let values = self.tree.subtree(values);
            options.values.push(Values::Tree(Arc::new(values)));
        }
        options
    }

    /// The name of the release: what is said, else the target namespace and the name of the object.
    fn release_name(&self, spec: NodeId) -> Written {
        if let Some(node) = self.tree.get(spec, "releaseName") {
            return written(self.tree, node);
        }
        let node = self.tree.at(NodeId::ROOT, &["metadata", "name"]);
        let own = written(self.tree, node.unwrap_or(NodeId::ROOT));
        let Some(target) = self.tree.get(spec, "targetNamespace") else {
            return own;
        };
        let mut pieces = written(self.tree, target).pieces;
        pieces.push(Piece::Known("-".into()));
        pieces.extend(own.pieces);
        Written {
            span: own.span,
            pieces,
        }
    }

    fn release_namespace(&self, spec: NodeId) -> Option<Written> {
        let target = self.tree.get(spec, "targetNamespace");
        let own = || self.tree.at(NodeId::ROOT, &["metadata", "namespace"]);
        let node = target.or_else(own)?;
        Some(written(self.tree, node))
    }

    /// Adds the files that stand for the values of the chart. Their paths begin at the root of the repository.
    fn add_files(&mut self, chart: NodeId, options: &mut ChartOptions) {
        let ignores_missing = flag(self.tree, chart, "ignoreMissingValuesFiles");
        let single = self.tree.get(chart, "valuesFile");
        let files: Vec<NodeId> = items(self.tree, chart, "valuesFiles")
            .chain(single)
            .collect();
        for node in files {
            let span = self.tree.node(node).span;
            let path = self.tree.as_text(node).map_or("", SmolStr::as_str);
            let file = self.place.repository.path(path.trim_start_matches("./"));
            let system = self.finder.confined(&self.place.boundary);
            match file.filter(|file| system.exists(file)) {
                Some(path) => {
                    let shown = (self.finder.shown)(&path);
                    options.defaults.push(Values::File { path, shown });
                }
                None if ignores_missing => {}
                None => {
                    self.refuse(
                        "there is no such file of values, so Flux refuses the chart",
                        span,
                    );
                }
            }
        }
    }

    /// Adds the values of a ConfigMap or a Secret.
    fn add_reference(&mut self, reference: NodeId, options: &mut ChartOptions) {
        let span = self.tree.node(reference).span;
        let path = text(self.tree, reference, "targetPath").cloned();
        let key = text(self.tree, reference, "valuesKey");
        let key = key.cloned().unwrap_or("values.yaml".into());
        let entries = match self.referred(reference) {
            Referred::Nothing => return,
            Referred::Entries(entries) => entries,
            Referred::Unknown(unknown) => {
                return match path {
                    Some(path) => options
                        .values
                        .push(single(path, Given::Unknown(unknown), span)),
                    None => options.open = Some(unknown),
                };
            }
        };
        let Some(entry) = entries.into_iter().find(|entry| entry.key == key) else {
            if !flag(self.tree, reference, "optional") {
                let why = format!("there is no text `{}` in the object", source::neutral(&key));
                self.refuse(why.as_str(), span);
                options.open = Some(unknown(&why, span));
            }
            return;
        };
        match path {
            Some(path) => {
                options
                    .secrets
                    .extend(entry.is_secret.then_some(entry.span));
                let value = Given::Text(entry.text.replace(',', "\\,"));
                options.values.push(single(path, value, entry.span));
            }
            None => self.add_entry(&entry, options),
        }
    }

    /// Adds the values that an entry holds as text.
    fn add_entry(&mut self, entry: &Entry, options: &mut ChartOptions) {
        let file = self.finder.sources.get(entry.span.file);
        let (tree, problems) = texts::tree(&entry.text, &file, entry.span);
        self.problems.extend(problems);
        let Some(tree) = tree else {
            return;
        };
        if entry.is_secret {
            options.secrets.extend(spans(&tree));
        }
        options.values.push(Values::Tree(Arc::new(tree)));
    }
}

fn single(path: SmolStr, value: Given, span: Span) -> Values {
    // A text in quotes is one whatever it looks like.
    let (form, value) = match value {
        Given::Text(text) => match quoted(&text) {
            Some(inner) => (Form::String, Given::Text(inner)),
            None => (Form::Set, Given::Text(text)),
        },
        value => (Form::Set, value),
    };
    Values::Single(Parameter {
        path,
        form,
        value,
        span,
    })
}

fn quoted(text: &str) -> Option<String> {
    let of = |quote: char| text.strip_prefix(quote)?.strip_suffix(quote);
    of('"').or_else(|| of('\'')).map(str::to_owned)
}

/// The places of all scalars.
fn spans(tree: &Tree) -> Vec<Span> {
    let mut spans = Vec::new();
    let mut open = vec![NodeId::ROOT];
    while let Some(node) = open.pop() {
        open.extend(tree.children(node));
        if !matches!(tree.node(node).data, Data::Map | Data::List) {
            spans.push(tree.node(node).span);
        }
    }
    spans
}
