//! Plans as Terraform saves them: a zip archive with the plan, the state before it, and the configuration.
//!
//! Sources: <https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT>,
//! <https://github.com/hashicorp/terraform/blob/v1.11/internal/plans/planfile/reader.go>.

use std::cell::Cell;
use std::io::Read as _;
use std::sync::Arc;

use flate2::read::DeflateDecoder;
use graph::NodeId;
use source::{Level, Problem, SourceFile, Span};

use super::content::{Content, content};
use super::json::Json;
use super::{Planned, proto, raw_state};
use crate::module::Mode;
use crate::value::{Data, Origin, Value};

/// The most bytes that one entry of an archive unpacks to.
const LARGEST: u64 = 128 << 20;

/// Whether bytes begin as a zip archive does.
#[must_use]
pub fn is_archive(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Reads a plan as `terraform plan -out` writes it. The file gives the name and the place of all values, as an archive has no
/// text: it may be empty. Nothing is unpacked to disk, and no name in the archive is a path.
#[must_use]
pub fn read_archive(bytes: &[u8], file: &SourceFile) -> Planned {
    let span = file.span();
    match entry(bytes, "tfplan") {
        Ok(plan) => {
            let mut planned = proto::read(&plan, file);
            // What data sources were read as is in the state before the plan.
            let state = entry(bytes, "tfstate").ok();
            let state = state.and_then(|state| String::from_utf8(state).ok());
            if let Some(state) = state {
                planned.instances.extend(data_sources(state, file));
            }
            planned.sort();
            planned
        }
        Err(_) if is_encrypted(bytes) => super::encrypted(file),
        Err(why) => Planned {
            problems: vec![unreadable(why, span)],
            ..Planned::default()
        },
    }
}

pub(super) fn unreadable(why: Unreadable, span: Span) -> Problem {
    let message = format!("this is no plan that can be read: {}", why.0);
    Problem::at(Level::Error, "invalid-plan", message, span)
        .with_help("write it as JSON with `terraform show -json`")
}

fn is_encrypted(bytes: &[u8]) -> bool {
    let text = std::str::from_utf8(bytes);
    let file = text.map(|text| SourceFile::new(source::FileId(0), "plan.json", text));
    file.is_ok_and(|file| content(&file) == Some(Content::Encrypted))
}

/// The data sources of a state, all at the place of the archive.
fn data_sources(state: String, file: &SourceFile) -> Vec<crate::root::Instance> {
    let text = SourceFile::new(file.id, &file.path, state);
    let read = yaml::read(&text, &yaml::Options::default());
    let Some(document) = read.documents.first() else {
        return Vec::new();
    };
    let json = Json {
        file: &text,
        tree: &document.tree,
        // What is inside of an archive has no place in it.
        parts_left: &Cell::new(0),
    };
    if json.get(NodeId::ROOT, "resources").is_none() {
        return Vec::new();
    }
    let mut instances = raw_state::read(&json).instances;
    instances.retain(|instance| instance.address.mode == Mode::Data);
    for instance in &mut instances {
        move_to(&mut instance.value, file.span());
    }
    instances
}

fn move_to(value: &mut Value, span: Span) {
    value.origin = Origin::new(span);
    match &mut value.data {
        Data::List(_, items) | Data::Set(_, items) | Data::Tuple(items) => {
            Arc::make_mut(items)
                .iter_mut()
                .for_each(|item| move_to(item, span));
        }
        Data::Map(_, entries) | Data::Object(entries) => {
            let parts = Arc::make_mut(entries).values_mut();
            parts.for_each(|part| move_to(part, span));
        }
        _ => {}
    }
}

/// Why an archive can't be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Unreadable(pub(super) &'static str);

/// The bytes of an entry of a zip archive.
pub(super) fn entry(bytes: &[u8], name: &str) -> Result<Vec<u8>, Unreadable> {
    let cut = Unreadable("the archive is cut off");
    let header = find(bytes, name)?;
    let local = Fields(bytes.get(header.offset..).ok_or(cut)?);
    if local.u32(0) != Some(0x0403_4b50) {
        return Err(Unreadable("the archive is damaged"));
    }
    let name_length = usize::from(local.u16(26).ok_or(cut)?);
    let start = 30 + name_length + usize::from(local.u16(28).ok_or(cut)?);
    let end = start.checked_add(header.packed).ok_or(cut)?;
    let packed = local.0.get(start..end).ok_or(cut)?;
    match header.method {
        0 => Ok(packed.to_vec()),
        8 => inflated(packed),
        _ => Err(Unreadable("it is packed in a way that plans are not")),
    }
}

fn inflated(packed: &[u8]) -> Result<Vec<u8>, Unreadable> {
    let mut result = Vec::new();
    let mut decoder = DeflateDecoder::new(packed).take(LARGEST + 1);
    decoder
        .read_to_end(&mut result)
        .map_err(|_| Unreadable("the archive is damaged"))?;
    if result.len() as u64 > LARGEST {
        return Err(Unreadable("it is larger than plans are"));
    }
    Ok(result)
}

/// Where an entry stands in an archive.
struct Header {
    method: u16,
    packed: usize,
    offset: usize,
}

/// The entry of a name in the directory at the end of an archive.
fn find(bytes: &[u8], name: &str) -> Result<Header, Unreadable> {
    let cut = Unreadable("the archive is cut off");
    let end = end_of_directory(bytes).ok_or(cut)?;
    let end = Fields(&bytes[end..]);
    let count = end.u16(10).ok_or(cut)?;
    let mut at = end.u32(16).ok_or(cut)? as usize;
    for _ in 0..count {
        let fields = Fields(bytes.get(at..).ok_or(cut)?);
        if fields.u32(0) != Some(0x0201_4b50) {
            return Err(Unreadable("the archive is damaged"));
        }
        let length = |offset| fields.u16(offset).map(usize::from).ok_or(cut);
        let (name_length, extra, comment) = (length(28)?, length(30)?, length(32)?);
        if fields.0.get(46..46 + name_length).ok_or(cut)? == name.as_bytes() {
            return Ok(Header {
                method: fields.u16(10).ok_or(cut)?,
                packed: fields.u32(20).ok_or(cut)? as usize,
                offset: fields.u32(42).ok_or(cut)? as usize,
            });
        }
        at += 46 + name_length + extra + comment;
    }
    Err(Unreadable("the archive holds no plan"))
}

/// Where the record at the end of an archive begins: a comment of up to 64 KiB may follow it.
fn end_of_directory(bytes: &[u8]) -> Option<usize> {
    let last = bytes.len().checked_sub(22)?;
    let first = last.saturating_sub(usize::from(u16::MAX));
    (first..=last)
        .rev()
        .find(|at| bytes[*at..].starts_with(b"PK\x05\x06"))
}

/// Numbers in bytes, the least significant byte first.
struct Fields<'a>(&'a [u8]);

impl Fields<'_> {
    fn u16(&self, offset: usize) -> Option<u16> {
        let bytes = self.0.get(offset..)?.first_chunk()?;
        Some(u16::from_le_bytes(*bytes))
    }

    fn u32(&self, offset: usize) -> Option<u32> {
        let bytes = self.0.get(offset..)?.first_chunk()?;
        Some(u32::from_le_bytes(*bytes))
    }
}
