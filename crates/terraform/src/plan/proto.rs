//! The plan in an archive: Protocol Buffers with values in MessagePack.
//!
//! Sources: <https://github.com/hashicorp/terraform/blob/v1.11/internal/plans/planproto/planfile.proto>,
//! <https://protobuf.dev/programming-guides/encoding/>.

mod pack;
mod wire;

use std::cell::Cell;

use source::{Level, Problem, SourceFile, Span};

use self::pack::Budget;
use self::wire::Message;
use super::Planned;
use super::address::{self, Address};
use super::archive::{Unreadable, unreadable};
use super::instance::{Found, instances};
use super::json::Json;
use super::raw_state::{Step, hide};
use crate::value::{Data, Value};

/// The format of plans that is understood: that of Terraform since 0.12.
const VERSION: u64 = 3;

/// The numbers of the fields that are read.
mod field {
    pub(super) const PLAN_VERSION: u32 = 1;
    pub(super) const PLAN_RESOURCE_CHANGES: u32 = 3;
    pub(super) const RESOURCE_DEPOSED_KEY: u32 = 7;
    pub(super) const RESOURCE_CHANGE: u32 = 9;
    pub(super) const RESOURCE_ADDRESS: u32 = 13;
    pub(super) const CHANGE_ACTION: u32 = 1;
    pub(super) const CHANGE_VALUES: u32 = 2;
    pub(super) const CHANGE_AFTER_SENSITIVE: u32 = 4;
    pub(super) const VALUE_MSGPACK: u32 = 1;
    pub(super) const PATH_STEPS: u32 = 1;
    pub(super) const STEP_NAME: u32 = 1;
    pub(super) const STEP_KEY: u32 = 2;
}

/// The instances that a plan leaves, all at the place of the file.
pub(super) fn read(bytes: &[u8], file: &SourceFile) -> Planned {
    let span = file.span();
    match changes(bytes, span) {
        Ok((found, problems)) => {
            let tree = graph::Tree::new(graph::Data::Null, span);
            let json = Json {
                file,
                tree: &tree,
                parts_left: &Cell::new(0),
            };
            Planned {
                instances: instances(json, found),
                problems,
                ..Planned::default()
            }
        }
        Err(why) => Planned {
            problems: vec![unreadable(why, span)],
            ..Planned::default()
        },
    }
}

fn changes(bytes: &[u8], span: Span) -> Result<(Vec<Found>, Vec<Problem>), Unreadable> {
    let plan = Message::read(bytes)?;
    if plan.number(field::PLAN_VERSION) != Some(VERSION) {
        return Err(Unreadable("it has another format than plans of today"));
    }
    let (mut found, mut problems) = (Vec::new(), Vec::new());
    let mut budget = Budget::default();
    for resource in plan.all(field::PLAN_RESOURCE_CHANGES) {
        match change(resource, span, &mut budget) {
            Ok(change) => found.extend(change),
            Err(Unreadable(why)) => {
                let message = format!("a resource of this plan can't be read: {why}");
                problems.push(Problem::at(
                    Level::Warning,
                    "invalid-resource",
                    message,
                    span,
                ));
            }
        }
    }
    Ok((found, problems))
}

/// What a change leaves; nothing, where it deletes.
fn change(bytes: &[u8], span: Span, budget: &mut Budget) -> Result<Option<Found>, Unreadable> {
    let resource = Message::read(bytes)?;
    let is_deposed = resource
        .bytes(field::RESOURCE_DEPOSED_KEY)
        .is_some_and(|key| !key.is_empty());
    let address = resource
        .text(field::RESOURCE_ADDRESS)
        .and_then(address::instance)
        .ok_or(Unreadable("it has no address"))?;
    let change = Message::read(resource.bytes(field::RESOURCE_CHANGE).unwrap_or_default())?;
    let Some(after) = after(&change).filter(|_| !is_deposed) else {
        return Ok(None);
    };
    let mut value = value(after, &address, span, budget)?;
    for path in change.all(field::CHANGE_AFTER_SENSITIVE) {
        hide(&mut value, &steps(path, span, budget)?);
    }
    let is_object = matches!(value.data, Data::Object(_));
    Ok(is_object.then_some(Found { address, value }))
}

/// The value that a change leaves. What a change has before and after it are one value where they can't differ.
fn after<'a>(change: &Message<'a>) -> Option<&'a [u8]> {
    const DELETE: u64 = 5;
    const FORGET: u64 = 8;
    match change.number(field::CHANGE_ACTION).unwrap_or_default() {
        DELETE | FORGET => None,
        _ => change.all(field::CHANGE_VALUES).last(),
    }
}

fn value(
    bytes: &[u8],
    address: &Address,
    span: Span,
    budget: &mut Budget,
) -> Result<Value, Unreadable> {
    let inner = format!("{}{}", address.resource, address.key);
    let packed = Message::read(bytes)?
        .bytes(field::VALUE_MSGPACK)
        .unwrap_or_default();
    pack::value(packed, &address.module.address(&inner), span, budget)
}

fn steps(path: &[u8], span: Span, budget: &mut Budget) -> Result<Vec<Step>, Unreadable> {
    let path = Message::read(path)?;
    path.all(field::PATH_STEPS)
        .map(|step| read_step(step, span, budget))
        .collect()
}

fn read_step(bytes: &[u8], span: Span, budget: &mut Budget) -> Result<Step, Unreadable> {
    let step = Message::read(bytes)?;
    if let Some(name) = step.text(field::STEP_NAME) {
        return Ok(Step::Name(name.into()));
    }
    let key = Message::read(step.bytes(field::STEP_KEY).unwrap_or_default())?;
    let key = pack::value(
        key.bytes(field::VALUE_MSGPACK).unwrap_or_default(),
        "",
        span,
        budget,
    )?;
    match &key.data {
        Data::String(text) => Ok(Step::Name(text.text.clone())),
        Data::Number(number) => number
            .to_i64()
            .and_then(|index| usize::try_from(index).ok())
            .map(Step::Index)
            .ok_or(Unreadable("it has an index that is none")),
        // An element of a set: the whole of it is hidden.
        _ => Ok(Step::Index(usize::MAX)),
    }
}
