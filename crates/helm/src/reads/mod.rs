//! What templates read of the values of a chart, whatever the values are: every branch is walked, and what goes where nobody
//! can follow it counts as read.

mod calls;
mod function;
mod parts;
mod paths;
mod pipeline;
mod plain;
mod seen;
mod walk;

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use graph::{Data, Tree};
use smol_str::SmolStr;
use source::Span;

use crate::chart::{Chart, ChartFile};
use crate::template::{Template, TemplateSource, parse};

use parts::Parts;
use plain::Runs;
use seen::{PartId, Seen};
use walk::Walk;

pub use paths::Paths;
pub use plain::Plain;

/// What texts hold that may be templates.
const ACTION: &str = "{{";

/// What the templates of a chart, and of the charts in it, do with its values.
#[derive(Debug, Default)]
pub struct Reads {
    /// What is read.
    pub read: Paths,
    /// What is printed as it is.
    pub printed: Paths,
    /// The calls of functions that answer differently at each call, in the chart's own templates.
    pub impure: Vec<(&'static str, Span)>,
    /// What the chart's own templates print without asking for it.
    pub plain: Plain,
    /// Why more may be read than is known here.
    pub lost: Option<String>,
}

/// What a chart reads of values. `values` are all that it may be given, because they may hold templates themselves.
#[must_use]
pub fn reads(chart: &Arc<Chart>, values: &[Arc<Tree>]) -> Reads {
    let mut walk = Walk::new(Parts::of(chart));
    let mut reads = Reads::default();
    let mut files: Vec<(Arc<Template>, PartId)> = Vec::new();
    for id in 0..walk.parts.all.len() {
        let chart = Arc::clone(&walk.parts.all[id].chart);
        for file in &chart.templates {
            match parsed(file) {
                Ok(templates) => {
                    if id == 0 {
                        calls::add_impure(&templates, &mut reads.impure);
                    }
                    if id == 0 || chart.is_library() {
                        reads.plain.add_asked(&templates);
                    }
                    let runs = !chart.is_library() && !is_partial(&file.name);
                    files.extend(
                        templates
                            .iter()
                            .filter(|one| runs && one.name == file.name)
                            .map(|one| (Arc::clone(one), id)),
                    );
                    templates
                        .into_iter()
                        .for_each(|template| walk.define(template));
                }
                Err(()) => {
                    let message = format!("the template {} can't be read", file.name);
                    reads.lost.get_or_insert(message);
                }
            }
        }
    }
    let mut read = std::mem::take(&mut walk.read);
    walk.parts.read_declarations(&mut read);
    walk.read = read;
    add_plain(&files, chart, &walk, &mut reads.plain);
    for (template, part) in files {
        walk.template(&template, &Seen::top(part));
    }
    walk_texts(&mut walk, values);
    if walk.is_lost() {
        let message = "its templates are too involved to tell which values they read";
        reads.lost.get_or_insert(message.into());
    }
    for path in &walk.printed {
        reads.printed.add(path);
    }
    reads.read = walk.read;
    reads
}

/// Adds what the templates of the chart on top print, as its values are.
fn add_plain(files: &[(Arc<Template>, PartId)], chart: &Chart, walk: &Walk, plain: &mut Plain) {
    let mut runs = Runs {
        templates: &walk.templates,
        values: chart.values.as_deref(),
        called: HashSet::new(),
        plain,
    };
    let is_own = |template: &Template, part| part == 0 && !template.name.ends_with("NOTES.txt");
    for (template, _) in files.iter().filter(|(one, part)| is_own(one, *part)) {
        runs.template(template);
    }
}

/// Walks the texts that `tpl` may be given, with all that it may give them as `.`.
fn walk_texts(walk: &mut Walk, values: &[Arc<Tree>]) {
    let mut texts = BTreeSet::new();
    for tree in values {
        add_texts(tree, &mut texts);
    }
    for part in &walk.parts.all {
        if let Some(tree) = &part.chart.values {
            add_texts(tree, &mut texts);
        }
        let files = part.chart.files.iter().filter_map(ChartFile::text);
        texts.extend(
            files
                .filter(|file| file.text.contains(ACTION))
                .map(|file| SmolStr::new(&*file.text)),
        );
    }
    let templates = texts.iter().filter_map(|text| read_text(walk, text));
    let mut templates: Vec<Arc<Template>> = templates.collect();
    let mut known = (0, 0);
    // Such a text may call `tpl` itself.
    while known != (walk.dots.len(), walk.texts.len()) && !walk.is_lost() {
        known = (walk.dots.len(), walk.texts.len());
        for text in walk.texts.clone() {
            if texts.insert(text.clone()) {
                match read_text(walk, &text) {
                    Some(template) => templates.push(template),
                    // A part of a text that is put together.
                    None => walk.stop(),
                }
            }
        }
        for dot in walk.dots.clone() {
            for template in &templates {
                walk.template(template, &dot);
            }
        }
    }
}

/// Reads a text that may be a template, and defines what it defines.
fn read_text(walk: &mut Walk, text: &str) -> Option<Arc<Template>> {
    const NAME: &str = "gotpl";
    let source = TemplateSource {
        name: NAME.into(),
        text: text.into(),
        file: None,
    };
    let mut main = None;
    for template in parse(&Arc::new(source)).ok()? {
        match template.name.as_str() {
            NAME => main = Some(template),
            _ => walk.define(template),
        }
    }
    main
}

fn add_texts(tree: &Tree, texts: &mut BTreeSet<SmolStr>) {
    let mut open = vec![graph::NodeId::ROOT];
    while let Some(id) = open.pop() {
        open.extend(tree.children(id));
        if let Data::String(text) = &tree.node(id).data
            && text.contains(ACTION)
        {
            texts.insert(text.clone());
        }
    }
}

fn parsed(file: &ChartFile) -> Result<Vec<Arc<Template>>, ()> {
    let text = file.text().ok_or(())?;
    let source = || TemplateSource::of_file(&file.name, text);
    let read = file.kept.read(&file.name, source);
    read.parsed.clone().map_err(|_| ())
}

fn is_partial(name: &str) -> bool {
    let last = name.rsplit('/').next();
    last.is_some_and(|last| last.starts_with('_'))
}
