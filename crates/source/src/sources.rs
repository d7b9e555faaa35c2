//! The files of one run.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::sync::{Arc, RwLock, RwLockReadGuard, RwLockWriteGuard};

use foldhash::HashMap;

use crate::system::{FileSystem, Limits, ReadError};
use crate::{FileId, Level, Problem, SourceFile};

/// All files of one run, by id. Files may be added from several threads.
#[derive(Debug, Default)]
pub struct Sources {
    table: RwLock<Table>,
}

#[derive(Debug, Default)]
struct Table {
    files: Vec<Arc<SourceFile>>,
    /// The files of each path, those added last behind: a path has several where it was given several texts.
    by_path: HashMap<OsString, Vec<Added>>,
    /// The size of all texts, in bytes.
    bytes: usize,
    round: u64,
}

#[derive(Clone, Copy, Debug)]
struct Added {
    id: FileId,
    /// The run that added it last.
    round: u64,
}

/// The most texts of one path that are remembered, beside those of the present run.
const MOST: usize = 128;

/// What [`Sources::load`] returns.
pub type Loaded = Result<Arc<SourceFile>, ReadError>;

impl Sources {
    /// Adds a file with the given text. One that is there with the same text is not added again.
    pub fn add(&self, path: impl AsRef<Path>, text: impl Into<Arc<str>>) -> Arc<SourceFile> {
        let (path, text) = (path.as_ref(), text.into());
        self.write_table().add(path, text)
    }

    /// Begins another run: files that are the same keep their ids, and of texts that a path had long ago, only their names stay.
    pub fn begin(&self) {
        self.write_table().round += 1;
    }

    /// The size of all texts, in bytes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.read_table().bytes
    }

    fn write_table(&self) -> RwLockWriteGuard<'_, Table> {
        self.table
            .write()
            .expect("no thread panics while it adds a file")
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
    fn add(&mut self, path: &Path, text: Arc<str>) -> Arc<SourceFile> {
        let round = self.round;
        let name = path.as_os_str();
        if !self.by_path.contains_key(name) {
            self.by_path.insert(name.to_owned(), Vec::new());
        }
        let Some(of_path) = self.by_path.get_mut(name) else {
            return Arc::new(SourceFile::new(FileId(u32::MAX), path, text));
        };
        let files = &mut self.files;
        let is_same = |added: &Added| *files[added.id.0 as usize].text == *text;
        if let Some(index) = of_path.iter().position(is_same) {
            let id = of_path.remove(index).id;
            of_path.push(Added { id, round });
            return Arc::clone(&files[id.0 as usize]);
        }
        let count = files.len();
        let id = FileId(u32::try_from(count).expect("a run reads fewer than 2^32 files"));
        self.bytes += text.len();
        let file = Arc::new(SourceFile::new(id, path, text));
        files.push(Arc::clone(&file));
        of_path.push(Added { id, round });
        let old = of_path.iter().take_while(|added| added.round < round);
        let over = old.count().min(of_path.len().saturating_sub(MOST));
        for Added { id, .. } in of_path.drain(..over) {
            let forgotten = &mut files[id.0 as usize];
            self.bytes -= forgotten.text.len();
            *forgotten = Arc::new(SourceFile::new(id, path, ""));
        }
        file
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
        sources.begin();
        assert_eq!(sources.add("b", "1").id, other.id);
        let changed = sources.add("a", "2");
        assert!(![one.id, other.id].contains(&changed.id));
        assert_eq!((&*sources.get(one.id).text, sources.bytes()), ("1", 3));
    }

    #[test]
    fn of_many_texts_the_oldest_are_forgotten() {
        let sources = Sources::default();
        let first = sources.add("a", "first");
        let all = |sources: &Sources| {
            (0..1_000).for_each(|number| drop(sources.add("a", number.to_string())));
        };
        all(&sources);
        assert_eq!(&*sources.get(first.id).text, "first");
        for number in 0..10_000 {
            sources.begin();
            sources.add("a", format!("text {number}"));
        }
        let forgotten = sources.get(first.id);
        assert_eq!(
            (&*forgotten.text, forgotten.path.as_path()),
            ("", Path::new("a"))
        );
        assert!(sources.bytes() < 2 * MOST * "text 9999".len());
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
