//! The files of a revision of git, as git itself tells them.
//!
//! Only objects are read: no hook, no filter, no program that a configuration names is run, nothing is fetched and nothing is written.
//! The files are those below the present folder, as a scan of it would find them.

use std::io::{BufRead, BufReader, Read, Write};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::thread;

use source::{Limits, Memory};

use crate::error::Error;

/// How much is read of one revision.
const MOST_BYTES: u64 = 1 << 30;

/// What git is told in each call: no pager, no object that stands for another, paths as they are.
const SAFE: [&str; 5] = [
    "--no-pager",
    "--no-replace-objects",
    "--literal-pathspecs",
    "-c",
    "core.fsmonitor=false",
];

/// The files of a revision, and how many of it were left out.
pub(crate) struct Revision {
    /// The files, by their paths below the present folder.
    pub(crate) files: Memory,
    /// How many links and other repositories it has, which are not followed, and files that are too large.
    pub(crate) left_out: usize,
}

/// A file of a revision.
struct Blob {
    object: String,
    path: PathBuf,
}

/// The files of a revision, such as `main`, `HEAD~1` or the beginning of a commit's name.
pub(crate) fn read(revision: &str) -> Result<Revision, Error> {
    let commit = commit(revision)?;
    let listed = run(&["ls-tree", "-r", "-z", &commit], revision)?;
    let mut left_out = 0;
    let mut blobs = Vec::new();
    for line in listed
        .split(|byte| *byte == 0)
        .filter(|line| !line.is_empty())
    {
        match blob(line) {
            Some(blob) if is_hidden(&blob.path) => {}
            Some(blob) => blobs.push(blob),
            None => left_out += 1,
        }
    }
    let files = contents(&blobs, revision)?;
    left_out += blobs.len() - files.len();
    Ok(Revision {
        files: Memory::new(files),
        left_out,
    })
}

/// The name of a commit. What begins with `-` is no revision, and would be an option.
fn commit(revision: &str) -> Result<String, Error> {
    let wanted = format!("{revision}^{{commit}}");
    let arguments = [
        "rev-parse",
        "--verify",
        "--quiet",
        "--end-of-options",
        &wanted,
    ];
    let name = run(&arguments, revision)?;
    let name = String::from_utf8_lossy(&name).trim().to_owned();
    match name.is_empty() {
        true => Err(failed(revision, "it names no commit")),
        false => Ok(name),
    }
}

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new("git");
    command.args(SAFE).args(arguments);
    command.env("GIT_NO_LAZY_FETCH", "1");
    command.env("GIT_OPTIONAL_LOCKS", "0");
    command.env("GIT_TERMINAL_PROMPT", "0");
    command.stdin(Stdio::null()).stderr(Stdio::null());
    command
}

fn run(arguments: &[&str], revision: &str) -> Result<Vec<u8>, Error> {
    let output = command(arguments).output();
    let output = output.map_err(|error| failed(revision, &format!("git can't be run: {error}")))?;
    match output.status.success() {
        true => Ok(output.stdout),
        false => Err(failed(revision, "it names no commit of this repository")),
    }
}

/// `MODE blob OBJECT\tPATH` of a regular file.
fn blob(line: &[u8]) -> Option<Blob> {
    let line = std::str::from_utf8(line).ok()?;
    let (head, path) = line.split_once('\t')?;
    let mut words = head.split(' ');
    let mode = words.next()?;
    let object = words.nth(1)?.to_owned();
    matches!(mode, "100644" | "100755").then(|| Blob {
        object,
        path: path.into(),
    })
}

/// Whether a scan passes it over.
fn is_hidden(path: &std::path::Path) -> bool {
    let mut names = path.iter();
    names.any(|name| name.as_encoded_bytes().starts_with(b"."))
}

/// The contents of files: git is told their names while it tells what they hold, because it may wait for either.
fn contents(blobs: &[Blob], revision: &str) -> Result<Vec<(PathBuf, Vec<u8>)>, Error> {
    let broken = |_| failed(revision, "git ended before it told all");
    let mut git = command(&["cat-file", "--batch"]);
    let git = git.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn();
    let mut git = git.map_err(|error| failed(revision, &format!("git can't be run: {error}")))?;
    let (Some(mut input), Some(output)) = (git.stdin.take(), git.stdout.take()) else {
        return Err(failed(revision, "git can't be talked to"));
    };
    let names: String = blobs
        .iter()
        .map(|blob| format!("{}\n", blob.object))
        .collect();
    let writer = thread::spawn(move || input.write_all(names.as_bytes()));
    let told = files(blobs, &mut BufReader::new(output), revision);
    end(&mut git);
    let files = told?;
    match writer.join() {
        Ok(written) => written.map_err(broken).map(|()| files),
        Err(_) => Err(failed(revision, "git can't be talked to")),
    }
}

/// Reads `OBJECT blob SIZE`, a line, and that many bytes with a line's end, for each file. Files that are too large are passed over.
fn files(
    blobs: &[Blob],
    output: &mut impl BufRead,
    revision: &str,
) -> Result<Vec<(PathBuf, Vec<u8>)>, Error> {
    let broken = |_| failed(revision, "git ended before it told all");
    let most = Limits::default().file_bytes;
    let mut total = 0;
    let mut files = Vec::new();
    for blob in blobs {
        let mut head = String::new();
        output.read_line(&mut head).map_err(broken)?;
        let size = head.trim_end().rsplit(' ').next();
        let Some(size) = size.and_then(|size| size.parse::<u64>().ok()) else {
            return Err(failed(revision, "an object is not in this repository"));
        };
        total += size.min(most);
        if total > MOST_BYTES {
            return Err(failed(revision, "its files are larger than 1 GiB together"));
        }
        let mut bytes = Vec::new();
        let mut own = output.by_ref().take(size);
        match size > most {
            true => {
                std::io::copy(&mut own, &mut std::io::sink()).map_err(broken)?;
            }
            false => {
                own.read_to_end(&mut bytes).map_err(broken)?;
                files.push((blob.path.clone(), bytes));
            }
        }
        output.read_exact(&mut [0]).map_err(broken)?;
    }
    Ok(files)
}

/// Waits for git, which has nothing to do any more.
fn end(git: &mut Child) {
    // It is gone already where it can't be ended or waited for.
    let _ = git.kill();
    let _ = git.wait();
}

fn failed(revision: &str, why: &str) -> Error {
    Error::Usage {
        message: format!("cannot read `{}`: {why}", source::neutral(revision)),
        help: "give files, a folder or a snapshot, or a revision of git in the folder that is asked about"
            .to_owned(),
    }
}
