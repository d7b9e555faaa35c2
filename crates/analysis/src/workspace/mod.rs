//! A project that is analyzed again and again while its texts change.
//!
//! The result of each analysis is a function of the present texts alone: what [`scan`](crate::scan) gives of them. What makes it
//! quick is that the parts of an analysis are kept with what they depend on, and are taken again where that is the same:
//!
//! - *Reading.* A file of manifests, a chart, all kustomizations, a root of Terraform: each part is kept with the questions that
//!   it asked of the file system ([`source::system::Questions`]). While the answers are the same, so is the part, and its
//!   resources are the same objects in memory. Of a root that is evaluated again, so are the resources that depend on nothing
//!   that changed ([`terraform::root::Memory`]). A file system that knows which texts changed ([`source::Cached`],
//!   [`source::Memory`]) answers by a stamp, so that nothing is read to learn that nothing changed.
//! - *Files.* A text that is the same keeps its id from one analysis to the next ([`source::Sources::begin`]), so that places
//!   in parts that are kept stay true.
//! - *Links* of resources that are the same are kept unless they asked for something that others offer now or offered before: names,
//!   labels, what controllers create for them ([`kubernetes::links_again`]). Where somebody may be meant by anything, all are
//!   computed anew.
//! - *Access.* What bindings give is kept while no role and no binding changed. Where only bindings changed, what they give is taken
//!   from others that name the same role.
//! - *Verdicts.* What checks say of a resource is kept with the resources that they looked at on the way, through links too
//!   ([`graph::recorded`]). It holds while all of these are the same objects with the same links from and to them, and the same
//!   access. What runs in a cluster keeps its numbers while others come and go ([`graph::Numbered`]); elsewhere, numbers of
//!   resources are changed where others came or went before them.
//! - *Resources* that were made anew and are the same as before, places included, are replaced by those of before
//!   ([`graph::Graph::share`]): so a change in one file of a large root of Terraform costs only what is about that file.
//! - *Findings* are kept by resource and by file, and made anew where what is said of a resource is.
//! - *Configuration.* The checks and what is configured is one more part, on which everything else depends: when it changes, all
//!   begins anew. So it does when texts that are over take too much memory.

mod defaults;
mod findings;
mod hints;
mod kept;
mod numbered;
mod overview;
mod privileges;
mod queries;
mod rows;
mod setup;
mod survey;
mod tested;
mod values;
mod verdicts;

use std::sync::Arc;

use foldhash::HashSet;
use kubernetes::snapshot::Snapshot;
use rayon::ThreadPool;
use source::system::{Questions, Recorded};
use source::{FileSystem, Overlay};

use crate::error::Error;
use crate::finding::Placed;
use crate::fix::{FixesTogether, IsOver, Prover};
use crate::options::{Fixes, NoProgress, Options, Progress};
use crate::report::{ProposedFix, Report};
use crate::scan::{Analysis, pool};

pub use defaults::DefaultsAt;
pub(crate) use findings::{Found, FoundBefore, Telling, Told};
pub use hints::{Hint, HintValue};
pub(crate) use kept::{Kept, Key};
pub use overview::{Overview, PodSecurityAt, PodSecurityLevel};
pub use privileges::{Grant, Subject};
pub(crate) use setup::Setup;
pub use survey::{About, Direction, Neighbor, Other, Survey, Surveyed};
pub use values::{ValueAt, ValuesAt};
pub(crate) use verdicts::{Before, Verdicts, Watched};

/// How much the texts may grow, in bytes and beyond twice their size, until those that are over are forgotten.
const GARBAGE: usize = 64 << 20;

/// A project that is analyzed again and again while its texts change.
pub struct Workspace {
    options: Options,
    pool: Option<ThreadPool>,
    known: Option<Known>,
    /// How often all began anew.
    beginnings: u64,
}

/// What an analysis left for the next.
struct Known {
    setup: Setup,
    /// What reading the setup asked.
    questions: Questions,
    analysis: Analysis,
    /// The size of all texts when the first analysis with this setup was done.
    bytes: usize,
}

impl Workspace {
    /// A project that was not analyzed yet.
    #[must_use]
    pub fn new(options: Options) -> Self {
        Self {
            options,
            pool: pool(),
            known: None,
            beginnings: 0,
        }
    }

    /// What is asked for.
    #[must_use]
    pub fn options(&self) -> &Options {
        &self.options
    }

    /// What runs in the cluster is another from now on.
    pub fn replace_snapshot(&mut self, snapshot: Arc<Snapshot>) {
        let is_same = |before: &Arc<Snapshot>| before.about.version == snapshot.about.version;
        // What is judged by another version is judged anew.
        let known = self.known.take();
        let mut known = known.filter(|_| self.options.snapshot.as_ref().is_some_and(is_same));
        if let Some(known) = &mut known {
            known.setup.read.snapshot = Some(Arc::clone(&snapshot));
        }
        self.known = known;
        self.options.snapshot = Some(snapshot);
    }

    /// Analyzes the present texts: what [`scan`](crate::scan) gives of them.
    ///
    /// # Errors
    /// When the configuration can't be followed.
    pub fn scan(&mut self, system: &dyn FileSystem) -> Result<&Report, Error> {
        self.scan_watched(system, &NoProgress)
    }

    /// The same, where somebody watches.
    ///
    /// # Errors
    /// When the configuration can't be followed.
    pub fn scan_watched(
        &mut self,
        system: &dyn FileSystem,
        progress: &dyn Progress,
    ) -> Result<&Report, Error> {
        let Self {
            options,
            pool,
            known,
            beginnings,
        } = self;
        let before = known.take();
        let work = || scan(system, options, before, progress);
        let (next, is_new) = match pool {
            Some(pool) => pool.install(work),
            None => work(),
        }?;
        *beginnings += u64::from(is_new);
        Ok(&known.insert(next).analysis.report)
    }
}

impl Workspace {
    /// What the last analysis gave.
    #[must_use]
    pub fn report(&self) -> Option<&Report> {
        Some(&self.known.as_ref()?.analysis.report)
    }

    /// How often all began anew. As long as that is the same, so is the text of a file with the same id.
    #[must_use]
    pub fn beginnings(&self) -> u64 {
        self.beginnings
    }

    /// The fixes of findings of the last analysis, by their indexes, each proven by itself. The texts must be those that were
    /// analyzed. When it is over, fewer may be proven.
    #[must_use]
    pub fn fixes(
        &self,
        system: &dyn FileSystem,
        wanted: &[usize],
        is_over: IsOver<'_>,
    ) -> Vec<(usize, ProposedFix)> {
        let Some(known) = &self.known else {
            return Vec::new();
        };
        let work = || known.fixes(system, wanted, is_over);
        match &self.pool {
            Some(pool) => pool.install(work),
            None => work(),
        }
    }

    /// The fixes of findings of the last analysis, by their indexes, that fit together: all of them were made at once, and nothing
    /// was found that was not found before. The texts must be those that were analyzed. When it is over, there are none.
    pub fn fixes_together(
        &mut self,
        system: &dyn FileSystem,
        wanted: &[usize],
        is_over: IsOver<'_>,
    ) -> Option<FixesTogether> {
        let fixes = self.fixes(system, wanted, is_over);
        if is_over() {
            return None;
        }
        let together = FixesTogether::of(fixes.iter().map(|(_, fix)| fix));
        let report = self.report()?;
        let before: HashSet<String> = fingerprints(report).collect();
        let fixed = Overlay {
            open: together.texts(report, &self.options.directory)?,
            below: system,
        };
        let after = self.scan(&fixed).map(|report| {
            let is_new = |fingerprint: String| !before.contains(&fingerprint);
            !fingerprints(report).any(is_new) && report.findings.len() < before.len()
        });
        // What is known is of the present texts again.
        self.scan(system).ok()?;
        let is_better = after.is_ok_and(|is_better| is_better);
        is_better.then_some(together)
    }
}

fn fingerprints(report: &Report) -> impl Iterator<Item = String> {
    let findings = report.findings.iter();
    findings.map(|finding| finding.fingerprint.clone())
}

impl Known {
    fn fixes(
        &self,
        system: &dyn FileSystem,
        wanted: &[usize],
        is_over: IsOver<'_>,
    ) -> Vec<(usize, ProposedFix)> {
        let analysis = &self.analysis;
        let placed = wanted.iter().filter_map(|index| {
            let placed = analysis.places.get(*index)?;
            let is_declared = placed.project == analysis.project.number;
            is_declared.then(|| (*index, Placed::clone(placed)))
        });
        let (indexes, mut placed): (Vec<usize>, Vec<Placed>) = placed.unzip();
        let prover = Prover {
            system,
            project: &analysis.project,
            judge: &self.setup.judge,
            read: &self.setup.read,
            is_over,
        };
        prover.prove(&mut placed, Fixes::All);
        let found = indexes.into_iter().zip(placed);
        let fixes = found.filter_map(|(index, placed)| {
            let fix = placed.finding.fixes.iter().find(|fix| fix.proven)?;
            Some((index, fix.clone()))
        });
        fixes.collect()
    }
}

/// Analyzes the present texts. Returns what is known then, and whether all began anew.
fn scan(
    system: &dyn FileSystem,
    options: &Options,
    known: Option<Known>,
    progress: &dyn Progress,
) -> Result<(Known, bool), Error> {
    let mut known = known;
    let known = known.take_if(|known| known.questions.hold(system) && known.setup.is_fresh());
    let known =
        known.filter(|known| known.analysis.report.sources.bytes() < 2 * known.bytes + GARBAGE);
    let (setup, questions, before, bytes) = match known {
        Some(known) => (
            known.setup,
            known.questions,
            Some(known.analysis),
            Some(known.bytes),
        ),
        None => {
            let recorded = Recorded::new(system);
            let setup = Setup::read(&recorded, options, Kept::on())?;
            (setup, recorded.questions(), None, None)
        }
    };
    setup.sources.begin();
    let analysis = Analysis::of(system, options, &setup, before.as_ref(), progress)?;
    setup.read.kept.sweep();
    let is_new = before.is_none();
    // Nobody waits until all that is over was taken apart.
    rayon::spawn(move || drop(before));
    let bytes = bytes.unwrap_or_else(|| analysis.report.sources.bytes());
    let known = Known {
        setup,
        questions,
        analysis,
        bytes,
    };
    Ok((known, is_new))
}

#[cfg(test)]
mod tests;
#[cfg(test)]
mod watched;
