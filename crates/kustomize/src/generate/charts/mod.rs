//! Charts of `helmCharts`, which somebody else renders.

mod request;

use std::collections::HashMap;

use graph::NodeId;
use source::FileId;

use crate::accumulate::{Accumulator, Target};
use crate::charts::{ChartDocument, ChartRequest, RenderedChart};
use crate::context::Context;
use crate::kustomization::Chart;
use crate::node::{Foreign, Node, Placing, of_tree, placed, read};
use crate::resources::{Resource, objects};
use crate::transform::Note;

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
        let cost = self.context.bounds.chart();
        if self
            .context
            .or_tell("kustomization-bounds", cost, chart.span)
            .is_none()
        {
            return;
        }
        let Some(rendered) = self.context.reader.charts.render(request) else {
            let message = "the chart is not rendered, so its objects are left out";
            return self
                .context
                .error("kustomization-chart", message, chart.span);
        };
        let mut problems = rendered.problems.clone();
        let documents = Documents::new(self.context, &rendered);
        let documents = rendered.documents.iter().map(|document| {
            let node = documents.node(document);
            (node, document.conditional.clone())
        });
        let nodes = objects(documents.collect(), &mut problems);
        self.context.tell_all(problems);
        let note = Note::built_in("HelmChartInflationGenerator", &self.note_file_name());
        for (node, conditional) in nodes {
            let cost = self.context.bounds.values(node.size());
            if self
                .context
                .or_tell("kustomization-bounds", cost, chart.span)
                .is_none()
            {
                return;
            }
            let mut resource = Resource::new(node, &self.context.schema());
            resource.conditional = conditional;
            self.absorb(accumulator, resource, &note, chart.span);
        }
    }
}

/// The documents of a chart, read as kustomize reads them.
struct Documents<'a> {
    context: &'a Context<'a>,
    /// What is read of each text, where that is as many documents as the chart says.
    texts: HashMap<FileId, Vec<Node>>,
    takes_placeholders: bool,
}

impl<'a> Documents<'a> {
    fn new(context: &'a Context<'a>, rendered: &RenderedChart) -> Self {
        let mut texts = HashMap::new();
        let all = rendered.documents.iter();
        for text in all.filter_map(|document| document.text.as_ref()) {
            texts.entry(text.file.id).or_insert_with(|| {
                let placing = Placing::File(text.file.id);
                let read = read(&text.file.text, &placing, &context.bounds);
                let is_same = read.problems.is_empty() && read.documents.len() == text.count;
                if is_same { read.documents } else { Vec::new() }
            });
        }
        Self {
            context,
            texts,
            takes_placeholders: rendered.takes_placeholders,
        }
    }

    fn node(&self, document: &ChartDocument) -> Node {
        let foreign = Foreign {
            placing: None,
            unknowns: (!self.takes_placeholders).then_some(&self.context.unknowns),
        };
        let text = document.text.as_ref();
        let node = text.and_then(|text| self.texts.get(&text.file.id)?.get(text.index));
        match node {
            Some(node) => placed(node.clone(), &document.tree, &foreign),
            None => of_tree(&document.tree, NodeId::ROOT, &foreign),
        }
    }
}
