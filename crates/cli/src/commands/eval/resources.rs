//! Resources with their values, where these are written, and why they are unknown.

use std::io::{self, Write};

use analysis::{Cause, Content, Fixes, Listed, ListedValue, NoProgress, Options, Report};
use graph::Data;
use source::{Disk, Level, Span, neutral};

use crate::args::{EvalArgs, GlobalArgs};
use crate::error::Error;
use crate::exit::Exit;
use crate::output::{Location, Texts, problem_frame};
use crate::terminal::{self, Look};

/// Lists the resources of a folder; tells the errors met on the way.
pub(super) fn list(args: &EvalArgs, options: Options, global: &GlobalArgs) -> Result<Exit, Error> {
    let options = Options {
        paths: vec![args.path.clone()],
        fixes: Fixes::None,
        values: true,
        ..options
    };
    let report = analysis::scan(&Disk, &options, &NoProgress)?;
    let mut out = terminal::stdout();
    for (index, listed) in report.listed.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        write(&report, listed, &mut out)?;
    }
    out.flush()?;
    tell_errors(&report, global)
}

fn tell_errors(report: &Report, global: &GlobalArgs) -> Result<Exit, Error> {
    let mut err = terminal::stderr();
    let errors = report.problems.iter();
    let mut errors = errors
        .filter(|problem| problem.level == Level::Error)
        .peekable();
    let exit = match errors.peek() {
        Some(_) => Exit::Findings,
        None => Exit::Clean,
    };
    let texts = Texts::of_report(report);
    for problem in errors.filter(|_| global.quiet < 2) {
        write!(err, "{}", problem_frame(problem, &texts, Look::PLAIN))?;
    }
    Ok(exit)
}

fn write(report: &Report, listed: &Listed, out: &mut dyn Write) -> io::Result<()> {
    let environment = listed.environment.as_deref();
    let environment = environment.map(|name| format!(" in the environment {name}"));
    writeln!(
        out,
        "{}{} ({})",
        neutral(&listed.resource.address),
        neutral(&environment.unwrap_or_default()),
        place(report, listed.span),
    )?;
    if let Some(cause) = &listed.conditional {
        writeln!(out, "  exists or not: {}", told(report, cause))?;
    }
    for value in &listed.values {
        writeln!(
            out,
            "  {} = {} ({}{})",
            value.path,
            content(report, &value.content),
            place(report, value.span),
            through(report, value),
        )?;
    }
    Ok(())
}

fn content(report: &Report, content: &Content) -> String {
    match content {
        Content::Known(Data::String(text)) => quoted(text),
        Content::Known(Data::Bool(bool)) => bool.to_string(),
        Content::Known(Data::Int(number)) => number.to_string(),
        Content::Known(Data::Float(number)) => number.to_string(),
        Content::Known(Data::List) => "[]".to_owned(),
        Content::Known(Data::Map) => "{}".to_owned(),
        Content::Known(Data::Null | Data::Unknown(_) | Data::Partial(_)) => "null".to_owned(),
        Content::Partly(text, causes) => {
            let causes: Vec<String> = causes.iter().map(|cause| told(report, cause)).collect();
            format!(
                "{}, where … is unknown: {}",
                quoted(text),
                causes.join("; ")
            )
        }
        Content::Unknown(cause) => format!("unknown: {}", told(report, cause)),
        Content::Secret => "(secret)".to_owned(),
    }
}

fn quoted(text: &str) -> String {
    neutral(&serde_json::Value::from(text).to_string()).into_owned()
}

fn told(report: &Report, cause: &Cause) -> String {
    match cause.place {
        Some(span) => format!("{} at {}", cause.message, place(report, span)),
        None => cause.message.clone(),
    }
}

fn through(report: &Report, value: &ListedValue) -> String {
    let steps = value.through.iter();
    steps
        .map(|step| format!(", {} {}", step.message, place(report, step.span)))
        .collect()
}

fn place(report: &Report, span: Span) -> String {
    let location = Location::of(span, &report.sources);
    let (file, start) = (neutral(&location.file).into_owned(), location.start);
    format!("{file}:{}:{}", start.line, start.column)
}
