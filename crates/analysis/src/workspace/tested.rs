//! The examples of users' checks, as part of what is said of their files.

use source::FileSystem;

use super::Workspace;
use crate::catalogue;
use crate::discover::shown;
use crate::examples::{ExampleResult, test_folders};

impl Workspace {
    /// The examples of the checks in the configured folders that do not give their verdicts, by file.
    #[must_use]
    pub fn failing_examples(&self, system: &dyn FileSystem) -> Vec<ExampleResult> {
        let Some(known) = &self.known else {
            return Vec::new();
        };
        let folders = catalogue::folders(&self.options, &known.setup.config);
        if folders.is_empty() {
            return Vec::new();
        }
        let work = || test_folders(system, &folders);
        let report = match &self.pool {
            Some(pool) => pool.install(work),
            None => work(),
        };
        let results = report.into_iter().flat_map(|report| report.results);
        let failing = results.filter(|result| !result.faults.is_empty());
        let with_shown = |result: ExampleResult| ExampleResult {
            file: shown(&result.file, &self.options.directory),
            ..result
        };
        failing.map(with_shown).collect()
    }
}
