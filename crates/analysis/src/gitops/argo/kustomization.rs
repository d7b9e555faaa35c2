//! Kustomizations that applications of Argo CD deploy: what is said of them beside their files.

use std::ops::Range;
use std::sync::Arc;

use ::kustomize::Changes;
use graph::{Data, Key, NodeId, SmolStr, Tree};
use source::{Level, SourceFile, Span};

use super::application::{Application, Source};
use crate::gitops::field::{flag, items};

impl Application<'_> {
    /// What a source says of its kustomization; nothing where it says nothing.
    pub(super) fn changes(&mut self, source: &Source) -> Option<Changes> {
        let said = self.tree.get(source.node, "kustomize")?;
        let mut writer = Writer::new(self.tree.node(said).span);
        for key in [
            "namePrefix",
            "nameSuffix",
            "namespace",
            "components",
            "patches",
        ] {
            writer.copy(self.tree, said, key);
        }
        self.write_labels(source, said, &mut writer);
        self.write_images(source, said, &mut writer);
        self.write_replicas(said, &mut writer);
        if flag(self.tree, said, "ignoreMissingComponents") {
            self.leave_missing(source, &mut writer.tree);
        }
        let forces = ["forceCommonLabels", "forceCommonAnnotations"];
        Some(Changes {
            fields: Arc::new(writer.tree),
            forces: forces.iter().any(|key| flag(self.tree, said, key)),
            is_whole: false,
        })
    }

    fn write_labels(&self, source: &Source, said: NodeId, writer: &mut Writer) {
        if let Some(labels) = self.tree.get(said, "commonLabels") {
            let parent = match flag(self.tree, said, "labelWithoutSelector") {
                false => NodeId::ROOT,
                true => {
                    let list = writer.push(NodeId::ROOT, "labels", Data::List);
                    let entry = writer.tree.push(list, None, Data::Map, writer.span);
                    let templates = flag(self.tree, said, "labelIncludeTemplates");
                    writer.push(entry, "includeTemplates", Data::Bool(templates));
                    entry
                }
            };
            let key = if parent == NodeId::ROOT {
                "commonLabels"
            } else {
                "pairs"
            };
            let copied = writer
                .tree
                .copy(parent, Some(writer.key(key)), self.tree, labels);
            self.expand(source, &mut writer.tree, copied);
        }
        if let Some(annotations) = self.tree.get(said, "commonAnnotations") {
            let key = writer.key("commonAnnotations");
            let copied = writer
                .tree
                .copy(NodeId::ROOT, Some(key), self.tree, annotations);
            if flag(self.tree, said, "commonAnnotationsEnvsubst") {
                self.expand(source, &mut writer.tree, copied);
            }
        }
    }

    /// Puts the values of variables into the texts of a map.
    fn expand(&self, source: &Source, tree: &mut Tree, map: NodeId) {
        let children: Vec<NodeId> = tree.children(map).collect();
        for child in children {
            let expanded = tree
                .as_text(child)
                .and_then(|text| self.expanded(source, text));
            if let Some(text) = expanded {
                tree.set(child, Data::String(text.into()));
            }
        }
    }

    fn write_images(&mut self, source: &Source, said: NodeId, writer: &mut Writer) {
        let images: Vec<NodeId> = items(self.tree, said, "images").collect();
        if images.is_empty() {
            return;
        }
        let list = writer.push(NodeId::ROOT, "images", Data::List);
        for node in images {
            let span = self.tree.node(node).span;
            let text = self.tree.as_text(node);
            let text = text.and_then(|text| self.expanded(source, text));
            let Some(text) = text else {
                let message = "the image can't be known, so it is left as the kustomization has it";
                self.problem(Level::Warning, message, span);
                continue;
            };
            let file = self.finder.sources.get(span.file);
            match Image::read(&text) {
                Some(image) => image.write(&text, (&file, span), list, &mut writer.tree),
                None => {
                    let message = "an image is `name=new-name:tag`, `name:tag` or `name@digest`";
                    self.problem(Level::Error, message, span);
                }
            }
        }
    }

    fn write_replicas(&mut self, said: NodeId, writer: &mut Writer) {
        let replicas: Vec<NodeId> = items(self.tree, said, "replicas").collect();
        if replicas.is_empty() {
            return;
        }
        let list = writer.push(NodeId::ROOT, "replicas", Data::List);
        for node in replicas {
            let copied = writer.tree.copy(list, None, self.tree, node);
            // A count may be written as text.
            let count = writer.tree.get(copied, "count");
            let number = count.and_then(|count| writer.tree.as_text(count)?.parse().ok());
            if let (Some(count), Some(number)) = (count, number) {
                writer.tree.set(count, Data::Int(number));
            }
        }
    }

    /// Takes out the components that are not there.
    fn leave_missing(&self, source: &Source, tree: &mut Tree) {
        let Some(list) = tree.get(NodeId::ROOT, "components") else {
            return;
        };
        let nodes: Vec<NodeId> = tree.children(list).collect();
        for node in nodes {
            let path = tree.as_text(node).cloned().unwrap_or_default();
            if !self.has(&source.folder.join(path.as_str())) {
                tree.remove(node);
            }
        }
    }
}

/// Fields of a kustomization on their way.
struct Writer {
    tree: Tree,
    /// Where somebody says them.
    span: Span,
}

impl Writer {
    fn new(span: Span) -> Self {
        let tree = Tree::new(Data::Map, span);
        Self { tree, span }
    }

    fn key(&self, text: &str) -> Key {
        Key {
            text: text.into(),
            span: self.span,
        }
    }

    fn push(&mut self, parent: NodeId, key: &str, data: Data) -> NodeId {
        let key = self.key(key);
        self.tree.push(parent, Some(key), data, self.span)
    }

    fn copy(&mut self, tree: &Tree, node: NodeId, key: &str) {
        if let Some(child) = tree.get(node, key) {
            let key = tree.node(child).key.clone();
            self.tree.copy(NodeId::ROOT, key, tree, child);
        }
    }
}

/// The parts of an image in the words of `kustomize edit set image`, as places in the text.
#[derive(Debug, PartialEq, Eq)]
struct Image {
    name: Range<usize>,
    new_name: Option<Range<usize>>,
    tag: Option<Range<usize>>,
    digest: Option<Range<usize>>,
}

impl Image {
    /// Source: <https://pkg.go.dev/sigs.k8s.io/kustomize/kustomize/v5/commands/edit/set>
    fn read(text: &str) -> Option<Self> {
        let equals = text.find('=');
        let start = equals.map_or(0, |at| at + 1);
        let rest = &text[start..];
        let is_tag = |tag: &str| {
            let sign = |sign: char| sign.is_ascii_alphanumeric() || "._-".contains(sign);
            tag == "*" || tag.chars().all(sign)
        };
        let (name, tag, digest) = match (rest.split_once('@'), rest.rsplit_once(':')) {
            (Some((name, digest)), _) => (name, None, Some(digest)),
            (None, Some((name, tag))) if is_tag(tag) => (name, Some(tag), None),
            _ if equals.is_some() && !rest.is_empty() => (rest, None, None),
            _ => return None,
        };
        let rest = start..start + name.len();
        let end = |part: &str| text.len() - part.len()..text.len();
        Some(Self {
            name: equals.map_or(rest.clone(), |at| 0..at),
            new_name: equals.and(Some(rest)).filter(|name| !name.is_empty()),
            tag: tag.map(end),
            digest: digest.map(end),
        })
    }

    /// Adds the image to a list. Its parts stand where they are written, if that is as they are.
    fn write(&self, text: &str, place: (&SourceFile, Span), list: NodeId, tree: &mut Tree) {
        let (file, whole) = place;
        let written = file.slice(whole);
        let offset = written
            .find(text)
            .filter(|_| written.len() <= text.len() + 2);
        let span = |part: &Range<usize>| {
            let number = |at: usize| u32::try_from(at).unwrap_or_default();
            offset.map_or(whole, |offset| {
                let at = |at: usize| whole.start + number(offset + at);
                Span::new(whole.file, at(part.start), at(part.end))
            })
        };
        let entry = tree.push(list, None, Data::Map, whole);
        for (key, part) in [
            ("name", Some(&self.name)),
            ("newName", self.new_name.as_ref()),
            ("newTag", self.tag.as_ref()),
            ("digest", self.digest.as_ref()),
        ] {
            if let Some(part) = part {
                let key = Key {
                    text: key.into(),
                    span: span(part),
                };
                let value = SmolStr::from(&text[part.clone()]);
                tree.push(entry, Some(key), Data::String(value), span(part));
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn images_are_read_as_kustomize_does() {
        for (text, expected) in [
            ("web=example.org/web:1", Some("web example.org/web 1 -")),
            ("web:1", Some("web - 1 -")),
            ("host:5000/web:1", Some("host:5000/web - 1 -")),
            ("web=host:5000/web", Some("web host:5000/web - -")),
            ("web@sha256:00", Some("web - - sha256:00")),
            ("web=new@sha256:00", Some("web new - sha256:00")),
            ("web=*:2", Some("web * 2 -")),
            ("web", None),
            ("", None),
        ] {
            let part = |part: Option<&Range<usize>>| part.map_or("-", |part| &text[part.clone()]);
            let found = Image::read(text).map(|image| {
                let parts = [
                    Some(&image.name),
                    image.new_name.as_ref(),
                    image.tag.as_ref(),
                    image.digest.as_ref(),
                ];
                parts.map(part).join(" ")
            });
            assert_eq!(found.as_deref(), expected, "{text}");
        }
    }
}
