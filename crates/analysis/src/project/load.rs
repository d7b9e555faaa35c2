//! Reading all inputs of a run.

use std::path::{Path, PathBuf};
use std::sync::{Arc, OnceLock};

use kubernetes::snapshot::Printed;
use source::{FileSystem, ReadError, Sources};

use super::applications::{Kustomizations, Walked, follow};
use super::collect::Formats;
use super::files::{Files, Outcome};
use super::live::{Live, settle};
use super::read::{Manifests, Origin, Read, read_bytes};
use super::rows::{Inputs, failed};
use super::{Project, ReadOptions};
use crate::discover::{self, Candidate, Discovery};
use crate::gitops::{Finder, is_flux};
use crate::options::Progress;
use crate::report::{Input, Status, Unit};
use crate::workspace::Key;
use crate::{helm, kustomize, terraform};

/// What was read.
pub(crate) struct Loaded {
    /// What files declare.
    pub(crate) declared: Project,
    /// What runs in clusters, each by itself.
    pub(crate) running: Vec<Project>,
}

impl Project {
    /// Reads all inputs. The standard input is a file called `<stdin>`.
    pub(crate) fn load(
        system: &dyn FileSystem,
        sources: Arc<Sources>,
        discovery: Discovery,
        stdin: Option<&[u8]>,
        options: &ReadOptions,
        progress: &dyn Progress,
    ) -> Loaded {
        let Discovery {
            candidates,
            unreadable,
            problems,
        } = discovery;
        let mut inputs = Inputs::default();
        let mut project = Self::new(sources, problems);
        let sources = Arc::clone(&project.sources);
        for (path, error) in unreadable {
            project.problems.push(error.problem(&path));
            inputs.insert(failed(path, &error));
        }
        let walked = options.kept.get(Key::all("folders"), system, |_| {
            Walked::one_of_each(&candidates)
        });
        let walked = Walked::new(walked);
        let divided = options.kept.get(Key::all("divided"), system, |system| {
            let (charts, others) = helm::divide(system, candidates);
            let (configuration, others) = others
                .into_iter()
                .partition(|candidate| terraform::role(&candidate.path).is_some());
            (charts, configuration, others)
        });
        let (charts, configuration, candidates): (_, Candidates, Candidates) =
            Arc::unwrap_or_clone(divided);
        let builder = kustomize::Reader {
            system,
            sources: &sources,
            kubernetes: &options.kubernetes,
            yaml: &options.yaml,
            capabilities: &options.helm.capabilities,
            directory: &options.directory,
            progress,
        };
        let (mut kustomizations, candidates) = Kustomizations::new(builder, candidates);
        let (wanted, skipped): (Candidates, Candidates) = candidates
            .into_iter()
            .partition(|candidate| candidate.skip.is_none());
        skipped.iter().for_each(|one| inputs.insert(skip(one)));
        let files = Files {
            system,
            sources: &sources,
            options,
            progress,
        };
        let reader = terraform::Reader {
            system,
            sources: &sources,
            settings: &options.terraform,
            kubernetes: &options.kubernetes,
            directory: &options.directory,
            progress,
            kept: &options.kept,
        };
        let key = Key::all(terraform::MODULES);
        let modules = || {
            options.kept.get(key, system, |system| {
                terraform::Reader { system, ..reader }.load(&configuration)
            })
        };
        let texts = || texts(&files, wanted, stdin);
        // Neither needs the other. Where all is new, each has work enough for all threads, and tells how far it is.
        let (mut read, modules) = match options.kept.is_on() {
            true => rayon::join(texts, modules),
            false => (texts(), modules()),
        };
        let mut modules = Arc::unwrap_or_clone(modules);
        let shown = |path: &Path| discover::shown(path, &options.directory);
        let folders = charts.roots().map(shown).collect();
        let helm = helm::Reader {
            system,
            sources: &sources,
            kubernetes: &options.kubernetes,
            yaml: &options.yaml,
            shown: &shown,
            settings: &options.helm,
            kept: &options.kept,
            progress,
        };
        let places = modules.places.as_ref();
        let mut charts = helm::Loading::new(&helm, charts, &modules.releases, places);
        let plain = read
            .iter()
            .filter_map(|(_, read)| read.as_ref().as_ref().ok());
        let plain = plain.flat_map(Read::resources).map(AsRef::as_ref);
        let declared = modules.objects.iter().map(|one| &*one.resource);
        let mut known = plain.clone().chain(declared.clone());
        let paths = OnceLock::new();
        let finder = Finder {
            system,
            sources: &sources,
            directory: &options.directory,
            shown: &|path| {
                let paths = paths.get_or_init(|| walked.shown(system, &options.directory));
                paths.path(path)
            },
            boundaries: &walked.boundaries(),
            url: options.gitops.url.as_deref(),
            is_walked: &|folder| walked.has(system, folder),
            has_flux: known.any(is_flux) || kustomizations.resources().any(is_flux),
        };
        let mut objects = finder.objects(plain, true);
        objects.extend(finder.objects(declared, false));
        let found = follow(&finder, &objects, &mut kustomizations, &mut charts);
        project.problems.extend(found.problems);
        let charts = charts.finish(&kustomizations.rendered);
        // What only an application needs of a kustomization, such as a component, is no manifest.
        let is_taken = |shown: &PathBuf| kustomizations.takes(shown);
        read.retain(|(shown, _)| !is_taken(shown));
        let read = Apart::new(read, &sources, options);
        reader.add_plans(read.plans, &mut modules);
        let formats = Formats {
            modules,
            charts,
            folders,
            kustomizations: kustomizations.rendered,
        };
        project.collect(read.manifests, formats, inputs, options.complete);
        let running = (1..).zip(read.live).map(|(number, live)| Self {
            number,
            ..Self::running(live, &sources, options.complete)
        });
        Loaded {
            declared: project,
            running: running.collect(),
        }
    }
}

type Candidates = Vec<Arc<Candidate>>;

/// What a file was read as, by the path that is shown.
type Texts = Vec<(PathBuf, Arc<Outcome>)>;

/// A file that is not read, as the coverage has it.
fn skip(candidate: &Candidate) -> Input {
    Input {
        path: candidate.shown.clone(),
        unit: Unit::File,
        status: Status::Skipped,
        reason: candidate.skip.clone(),
        resources: 0,
    }
}

/// Files that no format but YAML and JSON claims, and the standard input.
fn texts(files: &Files<'_>, wanted: Candidates, stdin: Option<&[u8]>) -> Texts {
    files.progress.stage("reading", wanted.len());
    let read = files.read(wanted).into_iter();
    let mut read: Texts = read
        .map(|(candidate, outcome)| (candidate.shown.clone(), outcome))
        .collect();
    if let Some(bytes) = stdin {
        let shown = PathBuf::from("<stdin>");
        let origin = (&*shown, Origin::Named);
        let one = read_bytes(bytes.to_vec(), origin, files.sources, files.options);
        read.push((shown, Arc::new(one)));
    }
    settle(&mut read);
    read
}

/// What was read of texts, by what it is.
struct Apart {
    manifests: Vec<(PathBuf, Result<Arc<Manifests>, ReadError>)>,
    plans: Vec<terraform::Plan>,
    live: Vec<Live>,
}

impl Apart {
    fn new(read: Texts, sources: &Sources, options: &ReadOptions) -> Self {
        let running = options.snapshot.as_deref();
        let running = running.map(|running| Live::running(running, sources, options));
        let mut apart = Self {
            manifests: Vec::with_capacity(read.len()),
            plans: Vec::new(),
            live: running.into_iter().collect(),
        };
        let mut printed: Vec<(PathBuf, Printed)> = Vec::new();
        for (shown, read) in read {
            match &*read {
                Ok(Read::Manifests(read) | Read::Exported(_, read)) => {
                    apart.manifests.push((shown, Ok(Arc::clone(read))));
                }
                Ok(Read::Printed(read)) => printed.push((shown, read.clone())),
                Err(error) => apart.manifests.push((shown, Err(error.clone()))),
                // Nobody else holds a plan or a snapshot.
                Ok(Read::Plan(_) | Read::Live(_)) => match Arc::into_inner(read) {
                    Some(Ok(Read::Plan(plan))) => apart.plans.push(plan),
                    Some(Ok(Read::Live(read))) => apart.live.push(read),
                    _ => {}
                },
            }
        }
        apart.live.extend(Live::printed(printed, sources, options));
        apart
    }
}
