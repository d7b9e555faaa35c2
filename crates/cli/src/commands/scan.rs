//! `scantling scan`: input to findings, in every format that is asked for.

use std::io::{Read as _, Write};
use std::path::Path;
use std::sync::Arc;

use analysis::query::Query;
use analysis::{FixedFile, Fixes, Options, Report, Snapshot};
use source::{Disk, FileSystem, Limits, neutral};

use super::{fix, snapshot, watch};
use crate::args::{GlobalArgs, ScanArgs, Verdicts};
use crate::error::Error;
use crate::exit::{self, Exit};
use crate::output::text::count;
use crate::output::{self, Detail, Format, Shape, Target, Texts, problem_frame};
use crate::progress::Bar;
use crate::terminal::{self, Look};

/// The findings of one check whose fixes are proven for people; more of them are only counted.
const SHOWN_FIXES: usize = 10;

/// GitHub refuses an upload with more results.
const SARIF_RESULTS: usize = 25_000;

/// Scans, writes the outputs, and tells about the run.
pub(super) fn run(args: &ScanArgs, global: &GlobalArgs) -> Result<Exit, Error> {
    if args.watch {
        return watch::run(args, global);
    }
    let targets = targets(args)?;
    let filter = filter(args)?;
    let options = options(args, running(args)?)?;
    let run = Run {
        args,
        global,
        work: work(args, &options, &filter)?,
    };
    if global.quiet < 2 {
        run.write_outputs(&targets)?;
    }
    run.tell(&targets)?;
    Ok(exit::of_scan(&run.work.report, &args.gate))
}

/// What was done.
struct Work {
    report: Report,
    /// The fixed files; for a diff, without the text of secrets.
    files: Vec<FixedFile>,
    /// Whether a diff hides secrets, so that it does not fit the files.
    hides_secrets: bool,
    /// The number of findings that the filter leaves out.
    left_out: usize,
}

/// What is wanted of the findings.
pub(super) fn filter(args: &ScanArgs) -> Result<Query, Error> {
    Ok(Query::parse(args.filter.as_deref().unwrap_or_default())?)
}

fn work(args: &ScanArgs, options: &Options, filter: &Query) -> Result<Work, Error> {
    if !args.fix && !args.diff {
        let mut report = analyze(&Disk, options)?;
        return Ok(Work {
            left_out: filter.narrow(&mut report),
            report,
            files: Vec::new(),
            hides_secrets: false,
        });
    }
    let fixes = fix::compute(options, filter)?;
    if args.fix {
        fix::write(options, &fixes.files)?;
        return Ok(Work {
            report: fixes.after,
            files: fixes.files,
            hides_secrets: false,
            left_out: fixes.left_out,
        });
    }
    let files = fixes.shown();
    let hides_secrets = plain_diff(&files)? != plain_diff(&fixes.files)?;
    // A diff changes nothing, so the report stays that of the text as it is.
    let report = fixes.before.unwrap_or(fixes.after);
    Ok(Work {
        report,
        files,
        hides_secrets,
        left_out: fixes.left_out,
    })
}

fn plain_diff(files: &[FixedFile]) -> Result<Vec<u8>, Error> {
    let mut out = Vec::new();
    output::diff(files, Look::PLAIN, &mut out)?;
    Ok(out)
}

pub(super) fn analyze(system: &dyn FileSystem, options: &Options) -> Result<Report, Error> {
    let bar = Bar::new();
    Ok(analysis::scan(system, options, &bar)?)
}

/// Where the report goes: as asked, else to the standard output for people.
fn targets(args: &ScanArgs) -> Result<Vec<Target>, Error> {
    let usage = |message: &str, help: &str| {
        Err(Error::Usage {
            message: message.to_owned(),
            help: help.to_owned(),
        })
    };
    let mut targets = args.output.clone();
    if targets.is_empty() && !args.diff {
        targets.push(Target {
            format: Format::Human,
            file: None,
        });
    }
    output::only_one_to_stdout(&targets, usize::from(args.diff))?;
    if args.verdicts == Verdicts::All && !targets.iter().any(|target| target.format == Format::Json)
    {
        return usage(
            "`--verdicts all` changes only the JSON format",
            "add `-o json`",
        );
    }
    if args.fix && reads_stdin(args) {
        return usage(
            "the standard input can't be fixed in place",
            "print the changes with `--diff`",
        );
    }
    if let Some(path) = targets.iter().find_map(|target| missing_folder(target)) {
        return usage(
            &format!("there is no folder {}", neutral(&path.to_string_lossy())),
            "make it first",
        );
    }
    Ok(targets)
}

/// The folder of an output that is not there: better told now than after the work.
fn missing_folder(target: &Target) -> Option<&Path> {
    let folder = target.file.as_ref()?.parent()?;
    (!folder.as_os_str().is_empty() && !Disk.exists(folder)).then_some(folder)
}

fn reads_stdin(args: &ScanArgs) -> bool {
    args.paths.iter().any(|path| path == Path::new("-"))
}

/// People look at the first findings of each check; formats for programs carry every fix.
fn fixes(args: &ScanArgs) -> Fixes {
    let machine = args
        .output
        .iter()
        .any(|target| matches!(target.format, Format::Json | Format::Sarif));
    if args.fix || args.diff || machine {
        Fixes::All
    } else {
        Fixes::First(SHOWN_FIXES)
    }
}

/// What runs in the cluster, where the call asks for it.
fn running(args: &ScanArgs) -> Result<Option<Arc<Snapshot>>, Error> {
    let namespace = args.read.helm.options().namespace;
    snapshot::running(&args.read, namespace, &args.paths)
}

pub(super) fn options(args: &ScanArgs, snapshot: Option<Arc<Snapshot>>) -> Result<Options, Error> {
    Ok(Options {
        snapshot,
        paths: args.paths.clone(),
        stdin: if reads_stdin(args) {
            Some(read_stdin()?)
        } else {
            None
        },
        config: args.checks.library.config.clone(),
        check_folders: args.checks.library.folders.clone(),
        select: args.checks.select.clone(),
        ignore: args.checks.ignore.clone(),
        passes: args.verdicts == Verdicts::All,
        fixes: fixes(args),
        ..args.read.options()
    })
}

/// The whole standard input, up to one byte more than is read of a file, so that its size is told as that of a file is.
fn read_stdin() -> Result<Vec<u8>, Error> {
    let limit = Limits::default().file_bytes;
    let mut bytes = Vec::new();
    let mut stdin = std::io::stdin().lock().take(limit + 1);
    stdin.read_to_end(&mut bytes).map_err(Error::Input)?;
    Ok(bytes)
}

/// A finished scan and how it is told.
struct Run<'a> {
    args: &'a ScanArgs,
    global: &'a GlobalArgs,
    work: Work,
}

impl Run<'_> {
    fn detail(&self) -> Detail {
        Detail::of(self.global.quiet, self.global.verbose)
    }

    fn write_outputs(&self, targets: &[Target]) -> Result<(), Error> {
        for target in targets.iter().filter(|target| target.file.is_some()) {
            self.write_file(target)?;
        }
        let mut out = terminal::stdout();
        let look = Look::of_stdout(self.global.color);
        if self.args.diff {
            output::diff(&self.work.files, look, &mut out)?;
        }
        for target in targets.iter().filter(|target| target.file.is_none()) {
            output::write(target.format, &self.work.report, self.shape(look), &mut out)?;
        }
        Ok(out.flush()?)
    }

    fn write_file(&self, target: &Target) -> Result<(), Error> {
        let Some(path) = &target.file else {
            return Ok(());
        };
        let mut text = Vec::new();
        output::write(
            target.format,
            &self.work.report,
            self.shape(Look::PLAIN),
            &mut text,
        )?;
        output::save(path, &text)
    }

    fn shape(&self, look: Look) -> Shape {
        Shape {
            look,
            detail: self.detail(),
            verdicts: self.args.verdicts,
        }
    }

    /// Tells about the run on the standard error what the standard output does not say.
    fn tell(&self, targets: &[Target]) -> Result<(), Error> {
        let mut err = terminal::stderr();
        let look = Look::of_stderr(self.global.color);
        if self.args.timings {
            write_timings(&self.work.report, &mut err)?;
        }
        if self.global.quiet > 0 {
            return self.tell_missing(look, &mut err);
        }
        if self.args.filter.is_some() {
            let left_out = count(self.work.left_out, "finding");
            writeln!(err, "{left_out} left out by --filter")?;
        }
        if self.args.fix {
            let findings = self.work.files.iter().map(|file| file.findings).sum();
            writeln!(
                err,
                "Fixed {} in {}",
                count(findings, "finding"),
                count(self.work.files.len(), "file")
            )?;
        }
        if self.work.hides_secrets {
            writeln!(
                err,
                "The diff hides secrets, so `patch` refuses it there; --fix changes the files"
            )?;
        }
        let results = self.work.report.findings.len() + self.work.report.suppressed.len();
        if results > SARIF_RESULTS && targets.iter().any(|target| target.format == Format::Sarif) {
            writeln!(
                err,
                "GitHub refuses SARIF with more than {SARIF_RESULTS} results; --select can narrow the {results}"
            )?;
        }
        let told = targets
            .iter()
            .any(|target| target.format == Format::Human && target.file.is_none());
        if !told {
            err.write_all(output::summary(&self.work.report, look, self.detail()).as_bytes())?;
        }
        Ok(())
    }
}

impl Run<'_> {
    /// Says why the run fails where nothing else does.
    fn tell_missing(&self, look: Look, err: &mut impl Write) -> Result<(), Error> {
        let texts = Texts::of_report(&self.work.report);
        for problem in exit::missing(&self.work.report) {
            write!(err, "{}", problem_frame(problem, &texts, look))?;
        }
        Ok(())
    }
}

fn write_timings(report: &Report, err: &mut impl Write) -> Result<(), Error> {
    for (stage, time) in &report.timings {
        writeln!(err, "{stage:<12}{:>9.1} ms", time.as_secs_f64() * 1e3)?;
    }
    Ok(())
}
