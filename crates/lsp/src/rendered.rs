//! The manifests that a chart or kustomization gives.

use std::path::{Path, PathBuf};

use crate::actions::Known;
use crate::types::Uri;
use crate::uri::path_of;

/// The command that answers with the manifests of the chart or kustomization that a file belongs to. Its argument is the file.
pub(crate) const SHOW_RENDERED: &str = "scantling.showRendered";

/// The scheme of documents that are such manifests: the rest of their names is that of the file.
pub(crate) const SCHEME: &str = "scantling";

/// The manifests of the chart or kustomization that a file belongs to, with what is wrong with it before them.
pub(crate) fn rendered(known: &Known<'_>, path: &Path) -> Option<String> {
    let rendered = known.workspace.rendered(known.system, path)?;
    let text = match rendered {
        Ok(rendered) => {
            let problems = rendered.problems.iter();
            let problems = problems.map(|problem| comment(&problem.message));
            let refusal = rendered.refusal.iter().map(|text| comment(text));
            let head: String = refusal.chain(problems).collect();
            head + &rendered.text
        }
        Err(error) => comment(&error.to_string()),
    };
    Some(text)
}

fn comment(text: &str) -> String {
    let lines = source::neutral(text);
    lines.lines().map(|line| format!("# {line}\n")).collect()
}

/// The file whose manifests a document shows.
pub(crate) fn file_of(document: &Uri) -> Option<PathBuf> {
    let rest = document.as_str().strip_prefix(SCHEME)?;
    let path = rest.strip_prefix(':')?;
    let path = path.strip_prefix("//").unwrap_or(path);
    path_of(&format!("file://{path}").parse().ok()?)
}

#[cfg(test)]
mod tests {
    use std::str::FromStr as _;

    use super::*;

    #[test]
    fn the_name_of_a_document_leads_to_its_file() {
        for (document, expected) in [
            ("scantling:/a/b%20c.yaml", Some("/a/b c.yaml")),
            ("scantling:///a/b.yaml", Some("/a/b.yaml")),
            ("file:///a/b.yaml", None),
        ] {
            let found = file_of(&Uri::from_str(document).unwrap());
            assert_eq!(found, expected.map(PathBuf::from), "{document}");
        }
    }
}
