//! What a run gives to charts: values, the release, and the cluster.

use std::path::Path;
use std::sync::Arc;

use ::helm::render::{Capabilities, KubeVersion, Release};
use ::helm::set::{Form, set};
use ::helm::value::{Map, MapType};
use ::helm::values;
use source::{FileSystem, Limits, SourceFile};

use super::environments::Environment;
use super::running::RunningReleases;
use super::values::ValuesFile;
use crate::config::Config;
use crate::discover::clean;
use crate::error::Error;
use crate::named::NamedFiles;
use crate::options::{HelmOptions, Options};

/// What all charts of a run are rendered with.
#[derive(Clone, Default)]
pub(crate) struct Settings {
    /// The files of values that the call names, the weakest first.
    files: Vec<Arc<ValuesFile>>,
    /// The values that the call sets.
    sets: Vec<Setting>,
    pub(super) release: Release,
    /// Whether the call says the name of the release.
    is_named: bool,
    /// The releases that run in the cluster which is read beside the charts.
    running: RunningReleases,
    pub(crate) capabilities: Capabilities,
    /// The environments that the configuration declares, by name.
    pub(super) environments: Vec<Environment>,
}

/// A value that the call sets, and the text of the file that it names.
#[derive(Clone)]
struct Setting {
    form: Form,
    argument: String,
    file: Option<String>,
}

impl Settings {
    /// Reads what the configuration and the call give.
    ///
    /// # Errors
    /// When a file of values can't be read, or an argument is not in Helm's grammar.
    pub(crate) fn read(
        named: &NamedFiles<'_>,
        options: &Options,
        config: &Config,
    ) -> Result<Self, Error> {
        let values = |file| Arc::new(ValuesFile::read(file));
        let called = options.helm.values.iter();
        let called = called.map(|path| named.called(path).map(values));
        let mut environments = Vec::new();
        for (name, environment) in &config.environments {
            let key = ["environments", name, "values"];
            let own = environment.values.iter();
            let own = own.map(|path| named.configured(config, &key, path).map(values));
            environments.push(Environment {
                name: Some(name.into()),
                files: own.collect::<Result<_, _>>()?,
            });
        }
        environments.retain(|environment| !environment.files.is_empty());
        let settings = Self {
            files: called.collect::<Result<_, _>>()?,
            sets: sets(named.system, options)?,
            release: release(&options.helm),
            is_named: options.helm.release.is_some(),
            running: RunningReleases::default(),
            capabilities: capabilities(options)?,
            environments,
        };
        settings.set(&Map::new(&MapType::ANY, []))?;
        Ok(settings)
    }

    /// The same settings, where releases run of which charts are rendered.
    pub(crate) fn with_running(self, running: RunningReleases) -> Self {
        Self { running, ..self }
    }

    /// The release that a chart is rendered as: the only one that runs of it, unless the call names one.
    pub(super) fn release_of(&self, chart: &str) -> Release {
        let mut running = self.running.of_chart(chart);
        let release = self.release.clone();
        match (running.next(), running.next()) {
            (Some((name, namespace)), None) if !self.is_named => Release {
                name: name.into(),
                namespace: namespace.into(),
                assumes_namespace: false,
                ..release
            },
            _ => release,
        }
    }

    /// The releases that run of a chart where there are several, and the call does not say which is meant.
    pub(super) fn several_of(&self, chart: &str) -> Option<Vec<&str>> {
        let running = self.running.of_chart(chart).map(|(name, _)| name);
        let names: Vec<&str> = running.collect();
        (names.len() > 1 && !self.is_named).then_some(names)
    }

    /// Whether the call gives values, so that files beside a chart make no environments.
    pub(super) fn gives_values(&self) -> bool {
        !self.files.is_empty() || !self.sets.is_empty()
    }

    /// The same settings, where a file of values that the call or the configuration names has another text.
    pub(super) fn changed(&self, shown: &Path, text: &str) -> Self {
        let mut settings = self.clone();
        let environments = settings.environments.iter_mut();
        let declared = environments.flat_map(|environment| &mut environment.files);
        for file in declared.chain(&mut settings.files) {
            if file.file.path == shown {
                let changed = SourceFile::new(file.file.id, shown, text);
                *file = Arc::new(ValuesFile::read(Arc::new(changed)));
            }
        }
        settings
    }

    /// The files of values that the call names.
    pub(super) fn files(&self) -> &[Arc<ValuesFile>] {
        &self.files
    }

    /// The values of files and then of the call, on top of each other. Faults of files are told where they are read.
    pub(super) fn values(&self, files: &[Arc<ValuesFile>]) -> Map {
        let mut map = Map::new(&MapType::ANY, []);
        for own in files
            .iter()
            .chain(&self.files)
            .filter_map(|file| file.map())
        {
            map = values::merge(&map, &own);
        }
        // The arguments were all tried when they were read.
        let _ = self.set(&map);
        map
    }

    fn set(&self, map: &Map) -> Result<(), Error> {
        for form in Form::ORDER {
            for setting in self.sets.iter().filter(|setting| setting.form == form) {
                let file = |_: &str| Ok(setting.file.clone().unwrap_or_default());
                set(form, &setting.argument, map, &file).map_err(|error| Error::Set {
                    argument: format!("{} {}", form.flag(), setting.argument),
                    message: error.message,
                })?;
            }
        }
        Ok(())
    }
}

/// The values that the call sets, with the texts of files that `--set-file` names.
fn sets(system: &dyn FileSystem, options: &Options) -> Result<Vec<Setting>, Error> {
    let read = |path: &str| {
        let full = clean(&options.directory.join(path));
        let bytes = system.read(&full, Limits::default());
        bytes.map_err(|source| Error::Read {
            path: path.into(),
            source,
        })
    };
    let settings = options.helm.set.iter().map(|(form, argument)| {
        let path = argument.split_once('=').map(|(_, path)| path);
        let file = match (form, path) {
            (Form::File, Some(path)) => Some(String::from_utf8_lossy(&read(path)?).into_owned()),
            _ => None,
        };
        Ok(Setting {
            form: *form,
            argument: argument.clone(),
            file,
        })
    });
    settings.collect()
}

fn release(given: &HelmOptions) -> Release {
    let assumed = Release::default();
    Release {
        name: given.release.clone().unwrap_or(assumed.name),
        assumes_namespace: given.namespace.is_none(),
        namespace: given.namespace.clone().unwrap_or(assumed.namespace),
        is_upgrade: given.is_upgrade,
        ..Release::default()
    }
}

/// The cluster that the call names.
///
/// # Errors
/// When its version is none.
pub(crate) fn capabilities(options: &Options) -> Result<Capabilities, Error> {
    let version = match &options.kubernetes_version {
        None => KubeVersion::default(),
        Some(text) => {
            KubeVersion::parse(text).map_err(|_| Error::Version { text: text.clone() })?
        }
    };
    Ok(Capabilities {
        version,
        apis: options.helm.api_versions.clone(),
    })
}
