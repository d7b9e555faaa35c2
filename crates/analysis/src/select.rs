//! Which checks run, and how they are configured.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use check::{Check, Library, Severity};
use graph::{Data, NodeId, Tree};
use smol_str::SmolStr;
use source::{FileId, SourceFile};

use crate::config::Config;
use crate::error::Error;
use crate::options::Options;

/// The checks of a run, with their configuration.
pub(crate) struct Selection {
    pub(crate) checks: Vec<Arc<Check>>,
    pub(crate) severities: HashMap<SmolStr, Severity>,
    pub(crate) settings: HashMap<SmolStr, (Arc<Tree>, NodeId)>,
}

impl Selection {
    /// Chooses the checks of `library` that the call and the configuration ask for.
    ///
    /// # Errors
    /// When a name means no check, a severity is none, or a check lacks a setting.
    pub(crate) fn new(
        library: &Library,
        options: &Options,
        config: &Config,
    ) -> Result<Self, Error> {
        let mut chosen = HashSet::new();
        if options.select.is_empty() {
            chosen.extend(
                library
                    .checks
                    .iter()
                    .filter(|check| check.on)
                    .map(|check| check.id.clone()),
            );
            chosen.extend(ids(library, &config.enable)?);
        } else {
            chosen.extend(ids(library, &options.select)?);
        }
        let ignored = [
            ids(library, &config.disable)?,
            ids(library, &options.ignore)?,
        ]
        .concat();
        for id in ignored {
            chosen.remove(&id);
        }
        let checks = library
            .checks
            .iter()
            .filter(|check| chosen.contains(&check.id))
            .cloned()
            .collect();
        Ok(Self {
            checks,
            severities: severities(library, &config.severity)?,
            settings: settings(library, config)?,
        })
    }
}

impl Selection {
    /// The checks to judge by: those that were chosen, and those for secrets, whose places output must hide.
    pub(crate) fn judged(&self, library: &Library) -> Vec<Arc<Check>> {
        let chosen = |check: &Arc<Check>| self.checks.iter().any(|chosen| chosen.id == check.id);
        library
            .checks
            .iter()
            .filter(|check| check.secret || chosen(check))
            .cloned()
            .collect()
    }
}

/// The ids of the checks that names mean.
pub(crate) fn ids(library: &Library, names: &[String]) -> Result<Vec<SmolStr>, Error> {
    let mut found = Vec::new();
    for name in names {
        let before = found.len();
        if name == "all" {
            found.extend(library.checks.iter().map(|check| check.id.clone()));
        } else {
            found.extend(library.named(name).map(|check| check.id.clone()));
        }
        if found.len() == before {
            return Err(unknown(library, name));
        }
    }
    Ok(found)
}

fn unknown(library: &Library, name: &str) -> Error {
    let nearest = source::nearest(name, library.checks.iter().map(|check| check.id.as_str()));
    Error::UnknownCheck {
        name: source::neutral(name).into_owned(),
        nearest: nearest.map(str::to_owned),
    }
}

/// The severities that a configuration gives to checks.
pub(crate) fn severities<'a>(
    library: &Library,
    given: impl IntoIterator<Item = (&'a String, &'a String)>,
) -> Result<HashMap<SmolStr, Severity>, Error> {
    let mut severities = HashMap::new();
    for (name, word) in given {
        let severity = Severity::parse(word).ok_or_else(|| Error::Config {
            path: "scantling.yaml".into(),
            line: None,
            message: format!("the severity of {name} is one of info, low, medium, high, critical"),
        })?;
        for id in ids(library, std::slice::from_ref(name))? {
            severities.insert(id, severity);
        }
    }
    Ok(severities)
}

fn settings(
    library: &Library,
    config: &Config,
) -> Result<HashMap<SmolStr, (Arc<Tree>, NodeId)>, Error> {
    let mut settings = HashMap::new();
    for (name, values) in &config.settings {
        let tree = Arc::new(tree_of(values));
        let failed = |message| Error::Config {
            path: config.file.clone(),
            line: None,
            message,
        };
        let checks: Vec<&Arc<Check>> = library.named(name).collect();
        if checks.is_empty() {
            return Err(unknown(library, name));
        }
        for check in checks {
            check_settings(check, &tree, NodeId::ROOT).map_err(failed)?;
            settings.insert(check.id.clone(), (Arc::clone(&tree), NodeId::ROOT));
        }
    }
    Ok(settings)
}

/// Whether a check has all of these settings, with values of the defaults' types.
///
/// # Errors
/// Names the setting that it has not.
pub(crate) fn check_settings(check: &Check, tree: &Tree, map: NodeId) -> Result<(), String> {
    for node in tree.children(map) {
        let Some(key) = &tree.node(node).key else {
            continue;
        };
        let default = check
            .settings
            .and_then(|settings| check.tree.get(settings, &key.text));
        let Some(default) = default else {
            return Err(format!(
                "the check {} has no setting `{}`",
                check.id,
                source::neutral(&key.text)
            ));
        };
        let (wanted, given) = (
            check.tree.node(default).data.kind(),
            tree.node(node).data.kind(),
        );
        if wanted != given && wanted != Some(graph::Type::Null) {
            return Err(format!(
                "the setting `{}` of {} has a value of another type than its default",
                key.text, check.id
            ));
        }
    }
    Ok(())
}

/// The tree of values that serde read: settings have no place in scanned input.
fn tree_of(values: &serde_yaml::Mapping) -> Tree {
    let text = serde_yaml::to_string(values).unwrap_or_default();
    let file = SourceFile::new(FileId(u32::MAX), "settings", text);
    let document = yaml::read(&file, &yaml::Options::default())
        .documents
        .into_iter()
        .next();
    document.map_or_else(
        || Tree::new(Data::Map, file.span()),
        |document| document.tree,
    )
}
