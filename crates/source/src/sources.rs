//! The files of one run.

use std::collections::HashMap;
use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock, RwLockReadGuard};

use crate::system::{FileSystem, Limits, ReadError};
use crate::{FileId, Level, Problem, SourceFile};

/// All files of one run, by id. Files may be added from several threads.
#[derive(Debug, Default)]
pub struct Sources {
    table: RwLock<Table>,
}

#[derive(Clone, Debug, Default)]
struct Table {
    files: Vec<Arc<SourceFile>>,
    /// The files of each path: a path has several where it was given several texts.
    by_path: HashMap<OsString, Vec<FileId>>,
}

/// What [`Sources::load`] returns.
pub type Loaded = Result<Arc<SourceFile>, ReadError>;

impl Sources {
    /// Adds a file with the given text. One that is there with the same text is not added again.
    pub fn add(&self, path: impl AsRef<Path>, text: impl Into<Arc<str>>) -> Arc<SourceFile> {
        let (path, text) = (path.as_ref(), text.into());
        let mut table = self
            .table
            .write()
            .expect("no thread panics while it adds a file");
        if let Some(same) = table.find(path, &text) {
            return Arc::clone(same);
        }
        let count = table.files.len();
        let id = FileId(u32::try_from(count).expect("a run reads fewer than 2^32 files"));
        let file = Arc::new(SourceFile::new(id, path, text));
        table.files.push(Arc::clone(&file));
        table
            .by_path
            .entry(path.as_os_str().to_owned())
            .or_default()
            .push(id);
        file
    }

    /// The table of a run after this one: files that are the same keep their ids.
    #[must_use]
    pub fn successor(&self) -> Self {
        let table = self.read_table().clone();
        Self {
            table: RwLock::new(table),
        }
    }

    /// The size of all texts, in bytes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        let table = self.read_table();
        table.files.iter().map(|file| file.text.len()).sum()
    }

    fn read_table(&self) -> RwLockReadGuard<'_, Table> {
        self.table
            .read()
            .expect("no thread panics while it adds a file")
    }

    /// Reads `path` as UTF-8 and adds it under the name `shown`.
    ///
    /// # Errors
    /// When the path can't be read, is no regular file, is larger than the limit, or holds no UTF-8 text.
    pub fn load(
        &self,
        system: &dyn FileSystem,
        path: &Path,
        shown: &Path,
        limits: Limits,
    ) -> Loaded {
        let bytes = system.read(path, limits)?;
        self.take(bytes, shown, limits)
    }

    /// Adds bytes that were read, such as those of the standard input, under the name `shown`.
    ///
    /// # Errors
    /// When they are more than the limit, or no UTF-8 text.
    pub fn take(&self, bytes: Vec<u8>, shown: &Path, limits: Limits) -> Loaded {
        if bytes.len() as u64 > limits.file_bytes {
            return Err(ReadError::TooLarge {
                limit: limits.file_bytes,
            });
        }
        let text = decode(bytes)?;
        Ok(self.add(shown, text))
    }

    /// The file with this id. An id of no file of this table, such as one of a text that only ever was in memory, gives an empty
    /// file without a name.
    #[must_use]
    pub fn get(&self, id: FileId) -> Arc<SourceFile> {
        match self.read_table().files.get(id.0 as usize) {
            Some(file) => Arc::clone(file),
            None => Arc::new(SourceFile::new(id, "", "")),
        }
    }

    /// The shown path of the file with this id.
    #[must_use]
    pub fn path(&self, id: FileId) -> PathBuf {
        self.get(id).path.clone()
    }
}

impl Table {
    fn find(&self, path: &Path, text: &str) -> Option<&Arc<SourceFile>> {
        let ids = self.by_path.get(path.as_os_str())?.iter();
        let mut files = ids.filter_map(|id| self.files.get(id.0 as usize));
        files.find(|file| *file.text == *text)
    }
}

/// How much of a file tells whether it is text.
const SAMPLE: usize = 8192;

fn decode(bytes: Vec<u8>) -> Result<String, ReadError> {
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    if let Some(encoding) = wide(sample) {
        return Err(ReadError::Wide { encoding });
    }
    if sample.contains(&0) {
        return Err(ReadError::Binary);
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        let line = valid.iter().filter(|byte| **byte == b'\n').count() + 1;
        let start = valid.iter().rposition(|byte| *byte == b'\n');
        let before = &valid[start.map_or(0, |at| at + 1)..];
        // Bytes that continue a character are of the form 10xxxxxx.
        let column = before.iter().filter(|byte| **byte & 0xc0 != 0x80).count() + 1;
        ReadError::NotUtf8 { line, column }
    })
}

/// The encoding of text in units of two or four bytes: by its byte order mark, else because every other byte is zero, as in
/// Latin text (YAML 1.2.2, section 5.2).
fn wide(sample: &[u8]) -> Option<&'static str> {
    match sample {
        [0xff, 0xfe, 0, 0, ..] | [0, 0, 0xfe, 0xff, ..] => return Some("UTF-32"),
        [0xff, 0xfe, ..] | [0xfe, 0xff, ..] => return Some("UTF-16"),
        _ => {}
    }
    let pairs = sample.get(..64).unwrap_or(sample).chunks_exact(2);
    let is_all = |zero: usize| {
        pairs.len() > 1
            && pairs
                .clone()
                .all(|pair| pair[zero] == 0 && pair[1 - zero] != 0)
    };
    (is_all(0) || is_all(1)).then_some("UTF-16")
}

impl ReadError {
    /// The problem that tells a person that `path` could not be read.
    #[must_use]
    pub fn problem(&self, path: &Path) -> Problem {
        let code = match self {
            Self::NotFound => "no-such-path",
            _ => "unreadable-file",
        };
        let problem = Problem::of(Level::Error, code, self.to_string(), path);
        match self.help() {
            Some(help) => problem.with_help(help),
            None => problem,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(bytes: &[u8], expected: Result<&str, &str>) {
        let limits = Limits { file_bytes: 100 };
        let loaded = Sources::default().take(bytes.to_vec(), Path::new("a"), limits);
        let text = loaded.map(|file| file.text.to_string());
        assert_eq!(
            text.map_err(|error| error.to_string()),
            expected.map(str::to_owned).map_err(str::to_owned)
        );
    }

    #[test]
    fn only_text_in_utf_8_is_taken() {
        check("é: 1\n".as_bytes(), Ok("é: 1\n"));
        check(b"\xef\xbb\xbfa: 1", Ok("\u{feff}a: 1"));
        check(b"", Ok(""));
        check(b"a\0b", Err("a binary file"));
        check(
            b"a: 1\n\xc3\xa9\xff",
            Err("not UTF-8: a wrong byte at line 2, column 2"),
        );
        check(&[b'x'; 101], Err("larger than the limit of 0 MiB"));
    }

    #[test]
    fn a_file_with_the_same_text_keeps_its_id() {
        let sources = Sources::default();
        let (one, other) = (sources.add("a", "1"), sources.add("b", "1"));
        let next = sources.successor();
        assert_eq!(next.add("b", "1").id, other.id);
        let changed = next.add("a", "2");
        assert!(![one.id, other.id].contains(&changed.id));
        assert_eq!((&*next.get(one.id).text, next.bytes()), ("1", 3));
        assert_eq!(sources.bytes(), 2);
    }

    #[test]
    fn wide_encodings_are_named() {
        check(b"\xff\xfea\0", Err("text in UTF-16"));
        check(b"\xfe\xff\0a", Err("text in UTF-16"));
        check(b"a\0:\0 \0", Err("text in UTF-16"));
        check(b"\0a\0:\0 ", Err("text in UTF-16"));
        check(b"\xff\xfe\0\0a\0\0\0", Err("text in UTF-32"));
    }

    #[test]
    fn an_id_of_another_table_names_an_empty_file() {
        let file = Sources::default().get(FileId(u32::MAX));
        assert_eq!((&*file.text, file.path.as_path()), ("", Path::new("")));
    }
}
