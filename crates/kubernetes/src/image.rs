//! The tag of an image reference, as far as the API's defaults ask for it.

/// Whether the API server takes the reference to mean the tag `latest`: it is written, or there is neither tag nor digest.
pub(crate) fn is_latest(reference: &str) -> bool {
    if reference.is_empty() {
        return false;
    }
    let (name, digest) = reference
        .split_once('@')
        .map_or((reference, None), |(name, digest)| (name, Some(digest)));
    // A colon before the last slash belongs to the port of the registry.
    let after_slash = name.rsplit_once('/').map_or(name, |(_, last)| last);
    match after_slash.split_once(':') {
        Some((_, tag)) => tag == "latest",
        None => digest.is_none(),
    }
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
        ] {
            assert!(is_latest(latest), "{latest}");
        }
        for pinned in [
            "nginx:1",
            "r.example:5000/nginx:1",
            "nginx@sha256:0",
            "nginx:1@sha256:0",
            "",
        ] {
            assert!(!is_latest(pinned), "{pinned}");
        }
    }
}
