//! What the call and the configuration settle for a run: the checks, and how inputs are read.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use check::{Against, Judge, Library};
use kubernetes::Version;
use kubernetes::snapshot::{self, Snapshot, is_snapshot};
use source::{FileSystem, Limits, Problem, Sources};

use super::{Kept, Key};
use crate::catalogue;
use crate::config::Config;
use crate::discover::{Discovery, discover, is_input};
use crate::error::Error;
use crate::gitops;
use crate::helm;
use crate::named::NamedFiles;
use crate::options::Options;
use crate::overrides::{Overrides, Patterns, configured_patterns, patterns};
use crate::project::ReadOptions;
use crate::select::{Selection, within};
use crate::terraform::Settings;

/// How long the present time stays what it was, in seconds: checks ask it for the age of certificates.
const FRESH: i64 = 600;

/// What the call and the configuration settle for a run.
pub(crate) struct Setup {
    pub(crate) config: Config,
    pub(crate) version: Version,
    pub(crate) library: Library,
    /// What is wrong with check files.
    pub(crate) check_problems: Vec<Problem>,
    pub(crate) selection: Selection,
    pub(crate) overrides: Overrides,
    pub(crate) judge: Judge,
    pub(crate) read: ReadOptions,
    /// The present time in seconds since 1970.
    pub(crate) now: i64,
    /// The files that were read for all this, and after it.
    pub(crate) sources: Arc<Sources>,
    called: Patterns,
    configured: Patterns,
    /// Whether the call says what the present time is.
    is_fixed: bool,
}

impl Setup {
    /// Reads the configuration, the checks and what else is settled before any input is read.
    ///
    /// # Errors
    /// When the call or the configuration can't be followed.
    pub(crate) fn read(
        system: &dyn FileSystem,
        options: &Options,
        kept: Kept,
    ) -> Result<Self, Error> {
        let sources = Sources::default();
        let config = Config::find(system, options.config.as_deref(), &options.directory)?;
        let said = said_version(options, &config)?;
        let version = said.or_else(|| running(system, options));
        let version = version.unwrap_or(Version::NEWEST);
        let folders = catalogue::folders(options, &config);
        let (library, check_problems) = catalogue::library(system, &folders, &sources)?;
        let selection = Selection::new(&library, options, &config)?;
        let overrides = Overrides::new(&library, &config)?;
        let called = patterns(&Config::default(), &options.exclude)?;
        let configured = configured_patterns(&config, &["exclude"], &config.exclude)?;
        let named = NamedFiles::of(system, &sources, options);
        let read = ReadOptions {
            kept,
            terraform: Settings::read(&named, options, &config)?,
            helm: helm::Settings::read(&named, options, &config)?
                .with_running(running_releases(system, options)),
            gitops: gitops::Settings {
                url: repository_url(options, &config),
            },
            snapshot: options.snapshot.clone(),
            has_version: said.is_some(),
            ..read_options(options, &config, version)?
        };
        let now = options.now.unwrap_or_else(now);
        let against = Against {
            kubernetes_minor: version.minor,
            now,
        };
        let judged = selection.judged(&library, read.kept.is_on());
        let judge = Judge::new(&library, judged, &selection.settings, against);
        Ok(Self {
            config,
            version,
            library,
            check_problems,
            selection,
            overrides,
            judge,
            read,
            now,
            sources: Arc::new(sources),
            called,
            configured,
            is_fixed: options.now.is_some(),
        })
    }

    /// The judge by another version of Kubernetes than that of the run.
    pub(crate) fn judge_of(&self, version: Version) -> Option<Judge> {
        (version.minor != self.version.minor).then(|| {
            let against = Against {
                kubernetes_minor: version.minor,
                now: self.now,
            };
            let judged = self.selection.judged(&self.library, self.read.kept.is_on());
            Judge::new(&self.library, judged, &self.selection.settings, against)
        })
    }

    /// Whether the present time is still about what it was.
    pub(crate) fn is_fresh(&self) -> bool {
        self.is_fixed || now() - self.now < FRESH
    }

    /// The inputs of the run, found anew where files came or went.
    ///
    /// # Errors
    /// When the folder outside of which nothing is read does not exist.
    pub(crate) fn found(
        &self,
        system: &dyn FileSystem,
        options: &Options,
    ) -> Result<Discovery, Error> {
        let kept = &self.read.kept;
        let found = kept.get(Key::text("found", Path::new("")), system, |system| {
            kept.found_others();
            self.discover(system, options)
        });
        match Arc::try_unwrap(found) {
            Ok(found) => found,
            Err(found) => match &*found {
                Ok(found) => Ok(found.clone()),
                Err(_) => self.discover(system, options),
            },
        }
    }

    fn discover(&self, system: &dyn FileSystem, options: &Options) -> Result<Discovery, Error> {
        let is_excluded =
            |shown: &Path| self.called.matches(shown) || self.configured.matches(shown);
        discover(system, &paths(options, &self.config), options, &is_excluded)
    }
}

fn now() -> i64 {
    jiff::Timestamp::now().as_second()
}

/// The paths of the call, else those of the configuration, else the present folder.
fn paths(options: &Options, config: &Config) -> Vec<PathBuf> {
    if !options.paths.is_empty() || options.snapshot.is_some() {
        return options.paths.clone();
    }
    if config.paths.is_empty() {
        return vec![PathBuf::from(".")];
    }
    config
        .paths
        .iter()
        .map(|path| config.folder().join(path))
        .collect()
}

/// The version that the call or the configuration says.
fn said_version(options: &Options, config: &Config) -> Result<Option<Version>, Error> {
    let read = |text: &str| {
        let read = text.parse().map(Some);
        read.map_err(|_| Error::Version {
            text: source::neutral(text).into_owned(),
        })
    };
    match (&options.kubernetes_version, &config.kubernetes_version) {
        (Some(text), _) => read(text),
        (None, Some(text)) => {
            read(text).map_err(|error| within(config, &["kubernetes-version"], &error))
        }
        (None, None) => Ok(None),
    }
}

/// The version of the cluster that is scanned, or of the first snapshot that the call names: what files declare is for it.
fn running(system: &dyn FileSystem, options: &Options) -> Option<Version> {
    let about = match &options.snapshot {
        Some(snapshot) => Some(snapshot.about.clone()),
        None => Snapshot::about(&named_snapshot(system, options)?),
    };
    about?.version.parse().ok()
}

/// The releases of charts that run in the cluster which is scanned beside files.
fn running_releases(system: &dyn FileSystem, options: &Options) -> helm::RunningReleases {
    match &options.snapshot {
        Some(snapshot) if !options.paths.is_empty() => helm::RunningReleases::of(snapshot),
        None if options.paths.len() > 1 => {
            let bytes = named_snapshot(system, options).unwrap_or_default();
            let (snapshot, _) = Snapshot::read(&bytes, snapshot::Limits::default());
            helm::RunningReleases::of(&snapshot)
        }
        _ => helm::RunningReleases::default(),
    }
}

/// The first snapshot that the call names.
fn named_snapshot(system: &dyn FileSystem, options: &Options) -> Option<Vec<u8>> {
    let mut named = options.paths.iter().filter(|path| !is_input(path));
    named.find_map(|path| {
        let bytes = system.read(&options.directory.join(path), Limits::default());
        bytes.ok().filter(|bytes| is_snapshot(bytes))
    })
}

fn read_options(
    options: &Options,
    config: &Config,
    version: Version,
) -> Result<ReadOptions, Error> {
    let mut kubernetes = kubernetes::Options {
        version,
        ..kubernetes::Options::default()
    };
    for row in &config.pods {
        let failed = |error: kubernetes::PodPathError| {
            let message = format!("`{}`: {error}", source::neutral(row));
            config.error(&["pods", row], message, None)
        };
        kubernetes.pod_paths.add(row).map_err(failed)?;
    }
    Ok(ReadOptions {
        kubernetes,
        yaml: yaml::Options::default(),
        complete: options.complete || config.complete,
        directory: options.directory.clone(),
        ..ReadOptions::default()
    })
}

/// The address of the repository that is scanned, where the call or the file that it names says it. What a `scantling.yaml`
/// says is for its folder, and read there.
fn repository_url(options: &Options, config: &Config) -> Option<String> {
    let named = options.config.as_ref().and(config.repository_url.clone());
    options.repository_url.clone().or(named)
}
