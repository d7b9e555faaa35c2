//! `scantling eval`: the resources of a folder with their values, or the value of an expression as `terraform console` prints
//! it, and on the standard error why it is unknown.

mod resources;

use std::io::{BufRead as _, IsTerminal as _, Write as _};

use analysis::{Answer, Explanation, Options};
use source::{Disk, neutral};

use crate::args::{EvalArgs, GlobalArgs};
use crate::error::Error;
use crate::exit::Exit;
use crate::terminal;

/// The expression that stands for the lines of the standard input.
const STANDARD_INPUT: &str = "-";

/// Lists resources, or evaluates the expression of the call or each line of the standard input.
pub(super) fn run(args: &EvalArgs, global: &GlobalArgs) -> Result<Exit, Error> {
    match &args.expression {
        None => resources::list(args, options(args), global),
        Some(expression) if expression == STANDARD_INPUT => lines(args, global),
        Some(expression) => answer(args, global, std::slice::from_ref(expression)),
    }
}

fn options(args: &EvalArgs) -> Options {
    Options {
        root: args.root.clone(),
        config: args.config.clone(),
        terraform: args.terraform.options(),
        ..Options::default()
    }
}

fn lines(args: &EvalArgs, global: &GlobalArgs) -> Result<Exit, Error> {
    let stdin = std::io::stdin();
    let lines = stdin.lock().lines();
    if !stdin.is_terminal() {
        let lines: Vec<String> = lines.collect::<Result<_, _>>().map_err(Error::Input)?;
        return answer(args, global, &wanted(lines));
    }
    let mut exit = Exit::Clean;
    for line in lines {
        let line = line.map_err(Error::Input)?;
        let one = answer(args, global, &wanted(vec![line]))?;
        exit = if one == Exit::Clean { exit } else { one };
    }
    Ok(exit)
}

fn wanted(lines: Vec<String>) -> Vec<String> {
    let mut lines = lines;
    lines.retain(|line| !line.trim().is_empty());
    lines
}

fn answer(args: &EvalArgs, global: &GlobalArgs, expressions: &[String]) -> Result<Exit, Error> {
    let answers = analysis::evaluate(&Disk, &options(args), &args.path, expressions)?;
    let mut out = terminal::stdout();
    let mut err = terminal::stderr();
    let mut exit = Exit::Clean;
    for answer in answers {
        match answer {
            Answer::Value { text, unknown } => {
                for line in text.split('\n') {
                    writeln!(out, "{}", neutral(line))?;
                }
                out.flush()?;
                for cause in unknown.iter().filter(|_| global.quiet == 0) {
                    writeln!(err, "unknown: {}", told(cause))?;
                }
            }
            Answer::Failed(problems) => {
                exit = Exit::Findings;
                for problem in problems {
                    writeln!(err, "error: {}", told(&problem))?;
                }
            }
        }
    }
    out.flush()?;
    Ok(exit)
}

fn told(explanation: &Explanation) -> String {
    match &explanation.place {
        Some(place) => format!("{} ({place})", explanation.message),
        None => explanation.message.clone(),
    }
}
