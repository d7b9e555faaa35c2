//! `scantling explain` and `scantling checks show`: the page of a check.

use std::io::Write as _;
use std::sync::Arc;

use analysis::Options;
use check::Check;
use source::{Disk, neutral};

use crate::args::{GlobalArgs, LibraryArgs, ShowArgs};
use crate::error::Error;
use crate::exit::Exit;
use crate::output::{Texts, problem_frame};
use crate::page;
use crate::terminal::{self, Look};

/// For whom the page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Page {
    /// Somebody who has a finding.
    People,
    /// Somebody who writes checks.
    Authors,
}

/// Prints the page of each check that the name means.
pub(super) fn run(
    args: &ShowArgs,
    page: Page,
    global: &GlobalArgs,
    look: Look,
) -> Result<Exit, Error> {
    let checks = checks(&args.library, global)?;
    let meant: Vec<&Arc<Check>> = checks
        .iter()
        .filter(|check| check.is_called(&args.id))
        .collect();
    if meant.is_empty() {
        return Err(unknown(&args.id, &checks));
    }
    let pages = meant.iter().map(|check| match page {
        Page::People => page::terminal(check, look),
        Page::Authors => page::terminal_with_query(check, look),
    });
    let text = pages.collect::<Vec<String>>().join("\n");
    let mut out = terminal::stdout();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(Exit::Clean)
}

/// All checks. What is wrong with users' checks, which are therefore not among them, is told on the standard error.
pub(super) fn checks(args: &LibraryArgs, global: &GlobalArgs) -> Result<Vec<Arc<Check>>, Error> {
    let options = Options {
        check_folders: args.folders.clone(),
        config: args.config.clone(),
        ..Options::default()
    };
    let catalogue = analysis::catalogue(&Disk, &options)?;
    let texts = Texts::of_checks(&catalogue.sources);
    let look = Look::of_stderr(global.color);
    let mut err = terminal::stderr();
    for problem in catalogue.problems.iter().filter(|_| global.quiet < 2) {
        writeln!(err, "{}", problem_frame(problem, &texts, look))?;
    }
    Ok(catalogue.checks)
}

fn unknown(name: &str, checks: &[Arc<Check>]) -> Error {
    let names = checks
        .iter()
        .flat_map(|check| check.aliases.iter().chain([&check.id]));
    let help = match source::nearest(name, names.map(smol_str::SmolStr::as_str)) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "`scantling checks list` lists all checks".to_owned(),
    };
    Error::Usage {
        message: format!("there is no check `{}`", neutral(name)),
        help,
    }
}
