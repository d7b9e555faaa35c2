//! `scantling who-can` and `scantling can`: who may do what, and by which bindings.

use std::io::Write as _;

use analysis::access::{self, Access, Can, LeastQuestion, Question, Verdict};
use analysis::{Options, Report};
use source::{Disk, Level};

use super::snapshot;
use crate::args::{AccessFormat, CanArgs, GlobalArgs, LeastArgs, WhoCanArgs, WorldArgs};
use crate::error::Error;
use crate::exit::Exit;
use crate::output::access::{human, json, least};
use crate::output::{Texts, problem_frame};
use crate::progress::Bar;
use crate::terminal::{self, Look};

/// Tells who may do something.
pub(super) fn who_can(args: &WhoCanArgs, global: &GlobalArgs) -> Result<Exit, Error> {
    let options = options(&args.answer.world)?;
    let question = question(&args.answer.world, &args.verb, &args.resource);
    let found = access::who_can(&Disk, &options, &question, &Bar::new())?;
    let mut out = terminal::stdout();
    match args.answer.output {
        AccessFormat::Human => human::who_can(&found, look(global), &mut out)?,
        AccessFormat::Json => json::who_can(&found, &mut out)?,
    }
    out.flush()?;
    tell_errors(&found.report, global)?;
    Ok(Exit::Clean)
}

/// Tells what someone may do.
pub(super) fn can(args: &CanArgs, global: &GlobalArgs) -> Result<Exit, Error> {
    let options = options(&args.answer.world)?;
    let asked = args.verb.as_ref().zip(args.resource.as_ref());
    let question = asked.map(|(verb, resource)| question(&args.answer.world, verb, resource));
    let who = (args.subject.as_str(), args.as_group.as_slice());
    let found = access::can(&Disk, &options, who, question.as_ref(), &Bar::new())?;
    let mut out = terminal::stdout();
    match args.answer.output {
        AccessFormat::Human => human::can(&found, look(global), &mut out)?,
        AccessFormat::Json => json::can(&found, &mut out)?,
    }
    out.flush()?;
    tell_errors(&found.report, global)?;
    Ok(exit(&found))
}

/// Tells the least that somebody needs.
pub(super) fn least(args: &LeastArgs, global: &GlobalArgs) -> Result<Exit, Error> {
    let options = options(&args.answer.world)?;
    let question = LeastQuestion {
        subject: &args.subject,
        groups: &args.as_group,
        audit_log: args.audit_log.as_deref(),
    };
    let found = access::least_privilege(&Disk, &options, question, &Bar::new())?;
    let mut out = terminal::stdout();
    match args.answer.output {
        AccessFormat::Human => least::write(&found, look(global), &mut out)?,
        AccessFormat::Json => least::write_json(&found, &mut out)?,
    }
    out.flush()?;
    tell_errors(&found.report, global)?;
    let mut worlds = found.worlds.iter();
    Ok(match worlds.all(|world| world.answer.unused.is_empty()) {
        true => Exit::Clean,
        false => Exit::Findings,
    })
}

/// A question that is not answered with yes everywhere is told by the exit code.
fn exit(found: &Access<Can>) -> Exit {
    let answers = found.worlds.iter();
    let mut answers = answers.filter_map(|world| world.answer.answer.as_ref());
    match answers.all(|answer| answer.verdict == Verdict::Yes) {
        true => Exit::Clean,
        false => Exit::Findings,
    }
}

pub(super) fn look(global: &GlobalArgs) -> human::Shape {
    human::Shape {
        look: Look::of_stdout(global.color),
        is_quiet: global.quiet > 0,
        is_verbose: global.verbose,
    }
}

fn question(args: &WorldArgs, verb: &str, resource: &str) -> Question {
    Question {
        verb: verb.to_owned(),
        resource: resource.to_owned(),
        subresource: args.subresource.clone(),
        namespace: args.read.helm.options().namespace.map(Into::into),
    }
}

/// What is read. All of a cluster is, whatever the namespace that is asked about: rights come from everywhere.
pub(super) fn options(args: &WorldArgs) -> Result<Options, Error> {
    Ok(Options {
        snapshot: snapshot::running(&args.read, None, &args.paths)?,
        paths: args.paths.clone(),
        config: args.config.clone(),
        ..args.read.options()
    })
}

/// Says what of the input was not understood, because the answer may lack it.
pub(super) fn tell_errors(report: &Report, global: &GlobalArgs) -> Result<(), Error> {
    let mut err = terminal::stderr();
    let look = Look::of_stderr(global.color);
    let texts = Texts::of_report(report);
    let errors = report.problems.iter();
    let errors = errors.filter(|problem| problem.level == Level::Error && global.quiet < 2);
    for problem in errors {
        write!(err, "{}", problem_frame(problem, &texts, look))?;
    }
    Ok(())
}
