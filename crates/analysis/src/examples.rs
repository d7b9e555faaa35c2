//! Check examples, run through the real readers.

mod run;

use std::path::PathBuf;
use std::sync::Arc;

use check::{Check, Example, Expectation, Library, read_examples};
use rayon::prelude::*;
use smol_str::SmolStr;
use source::{FileSystem, Problem, Sources, sort_problems};

use self::run::Fixed;
use crate::catalogue::{self, CheckFolder};
use crate::error::Error;
use crate::options::Options;

/// What one example did.
#[derive(Clone, Debug)]
pub struct ExampleResult {
    /// The check.
    pub check: SmolStr,
    /// What the example shows.
    pub name: SmolStr,
    /// What it expects.
    pub expectation: Expectation,
    /// What went wrong, one fragment a fault; empty where it passed.
    pub faults: Vec<String>,
    /// The file of the check.
    pub file: PathBuf,
    /// The line of the file at which the example begins, from 1.
    pub line: u32,
}

/// The results of all examples.
#[derive(Debug)]
pub struct TestReport {
    /// The results, by check and in the order of the file.
    pub results: Vec<ExampleResult>,
    /// What is wrong with check files.
    pub problems: Vec<Problem>,
    /// The files that spans refer to.
    pub sources: Arc<Sources>,
}

/// Runs the examples of the checks in `folders`, or of the built-in checks where that is empty.
///
/// # Errors
/// When a folder is not there.
pub fn test_checks(
    system: &dyn FileSystem,
    folders: &[PathBuf],
    options: &Options,
) -> Result<TestReport, Error> {
    let sources = Arc::new(Sources::default());
    let (builtin, problems) = Library::builtin_strict(&sources, &catalogue::is_known_subject);
    let tested = if folders.is_empty() {
        Tested {
            checks: builtin.checks.clone(),
            library: builtin,
            problems,
        }
    } else {
        let folders = folders.iter();
        let folders: Vec<CheckFolder> = folders
            .map(|folder| CheckFolder::called(options, folder))
            .collect();
        Tested::of_users(system, builtin, &folders, &sources)?
    };
    Ok(tested.run(sources))
}

/// Runs the examples of the checks in folders.
///
/// # Errors
/// When a folder is not there.
pub(crate) fn test_folders(
    system: &dyn FileSystem,
    folders: &[CheckFolder],
) -> Result<TestReport, Error> {
    let sources = Arc::new(Sources::default());
    let tested = Tested::of_users(system, catalogue::builtin(), folders, &sources)?;
    Ok(tested.run(sources))
}

/// What is tested, and by which library.
struct Tested {
    library: Library,
    checks: Vec<Arc<Check>>,
    problems: Vec<Problem>,
}

impl Tested {
    /// Users' checks. The library also has the built-in ones, which users' checks may ask for, such as those that make the Pod
    /// Security Standards.
    fn of_users(
        system: &dyn FileSystem,
        builtin: Library,
        folders: &[CheckFolder],
        sources: &Sources,
    ) -> Result<Self, Error> {
        let mut library = Library {
            checks: Vec::new(),
            definitions: builtin.definitions,
        };
        let problems = catalogue::load(system, &mut library, folders, sources)?;
        let checks = library.checks.clone();
        let others = builtin
            .checks
            .into_iter()
            .filter(|check| checks.iter().all(|own| own.id != check.id));
        library.checks.extend(others);
        Ok(Self {
            library,
            checks,
            problems,
        })
    }

    fn run(self, sources: Arc<Sources>) -> TestReport {
        let checks = self.checks.par_iter();
        let results: Vec<(Vec<ExampleResult>, Vec<Problem>)> = checks
            .map(|check| test_check(&self.library, check))
            .collect();
        let mut report = TestReport {
            results: Vec::new(),
            problems: self.problems,
            sources,
        };
        for (results, problems) in results {
            report.results.extend(results);
            report.problems.extend(problems);
        }
        sort_problems(&mut report.problems, &report.sources);
        report
    }
}

fn test_check(library: &Library, check: &Arc<Check>) -> (Vec<ExampleResult>, Vec<Problem>) {
    let (examples, problems) = read_examples(&check.text);
    let mut fixed = Fixed::default();
    let test = |example: &Example| ExampleResult {
        check: check.id.clone(),
        name: example.name.clone(),
        expectation: example.expectation,
        faults: run::faults(library, check, &examples, example, &mut fixed),
        file: check.text.file.path.clone(),
        line: check.text.file.position(example.span.start).line + 1,
    };
    let mut results: Vec<ExampleResult> = examples.examples.iter().map(test).collect();
    if check.fix.is_some()
        && fixed.is_useless()
        && let Some(result) = results.first_mut()
    {
        let fault = "the fix makes no finding of the examples go away";
        result.faults.push(fault.to_owned());
    }
    (results, problems)
}
