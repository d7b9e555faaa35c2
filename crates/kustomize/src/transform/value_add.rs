//! Adding a value at places of objects, as `ValueAddTransformer` does.

use graph::{NodeId, SmolStr};
use source::Span;

use super::namespace;
use super::namespace::Subjects;
use crate::accumulate::Target;
use crate::build::Use;
use crate::context::Context;
use crate::kustomization::{Decoder, Fields, Selector, Text, read_selector};
use crate::node::{Created, Kind, Origin, Scalar, Setting, find, set_scalar};
use crate::resources::{Resource, ResourceMap};
use crate::select::Matcher;

/// A value with the places that it goes to.
#[derive(Clone, Debug)]
pub(crate) struct ValueAdd {
    value: Text,
    places: Vec<Place>,
}

#[derive(Clone, Debug)]
struct Place {
    selector: Option<Selector>,
    path: SmolStr,
    /// Where among the names of a path the value goes, from 1; 0 where it takes the place of the whole.
    position: i64,
    span: Span,
}

/// Reads the fields of the transformer.
pub(super) fn read(
    target: &Target<'_, '_>,
    decoder: &mut Decoder<'_>,
    fields: &mut Fields,
    span: Span,
) -> Result<ValueAdd, Option<String>> {
    let value = fields.text(decoder, "value");
    let text = value.as_ref().map_or("", |value| value.value.trim());
    let folder = target.root.path.file_name().unwrap_or_default();
    let value = Text {
        value: match text {
            "" => folder.to_string_lossy().as_ref().into(),
            text => text.into(),
        },
        span: value.as_ref().map_or(span, |value| value.span),
    };
    let mut places = fields.each(decoder, "targets", read_place);
    if let Some(path) = fields.filled(decoder, "targetFilePath") {
        places.extend(places_of(target, &path));
    }
    if places.is_empty() {
        return Err(Some("at least one target is needed here".to_owned()));
    }
    if places
        .iter()
        .any(|place| place.path.is_empty() || place.position < 0)
    {
        return Err(Some(
            "a target needs a `fieldPath`, and a position from 0".to_owned(),
        ));
    }
    Ok(ValueAdd { value, places })
}

fn places_of(target: &Target<'_, '_>, path: &Text) -> Vec<Place> {
    let Some(file) = target.context.load_text(&target.root, path, Use::Plugin) else {
        return Vec::new();
    };
    let yaml = yaml::read(&file, &yaml::Options::default());
    target.context.tell_all(yaml.problems);
    let Some(document) = yaml.documents.first() else {
        return Vec::new();
    };
    let mut decoder = Decoder::new(&document.tree);
    let mut fields = decoder.fields(NodeId::ROOT);
    let places = fields.each(&mut decoder, "targets", read_place);
    target.context.tell_all(decoder.problems);
    places
}

fn read_place(decoder: &mut Decoder<'_>, node: NodeId) -> Place {
    let mut fields = decoder.fields(node);
    let selector = fields.take(decoder, "selector");
    Place {
        selector: selector.map(|node| read_selector(decoder, node)),
        path: fields.value(decoder, "fieldPath"),
        position: fields.integer(decoder, "filePathPosition"),
        span: decoder.span(node),
    }
}

/// Puts the value in its places.
pub(super) fn apply(
    context: &Context<'_>,
    resources: &mut ResourceMap,
    added: &ValueAdd,
) -> Result<(), String> {
    for place in &added.places {
        context.bounds.steps(resources.all.len())?;
        let matcher = place.selector.as_ref().map(Matcher::of).transpose()?;
        for resource in &mut resources.all {
            if matcher
                .as_ref()
                .is_none_or(|matcher| matcher.matches(resource))
            {
                set(resource, &added.value, place)?;
            }
        }
    }
    Ok(())
}

fn set(resource: &mut Resource, value: &Text, place: &Place) -> Result<(), String> {
    if place.path == "metadata/namespace" {
        let change = namespace::Change {
            namespace: value,
            fields: &[],
            subjects: Subjects::Default,
            only_unset: false,
        };
        let is_cluster_wide = resource.id().is_cluster_wide;
        return resource.edit(|node| change.apply(node, is_cluster_wide));
    }
    let path = parts(&place.path);
    let created = Created {
        kind: Kind::Scalar,
        origin: Origin::at(place.span),
    };
    resource.edit(|node| {
        find(node, &path, Some(&created), &mut |found| {
            let text = match place.position {
                0 => value.value.to_string(),
                position => inserted(found.text(), position - 1, &value.value),
            };
            set_scalar(found, &Setting::of_older(Scalar::open(text), value.span))
        })
        .map(|_| ())
    })
}

/// The parts of a path with slashes; `\/` is a slash of a part.
fn parts(path: &str) -> Vec<SmolStr> {
    let mut parts: Vec<String> = Vec::new();
    for part in path.split('/') {
        match parts.last_mut() {
            Some(last) if last.ends_with('\\') => {
                last.pop();
                last.push('/');
                last.push_str(part);
            }
            _ => parts.push(part.to_owned()),
        }
    }
    let parts = parts.into_iter().filter(|part| !part.trim().is_empty());
    parts.map(SmolStr::from).collect()
}

/// A path of files with one more name.
fn inserted(path: &str, position: i64, name: &str) -> String {
    if name.is_empty() {
        return path.to_owned();
    }
    let rest = path.trim_start_matches('/');
    let root = if path.starts_with('/') { "/" } else { "" };
    let mut names: Vec<&str> = rest.split('/').filter(|name| !name.is_empty()).collect();
    let position = usize::try_from(position).unwrap_or_default();
    names.insert(position.min(names.len()), name);
    format!("{root}{}", names.join("/"))
}
