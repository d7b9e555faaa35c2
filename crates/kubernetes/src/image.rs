//! The tag of an image reference, as far as the API's defaults ask for it.

/// Whether the API server takes the reference to mean the tag `latest`: it is written, or there is neither tag nor digest.
pub(crate) fn is_latest(reference: &str) -> bool {
    let (name, digest) = reference
        .split_once('@')
        .map_or((reference, None), |(name, digest)| (name, Some(digest)));
    if !is_name(name) {
        return false;
    }
    // A colon before the last slash belongs to the port of the registry.
    let after_slash = name.rsplit_once('/').map_or(name, |(_, last)| last);
    match after_slash.split_once(':') {
        Some((_, tag)) => tag == "latest",
        None => digest.is_none(),
    }
}

/// Whether a text may name an image, with its registry and its tag. Of what does not, the API server knows no tag.
///
/// Source: <https://pkg.go.dev/github.com/distribution/reference#ParseNormalizedNamed>
fn is_name(name: &str) -> bool {
    let is_known = |letter: char| letter.is_ascii_alphanumeric() || "._-/:[]".contains(letter);
    let is_domain = |domain: &str| {
        let is_mark = |letter: char| ".:".contains(letter) || letter.is_ascii_uppercase();
        domain == "localhost" || domain.contains(is_mark)
    };
    let path = match name.split_once('/') {
        Some((domain, path)) if is_domain(domain) => path,
        _ => name,
    };
    let path = path.split(':').next().unwrap_or_default();
    let is_lower = !path.contains(|letter: char| letter.is_ascii_uppercase());
    !path.is_empty() && is_lower && name.chars().all(is_known)
}

#[cfg(test)]
mod tests {
    use super::is_latest;

    #[test]
    fn a_reference_without_tag_and_digest_means_latest() {
        for latest in [
            "nginx",
            "nginx:latest",
            "r.example:5000/a/nginx",
            "nginx:latest@sha256:0",
            "R.example/nginx",
            "localhost/nginx",
        ] {
            assert!(is_latest(latest), "{latest}");
        }
        for pinned in [
            "nginx:1",
            "r.example:5000/nginx:1",
            "nginx@sha256:0",
            "nginx:1@sha256:0",
            "",
            "<YOUR-CONTAINER>",
            "Nginx",
            "r.example/Nginx",
            "$IMAGE",
        ] {
            assert!(!is_latest(pinned), "{pinned}");
        }
    }
}
