//! Which checks run, and how they are configured.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::sync::Arc;

use check::{Check, Library, PodSecurity, Severity};
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
        let enabled = configured(library, config, "enable", &config.enable)?;
        let mut chosen = HashSet::new();
        if options.select.is_empty() {
            chosen.extend(
                library
                    .checks
                    .iter()
                    .filter(|check| check.on)
                    .map(|check| check.id.clone()),
            );
            chosen.extend(enabled);
        } else {
            chosen.extend(ids(library, &options.select)?);
        }
        let mut disabled = configured(library, config, "disable", &config.disable)?;
        // What the call names itself is wanted, whatever the configuration says.
        let named = |check: &Arc<Check>| options.select.iter().any(|name| check.is_called(name));
        disabled.retain(|id| {
            !library
                .checks
                .iter()
                .any(|check| check.id == *id && named(check))
        });
        disabled.extend(ids(library, &options.ignore)?);
        for id in disabled {
            chosen.remove(&id);
        }
        let checks: Vec<Arc<Check>> = library
            .checks
            .iter()
            .filter(|check| chosen.contains(&check.id))
            .cloned()
            .collect();
        if checks.is_empty() {
            return Err(Error::NoCheck);
        }
        Ok(Self {
            checks,
            severities: severities(library, config, &["severity"], &config.severity)?,
            settings: settings(library, config)?,
        })
    }

    /// The names of the checks.
    pub(crate) fn names(&self) -> HashSet<&str> {
        self.checks.iter().map(|check| check.id.as_str()).collect()
    }
}

impl Selection {
    /// The checks to judge by: those that were chosen, those for secrets, whose places output must hide, and those of the Pod
    /// Security Standards where levels are told.
    pub(crate) fn judged(&self, library: &Library, tells_levels: bool) -> Vec<Arc<Check>> {
        let chosen = |check: &Arc<Check>| self.checks.iter().any(|chosen| chosen.id == check.id);
        library
            .checks
            .iter()
            .filter(|check| check.secret || chosen(check) || tells_levels && is_of_level(check))
            .cloned()
            .collect()
    }
}

/// Whether a check is a part of the Pod Security Standards.
fn is_of_level(check: &Check) -> bool {
    check.pod_security != PodSecurity::default()
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

/// The ids of the checks that names in a list of the configuration mean.
fn configured(
    library: &Library,
    config: &Config,
    key: &str,
    names: &[String],
) -> Result<Vec<SmolStr>, Error> {
    let mut found = Vec::new();
    for name in names {
        let ids = ids(library, std::slice::from_ref(name));
        found.extend(ids.map_err(|error| within(config, &[key, name], &error))?);
    }
    Ok(found)
}

/// An error, told of the configuration.
pub(crate) fn within(config: &Config, path: &[&str], error: &Error) -> Error {
    config.error(path, error.to_string(), error.help())
}

fn unknown(library: &Library, name: &str) -> Error {
    let checks = || library.checks.iter();
    let severities = Severity::ALL.map(Severity::text);
    let names = checks()
        .map(|check| check.id.as_str())
        .chain(checks().map(|check| check.subject.as_str()))
        .chain(severities)
        .chain(["all"]);
    let nearest = source::nearest(name, names);
    Error::UnknownCheck {
        name: source::neutral(name).into_owned(),
        nearest: nearest.map(str::to_owned),
    }
}

/// The severities that a configuration gives to checks at a path.
pub(crate) fn severities(
    library: &Library,
    config: &Config,
    path: &[&str],
    given: &BTreeMap<String, String>,
) -> Result<HashMap<SmolStr, Severity>, Error> {
    let mut severities = HashMap::new();
    for (name, word) in given {
        let path = [path, &[name]].concat();
        let severity = Severity::parse(word).ok_or_else(|| {
            let message = format!("`{}` is no severity", source::neutral(word));
            let words = Severity::ALL.map(Severity::text).join(", ");
            config.error(&path, message, Some(format!("the severities are {words}")))
        })?;
        let ids = ids(library, std::slice::from_ref(name));
        for id in ids.map_err(|error| within(config, &path, &error))? {
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
        let path = ["settings", name];
        let checks: Vec<&Arc<Check>> = library.named(name).collect();
        if checks.is_empty() {
            return Err(within(config, &path, &unknown(library, name)));
        }
        for check in checks {
            check_settings(check, &tree, NodeId::ROOT).map_err(|misfit| {
                let path = [path[0], path[1], &misfit.key];
                config.error(&path, misfit.message, Some(misfit.help))
            })?;
            settings.insert(check.id.clone(), (Arc::clone(&tree), NodeId::ROOT));
        }
    }
    Ok(settings)
}

/// A setting that does not fit a check.
#[derive(Debug)]
pub(crate) struct Misfit {
    /// The name of the setting.
    key: SmolStr,
    /// What is wrong, as a fragment.
    pub(crate) message: String,
    /// What to do about it.
    help: String,
}

/// Whether a check has all of these settings, with values of the defaults' types.
///
/// # Errors
/// Names the setting that does not fit.
pub(crate) fn check_settings(check: &Check, tree: &Tree, map: NodeId) -> Result<(), Misfit> {
    for node in tree.children(map) {
        let Some(key) = &tree.node(node).key else {
            continue;
        };
        let name = source::neutral(&key.text);
        let misfit = |message: String, help: String| {
            Err(Misfit {
                key: key.text.clone(),
                message,
                help,
            })
        };
        let default = check
            .settings
            .and_then(|settings| check.tree.get(settings, &key.text));
        let Some(default) = default else {
            let message = format!("the check {} has no setting `{name}`", check.id);
            return misfit(message, meant(check, &key.text));
        };
        let (wanted, given) = (
            check.tree.node(default).data.kind(),
            tree.node(node).data.kind(),
        );
        if wanted != given && wanted != Some(graph::Type::Null) {
            let message = format!(
                "the setting `{name}` of {} is {}, and its default is {}",
                check.id,
                kind_name(given),
                kind_name(wanted)
            );
            return misfit(message, explain(check));
        }
    }
    Ok(())
}

/// The setting that was probably meant.
fn meant(check: &Check, name: &str) -> String {
    match source::nearest(name, check.settings()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => explain(check),
    }
}

fn kind_name(kind: Option<graph::Type>) -> &'static str {
    match kind {
        Some(graph::Type::Null) => "null",
        Some(graph::Type::Bool) => "true or false",
        Some(graph::Type::Number) => "a number",
        Some(graph::Type::String) => "text",
        Some(graph::Type::List) => "a list",
        Some(graph::Type::Map) => "a map",
        None => "unknown",
    }
}

fn explain(check: &Check) -> String {
    format!("`scantling explain {}` shows its settings", check.id)
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
