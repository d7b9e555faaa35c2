//! What hides findings: comments and annotations, ours and those of other tools, and entries of the
//! configuration.

mod annotation;
mod comment;
mod directive;
mod entry;
mod foreign;
mod names;
mod notices;
mod pattern;
mod place;
mod reading;
mod removal;
mod scope;
mod writing;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use check::Library;
use foldhash::HashSet;
use graph::ResourceId;
use smol_str::SmolStr;
use source::{FileId, Level, Place, Problem, Sources};

use crate::config::Config;
use crate::finding::Placed;
use crate::overrides::Overrides;
use crate::project::Project;
use crate::report;
pub(crate) use annotation::is_annotated;
pub(crate) use comment::may_hold_directives;
pub use removal::without_directive;
pub use writing::{EntryScope, NewEntry, NewSuppressions};

use comment::Resources;
use directive::Directive;
use names::Tool;
use notices::Notices;
use reading::Reading;
use scope::Scopes;

/// All directives of a run.
pub(crate) struct Suppressions {
    directives: Vec<Directive>,
    scopes: Scopes,
    /// What is wrong with directives of ours.
    notices: Notices,
    /// Files of which a part was not understood: what a directive there is for may have been lost.
    broken: HashSet<FileId>,
    /// Where checks do not run; none where the configuration can't be followed, which ends a run.
    overrides: Option<Overrides>,
    sources: Arc<Sources>,
}

impl Suppressions {
    /// Reads all directives of comments, annotations and the configuration. `library` has all
    /// checks, also those that do not run; `today` is the day as `YYYY-MM-DD`.
    pub(crate) fn read(project: &Project, library: &Library, config: &Config, today: &str) -> Self {
        let mut reading = Reading::new(library, today);
        // In this order, as of several directives for one finding the first is named.
        let resources = Resources::new(project);
        // What runs in a cluster has no comments.
        let files = match project.running {
            Some(_) => &[],
            None => project.files.as_slice(),
        };
        for loaded in files {
            comment::read(&mut reading, loaded, &resources);
        }
        annotation::read(&mut reading, project);
        entry::read(&mut reading, project, config);
        Self {
            directives: reading.directives,
            scopes: reading.scopes,
            notices: reading.notices,
            broken: broken(project),
            overrides: Overrides::new(library, config).ok(),
            sources: Arc::clone(&project.sources),
        }
    }

    /// Whether there is no directive.
    pub(crate) fn is_empty(&self) -> bool {
        self.directives.is_empty()
    }

    /// What hides a finding, if anything: ours before those of other tools, the nearest first.
    /// Whatever hides it counts as used.
    pub(crate) fn hides(&self, project: &Project, placed: &Placed) -> Option<report::Suppression> {
        let check = &placed.finding.check.id;
        let hides = |index: &usize| self.directives[*index].hides(check);
        let hiding = |id: ResourceId| self.scopes.of_resource(id).iter().copied().filter(hides);
        let around = self.scopes.around(project, placed);
        let mut found: Vec<usize> = around.into_iter().filter(hides).collect();
        // One call of a module may be excused and another not.
        let others = placed.others.iter();
        if others.map(|id| hiding(*id).count()).all(|count| count > 0) {
            found.extend(hiding(placed.id));
        }
        let rank = |index: &usize| (self.directives[*index].tool != Tool::Scantling, *index);
        let best = found.into_iter().min_by_key(rank);
        best.map(|index| self.directives[index].suppression())
    }

    /// Notices of directives of ours that are unused, expired or not understood. `ran` says whether
    /// a check ran: a directive for one that did not may still be needed.
    pub(crate) fn notices(&self, ran: &dyn Fn(&str) -> bool) -> Vec<Problem> {
        let mut notices = self.notices.clone();
        for (index, directive) in self.directives.iter().enumerate() {
            if self.is_unused(index, directive, ran) {
                notices.add(unused_notice(directive));
            }
        }
        notices.finish(&self.sources)
    }

    /// Whether a directive of ours hides nothing although what it is for was judged.
    fn is_unused(&self, index: usize, directive: &Directive, ran: &dyn Fn(&str) -> bool) -> bool {
        let is_broken = directive
            .span()
            .is_some_and(|span| self.broken.contains(&span.file));
        let may_run = |check: &SmolStr| ran(check) && self.may_run(check, directive);
        directive.tool == Tool::Scantling
            && !directive.is_used()
            && !is_broken
            && self.scopes.is_met(index)
            && directive.checks.iter().all(may_run)
    }

    /// Whether the configuration lets a check run where a directive stands.
    fn may_run(&self, check: &str, directive: &Directive) -> bool {
        match (&self.overrides, directive.span()) {
            (Some(overrides), Some(span)) => {
                !overrides.at(&self.sources.path(span.file), check).disabled
            }
            _ => true,
        }
    }
}

fn broken(project: &Project) -> HashSet<FileId> {
    let errors = project
        .problems
        .iter()
        .filter(|problem| problem.level == Level::Error);
    errors
        .filter_map(|problem| match &problem.place {
            Place::Span(span) => Some(span.file),
            Place::Path(_) => None,
        })
        .collect()
}

fn unused_notice(directive: &Directive) -> Problem {
    Problem {
        level: Level::Notice,
        code: "unused-suppression",
        message: format!("the suppression of {} hides nothing", directive.name),
        place: directive.place.clone(),
        help: Some("remove it, or move it to the finding that it is for".to_owned()),
    }
}
