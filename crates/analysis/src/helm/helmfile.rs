//! Helmfiles, which install charts with values of their own.

use std::path::Path;

/// Why a helmfile is left out.
pub(crate) const LEFT_OUT: &str = "a helmfile, whose releases are not rendered; charts of this tree are, with the values beside them";

/// Whether a file is a helmfile, by its name or folder.
///
/// Source: <https://helmfile.readthedocs.io/en/latest/#configuration>
pub(crate) fn is_helmfile(path: &Path) -> bool {
    let name = path.file_name().and_then(|name| name.to_str());
    let name = name.unwrap_or_default();
    let plain = name.strip_suffix(".gotmpl").unwrap_or(name);
    let folder = path.parent().and_then(Path::file_name);
    let is_yaml = plain.ends_with(".yaml") || plain.ends_with(".yml");
    let is_named = ["helmfile.yaml", "helmfile.yml"].contains(&plain) || name == "helmfile.gotmpl";
    is_named || is_yaml && folder.is_some_and(|folder| folder == "helmfile.d")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn helmfiles_are_told_by_their_names() {
        for (path, expected) in [
            ("helmfile.yaml", true),
            ("deploy/helmfile.yaml.gotmpl", true),
            ("helmfile.gotmpl", true),
            ("helmfile.d/10-shop.yaml", true),
            ("helmfile.d/20-shop.yaml.gotmpl", true),
            ("helmfile", false),
            ("helmfile.d/values/shop.yaml", false),
            ("my-helmfile.yaml", false),
            ("values.yaml.gotmpl", false),
        ] {
            assert_eq!(is_helmfile(Path::new(path)), expected, "{path}");
        }
    }
}
