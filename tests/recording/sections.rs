//! Case files, which hold the files of one case and what a program says of them: `-- NAME --` stands above each. Any text is a
//! case.

/// What stands before the first file, and name and text of each.
pub(crate) fn sections(text: &str) -> (&str, Vec<(&str, String)>) {
    let (before, rest) = text.split_once("\n-- ").unwrap_or((text, ""));
    let rest = rest.strip_suffix('\n').unwrap_or(rest);
    let sections = rest.split("\n-- ").filter_map(|section| {
        let (name, text) = section.split_once(" --")?;
        let text = text.strip_prefix('\n').map(|text| format!("{text}\n"));
        Some((name, text.unwrap_or_default()))
    });
    (before, sections.collect())
}
