//! Snapshots to diagnostics, without the protocol and without threads.

use std::collections::{BTreeMap, HashMap};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use analysis::{IsOver, NoProgress, Progress, Workspace};
use source::FileSystem;

use crate::actions::{Known, actions, explain, resolve};
use crate::complete::completions;
use crate::diagnostics::{Diagnostics, OfFile, Telling, Told, failure, of_example};
use crate::disk::Disk;
use crate::folders::Folder;
use crate::hover::hover;
use crate::inlay::hints;
use crate::lens::lenses;
use crate::navigate::{links, places, symbols};
use crate::rendered::rendered;
use crate::settings::Settings;
use crate::snapshot::Snapshot;
use crate::texts::Texts;
use crate::types::Diagnostic;
use crate::worker::{Answer, Ask};

/// What is known of a folder.
struct OfFolder {
    /// The settings that it was made with.
    settings: Arc<Settings>,
    workspace: Workspace,
    told: Told,
    /// What is wrong with the examples of users' checks, and the beginning of the analysis that they were run for.
    examples: (u64, Vec<(PathBuf, Diagnostic)>),
}

impl OfFolder {
    /// Runs the examples of users' checks where these are others than before: then all began anew.
    fn test_checks(&mut self, system: &dyn FileSystem, folder: &Path) {
        let beginnings = self.workspace.beginnings();
        if self.examples.0 != beginnings {
            let failing = self.workspace.failing_examples(system);
            let told = failing.iter().map(|example| of_example(folder, example));
            self.examples = (beginnings, told.collect());
        }
    }
}

/// Adds diagnostics to those of their files.
fn add(all: &mut Diagnostics, telling: &Telling<'_>, more: &[(PathBuf, Diagnostic)]) {
    for (path, diagnostic) in more {
        let list = Arc::from([diagnostic.clone()]);
        match all.iter_mut().find(|one| one.name.path == *path) {
            Some(of_file) => of_file.list = joined(&of_file.list, &list),
            None => all.push(OfFile {
                name: telling.name(path),
                list,
            }),
        }
    }
}

fn joined(one: &[Diagnostic], other: &[Diagnostic]) -> Arc<[Diagnostic]> {
    one.iter().chain(other).cloned().collect()
}

/// Analyzes snapshots, each as `scantling scan` would if its texts were saved.
pub(crate) struct Analyst {
    texts: Texts,
    workspaces: HashMap<Folder, OfFolder>,
}

impl Analyst {
    pub(crate) fn new(disk: Disk) -> Self {
        Self {
            texts: Texts::new(disk),
            workspaces: HashMap::new(),
        }
    }

    /// The diagnostics of all files of a snapshot.
    pub(crate) fn analyze(&mut self, snapshot: &Snapshot, progress: &dyn Progress) -> Diagnostics {
        self.texts.lay(snapshot);
        self.workspaces
            .retain(|folder, _| snapshot.folders.contains(folder));
        if let [folder] = &snapshot.folders[..] {
            return self.diagnostics(snapshot, folder, progress);
        }
        let mut all: BTreeMap<PathBuf, OfFile> = BTreeMap::new();
        for folder in &snapshot.folders {
            for found in self.diagnostics(snapshot, folder, progress) {
                let path = &found.name.path;
                // Of folders within each other, the inner one has its own configuration.
                if snapshot.owner(path).is_some_and(|owner| owner != folder) {
                    continue;
                }
                match all.get_mut(path) {
                    // A file that lies in no folder may be read for two.
                    Some(one) => one.list = joined(&one.list, &found.list),
                    None => drop(all.insert(path.clone(), found)),
                }
            }
        }
        all.into_values().collect()
    }

    /// Whether a folder of a snapshot was not analyzed yet.
    pub(crate) fn is_new(&self, snapshot: &Snapshot) -> bool {
        let mut folders = snapshot.folders.iter();
        folders.any(|folder| !self.workspaces.contains_key(folder))
    }

    /// Lays the texts of a snapshot over those of the disk.
    pub(crate) fn lay(&mut self, snapshot: &Snapshot) {
        self.texts.lay(snapshot);
    }

    /// The diagnostics of what lies in a folder, where the texts of the snapshot are laid.
    pub(crate) fn diagnostics(
        &mut self,
        snapshot: &Snapshot,
        folder: &Folder,
        progress: &dyn Progress,
    ) -> Diagnostics {
        let settings = &snapshot.settings;
        let new = || OfFolder {
            settings: Arc::clone(settings),
            workspace: Workspace::new(folder.options(settings)),
            told: Told::default(),
            examples: Default::default(),
        };
        let known = self.workspaces.entry(folder.clone());
        let known = known.or_insert_with(new);
        if known.settings != *settings {
            *known = new();
        }
        let telling = Telling::of(snapshot);
        let system = self.texts.of(folder);
        match known.workspace.scan_watched(system, progress) {
            Ok(_) => {
                let mut all = telling.all(&folder.path, &known.workspace, &mut known.told);
                if folder.near.is_none() {
                    known.test_checks(system, &folder.path);
                    add(&mut all, &telling, &known.examples.1);
                }
                all
            }
            Err(error) => {
                let (path, diagnostic) = failure(&folder.path, &error);
                vec![OfFile {
                    name: telling.name(&path),
                    list: Arc::from([diagnostic]),
                }]
            }
        }
    }

    /// Answers what is asked of a file of the last snapshot; anything when it is over.
    pub(crate) fn answer(
        &mut self,
        snapshot: &Snapshot,
        path: &Path,
        ask: &Ask,
        is_over: IsOver<'_>,
    ) -> Answer {
        // A fault costs what was known.
        if self.is_new(snapshot) {
            self.analyze(snapshot, &NoProgress);
        }
        let Some(folder) = snapshot.owner(path) else {
            return Answer::Nothing;
        };
        let Some(OfFolder { workspace, .. }) = self.workspaces.get_mut(folder) else {
            return Answer::Nothing;
        };
        let known = Known {
            system: self.texts.of(folder),
            snapshot,
            workspace,
            folder: &folder.path,
            is_over,
        };
        answer(known, path, ask)
    }

    /// What is analyzed may be half done: nothing of it is known any more.
    pub(crate) fn forget(&mut self) {
        self.workspaces.clear();
    }
}

/// Answers what is asked of a file, by what is known of its folder.
fn answer(mut known: Known<'_>, path: &Path, ask: &Ask) -> Answer {
    match ask {
        Ask::Actions(asked) => Answer::Actions(actions(&mut known, path, asked)),
        Ask::Resolve(fix) => Answer::Edit(resolve(&mut known, path, fix)),
        Ask::Explain(check) => {
            let report = known.workspace.report();
            Answer::Explanation(report.and_then(|report| explain(report, check)))
        }
        Ask::Hover(position) => Answer::Hover(hover(&known, path, *position)),
        Ask::Places(position, wanted) => Answer::Places(places(&known, path, *position, *wanted)),
        Ask::Symbols => Answer::Symbols(symbols(&known, path)),
        Ask::Links => Answer::Links(links(&known, path)),
        Ask::Lenses => Answer::Lenses(lenses(&known, path)),
        Ask::Hints(range) => Answer::Hints(hints(&known, path, *range)),
        Ask::Completions(position) => Answer::Completions(completions(&known, path, *position)),
        Ask::Rendered => Answer::Rendered(rendered(&known, path)),
    }
}
