//! Which repository the scanned tree is.

use std::path::{Path, PathBuf};

use graph::NodeId;
use source::{FileSystem, Limits, Sources};

use crate::config;

/// A repository that the scanned tree is a copy of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Repository {
    /// The real path of its root.
    pub(super) root: PathBuf,
    /// What its addresses have in common; none where nothing says it.
    address: Option<String>,
}

impl Repository {
    /// The repository around a file. The call says its address, or the nearest `scantling.yaml` that does, or else git's remote
    /// `origin`.
    pub(super) fn around(
        system: &dyn FileSystem,
        file: &Path,
        boundary: &Path,
        called: Option<&str>,
    ) -> Self {
        let folder = file.parent().unwrap_or(Path::new(""));
        let mut root = boundary.to_path_buf();
        let mut found = None;
        for folder in folder.ancestors() {
            if found.is_none() && called.is_none() {
                found = configured(system, folder).map(|url| (folder.to_path_buf(), url));
            }
            let is_root = system.exists(&folder.join(".git"));
            if is_root {
                root = folder.to_path_buf();
            }
            if is_root || folder == boundary {
                break;
            }
        }
        let given = called.map(|url| (root.clone(), url.to_owned()));
        let origin = || Some((root.clone(), origin(system, &root)?));
        let (root, url) = match given.or(found).or_else(origin) {
            Some((root, url)) => (root, Some(url)),
            None => (root, None),
        };
        Self {
            root,
            address: url.map(|url| address(&url)),
        }
    }

    /// Whether anything says which repository it is.
    pub(super) fn is_known(&self) -> bool {
        self.address.is_some()
    }

    /// Whether an address leads to it.
    pub(super) fn is_at(&self, url: &str) -> bool {
        let own = self.address.as_deref();
        own.is_some_and(|own| !own.is_empty() && own == address(url))
    }

    /// The folder or file at a path in it; none of a path that leads out of it.
    pub(super) fn path(&self, path: &str) -> Option<PathBuf> {
        super::below(&self.root, Path::new(path.trim_start_matches('/')))
    }
}

/// The address that the `scantling.yaml` of a folder gives.
fn configured(system: &dyn FileSystem, folder: &Path) -> Option<String> {
    let path = folder.join(config::NAME);
    let bytes = system.read(&path, Limits::default()).ok()?;
    let text = String::from_utf8(bytes).ok()?;
    let file = Sources::default().add(&path, text);
    let yaml = yaml::read(&file, &yaml::Options::default());
    let tree = &yaml.documents.first()?.tree;
    let url = tree.text(NodeId::ROOT, config::REPOSITORY_URL)?;
    Some(url.to_string())
}

/// The address of the remote `origin`.
///
/// Source: <https://git-scm.com/docs/git-config#_configuration_file>
fn origin(system: &dyn FileSystem, root: &Path) -> Option<String> {
    let bytes = system.read(&root.join(".git/config"), Limits::default());
    let text = String::from_utf8(bytes.ok()?).ok()?;
    let mut is_origin = false;
    let mut url = None;
    for line in text.lines().map(str::trim) {
        if let Some(section) = line.strip_prefix('[') {
            let section = section.split(']').next().unwrap_or_default();
            let mut words = section.split_whitespace();
            is_origin = words
                .next()
                .is_some_and(|word| word.eq_ignore_ascii_case("remote"))
                && words.next() == Some("\"origin\"");
        } else if let Some((key, value)) = line.split_once('=').filter(|_| is_origin)
            && key.trim().eq_ignore_ascii_case("url")
            && url.is_none()
        {
            url = Some(value.trim().trim_matches('"').to_owned());
        }
    }
    url
}

/// What addresses of one repository have in common: host and path, without scheme, user, port and `.git`, in lower-case letters.
///
/// Argo CD compares them in lower-case letters and without `.git`; the ways over SSH and HTTPS are two to it, but lead to one
/// repository.
fn address(url: &str) -> String {
    let url = url.trim().to_lowercase();
    let (rest, has_scheme) = match url.split_once("://") {
        Some((_, rest)) => (rest, true),
        None => (url.as_str(), false),
    };
    let (host, path) = match (has_scheme, rest.split_once('/'), rest.split_once(':')) {
        (false, _, Some((host, path))) if !host.contains('/') => (host, path),
        (_, Some((host, path)), _) => (host, path),
        (_, None, _) => (rest, ""),
    };
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    let host = match has_scheme {
        true => host.split(':').next().unwrap_or(host),
        false => host,
    };
    let path = path.trim_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path);
    format!("{host}/{}", path.trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use source::Memory;

    use super::*;

    #[test]
    fn addresses_of_one_repository_are_equal() {
        let same = [
            "https://git.example.org/shop/web.git",
            "https://GIT.example.org/Shop/web",
            "git@git.example.org:shop/web.git",
            "ssh://git@git.example.org:2222/shop/web.git",
            "https://token@git.example.org/shop/web/",
        ];
        for url in same {
            assert_eq!(address(url), "git.example.org/shop/web", "{url}");
        }
        for url in [
            "https://git.example.org/shop/webs",
            "../web",
            "/srv/git/web",
        ] {
            assert_ne!(address(url), "git.example.org/shop/web", "{url}");
        }
    }

    #[test]
    fn the_call_counts_before_the_configuration_and_that_before_git() {
        let git = (
            ".git/config",
            "[remote \"fork\"]\n\turl = https://x.example/fork\n[remote \"origin\"]\n\turl = git@x.example:a/b.git\n",
        );
        let own = (
            "deploy/scantling.yaml",
            "repository-url: https://x.example/c\n",
        );
        let around = |files: &[(&str, &str)], called| {
            let system = Memory::new(files.iter().copied());
            Repository::around(
                &system,
                Path::new("deploy/apps/a.yaml"),
                Path::new(""),
                called,
            )
        };
        let of = |root: &str, address: Option<&str>| Repository {
            root: root.into(),
            address: address.map(str::to_owned),
        };
        assert_eq!(around(&[git], None), of("", Some("x.example/a/b")));
        assert_eq!(around(&[git, own], None), of("deploy", Some("x.example/c")));
        let called = around(&[git, own], Some("https://x.example/d.git"));
        assert_eq!(called, of("", Some("x.example/d")));
        assert_eq!(around(&[], None), of("", None));
    }
}
