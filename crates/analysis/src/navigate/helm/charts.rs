//! In which chart a file stands, and how the chart on top calls the values of that one.

use std::path::{Path, PathBuf};

use graph::{Data, NodeId, Tree};
use smol_str::SmolStr;

use crate::helm::CHART_FILE;
use crate::navigate::texts::Texts;

/// Where a file stands.
pub(super) struct Place {
    /// The folder of its chart.
    pub(super) chart: PathBuf,
    /// The folder of the chart on top, which is the same where the chart is in no other.
    pub(super) top: PathBuf,
    /// The keys under which the values of the chart stand in those of the chart on top.
    prefix: Vec<SmolStr>,
}

impl Place {
    /// The chart of a file; nothing where it is in none.
    pub(super) fn of(texts: &Texts<'_>, path: &Path) -> Option<Self> {
        let is_chart = |folder: &&Path| texts.inputs.contains(&folder.join(CHART_FILE));
        let mut charts: Vec<&Path> = path.ancestors().skip(1).filter(is_chart).collect();
        charts.reverse();
        let around = charts.iter().zip(charts.iter().skip(1));
        let prefix = around.map(|(outer, inner)| name(texts, outer, inner));
        Some(Self {
            chart: charts.last()?.to_path_buf(),
            top: charts.first()?.to_path_buf(),
            prefix: prefix.collect(),
        })
    }

    /// A key of the chart's values, as the chart on top calls it. Global values are the same for all.
    pub(super) fn key(&self, path: &[SmolStr]) -> Vec<SmolStr> {
        match path.first() {
            Some(first) if first == "global" => path.to_vec(),
            _ => self.prefix.iter().chain(path).cloned().collect(),
        }
    }
}

/// How a chart calls one in it: by the alias of the dependency, else by its name.
fn name(texts: &Texts<'_>, outer: &Path, inner: &Path) -> SmolStr {
    let folder = inner
        .file_name()
        .map(|name| SmolStr::from(name.to_string_lossy()));
    let own = declaration(texts, inner);
    let own = own.and_then(|tree| text(&tree, NodeId::ROOT, "name"));
    let name = own.or(folder).unwrap_or_default();
    let outer = declaration(texts, outer);
    let alias = outer.and_then(|tree| {
        let dependencies = tree.get(NodeId::ROOT, "dependencies")?;
        let mut dependencies = tree.children(dependencies);
        let own = dependencies.find(|one| text(&tree, *one, "name").as_ref() == Some(&name))?;
        text(&tree, own, "alias")
    });
    alias.unwrap_or(name)
}

fn text(tree: &Tree, node: NodeId, key: &str) -> Option<SmolStr> {
    match &tree.node(tree.get(node, key)?).data {
        Data::String(text) => Some(text.clone()),
        _ => None,
    }
}

fn declaration(texts: &Texts<'_>, chart: &Path) -> Option<Tree> {
    let file = texts.read(&chart.join(CHART_FILE))?;
    let yaml = yaml::read(&file, &yaml::Options::default());
    Some(yaml.documents.into_iter().next()?.tree)
}
