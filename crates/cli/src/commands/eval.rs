//! `scantling eval`: values as `terraform console` prints them, and on the standard error why they are unknown.

use std::io::{BufRead as _, IsTerminal as _, Write as _};

use analysis::{Answer, Explanation, Options, TerraformOptions};
use source::{Disk, neutral};

use crate::args::{EvalArgs, GlobalArgs};
use crate::error::Error;
use crate::exit::Exit;
use crate::terminal;

/// Evaluates the expression of the call, else each line of the standard input.
pub(super) fn run(args: &EvalArgs, global: &GlobalArgs) -> Result<Exit, Error> {
    if let Some(expression) = &args.expression {
        return answer(args, global, std::slice::from_ref(expression));
    }
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
    let options = Options {
        root: args.root.clone(),
        config: args.config.clone(),
        terraform: TerraformOptions {
            variables: args.terraform.variables.0.clone(),
            workspace: args.terraform.workspace.clone(),
        },
        ..Options::default()
    };
    let answers = analysis::evaluate(&Disk, &options, &args.path, expressions)?;
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
