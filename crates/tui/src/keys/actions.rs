//! Everything that can be done, in one table: keys, the palette, the help and the configuration come from it.

/// Something that can be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum Action {
    Down,
    Up,
    HalfPageDown,
    HalfPageUp,
    PageDown,
    PageUp,
    Top,
    Bottom,
    Follow,
    Left,
    Back,
    HistoryBack,
    HistoryForward,
    NextView,
    PreviousView,
    Posture,
    Findings,
    Resources,
    Privileges,
    Coverage,
    Problems,
    Why,
    Explain,
    Describe,
    Filter,
    Command,
    Palette,
    Sort,
    Pane,
    PaneDown,
    PaneUp,
    Mark,
    Unmark,
    Yank,
    YankJson,
    YankCommand,
    Edit,
    Fix,
    Undo,
    Suppress,
    Rescan,
    Theme,
    Mouse,
    Redraw,
    Suspend,
    Quit,
}

/// What actions are about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Group {
    Move,
    Views,
    Find,
    Do,
    Screen,
}

/// A row of the table.
pub(crate) struct Entry {
    pub(crate) action: Action,
    /// The name in the configuration and in commands.
    pub(crate) name: &'static str,
    /// The names of its keys, separated by blanks, where nobody says others.
    pub(crate) keys: &'static str,
    /// What it does, as an imperative.
    pub(crate) meaning: &'static str,
    pub(crate) group: Group,
}

const fn entry(
    action: Action,
    name: &'static str,
    keys: &'static str,
    meaning: &'static str,
    group: Group,
) -> Entry {
    Entry {
        action,
        name,
        keys,
        meaning,
        group,
    }
}

/// All that can be done, in the order in which it is listed.
pub(crate) const ACTIONS: [Entry; 46] = [
    entry(
        Action::Follow,
        "follow",
        "enter l right",
        "Open what the cursor is on",
        Group::Move,
    ),
    entry(
        Action::Back,
        "back",
        "esc",
        "Go back, or take the filter away",
        Group::Move,
    ),
    entry(Action::Down, "down", "j down", "Go down", Group::Move),
    entry(Action::Up, "up", "k up", "Go up", Group::Move),
    entry(
        Action::HalfPageDown,
        "half-page-down",
        "ctrl-d",
        "Go down half a page",
        Group::Move,
    ),
    entry(
        Action::HalfPageUp,
        "half-page-up",
        "ctrl-u",
        "Go up half a page",
        Group::Move,
    ),
    entry(
        Action::PageDown,
        "page-down",
        "pagedown ctrl-f",
        "Go down a page",
        Group::Move,
    ),
    entry(
        Action::PageUp,
        "page-up",
        "pageup ctrl-b",
        "Go up a page",
        Group::Move,
    ),
    entry(
        Action::Top,
        "top",
        "g home",
        "Go to the first line",
        Group::Move,
    ),
    entry(
        Action::Bottom,
        "bottom",
        "G end",
        "Go to the last line",
        Group::Move,
    ),
    entry(
        Action::Left,
        "left",
        "h left",
        "Fold, or go back",
        Group::Move,
    ),
    entry(
        Action::HistoryBack,
        "history-back",
        "[",
        "Go to the page before",
        Group::Move,
    ),
    entry(
        Action::HistoryForward,
        "history-forward",
        "]",
        "Go to the page behind",
        Group::Move,
    ),
    entry(
        Action::Posture,
        "posture",
        "1",
        "Show how bad it is, where, and the worst resources",
        Group::Views,
    ),
    entry(
        Action::Findings,
        "findings",
        "2",
        "Show the findings",
        Group::Views,
    ),
    entry(
        Action::Resources,
        "resources",
        "3",
        "Show the resources",
        Group::Views,
    ),
    entry(
        Action::Privileges,
        "privileges",
        "4",
        "Show who is granted what",
        Group::Views,
    ),
    entry(
        Action::Coverage,
        "coverage",
        "5",
        "Show what was scanned, what was not, and why",
        Group::Views,
    ),
    entry(
        Action::Problems,
        "problems",
        "6",
        "Show what was not understood",
        Group::Views,
    ),
    entry(
        Action::NextView,
        "next-view",
        "tab",
        "Show the next view",
        Group::Views,
    ),
    entry(
        Action::PreviousView,
        "previous-view",
        "shift-tab",
        "Show the view before",
        Group::Views,
    ),
    entry(
        Action::Why,
        "why",
        "w",
        "Show why: where the value comes from, and what shows it",
        Group::Views,
    ),
    entry(
        Action::Explain,
        "explain",
        "x",
        "Explain the check",
        Group::Views,
    ),
    entry(
        Action::Describe,
        "describe",
        "d",
        "Show the resource: what it uses, and what uses it",
        Group::Views,
    ),
    entry(
        Action::Filter,
        "filter",
        "/",
        "Filter, such as severity>=high kind:Deployment",
        Group::Find,
    ),
    entry(
        Action::Command,
        "command",
        ":",
        "Type a command",
        Group::Find,
    ),
    entry(
        Action::Palette,
        "palette",
        "?",
        "Find and run any action",
        Group::Find,
    ),
    entry(
        Action::Sort,
        "sort",
        "o",
        "Sort by something else",
        Group::Find,
    ),
    entry(
        Action::Mark,
        "mark",
        "space",
        "Mark the line, or take its mark away",
        Group::Do,
    ),
    entry(
        Action::Unmark,
        "unmark",
        "U",
        "Take all marks away",
        Group::Do,
    ),
    entry(
        Action::Edit,
        "edit",
        "e",
        "Edit the place in $VISUAL or $EDITOR",
        Group::Do,
    ),
    entry(
        Action::Fix,
        "fix",
        "f",
        "See a proven fix of this or the marked findings, and make it",
        Group::Do,
    ),
    entry(
        Action::Undo,
        "undo",
        "u",
        "Undo the last fix or suppression",
        Group::Do,
    ),
    entry(
        Action::Suppress,
        "suppress",
        "s",
        "Suppress the finding, with a reason",
        Group::Do,
    ),
    entry(Action::Yank, "yank", "y", "Copy as text", Group::Do),
    entry(
        Action::YankJson,
        "yank-json",
        "Y",
        "Copy as JSON",
        Group::Do,
    ),
    entry(
        Action::YankCommand,
        "yank-command",
        "ctrl-y",
        "Copy the kubectl command that shows the resource",
        Group::Do,
    ),
    entry(Action::Rescan, "rescan", "ctrl-r", "Scan again", Group::Do),
    entry(
        Action::Pane,
        "pane",
        "p",
        "Show or hide the text beside the list",
        Group::Screen,
    ),
    entry(
        Action::PaneDown,
        "pane-down",
        "J",
        "Scroll the text beside the list down",
        Group::Screen,
    ),
    entry(
        Action::PaneUp,
        "pane-up",
        "K",
        "Scroll the text beside the list up",
        Group::Screen,
    ),
    entry(
        Action::Theme,
        "theme",
        "T",
        "Switch the theme",
        Group::Screen,
    ),
    entry(
        Action::Mouse,
        "mouse",
        "M",
        "Use the mouse here, or leave it to the terminal",
        Group::Screen,
    ),
    entry(
        Action::Redraw,
        "redraw",
        "ctrl-l",
        "Draw the screen anew",
        Group::Screen,
    ),
    entry(
        Action::Suspend,
        "suspend",
        "ctrl-z",
        "Go to the shell; `fg` comes back",
        Group::Screen,
    ),
    entry(Action::Quit, "quit", "q ctrl-c", "Quit", Group::Screen),
];

impl Action {
    /// Its row.
    pub(crate) fn entry(self) -> &'static Entry {
        let mut rows = ACTIONS.iter();
        rows.find(|row| row.action == self).unwrap_or(&ACTIONS[0])
    }
}

impl Group {
    /// The title in the palette.
    pub(crate) fn title(self) -> &'static str {
        match self {
            Self::Move => "move",
            Self::Views => "views",
            Self::Find => "find",
            Self::Do => "do",
            Self::Screen => "screen",
        }
    }
}
