//! What surfaces ask of the last analysis beside its report.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use check::Check;
use graph::ResourceId;
use source::{FileSystem, Span};

use super::Workspace;
use crate::catalogue;
use crate::config;
use crate::error::Error;
use crate::navigate::Texts;
use crate::near::Near;
use crate::project::Project;
use crate::render::{RenderOptions, RenderedText, render};

impl Workspace {
    /// The file of the configuration, relative to the folder of the run; nothing where there is none.
    #[must_use]
    pub fn configuration(&self) -> Option<&Path> {
        let file = self.known.as_ref()?.setup.config.file.as_path();
        (!file.as_os_str().is_empty()).then_some(file)
    }

    /// Where a configuration would be found that there is not yet, relative to the folder of the run.
    #[must_use]
    pub fn new_configuration(&self) -> &'static Path {
        Path::new(config::NAME)
    }

    /// A pattern for one file by its shown path, as entries of the configuration have it.
    #[must_use]
    pub fn pattern(&self, shown: &Path) -> String {
        let prefix = self.known.as_ref().map(|known| &known.setup.config.prefix);
        let path = prefix.map_or_else(PathBuf::new, Clone::clone).join(shown);
        let mut pattern = String::new();
        for character in crate::project::shown(&path).chars() {
            if "\\*?[".contains(character) {
                pattern.push('\\');
            }
            pattern.push(character);
        }
        format!("/{pattern}")
    }

    /// All checks that there are, whether they run or not; where the configuration can't be followed, the built-in ones.
    #[must_use]
    pub fn checks(&self) -> Vec<Arc<Check>> {
        match &self.known {
            Some(known) => known.setup.library.checks.clone(),
            None => catalogue::builtin().checks,
        }
    }

    /// The chart or kustomization that a file belongs to, by its path, as text; nothing where it belongs to none.
    pub fn rendered(
        &self,
        system: &dyn FileSystem,
        file: &Path,
    ) -> Option<Result<RenderedText, Error>> {
        let known = self.known.as_ref()?;
        let found = known.setup.found(system, &self.options).ok()?;
        let Near::Below(folder) = Near::of(file, &found.candidates) else {
            return None;
        };
        let wanted = RenderOptions::default();
        Some(render(system, &self.options, &folder, &wanted))
    }

    /// What was read for the last analysis.
    pub(crate) fn project(&self) -> Option<&Project> {
        Some(&self.known.as_ref()?.analysis.project)
    }

    /// The texts of the last analysis, to be read for names.
    pub(crate) fn texts<'a>(&'a self, system: &'a dyn FileSystem) -> Option<Texts<'a>> {
        let known = self.known.as_ref()?;
        let found = known.setup.found(system, &self.options).ok()?;
        let inputs = found.candidates.into_iter();
        let inputs = inputs
            .filter(|one| one.skip.is_none())
            .map(|one| one.path.clone());
        let read = (&*known.analysis.report.sources, &known.analysis.project);
        Some(Texts::new(
            system,
            &self.options.directory,
            read,
            inputs.collect(),
        ))
    }

    /// The text that declares the resource of a finding of the last analysis, by its index. Nothing where that text is also for
    /// environments that the finding does not hold in, or where the finding stands in a file that is for some of them only:
    /// what is said above it would be said of more than is meant.
    #[must_use]
    pub fn declaration(&self, finding: usize) -> Option<Span> {
        let analysis = &self.known.as_ref()?.analysis;
        let placed = analysis.places.get(finding)?;
        let graph = &analysis.project_of(placed).graph;
        let resource = graph.resource(placed.id);
        let span = resource.span();
        let is_near = resource.environment.is_none() || placed.finding.span.file == span.file;
        let mut same = graph.resources().filter(|(_, one)| one.span() == span);
        let holds = |id: ResourceId| placed.resources().any(|one| one == id);
        (is_near && same.all(|(id, _)| holds(id))).then_some(span)
    }
}
