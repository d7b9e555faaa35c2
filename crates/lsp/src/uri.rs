//! Names of documents as paths of files, and back.

use std::path::{Path, PathBuf};

use crate::types::Uri;

/// The path of a file's URI. Documents that are no files have none: what is not saved yet, and other versions of a file.
pub(crate) fn path_of(uri: &Uri) -> Option<PathBuf> {
    if uri.scheme().as_str() != "file" {
        return None;
    }
    uri.to_file_path().map(std::borrow::Cow::into_owned)
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
    fn a_path_leads_to_its_uri_and_back() {
        for path in ["/a b/é#?.tf", "/[x]/%41.yaml"] {
            let uri = uri_of(Path::new(path)).unwrap();
            assert_eq!(path_of(&uri), Some(PathBuf::from(path)), "{}", uri.as_str());
        }
        assert_eq!(uri_of(Path::new("a")), None);
    }
}
