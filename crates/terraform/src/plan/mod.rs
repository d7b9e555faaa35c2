//! Plans and state: what Terraform has computed, to the instances that a configuration gives.
//!
//! Sources: <https://developer.hashicorp.com/terraform/internals/json-format>,
//! <https://github.com/hashicorp/terraform/blob/v1.11/internal/plans/planproto/planfile.proto>.

mod address;
mod archive;
mod configuration;
mod content;
mod instance;
mod json;
mod proto;
mod raw_state;
mod references;
mod secrets;
mod shown;
mod unset;
mod values;
mod written;

use std::cell::Cell;

use smol_str::SmolStr;
use source::{Level, Problem, SourceFile, Span};

use crate::resource::Keys;
use crate::root::{Instance, ModulePath};
use crate::value::Value;

pub use archive::{is_archive, read_archive};
pub use content::{Content, content};

/// What a plan or state says.
#[derive(Default)]
pub struct Planned {
    /// The instances of resources and data sources that are there afterwards, by address.
    pub instances: Vec<Instance>,
    /// How the providers are configured.
    pub providers: Vec<Provider>,
    /// Where the keys of values are written.
    pub keys: Keys,
    /// What the file is; none of an archive.
    pub content: Option<Content>,
    /// The places of texts that must not be shown, wherever the file repeats them.
    pub secrets: Vec<Span>,
    /// What could not be understood.
    pub problems: Vec<Problem>,
}

/// The configuration of a provider.
pub struct Provider {
    /// Its name, such as `aws`.
    pub name: SmolStr,
    /// Its alias, where it has one.
    pub alias: Option<SmolStr>,
    /// The module that it stands in.
    pub module: ModulePath,
    /// What is configured.
    pub value: Value,
}

/// Reads a file of JSON that is a plan or state; none of anything else. What can't be understood is a problem, and the rest is
/// there nevertheless.
#[must_use]
pub fn read(file: &SourceFile) -> Option<Planned> {
    if !content::may_be(&file.text) {
        return None;
    }
    let read = yaml::read(file, &yaml::Options::default());
    let document = read.documents.into_iter().next()?;
    let json = json::Json {
        file,
        tree: &document.tree,
        parts_left: &Cell::new(json::MOST_PARTS),
    };
    let content = content::of(&json)?;
    let mut planned = match content {
        Content::Plan | Content::ShownState => shown::read(&json),
        Content::RawState => raw_state::read(&json),
        Content::Encrypted => encrypted(file),
    };
    planned.keys = Keys::of_tree(&document.tree);
    planned.secrets = secrets::of(&json);
    planned.content = Some(content);
    planned.problems.extend(
        (read.problems.into_iter()).filter(|problem| matches!(problem.level, Level::Error)),
    );
    planned.sort();
    Some(planned)
}

fn encrypted(file: &SourceFile) -> Planned {
    let problem = Problem::at(
        Level::Warning,
        "encrypted",
        "this plan or state is encrypted, so nothing of it is judged",
        file.span(),
    );
    Planned {
        problems: vec![problem.with_help("decrypt it with `tofu show -json`")],
        ..Planned::default()
    }
}

impl Planned {
    /// Orders the instances by address, and keeps the first of equal ones.
    fn sort(&mut self) {
        self.instances.sort_by(|one, other| {
            (&one.module, &one.address, &one.key).cmp(&(&other.module, &other.address, &other.key))
        });
        self.instances.dedup_by(|later, first| {
            (&later.module, &later.address, &later.key)
                == (&first.module, &first.address, &first.key)
        });
    }
}
