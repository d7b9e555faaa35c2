//! What happens to the state, and what the state wants to happen.

use std::path::PathBuf;
use std::sync::Arc;

use analysis::{About, Subject};
use source::Span;

use crate::keys::Press;
use crate::picture::Picture;

/// What happens.
#[derive(Clone, Debug)]
pub(crate) enum Message {
    Pressed(Press),
    Pasted(String),
    /// The terminal has so many columns and lines now.
    Resized(u16, u16),
    /// The mouse was pressed at a column and a line.
    Clicked(u16, u16),
    /// The wheel was turned by so many lines.
    Scrolled(i32),
    /// Time passed.
    Passed,
    /// The analysis does this, so many steps of so many.
    Stage(&'static str, usize, usize),
    Pictured(Arc<Picture>),
    Answered(Answer),
    /// The cluster can't be reached, or can again.
    Trouble(Option<String>),
    /// Which cluster is read.
    Context(Context),
    /// The analysis can't go on.
    Failed(String),
    /// Something to tell.
    Told(Tone, String),
}

/// How something that is told sounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tone {
    Plain,
    Bad,
}

/// Which cluster is read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Context {
    pub(crate) name: String,
    pub(crate) version: String,
    pub(crate) is_live: bool,
}

/// What is asked of the analysis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ask {
    /// All about a resource, by its index in the survey.
    About(u32),
    Privileges,
    /// The fixes of findings, by number.
    Fix(Vec<u32>),
    /// Texts of files to be written, if these are still what they were.
    Write(Vec<Change>, String),
    Suppress(Suppressing),
    /// The files are looked at again.
    Rescan,
}

/// What is asked, and of which analysis.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Question {
    pub(crate) revision: u64,
    pub(crate) ask: Ask,
}

/// A suppression that is wanted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Suppressing {
    /// The findings, by number.
    pub(crate) findings: Vec<u32>,
    pub(crate) reason: String,
    /// The last day, as `YYYY-MM-DD`.
    pub(crate) until: Option<String>,
}

/// A file before and after.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Change {
    /// The path as it is shown.
    pub(crate) path: PathBuf,
    /// Nothing where there was no file.
    pub(crate) before: Option<Arc<str>>,
    pub(crate) after: String,
}

/// What the analysis answers.
#[derive(Clone, Debug)]
pub(crate) enum Answer {
    About(u64, u32, Arc<About>),
    Privileges(u64, Arc<Vec<Subject>>),
    /// What fixes change, as lines that can be shown, or why there is none.
    Changes(Result<Preview, String>),
    Written(Result<Written, String>),
}

/// What is to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Preview {
    pub(crate) title: String,
    pub(crate) changes: Vec<Change>,
    /// The lines of a diff, without secrets.
    pub(crate) diff: Vec<(Sign, String)>,
}

/// What became of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Sign {
    Head,
    Same,
    Added,
    Removed,
}

/// What was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    pub(crate) title: String,
    pub(crate) changes: Vec<Change>,
}

/// What the state wants to happen.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Effect {
    Ask(Question),
    Copy(String),
    Edit {
        path: PathBuf,
        line: u32,
        column: u32,
    },
    Mouse(bool),
    Redraw,
    Suspend,
    Quit,
}

/// A place of a file that an editor opens.
pub(crate) fn edit(picture: &Picture, span: Span) -> Effect {
    let file = picture.file(span);
    let position = file.position(span.start);
    Effect::Edit {
        path: file.path.clone(),
        line: position.line + 1,
        column: position.char_column + 1,
    }
}
