//! `scantling render`: the manifests of a chart or a kustomization, and beside them where each line is written.

use std::io::{self, Write};

use analysis::{Options, RenderOptions, RenderedText};
use source::{Disk, Level, Sources, Span, neutral};

use crate::args::{GlobalArgs, RenderArgs};
use crate::error::Error;
use crate::exit::Exit;
use crate::output::{Location, Texts, problem_frame};
use crate::terminal::{self, Look};

/// Prints a chart or a kustomization, and tells what is wrong with it.
pub(super) fn run(args: &RenderArgs, global: &GlobalArgs) -> Result<Exit, Error> {
    let options = Options {
        root: args.root.clone(),
        helm: args.helm.options(),
        kubernetes_version: args.kubernetes_version.clone(),
        ..Options::default()
    };
    let wanted = RenderOptions {
        crds: args.include_crds,
        no_hooks: args.no_hooks,
        skip_tests: args.skip_tests,
        only: args.show_only.clone(),
    };
    let rendered = analysis::render(&Disk, &options, &args.path, &wanted)?;
    let mut out = terminal::stdout();
    match args.origins {
        true => write_origins(&rendered, &mut out)?,
        false => out.write_all(rendered.text.as_bytes())?,
    }
    out.flush()?;
    tell(&rendered, global)
}

/// Writes each line behind its place, in a column of its own.
fn write_origins(rendered: &RenderedText, out: &mut dyn Write) -> io::Result<()> {
    let places: Vec<String> = rendered
        .lines
        .iter()
        .map(|span| span.map_or_else(String::new, |span| place(span, &rendered.sources)))
        .collect();
    let width = places.iter().map(|place| place.chars().count()).max();
    let width = width.unwrap_or_default();
    for (line, place) in rendered.text.lines().zip(&places) {
        writeln!(out, "{place:<width$} │ {}", neutral(line))?;
    }
    Ok(())
}

fn place(span: Span, sources: &Sources) -> String {
    let location = Location::of(span, sources);
    format!("{}:{}", neutral(&location.file), location.start.line)
}

fn tell(rendered: &RenderedText, global: &GlobalArgs) -> Result<Exit, Error> {
    let mut err = terminal::stderr();
    let texts = Texts::of_checks(&rendered.sources);
    let told = rendered
        .problems
        .iter()
        .filter(|problem| global.quiet == 0 || problem.level == Level::Error && global.quiet < 2);
    for problem in told {
        write!(err, "{}", problem_frame(problem, &texts, Look::PLAIN))?;
    }
    let Some(refusal) = &rendered.refusal else {
        return Ok(Exit::Clean);
    };
    let is_told = rendered
        .problems
        .iter()
        .any(|problem| problem.level == Level::Error);
    if !is_told && global.quiet < 2 {
        writeln!(err, "error: {}", neutral(refusal))?;
    }
    Ok(Exit::Findings)
}
