//! `scantling paths`: who can become whom, and what cuts that.

use std::io::Write as _;

use analysis::Options;
use analysis::access::{self, PathChanges, PathQuestion};
use source::{Disk, FileSystem};

use super::access::{look, options, tell_errors};
use crate::args::{AccessFormat, DiffArgs, GlobalArgs, GraphArgs, PathsArgs};
use crate::error::Error;
use crate::exit::Exit;
use crate::output::access::{graph, paths, paths_json};
use crate::output::text::count;
use crate::progress::Bar;
use crate::revision;
use crate::terminal;

/// Tells the paths.
pub(super) fn run(args: &PathsArgs, global: &GlobalArgs) -> Result<Exit, Error> {
    let options = options(&args.answer.world)?;
    let question = PathQuestion {
        from: args.between.from.clone(),
        groups: args.as_group.clone(),
        to: args.between.to.clone(),
        all: args.all.map(usize::from),
        without: args.without.clone(),
        cuts: !args.no_cuts,
    };
    let found = match args.with.is_empty() {
        true => access::paths(&Disk, &options, &question, &Bar::new())?,
        false => access::paths_with(&Disk, &options, (&question, &args.with), &Bar::new())?,
    };
    let mut out = terminal::stdout();
    match args.answer.output {
        AccessFormat::Human => paths::write(&found, look(global), &mut out)?,
        AccessFormat::Json => paths_json::write(&found, &mut out)?,
    }
    out.flush()?;
    tell_errors(&found.report, global)?;
    let has_paths = found
        .worlds
        .iter()
        .any(|world| !world.answer.paths.is_empty());
    Ok(if has_paths {
        Exit::Findings
    } else {
        Exit::Clean
    })
}

/// Draws the paths.
pub(super) fn graph(args: &GraphArgs, global: &GlobalArgs) -> Result<Exit, Error> {
    let options = options(&args.world)?;
    let question = PathQuestion {
        from: args.between.from.clone(),
        to: args.between.to.clone(),
        ..PathQuestion::default()
    };
    let found = access::paths(&Disk, &options, &question, &Bar::new())?;
    let mut out = terminal::stdout();
    let left_out = graph::write(&found, args.output, &mut out)?;
    out.flush()?;
    if left_out > 0 && global.quiet == 0 {
        let edges = count(left_out, "edge");
        writeln!(
            terminal::stderr(),
            "{edges} left out, because Mermaid draws no more; --from and --to narrow the graph"
        )?;
    }
    tell_errors(&found.report, global)?;
    Ok(Exit::Clean)
}

/// Where what was before is read from, and how: from the disk, or from a revision of git, whose paths count for now too.
fn before(
    args: &DiffArgs,
    after: &mut Options,
    global: &GlobalArgs,
) -> Result<(Box<dyn FileSystem>, Options), Error> {
    let (first, rest) = args
        .before
        .split_first()
        .map_or((None, &[][..]), |(first, rest)| (Some(first), rest));
    let revision = first
        .filter(|first| !Disk.exists(first))
        .and_then(|first| first.to_str());
    let Some(revision) = revision else {
        let before = Options {
            paths: args.before.clone(),
            snapshot: None,
            ..after.clone()
        };
        return Ok((Box::new(Disk), before));
    };
    after.paths.extend_from_slice(rest);
    let read = revision::read(revision)?;
    if read.left_out > 0 && global.quiet == 0 {
        let left_out = count(read.left_out, "link, module or large file");
        writeln!(terminal::stderr(), "{left_out} of the revision left out")?;
    }
    let before = Options {
        snapshot: None,
        ..after.clone()
    };
    Ok((Box::new(read.files), before))
}

/// Compares the paths of two states of things.
pub(super) fn diff(args: &DiffArgs, global: &GlobalArgs) -> Result<Exit, Error> {
    let mut after = options(&args.answer.world)?;
    let (system, before) = before(args, &mut after, global)?;
    let question = PathQuestion {
        from: args.between.from.clone(),
        to: args.between.to.clone(),
        ..PathQuestion::default()
    };
    let before = access::paths(&*system, &before, &question, &Bar::new())?;
    let after = access::paths(&Disk, &after, &question, &Bar::new())?;
    let changes = PathChanges::between(&before, &after);
    let sources = (&*before.report.sources, &*after.report.sources);
    let mut out = terminal::stdout();
    match args.answer.output {
        AccessFormat::Human => paths::write_diff(&changes, sources, look(global), &mut out)?,
        AccessFormat::Json => paths_json::write_diff(&changes, sources, &mut out)?,
    }
    out.flush()?;
    tell_errors(&after.report, global)?;
    Ok(match changes.opened.is_empty() {
        true => Exit::Clean,
        false => Exit::Findings,
    })
}
