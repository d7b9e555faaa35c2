//! The signs that are drawn, for terminals that know more than ASCII and for those that do not.

use check::Severity;

/// The signs that are drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Glyphs {
    /// Something is left out.
    pub(crate) more: &'static str,
    /// Between levels of a trail.
    pub(crate) step: &'static str,
    pub(crate) bar: &'static str,
    pub(crate) rule: &'static str,
    /// A branch, and the last one.
    pub(crate) branch: &'static str,
    pub(crate) last: &'static str,
    pub(crate) open: &'static str,
    pub(crate) closed: &'static str,
    pub(crate) cursor: &'static str,
    pub(crate) mark: &'static str,
    pub(crate) dot: &'static str,
    /// From what uses a value to where it is written.
    pub(crate) down: &'static str,
    pub(crate) node: &'static str,
    pub(crate) to: &'static str,
    pub(crate) from: &'static str,
    /// A full and an empty part of a meter.
    pub(crate) full: &'static str,
    pub(crate) empty: &'static str,
    /// By severity, the mildest first.
    severities: [&'static str; 5],
}

/// For terminals that take UTF-8.
pub(crate) const UNICODE: Glyphs = Glyphs {
    more: "…",
    step: " › ",
    bar: "│",
    rule: "─",
    branch: "├─ ",
    last: "└─ ",
    open: "▾ ",
    closed: "▸ ",
    cursor: "▌",
    mark: "✓",
    dot: " · ",
    down: "▼",
    node: "●",
    to: "→",
    from: "←",
    full: "█",
    empty: "░",
    severities: ["○", "▽", "◇", "▲", "◆"],
};

/// For all others.
pub(crate) const ASCII: Glyphs = Glyphs {
    more: "~",
    step: " > ",
    bar: "|",
    rule: "-",
    branch: "|- ",
    last: "`- ",
    open: "- ",
    closed: "+ ",
    cursor: ">",
    mark: "*",
    dot: " - ",
    down: "v",
    node: "o",
    to: "->",
    from: "<-",
    full: "#",
    empty: ".",
    severities: [".", "v", "o", "^", "!"],
};

impl Glyphs {
    /// A severity as a sign and a letter: neither needs color.
    pub(crate) fn severity(&self, severity: Severity) -> String {
        let rank = Severity::ALL.iter().position(|one| *one == severity);
        let sign = rank
            .and_then(|rank| self.severities.get(rank))
            .unwrap_or(&" ");
        let letter = severity.text().chars().next().unwrap_or(' ');
        format!("{sign}{}", letter.to_ascii_uppercase())
    }
}
