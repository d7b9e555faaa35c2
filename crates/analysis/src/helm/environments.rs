//! The ways in which a chart is rendered: each file of values that nothing else tells apart makes an environment.

use std::path::Path;
use std::sync::Arc;

use smol_str::{SmolStr, format_smolstr};
use source::{Level, Limits, Problem};

use super::Reader;
use super::charts::{Part, environment_of};
use super::values::ValuesFile;
use crate::discover::Candidate;

/// The most environments that are paired with a chart by themselves.
const MOST: usize = 16;

/// One of the ways in which a chart is rendered.
#[derive(Clone, Default)]
pub(super) struct Environment {
    /// The name; none where nothing tells environments apart.
    pub(super) name: Option<SmolStr>,
    /// The files of values beside that of the chart, the weakest first.
    pub(super) files: Vec<Arc<ValuesFile>>,
}

impl Reader<'_> {
    /// The environments of a chart; at least one. Values for tests make further ones.
    pub(super) fn environments(
        &self,
        chart: &Path,
        files: &[(&Arc<Candidate>, Part)],
        problems: &mut Vec<Problem>,
    ) -> Vec<Environment> {
        if self.settings.gives_values() {
            return vec![Environment::default()];
        }
        if !self.settings.environments.is_empty() {
            return self.settings.environments.clone();
        }
        let of = |wanted: Part| {
            let files = files.iter().filter(move |(_, part)| *part == wanted);
            files.map(|(candidate, _)| candidate.path.as_path())
        };
        let mut environments: Vec<Environment> = Vec::new();
        for path in of(Part::Values) {
            self.add(&mut environments, path, name(path), problems);
        }
        if environments.is_empty() {
            environments.push(Environment::default());
        }
        for path in of(Part::TestValues) {
            let name = name(path).map(|name| format_smolstr!("ci/{name}"));
            self.add(&mut environments, path, name, problems);
        }
        if environments.len() > MOST {
            problems.push(self.too_many(environments.len(), chart));
            environments.truncate(MOST);
        }
        environments
    }

    fn add(
        &self,
        environments: &mut Vec<Environment>,
        path: &Path,
        name: Option<SmolStr>,
        problems: &mut Vec<Problem>,
    ) {
        let shown = (self.shown)(path);
        match self
            .sources
            .load(self.system, path, &shown, Limits::default())
        {
            Ok(file) => environments.push(Environment {
                name,
                files: vec![Arc::new(ValuesFile::read(file))],
            }),
            Err(error) => problems.push(error.problem(&shown)),
        }
    }

    fn too_many(&self, count: usize, chart: &Path) -> Problem {
        let message = format!(
            "{count} files of values make environments of this chart, of which the first {MOST} are judged"
        );
        Problem::of(
            Level::Warning,
            "too-many-environments",
            message,
            (self.shown)(chart),
        )
        .with_help("choose with `--values`")
    }
}

/// The name of the environment that a file of values makes.
fn name(path: &Path) -> Option<SmolStr> {
    let stem = path.file_stem()?.to_str()?;
    Some(environment_of(stem).unwrap_or(stem).into())
}
