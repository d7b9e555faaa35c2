//! `scantling paths`: who can become whom, and what cuts that.

use std::io::Write as _;

use analysis::access::{self, PathQuestion};
use source::Disk;

use super::access::{look, options, tell_errors};
use crate::args::{AccessFormat, GlobalArgs, GraphArgs, PathsArgs};
use crate::error::Error;
use crate::exit::Exit;
use crate::output::access::{graph, paths, paths_json};
use crate::output::text::count;
use crate::progress::Bar;
use crate::terminal;

/// Tells the paths.
pub(super) fn run(args: &PathsArgs, global: &GlobalArgs) -> Result<Exit, Error> {
    let options = options(&args.world)?;
    let question = PathQuestion {
        from: args.from.clone(),
        to: args.to.clone(),
        all: args.all.map(usize::from),
        without: args.without.clone(),
        cuts: !args.no_cuts,
    };
    let found = access::paths(&Disk, &options, &question, &Bar::new())?;
    let mut out = terminal::stdout();
    match args.output {
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
        from: args.from.clone(),
        to: args.to.clone(),
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
