//! `scantling scan --cluster --watch`: what comes and goes in a cluster, until one ends it.

use std::io::Write as _;

use analysis::{Fixes, Options, Report, Workspace};
use cluster::Watch;
use source::Disk;

use super::{scan, snapshot};
use crate::args::{GlobalArgs, ScanArgs};
use crate::error::Error;
use crate::exit::{self, Exit};
use crate::output::{self, Detail, Form, Format, Told};
use crate::progress::Bar;
use crate::terminal::{self, Look};

/// Scans, and again whenever something changed.
pub(super) fn run(args: &ScanArgs, global: &GlobalArgs) -> Result<Exit, Error> {
    let form = form(args, global)?;
    let filter = scan::filter(args)?;
    let narrowed = |report: &Report| {
        let mut report = report.clone();
        filter.narrow(&mut report);
        report
    };
    let options = snapshot::options(
        &args.read.access,
        args.read.helm.options().namespace,
        &args.paths,
    );
    let (watch, first) = Watch::start(&options, &Bar::new())?;
    watch.end_on_interruption();
    let time = first.about.taken;
    let mut workspace = Workspace::new(Options {
        fixes: Fixes::None,
        ..scan::options(args, Some(first))?
    });
    let mut told = Told::default();
    let report = &narrowed(workspace.scan_watched(&Disk, &Bar::new())?);
    tell(global, |out| told.begin(report, time, form, out))?;
    if global.quiet == 0 {
        let look = Look::of_stderr(global.color);
        let summary = output::summary(report, look, Detail::Usual);
        terminal::stderr().write_all(summary.as_bytes())?;
    }
    let mut last = exit::of_scan(report, &args.gate);
    while let Some(update) = watch.next() {
        workspace.replace_snapshot(update.snapshot.clone());
        let report = &narrowed(workspace.scan(&Disk)?);
        last = exit::of_scan(report, &args.gate);
        tell(global, |out| told.go_on(report, &update, form, out))?;
    }
    Ok(last)
}

fn tell(
    global: &GlobalArgs,
    write: impl FnOnce(&mut dyn std::io::Write) -> Result<(), Error>,
) -> Result<(), Error> {
    match global.quiet < 2 {
        true => write(&mut terminal::stdout()),
        false => write(&mut std::io::sink()),
    }
}

/// What lines are written for: people, if nothing else is asked for.
fn form(args: &ScanArgs, global: &GlobalArgs) -> Result<Form, Error> {
    let people = Form::Text(Look::of_stdout(global.color));
    let formats: Vec<Option<Format>> = args.output.iter().map(output::Target::printed).collect();
    match formats.as_slice() {
        [] | [Some(Format::Human)] => Ok(people),
        [Some(Format::Json)] => Ok(Form::Json),
        _ => Err(Error::Usage {
            message: "what is watched is printed as lines".to_owned(),
            help: "say `-o human` or `-o json`, without a file".to_owned(),
        }),
    }
}
