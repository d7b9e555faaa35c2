//! Paths with slashes, as Go's `path` takes them apart. They are bytes, because Go's strings are.

use std::ops::Range;

/// Where the last name of a path stands: `None` where there is none and Go has `.`, or `/` for slashes alone.
#[must_use]
pub fn base(path: &[u8]) -> Option<Range<usize>> {
    let slashes = path.iter().rev().take_while(|byte| **byte == b'/').count();
    let end = path.len() - slashes;
    let start = name_start(&path[..end]);
    (start < end).then_some(start..end)
}

/// Where the extension of a path begins: at the last dot of its last name, or else at the end.
#[must_use]
pub fn extension(path: &[u8]) -> usize {
    let start = name_start(path);
    let dot = path[start..].iter().rposition(|byte| *byte == b'.');
    dot.map_or(path.len(), |dot| start + dot)
}

/// The folder of a path: what stands before its last name, without detours.
#[must_use]
pub fn folder(path: &[u8]) -> Vec<u8> {
    clean(&path[..name_start(path)])
}

/// The shortest path to the same place: without `.`, empty names, and names that `..` takes back.
#[must_use]
pub fn clean(path: &[u8]) -> Vec<u8> {
    let is_absolute = path.first() == Some(&b'/');
    let mut names: Vec<&[u8]> = Vec::new();
    for name in path.split(|byte| *byte == b'/') {
        match name {
            b"" | b"." => {}
            b".." if names.last().is_some_and(|last| *last != b"..") => _ = names.pop(),
            // Nothing is above the root.
            b".." if is_absolute => {}
            name => names.push(name),
        }
    }
    let mut cleaned = if is_absolute {
        b"/".to_vec()
    } else {
        Vec::new()
    };
    cleaned.extend(names.join(&b'/'));
    if cleaned.is_empty() {
        cleaned.push(b'.');
    }
    cleaned
}

fn name_start(path: &[u8]) -> usize {
    let slash = path.iter().rposition(|byte| *byte == b'/');
    slash.map_or(0, |slash| slash + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(bytes: &[u8]) -> &str {
        std::str::from_utf8(bytes).expect("paths of the tests are text")
    }

    #[test]
    fn paths_are_taken_apart_as_in_go() {
        for (path, last, suffix, above, cleaned) in [
            ("", ".", "", ".", "."),
            ("/", ".", "", "/", "/"),
            ("//", ".", "", "/", "/"),
            ("a", "a", "", ".", "a"),
            ("a/b.c", "b.c", ".c", "a", "a/b.c"),
            ("a.b/c", "c", "", "a.b", "a.b/c"),
            ("/a/b/", "b", "", "/a/b", "/a/b"),
            ("a//b/./../c", "c", "", "a", "a/c"),
            ("../../a", "a", "", "../..", "../../a"),
            ("/../a", "a", "", "/", "/a"),
            ("a/..", "..", ".", "a", "."),
            (".hidden", ".hidden", ".hidden", ".", ".hidden"),
        ] {
            let bytes = path.as_bytes();
            assert_eq!(
                base(bytes).map_or(".", |range| &path[range]),
                last,
                "{path}"
            );
            assert_eq!(&path[extension(bytes)..], suffix, "{path}");
            assert_eq!(text(&folder(bytes)), above, "{path}");
            assert_eq!(text(&clean(bytes)), cleaned, "{path}");
        }
    }
}
