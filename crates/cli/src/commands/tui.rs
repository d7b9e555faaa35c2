//! `scantling tui`: findings, resources and what is between them, on the screen.

use std::path::{Path, PathBuf};

use ::tui::{Call, Theme};
use analysis::{Options, Preferences};
use clap::ColorChoice;
use source::Disk;

use super::snapshot;
use crate::args::{GlobalArgs, ThemeArg, TuiArgs};
use crate::error::Error;
use crate::exit::Exit;
use crate::terminal::Look;

/// Shows the screen until the user leaves.
pub(super) fn run(args: &TuiArgs, global: &GlobalArgs) -> Result<Exit, Error> {
    let namespace = args.read.helm.options().namespace;
    let cluster = snapshot::asked(&args.read, namespace, &args.paths)?;
    let look = Look::of_stdout(global.color);
    let preferences = match home("XDG_CONFIG_HOME", ".config") {
        Some(folder) => Preferences::read(&Disk, &folder.join("tui.yaml"))?,
        None => Preferences::default(),
    };
    ::tui::run(Call {
        options: options(args),
        cluster,
        label: label(&args.paths),
        theme: theme(args, global),
        asks_ground: asks_ground(args, global),
        is_ascii: args.ascii || !look.unicode,
        preferences: Preferences {
            // What the call says counts more.
            theme: preferences.theme.filter(|_| args.theme.is_none()),
            ascii: preferences.ascii.filter(|_| !args.ascii),
            ..preferences
        },
        editor: variable("VISUAL").or_else(|| variable("EDITOR")),
        is_tmux: variable("TMUX").is_some(),
        folder: made(home("XDG_STATE_HOME", ".local/state")),
    })?;
    Ok(Exit::Clean)
}

fn options(args: &TuiArgs) -> Options {
    let paths = match args.paths.is_empty() && args.read.cluster {
        // Beside a cluster nothing else is shown unless it is named.
        true => Vec::new(),
        false => args.paths.clone(),
    };
    Options {
        paths,
        config: args.checks.library.config.clone(),
        check_folders: args.checks.library.folders.clone(),
        select: args.checks.select.clone(),
        ignore: args.checks.ignore.clone(),
        ..args.read.options()
    }
}

fn label(paths: &[PathBuf]) -> String {
    let shown: Vec<String> = paths
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    match shown.is_empty() {
        true => "this folder".to_owned(),
        false => shown.join(" "),
    }
}

/// The colors: as the call says, else as far as the terminal tells what it can show.
fn theme(args: &TuiArgs, global: &GlobalArgs) -> Theme {
    match args.theme {
        Some(ThemeArg::Dark) => Theme::Dark,
        Some(ThemeArg::Light) => Theme::Light,
        Some(ThemeArg::Sixteen) => Theme::Sixteen,
        Some(ThemeArg::Plain) => Theme::Plain,
        None if is_colorless(global) => Theme::Plain,
        None => told_theme(),
    }
}

fn is_colorless(global: &GlobalArgs) -> bool {
    global.color == ColorChoice::Never
        || global.color == ColorChoice::Auto && variable("NO_COLOR").is_some()
}

/// Whether the ground of the terminal decides the colors, and all colors can be shown.
fn asks_ground(args: &TuiArgs, global: &GlobalArgs) -> bool {
    args.theme.is_none() && !is_colorless(global) && shows_all_colors()
}

fn shows_all_colors() -> bool {
    matches!(
        variable("COLORTERM").as_deref(),
        Some("truecolor" | "24bit")
    )
}

/// What the surroundings tell of the terminal: whether it shows all colors, and on which ground.
fn told_theme() -> Theme {
    // Text and ground as numbers among the 16, such as `15;0`; 7 and those above 8 are light.
    let ground = variable("COLORFGBG");
    let ground = ground.and_then(|told| told.rsplit(';').next()?.parse::<u8>().ok());
    match (shows_all_colors(), ground) {
        (true, Some(7 | 9..=15)) => Theme::Light,
        (true, Some(_)) => Theme::Dark,
        // Of a terminal whose ground nobody knows the own colors are used.
        _ => Theme::Sixteen,
    }
}

/// The folder of this program among those of the user, by a variable or below the home folder.
fn home(name: &str, below: &str) -> Option<PathBuf> {
    let named = variable(name)
        .map(PathBuf::from)
        .filter(|path| path.is_absolute());
    let folder = named.or_else(|| Some(Path::new(&variable("HOME")?).join(below)));
    Some(folder?.join("scantling"))
}

/// The folder, which is made where it is not there.
fn made(folder: Option<PathBuf>) -> Option<PathBuf> {
    folder.filter(|folder| std::fs::create_dir_all(folder).is_ok())
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}
