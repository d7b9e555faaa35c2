//! Charts as releases of Terraform install them.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use ::helm::render;
use ::helm::set::{Form, set_value, set_written};
use ::helm::value::{Map, MapType, Mark, Value};
use ::helm::values;
use ::terraform::helm::{SetForm, SetValue};
use graph::{Cause, Data, NodeId, Tree, Unknown};
use source::{FileId, FileSystem, Level, Problem, Span};

use super::Reader;
use super::charts::{CHART_FILE, Charts, is_archive};
use super::passages::{note, passages};
use super::rendering::Job;
use super::written::{holds_unknown, written};
use crate::project::Declared;
use crate::terraform::{Chart, Places, Release};

/// The releases that install charts, by the paths of these.
#[derive(Default)]
pub(super) struct Releases<'a> {
    pub(super) of_chart: BTreeMap<PathBuf, Vec<&'a Release>>,
    /// What is said of those whose chart is not there.
    pub(super) problems: Vec<Problem>,
}

impl Reader<'_> {
    /// Finds the charts of releases: those of the walk by their paths there.
    pub(super) fn find<'r>(
        &self,
        releases: &'r [Release],
        places: &Places,
        charts: &Charts,
    ) -> Releases<'r> {
        let walked: HashMap<PathBuf, &PathBuf> = charts
            .roots
            .iter()
            .map(|root| (places.full(root), root))
            .collect();
        let mut found = Releases::default();
        for release in releases {
            let path = match release.chart() {
                Chart::Local(path) => places.full(&path),
                Chart::Elsewhere(why) => {
                    found.problems.push(release.not_rendered(&why));
                    continue;
                }
            };
            let path = walked.get(&path).map_or(path, |root| (*root).clone());
            if self.holds_chart(&path, release) {
                found.of_chart.entry(path).or_default().push(release);
            } else {
                let why = "no chart stands at this path in the input";
                found.problems.push(release.not_rendered(why));
            }
        }
        found
    }

    fn holds_chart(&self, path: &Path, release: &Release) -> bool {
        let confined = source::Confined::new(self.system, vec![release.boundary.clone()]);
        let system: &dyn FileSystem = match path.starts_with(&release.boundary) {
            true => &confined,
            false => self.system,
        };
        match is_archive(path) {
            true => system.exists(path),
            false => system.exists(&path.join(CHART_FILE)),
        }
    }
}

/// The values of a release, and what of them is told beside the chart.
pub(super) struct Given<'a> {
    release: &'a Release,
    tree: &'a Tree,
    /// Why nothing is known of any value for certain.
    open: Option<Arc<Unknown>>,
}

impl<'a> Given<'a> {
    pub(super) fn of(release: &'a Release) -> Self {
        let tree = &release.resource.tree;
        Self {
            release,
            tree,
            open: open(release),
        }
    }

    /// What the release asks to be rendered.
    pub(super) fn job(&self, reader: &Reader<'_>, problems: &mut Vec<Problem>) -> Job {
        let request = &self.release.request;
        let written = |node: Option<NodeId>| node.map(|node| written(self.tree, node));
        let text = |node: Option<NodeId>| node.and_then(|node| self.tree.as_text(node));
        let assumed = render::Release::default();
        let release = render::Release {
            name: text(request.name).map_or(assumed.name, ToString::to_string),
            namespace: text(request.namespace).map_or(assumed.namespace, ToString::to_string),
            written_name: written(request.name),
            written_namespace: written(request.namespace),
            ..render::Release::default()
        };
        Job {
            set: self.values(reader, problems),
            release,
            apis: Vec::new(),
            open_values: self.open.clone(),
            is_guess: self.is_guess(),
            environment: self.release.resource.environment.clone(),
            environments: self.release.environments,
            values: self.trees(),
        }
    }

    /// Whether some of the values are unknown.
    fn is_guess(&self) -> bool {
        let request = &self.release.request;
        let single = request.set.iter().filter_map(|one| one.value);
        let own = request.name.into_iter().chain(request.namespace);
        let own = own.chain(single).map(|node| (self.tree, node));
        let trees = self.release.values.iter().flatten();
        let mut all = own.chain(trees.map(|tree| (tree.as_ref(), NodeId::ROOT)));
        self.open.is_some() || all.any(|(tree, node)| holds_unknown(tree, node))
    }

    /// The texts of values on top of each other, and then the single ones.
    fn values(&self, reader: &Reader<'_>, problems: &mut Vec<Problem>) -> Map {
        let mut map = Map::new(&MapType::ANY, []);
        let known = |tree: &&Arc<Tree>| !matches!(tree.node(NodeId::ROOT).data, Data::Unknown(_));
        for tree in self.release.values.iter().flatten().filter(known) {
            let file = reader.sources.get(tree.node(NodeId::ROOT).span.file);
            match values::of_tree(tree, &file) {
                Ok(own) => map = values::merge(&map, &own),
                Err(problem) => problems.push(problem),
            }
        }
        let texts = self.release.request.values.iter();
        for (node, document) in texts.zip(&self.release.values) {
            let found = self.tree.node(*node);
            if document.is_none() && matches!(found.data, Data::String(_)) {
                let message = "the values of the release are no YAML";
                let problem = Problem::at(Level::Error, "chart-values", message, found.span);
                problems.push(problem);
            }
        }
        for one in &self.release.request.set {
            if let Err(message) = self.set(one, &map) {
                let span = self.tree.node(one.name).span;
                problems.push(Problem::at(Level::Error, "chart-values", message, span));
            }
        }
        map
    }

    fn set(&self, one: &SetValue, map: &Map) -> Result<(), String> {
        let Some(path) = self.tree.as_text(one.name) else {
            return Ok(());
        };
        let Some(node) = one.value else {
            return Ok(());
        };
        let span = self.tree.node(node).span;
        let ty = one.ty.and_then(|ty| self.tree.as_text(ty));
        let form = match ty.map(graph::SmolStr::as_str) {
            Some("string") => Form::String,
            Some("literal") => Form::Literal,
            _ => Form::Set,
        };
        let result = match (one.form, self.argument(node)) {
            (SetForm::List, Some(items)) => {
                set_written(form, &format!("{path}={{{items}}}"), map, span)
            }
            (_, Some(text)) => set_written(form, &format!("{path}={text}"), map, span),
            (_, None) => set_value(path, self.unknown(node), map, span),
        };
        result.map_err(|error| error.message)
    }

    /// A value as the text of an argument, the items of a list with commas between them; nothing where a part is unknown.
    fn argument(&self, node: NodeId) -> Option<String> {
        let found = self.tree.node(node);
        match &found.data {
            Data::String(text) => Some(text.to_string()),
            Data::Bool(truth) => Some(truth.to_string()),
            Data::Int(number) => Some(number.to_string()),
            Data::Float(number) => Some(number.to_string()),
            Data::List if self.tree.open(node).is_none() => {
                let items = self.tree.children(node).map(|item| self.argument(item));
                Some(items.collect::<Option<Vec<_>>>()?.join(","))
            }
            _ => None,
        }
    }

    fn unknown(&self, node: NodeId) -> Value {
        let mark = Mark::default();
        match &self.tree.node(node).data {
            Data::Partial(pieces) => Value::text(values::pieced(pieces, &mark)),
            Data::Unknown(unknown) => {
                // Terraform has a text of it, but Helm may read anything in that.
                let mut unknown = (**unknown).clone();
                unknown.known.kind = None;
                values::unknown(&unknown, &mark)
            }
            _ => {
                let open = self.tree.open(node).map(|open| (**open).clone());
                let open = open.unwrap_or_else(|| unsure("parts of the value are unknown"));
                values::unknown(&open, &mark)
            }
        }
    }

    /// The values as trees, for the places of lists and maps in them.
    fn trees(&self) -> HashMap<FileId, Arc<Tree>> {
        let trees = self.release.values.iter().flatten();
        trees
            .map(|tree| (tree.node(NodeId::ROOT).span.file, Arc::clone(tree)))
            .collect()
    }

    /// The files that values stand in which are not those of the release.
    pub(super) fn files(&self) -> Vec<FileId> {
        let own = self.release.resource.span().file;
        let mut files: Vec<FileId> = self.trees().into_keys().collect();
        files.retain(|file| *file != own);
        files.sort_unstable();
        files
    }

    /// Tells of what the chart declares what only the release knows: what its values came through, and which are secret.
    pub(super) fn tell(&self, declared: &mut [Declared]) {
        let documents = self.release.values.iter().flatten();
        let trees = documents.map(AsRef::as_ref).chain([self.tree]);
        let passages = passages(trees);
        let secrets: HashSet<Span> = self.release.secrets.iter().copied().collect();
        for declared in declared {
            let resource = Arc::make_mut(&mut declared.resource);
            let of_release = &self.release.resource.conditional;
            if let Some(conditional) = of_release {
                resource.conditional = Some(Arc::clone(conditional));
            }
            note(resource, &passages, &secrets);
            declared.calls.clone_from(&self.release.calls);
            declared.foreign = self.release.foreign;
        }
    }
}

/// Why it can't be known whether any value of a release is what it seems to be.
fn open(release: &Release) -> Option<Arc<Unknown>> {
    let request = &release.request;
    let tree = &release.resource.tree;
    let unread = request.values.iter().zip(&release.values);
    let mut unread = unread.filter(|(_, document)| document.is_none());
    if let Some((node, _)) = unread.next() {
        return Some(Arc::new(match &tree.node(*node).data {
            Data::Unknown(unknown) => (**unknown).clone(),
            _ => unsure("parts of the values of the release can't be read"),
        }));
    }
    let documents = release.values.iter().flatten();
    let mut rests = documents.filter_map(|document| match &document.node(NodeId::ROOT).data {
        Data::Unknown(unknown) => Some(unknown),
        _ => document.open(NodeId::ROOT),
    });
    if let Some(rest) = rests.next() {
        return Some(Arc::clone(rest));
    }
    let mut names = request.set.iter().map(|one| one.name);
    let is_unknown = names.any(|name| tree.as_text(name).is_none());
    let unknown = || Arc::new(unsure("the release sets further values that are unknown"));
    (request.is_open || is_unknown).then(unknown)
}

fn unsure(why: &str) -> Unknown {
    Unknown::new(Cause::Other(why.into()))
}
