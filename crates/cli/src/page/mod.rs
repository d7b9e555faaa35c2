//! The page of a check: everything that its file says, for a terminal and as Markdown.

mod markdown;
mod settings;
mod terminal;

use check::{Check, Example, ExampleFile, Expectation, read_examples};

use crate::terminal::Look;

#[cfg(test)]
pub(crate) use settings::file_value;
pub(crate) use settings::settings_value;

/// What a page says, in its order.
struct Page {
    /// The id.
    id: String,
    /// One line for people.
    title: String,
    /// Facts in a few words each.
    facts: Vec<String>,
    sections: Vec<Section>,
}

/// A heading with what stands below it.
struct Section {
    heading: &'static str,
    blocks: Vec<Block>,
}

enum Block {
    /// Text that is filled to the width.
    Text(String),
    /// Lines, each with a bullet.
    List(Vec<String>),
    /// A caption and text that stays as it is.
    Code {
        caption: String,
        language: &'static str,
        text: String,
    },
}

/// The page for a terminal.
pub(crate) fn terminal(check: &Check, look: Look) -> String {
    terminal::render(&page(check, Depth::People), check.severity, look)
}

/// The page with how the check works.
pub(crate) fn terminal_with_query(check: &Check, look: Look) -> String {
    terminal::render(&page(check, Depth::Authors), check.severity, look)
}

/// A short page without any style.
pub(crate) fn plain(check: &Check) -> String {
    terminal::render(&page(check, Depth::Help), check.severity, Look::PLAIN)
}

/// A short page as Markdown.
pub(crate) fn markdown(check: &Check) -> String {
    markdown::render(&page(check, Depth::Help))
}

/// How much a page tells.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Depth {
    /// What stands beside a finding.
    Help,
    /// What somebody needs who has a finding.
    People,
    /// Also what somebody needs who writes checks.
    Authors,
}

impl Depth {
    /// How many examples of an expectation are shown. Unknown values are written in a way that only authors know.
    fn examples(self, expectation: Expectation) -> usize {
        match (self, expectation) {
            (Self::Authors, _) => usize::MAX,
            (_, Expectation::Unknown) => 0,
            (Self::People, _) => 2,
            (Self::Help, _) => 1,
        }
    }
}

fn page(check: &Check, depth: Depth) -> Page {
    let text = |text: &str| vec![Block::Text(text.to_owned())];
    let mut sections = vec![
        Section {
            heading: "Why",
            blocks: text(&check.why),
        },
        Section {
            heading: "What to do",
            blocks: text(&check.remedy),
        },
    ];
    if depth == Depth::Authors {
        sections.push(Section {
            heading: "How it works",
            blocks: workings(check),
        });
    }
    sections.push(Section {
        heading: "Examples",
        blocks: examples(check, depth),
    });
    sections.push(Section {
        heading: "Settings",
        blocks: settings::blocks(check),
    });
    sections.push(Section {
        heading: "Controls",
        blocks: list(controls(check)),
    });
    sections.push(Section {
        heading: "Other names",
        blocks: list(check.aliases.iter().map(ToString::to_string)),
    });
    sections.push(Section {
        heading: "References",
        blocks: list(check.references.iter().map(ToString::to_string)),
    });
    sections.push(Section {
        heading: "How to accept it",
        blocks: acceptance(check),
    });
    sections.retain(|section| !section.blocks.is_empty());
    Page {
        id: check.id.to_string(),
        title: check.title.to_string(),
        facts: facts(check),
        sections,
    }
}

fn facts(check: &Check) -> Vec<String> {
    let mut facts = vec![check.severity.to_string(), check.principle.to_string()];
    facts.extend(check.threats.iter().map(ToString::to_string));
    facts.push(format!("judges {}", check.resources.join(", ")));
    if !check.on {
        facts.push("runs only when it is selected or enabled".to_owned());
    }
    facts
}

fn list(lines: impl IntoIterator<Item = String>) -> Vec<Block> {
    let lines: Vec<String> = lines.into_iter().collect();
    if lines.is_empty() {
        Vec::new()
    } else {
        vec![Block::List(lines)]
    }
}

fn controls(check: &Check) -> Vec<String> {
    let level = |name: &str, range: Option<check::VersionRange>| {
        range.map(|range| format!("Pod Security Standards, {name}: {range}"))
    };
    let standards = [
        level("Baseline", check.pod_security.baseline),
        level("Restricted", check.pod_security.restricted),
    ];
    let controls = check
        .controls
        .iter()
        .map(|control| format!("{}: {}", control.framework, control.ids.join(", ")));
    standards.into_iter().flatten().chain(controls).collect()
}

fn workings(check: &Check) -> Vec<Block> {
    let code = |caption: &str, language, text: String| Block::Code {
        caption: caption.to_owned(),
        language,
        text,
    };
    let mut blocks = vec![code("The query", "jq", check.query_text())];
    if let Some(fix) = settings::fix(check) {
        blocks.push(code("The fix", "yaml", fix));
    }
    let file = check.text.file.path.to_string_lossy().into_owned();
    blocks.push(Block::Text(format!("Defined in {file}")));
    blocks
}

/// The first examples of each expectation.
fn examples(check: &Check, depth: Depth) -> Vec<Block> {
    let (examples, _) = read_examples(&check.text);
    let expectations = [Expectation::Fail, Expectation::Pass, Expectation::Unknown];
    let of = |expectation| {
        let all = examples
            .examples
            .iter()
            .filter(move |example| example.expectation == expectation);
        all.take(depth.examples(expectation))
    };
    expectations.into_iter().flat_map(of).map(example).collect()
}

fn example(example: &Example) -> Block {
    let verdict = match example.expectation {
        Expectation::Fail => "Fails",
        Expectation::Pass => "Passes",
        Expectation::Unknown => "Unknown",
    };
    let caption = format!("{verdict}: {}", example.name);
    let language = match example.format.as_str() {
        "terraform" => "hcl",
        _ => "yaml",
    };
    Block::Code {
        caption,
        language,
        text: text(&example.files),
    }
}

/// The files of an example as one text; of several, each behind its path.
fn text(files: &[ExampleFile]) -> String {
    let texts = files.iter().map(|file| match files.len() {
        1 => file.text.trim_end().to_owned(),
        _ => format!("# {}\n{}", file.path, file.text.trim_end()),
    });
    texts.collect::<Vec<_>>().join("\n")
}

fn acceptance(check: &Check) -> Vec<Block> {
    let text = format!(
        "# scantling:ignore {} until=2030-01-31 why it is right here",
        check.id
    );
    let caption =
        "A comment on the line, above the node or above the resource; `until` may be left out"
            .to_owned();
    vec![Block::Code {
        caption,
        language: "yaml",
        text,
    }]
}
