//! A text that names something.

use std::path::PathBuf;

use graph::ResourceId;
use smol_str::SmolStr;
use source::Span;

/// A text that names something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Mention {
    pub(super) name: Name,
    pub(super) span: Span,
    pub(super) role: Role,
}

/// What a text does with a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Declares,
    Uses,
}

/// What is named, the same for all texts that name it. Folders and files are paths as they are read.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Name {
    /// Something of a module: its folder, and its address there, such as `var.size` or `aws_vpc.main`.
    Terraform(PathBuf, SmolStr),
    /// A key of the values of a chart on top, with the keys of those around it.
    Value(PathBuf, Vec<SmolStr>),
    /// A template of a chart on top.
    Template(PathBuf, SmolStr),
    /// A resource.
    Resource(ResourceId),
    /// A file, or the kustomization of a folder.
    File(PathBuf),
}

impl Name {
    /// A text without which no file names it.
    pub(super) fn needle(&self) -> Option<&str> {
        match self {
            Self::Terraform(_, address) => address.rsplit('.').next(),
            Self::Value(_, path) => path.last().map(SmolStr::as_str),
            Self::Template(_, name) => Some(name),
            Self::Resource(_) => None,
            Self::File(path) => path.file_name()?.to_str(),
        }
    }
}
