//! `scantling reach`: which traffic may flow, and by which policies.

use std::io::Write as _;

use analysis::access::{self, Access, FoundTraffic, TrafficQuestion, Verdict};
use source::Disk;

use super::access::{look, options, tell_errors};
use crate::args::{AccessFormat, GlobalArgs, ReachArgs};
use crate::error::Error;
use crate::exit::Exit;
use crate::output::access::{traffic, traffic_json};
use crate::progress::Bar;
use crate::terminal;

/// Tells which traffic may flow.
pub(super) fn run(args: &ReachArgs, global: &GlobalArgs) -> Result<Exit, Error> {
    let options = options(&args.answer.world)?;
    let question = TrafficQuestion {
        from: args.from.clone(),
        to: args.to.clone(),
    };
    let found = access::traffic(&Disk, &options, &question, &Bar::new())?;
    let mut out = terminal::stdout();
    match args.answer.output {
        AccessFormat::Human => traffic::write(&found, look(global), &mut out)?,
        AccessFormat::Json => traffic_json::write(&found, &mut out)?,
    }
    out.flush()?;
    tell_errors(&found.report, global)?;
    Ok(exit(args, &found))
}

/// A question about two ends is answered by the exit code.
fn exit(args: &ReachArgs, found: &Access<FoundTraffic>) -> Exit {
    let mut flows = found.worlds.iter().flat_map(|world| &world.answer.flows);
    match args.to.is_none() || flows.all(|flow| flow.verdict == Verdict::Yes) {
        true => Exit::Clean,
        false => Exit::Findings,
    }
}
