//! Names of documents as paths of files, and back; of what is no file yet, as paths that no file has.

use std::path::{Path, PathBuf};

use crate::types::Uri;

/// The scheme of documents that were not saved yet.
const UNSAVED: &str = "untitled";

/// The path of a file's URI. Documents that are no files have none: what is not saved yet, and other versions of a file.
pub(crate) fn path_of(uri: &Uri) -> Option<PathBuf> {
    if uri.scheme().as_str() != "file" {
        return None;
    }
    uri.to_file_path().map(std::borrow::Cow::into_owned)
}

/// The path under which a document is analyzed that was not saved yet, in a folder of its own: its language says what kind of file
/// it would be. Nothing for other documents, and for languages that are none of ours.
pub(crate) fn unsaved_path(uri: &Uri, language: &str) -> Option<PathBuf> {
    let name = match language {
        "yaml" => "untitled.yaml",
        "json" => "untitled.json",
        "terraform" | "opentofu" => "untitled.tf",
        _ => return None,
    };
    let folder = uri.as_str().replace('%', "%25").replace('/', "%2F");
    (uri.scheme().as_str() == UNSAVED).then(|| Path::new(&folder).join(name))
}

/// Whether a path is that of a document that was not saved yet: such are relative, and those of files never are.
pub(crate) fn is_unsaved(path: &Path) -> bool {
    path.is_relative()
}

/// The URI of a file with an absolute path.
pub(crate) fn uri_of(path: &Path) -> Option<Uri> {
    path.is_absolute()
        .then(|| Uri::from_file_path(path))
        .flatten()
}

#[cfg(test)]
mod tests {
    use std::str::FromStr;

    use super::*;

    #[test]
    fn only_files_have_paths() {
        let path = |uri: &str| path_of(&Uri::from_str(uri).unwrap());
        assert_eq!(path("untitled:Untitled-1"), None);
        assert_eq!(path("git:/a/b.tf?%7B%7D"), None);
        assert_eq!(
            path("file:///a%20b/%C3%A9%23.tf"),
            Some(PathBuf::from("/a b/é#.tf"))
        );
    }

    #[test]
    fn what_is_not_saved_yet_has_a_folder_of_its_own() {
        let path = |uri: &str, language| unsaved_path(&Uri::from_str(uri).unwrap(), language);
        let expected = PathBuf::from("untitled:Untitled-1/untitled.yaml");
        assert!(is_unsaved(&expected));
        assert_eq!(path("untitled:Untitled-1", "yaml"), Some(expected));
        assert_eq!(
            path("untitled:/a/b%2Fc.tf", "terraform"),
            Some(PathBuf::from("untitled:%2Fa%2Fb%252Fc.tf/untitled.tf"))
        );
        assert_eq!(path("untitled:Untitled-1", "markdown"), None);
        assert_eq!(path("git:/a/b.tf?%7B%7D", "terraform"), None);
    }

    #[test]
    fn a_path_leads_to_its_uri_and_back() {
        for path in ["/a b/é#?.tf", "/[x]/%41.yaml"] {
            let uri = uri_of(Path::new(path)).unwrap();
            assert_eq!(path_of(&uri), Some(PathBuf::from(path)), "{}", uri.as_str());
        }
        assert_eq!(uri_of(Path::new("a")), None);
    }
}
