//! The commands.

mod access;
mod checks;
mod completions;
mod drift;
mod eval;
mod explain;
mod fix;
mod lsp;
mod manual;
mod paths;
mod reach;
mod render;
mod scan;
mod schema;
mod snapshot;
mod tui;
mod watch;

use crate::args::{Args, Command};
use crate::error::Error;
use crate::exit::Exit;
use crate::terminal::{self, Look};

/// Runs what the command line asks for.
pub(crate) fn run(args: &Args) -> Result<Exit, Error> {
    let global = &args.global;
    terminal::choose_color(global.color);
    let look = Look::of_stdout(global.color);
    match &args.command {
        Command::Scan(args) => scan::run(args, global),
        Command::Tui(args) => tui::run(args, global),
        Command::Drift(args) => drift::run(args, global),
        Command::WhoCan(args) => access::who_can(args, global),
        Command::Can(args) => access::can(args, global),
        Command::Paths(args) => paths::run(args, global),
        Command::Graph(args) => paths::graph(args, global),
        Command::Diff(args) => paths::diff(args, global),
        Command::Reach(args) => reach::run(args, global),
        Command::LeastPrivilege(args) => access::least(args, global),
        Command::Eval(args) => eval::run(args, global),
        Command::Render(args) => render::run(args, global),
        Command::Snapshot(args) => snapshot::run(args, global),
        Command::Checks(command) => checks::run(command, global, look),
        Command::Explain(args) => explain::run(args, explain::Page::People, global, look),
        Command::Lsp(args) => lsp::run(args),
        Command::Schema { of } => schema::run(*of),
        Command::Completions { shell } => completions::run(*shell),
        Command::Man { command } => manual::run(command),
    }
}
