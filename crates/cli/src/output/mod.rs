//! Output formats: which there are, and where each goes. Every format shows the same report.

pub(crate) mod access;
pub(crate) mod drift;
mod github;
pub(crate) mod harmless;
mod human;
mod json;
mod junit;
mod location;
mod sarif;
#[cfg(test)]
mod tests;
pub(crate) mod text;
mod watch;

use std::io::Write;
use std::path::{Path, PathBuf};

use analysis::Report;
use source::{Disk, FileSystem as _};

pub(crate) use human::{Detail, Texts, diff, masked, problem_frame, severities, style, summary};
pub(crate) use json::schema;
pub(crate) use location::{Location, shown};
pub(crate) use watch::{Form, Told};

use crate::args::Verdicts;
use crate::error::Error;
use crate::terminal::Look;

/// A format of reports.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    /// Code frames and a summary.
    Human,
    /// Everything, versioned.
    Json,
    /// SARIF 2.1.0.
    Sarif,
    /// Workflow commands that GitHub turns into annotations.
    Github,
    /// JUnit's XML.
    Junit,
}

impl Format {
    const ALL: [Self; 5] = [
        Self::Human,
        Self::Json,
        Self::Sarif,
        Self::Github,
        Self::Junit,
    ];

    fn name(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Json => "json",
            Self::Sarif => "sarif",
            Self::Github => "github",
            Self::Junit => "junit",
        }
    }
}

/// A format and where it goes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Target {
    /// The format.
    pub(crate) format: Format,
    /// The file; the standard output if there is none.
    pub(crate) file: Option<PathBuf>,
}

impl Target {
    /// Reads `FORMAT` or `FORMAT=FILE`.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let (name, file) = match text.split_once('=') {
            Some((_, "")) => return Err("there is no file after `=`".to_owned()),
            Some((name, file)) => (name, Some(file)),
            None => (text, None),
        };
        let names = Format::ALL.map(Format::name);
        let Some(format) = Format::ALL.into_iter().find(|format| format.name() == name) else {
            return Err(match source::nearest(name, names) {
                Some(near) => format!("there is no such format; did you mean `{near}`?"),
                None => format!("the formats are {}", names.join(", ")),
            });
        };
        Ok(Self {
            format,
            file: file.filter(|file| *file != "-").map(PathBuf::from),
        })
    }

    /// The format, if it goes to the standard output.
    pub(crate) fn printed(&self) -> Option<Format> {
        self.file.is_none().then_some(self.format)
    }
}

/// Checks that no two outputs go to the standard output, to which others go already.
pub(crate) fn only_one_to_stdout(targets: &[Target], others: usize) -> Result<(), Error> {
    let own = targets.iter().filter(|target| target.file.is_none());
    match own.count() + others {
        0 | 1 => Ok(()),
        _ => Err(Error::Usage {
            message: "two outputs go to the standard output".to_owned(),
            help: "give all but one a file, such as `-o human -o sarif=scantling.sarif`".to_owned(),
        }),
    }
}

/// Writes an output to its file.
pub(crate) fn save(path: &Path, text: &[u8]) -> Result<(), Error> {
    let failed = |source| Error::File {
        path: path.to_path_buf(),
        source,
    };
    Disk.write(path, &String::from_utf8_lossy(text))
        .map_err(failed)
}

/// What a report is shown with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shape {
    /// How text looks.
    pub(crate) look: Look,
    /// How much the human format tells.
    pub(crate) detail: Detail,
    /// Which verdicts the JSON format holds.
    pub(crate) verdicts: Verdicts,
}

/// Writes a report in a format.
pub(crate) fn write(
    format: Format,
    report: &Report,
    shape: Shape,
    out: &mut dyn Write,
) -> Result<(), Error> {
    match format {
        Format::Human => human::write(report, shape.look, shape.detail, out)?,
        Format::Json => json::write(report, shape.verdicts, out)?,
        Format::Sarif => sarif::write(report, out)?,
        Format::Github => github::write(report, out)?,
        Format::Junit => junit::write(report, out)?,
    }
    Ok(())
}
