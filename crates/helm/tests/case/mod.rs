//! Charts as one text each: a sentence, the arguments, the files, and what Helm says. Any text is a case, so that damaged ones
//! are inputs too; the fuzz target of the workspace's tests reads them.

#[path = "../../../../tests/recording/sections.rs"]
mod sections;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use flate2::Compression;
use flate2::write::GzEncoder;
use source::Memory;

use sections::sections;

/// The folder that the files stand in.
pub(crate) const ROOT: &str = "/case";

/// A case as it is written.
pub(crate) struct Case {
    /// The arguments of `helm template`.
    pub(crate) arguments: Vec<String>,
    /// Paths and texts.
    files: Vec<(String, String)>,
    /// What Helm prints, or why it doesn't.
    pub(crate) expected: Option<Result<String, String>>,
}

impl Case {
    /// Reads a text.
    pub(crate) fn read(text: &str) -> Self {
        let (before, sections) = sections(text);
        let arguments = before.lines().filter(|line| !line.starts_with('#'));
        let mut case = Self {
            arguments: arguments.map(str::to_owned).collect(),
            files: Vec::new(),
            expected: None,
        };
        for (name, text) in sections {
            case.add(name, text);
        }
        case
    }

    fn add(&mut self, name: &str, text: String) {
        match name {
            "output" => self.expected = Some(Ok(text)),
            "error" => self.expected = Some(Err(text.trim_end().to_owned())),
            name => self.files.push((name.to_owned(), text)),
        }
    }

    /// The files as they stand in a folder; those with `!` in their names are packed.
    pub(crate) fn memory(&self) -> Memory {
        let mut files: BTreeMap<PathBuf, Vec<u8>> = BTreeMap::new();
        let mut archives: BTreeMap<&str, Vec<(&str, &str)>> = BTreeMap::new();
        for (name, text) in &self.files {
            match name.split_once('!') {
                Some((archive, inner)) => archives.entry(archive).or_default().push((inner, text)),
                None => {
                    files.insert(Path::new(ROOT).join(name), text.as_bytes().to_vec());
                }
            }
        }
        for (name, packed) in archives {
            files.insert(Path::new(ROOT).join(name), pack(&packed));
        }
        Memory::new(files)
    }
}

/// An archive of these files, whatever their names, as far as a header holds them.
fn pack(files: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
    for (name, text) in files {
        let mut header = tar::Header::new_gnu();
        let space = header.as_old_mut().name.iter_mut();
        space.zip(name.bytes()).for_each(|(to, from)| *to = from);
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        header.set_cksum();
        archive
            .append(&header, text.as_bytes())
            .expect("memory takes bytes");
    }
    let archive = archive.into_inner().expect("memory takes bytes");
    archive.finish().expect("memory takes bytes")
}
