//! `scantling drift`: what is different between what files declare and what runs.

use std::io::Write as _;

use analysis::{DriftReport, Options};
use source::Disk;

use super::snapshot;
use crate::args::{DriftArgs, GlobalArgs, Verdicts};
use crate::error::Error;
use crate::exit::{self, Exit};
use crate::output::{self, Detail, Format, Shape, Target, drift};
use crate::progress::Bar;
use crate::terminal::{self, Look};

/// Compares, writes the outputs, and tells about the run.
pub(super) fn run(args: &DriftArgs, global: &GlobalArgs) -> Result<Exit, Error> {
    let targets = targets(args)?;
    let options = options(args)?;
    let found = analysis::drift(&Disk, &options, &Bar::new())?;
    if found.running == 0 {
        return Err(Error::Usage {
            message: "there is nothing that runs to compare with".to_owned(),
            help: "add `--cluster`, or a snapshot to the paths".to_owned(),
        });
    }
    if global.quiet < 2 {
        write(&found, &targets, global)?;
    }
    Ok(exit::of_drift(&found, args.strict))
}

fn options(args: &DriftArgs) -> Result<Options, Error> {
    let options = args.read.options();
    let namespace = options.helm.namespace.clone();
    Ok(Options {
        snapshot: snapshot::running(&args.read, namespace, &args.paths)?,
        paths: args.paths.clone(),
        config: args.config.clone(),
        ..options
    })
}

/// Where the report goes: as asked, else to the standard output for people.
fn targets(args: &DriftArgs) -> Result<Vec<Target>, Error> {
    let usual = Target {
        format: Format::Human,
        file: None,
    };
    let is_other = |target: &Target| matches!(target.format, Format::Github | Format::Junit);
    if args.output.iter().any(is_other) {
        return Err(Error::Usage {
            message: "differences are told as human, json or sarif".to_owned(),
            help: "`-o sarif=FILE` makes what GitHub reads".to_owned(),
        });
    }
    output::only_one_to_stdout(&args.output, 0)?;
    Ok(match args.output.is_empty() {
        true => vec![usual],
        false => args.output.clone(),
    })
}

fn write(found: &DriftReport, targets: &[Target], global: &GlobalArgs) -> Result<(), Error> {
    let detail = Detail::of(global.quiet, global.verbose);
    let shape = |look| Shape {
        look,
        detail,
        verdicts: Verdicts::Fail,
    };
    for target in targets {
        match &target.file {
            Some(path) => {
                let mut text = Vec::new();
                drift::write(target.format, found, shape(Look::PLAIN), &mut text)?;
                output::save(path, &text)?;
            }
            None => {
                let mut out = terminal::stdout();
                let look = Look::of_stdout(global.color);
                drift::write(target.format, found, shape(look), &mut out)?;
                out.flush()?;
            }
        }
    }
    let mut plain = targets.iter().filter(|target| target.file.is_none());
    if global.quiet == 0 && plain.all(|target| target.format != Format::Human) {
        let look = Look::of_stderr(global.color);
        let summary = drift::summary(found, look, detail);
        terminal::stderr().write_all(summary.as_bytes())?;
    }
    Ok(())
}
