//! Names, tags and digests of images.

use std::rc::Rc;

use go::regexp::Pattern;
use source::Span;

use super::{change_fields, value};
use crate::context::Context;
use crate::kustomization::Image;
use crate::node::{Data, Node, Scalar, Setting, set_scalar};
use crate::resources::ResourceMap;
use crate::tables::FieldSpec;

/// Changes images of a name, in containers anywhere and in fields.
pub(super) fn apply(
    context: &Context<'_>,
    resources: &mut ResourceMap,
    image: &Image,
    fields: &[FieldSpec],
) -> Result<(), String> {
    let name = value(image.name.as_ref());
    let pattern = format!("^{name}(:[a-zA-Z0-9_.{{}}-]*)?(@sha256:[a-zA-Z0-9_.{{}}-]*)?$");
    let pattern = Pattern::compiled(&pattern)
        .map_err(|error| format!("the name of the image is no pattern: {error}"))?;
    let change = Change { image, pattern };
    for resource in &mut resources.all {
        if resource.kind() == "CustomResourceDefinition" {
            continue;
        }
        context.bounds.steps(resource.node().size())?;
        resource.edit(|node| {
            change.containers(node)?;
            change_fields(node, fields, None, &mut |node| change.set(node))
        })?;
    }
    Ok(())
}

struct Change<'a> {
    image: &'a Image,
    pattern: Rc<Pattern>,
}

impl Change<'_> {
    /// Changes the images of all elements of lists that are called as those of containers.
    fn containers(&self, node: &mut Node) -> Result<(), String> {
        match &mut node.data {
            Data::Scalar(_) => Ok(()),
            Data::List(items) => items.iter_mut().try_for_each(|item| self.containers(item)),
            Data::Map(entries) => entries.iter_mut().try_for_each(|entry| {
                self.containers(&mut entry.value)?;
                match entry.key.as_str() {
                    "containers" | "initContainers" => self.list(&mut entry.value),
                    _ => Ok(()),
                }
            }),
        }
    }

    fn list(&self, node: &mut Node) -> Result<(), String> {
        let Data::List(items) = &mut node.data else {
            return Ok(());
        };
        items.iter_mut().try_for_each(|item| match &item.data {
            Data::Map(_) => match item.get_mut("image") {
                Some(image) => self.set(image),
                None => Ok(()),
            },
            _ if item.is_null() => Ok(()),
            _ => Err("a container is a map".to_owned()),
        })
    }

    fn set(&self, node: &mut Node) -> Result<(), String> {
        if node.is_null() {
            return Ok(());
        }
        if !matches!(node.data, Data::Scalar(_)) {
            return Err("an image is a text".to_owned());
        }
        let older = node.text().clone();
        let found = self
            .pattern
            .first(&older)
            .map_err(|error| error.to_string())?;
        if found.is_none() {
            return Ok(());
        }
        let scalar = Scalar::open(self.changed(&older));
        set_scalar(node, &Setting::of_older(scalar, self.span()))
    }

    fn changed(&self, image: &str) -> String {
        let (name, tag, digest) = split(image);
        let change = self.image;
        let text = |text: &Option<crate::kustomization::Text>| {
            text.as_ref().map(|text| text.value.to_string())
        };
        let name = text(&change.new_name).unwrap_or_else(|| name.to_owned());
        let (tag, digest) = match (text(&change.new_tag), text(&change.digest)) {
            (Some(tag), digest) => (tag, digest.unwrap_or_default()),
            (None, Some(digest)) => (String::new(), digest),
            (None, None) => match &change.tag_suffix {
                Some(suffix) => (format!("{tag}{}", suffix.value), String::new()),
                None => (tag.to_owned(), digest.to_owned()),
            },
        };
        let tag = if tag.is_empty() {
            tag
        } else {
            format!(":{tag}")
        };
        let digest = if digest.is_empty() {
            digest
        } else {
            format!("@{digest}")
        };
        format!("{name}{tag}{digest}")
    }

    /// What sets the part of the image that changes last.
    fn span(&self) -> Span {
        let image = self.image;
        let texts = [
            &image.digest,
            &image.new_tag,
            &image.tag_suffix,
            &image.new_name,
        ];
        let first = texts.into_iter().flatten().next();
        first.map_or(image.span, |text| text.span)
    }
}

/// The name, the tag and the digest of an image.
fn split(image: &str) -> (&str, &str, &str) {
    // A colon before the first slash belongs to a host.
    let host = image.find('/').unwrap_or_default();
    let rest = &image[host..];
    let at = rest.find('@').map(|at| at + host);
    let colon = rest.find(':').map(|colon| colon + host);
    match (colon, at) {
        (None, None) => (image, "", ""),
        (Some(colon), None) => (&image[..colon], &image[colon + 1..], ""),
        (Some(colon), Some(at)) if colon < at => {
            (&image[..colon], &image[colon + 1..at], &image[at + 1..])
        }
        (_, Some(at)) => (&image[..at], "", &image[at + 1..]),
    }
}
